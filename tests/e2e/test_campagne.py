"""What a small campaign refuses, and what it proves: rights, the law, envelopes to the last cent, the ledger
as of an instant, sums that follow an action. test_campagne_tutoriel.py is the one to read first."""

import hashlib
import unittest

import pdv
import suite

JAN, DEC = {"year": 2023, "month": 1, "day": 1}, {"year": 2023, "month": 12, "day": 31}
EDUCATION = "nomenclatures/piliers-2015-2023/thematiques/education"
GESTION_URBAINE = "nomenclatures/piliers-2015-2023/thematiques/gestion-urbaine"


class Campagne(unittest.TestCase):
    """One suite for all the steps; unittest runs them in order of name."""

    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = cls.suite.gateway()
        cls.redacteur = cls.g.comme("redacteur", "porteurs/les-ateliers")
        cls.signataire = cls.g.comme("signataire", "porteurs/les-ateliers")
        cls.instructeur = cls.g.comme("instructeur", "financeurs/etat")
        cls.prefet = cls.g.comme("prefet", "financeurs/etat")
        cls.ddets = cls.g.comme("gestionnaire", "financeurs/etat")
        cls.caf = cls.g.comme("financeur", "financeurs/caf")

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    @staticmethod
    def empreinte(action):
        """What a signataire attested, computed again from what anyone can read."""
        said = type(action)()
        said.CopyFrom(action)
        for field in said.DESCRIPTOR.fields:
            if pdv.field_rules(field).output_only or field.name == "etat_importe":
                said.ClearField(field.name)
        return hashlib.sha256(said.SerializeToString(deterministic=True)).hexdigest()

    def refused(self, raison, call, **fields):
        with self.assertRaises(pdv.Refus) as refus:
            call(**fields)
        self.assertEqual(refus.exception.raison, raison, refus.exception)
        return refus.exception

    def test_01_a_porteur_files_an_action(self):
        actions = self.g.actions
        actions.CreatePorteur(porteur_id="les-ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_RNA",
            "rna": "W343001234", "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        action = self.redacteur.actions.CreateAction(action_id="2023-cv110-1", action={
            "intitule": "Aide aux leçons", "porteur": "porteurs/les-ateliers",
            "contrat": "contrats/cv110", "exercice": 2023, "thematique": EDUCATION,
            "dispositif": "dispositifs/clas", "type": "TYPE_ACTION_ACTION",
            "quartiers": [{"qpv": "qpv/qp034003", "part_points": 10000}],
            "publics": [{"sexe": sexe, "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                         "effectif_qpv": 15} for sexe in ("SEXE_FEMME", "SEXE_HOMME")],
            "date_debut": JAN, "date_fin": DEC})
        self.assertEqual(action.departement, "departements/34")

    def test_02_the_law_comes_before_the_signataire(self):
        draft = dict(name="actions/2023-cv110-1")
        self.refused("ROLE_INSUFFISANT", self.signataire.actions.SoumettreAction, **draft)
        self.redacteur.actions.SoumettreAction(**draft)
        self.refused("PERIMETRE_INSUFFISANT",
                     self.g.comme("signataire", "porteurs/autre").actions.AttesterAction, **draft)
        refus = self.refused("CONTRAT_ENGAGEMENT_ABSENT", self.signataire.actions.AttesterAction,
                             **draft)
        self.assertIn("10-1", refus.metadata["reference_legale"])
        self.signataire.actions.SouscrireContratEngagement(name="porteurs/les-ateliers",
                                                           date={"year": 2022, "month": 1, "day": 2})
        self.refused("BUDGET_ABSENT", self.signataire.actions.AttesterAction, **draft)

    def test_03_each_funder_has_its_line_and_the_budget_says_the_same(self):
        financement = self.g.financement
        financement.CreateFinanceur(financeur_id="caf", financeur={
            "libelle": "CAF de l'Hérault", "categorie": "CATEGORIE_FINANCEUR_CAF",
            "utilise_la_suite": True})
        # The région delegates to its département: what the one gives, it no longer has.
        argent = {"financeur": "financeurs/etat", "programme": "147", "exercice": 2023,
                  "nature": "NATURE_ENVELOPPE_AE"}
        prefet = self.prefet.financement
        self.refused("ROLE_INSUFFISANT", self.redacteur.financement.CreateEnveloppe,
                     request_id="p147-0", enveloppe={
                         **argent, "libelle": "Rien", "perimetre": "nation", "dotation_centimes": 1})
        prefet.CreateEnveloppe(enveloppe_id="p147-76-2023", request_id="p147-76", enveloppe={
            **argent, "libelle": "P147 Occitanie 2023", "perimetre": "regions/76",
            "dotation_centimes": 5_000_00})
        prefet.CreateEnveloppe(enveloppe_id="p147-34-2023", request_id="p147-34", enveloppe={
            **argent, "libelle": "P147 Hérault 2023", "perimetre": "departements/34",
            "parent": "enveloppes/p147-76-2023", "dotation_centimes": 600_00})
        delegation = dict(name="enveloppes/p147-76-2023", enfant="enveloppes/p147-34-2023",
                          motif="Dialogue de gestion.", request_id="delegation-1")
        self.refused("ENVELOPPE_INSUFFISANTE", self.prefet.financement.DeleguerEnveloppe,
                     **delegation, montant_centimes=4_400_01)
        region = self.prefet.financement.DeleguerEnveloppe(**delegation, montant_centimes=400_00)
        self.assertEqual((region.disponible_centimes, region.delegue_centimes), (4_000_00, 1_000_00))
        enfants = financement.ListEnveloppes(filter='parent = "enveloppes/p147-76-2023"')
        self.assertEqual([e.name for e in enfants.enveloppes], ["enveloppes/p147-34-2023"])
        financement.CreateLigne(ligne_id="2023-cv110-1-etat", request_id="demande-1", ligne={
            "action": "actions/2023-cv110-1", "financeur": "financeurs/etat",
            "enveloppe": "enveloppes/p147-34-2023", "demande_specifiques_centimes": 1_500_00})
        financement.CreateLigne(ligne_id="2023-cv110-1-caf", request_id="demande-2", ligne={
            "action": "actions/2023-cv110-1", "financeur": "financeurs/caf",
            "demande_droit_commun_centimes": 500_00})
        self.refused("LIGNE_EXISTANTE", financement.CreateLigne, ligne_id="encore",
                     request_id="demande-3",
                     ligne={"action": "actions/2023-cv110-1", "financeur": "financeurs/caf"})
        lignes = [{"compte": "641", "montant_centimes": 2_300_00},
                  {"compte": "74etat", "montant_centimes": 1_500_00, "financeur": "financeurs/etat"},
                  {"compte": "74orgasoc", "montant_centimes": 500_00, "financeur": "financeurs/caf"}]
        budget = self.redacteur.financement.CreateBudget(
            budget_id="2023-cv110-1", budget={"action": "actions/2023-cv110-1", "lignes": lignes})
        self.assertEqual([e.ecart_centimes for e in budget.ecarts], [300_00])
        draft = dict(name="actions/2023-cv110-1")
        self.refused("BUDGET_DESEQUILIBRE", self.signataire.actions.AttesterAction, **draft)
        lignes.append({"compte": "propres", "montant_centimes": 300_00})
        self.redacteur.financement.UpdateBudget(budget={
            "name": "budgets/2023-cv110-1", "lignes": lignes})
        filed = self.signataire.actions.AttesterAction(**draft)
        self.assertEqual(filed.attestations[0].acteur, "signataire")
        self.assertEqual(filed.attestations[0].empreinte, self.empreinte(filed))
        self.instructeur.actions.DeclarerComplete(**draft)
        self.instructeur.actions.InstruireAction(**draft)

    def test_04_an_envelope_gives_to_the_last_cent_and_not_one_more(self):
        etat = dict(name="lignes/2023-cv110-1-etat")
        self.instructeur.financement.DeclarerRecevableLigne(**etat)
        proposee = self.instructeur.financement.ProposerLigne(
            **etat, propose_specifiques_centimes=900_00, request_id="proposition-1")
        self.assertEqual(proposee.reserve_specifiques_centimes, 900_00)
        voter = self.prefet.financement.VoterLigne
        refus = self.refused("ENVELOPPE_INSUFFISANTE", voter, **etat,
                             vote_specifiques_centimes=1_000_01, request_id="vote-0")
        self.assertEqual(refus.metadata["reste_centimes"], "100000")
        vote = dict(**etat, vote_specifiques_centimes=1_000_00, request_id="vote-1")
        self.refused("ROLE_INSUFFISANT", self.instructeur.financement.VoterLigne, **vote)
        self.refused("ROLE_INSUFFISANT", self.caf.financement.VoterLigne, **vote)
        first = voter(**vote)
        self.assertFalse(self.prefet.rejoue)
        self.assertEqual(first, voter(**vote), "the same id, the same answer")
        self.assertTrue(self.prefet.rejoue, "and it says that nothing was done this time")
        vote["vote_specifiques_centimes"] = 1
        self.refused("REQUEST_ID_REUTILISE", voter, **vote)
        caf = dict(name="lignes/2023-cv110-1-caf", vote_droit_commun_centimes=300_00)
        self.refused("PERIMETRE_INSUFFISANT",
                     self.g.comme("financeur", "financeurs/region-76").financement.VoterLigne,
                     **caf, request_id="vote-2")
        self.caf.financement.VoterLigne(**caf, request_id="vote-3")
        enveloppe = self.g.financement.GetEnveloppe(name="enveloppes/p147-34-2023")
        self.assertEqual(enveloppe.consomme_centimes, enveloppe.montant_centimes)
        # Every funder has decided: the dossier follows, and whoever voted sees it at once.
        action = self.g.actions.GetAction(name="actions/2023-cv110-1")
        self.assertEqual(action.etat, pdv.enum("pdv.actions.v1.EtatAction",
                                               "ETAT_ACTION_PROGRAMMEE"), action)

    def test_04b_the_ledger_tells_every_euro_of_it(self):
        financement = self.g.financement
        name = "enveloppes/p147-34-2023"
        releve = financement.ReleveCompte(compte=f"{name}/comptes/disponible")
        self.assertEqual([(m.montant_centimes, m.solde_centimes) for m in releve.mouvements],
                         [(600_00, 600_00), (400_00, 1_000_00),  # two delegations
                          (-900_00, 100_00), (-100_00, 0)])      # the proposal, the rest of the vote
        self.assertEqual(releve.mouvements[2].ecriture.acteur, "instructeur")
        enveloppe = financement.GetEnveloppe(name=name)
        self.assertEqual(sum(p.entrees_centimes - p.sorties_centimes for p in enveloppe.explication),
                         enveloppe.disponible_centimes)
        # As it was when the proposal was made.
        alors = releve.mouvements[2].ecriture.instant.ToJsonString()
        avant = financement.GetEnveloppe(name=name, read_time=alors)
        self.assertEqual((avant.reserve_centimes, avant.consomme_centimes), (900_00, 0))
        sommes = financement.GetAgregats(perimetre="contrats/cv110", exercice_debut=2023,
                                         axes=["total"], read_time=alors)
        self.assertEqual(sommes.agregats[0].propose_specifiques_centimes, 900_00)
        self.assertEqual(sommes.agregats[0].vote_specifiques_centimes, 0)
        self.refused("INSTANT_FUTUR", financement.GetEnveloppe, name=name,
                     read_time="2100-01-01T00:00:00Z")

    def test_05_commitment_and_payment_never_exceed_the_vote(self):
        financement = self.ddets.financement
        self.refused("MONTANT_EXCESSIF", financement.EngagerLigne,
                     name="lignes/2023-cv110-1-etat", engage_specifiques_centimes=1_000_01,
                     request_id="ej-0")
        financement.EngagerLigne(name="lignes/2023-cv110-1-etat", ej="2103456789",
                                 engage_specifiques_centimes=1_000_00, request_id="ej-1")
        ligne = financement.VerserLigne(name="lignes/2023-cv110-1-etat",
                                        paye_specifiques_centimes=700_00, request_id="dp-1")
        self.assertEqual(ligne.paye_specifiques_centimes, 700_00)

    def test_06_the_dashboard_says_who_pays_what(self):
        for perimetre in ("contrats/cv110", "departements/34", "regions/76", "nation"):
            tableau = self.g.gateway.GetTableauDeBord(perimetre=perimetre, exercice_debut=2023)
            self.assertEqual(tableau.total.vote_specifiques_centimes, 1_000_00, perimetre)
            self.assertEqual(tableau.total.vote_droit_commun_centimes, 300_00)
            self.assertEqual(tableau.total.paye_specifiques_centimes, 700_00)
            self.assertEqual((tableau.nb_actions, tableau.nb_porteurs), (1, 1))
            self.assertEqual(tableau.rang.premier, "financeurs/etat")
            self.assertEqual(tableau.rang.ecart_centimes, 700_00)
            self.assertEqual(len(tableau.alertes), 0)
            pilier = tableau.ventilations[0].parts[0]
            self.assertTrue(pilier.cle.endswith("/cohesion-sociale"))
            self.assertEqual((pilier.part_points, pilier.reference_points), (10000, 8000))

    def test_07_an_action_that_changes_takes_its_euros_along(self):
        draft = "actions/2023-cv110-2"
        self.redacteur.actions.CreateAction(action_id="2023-cv110-2", action={
            "intitule": "Jardin partagé", "porteur": "porteurs/les-ateliers",
            "contrat": "contrats/cv110", "exercice": 2023, "thematique": EDUCATION,
            "type": "TYPE_ACTION_ACTION", "date_debut": JAN, "date_fin": DEC})
        self.g.financement.CreateLigne(ligne_id="2023-cv110-2-etat", request_id="demande-4",
                                       ligne={"action": draft, "financeur": "financeurs/etat",
                                              "demande_specifiques_centimes": 77_00})
        self.redacteur.actions.UpdateAction(action={"name": draft, "thematique": GESTION_URBAINE})
        # The position that the update answered makes financement wait for its mirror.
        ligne = self.g.financement.GetLigne(name="lignes/2023-cv110-2-etat")
        self.assertEqual(ligne.thematique, GESTION_URBAINE)
        tableau = self.g.gateway.GetTableauDeBord(perimetre="nation", exercice_debut=2023)
        asked = {part.cle.rsplit("/", 1)[1]: part.montants.demande_specifiques_centimes
                 for part in tableau.ventilations[0].parts}
        self.assertEqual(asked, {"cohesion-sociale": 1_500_00, "cadre-de-vie": 77_00})

    def test_08_the_fiche_shows_everything_of_an_action(self):
        fiche = self.g.gateway.GetFicheAction(name="actions/2023-cv110-1")
        self.assertEqual(len(fiche.lignes), 2)
        self.assertTrue(fiche.HasField("porteur") and fiche.HasField("contrat"))
        self.assertEqual(list(fiche.injoignables), [])
        self.refused("RESSOURCE_INTROUVABLE", self.g.gateway.GetFicheAction,
                     name="actions/inconnue")


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The life of a dossier that nothing is spared: rules, complements, a conflict of interest, a decision taken
while actions is down. test_campagne_tutoriel.py is the one to read first."""

import datetime
import time
import unittest

import pdv
import suite

EDUCATION = "nomenclatures/piliers-2015-2023/thematiques/education"
DOSSIER = "actions/2023-cv110-1"


def date(day):
    return {"year": day.year, "month": day.month, "day": day.day}


def etat(name):
    return pdv.enum("pdv.actions.v1.EtatAction", "ETAT_ACTION_" + name)


class Dossier(unittest.TestCase):
    """One suite for all the steps; unittest runs them in order of name."""

    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = cls.suite.gateway()
        cls.today = datetime.date.today()
        people = {"redacteur": "porteurs/les-ateliers", "signataire": "porteurs/les-ateliers",
                  "chef_projet": "epci/243400769", "instructeur": "services/ddets-34",
                  "delegue_prefet": "services/prefecture-34", "prefet": "services/prefecture-34",
                  "conseil_citoyen": "conseils/centre-ville"}
        for role, organisation in people.items():
            setattr(cls, role, cls.g.comme(role, organisation).actions)
        cls.caf = cls.g.comme("financeur", "financeurs/caf").financement

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def refused(self, raison, call, **fields):
        with self.assertRaises(pdv.Refus) as refus:
            call(**fields)
        self.assertEqual(refus.exception.raison, raison, refus.exception)
        return refus.exception

    def test_01_the_appel_says_what_is_asked_and_until_when(self):
        # The position that this answers makes actions wait for the funders that it cites.
        self.g.financement.CreateFinanceur(financeur_id="caf", financeur={
            "libelle": "CAF de l'Hérault", "categorie": "CATEGORIE_FINANCEUR_CAF",
            "utilise_la_suite": True})
        self.chef_projet.CreateAppelAProjets(appel_id="cv110-2023", appel={
            "libelle": "Contrat de ville CV110, exercice 2023", "contrats": ["contrats/cv110"],
            "exercice": 2023, "part_qpv_min_points": 6000,
            "financeurs": ["financeurs/etat", "financeurs/caf"],
            "date_ouverture": date(self.today - datetime.timedelta(1)),
            "date_cloture": date(self.today + datetime.timedelta(30)),
            "criteres": [{"id": "mixite", "question": "Comment touchez-vous les femmes ?",
                          "attendu": "Des créneaux, des lieux, des intervenantes",
                          "reponse_obligatoire": True, "note_max": 20}],
            "regles": [{"id": "duree", "texte": "Une action dure un an au plus.",
                        "citation": "article 4 du règlement", "valeur": "366",
                        "severite": "SEVERITE_REGLE_REFUS",
                        "nature": "NATURE_REGLE_DUREE_MAX_JOURS"}]})
        self.refused("ROLE_INSUFFISANT", self.chef_projet.PublierAppel, name="appels/cv110-2023")
        self.prefet.PublierAppel(name="appels/cv110-2023")
        self.refused("APPEL_PUBLIE", self.chef_projet.UpdateAppelAProjets,
                     appel={"name": "appels/cv110-2023", "exercice": 2024})

    def test_02_the_porteur_writes_and_reads_what_lacks(self):
        self.g.actions.CreatePorteur(porteur_id="les-ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        self.redacteur.CreateAction(action_id="2023-cv110-1", action={
            "intitule": "Aide aux leçons", "porteur": "porteurs/les-ateliers",
            "contrat": "contrats/cv110", "exercice": 2023, "thematique": EDUCATION,
            "type": "TYPE_ACTION_ACTION", "appel": "appels/cv110-2023",
            "quartiers": [{"qpv": "qpv/qp034003", "part_points": 10000}],
            "publics": [{"sexe": sexe, "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                         "effectif_qpv": 11} for sexe in ("SEXE_FEMME", "SEXE_HOMME")],
            "date_debut": date(datetime.date(2022, 9, 1)),
            "date_fin": date(datetime.date(2023, 12, 31))})
        found = self.redacteur.EvaluerDossier(name=DOSSIER)
        self.assertEqual([c.regle for c in found.constats],
                         ["contrat-engagement-republicain", "budget", "appel-criteres",
                          "appel-part-qpv", "appel:duree"])
        self.redacteur.UpdateAction(action={
            "name": DOSSIER, "date_fin": date(datetime.date(2023, 7, 7)),
            "publics": [{"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                         "effectif_qpv": 15}],
            "reponses": [{"critere": "mixite", "texte": "Des créneaux réservés"}]})
        self.g.comme("signataire", "porteurs/les-ateliers").actions.SouscrireContratEngagement(
            name="porteurs/les-ateliers", date=date(datetime.date(2022, 1, 2)))
        self.g.financement.CreateLigne(ligne_id="2023-cv110-1-caf", request_id="demande", ligne={
            "action": DOSSIER, "financeur": "financeurs/caf",
            "demande_droit_commun_centimes": 500_00})
        self.g.comme("redacteur", "porteurs/les-ateliers").financement.CreateBudget(
            budget_id="2023-cv110-1", budget={"action": DOSSIER, "lignes": [
                {"compte": "641", "montant_centimes": 500_00},
                {"compte": "74orgasoc", "montant_centimes": 500_00,
                 "financeur": "financeurs/caf"}]})
        self.assertEqual(list(self.redacteur.EvaluerDossier(name=DOSSIER).constats), [])

    def test_03_the_signataire_attests_and_attests_again_what_changes(self):
        self.redacteur.SoumettreAction(name=DOSSIER)
        filed = self.signataire.AttesterAction(name=DOSSIER)
        self.assertEqual(filed.etat, etat("DEPOSEE"))
        asked = self.instructeur.DemanderComplements(
            name=DOSSIER, demandes=[{"objet": "Qui encadre les enfants ?", "champ": "objet"}])
        self.assertEqual(asked.etat, etat("A_COMPLETER"))
        self.redacteur.UpdateAction(action={"name": DOSSIER, "objet": "Deux animatrices diplômées"})
        self.redacteur.RepondreComplements(name=DOSSIER, reponses=[
            {"complement": DOSSIER + "/complements/1", "texte": "Voir l'objet"}])
        again = self.signataire.AttesterAction(name=DOSSIER)
        self.assertEqual(len(again.attestations), 2)
        self.assertNotEqual(again.attestations[0].empreinte, again.attestations[1].empreinte)
        self.assertEqual(again.depot_time, filed.depot_time, "the deposit is the first one")

    def test_04_those_who_judge_it_have_no_interest_in_it(self):
        self.instructeur.DeclarerComplete(name=DOSSIER)
        self.instructeur.InstruireAction(name=DOSSIER)
        refus = self.refused("VOTE_ABSENT", self.prefet.ProgrammerAction, name=DOSSIER)
        self.assertIn("Aucun financeur n'a voté", refus.message)
        self.delegue_prefet.CreateAvis(parent=DOSSIER, avis={
            "qualite": "QUALITE_AVIS_DELEGUE_PREFET", "sens": "SENS_AVIS_FAVORABLE"})
        advice = self.conseil_citoyen.CreateAvis(parent=DOSSIER, avis={
            "qualite": "QUALITE_AVIS_CONSEIL_CITOYEN", "sens": "SENS_AVIS_RESERVE",
            "texte": "Les horaires ne vont pas aux familles"})
        self.assertTrue(advice.consultatif)
        score = self.chef_projet.CreateCotation(parent=DOSSIER, cotation={
            "notes": [{"critere": "mixite", "note": 15}]})
        self.assertEqual(score.total_points, 7500)
        self.chef_projet.CreateConflitInterets(parent=DOSSIER, conflit={
            "interet": "Trésorière de l'association"})
        self.refused("CONFLIT_D_INTERETS", self.chef_projet.CreateAvis, parent=DOSSIER, avis={
            "qualite": "QUALITE_AVIS_CHEF_PROJET", "sens": "SENS_AVIS_FAVORABLE"})
        kept = self.g.actions.ListCotations(parent=DOSSIER).cotations[0]
        self.assertTrue(kept.ecartee)
        self.refused("CONFLIT_D_INTERETS", self.chef_projet.UpdateAction,
                     action={"name": DOSSIER, "objet": "Aide aux leçons, deux soirs par semaine"})

    def test_041_nor_do_those_who_vote_its_lines(self):
        self.prefet.CreateConflitInterets(parent=DOSSIER, conflit={
            "personne": "lea", "interet": "Conjointe de la présidente"})
        lea = self.g.comme("financeur", "financeurs/caf", acteur="lea").financement
        refus = self.refused("CONFLIT_D_INTERETS", lea.VoterLigne, name="lignes/2023-cv110-1-caf",
                             vote_droit_commun_centimes=400_00, request_id="vote-de-lea")
        self.assertEqual(refus.code, "PERMISSION_DENIED")

    def test_05_the_decision_follows_the_funders_even_through_an_outage(self):
        # The vote is cast while actions is down; the dossier follows once it is back.
        self.caf.GetLigne(name="lignes/2023-cv110-1-caf")  # financement has seen all that was written
        self.suite.kill("actions")
        self.caf.VoterLigne(name="lignes/2023-cv110-1-caf", vote_droit_commun_centimes=400_00,
                            request_id="vote")
        self.suite.launch("actions")
        self.suite.wait_ready()
        deadline = time.time() + 30
        while self.g.actions.GetAction(name=DOSSIER).etat != etat("PROGRAMMEE"):
            self.assertLess(time.time(), deadline)
            time.sleep(0.1)
        self.refused("TRANSITION_INTERDITE", self.prefet.RefuserAction, name=DOSSIER, motif="Non")
        self.refused("HORS_INSTRUCTION", self.delegue_prefet.CreateAvis, parent=DOSSIER, avis={
            "qualite": "QUALITE_AVIS_DELEGUE_PREFET", "sens": "SENS_AVIS_FAVORABLE"})
        # Its whole life is in the journal, once.
        journal = self.suite.psql("actions", "SELECT string_agg(split_part(methode, '/', 2), ' ' "
                                  f"ORDER BY xid, seq) FROM journal WHERE name = '{DOSSIER}'")
        self.assertEqual(journal.split(), [
            "CreateAction", "UpdateAction", "SoumettreAction", "AttesterAction",
            "DemanderComplements", "UpdateAction", "RepondreComplements", "AttesterAction",
            "DeclarerComplete", "InstruireAction", "ProgrammerAction"])

    def test_06_decisions_that_cross_are_told(self):
        def contradictions():
            report = self.g.gateway.VerifierCoherence(timeout=60)
            return [(one.type, one.name) for one in report.incoherences]

        self.assertEqual(contradictions(), [])
        # As if the préfet had refused it before actions knew of the vote.
        self.suite.psql("actions", "BEGIN; ALTER TABLE action DISABLE TRIGGER action_etape; "
                        "UPDATE action SET etat = 'REFUSEE', revision = revision + 1 "
                        f"WHERE name = '{DOSSIER}'; "
                        "ALTER TABLE action ENABLE TRIGGER action_etape; COMMIT")
        self.assertEqual(contradictions(), [("DECISIONS_CONTRAIRES", DOSSIER)])


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""A campaign, from the call to the dashboard, played through the gateway by those who would do it, on the 7
contrats de ville of the Hérault. Read it as the tutorial of the suite: each step is a few calls, as any gRPC
client would make them, and says in French what it does.

    tests/with-postgres /usr/bin/python3 tests/e2e/test_campagne_tutoriel.py
"""

import datetime
import unittest

import pdv
import suite

CONTRATS = ["cv108", "cv109", "cv110", "cv111", "cv112", "cv113", "cv114"]
A_COMPLETER, REFUSE = "cv109", "cv114"
QUARTIERS = {"cv108": "qp034001", "cv109": "qp034002", "cv110": "qp034003", "cv111": "qp034006",
             "cv112": "qp034008", "cv113": "qp034012", "cv114": "qp034013"}
PORTEUR = "porteurs/les-ateliers"
AUJOURDHUI = datetime.date.today()


def titre(texte):
    print(f"\n== {texte}")


def dire(texte):
    print(f"   {texte}")


def euros(centimes):
    return f"{centimes / 100:,.2f} €".replace(",", " ").replace(".", ",")


def le(jour):
    return {"year": jour.year, "month": jour.month, "day": jour.day}


def etat(nom):
    return pdv.enum("pdv.actions.v1.EtatAction", "ETAT_ACTION_" + nom)


def dossier(contrat):
    return f"actions/2023-{contrat}-clas"


def ligne(contrat, financeur):
    return f"lignes/2023-{contrat}-clas-{financeur}"


class Campagne(unittest.TestCase):
    """One suite for all the steps; unittest runs them in order of name."""

    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        # What exists before a campaign: the territory, its contrats, those who pay.
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = g = cls.suite.gateway()
        # A call is made in somebody's name: a role, and the organisation that it is held for.
        cls.redactrice = g.comme("redacteur", PORTEUR, acteur="nadia")
        cls.presidente = g.comme("signataire", PORTEUR, acteur="claire")
        cls.instructrice = g.comme("instructeur", "financeurs/etat", acteur="irene")
        cls.deleguee = g.comme("delegue_prefet", "services/prefecture-34", acteur="malika")
        cls.anct = g.comme("anct", "financeurs/etat", acteur="anct")
        cls.prefet = g.comme("prefet", "financeurs/etat", acteur="prefet-34")
        cls.ddets = g.comme("gestionnaire", "financeurs/etat", acteur="ddets-34")
        cls.conseil = g.comme("conseil_citoyen", "conseils/quartiers-34", acteur="samir")

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def chef_de_projet(self, contrat):
        return self.g.comme("chef_projet", f"epci/{contrat}", acteur=f"chef-de-projet-{contrat}")

    def agglomeration(self, contrat, role):
        """The EPCI keeps its own lines: an agent instructs, the assembly votes."""
        return self.g.comme(role, f"financeurs/epci-{contrat}", acteur=f"{role}-{contrat}")

    def refuse(self, raison, methode, **champs):
        """The call is refused, for that reason; returns the sentence that the user reads."""
        with self.assertRaises(pdv.Refus) as refus:
            methode(**champs)
        self.assertEqual(refus.exception.raison, raison, refus.exception)
        return refus.exception.message

    def test_01_l_appel_a_projets(self):
        titre("1. Les équipes des contrats écrivent l'appel à projets, le préfet le publie")
        appel = self.chef_de_projet("cv112").actions.CreateAppelAProjets(
            appel_id="herault-2023", appel={
                "libelle": "Contrats de ville de l'Hérault 2023", "exercice": 2023,
                "contrats": [f"contrats/{contrat}" for contrat in CONTRATS],
                "date_ouverture": le(AUJOURDHUI - datetime.timedelta(1)),
                "date_cloture": le(AUJOURDHUI + datetime.timedelta(30)),
                "part_qpv_min_points": 6000,
                "criteres": [{"id": "mixite", "question": "Comment touchez-vous les filles ?",
                              "reponse_obligatoire": True, "note_max": 20}],
                "financeurs": ["financeurs/etat", "financeurs/caf-34"]})
        dire(self.refuse("ROLE_INSUFFISANT", self.chef_de_projet("cv112").actions.PublierAppel,
                         name=appel.name))
        self.prefet.actions.PublierAppel(name=appel.name)
        dire(f"{appel.name} est publié : 60 % du public au moins habite un quartier prioritaire.")

    def test_02_les_enveloppes(self):
        titre("2. L'argent descend : ANCT → Occitanie → Hérault")
        argent = {"financeur": "financeurs/etat", "programme": "147", "exercice": 2023,
                  "nature": "NATURE_ENVELOPPE_AE"}
        for nom, lieu, perimetre, parent in (
                ("p147", "France", "nation", ""),
                ("p147-76", "Occitanie", "regions/76", "enveloppes/p147"),
                ("p147-34", "Hérault", "departements/34", "enveloppes/p147-76")):
            self.anct.financement.CreateEnveloppe(enveloppe_id=nom, enveloppe={
                **argent, "libelle": f"P147 {lieu} 2023", "perimetre": perimetre,
                "parent": parent})
        self.anct.financement.AbonderEnveloppe(
            name="enveloppes/p147", montant_centimes=1_000_000_00, motif="Loi de finances.",
            request_id="lf-2023")
        self.anct.financement.DeleguerEnveloppe(
            name="enveloppes/p147", enfant="enveloppes/p147-76", montant_centimes=200_000_00,
            motif="Délégation à la région.", request_id="delegation-76")
        self.prefet.financement.DeleguerEnveloppe(
            name="enveloppes/p147-76", enfant="enveloppes/p147-34", montant_centimes=48_000_00,
            motif="Délégation au département.", request_id="delegation-34")
        herault = self.g.financement.GetEnveloppe(name="enveloppes/p147-34")
        self.assertEqual(herault.disponible_centimes, 48_000_00)
        dire(f"Le préfet de l'Hérault dispose de {euros(herault.disponible_centimes)}.")

    def test_03_les_porteurs_ecrivent(self):
        titre("3. Une association écrit un dossier sur chacun des 7 contrats")
        self.redactrice.actions.CreatePorteur(porteur_id="les-ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        for contrat in CONTRATS:
            self.redactrice.actions.CreateAction(action_id=f"2023-{contrat}-clas", action={
                "intitule": "Accompagnement à la scolarité", "porteur": PORTEUR,
                "contrat": f"contrats/{contrat}", "exercice": 2023, "appel": "appels/herault-2023",
                "thematique": "nomenclatures/piliers-2015-2023/thematiques/education",
                "dispositif": "dispositifs/clas", "type": "TYPE_ACTION_ACTION",
                "quartiers": [{"qpv": f"qpv/{QUARTIERS[contrat]}", "part_points": 10000}],
                "publics": [{"sexe": sexe, "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                             "effectif_qpv": 15} for sexe in ("SEXE_FEMME", "SEXE_HOMME")],
                "date_debut": le(datetime.date(2023, 1, 1)),
                "date_fin": le(datetime.date(2023, 12, 31))})
        manques = self.redactrice.actions.EvaluerDossier(name=dossier("cv108")).constats
        for manque in manques:
            dire(f"Il manque : {manque.message}")
        self.assertEqual([manque.regle for manque in manques],
                         ["contrat-engagement-republicain", "budget", "appel-criteres"])

    def test_04_les_budgets(self):
        titre("4. Elle demande à trois financeurs, et son budget dit la même chose")
        self.presidente.actions.SouscrireContratEngagement(
            name=PORTEUR, date=le(datetime.date(2022, 1, 2)))
        for contrat in CONTRATS:
            self.redactrice.actions.UpdateAction(action={
                "name": dossier(contrat),
                "reponses": [{"critere": "mixite", "texte": "Un créneau leur est réservé."}]})
            demandes = {"etat": ("etat", 0, 9_000_00), f"epci-{contrat}": ("epci", 4_000_00, 0),
                        "caf-34": ("orgasoc", 2_000_00, 0)}
            for financeur, (_, droit_commun, specifiques) in demandes.items():
                self.redactrice.financement.CreateLigne(
                    ligne_id=f"2023-{contrat}-clas-{financeur}",
                    request_id=f"demande-{contrat}-{financeur}",
                    ligne={"action": dossier(contrat), "financeur": f"financeurs/{financeur}",
                           "demande_droit_commun_centimes": droit_commun,
                           "demande_specifiques_centimes": specifiques})
            self.redactrice.financement.CreateBudget(
                budget_id=f"2023-{contrat}-clas", budget={"action": dossier(contrat), "lignes": [
                    {"compte": "641", "montant_centimes": 12_000_00},
                    {"compte": "645", "montant_centimes": 4_000_00},
                    *[{"compte": f"74{compte}", "montant_centimes": droit_commun + specifiques,
                       "financeur": f"financeurs/{financeur}"}
                      for financeur, (compte, droit_commun, specifiques) in demandes.items()],
                    {"compte": "propres", "montant_centimes": 1_000_00}]})
            self.redactrice.actions.SoumettreAction(name=dossier(contrat))
        self.assertEqual(list(self.redactrice.actions.EvaluerDossier(
            name=dossier("cv108")).constats), [])
        dire("16 000,00 € de charges et de produits : les budgets sont équilibrés, rien ne manque.")

    def test_05_le_depot(self):
        titre("5. La présidente atteste : les dossiers sont déposés")
        dire(self.refuse("ROLE_INSUFFISANT", self.redactrice.actions.AttesterAction,
                         name=dossier("cv108")))
        for contrat in CONTRATS:
            depose = self.presidente.actions.AttesterAction(name=dossier(contrat))
            self.assertEqual(depose.etat, etat("DEPOSEE"))
        preuve = depose.attestations[0]
        dire(f"{preuve.acteur} a attesté ; empreinte de ce qu'elle a signé : {preuve.empreinte[:16]}…")

    def test_06_la_completude(self):
        titre("6. L'instructrice regarde si les dossiers sont complets")
        self.instructrice.actions.DemanderComplements(
            name=dossier(A_COMPLETER), demandes=[{"objet": "Qui encadre les enfants ?"}])
        dire(f"{A_COMPLETER} : « Qui encadre les enfants ? » ; la rédactrice répond.")
        self.redactrice.actions.RepondreComplements(name=dossier(A_COMPLETER), reponses=[{
            "complement": dossier(A_COMPLETER) + "/complements/1",
            "texte": "Deux animatrices diplômées."}])
        encore = self.presidente.actions.AttesterAction(name=dossier(A_COMPLETER))
        self.assertEqual(len(encore.attestations), 2)
        dire("Ce qui a changé est attesté de nouveau.")
        for contrat in CONTRATS:
            self.instructrice.actions.DeclarerComplete(name=dossier(contrat))
            self.instructrice.actions.InstruireAction(name=dossier(contrat))
        dire("Les 7 dossiers sont complets et en instruction.")

    def test_07_les_avis(self):
        titre("7. Ceux qui connaissent le terrain donnent leur avis")
        for contrat in CONTRATS:
            sens = "SENS_AVIS_DEFAVORABLE" if contrat == REFUSE else "SENS_AVIS_FAVORABLE"
            self.deleguee.actions.CreateAvis(parent=dossier(contrat), avis={
                "qualite": "QUALITE_AVIS_DELEGUE_PREFET", "sens": sens,
                "texte": "Doublon avec le collège." if contrat == REFUSE else ""})
            self.chef_de_projet(contrat).actions.CreateCotation(parent=dossier(contrat), cotation={
                "notes": [{"critere": "mixite", "note": 5 if contrat == REFUSE else 15}]})
            avis = self.conseil.actions.CreateAvis(parent=dossier(contrat), avis={
                "qualite": "QUALITE_AVIS_CONSEIL_CITOYEN", "sens": "SENS_AVIS_FAVORABLE"})
            self.assertTrue(avis.consultatif)
        dire(f"Avis, et notes sur 20 ; celui du conseil citoyen est consultatif. {REFUSE} convainc peu.")

    def test_08_les_propositions(self):
        titre("8. Chaque financeur déclare sa ligne recevable et propose un montant")
        for contrat in CONTRATS:
            if contrat == REFUSE:
                continue
            # The CAF does not use the suite: the chef de projet records what it says.
            for qui, financeur, droit_commun, specifiques in (
                    (self.instructrice, "etat", 0, 8_000_00),
                    (self.agglomeration(contrat, "instructeur"), f"epci-{contrat}", 4_000_00, 0),
                    (self.chef_de_projet(contrat), "caf-34", 1_500_00, 0)):
                nom = ligne(contrat, financeur)
                qui.financement.DeclarerRecevableLigne(name=nom)
                qui.financement.ProposerLigne(
                    name=nom, request_id=f"proposition-{contrat}-{financeur}",
                    enveloppe="enveloppes/p147-34" if financeur == "etat" else "",
                    propose_droit_commun_centimes=droit_commun,
                    propose_specifiques_centimes=specifiques)
        herault = self.g.financement.GetEnveloppe(name="enveloppes/p147-34")
        self.assertEqual((herault.reserve_centimes, herault.disponible_centimes), (48_000_00, 0))
        dire(f"{euros(herault.reserve_centimes)} sont réservés pour le vote : il ne reste rien à "
             "promettre deux fois.")

    def test_09_les_votes(self):
        titre("9. Les assemblées votent, le préfet décide pour l'État")
        dire(self.refuse("ENVELOPPE_INSUFFISANTE", self.prefet.financement.VoterLigne,
                         name=ligne("cv112", "etat"), vote_specifiques_centimes=8_000_01,
                         request_id="un-centime-de-trop"))
        retenus = [contrat for contrat in CONTRATS if contrat != REFUSE]
        motif = "L'action double celle du collège."
        # The préfet decides all the lines of the État at once, all or none; the others one by one.
        self.prefet.financement.BatchDeciderLignes(request_id="comite-etat", actes=[
            *[{"voter": {"name": ligne(contrat, "etat"), "vote_specifiques_centimes": 8_000_00}}
              for contrat in retenus],
            {"refuser": {"name": ligne(REFUSE, "etat"), "motif": motif}}])
        for contrat in retenus:
            self.agglomeration(contrat, "financeur").financement.VoterLigne(
                name=ligne(contrat, f"epci-{contrat}"), vote_droit_commun_centimes=4_000_00,
                request_id=f"vote-{contrat}-epci")
            self.chef_de_projet(contrat).financement.VoterLigne(
                name=ligne(contrat, "caf-34"), vote_droit_commun_centimes=1_500_00,
                request_id=f"vote-{contrat}-caf")
        for qui, financeur in ((self.agglomeration(REFUSE, "financeur"), f"epci-{REFUSE}"),
                               (self.chef_de_projet(REFUSE), "caf-34")):
            qui.financement.RefuserLigne(name=ligne(REFUSE, financeur), motif=motif,
                                         request_id=f"refus-{financeur}")
        dire(f"6 contrats ont leurs votes ; sur {REFUSE}, les trois financeurs refusent : {motif}")

    def test_10_les_dossiers_suivent_leurs_lignes(self):
        titre("10. Un dossier dont toutes les lignes sont décidées l'est aussi, de lui-même")
        for contrat in CONTRATS:
            attendu = "REFUSEE" if contrat == REFUSE else "PROGRAMMEE"
            self.assertEqual(self.g.actions.GetAction(name=dossier(contrat)).etat, etat(attendu))
            dire(f"{dossier(contrat)} : {attendu}")

    def test_11_la_programmation(self):
        titre("11. Le comité de pilotage arrête la programmation de chaque contrat")
        for contrat in CONTRATS:
            programmation = self.prefet.financement.CreateProgrammation(
                programmation_id=f"{contrat}-2023",
                programmation={"contrat": f"contrats/{contrat}", "exercice": 2023})
            self.prefet.financement.ArreterProgrammation(name=programmation.name,
                                                         date=le(AUJOURDHUI))
        dire("7 programmations arrêtées : plus aucune proposition n'attend son vote.")

    def test_12_l_argent_est_engage_puis_paye(self):
        titre("12. La préfecture notifie ; la DDETS engage, puis verse une avance")
        nom = ligne("cv112", "etat")
        self.prefet.financement.NotifierLigne(name=nom)
        self.ddets.financement.EngagerLigne(name=nom, engage_specifiques_centimes=8_000_00,
                                            ej="2103456789", request_id="ej-cv112")
        self.ddets.financement.VerserLigne(name=nom, paye_specifiques_centimes=6_000_00,
                                           request_id="dp-cv112")
        dire(self.refuse("MONTANT_EXCESSIF", self.ddets.financement.VerserLigne, name=nom,
                         paye_specifiques_centimes=8_000_01, request_id="dp-cv112-trop"))

    def test_13_le_tableau_de_bord(self):
        titre("13. Le tableau de bord dit qui paie quoi")
        tableau = self.g.gateway.GetTableauDeBord(perimetre="departements/34", exercice_debut=2023)
        total = tableau.total
        for etape in ("demande", "propose", "vote", "engage", "paye"):
            commun = getattr(total, f"{etape}_droit_commun_centimes")
            specifiques = getattr(total, f"{etape}_specifiques_centimes")
            dire(f"{etape:8} : {euros(commun):>12} de droit commun, {euros(specifiques):>12} de "
                 "crédits spécifiques")
        self.assertEqual(total.demande_specifiques_centimes, 7 * 9_000_00)
        self.assertEqual(total.vote_droit_commun_centimes, 6 * 5_500_00)
        self.assertEqual(total.vote_specifiques_centimes, 6 * 8_000_00)
        self.assertEqual(total.paye_specifiques_centimes, 6_000_00)
        self.assertEqual((tableau.nb_actions, tableau.nb_porteurs), (7, 1))
        for rang in tableau.rangs_par_contrat:
            if rang.vote_centimes:
                self.assertEqual((rang.premier, rang.ecart_centimes),
                                 ("financeurs/etat", 4_000_00))
        self.assertEqual(list(tableau.alertes), [])
        herault = {e.enveloppe: e for e in tableau.enveloppes}["enveloppes/p147-34"]
        self.assertEqual((herault.consomme_centimes, herault.reste_centimes), (48_000_00, 0))
        dire("L'État est le premier financeur des 6 contrats financés ; son enveloppe est épuisée.")

    def test_14_le_grand_livre(self):
        titre("14. Le grand livre raconte chaque euro d'une ligne")
        nom = ligne("cv112", "etat")
        releve = self.g.financement.ReleveCompte(compte=nom)
        for mouvement in releve.mouvements:
            ecriture = mouvement.ecriture
            nature = pdv.POOL.FindEnumTypeByName("pdv.financement.v1.NatureEcriture")
            dire(f"{nature.values_by_number[ecriture.nature].name[16:]:12} "
                 f"{mouvement.compte.rsplit('/', 1)[1]:20} {euros(mouvement.montant_centimes):>12} "
                 f"({ecriture.acteur})")
        soldes = {s.compte.rsplit("/", 1)[1]: s.solde_centimes for s in releve.soldes}
        self.assertEqual((soldes["vote-specifiques"], soldes["paye-specifiques"]),
                         (8_000_00, 6_000_00))
        self.assertEqual(soldes["reserve-specifiques"], 0)

    def test_15_rien_ne_se_contredit(self):
        titre("15. Les quatre services disent la même chose")
        rapport = self.g.gateway.VerifierCoherence()
        self.assertEqual((list(rapport.incoherences), list(rapport.injoignables)), ([], []))
        dire(f"{rapport.elements_verifies} éléments vérifiés, aucune incohérence.")


if __name__ == "__main__":
    unittest.main(verbosity=0)

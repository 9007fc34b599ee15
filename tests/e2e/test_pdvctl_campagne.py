"""What people do day by day with pdvctl, in French, one command a step: an appel à projets, a dossier
followed from its draft to its examination."""

import datetime
import json
import tempfile
import unittest

import suite

CLOSING = datetime.date.today() + datetime.timedelta(days=2)
APPEL = {"name": "appels/herault-2023", "libelle": "Appel à projets 2023",
         "contrats": ["contrats/cv110"], "exercice": 2023,
         "date_ouverture": {"year": 2022, "month": 10, "day": 1},
         "date_cloture": {"year": CLOSING.year, "month": CLOSING.month,
                          "day": CLOSING.day},
         "criteres": [{"id": "mixite", "question": "Qui vient ?", "reponse_obligatoire": True, "note_max": 10}]}
TRANCHE = "TRANCHE_AGE_DE_6_A_15"


class CampagneAuTerminal(suite.AvecAteliers):
    def pdvctl(self, *words, role="", check=0):
        identity = [f"--role={role}"] if role else []
        if role in ("redacteur", "signataire"):
            identity.append("--organisation=porteurs/ateliers")
        return self.suite.pdvctl(*words, *identity, check=check)

    def test_1_an_appel_is_written_published_and_opened_again(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(APPEL, file)
            file.flush()
            refused = self.pdvctl("appel", "creer", file.name, check=2)
            self.assertIn("Cette opération demande l'un des rôles", refused.stderr)
            dry = self.pdvctl("appel", "creer", file.name, "--simulation", role="prefet")
            self.assertEqual(dry.stdout, "(simulation) appels/herault-2023 : en préparation\n")
            made = self.pdvctl("appel", "creer", file.name, role="prefet")
            self.assertEqual(made.stdout, "appels/herault-2023 : en préparation\n")
        published = self.pdvctl("appel", "publier", "herault-2023", "--acteur=Zoé Noël 100 %", role="préfet")
        self.assertEqual(published.stdout, "appels/herault-2023 : publié\n")
        self.assertEqual(self.suite.psql("actions", "SELECT acteur FROM journal WHERE name = 'appels/herault-2023'"
                                                    " ORDER BY revision DESC LIMIT 1"), "Zoé Noël 100 %")
        listed = self.pdvctl("appel", "lister", "--exercice=2023").stdout
        self.assertIn(CLOSING.strftime("%d/%m/%Y"), listed)
        self.assertRegex(listed, r"\d\s+jours?")
        wrong = self.pdvctl("appel", "rouvrir", "herault-2023", "--jusquau=31/02/2099",
                            "--motif=Grève", role="prefet", check=2)
        self.assertIn("n'est pas une date", wrong.stderr)
        self.pdvctl("appel", "rouvrir", "herault-2023", "--jusquau=31/12/2099",
                    "--motif=Panne du dépôt", role="prefet")
        self.assertIn("31/12/2099", self.pdvctl("appel", "lister").stdout)

    def test_2_a_dossier_tells_what_it_lacks_and_who_acts_next(self):
        redacteur = self.g.comme("redacteur", "porteurs/ateliers")
        action = {
            "intitule": "Aide aux leçons", "porteur": "porteurs/ateliers",
            "appel": "appels/herault-2023", "contrat": "contrats/cv110", "exercice": 2023,
            "type": "TYPE_ACTION_ACTION",
            "thematique": "nomenclatures/piliers-2015-2023/thematiques/education",
            "date_debut": {"year": 2023, "month": 1, "day": 1},
            "date_fin": {"year": 2023, "month": 12, "day": 31}}
        redacteur.actions.CreateAction(action_id="pdv-1", action=action)
        found = self.pdvctl("dossier", "evaluer", "pdv-1", check=1).stdout
        self.assertIn("✗", found)
        self.assertIn("loi n° 2014-873", found)
        self.assertIn("règle public-par-sexe-et-age, champ publics", found)
        action.update(name="actions/pdv-1", publics=[
            {"sexe": "SEXE_FEMME", "age": TRANCHE, "effectif": 20, "effectif_qpv": 15}],
            reponses=[{"critere": "mixite", "texte": "Des filles et des garçons."}])
        redacteur.actions.UpdateAction(action=action)
        self.g.financement.CreateLigne(ligne_id="pdv-1-etat", request_id="pdv-1", ligne={
            "action": "actions/pdv-1", "financeur": "financeurs/etat",
            "demande_specifiques_centimes": 1_000_00})
        redacteur.financement.CreateBudget(budget_id="pdv-1", budget={"action": "actions/pdv-1", "lignes": [
            {"compte": "641", "montant_centimes": 1_000_00},
            {"compte": "74etat", "montant_centimes": 1_000_00,
             "financeur": "financeurs/etat"}]})
        # pdvctl is another client: actions knows the budget once it has answered who wrote it.
        redacteur.actions.GetAction(name="actions/pdv-1")
        self.pdvctl("dossier", "evaluer", "actions/pdv-1", check=0)
        moved = self.pdvctl("dossier", "soumettre", "pdv-1", role="redacteur")
        self.assertEqual(moved.stdout, "actions/pdv-1 : en attente d'attestation\n")
        followed = self.pdvctl("dossier", "suivre", "pdv-1").stdout
        self.assertIn("C'est au signataire d'attester.", followed)

    def test_3_a_refusal_is_one_clear_line(self):
        refused = self.pdvctl("dossier", "programmer", "pdv-1", role="prefet", check=2)
        self.assertIn("pdvctl : ", refused.stderr)
        self.assertEqual(refused.stdout, "")
        listed = json.loads(self.pdvctl("dossier", "lister", "--appel=herault-2023",
                                        "--format=json").stdout)
        self.assertEqual([a["name"] for a in listed["actions"]], ["actions/pdv-1"])

    def test_4_a_porteur_subscribes_and_says_who_acts_for_it(self):
        said = self.pdvctl("porteur", "souscrire", "ateliers", "--jour=3 janvier 2022",
                           "--simulation", role="signataire").stdout
        # It had subscribed the day before: what is in force goes on from its first day.
        self.assertIn("contrat d'engagement républicain souscrit le 02/01/2022", said)
        none = self.pdvctl("porteur", "membres", "ateliers").stdout
        self.assertIn("Aucun membre", none)
        for who, role in (("anne", "administrateur"), ("anne", "redacteur"), ("anne", "signataire")):
            said = self.pdvctl("porteur", "nommer", "ateliers", f"--personne={who}",
                               f"--fonction={role}", "--acteur=anne", role="signataire").stdout
            self.assertIn(f"anne agit pour porteurs/ateliers comme {role}".replace(
                "redacteur", "rédacteur"), said)
        listed = json.loads(self.pdvctl("porteur", "membres", "ateliers", "--format=json").stdout)
        self.assertEqual(len(listed["membres"]), 3)
        refused = self.pdvctl("porteur", "retirer", "ateliers", role="prefet", check=2).stderr
        self.assertIn("--observations", refused)

    def test_5_a_dossier_is_judged_by_opinions_marks_and_interests(self):
        self.pdvctl("dossier", "attester", "pdv-1", "--acteur=anne", role="signataire")
        self.pdvctl("dossier", "complet", "pdv-1", "--acteur=irene", role="instructeur")
        said = self.pdvctl("dossier", "avis", "pdv-1", "--sens=favorable", "--acteur=irene",
                           role="instructeur").stdout
        self.assertEqual(said, "avis favorable donné sur actions/pdv-1\n")
        self.assertIn("--sens", self.pdvctl("dossier", "avis", "pdv-1", role="instructeur",
                                            check=2).stderr)
        self.assertIn("qualité", self.pdvctl("dossier", "avis", "pdv-1", "--sens=favorable",
                                             role="prefet", check=2).stderr)
        said = self.pdvctl("dossier", "noter", "pdv-1", "--notes=mixite=8", "--acteur=irene",
                           role="instructeur").stdout.replace("\xa0", " ")
        self.assertEqual(said, "actions/pdv-1 noté : 1 critère, 80,0 % du maximum\n")
        said = self.pdvctl("dossier", "conflit", "pdv-1", "--interet=membre du bureau",
                           "--acteur=irene", role="instructeur").stdout
        self.assertEqual(said, "intérêt déclaré sur actions/pdv-1 : irene n'y prend plus part\n")
        refused = self.pdvctl("dossier", "instruire", "pdv-1", "--acteur=irene", role="instructeur",
                              check=2).stderr
        self.assertIn("Vous avez un intérêt dans ce dossier", refused)

    def test_5_the_fiche_shows_who_said_what_and_whether_it_counts(self):
        self.pdvctl("dossier", "avis", "pdv-1", "--sens=reserve", "--motif=Les horaires",
                    "--acteur=paul", role="conseil_citoyen")
        page = self.pdvctl("fiche", "actions/pdv-1").stdout.replace("\xa0", " ")
        avis = page[page.index("Avis\n"):page.index("Notes\n")]
        self.assertRegex(avis, r"favorable +service instructeur, irene.* ne compte plus")
        self.assertRegex(avis, r"réservé +conseil citoyen, paul.* ; consultatif : Les horaires")
        notes, interets = page[page.index("Notes\n"):].split("Conflits d'intérêts\n")
        self.assertRegex(notes, r"irene +80,0 % du maximum \(mixite 8\).* ne compte plus")
        self.assertRegex(interets, r"irene +déclaré par irene .* : membre du bureau")
        self.assertRegex(page, r"mixite +Des filles et des garçons")
        self.assertRegex(page, r"Attesté le.*\n.*\n.* anne +porteurs/ateliers")
        fiche = json.loads(self.pdvctl("fiche", "actions/pdv-1", "--format=json").stdout)
        self.assertEqual([len(fiche[part]) for part in ("avis", "cotations", "conflits")],
                         [2, 1, 1])

    def test_6_a_dossier_is_carried_on_to_another_year(self):
        said = self.pdvctl("dossier", "reconduire", "pdv-1", "--exercice=2024", "--vers=pdv-1-2024",
                           "--acteur=anne", role="redacteur").stdout
        self.assertEqual(said, "actions/pdv-1-2024 : brouillon\n")
        self.assertIn("--exercice", self.pdvctl("dossier", "reconduire", "pdv-1", "--acteur=anne",
                                                role="redacteur", check=2).stderr)

    def test_7_the_words_are_those_that_people_write(self):
        said = self.pdvctl("dossier", "évaluer", "pdv-1").stdout
        self.assertIn("règles examinées", said)
        self.assertIn("vouliez-vous dire « evaluer »",
                      self.pdvctl("dossier", "evaluerr", "pdv-1", check=2).stderr)
        model = self.pdvctl("appel", "modele", "--exercice=2024").stdout
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(model.replace("A-REMPLIR-2024", "beziers-2024").replace(
                "contrats/A-REMPLIR", "contrats/cv110").replace("A-REMPLIR", "Béziers 2024"))
            file.flush()
            made = self.pdvctl("appel", "creer", file.name, role="chef_projet").stdout
        self.assertEqual(made, "appels/beziers-2024 : en préparation\n")


if __name__ == "__main__":
    unittest.main()

"""The money of a campaign with pdvctl, in French, one command a step: a dossier from a file, envelopes,
votes one by one and by a file, the entries behind each amount, and what still waits."""

import datetime
import json
import re
import tempfile
import time
import unittest
import zoneinfo

import suite

JAN, DEC = {"year": 2023, "month": 1, "day": 1}, {"year": 2023, "month": 12, "day": 31}
ETAT = ["--role=prefet", "--organisation=financeurs/etat", "--acteur=camille"]
DDETS = ["--role=gestionnaire", "--organisation=financeurs/etat", "--acteur=maxime"]
INSTRUCTEUR = ["--role=instructeur", "--organisation=financeurs/etat", "--acteur=claude"]


def dossier(number):
    return {
        "action": {"name": f"actions/2023-cv110-{number}", "intitule": "Aide aux leçons",
                   "porteur": "porteurs/ateliers", "contrat": "contrats/cv110", "exercice": 2023,
                   "type": "TYPE_ACTION_ACTION", "date_debut": JAN, "date_fin": DEC,
                   "thematique": "nomenclatures/piliers-2015-2023/thematiques/education",
                   "publics": [{"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15",
                                "effectif": 20, "effectif_qpv": 15}]},
        "budget": {"lignes": [
            {"compte": "641", "montant_centimes": 1_000_00},
            {"compte": "74etat", "montant_centimes": 600_00, "financeur": "financeurs/etat"},
            {"compte": "propres", "montant_centimes": 400_00}]},
        "lignes": [{"financeur": "financeurs/etat", "demande_specifiques_centimes": 600_00}]}


class EurosAuTerminal(suite.AvecAteliers):
    def pdvctl(self, *words, check=0):
        done = self.suite.pdvctl(*words, check=check)
        return (done.stdout + done.stderr).replace("\u202f", " ").replace("\xa0", " ")

    def file(self, content, suffix):
        out = tempfile.NamedTemporaryFile("w", suffix=suffix)
        self.addCleanup(out.close)
        out.write(content)
        out.flush()
        return out.name

    def await_state(self, wanted):
        """Where financement knows the first dossier to stand."""
        deadline = time.time() + 30
        while self.suite.psql("financement", "SELECT etat FROM miroir_action WHERE name = "
                              "'actions/2023-cv110-1'") != wanted:
            self.assertLess(time.time(), deadline)
            time.sleep(0.05)

    def test_1_a_dossier_is_filed_from_one_file_and_the_file_again_changes_nothing(self):
        porteur = ["--role=redacteur,signataire", "--organisation=porteurs/ateliers",
                   "--acteur=dominique"]
        for number in range(1, 6):
            path = self.file(json.dumps(dossier(number)), ".json")
            said = self.pdvctl("dossier", "creer", path, "--attester", *porteur)
            self.assertIn(f"actions/2023-cv110-{number} : déposé", said)
            self.assertIn("1 000,00 € de charges, 1 000,00 € de produits ; 1 financeur", said)
            self.assertEqual(self.pdvctl("dossier", "creer", path, "--attester", *porteur), said)
        wrong = dossier(9)
        wrong["action"]["exercice"] = 1900
        wrong["budget"]["lignes"][0]["montant_centimes"] = -1
        said = self.pdvctl("dossier", "creer", self.file(json.dumps(wrong), ".json"), *porteur,
                           check=2)
        for path in ("action.exercice", "budget.lignes[0].montant_centimes"):
            self.assertIn(path, said)

    def test_2_envelopes_are_opened_and_delegated(self):
        argent = {"financeur": "financeurs/etat", "programme": "147", "exercice": 2023,
                  "nature": "NATURE_ENVELOPPE_AE"}
        region = {**argent, "name": "enveloppes/r76", "libelle": "P147 Occitanie",
                  "perimetre": "regions/76", "dotation_centimes": 5_000_00}
        local = {**argent, "name": "enveloppes/d34", "libelle": "P147 Hérault",
                 "perimetre": "departements/34", "parent": "enveloppes/r76"}
        for one in (region, local):
            self.pdvctl("enveloppe", "creer", self.file(json.dumps(one), ".json"), *ETAT)
        said = self.pdvctl("enveloppe", "deleguer", "r76", "1 500,00 €", "--vers=d34",
                           "--motif=Dialogue de gestion", "--request-id=d1", *ETAT)
        self.assertIn("enveloppes/r76 : reste 3 500,00 €", said)
        self.assertIn("Il reste 3 500,00 €", self.pdvctl(
            "enveloppe", "deleguer", "r76", "3500,01", "--vers=d34", "--motif=x", *ETAT, check=2))
        tree = self.pdvctl("enveloppe", "arbre", "--exercice=2023", "--financeur=etat")
        self.assertRegex(tree, r"P147 Occitanie \(AE\).*délègue 1 500,00 €\n"
                               r"  P147 Hérault \(AE\).*reste 1 500,00 €")

        self.assertNotIn("Occitanie", self.pdvctl("enveloppe", "arbre", "d34"))
        node = json.loads(self.pdvctl("enveloppe", "arbre", "r76", "--format=json"))
        self.assertEqual([one["name"] for one in node["enveloppes"]],
                         ["enveloppes/r76", "enveloppes/d34"])
        listed = self.pdvctl("enveloppe", "lister", "--perimetre=departements/34",
                             "--exercice=2023", "--financeur=etat", "--format=csv").splitlines()
        self.assertEqual(listed[1:], [
            "enveloppes/d34;P147 Hérault;financeurs/etat;147;2023;departements/34;AE;"
            "enveloppes/r76;1500.00;0.00;0.00;0.00;1500.00;0.00"])
        self.assertRegex(self.pdvctl("enveloppe", "lister"), r"r76 +P147 Occitanie.*3 500,00 €")
        for words in (("arbre", "--au=2023-01-01"), ("voir", "d34", "--format=csv")):
            self.assertIn("seulement pour", self.pdvctl("enveloppe", *words, check=2))

    def test_3_a_line_is_voted_and_a_file_of_votes_takes_what_fits(self):
        self.assertIn("5 lignes", self.pdvctl("ligne", "lister", "--contrat=cv110"))
        names = [f"2023-cv110-{n}-etat" for n in range(1, 6)]
        known = json.loads(self.pdvctl("ligne", "lister", "--contrat=cv110", "--format=json"))
        self.assertEqual({one["name"] for one in known["lignes"]}, {f"lignes/{n}" for n in names})
        # The envelope is the department's: the porteur did not choose it, who proposes does.
        for name in names:
            self.assertIn(f"lignes/{name} : proposée", self.pdvctl(
                "ligne", "proposer", name, "1", "--enveloppe=d34", *INSTRUCTEUR))
        said = self.pdvctl("ligne", "voter", names[0], "500,00", "--enveloppe=d34", *ETAT)
        self.assertIn(f"lignes/{names[0]} : votée", said)
        # A file may say which envelope pays, as the verb does.
        votes = "ligne;montant;enveloppe\n" + "".join(
            f"{name};450,00;d34\n" for name in names[1:]) + "rien;5;\n"
        path = self.file(votes, ".csv")
        said = self.pdvctl("ligne", "lot", path, *ETAT, check=1)
        self.assertIn("2 lignes votées, 900,00 € ; 3 refus", said)
        self.assertRegex(said, r"Ligne 4, 2023-cv110-4-etat : Il reste")
        self.assertIn("« lignes/rien » n'existe pas", said)
        report = json.loads(self.pdvctl("ligne", "lot", path, "--format=json", *ETAT, check=1))
        self.assertEqual((report["votes"], report["montant_centimes"]), (2, 900_00), report)
        self.assertEqual([one["ligne"] for one in report["refus"] if one["name"] == "lignes/rien"], [6])
        self.assertEqual([one["ligne"] for one in report["refus"]], [4, 5, 6])
        self.assertEqual(report["refus"][0]["raison"], "ENVELOPPE_INSUFFISANTE")
        # Corrected or not, no file votes a line twice; one that names a line made since takes it.
        before = self.pdvctl("releve", "enveloppes/d34", "--format=csv")
        self.assertIn("0 ligne votée, 0,00 € ; 5 refus", self.pdvctl(
            "ligne", "lot", path, "--request-id=autre", *ETAT, check=2))
        self.assertEqual(self.pdvctl("releve", "enveloppes/d34", "--format=csv"), before)
        late = self.file(f"ligne;montant\n{names[1]};450\ncaf-1;12,34\n", ".csv")
        self.assertIn("« lignes/caf-1 » n'existe pas",
                      self.pdvctl("ligne", "lot", late, *ETAT, check=2))
        gateway = self.suite.gateway()
        gateway.financement.CreateFinanceur(financeur_id="caf", financeur={
            "libelle": "CAF", "categorie": "CATEGORIE_FINANCEUR_CAF"})
        gateway.financement.CreateLigne(ligne_id="caf-1", ligne={
            "action": "actions/2023-cv110-1", "financeur": "financeurs/caf",
            "demande_droit_commun_centimes": 12_34})
        # The dossier asks something else than what was signed: once it knows, nothing is voted until it
        # is signed again.
        self.await_state("EN_ATTENTE_ATTESTATION")
        self.assertIn("Ce dossier n'est pas déposé",
                      self.pdvctl("ligne", "lot", late, "--request-id=tot", *ETAT, check=2))
        porteur = gateway.comme("redacteur,signataire", "porteurs/ateliers", acteur="dominique")
        porteur.financement.UpdateBudget(budget={"name": "budgets/2023-cv110-1", "lignes": [
            {"compte": "641", "montant_centimes": 1_012_34},
            {"compte": "74etat", "montant_centimes": 600_00, "financeur": "financeurs/etat"},
            {"compte": "74orgasoc", "montant_centimes": 12_34, "financeur": "financeurs/caf"},
            {"compte": "propres", "montant_centimes": 400_00}]})
        porteur.actions.AttesterAction(name="actions/2023-cv110-1")
        gateway.close()
        self.await_state("DEPOSEE")
        self.assertIn("1 ligne votée, 12,34 € ; 1 refus",
                      self.pdvctl("ligne", "lot", late, *ETAT, check=1))
        listed = self.pdvctl("ligne", "lister", "--action=2023-cv110-1", "--format=csv")
        self.assertIn("lignes/caf-1;actions/2023-cv110-1;financeurs/caf;;2023;contrats/cv110;votée;"
                      "12.34;0.00;0.00;0.00;12.34;", listed)
        whole = self.file("ligne;montant\n" + "".join(f"{n};60\n" for n in names[3:]), ".csv")
        said = self.pdvctl("ligne", "lot", whole, "--atomique", *ETAT, check=2)
        self.assertRegex(said, r"Ligne \d, 2023-cv110-\d-etat : Il reste")
        self.assertIn("0 ligne votée, 0,00 € ; ", said)
        report = json.loads(self.pdvctl("ligne", "lot", whole, "--atomique", "--format=json", *ETAT,
                                        check=2))
        self.assertEqual(len(report["refus"]), int(re.search(r"; (\d+) refus", said).group(1)))

    def test_4_each_amount_has_its_entries(self):
        releve = json.loads(self.pdvctl("releve", "enveloppes/d34", "--format=json"))
        soldes = {one["compte"].rsplit("/", 1)[1]: int(one["solde_centimes"])
                  for one in releve["soldes"]}
        self.assertEqual(soldes["disponible"], 1_500_00 - 500_00 - 900_00 - 2_00)
        self.assertEqual(sum(int(one["montant_centimes"]) for one in releve["mouvements"]
                             if one["compte"].endswith("/disponible")), soldes["disponible"])
        # Every amount of the envelope is the balance of an account, and of its movements.
        voir = json.loads(self.pdvctl("enveloppe", "voir", "d34", "--format=json"))
        for poste in ("disponible", "reserve", "consomme", "gele", "delegue"):
            self.assertEqual(soldes.get(poste, 0), int(voir.get(f"{poste}_centimes", 0)), poste)
            self.assertEqual(soldes.get(poste, 0), sum(
                int(one["montant_centimes"]) for one in releve["mouvements"]
                if one["compte"].endswith(f"/{poste}")), poste)
        self.assertIn("consomme", self.pdvctl("releve", "enveloppes/d34/comptes/consomme"))
        dehors = self.pdvctl("releve", "financeurs/caf/comptes/exterieur")
        self.assertIn("exterieur", dehors)
        self.assertIn("-12,34 €", dehors)
        self.assertIn("vote-specifiques", self.pdvctl("releve", "lignes/2023-cv110-1-etat"))
        action = json.loads(self.pdvctl("releve", "actions/2023-cv110-1", "--format=json"))
        self.assertEqual(sorted(int(one["solde_centimes"]) for one in action["soldes"]
                                if "/comptes/vote-" in one["compte"]), [12_34, 500_00])
        said = self.pdvctl("releve", "actions/2023-cv110-1")
        self.assertIn("caf-1 vote-droit-commun", said)
        self.assertIn("2023-cv110-1-etat vote-specifiques", said)
        csv = self.pdvctl("releve", "enveloppes/d34", "--format=csv").splitlines()
        self.assertEqual(len(csv), 1 + len(releve["mouvements"]))
        self.assertIn("Reste", self.pdvctl("enveloppe", "voir", "d34"))
        # Before the first vote: nothing but the delegation had touched it.
        first = min(one["ecriture"]["instant"] for one in releve["mouvements"])
        then = json.loads(self.pdvctl("enveloppe", "voir", "d34", f"--au={first}", "--format=json"))
        self.assertEqual((then["disponible_centimes"], then["montant_centimes"]),
                         (str(1_500_00), str(1_500_00)))
        self.assertIn(f"--au={first}", self.pdvctl("enveloppe", "voir", "d34", f"--au={first}"))
        tableau = ("tableau", "--contrat=cv110", "--exercice=2023")
        self.assertGreater(int(json.loads(self.pdvctl(*tableau, "--format=json"))["total"][
            "vote_specifiques_centimes"]), 0)
        alors = json.loads(self.pdvctl(*tableau, f"--au={first}", "--format=json"))
        self.assertNotIn("vote_specifiques_centimes", alors.get("total", {}))
        self.assertIn("Montants au", self.pdvctl(*tableau, f"--au={first}"))
        self.assertIn("n'existait pas le 01/01/2020", self.pdvctl(
            "enveloppe", "voir", "d34", "--au=01/01/2020", check=2))
        self.assertIn("n'existait pas le 01/01/2020", self.pdvctl(
            "releve", "enveloppes/d34", "--au=01/01/2020", check=2))
        self.assertIn("Aucune écriture", self.pdvctl(
            "releve", "actions/2023-cv110-1", "--au=01/01/2020"))
        self.assertIn("n'est pas un instant", self.pdvctl("releve", "enveloppes/d34", "--au=T", check=2))

    def test_5_what_waits_is_told_and_what_is_paid_twice_too(self):
        waiting = self.pdvctl("echeances", "--contrat=cv110")
        self.assertIn("2023-cv110-4-etat", waiting)
        self.assertIn("2 lignes", waiting)
        self.assertNotIn("2023-cv110-1-etat", waiting)
        prefet = ["--role=prefet", "--acteur=camille"]
        tomorrow = (datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")).date()
                    + datetime.timedelta(days=1))
        appel = {"name": "appels/bientot", "libelle": "Bientôt clos", "exercice": 2023,
                 "contrats": ["contrats/cv110"], "date_ouverture": JAN,
                 "date_cloture": {"year": tomorrow.year, "month": tomorrow.month,
                                  "day": tomorrow.day}}
        self.pdvctl("appel", "creer", self.file(json.dumps(appel), ".json"), *prefet)
        self.pdvctl("appel", "publier", "bientot", *prefet)
        self.assertRegex(self.pdvctl("echeances"), r"1 jour +appels/bientot")
        document = json.loads(self.pdvctl("echeances", "--contrat=cv110", "--format=json"))
        self.assertEqual(len(document["echeances"]), 2)
        self.assertEqual([(one["appel"]["name"], one["dernier_jour"], one["reste_jours"])
                          for one in document["appels"]],
                         [("appels/bientot", tomorrow.isoformat(), 1)])
        rows = self.pdvctl("echeances", "--contrat=cv110", "--format=csv").splitlines()
        self.assertEqual([row.split(";")[0] for row in rows], ["genre", "ligne", "ligne", "appel"])
        self.assertTrue(self.pdvctl("surfinancement", "ateliers", "--format=csv").startswith(
            "constat;regle;gravite;exercice;en_cause;fait;"))
        self.assertIn("sur 5 actions", self.pdvctl("surfinancement", "ateliers"))
        self.assertIn("sur 5 actions", self.pdvctl("surfinancement", "--contrat=cv110"))
        self.assertIn("est attendu", self.pdvctl("surfinancement", check=2))

    def test_6_a_payment_is_told_beside_what_is_paid_in_all(self):
        name = "2023-cv110-1-etat"
        self.pdvctl("ligne", "notifier", name, *ETAT)
        self.pdvctl("ligne", "engager", name, "500", *DDETS)
        said = self.pdvctl("ligne", "verser", name, "200", *DDETS)
        self.assertIn("Versé en tout : 200,00 € sur 500,00 € engagés, dont 200,00 € par ce versement.", said)
        self.assertIn("500,00 € sur 500,00 € engagés, dont 300,00 € par ce versement", self.pdvctl(
            "ligne", "verser", name, "500", "--request-id=solde", *DDETS))
        self.assertIn("rien de nouveau", self.pdvctl(
            "ligne", "verser", name, "500", "--request-id=solde", *DDETS))
        answer = json.loads(self.pdvctl("ligne", "verser", name, "500", "--request-id=solde",
                                        "--format=json", *DDETS))
        self.assertEqual((answer["paye_specifiques_centimes"], answer["versement_centimes"]),
                         (str(500_00), "0"))

    def test_7_the_model_of_a_dossier_is_filled_and_filed(self):
        porteur = ["--role=redacteur", "--organisation=porteurs/ateliers", "--acteur=dominique"]
        blank = self.suite.pdvctl("dossier", "modele", "--exercice=2023", check=0).stdout
        self.assertIn("il reste à remplir action.contrat, action.intitule", self.pdvctl(
            "dossier", "creer", self.file(blank, ".json"), "--simulation", *porteur, check=2))
        model = self.suite.pdvctl("dossier", "modele", "--porteur=ateliers", "--contrat=cv110",
                                  "--exercice=2023", check=0).stdout
        path = self.file(model.replace(
            "nomenclatures/A-REMPLIR/thematiques/A-REMPLIR",
            "nomenclatures/piliers-2015-2023/thematiques/education").replace(
                "A-REMPLIR", "Aide aux leçons"), ".json")
        said = self.pdvctl("dossier", "creer", path, "--simulation", *porteur)
        self.assertIn("Le budget et les demandes sont bien écrits", said)
        self.assertEqual(self.suite.psql("actions", "SELECT count(*) FROM action"), "5")
        said = self.pdvctl("dossier", "creer", path, *porteur)
        self.assertIn("1 000,00 € de charges, 1 000,00 € de produits ; 1 financeur", said)
        self.assertRegex(said, r"(?m)^actions/\S+ : en attente d'attestation$")

    def test_8_a_file_that_was_refused_is_corrected_and_filed(self):
        porteur = ["--role=redacteur,signataire", "--organisation=porteurs/ateliers",
                   "--acteur=dominique"]
        right = dossier(8)
        wrong = json.loads(json.dumps(right))
        wrong["budget"]["lignes"][2]["montant_centimes"] = 300_00
        del wrong["action"]["thematique"]
        said = self.pdvctl("dossier", "creer", self.file(json.dumps(wrong), ".json"), "--attester",
                           *porteur, check=2)
        self.assertIn("thématique", said)
        self.assertIn("n'est pas équilibré", said)  # every rule that refuses, not the first alone
        self.assertRegex(said, r"Budget : Les charges dépassent les produits de 100,00 €")
        self.assertIn("Le brouillon actions/2023-cv110-8 est gardé.", said)
        self.assertIn("actions/2023-cv110-8 : brouillon", self.pdvctl("dossier", "suivre",
                                                                      "2023-cv110-8"))
        path = self.file(json.dumps(right), ".json")
        said = self.pdvctl("dossier", "creer", path, *porteur)
        self.assertIn("--role=signataire --organisation=porteurs/ateliers", said)
        self.assertIn("actions/2023-cv110-8 : déposé",
                      self.pdvctl("dossier", "creer", path, "--attester", *porteur))
        self.assertIn("actions/2023-cv110-8 : déposé",
                      self.pdvctl("dossier", "creer", path, "--attester", *porteur))
        self.assertIn("déjà déposé", self.pdvctl(
            "dossier", "creer", self.file(json.dumps(wrong), ".json"), *porteur, check=2))
        listed = self.pdvctl("dossier", "lister", "--contrat=cv110", "--etat=déposé")
        self.assertRegex(listed, r"2023-cv110-8 +Aide aux leçons +ateliers +2023 +déposé")
        self.assertIn("vouliez-vous dire « deposee »", self.pdvctl(
            "dossier", "lister", "--etat=déposer", check=2))


if __name__ == "__main__":
    unittest.main()

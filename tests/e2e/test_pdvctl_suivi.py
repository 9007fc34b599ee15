"""Reading one resource with `pdvctl fiche`, and all that changes with `pdvctl suivre`: through a gateway
that dies, nothing is lost and nothing is told twice."""

import json
import signal
import subprocess
import tempfile
import time
import unittest

import suite


class Suivi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()
        cls.g.actions.CreatePorteur(porteur_id="ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        cls.g.actions.ImporterActions([{"actions": [
            {"name": "actions/a", "intitule": "Aide aux leçons", "porteur": "porteurs/ateliers",
             "exercice": 2023, "type": "TYPE_ACTION_ACTION",
             "publics": [{"sexe": "SEXE_FEMME", "age": age, "effectif": 12, "effectif_qpv": 7}
                         for age in ("TRANCHE_AGE_DE_16_A_17", "TRANCHE_AGE_DE_65_ET_PLUS")],
             "etat_importe": "ETAT_ACTION_PROGRAMMEE"}]}])
        cls.g.financement.ImporterLignes([{"lignes": [
            {"name": "lignes/a-etat", "action": "actions/a", "financeur": "financeurs/etat",
             "demande_specifiques_centimes": 1234567, "propose_specifiques_centimes": 1000000,
             "vote_specifiques_centimes": 1000000}]}])
        cls.g.financement.ImporterBudgets([{"budgets": [
            {"name": "budgets/a", "action": "actions/a", "lignes": [
                {"compte": "641", "libelle": "Animatrices", "montant_centimes": 2000000},
                {"compte": "74etat", "montant_centimes": 1234567,
                 "financeur": "financeurs/etat"}]}]}])

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def creer(self, number):
        g = self.suite.gateway()
        try:
            g.actions.CreatePorteur(porteur_id=f"suivi-{number}", porteur={
                "raison_sociale": f"Suivi {number}",
                "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        finally:
            g.close()

    # -- fiche

    def test_a_person_reads_an_action_and_its_money(self):
        page = self.suite.pdvctl("fiche", "actions/a", check=0).stdout
        page = page.replace("\u202f", " ").replace("\xa0", " ")
        for words in ("Aide aux leçons", "programmé", "Les Ateliers (porteurs/ateliers)",
                      "12 345,67 €", "de 16 à 17 ans", "65 ans et plus"):
            self.assertIn(words, page)

    def test_a_person_reads_its_budget_and_what_is_out_of_balance(self):
        page = self.suite.pdvctl("fiche", "actions/a", check=0).stdout
        page = page.replace("\u202f", " ").replace("\xa0", " ")
        budget = page[page.index("Budget\n"):page.index("Financement\n")]
        self.assertRegex(budget, r"641 +Animatrices +20 000,00 €")
        self.assertRegex(budget, r"74etat +etat( \(147\))? +12 345,67 €")
        self.assertRegex(budget, r"Charges +20 000,00 €")
        self.assertRegex(budget, r"Produits +12 345,67 €")
        self.assertIn("⚠", budget)

    def test_a_machine_reads_one_json_document(self):
        page = json.loads(self.suite.pdvctl("fiche", "actions/a", "--format=json", check=0).stdout)
        self.assertEqual(page["action"]["intitule"], "Aide aux leçons")
        self.assertEqual(len(page["lignes"]), 1)
        ligne = json.loads(
            self.suite.pdvctl("fiche", "lignes/a-etat", "--format=json", check=0).stdout)
        self.assertEqual(ligne["vote_specifiques_centimes"], "1000000")

    def test_what_does_not_exist_is_said_so(self):
        refused = self.suite.pdvctl("fiche", "actions/b", check=2)
        self.assertIn("« actions/b » n'existe pas", refused.stderr)
        self.assertEqual(refused.stdout, "")
        self.assertIn("n'est le nom d'aucune ressource",
                      self.suite.pdvctl("fiche", "chose", check=2).stderr)

    # -- suivre

    def suivre(self, *options):
        out = tempfile.TemporaryFile("w+")
        process = subprocess.Popen(
            [f"{suite.BUILD}/pdvctl", "suivre", "--format=json", *options,
             f"--gateway=127.0.0.1:{self.suite.ports['gateway']}"],
            stdout=out, stderr=subprocess.PIPE, text=True, env=self.suite.environ)
        self.addCleanup(out.close)
        return process, out

    def told(self, out, count, seconds=20):
        """The names told so far, once there are `count` of them."""
        deadline = time.time() + seconds
        while True:
            out.seek(0)
            lines = [json.loads(line) for line in out.read().splitlines() if line.endswith("}")]
            if len(lines) >= count or time.time() > deadline:
                return lines
            time.sleep(0.05)

    def end(self, process):
        process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
        self.assertEqual(process.returncode, 0, errors)
        (line,) = [l for l in errors.splitlines() if l.startswith("Pour reprendre : ")]
        return line.removeprefix("Pour reprendre : ")

    def test_all_that_existed_is_told_first_where_it_is_asked(self):
        process, out = self.suivre("--depuis=-", "--jusqu-a=present", "--type=action,ligne")
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)
        self.assertEqual({(line["service"], line["name"]) for line in self.told(out, 2)},
                         {("actions", "actions/a"), ("financement", "lignes/a-etat")})

    def test_a_gateway_that_dies_loses_nothing_and_tells_nothing_twice(self):
        process, out = self.suivre("--service=actions", "--type=porteur")
        time.sleep(1)
        for i in range(5):
            self.creer(i)
        self.told(out, 5)
        self.suite.kill("gateway", signal.SIGKILL)
        time.sleep(0.3)
        self.suite.launch("gateway")
        self.suite.wait_ready()
        for i in range(5, 10):
            self.creer(i)
        expected = [f"porteurs/suivi-{i}" for i in range(10)]
        self.assertEqual([line["name"] for line in self.told(out, 10)], expected)
        where = self.end(process)
        self.creer(10)
        process, out = self.suivre("--service=actions", "--type=porteur", where)
        self.assertEqual([line["name"] for line in self.told(out, 1)], ["porteurs/suivi-10"])
        self.end(process)


if __name__ == "__main__":
    unittest.main()

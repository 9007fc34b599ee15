"""The programmation of a contrat from a file, as préfectures keep it: one row by action and by funder. Sums
hold to the cent, what is wrong is told and refused alone, a second load changes nothing."""

import json
import tempfile
import unittest

import suite

HEADER = ("contrat;exercice;dossier;siret;porteur;intitule;thematique;qpv;financeur;credits;demande;propose;"
          "vote;engage;paye\n")
SAIN = (
    "CV110;2023;A1;77554402601284;Les Ateliers;Aide aux leçons;;;etat;;12 000,00;10 000,50;10 000,50;"
    "10 000,50;5 000,25\n"
    "CV110;2023;A1;77554402601284;Les Ateliers;Aide aux leçons;;;caf-34;droit commun;3 000;2 500;2 500;;\n"
    "CV110;2023;;775 544 026 01284;ALFA 3A;Théâtre forum;;;etat;spécifiques;4000;4000;3 999,99;;\n")
FAUX = (
    "CV999;2023;B1;77554402601284;Les Ateliers;Inconnu;;;etat;;1;1;1;;\n"           # no such contrat
    "CV110;2023;B2;77554402601285;Les Ateliers;Faux SIRET;;;etat;;1;1;1;;\n"        # a key that fails
    "CV110;2023;B3;77554402601284;Les Ateliers;Quels crédits;;;caf-34;;1;1;1;;\n"   # never guessed
    "CV110;2023;A1;77554402601284;Les Ateliers;Aide aux leçons;;;etat;;1;1;1;;\n"   # the same line twice
    "CV110;2023;B4;77554402601284;Les Ateliers;Montant;;;etat;;1;1;mille;;\n"
    "CV110;2023;B5;77554402601284;Les Ateliers;Financeur;;;inconnu;droit commun;1;1;1;;\n")


class ProgrammationDUnFichier(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def load(self, text, check):
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(text)
            file.flush()
            return json.loads(self.suite.pdvctl("importer", "programmation", file.name,
                                                "--format=json", check=check).stdout)

    def test_1_what_is_right_is_kept_to_the_cent_and_the_rest_is_told(self):
        report = self.load(HEADER + SAIN + FAUX, check=1)
        self.assertEqual((report["lues"], report["creees"], report["rejetees"]), (9, 3, 6), report)
        told = json.dumps(report["rejets"], ensure_ascii=False)
        for why in ("contrat inconnu", "77554402601285", "ce n'est pas deviné", "a déjà une ligne", "mille",
                    "financeurs/inconnu"):
            with self.subTest(why):
                self.assertIn(why, told)
        totals = {t["libelle"]: t["centimes"] for t in report["totaux"]}
        self.assertEqual(totals["montant importé"], 10_000_50 + 2_500_00 + 3_999_99)
        ligne = self.g.financement.GetLigne(name="lignes/2023-a1-etat")
        self.assertEqual((ligne.vote_specifiques_centimes, ligne.paye_specifiques_centimes),
                         (10_000_50, 5_000_25))
        caf = self.g.financement.GetLigne(name="lignes/2023-a1-caf-34")
        self.assertEqual((caf.demande_droit_commun_centimes, caf.vote_droit_commun_centimes),
                         (3_000_00, 2_500_00))
        total = self.g.gateway.GetTableauDeBord(perimetre="contrats/cv110", exercice_debut=2023).total
        self.assertEqual(total.vote_specifiques_centimes + total.vote_droit_commun_centimes,
                         totals["montant importé"])

    def test_2_a_second_load_changes_nothing(self):
        before = [self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES]
        report = self.load(HEADER + SAIN, check=0)
        self.assertEqual(report["inchangees"], 3, report)
        self.assertEqual([self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES],
                         before)
        self.assertEqual(list(self.g.gateway.VerifierCoherence(timeout=60).incoherences), [])

    def test_3_a_file_without_its_columns_is_not_read(self):
        report = self.load("contrat;exercice;porteur\nCV110;2023;x\n", check=2)
        self.assertIn("colonnes manquantes : siret, intitule, financeur, vote", json.dumps(report))


if __name__ == "__main__":
    unittest.main()

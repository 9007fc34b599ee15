"""The real national reference, loaded through the gateway by pdvctl: counts and sums equal the golden
totals to the cent, every known defect raises a finding, and a second load changes nothing.

The open data lie in PDV_DATA; where they are absent these tests say so as skipped, and test_reference_reduite.py
proves the same on a few invented rows."""

import json
import os
import tempfile
import unittest

import suite

# rows and cents of each file of posts, as their publisher counts them
ADULTES_RELAIS = {2020: (4660, 9261777960), 2021: (5377, 10792617614), 2022: (5623, 11951124200),
                  2023: (5416, 12216183368), 2024: (4949, 11288970889)}
FONJEP = {2020: (1455, 1016601450), 2021: (1462, 1026660900), 2022: (1429, 1007497200),
          2023: (1478, 1039317300), 2024: (1547, 1074271650)}


@unittest.skipUnless(os.path.isdir(suite.DATA), f"données ouvertes absentes : {suite.DATA}")
class Reference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def load(self, kind, *files, status=0):
        """Imports, and returns the machine's report."""
        paths = [os.path.join(suite.DATA, f) for f in files]
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            done = self.suite.pdvctl("importer", kind, *paths, f"--rapport={out.name}")
            self.assertEqual(done.returncode, status, done.stdout[-3000:] + done.stderr[-2000:])
            with open(out.name, encoding="utf-8") as f:
                report = json.load(f)
        return report

    def reasons(self, report):
        return json.dumps(report, ensure_ascii=False)

    def posts(self):
        for year in ADULTES_RELAIS:
            yield f"03_subventions/ci_ville/adulte-relais-{year}.json"
            yield f"03_subventions/ci_ville/postes-fonjep-{year}.json"

    def test_01_the_official_geographic_code(self):
        folder = "05_referentiels/"
        self.load("regions", folder + "regions.csv")
        self.load("departements", folder + "departements.csv",
                  folder + "collectivites-outremer.csv")
        self.load("communes", folder + "communes.csv", folder + "collectivites-outremer.csv")
        self.load("epci", folder + "derive_epci_2025.csv")
        self.load("epci", folder + "derive_epci_communes_2025.csv")
        self.assertEqual(self.suite.psql("contrats", "SELECT count(*) FROM epci"), "1255")
        self.assertEqual(self.suite.psql("contrats", "SELECT count(*) FROM appartenance"), "34871")

    def test_02_the_1584_quartiers_and_their_contours(self):
        report = self.load("qpv", "01_qpv/derive_qpv_2024_liste.csv")
        self.assertTrue("93066" in self.reasons(report), "the merger of 93059 is told")
        self.assertTrue("plusieurs quartiers" in self.reasons(report), "labels are not unique")
        self.load("contours", "01_qpv/qpv_2024_contours.json.gz")
        self.assertEqual(self.suite.psql("contrats", "SELECT count(*) FROM qpv"), "1584")
        found = self.g.contrats.QuartierAt(longitude=5.2221, latitude=46.2107,
                                           date={"year": 2024, "month": 6, "day": 1})
        self.assertEqual([q.qpv.code for q in found.quartiers], ["QN00101M"])

    def test_03_the_contrats_of_both_generations(self):
        old = self.load("contrats", "02_contrats_de_ville/derive_contrats_2015_2023.csv")
        self.assertIn("plusieurs territoires", self.reasons(old), "CV043 lies in two départements")
        contrat = self.g.contrats.GetContrat(name="contrats/cv043")
        self.assertEqual(list(contrat.departements), ["departements/13", "departements/84"])
        new = self.load("contrats", "02_contrats_de_ville/derive_contrats_2024_2030.csv",
                        status=1)
        self.assertIn("population inconnue", self.reasons(new))
        self.assertEqual(self.suite.psql(
            "contrats", "SELECT count(*) FROM contrat WHERE generation = '2015-2023'"), "433")

    def test_04_ten_files_of_posts_to_the_cent(self):
        for year in ADULTES_RELAIS:
            for name, golden in ((f"adulte-relais-{year}", ADULTES_RELAIS[year]),
                                 (f"postes-fonjep-{year}", FONJEP[year])):
                with self.subTest(file=name):
                    report = self.load("postes", f"03_subventions/ci_ville/{name}.json")
                    self.assertEqual(report["lues"], golden[0], name)
                    self.assertEqual(report["rejetees"], 0, name)
                    totals = {t["libelle"]: t["centimes"] for t in report["totaux"]}
                    self.assertEqual(totals, {"montant importé": golden[1], "montant rejeté": 0})

    def test_05_the_dashboard_of_the_nation_is_the_sum_of_the_files(self):
        for year in ADULTES_RELAIS:
            total = self.g.gateway.GetTableauDeBord(perimetre="nation", exercice_debut=year).total
            golden = ADULTES_RELAIS[year][1] + FONJEP[year][1]
            self.assertEqual(total.vote_specifiques_centimes, golden)
            self.assertEqual(total.paye_specifiques_centimes, golden)
        tableau = self.g.gateway.GetTableauDeBord(perimetre="nation", exercice_debut=2020,
                                                  exercice_fin=2024)
        self.assertEqual(tableau.nb_actions, sum(n for n, _ in ADULTES_RELAIS.values()) +
                         sum(n for n, _ in FONJEP.values()))
        self.assertEqual(tableau.rang.premier, "financeurs/etat")

    def test_06_known_defects_are_told_never_guessed(self):
        report = self.load("postes", "03_subventions/ci_ville/adulte-relais-2020.json",
                           "03_subventions/ci_ville/postes-fonjep-2023.json",
                           "03_subventions/ci_ville/postes-fonjep-2024.json")
        told = self.reasons(report)
        for defect in ("plusieurs codes de contrat collés", "contrat absent",
                       "porteur connu par son nom seul", "année écrite en texte",
                       "poste déjà cité", "poste à 0 €"):
            self.assertTrue(defect in told, defect)
        self.assertEqual(self.suite.psql(
            "actions", "SELECT count(*) FROM action WHERE contrat_source LIKE 'CV38%CV384' "
            "AND contrat IS NOT NULL"), "0")

    def test_07_a_second_load_changes_nothing(self):
        before = [self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES]
        self.load("communes", "05_referentiels/communes.csv")
        self.load("qpv", "01_qpv/derive_qpv_2024_liste.csv")
        self.load("contrats", "02_contrats_de_ville/derive_contrats_2015_2023.csv")
        self.load("postes", *self.posts())
        after = [self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES]
        self.assertEqual(after, before)

    def test_08_income_and_unemployment_series(self):
        self.load("indicateurs", "06_indicateurs/filosofi_communes_2021.json",
                  "06_indicateurs/chomage_zones_emploi_trimestriel.json")
        serie = self.g.evaluation.GetSerie(indicateur="indicateurs/taux-chomage",
                                           objet="zones-emploi/0051")
        self.assertEqual(len(serie.mesures), 20)
        self.assertEqual(serie.mesures[0].valeur, "7.4")

    def test_09_nothing_contradicts_anything(self):
        rapport = self.g.gateway.VerifierCoherence(timeout=300)
        self.assertEqual(list(rapport.incoherences), [])
        self.assertEqual(list(rapport.injoignables), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)

"""The defects of the real national reference in a few invented rows: what test_reference.py proves on the
open data, this proves where they are absent. Every defect raises a finding, sums hold to the cent, a second
load changes nothing."""

import json
import os
import tempfile
import unittest

import suite

POSTE = {"id_poste": "03412R000101", "code_tiers": "77554402601284", "raison_sociale": "LES ATELIERS",
         "annee": 2020, "montant": 19875.06, "code_cv": "CV901", "insee_dep": "34", "insee_reg": "76"}

FILES = {
    "regions.csv": "REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n76,31555,1,OCCITANIE,Occitanie,Occitanie\n"
                   "11,75056,1,ILE DE FRANCE,Île-de-France,Île-de-France\n"
                   "93,13055,0,PACA,Paca,Provence-Alpes-Côte d'Azur\n",
    "departements.csv": "DEP,REG,CHEFLIEU,TNCC,NCC,NCCENR,LIBELLE\n34,76,34172,5,HERAULT,Hérault,Hérault\n"
                        "13,93,13055,4,BOUCHES DU RHONE,Bouches-du-Rhône,Bouches-du-Rhône\n"
                        "84,93,84007,0,VAUCLUSE,Vaucluse,Vaucluse\n"
                        "93,11,93008,3,SEINE SAINT DENIS,Seine-Saint-Denis,Seine-Saint-Denis\n",
    "communes.csv": "TYPECOM,COM,REG,DEP,CTCD,ARR,TNCC,NCC,NCCENR,LIBELLE,CAN,COMPARENT\n"
                    "COM,34172,76,34,34D,343,0,MONTPELLIER,Montpellier,Montpellier,3499,\n"
                    "COM,34032,76,34,34D,341,0,BEZIERS,Béziers,Béziers,3498,\n"
                    "COM,93066,11,93,93D,933,0,SAINT DENIS,Saint-Denis,Saint-Denis,9399,\n"
                    "COMD,93059,,,,,0,PIERREFITTE SUR SEINE,Pierrefitte-sur-Seine,"
                    "Pierrefitte-sur-Seine,,93066\n",
    "epci.csv": "siren;raison_sociale;nature_juridique;mode_financ;departement;nb_membres;pop_municipale\n"
                "243400017;Montpellier Méditerranée Métropole;METRO;FPU;34;1;300000\n"
                "243400769;CA Béziers-Méditerranée;CA;FPU;34;1;80000\n",
    # Two quartiers have one label; a third lies in a commune that was joined to another.
    "qpv.csv": "code_qp;lib_qp;insee_com;lib_com;departement;region;siren_epci;lib_epci;lon_centre;"
               "lat_centre;nb_polygones\n"
               "QN03401M;Centre;34172;Montpellier;34;76;243400017;Métropole;3.87;43.61;1\n"
               "QN03402M;Centre;34032;Béziers;34;76;243400769;CA;3.21;43.34;1\n"
               "QN09336I;Joncherolles - Fauvettes;93059;;;;;;2.3567;48.9567;1\n"
               # Of the first list.
               "QP034001;Les Arceaux;34172;Montpellier;34;76;243400017;Métropole;3.86;43.61;1\n",
    # CV902 lies in two départements; CV903 has no population.
    "contrats.csv": "code_cv;lib_cv;codgeo_siren_ou_insee;insee_dep;pop_qpv;lon;lat\n"
                    "CV901;34 - CA Béziers;243400769;34;5000.0;3.2;43.3\n"
                    "CV902;13 - CA du Comtat;243400017;13;1000.0;4.8;43.9\n"
                    "CV902;84 - CA du Comtat;243400017;84;1000.0;4.8;43.9\n"
                    "CV903;34 - CA du Lodévois;243400769;34;;3.2;43.3\n",
    "postes.json": json.dumps([
        POSTE,
        {**POSTE, "id_poste": "03412R000102", "code_cv": "CV901CV902"},   # codes run together
        {**POSTE, "id_poste": "03412R000103", "code_cv": None},           # no contrat
        {**POSTE, "id_poste": "03412R000104", "annee": "2020"},           # a year as text
        {**POSTE, "id_poste": "03412R000104"},                            # the same post twice
        {**POSTE, "id_poste": "03412R000105", "montant": 0},              # 0 euro
        {**POSTE, "id_poste": "03412R000106", "code_tiers": "LES ATELIERS"},  # a name for a SIRET
    ]),
}
CENTS = 6 * 19875_06


class ReferenceReduite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for name, content in FILES.items():
            with open(os.path.join(cls.folder.name, name), "w", encoding="utf-8") as file:
                file.write(content)
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()
        cls.folder.cleanup()

    def load(self, kind, name):
        with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
            done = self.suite.pdvctl("importer", kind, os.path.join(self.folder.name, name),
                                     f"--rapport={out.name}")
            self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-1000:])
            report = json.load(out)
        self.assertEqual(report["creees"] + report["mises_a_jour"] + report["inchangees"]
                         + report["rejetees"], report["lues"], "imported + rejected = read")
        return report

    def load_all(self):
        return {kind: self.load(kind, name) for kind, name in (
            ("regions", "regions.csv"), ("departements", "departements.csv"),
            ("communes", "communes.csv"), ("epci", "epci.csv"), ("qpv", "qpv.csv"),
            ("contrats", "contrats.csv"), ("postes", "postes.json"))}

    def test_1_every_defect_is_told_and_every_euro_is_kept(self):
        reports = self.load_all()
        told = json.dumps(reports, ensure_ascii=False)
        for defect in ("plusieurs codes de contrat collés", "contrat absent",
                       "porteur connu par son nom seul", "année écrite en texte",
                       "poste déjà cité", "poste à 0 €", "plusieurs quartiers",
                       "plusieurs territoires", "population inconnue",
                       "commune réunie à 93066"):
            with self.subTest(defect):
                self.assertIn(defect, told)
        totals = {t["libelle"]: t["centimes"] for t in reports["postes"]["totaux"]}
        self.assertEqual(totals, {"montant importé": CENTS, "montant rejeté": 0})
        total = self.g.gateway.GetTableauDeBord(perimetre="nation", exercice_debut=2020).total
        self.assertEqual(total.vote_specifiques_centimes, CENTS)
        self.assertEqual(total.paye_specifiques_centimes, CENTS)
        contrat = self.g.contrats.GetContrat(name="contrats/cv902")
        self.assertEqual(list(contrat.departements), ["departements/13", "departements/84"])
        self.assertFalse(self.g.contrats.GetContrat(name="contrats/cv903").HasField("population_qpv"))
        former = self.g.contrats.GetQpv(name="qpv/qp034001")
        self.assertEqual((former.valide_du.year, former.valide_au.year), (2015, 2024))
        self.assertEqual(self.g.contrats.GetQpv(name="qpv/qn03401m").valide_du.year, 2024)
        merged = self.g.contrats.GetQpv(name="qpv/qn09336i")
        self.assertEqual(list(merged.communes), ["communes/93059-comd"])
        self.assertEqual(self.g.contrats.GetCommune(name=merged.communes[0]).successeur,
                         "communes/93066")
        # Two codes run together: none is chosen.
        self.assertEqual(self.suite.psql("actions", "SELECT count(*) FROM action WHERE contrat_source "
                                                    "= 'CV901CV902' AND contrat IS NULL"), "1")

    def test_2_a_second_load_changes_nothing(self):
        before = [self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES]
        self.load_all()
        self.assertEqual([self.suite.psql(s, "SELECT count(*) FROM journal") for s in suite.STORES],
                         before)
        rapport = self.g.gateway.VerifierCoherence(timeout=60)
        self.assertEqual(list(rapport.incoherences), [])


if __name__ == "__main__":
    unittest.main()

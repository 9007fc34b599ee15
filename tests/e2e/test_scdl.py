"""What local authorities publish: the official examples, a real file, and the same file read again."""

import json
import os
import tempfile
import unittest

import suite

EXEMPLES = os.path.join(suite.DATA, "04_scdl_conformance", "exemples")


@unittest.skipUnless(os.path.isdir(EXEMPLES), f"données ouvertes absentes : {EXEMPLES}")
class SubventionsPubliees(unittest.TestCase):
    """One suite for all the steps; unittest runs them in order of name."""

    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def importer(self, *names, check=0, options=()):
        paths = [os.path.join(EXEMPLES, name) for name in names]
        with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
            self.suite.pdvctl("importer", "scdl", *paths, f"--rapport={out.name}", *options,
                              check=check)
            return json.load(out)

    def known(self):
        return self.g.financement.ListSubventions(page_size=1000).subventions

    def test_1_a_dry_run_writes_nothing(self):
        self.importer("exemple_valide.csv", options=["--simulation"])
        self.assertEqual(len(self.known()), 0)

    def test_2_the_valid_example_is_clean_and_adds_up(self):
        report = self.importer("exemple_valide.csv")
        self.assertEqual(report["rejetees"], 0, report)
        known = self.known()
        self.assertEqual(len(known), 29)
        self.assertEqual(sum(one.montant_centimes for one in known), 2821393_50)
        self.assertEqual(sum(not one.beneficiaire_siret for one in known), 1)

    def test_3_read_again_it_changes_nothing(self):
        before = {one.name: one.etag for one in self.known()}
        report = self.importer("exemple_valide.csv")
        self.assertEqual(report["inchangees"], 29, report)
        self.assertEqual({one.name: one.etag for one in self.known()}, before)

    def test_4_the_invalid_examples_are_refused(self):
        report = self.importer("exemple_invalide_erreurs_cellules.csv", check=1)
        self.assertEqual(report["rejetees"], 29)
        cells = {(one["ligne"], one["champ"], one["valeur"]) for one in report["rejets"]}
        self.assertIn((6, "montant", "100000,1"), cells)
        for name, column in (("exemple_invalide_erreurs_colonnes.csv", "nomBeneficiaire"),
                             ("exemple-duplicate-column.csv", "notificationUE")):
            with self.subTest(name):
                report = self.importer(name, check=2)
                self.assertIn(column, json.dumps(report, ensure_ascii=False))
        self.assertEqual(len(self.known()), 29)

    def test_5_an_attribution_is_compared_with_the_actions_of_its_porteur(self):
        self.g.actions.CreatePorteur(porteur_id="fontonne", porteur={
            "raison_sociale": "AS La Fontonne", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "37939422400016", "forme": "FORME_PORTEUR_ASSOCIATION"})
        redacteur = self.g.comme("redacteur", "porteurs/fontonne")
        redacteur.actions.CreateAction(action_id="fontonne", action={
            "intitule": "Fonctionnement", "porteur": "porteurs/fontonne", "exercice": 2014,
            "type": "TYPE_ACTION_ACTION"})
        found = self.g.financement.DetecterSurfinancement(porteur="porteurs/fontonne",
                                                          exercice=2014)
        # 120 000 €, of which a fifth is for this beneficiary.
        self.assertEqual([(one.regle, one.montant_centimes) for one in found.constats],
                         [("AIDE_NON_DECLAREE", 24000_00)])
        self.assertEqual((found.actions, found.actions_sans_budget, found.subventions), (1, 1, 1))
        elsewhere = self.g.financement.DetecterSurfinancement(porteur="porteurs/fontonne",
                                                              exercice=2012)
        self.assertEqual(len(elsewhere.constats), 0)


if __name__ == "__main__":
    unittest.main()

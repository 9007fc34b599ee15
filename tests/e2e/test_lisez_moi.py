"""The examples of README.md work as they are printed: a newcomer in Python or Node pastes them."""

import os
import re
import subprocess
import unittest

import pdv
from suite import Suite

with open(os.path.join(pdv.ROOT, "README.md"), encoding="utf-8") as file:
    README = file.read()


def example(language, port):
    """The one block of README in that language, on this suite's gateway."""
    (block,) = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert "127.0.0.1:7400" in block
    return block.replace("127.0.0.1:7400", f"127.0.0.1:{port}")


class LisezMoi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = Suite().start()
        cls.port = cls.suite.ports["gateway"]
        g = pdv.Gateway(f"127.0.0.1:{cls.port}")
        g.contrats.ImporterRegions([{"regions": [
            {"name": "regions/76", "code": "76", "libelle": "Occitanie"}]}])
        g.contrats.ImporterDepartements([{"departements": [
            {"name": "departements/34", "code": "34", "libelle": "Hérault",
             "region": "regions/76"}]}])
        g.actions.ImporterPorteurs([{"porteurs": [
            {"name": "porteurs/ateliers", "raison_sociale": "Les Ateliers",
             "identification": "IDENTIFICATION_PORTEUR_SIRET", "siret": "77554402601284"}]}])
        g.actions.ImporterActions([{"actions": [
            {"name": "actions/a", "intitule": "Un poste", "porteur": "porteurs/ateliers",
             "departement": "departements/34", "exercice": 2023,
             "type": "TYPE_ACTION_POSTE_ADULTE_RELAIS",
             "etat_importe": "ETAT_ACTION_PROGRAMMEE"}]}])
        rapport = g.financement.ImporterLignes([{"lignes": [
            {"name": "lignes/a-etat", "action": "actions/a", "financeur": "financeurs/etat",
             "demande_specifiques_centimes": 2000000, "propose_specifiques_centimes": 2000000,
             "vote_specifiques_centimes": 2000000, "engage_specifiques_centimes": 2000000,
             "paye_specifiques_centimes": 2000000, "source": "postes"}]}])
        assert rapport.crees == 1, rapport
        g.close()

    @classmethod
    def tearDownClass(cls):
        cls.suite.stop()

    def run_example(self, command, text, **environment):
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=60,
                              cwd=pdv.ROOT, env={**os.environ, **environment})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, "")
        return done.stdout

    def test_python(self):
        out = self.run_example(["/usr/bin/python3", "-W", "ignore", "-"],
                               example("python", self.port))
        self.assertEqual(out, "État (ANCT, programme 147) 2000000\n")

    def test_node(self):
        modules = os.path.join(pdv.ROOT, "tests", "contract", "node_modules")
        if not os.path.isdir(modules):
            self.skipTest("npm install dans tests/contract (tests/run le fait)")
        out = self.run_example(["node", "-"], example("js", self.port), NODE_PATH=modules)
        self.assertEqual(out, "État (ANCT, programme 147)\n")


if __name__ == "__main__":
    unittest.main()

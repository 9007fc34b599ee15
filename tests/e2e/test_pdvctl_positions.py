"""Two commands of a script: the second one reads what the first one wrote, in whatever service, however late
the mirrors are; and what is kept for that never stops a command."""

import contextlib
import os
import subprocess
import tempfile
import time
import unittest

import suite
from test_reference_reduite import FILES


class Positions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for name, content in FILES.items():
            with open(os.path.join(cls.folder.name, name), "w", encoding="utf-8") as file:
                file.write(content)
        cls.suite = suite.Suite().start()
        cls.kept = os.path.join(cls.suite.environ["PDV_POSITIONS"],
                                f"127.0.0.1:{cls.suite.ports['gateway']}")

    @classmethod
    def tearDownClass(cls):
        cls.suite.stop()
        cls.folder.cleanup()

    def load(self, kind, name=None, check=0):
        return self.suite.pdvctl("importer", kind,
                                 os.path.join(self.folder.name, name or f"{kind}.csv"), check=check)

    @contextlib.contextmanager
    def positions(self, where):
        before = self.suite.environ
        self.suite.environ = dict(before, PDV_POSITIONS=where)
        try:
            yield
        finally:
            self.suite.environ = before

    def keep(self, service, position, seconds_ago):
        with open(self.kept, "w", encoding="utf-8") as file:
            file.write(f"{service} {position} {int((time.time() - seconds_ago) * 1000)}\n")

    def timed(self, *words, check=0):
        before = time.time()
        self.suite.pdvctl(*words, check=check)
        return time.time() - before

    def test_1_a_command_reads_what_the_one_before_wrote(self):
        for kind in ("regions", "departements", "communes", "epci", "qpv"):
            self.load(kind)
        # The mirror of the contrats that actions keeps cannot follow for some time.
        held = subprocess.Popen(["psql", "-XAtq", self.suite.database("actions"), "-c",
                                 "BEGIN; LOCK miroir_contrat IN SHARE MODE; SELECT pg_sleep(4); COMMIT"],
                                stdout=subprocess.DEVNULL)
        self.addCleanup(held.wait)
        while self.suite.psql("actions", "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'ShareLock' "
                                         "AND relation = 'miroir_contrat'::regclass") == "0":
            time.sleep(0.01)
        self.load("contrats")
        with self.positions("non"):
            self.assertIn("5 × contrat : ", self.load("postes", "postes.json", check=1).stdout)
        self.assertIsNone(held.poll(), "the mirror was late no longer")
        self.load("postes", "postes.json")
        self.assertEqual(self.suite.psql("actions", "SELECT count(*) FROM action"), "7")

    def test_2_what_is_kept_is_of_this_suite(self):
        with open(self.kept, encoding="utf-8") as file:
            self.assertEqual({line.split()[0] for line in file}, {"contrats", "actions", "financement"})
        # Of a suite that was wiped since: its mirrors will never get there.
        self.keep("contrats", 10**15, seconds_ago=30)
        self.assertLess(self.timed("dossier", "lister", "--contrat=cv901"), 10)
        with open(self.kept, encoding="utf-8") as file:
            self.assertEqual(file.read(), "")
        # So old that nobody waits for it.
        self.keep("contrats", 10**15, seconds_ago=3600)
        self.assertLess(self.timed("dossier", "lister", "--contrat=cv901"), 1)

    def test_3_a_service_that_is_away_makes_nobody_wait(self):
        self.load("contrats")
        current = self.suite.psql("contrats", "SELECT pg_current_xact_id()")
        self.suite.kill("contrats")
        try:
            # What the mirror has is read; what it lacks is refused, with what to do.
            self.keep("contrats", 1, seconds_ago=30)
            self.assertLess(self.timed("dossier", "lister"), 5)
            self.keep("contrats", int(current) + 10**6, seconds_ago=30)
            refused = self.suite.pdvctl("dossier", "lister", check=2)
            self.assertIn("contrats ne répond plus : réessayez", refused.stderr)
            self.suite.pdvctl("etat", check=1)
        finally:
            self.suite.launch("contrats")
            self.suite.wait_ready()

    def test_4_a_service_that_comes_back_is_waited_for(self):
        self.suite.kill("contrats")
        started = time.time()
        asked = subprocess.Popen([f"{suite.BUILD}/pdvctl", "fiche", "contrats/cv901",
                                  f"--gateway=127.0.0.1:{self.suite.ports['gateway']}"],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.suite.environ)
        try:
            time.sleep(1)
            self.assertIsNone(asked.poll(), "it asks again")
        finally:
            self.suite.launch("contrats")
            told, wrong = asked.communicate(timeout=30)
            self.suite.wait_ready()
        self.assertEqual(asked.returncode, 0, wrong)
        self.assertIn(b"CV901", told)
        self.assertGreater(time.time() - started, 1)

    def test_5_a_file_out_of_reach_is_no_error(self):
        with tempfile.NamedTemporaryFile() as file:
            with self.positions(file.name):
                self.load("contrats")
            self.assertEqual(os.path.getsize(file.name), 0)


if __name__ == "__main__":
    unittest.main()

"""Bad days: processes and PostgreSQL are killed while clients write and retry. What was acknowledged is
there, nothing is applied twice, and the suite converges by itself."""

import os
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))

import pdv  # noqa: E402
import suite  # noqa: E402


class Ecrivain(threading.Thread):
    """Creates porteurs one by one; repeats each call, with the same request_id, until it is answered."""

    def __init__(self, the_suite, number, count):
        super().__init__()
        self.suite, self.number, self.count = the_suite, number, count
        self.acknowledged, self.errors = [], []

    def run(self):
        gateway = self.suite.gateway()
        for i in range(self.count):
            name = f"e{self.number}-{i}"
            fields = dict(porteur_id=name, request_id=f"req-{name}", porteur={
                "raison_sociale": f"Écrivain {name}",
                "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
            deadline = time.time() + 60
            while True:
                try:
                    answer = gateway.actions.CreatePorteur(timeout=5, **fields)
                    self.acknowledged.append((answer.name, answer.uid))
                    break
                except pdv.Refus as refus:
                    if refus.code not in ("UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED",
                                          "RESOURCE_EXHAUSTED") or time.time() > deadline:
                        self.errors.append(str(refus))
                        break
                    time.sleep(0.05)
        gateway.close()


class Pannes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def converged(self):
        deadline = time.time() + 60
        while True:
            rapport = self.g.gateway.VerifierCoherence(timeout=60)
            if not rapport.incoherences and not rapport.injoignables:
                return
            self.assertLess(time.time(), deadline, rapport)
            time.sleep(0.3)

    def play(self, first, writers, count, faults):
        threads = [Ecrivain(self.suite, first + i, count) for i in range(writers)]
        for thread in threads:
            thread.start()
        for fault in faults:
            time.sleep(0.4)
            fault()
        for thread in threads:
            thread.join()
        self.assertEqual([e for t in threads for e in t.errors], [])
        acknowledged = [a for t in threads for a in t.acknowledged]
        self.assertEqual(len(acknowledged), writers * count)
        # The writers may have ended before the last restart did; and a connection that was cut is
        # replaced, as any client does.
        self.suite.wait_ready()
        self.g.close()
        type(self).g = self.suite.gateway()
        for name, uid in acknowledged[:: max(1, len(acknowledged) // 50)]:
            self.assertEqual(self.g.actions.GetPorteur(name=name).uid, uid)
        prefixes = "|".join(str(first + i) for i in range(writers))
        twice = self.suite.psql("actions", "SELECT count(*) FROM (SELECT name FROM journal WHERE "
                                f"name ~ '^porteurs/e({prefixes})-' GROUP BY name "
                                "HAVING count(*) > 1) x")
        self.assertEqual(twice, "0", "a mutation was applied twice")
        stored = self.suite.psql(
            "actions", f"SELECT count(*) FROM porteur WHERE name ~ '^porteurs/e({prefixes})-'")
        self.assertEqual(int(stored), writers * count)
        self.converged()

    def test_a_service_killed_under_writers(self):
        def kill_and_restart():
            self.suite.kill("actions", signal.SIGKILL)
            time.sleep(0.3)
            self.suite.launch("actions")
        self.play(100, writers=4, count=120, faults=[kill_and_restart] * 3)

    def test_a_service_and_the_gateway_stopped_under_writers(self):
        """SIGTERM, as a rolling upgrade sends it: what is in flight ends, and the process says 0."""
        codes = []

        def stop_and_restart(name):
            process = self.suite.processes[name]
            self.suite.kill(name, signal.SIGTERM)
            codes.append((name, process.returncode))
            self.suite.launch(name)
        self.play(400, writers=4, count=120, faults=[
            lambda: stop_and_restart("actions"), lambda: stop_and_restart("gateway"),
            lambda: stop_and_restart("actions")])
        self.assertEqual(codes, [("actions", 0), ("gateway", 0), ("actions", 0)])

    def test_a_service_that_stops_lets_nobody_in_while_it_ends_its_chores(self):
        self.suite.kill("evaluation", signal.SIGTERM)
        self.suite.psql("evaluation", """INSERT INTO idempotence (request_id, methode, empreinte,
            reponse_type, reponse, instant) VALUES ('vieille', 'm', '', 't', '', '2000-01-01')""")
        # The chore that forgets old answers waits for this row.
        holder = subprocess.Popen(
            ["psql", "-Xq", self.suite.database("evaluation"), "-c",
             "BEGIN; SELECT 1 FROM idempotence WHERE request_id = 'vieille' FOR UPDATE; "
             "SELECT pg_sleep(8)"], stdout=subprocess.DEVNULL)
        try:
            self.suite.launch("evaluation")
            self.suite.wait_ready()
            process = self.suite.processes["evaluation"]
            process.send_signal(signal.SIGTERM)
            asked = time.time()
            with self.assertRaises(pdv.Refus) as refus:
                while time.time() < asked + 3:
                    self.g.evaluation.ListIndicateurs(timeout=5)
            # Refused; or cancelled, if it was on its way in when the door closed: clients ask both again.
            self.assertIn(refus.exception.code, ("UNAVAILABLE", "CANCELLED"))
            with self.assertRaises(pdv.Refus) as refus:
                self.g.evaluation.ListIndicateurs(timeout=5)
            self.assertEqual(refus.exception.code, "UNAVAILABLE")
            self.assertIsNone(process.poll(), "the chore was not waiting")
        finally:
            holder.kill()
            holder.wait()
            self.suite.psql("evaluation", "SELECT count(pg_terminate_backend(pid)) FROM "
                            "pg_stat_activity WHERE query LIKE '%pg_sleep%' "
                            "AND pid <> pg_backend_pid()")
        self.assertEqual(process.wait(20), 0)
        self.suite.launch("evaluation")
        self.suite.wait_ready()

    def test_the_database_connections_cut_under_writers(self):
        def cut():
            self.suite.psql("actions", "SELECT count(pg_terminate_backend(pid)) FROM "
                            "pg_stat_activity WHERE datname = current_database() "
                            "AND pid <> pg_backend_pid()")
        self.play(200, writers=4, count=150, faults=[cut] * 5)

    def test_the_gateway_killed_under_writers(self):
        def kill_and_restart():
            self.suite.kill("gateway", signal.SIGKILL)
            self.suite.launch("gateway")
        self.play(300, writers=3, count=100, faults=[kill_and_restart] * 2)
        self.suite.wait_ready()

    def test_a_lost_peer_is_named_and_the_others_go_on_serving(self):
        self.suite.kill("financement")
        try:
            tableau = self.g.gateway.GetTableauDeBord(perimetre="nation", exercice_debut=2023)
            self.assertEqual(list(tableau.injoignables), ["financement"])
            with self.assertRaises(pdv.Refus) as refus:
                self.g.financement.GetFinanceur(name="financeurs/etat", timeout=5)
            self.assertEqual(refus.exception.code, "UNAVAILABLE")
            self.assertEqual(refus.exception.raison, "SERVICE_INJOIGNABLE")
            etat = self.g.gateway.GetEtat()
            self.assertEqual([s.service for s in etat.services if not s.sert], ["financement"])
            # actions goes on without it
            self.g.actions.CreatePorteur(porteur_id="pendant-la-panne", porteur={
                "raison_sociale": "Pendant la panne",
                "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        finally:
            self.suite.launch("financement")
            self.suite.wait_ready()
        self.converged()

    def test_a_mirror_catches_up_with_what_it_missed(self):
        self.suite.kill("financement")
        gateway = self.suite.gateway()
        gateway.actions.CreatePorteur(porteur_id="absent", porteur={
            "raison_sociale": "Absent", "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        gateway.actions.ImporterActions([{"actions": [
            {"name": f"actions/manquee-{i}", "intitule": "Manquée", "porteur": "porteurs/absent",
             "exercice": 2023, "type": "TYPE_ACTION_ACTION"} for i in range(200)]}])
        self.suite.launch("financement")
        self.suite.wait_ready()
        rapport = gateway.financement.ImporterLignes([{"lignes": [
            {"name": f"lignes/manquee-{i}-etat", "action": f"actions/manquee-{i}",
             "financeur": "financeurs/etat", "vote_specifiques_centimes": 100}
            for i in range(200)]}])
        self.assertEqual((rapport.crees, rapport.rejetes), (200, 0), rapport)
        gateway.close()
        self.converged()

    def test_a_mirror_that_cannot_follow_says_why_and_catches_up(self):
        names = ["porteurs/refuse"] + [f"porteurs/apres-le-refuse-{i}" for i in range(5)]
        self.suite.psql("financement", """
            CREATE TABLE ecrits (name text NOT NULL);
            CREATE FUNCTION noter() RETURNS trigger LANGUAGE plpgsql AS
              $$ BEGIN INSERT INTO ecrits VALUES (NEW.name); RETURN NULL; END $$;
            CREATE TRIGGER noter AFTER INSERT OR UPDATE ON miroir_porteur
              FOR EACH ROW EXECUTE FUNCTION noter();
            ALTER TABLE miroir_porteur ADD CONSTRAINT panne CHECK (name <> 'porteurs/refuse')""")
        log_path = os.path.join(self.suite.logs, "financement.log")
        before = os.path.getsize(log_path)
        writer = self.suite.gateway()  # it carries the positions of what it writes
        try:
            for name in names:
                writer.actions.CreatePorteur(porteur_id=name.split("/")[1], porteur={
                    "raison_sociale": name, "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
            # Long before it would repeat that its peer was not there yet when it started.
            deadline, told = time.time() + 20, ""
            while '"pair":"actions"' not in told or "panne" not in told:
                self.assertLess(time.time(), deadline, "nobody was told why")
                time.sleep(0.1)
                with open(log_path, encoding="utf-8") as log:
                    log.seek(before)
                    told = "".join(line for line in log if "miroir_interrompu" in line)
            # The service goes on; only who depends on what it has not received is asked to come back.
            self.g.financement.ListFinanceurs(timeout=5)
            with self.assertRaises(pdv.Refus) as refus:
                writer.financement.ListFinanceurs(timeout=25)
            self.assertEqual((refus.exception.code, refus.exception.raison),
                             ("UNAVAILABLE", "MIROIR_EN_RETARD"), refus.exception)
            known = "SELECT count(*) FROM miroir_porteur WHERE name ~ 'refuse'"
            self.assertEqual(self.suite.psql("financement", known), "0")
        finally:
            self.suite.psql("financement", "ALTER TABLE miroir_porteur DROP CONSTRAINT panne")
        deadline = time.time() + 30
        while True:  # as RetryInfo says
            try:
                writer.financement.ListFinanceurs(timeout=25)
                break
            except pdv.Refus as refus:
                self.assertEqual(refus.raison, "MIROIR_EN_RETARD")
                self.assertLess(time.time(), deadline)
                time.sleep(1)
        writer.close()
        written = self.suite.psql("financement", "SELECT name FROM ecrits WHERE name ~ 'refuse'")
        self.assertEqual(sorted(written.split()), sorted(names), "each one, once")
        self.suite.psql("financement", "DROP FUNCTION noter CASCADE; DROP TABLE ecrits")
        self.converged()

    def test_what_a_lost_peer_has_not_told_is_refused_long_before_the_deadline(self):
        self.suite.kill("financement")
        gateway = self.suite.gateway()
        gateway.actions.CreatePorteur(porteur_id="inconnu-de-financement", porteur={
            "raison_sociale": "Inconnu", "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        self.suite.kill("actions")
        self.suite.launch("financement")
        try:
            deadline, refus = time.time() + 30, None
            while refus is None or refus.raison == "SERVICE_INJOIGNABLE":  # until it serves
                self.assertLess(time.time(), deadline)
                with self.assertRaises(pdv.Refus) as raised:  # it carries the position of actions
                    gateway.financement.GetFinanceur(name="financeurs/etat", timeout=25)
                refus = raised.exception
            self.assertEqual((refus.code, refus.raison), ("UNAVAILABLE", "MIROIR_EN_RETARD"), refus)
            # Who has not written anything in actions is served.
            other = self.suite.gateway()
            other.financement.GetFinanceur(name="financeurs/etat", timeout=5)
            other.close()
        finally:
            self.suite.launch("actions")
            self.suite.wait_ready()
        deadline = time.time() + 20
        while True:  # as RetryInfo says
            try:
                gateway.financement.GetFinanceur(name="financeurs/etat", timeout=25)
                break
            except pdv.Refus as refus:
                self.assertEqual(refus.raison, "MIROIR_EN_RETARD")
                self.assertLess(time.time(), deadline)
                time.sleep(1)
        gateway.close()
        self.converged()

    def test_a_cut_client_leaves_nothing_half_done(self):
        client = subprocess.Popen(
            [sys.executable, "-c", (
                "import sys; sys.path.insert(0, %r); import pdv\n"
                "g = pdv.Gateway(%r)\n"
                "def lots():\n"
                "    for n in range(10**6):\n"
                "        yield {'porteurs': [{'name': f'porteurs/coupe-{n}-{i}', "
                "'raison_sociale': 'x', 'identification': 'IDENTIFICATION_PORTEUR_AUCUNE'} "
                "for i in range(100)]}\n"
                "g.actions.ImporterPorteurs(lots())\n") %
             (os.path.dirname(pdv.__file__), f"127.0.0.1:{self.suite.ports['gateway']}")],
            stderr=subprocess.DEVNULL)
        count = "SELECT count(*) FROM porteur WHERE name LIKE 'porteurs/coupe-%'"
        deadline = time.time() + 60
        while int(self.suite.psql("actions", count)) < 1000:  # it is under way
            self.assertLess(time.time(), deadline)
            time.sleep(0.05)
        self.assertIsNone(client.poll(), "it is cut, it has not ended")
        client.kill()
        client.wait()
        time.sleep(1)  # what was received may still be written
        stored = int(self.suite.psql("actions", count))
        self.assertEqual(stored % 100, 0, "each message of an import is one transaction")
        self.converged()


if __name__ == "__main__":
    unittest.main(verbosity=2)

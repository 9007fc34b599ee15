"""The feeds, through the gateway: the order of commits, resuming anywhere, a journal that is not the one
that was followed."""

import subprocess
import time
import unittest

import grpc

import pdv
import suite


class Flux(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.g = cls.suite.gateway()
        cls.creer("premier")

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    @classmethod
    def creer(cls, name):
        cls.g.actions.CreatePorteur(porteur_id=name, porteur={
            "raison_sociale": name, "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})

    def now(self):
        """A cursor after all that exists."""
        for lot in self.g.actions.WatchActions(curseur="-", timeout=20):
            if lot.position > 0:
                return lot.curseur

    def follow(self, cursor, count, seconds=20):
        """(name, cursor of the lot) of the next `count` events."""
        told = []
        stream = self.g.actions.WatchActions(curseur=cursor, timeout=seconds)
        for lot in stream:
            told += [(event.name, lot.curseur) for event in lot.evenements]
            if len(told) >= count:
                stream.cancel()
                return told
        return told

    def test_a_transaction_that_commits_late_is_neither_lost_nor_overtaken(self):
        cursor = self.now()
        late = subprocess.Popen(
            ["psql", "-Xq", self.suite.database("actions"), "-c",
             "BEGIN; INSERT INTO journal (type, name, revision, evenement, ressource, methode, "
             "request_id, acteur, instant) SELECT type, 'porteurs/tardif', 1, evenement, ressource, "
             "methode, '', acteur, now() FROM journal WHERE name = 'porteurs/premier' LIMIT 1; "
             "SELECT pg_sleep(1.5); COMMIT"], stdout=subprocess.DEVNULL)
        time.sleep(0.5)  # it has its number, and has not committed
        self.creer("rapide")
        started = time.time()
        told = [name for name, _ in self.follow(cursor, 2)]
        self.assertEqual(told, ["porteurs/tardif", "porteurs/rapide"])
        self.assertGreater(time.time() - started, 0.5, "it waited for the one that was open")
        self.assertEqual(late.wait(10), 0)

    def test_every_cursor_resumes_without_a_loss_or_a_repetition(self):
        cursor = self.now()
        names = [f"porteurs/suite-{i}" for i in range(6)]
        for name in names:
            self.creer(name.split("/")[1])
        told = self.follow(cursor, 6)
        self.assertEqual([name for name, _ in told], names)
        for after in {cursor for _, cursor in told}:
            read = max(rank for rank, (_, cursor) in enumerate(told) if cursor == after) + 1
            if read < len(names):
                self.assertEqual([name for name, _ in self.follow(after, len(names) - read)],
                                 names[read:])

    def test_an_import_of_many_messages_is_answered_as_a_short_one(self):
        # Each message is a transaction with its position: the answer tells the furthest.
        rapport = self.g.actions.ImporterPorteurs(
            [{"porteurs": [{"name": f"porteurs/lot-{i}", "raison_sociale": "x",
                            "identification": "IDENTIFICATION_PORTEUR_AUCUNE"}]} for i in range(600)],
            timeout=60)
        self.assertEqual((rapport.lus, rapport.crees), (600, 600))

    def resident(self, name):
        """Megabytes of a process in memory."""
        with open(f"/proc/{self.suite.processes[name].pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024

    def test_readers_that_do_not_read_cost_neither_memory_nor_time(self):
        lots, size, readers = 20, 1000, 20
        self.g.actions.ImporterPorteurs(
            [{"porteurs": [{"name": f"porteurs/lent-{lot}-{i}", "raison_sociale": "x" * 200,
                            "identification": "IDENTIFICATION_PORTEUR_AUCUNE"}
                           for i in range(size)]} for lot in range(lots)], timeout=120)
        # One quick reader first: what reading takes once is not counted.
        told = {name for name, _ in self.follow("-", lots * size, seconds=60)}
        before = {name: self.resident(name) for name in ("actions", "gateway")}
        gateways = [self.suite.gateway() for _ in range(readers)]
        streams = [g.actions.WatchActions(curseur="-", timeout=120) for g in gateways]
        first = [next(iter(stream)) for stream in streams]
        until, slowest = time.time() + 3, 0
        while time.time() < until:
            started = time.time()
            self.g.actions.GetPorteur(name="porteurs/lent-0-0", timeout=10)
            slowest = max(slowest, time.time() - started)
        # The state that these readers asked for weighs some 10 MB each, 200 MB in all.
        sizes = [event.ByteSize() for event in first[0].evenements]
        weight = readers * lots * size * sum(sizes) / len(sizes) / 2**20
        self.assertGreater(weight, 150)
        for name, was in before.items():
            self.assertLess(self.resident(name) - was, weight / 3, name)
        self.assertLess(slowest, 2)
        # Who reads again, or comes back where it was cut, has it all.
        cursor, names = first[0].curseur, {event.name for event in first[0].evenements}
        names |= {name for name, _ in self.follow(cursor, len(told - names), seconds=60)}
        self.assertLessEqual({n for n in told if "lent" in n}, names)
        for gateway in gateways:
            gateway.close()

    def test_a_reader_that_stops_for_a_while_misses_nothing_and_is_not_cut(self):
        stream = self.g.actions.WatchActions(curseur=self.now(), timeout=60)
        self.creer("avant-la-pause")
        told = [event.name for event in next(iter(stream)).evenements]
        # More than any buffer holds, while it reads nothing.
        names = [f"porteurs/pause-{lot}-{i}" for lot in range(10) for i in range(1000)]
        self.g.actions.ImporterPorteurs(
            [{"porteurs": [{"name": name, "raison_sociale": "x" * 200,
                            "identification": "IDENTIFICATION_PORTEUR_AUCUNE"}
                           for name in names[at:at + 1000]]} for at in range(0, len(names), 1000)],
            timeout=120)
        for lot in stream:
            told += [event.name for event in lot.evenements]
            if len(told) > len(names):
                break
        self.assertEqual(told, ["porteurs/avant-la-pause"] + names)

    def test_a_journal_that_was_never_that_far_says_so(self):
        # As after the restore of an older backup: the reader starts again from the whole state.
        with self.assertRaises(grpc.RpcError) as ended:
            next(iter(self.g.actions.WatchActions(curseur="99999999999.1", timeout=20)))
        refus = pdv.Refus(ended.exception)
        self.assertEqual((refus.code, refus.raison), ("OUT_OF_RANGE", "CURSEUR_PERIME"), refus)
        with self.assertRaises(grpc.RpcError) as ended:
            next(iter(self.g.actions.WatchActions(curseur="pas un curseur", timeout=20)))
        self.assertEqual(pdv.Refus(ended.exception).code, "INVALID_ARGUMENT")


if __name__ == "__main__":
    unittest.main()

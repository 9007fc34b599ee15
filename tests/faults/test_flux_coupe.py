"""A reader of a feed while PostgreSQL dies: what is acknowledged after it is told, though PostgreSQL gives again the
numbers of the transactions that wrote nothing to the disk, which the reader's feed had seen pass."""

import os
import sys
import threading
import time
import unittest

import grpc

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))

import pdv  # noqa: E402
import suite  # noqa: E402
from grappe import Grappe  # noqa: E402


class Lecteur(threading.Thread):
    """Keeps the names that it is told; comes back where it was when it is cut."""

    def __init__(self, gateway):
        super().__init__(daemon=True)
        self.gateway, self.told, self.cursor, self.ready = gateway, set(), "", threading.Event()

    def run(self):
        while True:
            try:
                for lot in self.gateway.actions.WatchActions(curseur=self.cursor, timeout=120):
                    self.told.update(event.name for event in lot.evenements)
                    self.cursor = lot.curseur
                    self.ready.set()
            except grpc.RpcError:
                time.sleep(.1)


class FluxCoupe(unittest.TestCase):
    def setUp(self):
        self.grappe = Grappe()
        self.suite = suite.Suite(self.grappe.admin()).start()

    def tearDown(self):
        self.suite.stop()
        self.grappe.remove()

    def creer(self, identifier, **options):
        until = time.time() + 60
        while True:
            try:
                return self.suite.gateway().actions.CreatePorteur(
                    porteur_id=identifier, porteur={"raison_sociale": identifier,
                                                    "identification": "IDENTIFICATION_PORTEUR_AUCUNE"},
                    timeout=10, **options)
            except pdv.Refus as refus:
                if refus.code not in ("UNAVAILABLE", "DEADLINE_EXCEEDED") or time.time() > until:
                    raise
                time.sleep(.05)

    def test_what_is_acknowledged_after_a_crash_is_told(self):
        self.creer("avant")
        reader = Lecteur(self.suite.gateway())
        reader.start()
        self.assertTrue(reader.ready.wait(20))
        for i in range(60):
            self.creer(f"repetition-{i}", validate_only=True)
        time.sleep(.3)  # the feed has seen them pass
        self.grappe.kill()
        self.grappe.restart()
        names = {self.creer(f"apres-{i}", request_id=f"apres-{i}").name for i in range(80)}
        until = time.time() + 30
        while not names <= reader.told and time.time() < until:
            time.sleep(.1)
        self.assertEqual(sorted(names - reader.told), [])


if __name__ == "__main__":
    unittest.main()

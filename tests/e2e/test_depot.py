"""A porteur's own tool files whole dossiers in one call, and repeats it whatever happens to the network:
the same request goes on where it was stopped, and nothing is ever half deposited."""

import signal
import threading
import time
import unittest

import pdv
import suite

JAN, DEC = {"year": 2023, "month": 1, "day": 1}, {"year": 2023, "month": 12, "day": 31}


def packed(full_name, **fields):
    any_message = pdv.message("google.protobuf.Any")
    any_message.Pack(pdv.message(full_name, **fields))
    return any_message


class Depot(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = cls.suite.gateway()
        suite.creer_ateliers(cls.g)

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    @staticmethod
    def demande(identifier, subvention=600_00, **changes):
        request = pdv.message("pdv.gateway.v1.DeposerDossierRequest", action_id=identifier,
                              request_id="depot-" + identifier, attester=True)
        request.action.CopyFrom(packed(
            "pdv.actions.v1.Action", intitule="Aide aux leçons", porteur="porteurs/ateliers",
            contrat="contrats/cv110", exercice=2023, type="TYPE_ACTION_ACTION",
            thematique="nomenclatures/piliers-2015-2023/thematiques/education",
            date_debut=JAN, date_fin=DEC,
            publics=[{"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                      "effectif_qpv": 15}]))
        request.budget.CopyFrom(packed("pdv.financement.v1.Budget", lignes=[
            {"compte": "641", "montant_centimes": 1_000_00},
            {"compte": "74etat", "montant_centimes": subvention, "financeur": "financeurs/etat"},
            {"compte": "propres", "montant_centimes": 1_000_00 - subvention}]))
        request.lignes.append(packed("pdv.financement.v1.Ligne", financeur="financeurs/etat",
                                     demande_specifiques_centimes=600_00))
        return request

    def deposer(self, gateway, request):
        return gateway.comme("redacteur,signataire", "porteurs/ateliers").gateway.DeposerDossier(
            request, timeout=10)

    def read(self, any_message, full_name):
        message = pdv.message(full_name)
        self.assertTrue(any_message.Unpack(message))
        return message

    def test_1_one_call_files_the_dossier_and_its_repetition_changes_nothing(self):
        request = self.demande("depot-1")
        first = self.deposer(self.g, request)
        action = self.read(first.action, "pdv.actions.v1.Action")
        self.assertEqual(action.etat, pdv.enum("pdv.actions.v1.EtatAction",
                                               "ETAT_ACTION_DEPOSEE"))
        self.assertTrue(self.read(first.budget, "pdv.financement.v1.Budget").equilibre)
        self.assertEqual(first, self.deposer(self.g, request))
        fiche = self.g.gateway.GetFicheAction(name="actions/depot-1")
        self.assertEqual((len(fiche.lignes), fiche.HasField("budget")), (1, True))

    def test_2_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(self):
        request = self.demande("depot-2")
        request.action.CopyFrom(packed("pdv.actions.v1.Action", intitule="x"))
        request.budget.CopyFrom(packed("pdv.financement.v1.Budget"))
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, request)
        fields = [field for field, _ in refus.exception.violations]
        for field in ("action.porteur", "action.exercice", "budget.lignes"):
            self.assertIn(field, fields)
        with self.assertRaises(pdv.Refus):
            self.g.actions.GetAction(name="actions/depot-2")

    def test_3_a_budget_out_of_balance_leaves_a_draft_that_waits(self):
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, self.demande("depot-3", subvention=500_00))
        self.assertEqual(refus.exception.code, "FAILED_PRECONDITION", refus.exception)
        action = self.g.actions.GetAction(name="actions/depot-3")
        self.assertEqual(action.etat, pdv.enum("pdv.actions.v1.EtatAction",
                                               "ETAT_ACTION_EN_ATTENTE_ATTESTATION"))

    def test_4_kills_at_any_point_leave_no_half_deposit(self):
        count, stop = 40, threading.Event()

        def kill():
            turn = 0
            while not stop.wait(0.4):
                victim = ("gateway", "financement", "actions")[turn % 3]
                self.suite.kill(victim, signal.SIGKILL)
                time.sleep(0.1)
                self.suite.launch(victim)
                turn += 1
        killer = threading.Thread(target=kill)
        killer.start()
        filed = 0
        try:
            for i in range(count):
                deadline = time.time() + 60
                while True:
                    gateway = self.suite.gateway()
                    try:
                        self.deposer(gateway, self.demande(f"panne-{i}"))
                        filed += 1
                        break
                    except pdv.Refus as refus:
                        self.assertIn(refus.code, ("UNAVAILABLE", "DEADLINE_EXCEEDED", "ABORTED",
                                                   "CANCELLED"), refus)
                        self.assertLess(time.time(), deadline, refus)
                        time.sleep(0.05)
                    finally:
                        gateway.close()
        finally:
            stop.set()
            killer.join()
        self.suite.wait_ready()
        self.assertEqual(filed, count)
        where = "name LIKE '%/panne-%'"
        self.assertEqual(self.suite.psql("actions", "SELECT count(*), min(etat), max(etat) FROM "
                                         f"action WHERE {where}"), f"{count}|DEPOSEE|DEPOSEE")
        self.assertEqual(self.suite.psql("financement", f"SELECT count(*) FROM budget WHERE {where} "
                                         "AND equilibre"), str(count))
        self.assertEqual(self.suite.psql("financement", "SELECT count(*), sum(demande_specifiques_"
                                         f"centimes) FROM ligne WHERE {where}"),
                         f"{count}|{count * 600_00}")
        gateway = self.suite.gateway()
        try:
            report = gateway.gateway.VerifierCoherence(timeout=60)
            self.assertEqual(len(report.incoherences), 0, report)
        finally:
            gateway.close()


if __name__ == "__main__":
    unittest.main()

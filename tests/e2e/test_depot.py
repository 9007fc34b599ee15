"""A porteur's own tool files whole dossiers in one call, and repeats it whatever happens to the network:
the same request goes on where it was stopped, and nothing is ever half deposited."""

import signal
import threading
import time
import unittest

import pdv
import relais
import suite

BROUILLON = pdv.enum("pdv.actions.v1.EtatAction", "ETAT_ACTION_BROUILLON")
DEPOSEE = pdv.enum("pdv.actions.v1.EtatAction", "ETAT_ACTION_DEPOSEE")
JAN, DEC = {"year": 2023, "month": 1, "day": 1}, {"year": 2023, "month": 12, "day": 31}


def packed(full_name, **fields):
    any_message = pdv.message("google.protobuf.Any")
    any_message.Pack(pdv.message(full_name, **fields))
    return any_message


class Depot(suite.AvecAteliers):
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
        self.assertEqual(action.etat, DEPOSEE)
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

    def etat(self, identifier):
        return self.g.actions.GetAction(name=f"actions/{identifier}").etat

    def test_3_what_a_rule_refuses_is_still_a_draft(self):
        request = self.demande("depot-3", subvention=500_00)
        for _ in range(2):
            with self.assertRaises(pdv.Refus) as refus:
                self.deposer(self.g, request)
            self.assertEqual(refus.exception.code, "FAILED_PRECONDITION", refus.exception)
            self.assertEqual(refus.exception.metadata["action"], "actions/depot-3")
            self.assertEqual(self.etat("depot-3"), BROUILLON)

    def test_3_a_corrected_request_files_the_draft_that_was_refused(self):
        wrong = self.demande("depot-3b", subvention=500_00)
        wrong.lignes.append(packed("pdv.financement.v1.Ligne", financeur="financeurs/caf-34",
                                   demande_droit_commun_centimes=50_00))
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, wrong)
        right = self.demande("depot-3b")
        right.request_id = "depot-3b-corrige"
        filed = self.deposer(self.g, right)
        self.assertEqual(self.read(filed.action, "pdv.actions.v1.Action").etat, DEPOSEE)
        asked = {line.financeur: line.demande_specifiques_centimes + line.demande_droit_commun_centimes
                 for line in (self.read(one, "pdv.financement.v1.Ligne") for one in filed.lignes)}
        self.assertEqual(asked, {"financeurs/etat": 600_00, "financeurs/caf-34": 0})
        self.assertTrue(self.read(filed.budget, "pdv.financement.v1.Budget").equilibre)
        # Filed: the same content changes nothing, whatever its id; another one is refused, and so is
        # the first request, whose draft became something else.
        right.request_id = "depot-3b-encore"
        self.assertEqual(self.deposer(self.g, right), filed)
        other = self.demande("depot-3b", subvention=500_00)
        other.request_id = "depot-3b-autre"
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, other)
        self.assertEqual(refus.exception.raison, "DOSSIER_DEPOSE")
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, wrong)
        self.assertEqual(refus.exception.raison, "DOSSIER_DEPOSE")
        self.assertEqual(self.deposer(self.g, right), filed)

    def test_3_nobody_waits_for_a_funder_who_is_asked_nothing_any_more(self):
        both = self.demande("depot-3g", subvention=500_00)  # refused: it does not balance
        both.lignes.append(packed("pdv.financement.v1.Ligne", financeur="financeurs/caf-34",
                                  demande_droit_commun_centimes=50_00))
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, both)
        alone = self.demande("depot-3g")
        alone.request_id = "depot-3g-corrige"
        self.deposer(self.g, alone)
        g = self.g.comme("instructeur", "financeurs/etat", "irene")
        g.actions.DeclarerComplete(name="actions/depot-3g")
        g.actions.InstruireAction(name="actions/depot-3g")
        self.g.comme("prefet", "financeurs/etat", "paul").financement.VoterLigne(
            name="lignes/depot-3g-etat", vote_specifiques_centimes=600_00, request_id="vote-3g")
        self.assertEqual(self.etat("depot-3g"), pdv.enum("pdv.actions.v1.EtatAction",
                                                         "ETAT_ACTION_PROGRAMMEE"))
        self.assertEqual([e for e in self.g.financement.ListEcheances(page_size=1000).echeances
                          if e.ligne.action == "actions/depot-3g"], [])

    def test_3_a_late_repetition_touches_nothing_where_only_the_lines_differ(self):
        first = self.demande("depot-3h", subvention=500_00)
        first.lignes.append(packed("pdv.financement.v1.Ligne", financeur="financeurs/caf-34",
                                   demande_droit_commun_centimes=50_00))
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, first)
        second = self.demande("depot-3h")
        second.request_id, second.attester = "depot-3h-corrige", False
        self.deposer(self.g, second)
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, first)
        self.assertEqual(refus.exception.raison, "DOSSIER_MODIFIE")
        fiche = self.g.gateway.GetFicheAction(name="actions/depot-3h")
        self.assertEqual(sum(self.read(one, "pdv.financement.v1.Ligne").demande_droit_commun_centimes
                             for one in fiche.lignes), 0)
        self.assertTrue(self.read(fiche.budget, "pdv.financement.v1.Budget").equilibre)
        self.assertEqual(self.deposer(self.g, second).action, fiche.action)

    def test_3_what_was_filed_and_changed_since_was_filed(self):
        request = self.demande("depot-3i")
        self.deposer(self.g, request)
        self.g.comme("instructeur", "financeurs/etat", "irene").actions.DemanderComplements(
            name="actions/depot-3i", demandes=[{"objet": "Un autre titre"}])
        self.g.comme("redacteur", "porteurs/ateliers").actions.UpdateAction(
            action={"name": "actions/depot-3i", "intitule": "Aide aux devoirs"},
            update_mask="intitule")
        again = self.read(self.deposer(self.g, request).action, "pdv.actions.v1.Action")
        self.assertEqual(again.intitule, "Aide aux devoirs")

    def test_3_a_late_repetition_does_not_undo_a_correction(self):
        first = self.demande("depot-3c", subvention=500_00)
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, first)
        second = self.demande("depot-3c", subvention=500_00)
        second.request_id = "depot-3c-corrige"
        action = self.read(second.action, "pdv.actions.v1.Action")
        action.intitule = "Aide aux devoirs"
        second.action.Pack(action)
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, second)
        with self.assertRaises(pdv.Refus) as refus:
            self.deposer(self.g, first)
        self.assertEqual(refus.exception.raison, "DOSSIER_MODIFIE")
        self.assertEqual(self.g.actions.GetAction(name="actions/depot-3c").intitule,
                         "Aide aux devoirs")

    def test_3_a_draft_of_another_porteur_is_not_taken(self):
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, self.demande("depot-3d", subvention=500_00))
        stranger = self.demande("depot-3d")
        stranger.request_id = "depot-3d-autre"
        action = self.read(stranger.action, "pdv.actions.v1.Action")
        action.porteur = self.g.actions.ListPorteurs(
            filter='name != "porteurs/ateliers"', page_size=1).porteurs[0].name
        stranger.action.Pack(action)
        with self.assertRaises(pdv.Refus) as refus:
            self.g.comme("redacteur,signataire", action.porteur).gateway.DeposerDossier(stranger)
        self.assertEqual(refus.exception.raison, "RESSOURCE_EXISTANTE")
        self.assertEqual(self.etat("depot-3d"), BROUILLON)

    def test_3_the_same_id_with_another_input_is_refused_from_the_first_step_on(self):
        request = self.demande("depot-3e", subvention=500_00)
        with self.assertRaises(pdv.Refus):
            self.deposer(self.g, request)
        budget, lines, attest = (self.demande("depot-3e", subvention=500_00) for _ in range(3))
        budget.budget.CopyFrom(self.demande("depot-3e").budget)
        lines.lignes.append(packed("pdv.financement.v1.Ligne", financeur="financeurs/caf-34",
                                   demande_droit_commun_centimes=50_00))
        attest.attester = False
        for other in (budget, lines, attest):
            with self.assertRaises(pdv.Refus) as refus:
                self.deposer(self.g, other)
            self.assertEqual((refus.exception.code, refus.exception.raison),
                             ("INVALID_ARGUMENT", "REQUEST_ID_REUTILISE"))

    def test_3_the_answer_is_the_dossier_as_it_is_now(self):
        request = self.demande("depot-3f")
        self.deposer(self.g, request)
        self.g.comme("instructeur", "financeurs/etat", "irene").actions.DeclarerComplete(
            name="actions/depot-3f")
        again = self.read(self.deposer(self.g, request).action, "pdv.actions.v1.Action")
        self.assertEqual(again.etat, pdv.enum("pdv.actions.v1.EtatAction",
                                              "ETAT_ACTION_COMPLETE"))

    def test_3_stopped_after_any_step_it_is_not_half_filed_and_goes_on(self):
        # The first call that the gateway did not make before it was killed; the last one was served.
        for step, held in enumerate(("BatchCreateLignes", "CreateBudget", "AttesterAction",
                                     "AttesterAction"), start=1):
            with self.subTest(step=step):
                request = self.demande(f"arret-{step}")
                filed = step == 4
                self.stop_at(held, request, served=filed)
                self.assertEqual(self.etat(f"arret-{step}") == DEPOSEE, filed)
                report = self.g.gateway.VerifierCoherence(timeout=60)
                self.assertEqual(len(report.incoherences), 0, report)
                answer = self.deposer(self.g, request)
                action = self.read(answer.action, "pdv.actions.v1.Action")
                self.assertEqual((action.etat, len(action.attestations), len(answer.lignes)),
                                 (DEPOSEE, 1, 1))
                self.assertEqual(self.deposer(self.g, request), answer)

    def stop_at(self, held, request, served):
        """Kills the gateway while its first call of `held` hangs, before any service received it or, with
        `served`, once it answered."""
        cls, relays = type(self), {}
        for service in ("actions", "financement"):
            relays[service] = relais.Relais(f"127.0.0.1:{self.suite.ports[service]}", held,
                                            served)
        self.g.close()
        self.suite.kill("gateway", signal.SIGKILL)
        self.suite.launch("gateway", peers={name: one.address for name, one in relays.items()})
        self.suite.wait_ready()
        gateway = self.suite.gateway()
        caller = threading.Thread(target=self.deposer_en_vain, args=(gateway, request))
        caller.start()
        try:
            self.assertTrue(relais.attendre(relays.values()), f"{held} is never called")
        finally:
            self.suite.kill("gateway", signal.SIGKILL)
            caller.join()
            gateway.close()
            for one in relays.values():
                one.stop()
            self.suite.launch("gateway")
            self.suite.wait_ready()
            cls.g = self.suite.gateway()

    def deposer_en_vain(self, gateway, request):
        try:
            self.deposer(gateway, request)
        except pdv.Refus:
            pass

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

"""The votes of a campaign while financement, PostgreSQL, or both are killed: clients repeat each call
until it is answered, and in the end the store holds what was answered, to the cent, once.

PDV_GRAINES: how many seeds for each victim (1); PDV_VOTES: how many lines a seed votes (3000). The label
`slow` plays 10,000 votes on many seeds. A failure names its seed; PDV_GRAINE plays that one alone."""

import collections
import os
import random
import signal
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "e2e"))

import pdv  # noqa: E402
import suite  # noqa: E402
from grappe import Grappe  # noqa: E402

VOTES = int(os.environ.get("PDV_VOTES", "3000"))
SEEDS = ([int(os.environ["PDV_GRAINE"])] if "PDV_GRAINE" in os.environ
         else range(int(os.environ.get("PDV_GRAINES", "1"))))
CLIENTS = 6
DEPARTEMENTS = ["09", "11", "12", "30", "31", "32", "34", "46"]  # an envelope each
# What a client repeats, with the same request_id.
RETRIED = {"UNAVAILABLE", "DEADLINE_EXCEEDED", "CANCELLED", "RESOURCE_EXHAUSTED", "ABORTED"}


class Votant(threading.Thread):
    """Votes its lines, one by one or by lots, and keeps what it was answered."""

    def __init__(self, the_suite, seed, lines):
        super().__init__(daemon=True)
        self.suite, self.lines, self.seed = the_suite, list(lines), seed
        self.random = random.Random(seed)
        self.voted, self.refused, self.errors, self.retries = {}, {}, [], 0
        self.calls = []  # (method, request, answer), to be asked again

    def run(self):
        self.financement = self.suite.gateway().comme("prefet", "financeurs/etat").financement
        self.random.shuffle(self.lines)
        while self.lines:
            if self.random.random() < 0.7:
                self.one(self.lines.pop())
            else:
                count = self.random.randint(2, 60)
                lot, self.lines = self.lines[:count], self.lines[count:]
                self.lot(lot)

    def one(self, line):
        request = pdv.message("pdv.financement.v1.VoterLigneRequest", name=line[0],
                              vote_specifiques_centimes=line[1], request_id=f"vote-{line[0]}")
        answer = self.ask("VoterLigne", request)
        if isinstance(answer, pdv.Refus):
            self.refuse(line, answer.raison)
        elif answer is not None:
            self.voted[line[0]] = answer.vote_specifiques_centimes

    def lot(self, lines):
        atomic = self.random.random() < 0.3
        request = pdv.message(
            "pdv.financement.v1.BatchVoterLignesRequest", request_id=f"lot-{lines[0][0]}",
            mode="MODE_LOT_ATOMIQUE" if atomic else "MODE_LOT_ITEM_PAR_ITEM",
            requests=[{"name": name, "vote_specifiques_centimes": cents} for name, cents, _ in lines])
        answer = self.ask("BatchVoterLignes", request)
        if isinstance(answer, pdv.Refus):  # all or none: none
            if answer.raison != "ENVELOPPE_INSUFFISANTE":
                self.errors.append(str(answer))
            for line in lines:
                self.one(line)
        elif answer is not None:
            for ligne in answer.lignes:
                self.voted[ligne.name] = ligne.vote_specifiques_centimes
            for refus in answer.refus:
                self.refuse(lines[refus.rang], refus.raison)

    def refuse(self, line, raison):
        if raison != "ENVELOPPE_INSUFFISANTE":
            self.errors.append(f"{line[0]} : {raison}")
        self.refused[line[0]] = line[1]

    def ask(self, method, request):
        """The answer, or the refusal, however many times it takes."""
        deadline = time.time() + 120
        while True:
            try:
                answer = getattr(self.financement, method)(request, timeout=10)
                self.calls.append((method, request, answer))
                return answer
            except pdv.Refus as refus:
                if refus.code not in RETRIED:
                    return refus
                if time.time() > deadline:
                    self.errors.append(f"sans réponse : {refus}")
                    return None
                self.retries += 1
                time.sleep(self.random.uniform(0.01, 0.1))


class VotesSousLesPannes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.grappe = Grappe()
        cls.suite = suite.Suite(cls.grappe.admin()).start()
        g = cls.suite.gateway()
        g.contrats.ImporterRegions([{"regions": [
            {"name": "regions/76", "code": "76", "libelle": "Occitanie"}]}])
        g.contrats.ImporterDepartements([{"departements": [
            {"name": f"departements/{d}", "code": d, "libelle": d, "region": "regions/76"}
            for d in DEPARTEMENTS]}])
        g.actions.CreatePorteur(porteur_id="ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_AUCUNE"})
        g.close()

    @classmethod
    def tearDownClass(cls):
        cls.suite.stop()
        cls.grappe.remove()

    # -- the victims

    def kill_financement(self, pause):
        self.suite.kill("financement", signal.SIGKILL)
        time.sleep(pause)
        self.suite.launch("financement")

    def kill_postgresql(self, pause):
        self.grappe.kill()
        time.sleep(pause)
        self.grappe.restart()

    def kill_both(self, pause):
        self.grappe.kill()
        self.kill_financement(pause)  # comes back before its store does
        time.sleep(pause)
        self.grappe.restart()

    def test_financement_is_killed(self):
        self.play_seeds("f", self.kill_financement)

    def test_postgresql_is_killed(self):
        self.play_seeds("p", self.kill_postgresql)

    def test_both_are_killed(self):
        self.play_seeds("fp", self.kill_both)

    # -- the play

    def play_seeds(self, prefix, fault):
        for seed in SEEDS:
            with self.subTest(graine=seed):
                self.play(f"{prefix}{seed}", random.Random(f"{prefix}{seed}"), fault)

    def play(self, tag, chance, fault):
        lines = self.campaign(tag, chance)
        voters = [Votant(self.suite, f"{tag}-{i}", lines[i::CLIENTS]) for i in range(CLIENTS)]
        for voter in voters:
            voter.start()
        faults = 0
        while any(voter.is_alive() for voter in voters):
            time.sleep(chance.uniform(0.05, 0.5))
            if any(voter.is_alive() for voter in voters):
                fault(chance.uniform(0, 0.5))
                faults += 1
                self.suite.wait_ready()
        for voter in voters:
            voter.join()
        self.assertGreater(faults, 0, "personne n'a été tué pendant les votes : ils ont fini trop tôt")
        self.assertEqual([e for voter in voters for e in voter.errors], [])
        self.suite.wait_ready()
        voted = dict(item for voter in voters for item in voter.voted.items())
        refused = dict(item for voter in voters for item in voter.refused.items())
        self.assertEqual(len(voted) + len(refused), len(lines))
        self.recorded_is_acknowledged(tag, voted)
        self.envelopes_hold(tag, lines, voted, refused)
        self.asked_again_the_same(voters)
        self.converged(tag, len(voted))
        print(f"  {tag} : {len(lines)} lignes, {len(voted)} votées, {faults} pannes, "
              f"{sum(v.retries for v in voters)} reprises", file=sys.stderr, flush=True)

    def campaign(self, tag, chance):
        """Lines that wait for their vote: (name, cents, envelope). The nation delegates to its
        départements, which can pay about seven tenths of what they are asked."""
        g = self.suite.gateway()
        argent = {"libelle": tag, "financeur": "financeurs/etat", "programme": "147",
                  "exercice": 2023, "nature": "NATURE_ENVELOPPE_AE", "perimetre": "nation"}
        prefet = g.comme("prefet", "financeurs/etat").financement
        prefet.CreateEnveloppe(enveloppe_id=tag, request_id=f"env-{tag}", enveloppe={
            **argent, "dotation_centimes": 10**12})
        lines = [(f"lignes/{tag}-{i}", chance.randint(1, 5_000_00), DEPARTEMENTS[i % len(DEPARTEMENTS)])
                 for i in range(VOTES)]
        for e in DEPARTEMENTS:
            asked = sum(cents for _, cents, envelope in lines if envelope == e)
            prefet.CreateEnveloppe(
                enveloppe_id=f"{tag}-{e}", request_id=f"env-{tag}-{e}", enveloppe={
                    **argent, "perimetre": f"departements/{e}", "parent": f"enveloppes/{tag}",
                    "dotation_centimes": asked * 7 // 10})
        g.actions.ImporterActions([{"actions": [
            {"name": name.replace("lignes", "actions"), "intitule": tag, "porteur": "porteurs/ateliers",
             "departement": f"departements/{departement}", "exercice": 2023,
             "type": "TYPE_ACTION_ACTION", "etat_importe": "ETAT_ACTION_EN_INSTRUCTION"}
            for name, _, departement in lines[at:at + 1000]]}
            for at in range(0, len(lines), 1000)], timeout=120)
        for at in range(0, len(lines), 1000):
            g.financement.BatchCreateLignes(pdv.message(
                "pdv.financement.v1.BatchCreateLignesRequest", request_id=f"lignes-{tag}-{at}",
                requests=[{"ligne_id": name.split("/")[1], "ligne": {
                    "action": name.replace("lignes", "actions"), "financeur": "financeurs/etat",
                    "enveloppe": f"enveloppes/{tag}-{envelope}",
                    "demande_specifiques_centimes": cents}}
                    for name, cents, envelope in lines[at:at + 1000]]), timeout=120)
        g.close()
        return lines

    # -- what must hold

    def rows(self, service, sql):
        text = self.suite.psql(service, sql)
        return [tuple(row.split("|")) for row in text.split("\n")] if text else []

    def recorded_is_acknowledged(self, tag, voted):
        stored = {name: int(cents) for name, cents in self.rows(
            "financement", "SELECT name, vote_specifiques_centimes FROM ligne WHERE etat = 'VOTEE' "
                           f"AND name LIKE 'lignes/{tag}-%'")}
        self.assertEqual(stored, voted)
        written = {name: (int(count), int(cents)) for name, count, cents in self.rows(
            "financement", "SELECT ligne, count(*), sum(montant_centimes) FROM ecriture WHERE nature = "
                           f"'VOTE' AND ligne LIKE 'lignes/{tag}-%' GROUP BY 1")}
        self.assertEqual(written, {name: (1, cents) for name, cents in voted.items()})
        self.assertEqual(self.rows("financement", "SELECT phrase FROM ecart"), [])

    def envelopes_hold(self, tag, lines, voted, refused):
        spent, wanted = collections.Counter(), collections.defaultdict(list)
        for name, cents, envelope in lines:
            spent[envelope] += voted.get(name, 0)
            if name in refused:
                wanted[envelope].append(cents)
        for e, left, used in self.rows(
                "financement", "SELECT split_part(name, '-', 2), disponible_centimes, consomme_centimes "
                               f"FROM enveloppe WHERE name LIKE 'enveloppes/{tag}-%'"):
            self.assertEqual(int(used), spent[e])
            for cents in wanted[e]:  # money never comes back: it did not fit, it does not fit
                self.assertLess(int(left), cents)
        self.assertEqual(self.rows(
            "financement", "SELECT p.delegue_centimes = sum(e.montant_centimes) FROM enveloppe p JOIN "
                           f"enveloppe e ON e.parent = p.name WHERE p.name = 'enveloppes/{tag}' "
                           "GROUP BY p.name"), [("t",)])

    def asked_again_the_same(self, voters):
        financement = self.suite.gateway().comme("prefet", "financeurs/etat").financement
        for voter in voters:
            for method, request, answer in voter.calls[:: max(1, len(voter.calls) // 20)]:
                self.assertEqual(getattr(financement, method)(request, timeout=30), answer)

    def converged(self, tag, voted):
        deadline = time.time() + 60
        g = self.suite.gateway()
        while True:
            report = g.gateway.VerifierCoherence(timeout=60)
            states = dict(self.rows("actions", "SELECT etat, count(*) FROM action WHERE name LIKE "
                                               f"'actions/{tag}-%' GROUP BY 1"))
            if (not report.incoherences and not report.injoignables
                    and int(states.get("PROGRAMMEE", 0)) == voted):
                return
            self.assertLess(time.time(), deadline, f"{states} pour {voted} votes ; {report}")
            time.sleep(0.3)


if __name__ == "__main__":
    unittest.main(verbosity=2)

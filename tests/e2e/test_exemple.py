"""The example that deploy/local/run loads: real dossiers that lived their whole life, so that each figure of
its dashboard is a sum of entries of the ledger. Its loading is killed in the middle, twice, and carried on:
nothing is done twice, and once it is complete nothing changes any more.

One exercice; all four with PDV_EXEMPLE=complet (tests/run slow)."""

import concurrent.futures
import os
import signal
import subprocess
import time
import unittest

import pdv
import suite

PREMIER, DERNIER = (2020, 2023) if os.environ.get("PDV_EXEMPLE") == "complet" else (2023, 2023)
HERAULT = "departements/34"
PILIERS = "nomenclatures/piliers-2015-2023/thematiques/"
ETAPES = ("demande", "propose", "vote", "engage", "paye")
MONTANTS = [f"{etape}_{genre}_centimes" for etape in ETAPES
            for genre in ("droit_commun", "specifiques")]


def repartir(total, parts):
    """`total` cents along shares of 10 000 points, by the largest remainder, as the sums are."""
    lots = [total * part // 10_000 for part in parts]
    restes = sorted(range(len(parts)), key=lambda i: (-(total * parts[i] % 10_000), i))
    for i in restes[:total * sum(parts) // 10_000 - sum(lots)]:
        lots[i] += 1
    return lots


class Exemple(unittest.TestCase):
    """One suite for all the steps; unittest runs them in order of name."""

    @classmethod
    def setUpClass(cls):
        cls.suite = suite.Suite().start()
        cls.commande = ["exemple", f"--exercice={PREMIER}-{DERNIER}"]
        cls.g = cls.suite.gateway()

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

    def charger_et_tuer(self, service, condition):
        """Loads until there is something that satisfies the condition, and kills the loading there."""
        chargement = subprocess.Popen(
            [f"{suite.BUILD}/pdvctl", *self.commande,
             f"--gateway=127.0.0.1:{self.suite.ports['gateway']}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.suite.environ)
        limite = time.time() + 120
        while self.suite.psql(service, f"SELECT EXISTS (SELECT FROM {condition})") != "t":
            self.assertLess(time.time(), limite)
            self.assertIsNone(chargement.poll(), "the loading ended before it could be killed")
        chargement.send_signal(signal.SIGKILL)
        chargement.wait()

    def lister(self, methode, champ, **demande):
        toutes, jeton = [], ""
        while True:
            page = methode(page_size=1000, page_token=jeton, **demande)
            toutes += getattr(page, champ)
            jeton = page.next_page_token
            if not jeton:
                return toutes

    def test_1_a_loading_that_was_killed_is_carried_on(self):
        self.charger_et_tuer("actions", "action WHERE etat = 'DEPOSEE'")
        self.charger_et_tuer("financement", "ligne WHERE etat = 'PROPOSEE'")
        self.suite.pdvctl(*self.commande, check=0)
        annees = DERNIER - PREMIER + 1
        self.assertEqual(self.suite.psql("actions", "SELECT count(*) FROM action"),
                         str(600 * annees))
        self.assertEqual(self.suite.psql("financement", "SELECT count(*) FROM ligne"),
                         str(3600 * annees))

    def test_2_every_dossier_lived_its_life(self):
        etats = self.suite.psql("actions", "SELECT DISTINCT etat FROM action ORDER BY 1").split()
        self.assertEqual(etats, ["EN_INSTRUCTION", "PROGRAMMEE", "REFUSEE"])
        self.assertEqual(self.suite.psql(
            "actions", "SELECT count(*) FROM action WHERE depot_time IS NULL "
                       "OR jsonb_array_length(attestations) <> 1"), "0")
        # Those that wait do so for a funder that did not answer.
        attendent = self.suite.psql(
            "actions", "SELECT name FROM action WHERE etat = 'EN_INSTRUCTION' ORDER BY 1").split()
        muettes = self.suite.psql(
            "financement", "SELECT DISTINCT action FROM ligne WHERE etat = 'SANS_REPONSE' "
                           "ORDER BY 1").split()
        self.assertEqual(attendent, muettes)
        self.assertEqual(self.suite.psql("financement",
                                         "SELECT count(*) FROM budget WHERE NOT equilibre"), "0")

    def test_3_each_figure_of_the_dashboard_is_a_sum_of_the_ledger(self):
        pilier = {t.name: t.pilier for t in self.lister(
            self.g.contrats.ListThematiques, "thematiques", parent="nomenclatures/-")}
        for annee in range(PREMIER, DERNIER + 1):
            with self.subTest(exercice=annee):
                lignes = self.lister(self.g.financement.ListLignes, "lignes",
                                     filter=f"exercice = {annee}")
                self.comparer(annee, self.sommes(lignes, pilier))
                self.comparer_enveloppes(annee, lignes)

    def releve(self, compte):
        """What the entries say of a line or an envelope: the balance of each of its accounts."""
        mouvements = self.lister(self.g.financement.ReleveCompte, "mouvements", compte=compte)
        soldes = {}
        for un in mouvements:
            poste = un.compte.rsplit("/", 1)[1]
            soldes[poste] = soldes.get(poste, 0) + un.montant_centimes
        if compte.startswith("lignes/"):
            faits = [(m.compte, m.ecriture.nature) for m in mouvements]
            self.assertEqual(len(faits), len(set(faits)), f"{compte}: something was done twice")
        return soldes

    def releves(self, comptes):
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            return dict(zip(comptes, pool.map(self.releve, comptes)))

    def sommes(self, lignes, pilier):
        """(axis, key) → the ten amounts, added up from the entries alone."""
        sommes = {}

        def ajouter(axe, cle, montants):
            somme = sommes.setdefault((axe, cle), dict.fromkeys(MONTANTS, 0))
            for champ, montant in montants.items():
                somme[champ] += montant
        releves = self.releves([ligne.name for ligne in lignes])
        for ligne in lignes:
            soldes = releves[ligne.name]
            montants = {champ: soldes.get(champ[:-len("_centimes")].replace("_", "-"), 0)
                        for champ in MONTANTS}
            self.assertEqual(montants, {champ: getattr(ligne, champ) for champ in MONTANTS})
            ajouter("TOTAL", "", montants)
            ajouter("AXE_PILIER", pilier[ligne.thematique], montants)
            ajouter("AXE_THEMATIQUE", ligne.thematique, montants)
            ajouter("AXE_DISPOSITIF", ligne.dispositif, montants)
            ajouter("AXE_FINANCEUR", ligne.financeur, montants)
            ajouter(ligne.contrat, ligne.financeur, montants)
            points = [part.part_points for part in ligne.quartiers]
            parts = {champ: repartir(montant, points) for champ, montant in montants.items()}
            for i, quartier in enumerate(ligne.quartiers):
                ajouter("AXE_QPV", quartier.qpv, {champ: lots[i] for champ, lots in parts.items()})
        return sommes

    def comparer(self, annee, sommes):
        tableau = self.g.gateway.GetTableauDeBord(perimetre=HERAULT, exercice_debut=annee)
        self.assertEqual(list(tableau.injoignables), [])

        def verifier(montants, cle):
            self.assertEqual({champ: getattr(montants, champ) for champ in MONTANTS},
                             sommes.pop(cle), cle)
        verifier(tableau.total, ("TOTAL", ""))
        axes = pdv.POOL.FindEnumTypeByName("pdv.gateway.v1.Axe").values_by_number
        for ventilation in tableau.ventilations:
            for part in ventilation.parts:
                verifier(part.montants, (axes[ventilation.axe].name, part.cle))
        for rang in tableau.rangs_par_contrat:
            votes = {cle[1]: somme["vote_droit_commun_centimes"] + somme["vote_specifiques_centimes"]
                     for cle, somme in sommes.items() if cle[0] == rang.perimetre}
            premier, second = sorted(votes, key=votes.get, reverse=True)[:2]
            self.assertEqual((rang.premier, rang.second), (premier, second))
            self.assertEqual(rang.ecart_centimes, votes[premier] - votes[second])
            self.assertEqual(rang.vote_centimes, sum(votes.values()))
            for financeur in votes:
                sommes.pop((rang.perimetre, financeur))
        self.assertEqual(list(sommes), [], "the ledger has more than the dashboard shows")
        self.assertEqual(tableau.nb_actions, 600)

    def comparer_enveloppes(self, annee, lignes):
        """An envelope and all that it delegated: what entered from above, what its lines took."""
        enveloppes = {e.name: e for e in self.lister(
            self.g.financement.ListEnveloppes, "enveloppes", filter=f"exercice = {annee}")}
        releves = self.releves(list(enveloppes))
        tableau = self.g.gateway.GetTableauDeBord(perimetre=HERAULT, exercice_debut=annee)
        montrees = {e.enveloppe: e for e in tableau.enveloppes}
        self.assertEqual(sorted(montrees), sorted(
            name for name, e in enveloppes.items() if e.perimetre == HERAULT))

        def sous(name):
            return [name] + [n for e in enveloppes.values() if e.parent == name
                             for n in sous(e.name)]
        for name, montree in montrees.items():
            arbre = set(sous(name))
            vote = sum(ligne.vote_droit_commun_centimes + ligne.vote_specifiques_centimes
                       for ligne in lignes if ligne.enveloppe in arbre)
            reste = sum(releves[n].get(poste, 0) for n in arbre
                        for poste in ("disponible", "reserve", "gele"))
            self.assertEqual(sum(releves[n].get("consomme", 0) for n in arbre), vote, name)
            self.assertEqual((montree.consomme_centimes, montree.reste_centimes), (vote, reste), name)
            self.assertEqual(montree.montant_centimes, vote + reste, name)
            self.assertGreater(reste, 0)
        self.assertEqual({e.perimetre for e in enveloppes.values() if e.programme == "147"},
                         {"nation", "regions/76", HERAULT} | {f"contrats/cv{n}"
                                                              for n in range(108, 115)})

    def test_4_the_statements_of_the_founding_document_are_there_to_see(self):
        for annee in range(PREMIER, DERNIER + 1):
            with self.subTest(exercice=annee):
                self.constater(self.g.gateway.GetTableauDeBord(perimetre=HERAULT,
                                                               exercice_debut=annee))
        # S4: operating credits only.
        self.assertEqual(self.suite.psql(
            "financement", "SELECT count(*) FROM budget, jsonb_array_elements(lignes) l "
                           "WHERE l->>'compte' LIKE '2%'"), "0")

    def constater(self, tableau):
        axes = {v.axe: {p.cle.rsplit("/", 1)[-1]: p for p in v.parts} for v in tableau.ventilations}
        axe = {nom: axes[pdv.enum("pdv.gateway.v1.Axe", "AXE_" + nom)]
               for nom in ("PILIER", "THEMATIQUE", "DISPOSITIF")}
        # S1, S2: the pillars beside their reference.
        self.assertEqual(set(axe["PILIER"]),
                         {"cohesion-sociale", "cadre-de-vie", "emploi", "pilotage"})
        for cle, reference, ecart in (("cohesion-sociale", 8000, 200), ("cadre-de-vie", 200, 60)):
            part = axe["PILIER"][cle]
            self.assertEqual(part.reference_points, reference)
            self.assertAlmostEqual(part.part_points, reference, delta=ecart)
        # S3: 7 PRE, CLAS, ateliers sociolinguistiques and the others.
        self.assertEqual(axe["DISPOSITIF"]["pre"].nb_actions, 7)
        for dispositif in ("clas", "asl", "vvv", "vacances-apprenantes", "adultes-relais"):
            self.assertGreater(axe["DISPOSITIF"][dispositif].nb_actions, 10, dispositif)
        # S5: droit commun beside crédits spécifiques, and the leverage.
        self.assertGreater(axe["PILIER"]["emploi"].montants.vote_droit_commun_centimes, 0)
        self.assertGreater(axe["DISPOSITIF"]["reperage-des-invisibles"].nb_actions, 10)
        self.assertGreater(tableau.levier_points, 5000)
        # S6: the project teams of the 7 contrats, and the rest of what makes a contrat work.
        self.assertEqual(axe["DISPOSITIF"]["equipe-projet"].nb_actions, 7)
        for theme in ("equipes-projet", "animation-clas", "conseils-citoyens",
                      "centre-de-ressources"):
            self.assertIn(theme, axe["THEMATIQUE"])
        # S7: the État first everywhere, not by the same gap.
        self.assertEqual({r.premier for r in tableau.rangs_par_contrat}, {"financeurs/etat"})
        self.assertEqual(len({r.ecart_points // 100 for r in tableau.rangs_par_contrat}), 7)
        self.assertEqual(list(tableau.alertes), [])

    def test_5_once_complete_a_second_loading_changes_nothing(self):
        # What people did since is left as it is: this dossier waits for its signataire, not for us.
        repris = self.suite.psql(
            "actions", "SELECT name FROM action WHERE etat = 'EN_INSTRUCTION' ORDER BY 1 LIMIT 1")
        self.g.comme("chef_projet", "epci/243400017").actions.UpdateAction(
            action={"name": repris, "objet": "Précision du chef de projet."})

        def journaux():
            return [self.suite.psql(service, "SELECT count(*) FROM journal")
                    for service in suite.STORES]
        avant = journaux()
        debut = time.time()
        encore = self.suite.pdvctl(*self.commande, check=0)
        self.assertLess(time.time() - debut, 20)
        self.assertEqual(journaux(), avant)
        for ligne in encore.stdout.splitlines()[2:-1]:
            self.assertRegex(ligne, r"\s0\s+[\d\u202f]+$")

    def test_6_nothing_contradicts_anything(self):
        rapport = self.g.gateway.VerifierCoherence(timeout=120)
        self.assertEqual(list(rapport.incoherences), [])
        self.assertEqual(list(rapport.injoignables), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)

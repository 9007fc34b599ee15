"""The rows of the euros: votes one by one and by the thousand, whole dossiers, published subventions. Each
round spends what nobody has used yet, made before the clock starts."""

import itertools
import time
import uuid

import harness
import pdv
from rows import Row, summary

FINANCEMENT = "/pdv.financement.v1.FinancementService/"
ENVELOPPES = 64  # as many as there are funders and perimeters in a busy hour
CENTIMES = 1_000_00
PREFET = {"acteur": "banc", "role": "prefet", "organisation": "financeurs/etat"}
EXERCICE = 2023


class Guichet:
    """Lines that wait for their vote, in envelopes that can pay them."""

    def __init__(self, scene):
        self.scene, self.tag, self.made = scene, uuid.uuid4().hex[:8], 0
        self.gateway = scene.gateway
        prefet = self.gateway.comme(PREFET["role"], PREFET["organisation"], acteur=PREFET["acteur"])
        for i in range(ENVELOPPES):
            prefet.financement.CreateEnveloppe(
                enveloppe_id=f"banc-{self.tag}-{i:02}", request_id=f"banc-{self.tag}-{i}", enveloppe={
                    "libelle": "Banc d'essai", "financeur": "financeurs/etat", "programme": "147",
                    "exercice": EXERCICE, "nature": "NATURE_ENVELOPPE_AE", "perimetre": "nation",
                    "dotation_centimes": 10**11})

    def enveloppe(self, i):
        return f"enveloppes/banc-{self.tag}-{i % ENVELOPPES:02}"

    def lignes(self, count):
        """Names of `count` new lines of the État, each of an action of its own, its envelope in turn. A
        second funder has not decided: the dossier waits for it, as most do."""
        ids = [f"banc-{self.tag}-{i:07}" for i in range(self.made, self.made + count)]
        self.made += count
        contrats, porteur = itertools.cycle(self.scene.contrats), self.scene.porteur
        self.gateway.actions.ImporterActions(
            [{"actions": [{"name": f"actions/{i}", "intitule": "Banc d'essai", "porteur": porteur,
                           "contrat": next(contrats), "exercice": EXERCICE,
                           "type": "TYPE_ACTION_ACTION",
                           "etat_importe": "ETAT_ACTION_EN_INSTRUCTION"} for i in ids[at:at + 1000]]}
             for at in range(0, count, 1000)], timeout=600)
        for at in range(0, count, 500):
            self.gateway.financement.BatchCreateLignes(harness.message(
                "pdv.financement.v1.BatchCreateLignesRequest", request_id=f"lignes-{ids[at]}",
                requests=[demande for n, i in enumerate(ids[at:at + 500]) for demande in (
                    {"ligne_id": i, "ligne": {
                        "action": f"actions/{i}", "financeur": "financeurs/etat",
                        "enveloppe": self.enveloppe(at + n),
                        "demande_specifiques_centimes": CENTIMES}},
                    {"ligne_id": f"{i}-second", "ligne": {
                        "action": f"actions/{i}", "financeur": self.scene.second_financeur,
                        "demande_droit_commun_centimes": CENTIMES}})]), timeout=120)
        return [f"lignes/{i}" for i in ids]


def vote(name):
    return harness.message("pdv.financement.v1.VoterLigneRequest", name=name,
                           vote_specifiques_centimes=CENTIMES, request_id="vote-" + name)


# What VoterLigne writes, in one statement: the answer kept for its request_id, the entry of the ledger,
# the line, the envelope, both in the journal. Tables, indexes, constraints and triggers are the same.
VOTE_SQL = r"""
WITH rang AS (
  SELECT n, 'banc-{tag}-' || lpad(n::text, 7, '0') AS id,
         'banc-{tag}-' || lpad((n % {enveloppes})::text, 2, '0') AS id_enveloppe
  FROM nextval('banc_vote') AS n
), cible AS (
  SELECT 'lignes/' || id AS ligne, 'enveloppes/' || id_enveloppe AS enveloppe, 'vote-' || id AS request_id,
         {ligne} AS octets_ligne, {enveloppe} AS octets_enveloppe
  FROM rang
), garde AS (
  INSERT INTO idempotence (request_id, methode, empreinte, reponse_type, reponse, instant)
  SELECT request_id, 'pdv.financement.v1.FinancementService/VoterLigne', decode(repeat('ab', 32), 'hex'),
         'pdv.financement.v1.Ligne', octets_ligne, now() FROM cible
), ecrit AS (
  INSERT INTO ecriture (operation, nature, debit, credit, montant_centimes, ligne, enveloppe, acteur,
                        organisation, request_id)
  SELECT md5(request_id), 'VOTE', enveloppe || '/comptes/disponible', ligne || '/comptes/vote-specifiques',
         {centimes}, ligne, enveloppe, 'banc', 'financeurs/etat', request_id FROM cible
), votee AS (
  UPDATE ligne l SET etat = 'VOTEE', vote_specifiques_centimes = {centimes}, vote_le = now(),
                     revision = l.revision + 1, update_time = now()
  FROM cible WHERE l.name = cible.ligne RETURNING l.name, l.revision
), entamee AS (
  UPDATE enveloppe e SET disponible_centimes = disponible_centimes - {centimes},
                         consomme_centimes = consomme_centimes + {centimes},
                         revision = e.revision + 1, update_time = now()
  FROM cible WHERE e.name = cible.enveloppe RETURNING e.name, e.revision
)
INSERT INTO journal (type, name, revision, evenement, ressource, methode, request_id, acteur, instant)
SELECT type, name, revision, 'MODIFICATION', ressource,
       'pdv.financement.v1.FinancementService/VoterLigne', request_id, 'banc', now()
FROM (SELECT 'pdv.financement.v1.Ligne' AS type, octets_ligne AS ressource, name, revision, request_id
      FROM votee, cible UNION ALL
      SELECT 'pdv.financement.v1.Enveloppe', octets_enveloppe, name, revision, request_id
      FROM entamee, cible) AS v;
"""


def vote_sql(scene, guichet):
    """The same vote in SQL. What it journals is a line and an envelope as the service writes them: the
    peers read it."""
    prefet = scene.gateway.comme("prefet", PREFET["organisation"])
    (name,) = guichet.lignes(1)
    prefet.financement.VoterLigne(vote(name))
    sql = VOTE_SQL
    for key, value in {
            "tag": guichet.tag, "enveloppes": ENVELOPPES, "centimes": CENTIMES,
            "ligne": journalled(scene, "Ligne", name.split("/")[1], "id"),
            "enveloppe": journalled(scene, "Enveloppe", f"banc-{guichet.tag}-00", "id_enveloppe"),
            }.items():
        sql = sql.replace("{" + key + "}", str(value))
    return sql


def journalled(scene, kind, identifier, column):
    """The bytes of the last one in the journal, as an SQL expression: its id is that of the column."""
    known = scene.suite.psql("financement", "SELECT encode(ressource, 'hex') FROM journal WHERE type = "
                                            f"'pdv.financement.v1.{kind}' ORDER BY xid DESC, seq LIMIT 1")
    parts = known.split(identifier.encode().hex())
    return f" || {column}::bytea || ".join(f"'\\x{part}'::bytea" for part in parts)


def votes(scene):
    """Lines voted one by one, 64 at a time, on 64 envelopes, beside the same rows by pgbench."""
    guichet = Guichet(scene)
    database = scene.database("financement")
    count = int(8000 * (scene.seconds + .3))
    sql = vote_sql(scene, guichet)

    def waiting():
        first = guichet.made
        names = guichet.lignes(count)
        scene.suite.psql("financement", "DROP SEQUENCE IF EXISTS banc_vote; CREATE SEQUENCE banc_vote "
                                        f"MINVALUE 0 START {first}")
        return names

    def by_pgbench(names):
        took = harness.pgbench(database, sql, scene.seconds)
        if took["ops"] > len(names):
            raise RuntimeError("pgbench a voté plus de lignes qu'il n'y en avait")
        return took

    def by_service(requests):
        return harness.unary(scene.target("financement"), FINANCEMENT + "VoterLigne", requests,
                             scene.seconds, once=True, **PREFET)
    outcomes = harness.interleave({
        "pgbench": (waiting, by_pgbench),
        "VoterLigne": (lambda: harness.requests_file(map(vote, waiting())), by_service)},
        scene.rounds, scene.cpu)
    return Row("votes un par un", "pgbench, les mêmes lignes en une instruction",
               harness.paired_ratio(outcomes["VoterLigne"], outcomes["pgbench"]), 1.0, 1.3,
               variants=summary(outcomes))


def votes_par_lots(scene):
    """Lines voted by lots of 1 000, two at a time."""
    guichet = Guichet(scene)
    count = int(30_000 * scene.seconds)

    def lots():
        names = guichet.lignes(count)
        return harness.requests_file(
            harness.message("pdv.financement.v1.BatchVoterLignesRequest", request_id=names[at],
                            requests=[{"name": name, "vote_specifiques_centimes": CENTIMES}
                                      for name in names[at:at + 1000]])
            for at in range(0, count, 1000))

    def by_lots(requests):
        took = harness.unary(scene.target("financement"), FINANCEMENT + "BatchVoterLignes", requests,
                             scene.seconds, once=True, in_flight=2, **PREFET)
        return {**took, "ops": took["ops"] * 1000, "all_ops": took["all_ops"] * 1000}
    outcomes = harness.interleave({"lots de 1 000": (lots, by_lots)}, scene.rounds, scene.cpu)
    rate = harness.median(outcomes["lots de 1 000"], "rate")
    return Row("votes par lots de 1 000", "—", rate, goal=20_000, unit=" lignes/s",
               variants=summary(outcomes))


# Account of the CERFA form for the subvention of each kind of funder.
COMPTES = {"ETAT": "74etat", "REGION": "74region", "DEPARTEMENT": "74dep", "EPCI": "74epci",
           "COMMUNE": "74com", "CAF": "74orgasoc"}
CHARGES = ["601", "604", "60x", "613", "615", "616", "618", "622", "623", "625", "62x", "631", "635",
           "641", "645", "647"]


def dossiers(scene, count):
    """Whole dossiers that nobody has filed: a budget of 60 lines, six funders, one porteur each time."""
    tag = uuid.uuid4().hex[:8]
    funders = dict(row.split("|") for row in scene.suite.psql(
        "financement", "SELECT categorie, min(name) FROM financeur GROUP BY 1").split("\n"))
    budget = [{"compte": CHARGES[i % len(CHARGES)], "libelle": f"Poste {i}",
               "montant_centimes": 100_00} for i in range(53)]
    budget += [{"compte": compte, "financeur": funders[categorie], "montant_centimes": 800_00}
               for categorie, compte in COMPTES.items()]
    budget.append({"compte": "propres", "montant_centimes": 500_00})
    action = harness.message(
        "pdv.actions.v1.Action", intitule="Aide aux leçons", porteur=f"porteurs/{scene.deposant}",
        contrat="contrats/cv110", exercice=EXERCICE, type="TYPE_ACTION_ACTION",
        thematique="nomenclatures/piliers-2015-2023/thematiques/education",
        date_debut={"year": EXERCICE, "month": 1, "day": 1},
        date_fin={"year": EXERCICE, "month": 12, "day": 31},
        publics=[{"sexe": "SEXE_FEMME", "age": "TRANCHE_AGE_DE_6_A_15", "effectif": 20,
                  "effectif_qpv": 15}])
    request = harness.message("pdv.gateway.v1.DeposerDossierRequest", attester=True)
    request.action.Pack(action)
    request.budget.Pack(harness.message("pdv.financement.v1.Budget", lignes=budget))
    for categorie in COMPTES:
        request.lignes.add().Pack(harness.message(
            "pdv.financement.v1.Ligne", financeur=funders[categorie],
            demande_specifiques_centimes=800_00))
    for i in range(count):
        request.action_id = request.request_id = f"depot-{tag}-{i}"
        yield request.SerializeToString()


def depots(scene):
    """Whole dossiers filed through the gateway: 60 budget lines, six funders, attested."""
    if not scene.deposant:
        scene.deposant = "banc-" + uuid.uuid4().hex[:8]
        scene.gateway.actions.CreatePorteur(porteur_id=scene.deposant, porteur={
            "raison_sociale": "Banc d'essai", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        scene.gateway.comme("signataire", f"porteurs/{scene.deposant}").actions \
            .SouscrireContratEngagement(name=f"porteurs/{scene.deposant}",
                                        date={"year": 2022, "month": 1, "day": 2})

    def file_them(requests):
        return harness.unary(scene.target("gateway"), "/pdv.gateway.v1.GatewayService/DeposerDossier",
                             requests, scene.seconds, once=True, acteur="banc", role="redacteur,signataire",
                             organisation=f"porteurs/{scene.deposant}")
    outcomes = harness.interleave({"DeposerDossier": (
        lambda: harness.requests_file(dossiers(scene, int(1000 * (scene.seconds + .3)))), file_them)},
        scene.rounds, scene.cpu)
    return Row("dépôt d'un dossier entier", "—", harness.median(outcomes["DeposerDossier"], "rate"),
               goal=200, unit=" dossiers/s", variants=summary(outcomes))


SCDL = ("nomAttribuant,idAttribuant,dateConvention,referenceDecision,nomBeneficiaire,idBeneficiaire,"
        "rnaBeneficiaire,objet,montant,nature,conditionsVersement,datesPeriodeVersement,idRAE,"
        "notificationUE,pourcentageSubvention,dispositifAide\n")
SUBVENTION = ("name, uid, revision, create_time, update_time, attribuant, attribuant_siret, "
              "date_convention, reference, beneficiaire, beneficiaire_siret, beneficiaire_rna, objet, "
              "montant_centimes, nature, conditions_versement, periode_versement, notification_ue, "
              "part_points, rang, source")


def import_scdl(scene):
    """A SCDL file of subventions by `pdvctl importer scdl`, beside COPY of the same rows."""
    count = 5000 if scene.quick else 20_000
    names = {name: itertools.count() for name in ("scdl", "copy")}

    def rows(kind):
        rank = next(names[kind])
        return [(f"{kind.upper()}-{scene.suite.tag}-{rank}-{i}", f"W{333_000_000 + i}", 1000 + i)
                for i in range(count)]

    def file_of(text):
        return harness.write_file(text, ".csv")

    def csv():
        return file_of(SCDL + "".join(
            f"ANTIBES,21060004500392,2023-07-07,{reference},Association {rna},52499120500013,{rna},"
            f"Fonctionnement,{euros}.57,aide en numéraire,unique,2023-07-10,,non,0.05,\n"
            for reference, rna, euros in rows("scdl")))

    def by_pdvctl(path):
        start = time.perf_counter()
        scene.suite.pdvctl("importer", "scdl", path, check=0)
        return {"ops": count, "seconds": time.perf_counter() - start}

    def tsv():
        now = "2026-01-01T00:00:00Z"
        return file_of("".join(
            f"subventions/{reference.lower()}\t{reference}\t1\t{now}\t{now}\tANTIBES\t21060004500392\t"
            f"2023-07-07\t{reference}\tAssociation {rna}\t52499120500013\t{rna}\tFonctionnement\t"
            f"{euros}57\tNUMERAIRE\tunique\t2023-07-10\tf\t500\t1\tbanc\n"
            for reference, rna, euros in rows("copy")))

    def by_copy(path):
        return harness.copy_in(scene.database("financement"), "subvention", SUBVENTION, path, count)
    outcomes = harness.interleave({"COPY FROM": (tsv, by_copy), "pdvctl importer scdl": (csv, by_pdvctl)},
                                  scene.rounds, scene.cpu)
    return Row("import SCDL par pdvctl", "psql COPY FROM des mêmes lignes (sans journal)",
               harness.paired_ratio(outcomes["pdvctl importer scdl"], outcomes["COPY FROM"]), .15, .3,
               variants=summary(outcomes))


ROWS = [votes, votes_par_lots, depots, import_scdl]

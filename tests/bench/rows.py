"""The rows of the bench: what is measured, beside its physical limit. Each takes a Scene and returns
one Row."""

import dataclasses
import datetime
import os
import tempfile
import uuid

import harness

ACTIONS = "/pdv.actions.v1.ActionsService/"
EVALUATION = "/pdv.evaluation.v1.EvaluationService/"
CONTRATS = "/pdv.contrats.v1.ContratsService/"


@dataclasses.dataclass
class Row:
    title: str
    limit: str                 # what it is compared to
    ratio: float
    floor: float = None
    goal: float = None
    at_most: bool = False      # the ratio is a cost: lower is better
    unit: str = "×"
    variants: dict = dataclasses.field(default_factory=dict)
    note: str = ""

    def meets(self, bound):
        if bound is None:
            return None
        return self.ratio <= bound if self.at_most else self.ratio >= bound


def summary(outcomes):
    keys = ("rate", "cpu_us", "p50_us", "p99_us")
    return {name: {key: harness.median(rounds, key) for key in keys
                   if harness.median(rounds, key) is not None}
            for name, rounds in outcomes.items()}


def get_requests(scene):
    """Files of GetAction requests: one for each action of the scene, and the one that is echoed."""
    requests = [harness.message("pdv.actions.v1.GetActionRequest", name=name)
                for name in scene.actions]
    return harness.requests_file(requests), harness.requests_file(requests[:1])


def read_by_id(scene):
    """One action by its name, from the service that owns it, beside an echo of the same size."""
    requests, echo = get_requests(scene)
    outcomes = harness.interleave({
        "echo gRPC": lambda: harness.unary(scene.echo, "/pdv.bench.EchoService/Echo", echo,
                                           scene.seconds),
        "GetAction": lambda: harness.unary(scene.target("actions"), ACTIONS + "GetAction",
                                           requests, scene.seconds)}, scene.rounds, scene.cpu)
    ratio = harness.paired_ratio(outcomes["GetAction"], outcomes["echo gRPC"])
    return Row("lecture par nom", f"echo gRPC brut ({scene.action_bytes} octets)", ratio, .60, .70,
               variants=summary(outcomes))


def read_by_id_blocking(scene):
    """The same read and the same echo, seen by an ordinary program (threads that wait)."""
    requests, echo = get_requests(scene)
    outcomes = harness.interleave({
        "echo gRPC": lambda: harness.blocking(scene.echo, "/pdv.bench.EchoService/Echo", echo,
                                              scene.seconds),
        "GetAction": lambda: harness.blocking(scene.target("actions"), ACTIONS + "GetAction",
                                              requests, scene.seconds)}, scene.rounds, scene.cpu)
    return Row("lecture par nom, client ordinaire", "echo gRPC brut, même client",
               harness.paired_ratio(outcomes["GetAction"], outcomes["echo gRPC"]), .60, .70,
               variants=summary(outcomes))


def through_gateway(scene):
    """The same read through the gateway, beside the same read at its owner's."""
    requests, _ = get_requests(scene)

    def read(service):
        return lambda: harness.unary(scene.target(service), ACTIONS + "GetAction", requests,
                                     scene.seconds)
    outcomes = harness.interleave({"direct": read("actions"), "passerelle": read("gateway")},
                                  scene.rounds, scene.cpu)
    return Row("par la passerelle", "le même appel, direct",
               harness.paired_ratio(outcomes["passerelle"], outcomes["direct"]), .58, .70,
               variants=summary(outcomes))


# What CreateMesure writes, in one statement: the answer kept for its request_id, the row, the
# journal entry. The same tables, the same indexes, the same constraints.
MUTATION_SQL = r"""
\set a random(1, 9000000000000)
\set b random(1, 9000000000000)
WITH garde AS (
  INSERT INTO idempotence (request_id, methode, empreinte, reponse_type, reponse, instant)
  VALUES (:a::text || '-' || :b, 'pdv.evaluation.v1.EvaluationService/CreateMesure',
          decode(repeat('ab', 32), 'hex'), 'pdv.evaluation.v1.Mesure',
          decode(repeat('ab', {octets}), 'hex'), now())
), ligne AS (
  INSERT INTO mesure (name, uid, revision, create_time, update_time, indicateur, objet, debut, fin,
                      statut, valeur, source, version_indicateur)
  VALUES ('mesures/' || :a || '-' || :b, md5(:a::text || :b), 1, now(), now(), '{indicateur}',
          'communes/' || :a || '-' || :b, '2021-01-01', '2022-01-01', 'CONNUE', '12.5',
          'banc d''essai', 1)
)
INSERT INTO journal (type, name, revision, evenement, ressource, methode, request_id, acteur,
                     instant)
VALUES ('pdv.evaluation.v1.Mesure', 'mesures/' || :a || '-' || :b, 1, 'CREATION',
        decode(repeat('ab', {octets}), 'hex'),
        'pdv.evaluation.v1.EvaluationService/CreateMesure', :a::text || '-' || :b, 'banc', now());
"""


def mesure(scene, identifier):
    return {"indicateur": scene.indicateur, "objet": f"communes/{identifier}",
            "debut": {"year": 2021, "month": 1, "day": 1},
            "fin": {"year": 2022, "month": 1, "day": 1}, "statut": "STATUT_MESURE_CONNUE",
            "valeur": "12.5", "source": "banc d'essai"}


def new_mesures(scene, count):
    """Requests that create `count` measures nobody has created yet."""
    batch = uuid.uuid4().hex[:12]
    template = harness.message("pdv.evaluation.v1.CreateMesureRequest",
                               mesure=mesure(scene, "x"), mesure_id="x", request_id="x")
    for i in range(count):
        template.mesure.objet = f"communes/{batch}-{i}"
        template.mesure_id = template.request_id = f"{batch}-{i}"
        yield template.SerializeToString()


def durable_mutation(scene):
    """One measure created durably (answer kept, row, journal), beside the same rows by pgbench."""
    size = len(scene.gateway.evaluation.CreateMesure(
        mesure=mesure(scene, uuid.uuid4().hex)).SerializeToString())
    sql = MUTATION_SQL.replace("{octets}", str(size)).replace("{indicateur}", scene.indicateur)

    def mutate():
        requests = harness.requests_file(new_mesures(scene, int(9000 * (scene.seconds + .3))))
        try:
            return harness.unary(scene.target("evaluation"), EVALUATION + "CreateMesure", requests,
                                 scene.seconds, once=True)
        finally:
            os.unlink(requests)
    outcomes = harness.interleave({
        "pgbench": lambda: harness.pgbench(scene.database("evaluation"), sql, scene.seconds),
        "CreateMesure": mutate}, scene.rounds, scene.cpu)
    return Row("mutation durable", "pgbench, les mêmes lignes en une instruction",
               harness.paired_ratio(outcomes["CreateMesure"], outcomes["pgbench"]), 1.0, 1.3,
               variants=summary(outcomes))


def server_stream(scene):
    """The whole state of actions by its Watch, beside COPY of the same rows."""
    count = int(scene.suite.psql("actions", "SELECT count(*) FROM action"))
    watch = harness.requests_file([harness.message(
        "pdv.actions.v1.WatchActionsRequest", curseur="-", types=["pdv.actions.v1.Action"])])

    def stream():
        took = harness.charge("flux", cible=scene.target("actions"),
                              methode=ACTIONS + "WatchActions", requetes=watch, lignes=count)
        return {"ops": took["appels"], "seconds": took["secondes"],
                "client_cpu": took["cpu_client"]}
    outcomes = harness.interleave({
        "COPY TO": lambda: harness.copy_out(scene.database("actions"),
                                            "SELECT * FROM action", count),
        "WatchActions": stream}, scene.rounds, scene.cpu)
    return Row("flux du serveur", "psql COPY TO des mêmes lignes",
               harness.paired_ratio(outcomes["WatchActions"], outcomes["COPY TO"]), .8, 1.0,
               variants=summary(outcomes))


def importation(scene):
    """Measures imported by one stream, beside COPY FROM of the same rows into the same table."""
    count = 5000 if scene.quick else 20000
    columns = ("name, uid, revision, create_time, update_time, indicateur, objet, debut, fin, "
               "statut, valeur, source, version_indicateur")

    def batch():
        tag = uuid.uuid4().hex[:12]
        return [f"{tag}-{i}" for i in range(count)]

    def by_import():
        rows = [dict(mesure(scene, i), name=f"mesures/{i}") for i in batch()]
        requests = harness.requests_file(
            harness.message("pdv.evaluation.v1.ImporterMesuresRequest",
                            mesures=rows[at:at + 1000]) for at in range(0, count, 1000))
        try:
            took = harness.charge("import", cible=scene.target("evaluation"),
                                  methode=EVALUATION + "ImporterMesures", requetes=requests)
        finally:
            os.unlink(requests)
        return {"ops": took["appels"], "seconds": took["secondes"],
                "client_cpu": took["cpu_client"]}

    def by_copy():
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        with tempfile.NamedTemporaryFile("w", suffix=".tsv") as data:
            for i in batch():
                data.write("\t".join([f"mesures/{i}", i, "1", now, now, scene.indicateur,
                                      f"communes/{i}", "2021-01-01", "2022-01-01", "CONNUE",
                                      "12.5", "banc", "1"]) + "\n")
            data.flush()
            return harness.copy_in(scene.database("evaluation"), "mesure", columns, data.name,
                                   count)
    outcomes = harness.interleave({"COPY FROM": by_copy, "ImporterMesures": by_import},
                                  scene.rounds, scene.cpu)
    return Row("importation", "psql COPY FROM des mêmes lignes (sans journal)",
               harness.paired_ratio(outcomes["ImporterMesures"], outcomes["COPY FROM"]), .15, .3,
               variants=summary(outcomes))


def watch_delay(scene):
    """From the acknowledgement of a commit to 100 clients that watch."""
    watch = harness.requests_file([harness.message("pdv.evaluation.v1.WatchEvaluationRequest")])
    requests = harness.requests_file(new_mesures(scene, 50 if scene.quick else 200))
    took = harness.charge("veilleurs", cible=scene.target("evaluation"), veilleurs=100,
                          flux=EVALUATION + "WatchEvaluation", veille=watch,
                          methode=EVALUATION + "CreateMesure", requetes=requests)
    return Row("suivi : engagement → 100 clients, p99", "—", took["p99_us"] / 1000, 200, 50,
               at_most=True, unit=" ms", variants={"100 veilleurs": took})


def dashboard(scene):
    """A département's dashboard of one exercice, in a base of tier L beside one of tier S."""
    requests = harness.requests_file([harness.message(
        "pdv.gateway.v1.GetTableauDeBordRequest", perimetre="departements/34",
        exercice_debut=2023)])

    def read(which):
        return lambda: harness.unary(which.target("gateway"),
                                     "/pdv.gateway.v1.GatewayService/GetTableauDeBord", requests,
                                     scene.seconds)
    outcomes = harness.interleave({"palier S": read(scene), "palier L": read(scene.large)},
                                  scene.rounds, scene.cpu_all)
    ratio = 1 / harness.paired_ratio(outcomes["palier L"], outcomes["palier S"])
    return Row("tableau de bord, palier L / palier S", f"{scene.large.lines:,} lignes".replace(",", " "),
               ratio, 3, 1.5, at_most=True, variants=summary(outcomes))


ROWS = [read_by_id, read_by_id_blocking, durable_mutation, through_gateway, server_stream, importation, watch_delay]

"""Measures the suite beside its physical limits, and writes a JSON file and a Markdown table.

    tests/bench/run [--quick] [--palier-L] [--seulement=NOM,…] [--json=FICHIER] [--markdown=FICHIER]

All servers are up; the variants of a row run in turn, round by round; ratios are taken within a round
and their median is told. Nothing here passes or fails: a missed floor is shown as such.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "e2e")]

import euros  # noqa: E402
import harness  # noqa: E402
import pdv  # noqa: E402
import rows  # noqa: E402
import suite as suites  # noqa: E402
import volumes  # noqa: E402


class Scene:
    """A suite with the example loaded, and what the rows need to know of it."""

    def __init__(self, options):
        self.quick = options.quick
        self.rounds, self.seconds = (3, 1) if options.quick else (7, 3)
        self.suite = suites.Suite().start()
        self.gateway = self.suite.gateway()
        self.suite.pdvctl("exemple", check=0)
        names = self.suite.psql("actions", "SELECT name FROM action ORDER BY uid LIMIT 1000")
        self.actions = names.split("\n")
        self.contrats = self.suite.psql("contrats", "SELECT name FROM contrat").split("\n")
        self.porteur = self.suite.psql("actions", "SELECT name FROM porteur LIMIT 1")
        self.action_bytes = len(
            self.gateway.actions.GetAction(name=self.actions[0]).SerializeToString())
        self.indicateur = self.suite.psql(
            "evaluation", "SELECT name FROM indicateur ORDER BY name LIMIT 1")
        self.second_financeur = self.suite.psql(
            "financement", "SELECT name FROM financeur WHERE categorie = 'CAF' ORDER BY name LIMIT 1")
        self.lines = int(self.suite.psql("financement", "SELECT count(*) FROM ligne"))
        self.large = self.deposant = None
        echo_port = suites.free_port()
        self.echo = f"127.0.0.1:{echo_port}"
        self.echo_server = subprocess.Popen(
            [harness.CHARGE, "echo", f"--ecoute={self.echo}", f"--octets={self.action_bytes}"])
        self.cpu = harness.Cpu([p.pid for p in self.suite.processes.values()]
                               + [self.echo_server.pid, postmaster(self.suite)])

    def target(self, service):
        return f"127.0.0.1:{self.suite.ports[service]}"

    def database(self, service):
        return self.suite.database(service)

    def stop(self):
        self.echo_server.terminate()
        self.echo_server.wait()
        self.gateway.close()
        self.suite.stop()


def postmaster(suite):
    folder = suite.psql("contrats", "SELECT setting FROM pg_settings WHERE name = 'data_directory'")
    with open(os.path.join(folder, "postmaster.pid")) as f:
        return int(f.readline())


def verdict(row):
    if row.goal is None:
        return "—"
    if row.meets(row.goal):
        return "but atteint"
    if row.floor is None:
        return "**but manqué**"
    return "plancher atteint" if row.meets(row.floor) else "**MANQUÉ**"


def french(number, digits=2):
    return f"{number:.{digits}f}".replace(".", ",")


def markdown(measured, about):
    lines = [f"Mesuré le {about['date']} ({about['machine']}), {about['tours']} tours alternés, "
             "médianes, 64 appels en vol.", "",
             "| mesure | limite | rapport | plancher | but | verdict | détail |",
             "|---|---|---|---|---|---|---|"]
    for row in measured:
        detail = "; ".join(
            f"{name} " + " · ".join(
                ([f"{v['rate']:,.0f}/s".replace(",", " ")] if "rate" in v else [])
                + ([f"{v['cpu_us']:.0f} µs CPU"] if "cpu_us" in v else [])
                + ([f"p50 {v['p50_us'] / 1000:.1f} ms, p99 {v['p99_us'] / 1000:.1f} ms"
                    .replace(".", ",")] if "p99_us" in v else []))
            for name, v in row.variants.items())
        bound = "≤ " if row.at_most else "≥ "
        show = (lambda value: "—" if value is None
                else bound + french(value, 2 if row.unit == "×" else 0))
        digits = 2 if row.ratio < 1000 else 0
        lines.append(f"| {row.title} | {row.limit} | {french(row.ratio, digits)}{row.unit} | "
                     f"{show(row.floor)} | {show(row.goal)} | {verdict(row)} | {detail} |")
    return "\n".join(lines) + "\n"


def machine():
    with open("/proc/cpuinfo") as f:
        model = next((line.split(":")[1].strip() for line in f if line.startswith("model name")),
                     "processeur inconnu")
    return f"{os.cpu_count()} cœurs, {model}"


def parse(arguments):
    parser = argparse.ArgumentParser(prog="tests/bench/run", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="3 tours d'une seconde")
    parser.add_argument("--palier-L", action="store_true", dest="large",
                        help="aussi le tableau de bord au palier L (240 000 actions, 1,4 M lignes)")
    parser.add_argument("--seulement", default="", help="des mesures, par nom de fonction")
    parser.add_argument("--json", default="bench.json")
    parser.add_argument("--markdown", default="bench.md")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    wanted = [w for w in options.seulement.split(",") if w]
    known = {row.__name__: row for row in rows.ROWS + euros.ROWS}
    if unknown := [w for w in wanted if w not in known]:
        sys.exit(f"--seulement : {', '.join(unknown)} inconnu ; connus : {', '.join(known)}")
    chosen = [row for name, row in known.items() if not wanted or name in wanted]
    harness.say("Démarrage de la suite et chargement de l'exemple…")
    scene = Scene(options)
    measured = []
    try:
        for row in chosen:
            harness.say(f"  {row.__doc__.splitlines()[0]}")
            measured.append(row(scene))
        if options.large and (not wanted or "dashboard" in wanted):
            harness.say("  palier L : génération et chargement (quelques minutes)…")
            with volumes.Large(scene):
                measured.append(rows.dashboard(scene))
    finally:
        scene.stop()
    about = {"date": datetime.date.today().isoformat(), "machine": machine(),
             "tours": scene.rounds}
    with open(options.json, "w") as f:
        json.dump({**about, "mesures": [vars(r) for r in measured]}, f, indent=2,
                  ensure_ascii=False)
    table = markdown(measured, about)
    with open(options.markdown, "w") as f:
        f.write(table)
    print(table)


if __name__ == "__main__":
    main()

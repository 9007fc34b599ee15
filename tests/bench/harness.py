"""How the bench measures: variants interleaved round by round, medians, ratios paired within a round,
CPU of every process that works for a call."""

import json
import os
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import pdv
import suite

CHARGE = os.path.join(suite.BUILD, "charge")
IN_FLIGHT = 64
TICK = os.sysconf("SC_CLK_TCK")


def say(text):
    print(text, file=sys.stderr, flush=True)


class Cpu:
    """CPU seconds used by a set of processes and all their children, living or reaped."""

    def __init__(self, pids):
        self.pids = set(pids)

    def seconds(self):
        total = 0
        for stat in self._stats():
            own = stat["pid"] in self.pids or stat["ppid"] in self.pids
            if own:
                total += stat["own"]
            if stat["pid"] in self.pids:
                total += stat["reaped"]
        return total / TICK

    @staticmethod
    def _stats():
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/stat") as f:
                    fields = f.read().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it ended meanwhile
            yield {"pid": int(pid), "ppid": int(fields[1]),
                   "own": int(fields[11]) + int(fields[12]),
                   "reaped": int(fields[13]) + int(fields[14])}


FOLDER = tempfile.TemporaryDirectory(prefix="pdv-bench-")  # removed at exit


def requests_file(messages):
    """Messages, each behind its length, for `charge`."""
    with tempfile.NamedTemporaryFile(dir=FOLDER.name, suffix=".bin", delete=False) as out:
        for message in messages:
            body = message if isinstance(message, bytes) else message.SerializeToString()
            out.write(struct.pack("<I", len(body)) + body)
    return out.name


def write_file(text, suffix):
    """A text in a file of the bench's folder."""
    with tempfile.NamedTemporaryFile("w", dir=FOLDER.name, suffix=suffix, delete=False) as out:
        out.write(text)
    return out.name


def charge(command, **options):
    arguments = [f"--{key.replace('_', '-')}={value}" for key, value in options.items()]
    done = subprocess.run([CHARGE, command, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"charge {command} {arguments}\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


def unary(target, method, requests, seconds, once=False, in_flight=IN_FLIGHT, **caller):
    """Calls of one method, 64 under way, by a caller (acteur, role, organisation): {"ops", "seconds", "p50_us", …}."""
    took = charge("unaire", cible=target, methode=method, requetes=requests, connexions=2,
                  en_vol=in_flight, secondes=seconds, une_fois=int(once), **caller)
    return {"ops": took["appels"], "all_ops": took["tous"], "seconds": took["secondes"], "p50_us": took["p50_us"],
            "p99_us": took["p99_us"], "client_cpu": took["cpu_client"]}


def blocking(target, method, requests, seconds):
    """The same by the commonest client: 64 threads, each blocked until its answer."""
    took = charge("synchrone", cible=target, methode=method, requetes=requests, connexions=2,
                  en_vol=IN_FLIGHT, secondes=seconds)
    return {"ops": took["appels"], "all_ops": took["tous"], "seconds": took["secondes"],
            "p50_us": took["p50_us"], "p99_us": took["p99_us"], "client_cpu": took["cpu_client"]}


def pgbench(conninfo, script, seconds):
    """A script by 64 clients, prepared statements, for a while."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        before = os.times()
        done = subprocess.run(
            [pg_program("pgbench"), "-n", "-M", "prepared", "-c", str(IN_FLIGHT), "-j", "2",
             "-T", str(max(1, round(seconds))), "-f", file.name, conninfo],
            capture_output=True, text=True)
        after = os.times()
    tps = re.search(r"tps = ([0-9.]+)", done.stdout)
    if done.returncode != 0 or not tps:
        raise RuntimeError(f"pgbench\n{done.stdout}\n{done.stderr}")
    ops = int(re.search(r"actually processed: (\d+)", done.stdout).group(1))
    return {"ops": ops, "seconds": ops / float(tps.group(1)),
            "client_cpu": after.children_user + after.children_system - before.children_user
            - before.children_system}


def pg_program(name):
    done = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True)
    folder = done.stdout.strip() if done.returncode == 0 else "/usr/lib/postgresql/15/bin"
    return os.path.join(folder, name) if os.path.exists(os.path.join(folder, name)) else name


def copy_out(conninfo, query, rows):
    """`COPY … TO STDOUT` by psql, to nowhere."""
    start = time.perf_counter()
    subprocess.run(["psql", "-XAtq", conninfo, "-c", f"COPY ({query}) TO STDOUT"], check=True,
                   stdout=subprocess.DEVNULL)
    return {"ops": rows, "seconds": time.perf_counter() - start}


def copy_in(conninfo, table, columns, data, rows):
    """`COPY … FROM STDIN` by psql."""
    start = time.perf_counter()
    with open(data) as lines:
        subprocess.run(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", conninfo, "-c",
                        f"COPY {table} ({columns}) FROM STDIN"], check=True, stdin=lines)
    return {"ops": rows, "seconds": time.perf_counter() - start}


def interleave(variants, rounds, cpu):
    """Runs every variant once a round, in an order that turns; `variants`: name -> what runs, or (what
    prepares, what runs on the result): only what runs is measured. Each outcome gets `rate` (per second) and `cpu_us` (of servers, store and client, per operation)."""
    outcomes = {name: [] for name in variants}
    names = list(variants)
    for round_number in range(rounds):
        turn = round_number % len(names)
        for name in names[turn:] + names[:turn]:
            prepare, run = variants[name] if isinstance(variants[name], tuple) else (None, variants[name])
            arguments = () if prepare is None else (prepare(),)
            before = cpu.seconds()
            took = run(*arguments)
            used = cpu.seconds() - before + took.get("client_cpu", 0)
            took["rate"] = took["ops"] / took["seconds"]
            took["cpu_us"] = used / took.get("all_ops", took["ops"]) * 1e6
            outcomes[name].append(took)
        say(f"    tour {round_number + 1}/{rounds} : " + ", ".join(
            f"{name} {outcomes[name][-1]['rate']:,.0f}/s" for name in names))
    return outcomes


def median(outcomes, key):
    values = [o[key] for o in outcomes if key in o]
    return statistics.median(values) if values else None


def paired_ratio(outcomes, limit, key="rate"):
    """Median, over the rounds, of the ratio within the round."""
    return statistics.median(o[key] / l[key] for o, l in zip(outcomes, limit))


def message(full_name, **fields):
    return pdv.message(full_name, **fields)

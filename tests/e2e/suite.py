"""The whole suite, started for a test: a private PostgreSQL (tests/with-postgres gives it), the five
binaries on free ports, stopped and cleaned up at the end. Also kills and restarts them."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

import pdv

BUILD = os.environ.get("PDV_BUILD", os.path.join(pdv.ROOT, "build"))
DATA = os.environ.get("PDV_DATA", os.path.join(os.path.dirname(pdv.ROOT), "shared", "data"))
STORES = ["contrats", "actions", "financement", "evaluation"]


def free_port():
    """A port below the ephemeral range, so that no client's own port takes it meanwhile."""
    while True:
        with socket.socket() as s:
            port = 20000 + int.from_bytes(os.urandom(2), "big") % 12000
            try:
                s.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Suite:
    def __init__(self, admin=None):
        self.admin = admin or os.environ["PDV_TEST_PG"]
        self.tag = f"e2e_{os.getpid()}_{int(time.time() * 1000) % 100000}"
        self.ports = {name: free_port() for name in STORES + ["gateway"]}
        self.logs = tempfile.mkdtemp(prefix="pdv-e2e-")
        # What pdvctl keeps from one command to the next is of this suite.
        self.environ = dict(os.environ, PDV_POSITIONS=os.path.join(self.logs, "positions"))
        self.processes = {}
        self.options = {}  # further flags of a service, by name

    def database(self, service):
        return f"{self.admin} dbname={self.tag}_{service}"

    def psql(self, service, sql):
        """One statement on a service's database, as text; tests use it to look behind the API."""
        done = subprocess.run(["psql", "-XAtq", self.database(service), "-c", sql], check=True,
                              capture_output=True, text=True)
        return done.stdout.strip()

    def start(self):
        for service in STORES:
            subprocess.run(["psql", "-Xq", f"{self.admin} dbname=postgres", "-c",
                            f"CREATE DATABASE {self.tag}_{service}"], check=True)
            subprocess.run([f"{BUILD}/{service}d", "migrate",
                            f"--database={self.database(service)}"], check=True,
                           stdout=subprocess.DEVNULL)
        for service in STORES:
            self.launch(service)
        self.launch("gateway")
        self.wait_ready()
        return self

    def peers(self, others=None):
        return ",".join(f"{s}={(others or {}).get(s, f'127.0.0.1:{self.ports[s]}')}"
                        for s in STORES)

    def launch(self, name, peers=None):
        """`peers`: other addresses for some of those that it calls."""
        command = [f"{BUILD}/{name}d", f"--listen=127.0.0.1:{self.ports[name]}",
                   f"--peers={self.peers(peers)}"]
        if name != "gateway":
            command.append(f"--database={self.database(name)}")
        command += self.options.get(name, [])
        with open(os.path.join(self.logs, f"{name}.log"), "a") as log:
            self.processes[name] = subprocess.Popen(command, stdout=log, stderr=log)

    def wait_ready(self, timeout=60):
        deadline = time.time() + timeout
        while True:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} s'est arrêté : {self.tail(name)}")
            gateway = self.gateway()
            try:
                state = gateway.gateway.GetEtat(timeout=5)
                if all(s.sert for s in state.services) and len(state.services) == len(STORES):
                    return
                last = state
            except pdv.Refus as refus:
                last = refus
            finally:
                gateway.close()
            if time.time() > deadline:
                raise RuntimeError(f"la suite ne répond pas : {last}")
            time.sleep(0.1)

    def tail(self, name):
        with open(os.path.join(self.logs, f"{name}.log"), errors="replace") as log:
            return "".join(log.readlines()[-15:])

    def gateway(self, **options):
        return pdv.Gateway(f"127.0.0.1:{self.ports['gateway']}", **options)

    def kill(self, name, signum=signal.SIGKILL):
        process = self.processes.pop(name)
        process.send_signal(signum)
        process.wait(30)

    def pdvctl(self, *arguments, check=None):
        done = subprocess.run([f"{BUILD}/pdvctl", *arguments,
                               f"--gateway=127.0.0.1:{self.ports['gateway']}"],
                              capture_output=True, text=True, stdin=subprocess.DEVNULL,
                              env=self.environ)
        if check is not None and done.returncode != check:
            raise AssertionError(f"pdvctl {arguments} -> {done.returncode}\n{done.stdout}"
                                 f"\n{done.stderr}")
        return done

    def stop(self):
        for name in list(self.processes):
            self.processes[name].send_signal(signal.SIGTERM)
        for name in list(self.processes):
            try:
                self.processes[name].wait(40)
            except subprocess.TimeoutExpired:
                self.processes[name].kill()
        for service in STORES:
            subprocess.run(["psql", "-Xq", f"{self.admin} dbname=postgres", "-c",
                            f"DROP DATABASE IF EXISTS {self.tag}_{service} WITH (FORCE)"],
                           check=False)
        shutil.rmtree(self.logs, ignore_errors=True)


class AvecAteliers(unittest.TestCase):
    """One suite for the tests of a class, which unittest runs in order of name: the references of the
    example, and an association that may ask for money. `g` is a client of its gateway."""

    @classmethod
    def setUpClass(cls):
        cls.suite = Suite().start()
        cls.suite.pdvctl("exemple", "--sans-dossier", check=0)
        cls.g = cls.suite.gateway()
        # A SIRET, and its contrat d'engagement républicain subscribed.
        cls.g.actions.CreatePorteur(porteur_id="ateliers", porteur={
            "raison_sociale": "Les Ateliers", "identification": "IDENTIFICATION_PORTEUR_SIRET",
            "siret": "77554402601284", "forme": "FORME_PORTEUR_ASSOCIATION"})
        cls.g.comme("signataire", "porteurs/ateliers").actions.SouscrireContratEngagement(
            name="porteurs/ateliers", date={"year": 2022, "month": 1, "day": 2})

    @classmethod
    def tearDownClass(cls):
        cls.g.close()
        cls.suite.stop()

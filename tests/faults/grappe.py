"""A PostgreSQL cluster of a test's own, durable, all of whose processes can be killed at once.

A power cut is more: SIGKILL leaves the pages that the kernel has not written yet, so nothing here would notice that
fsync is missing. That what is acknowledged survives a power cut rests on PostgreSQL with fsync and synchronous_commit
on, and on a disk that keeps what it says it has written; it would be proved on a device that drops unflushed
writes (dm-flakey, dm-log-writes) or a virtual machine that is switched off, with data checksums to see torn pages."""

import os
import signal
import shutil
import subprocess
import tempfile


class Grappe:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="pdv-grappe.", dir="/tmp")
        os.chmod(self.folder, 0o711)
        self._cluster("init", "max_connections = 200", "shared_buffers = 128MB")
        self._cluster("start")

    def _cluster(self, action, *arguments):
        return subprocess.run([os.environ["PDV_TEST_CLUSTER"], action, self.folder, *arguments],
                              check=True, capture_output=True, text=True).stdout.strip()

    def admin(self):
        """Connection string of its administrator."""
        return self._cluster("conninfo")

    def kill(self):
        """Every process of the cluster dies at once; what PostgreSQL had not handed to the kernel is lost."""
        with open(os.path.join(self.folder, "data", "postmaster.pid"), encoding="ascii") as file:
            postmaster = int(file.readline())
        os.kill(postmaster, signal.SIGSTOP)  # starts nothing while its children die
        for pid in [postmaster, *children(postmaster)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass

    def restart(self):
        self._cluster("start")

    def remove(self):
        subprocess.run([os.environ["PDV_TEST_CLUSTER"], "stop", self.folder, "immediate"],
                       check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def children(parent):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
                if int(file.read().rsplit(")", 1)[1].split()[1]) == parent:
                    yield int(pid)
        except OSError:
            pass  # it ended meanwhile

"""``labqvt serve`` in processes of its own, measured from outside: CPU, memory, and what a kill leaves."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_TICKS: Final = os.sysconf("SC_CLK_TCK")
_READY: Final = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Servers:
    """The production server on loopback, its workers, and how to end them well or badly."""

    def __init__(self, environment: dict[str, str], *, workers: int = 2, log: Path | None = None) -> None:
        self.port = free_port()
        self._environment = environment
        self._workers = workers
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        words = ["serve", "--port", str(self.port), "--workers", str(self._workers)]
        with (self._log or Path(os.devnull)).open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "labqvt.cli", *words],
                env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _READY
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                line.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
                if b" 200 " in line.recv(64):
                    return
            time.sleep(0.05)
        raise RuntimeError(f"le serveur n’a pas démarré ; son journal : {self._log}")

    def kill(self) -> None:
        """End every process of the server at once, as a power cut would: nothing is closed, nothing is said."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(12)
            except subprocess.TimeoutExpired:
                self.kill()
            self._process = None

    def pids(self) -> list[int]:
        """The processes that answer: the workers, or the only one."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        return [int(child) for child in children] or [self._process.pid]

    def cpu_seconds(self) -> float:
        return sum(_cpu_seconds(pid) for pid in self.pids())

    def memory_mb(self, *, peak: bool = False) -> float:
        return sum(_memory_mb(pid, "VmHWM" if peak else "VmRSS") for pid in self.pids())


def _cpu_seconds(pid: int) -> float:
    # After the name, which may hold spaces: utime and stime are the 14th and 15th fields.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory_mb(pid: int, name: str) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024

"""The children of ``labqvt demo``: started together, ended together, within ten seconds of being asked."""

import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Final

_PATIENCE: Final = 9.0
_TICK: Final = 0.1


class Supervision:
    """A few ``labqvt`` commands running as children; when one ends, all end."""

    def __init__(self) -> None:
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._asked_to_stop = False
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)

    def start(self, name: str, *words: str) -> None:
        self._children[name] = subprocess.Popen(
            [sys.executable, "-m", "labqvt.cli", *words], stdin=subprocess.DEVNULL
        )

    def wait_for_port(self, host: str, port: int, *, seconds: float) -> bool:
        """Wait until something listens there; False when a child ended, or we were asked to stop, before."""
        reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - where it listens, not where we do
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not self._asked_to_stop and self._ended() is None:
            try:
                with socket.create_connection((reached, port), timeout=1):
                    return True
            except OSError:
                time.sleep(_TICK)
        return False

    def watch(self) -> int:
        """Wait for the end, end everybody; return 0 when it was asked for, else the first to end's code."""
        while not self._asked_to_stop and self._ended() is None:
            time.sleep(_TICK)
        ended = self._ended()
        self._end_all()
        if self._asked_to_stop or ended is None:
            return max(abs(child.wait()) for child in self._children.values())
        name, code = ended
        print(f"labqvt demo : {name} : arrêt inattendu (code {code}).", file=sys.stderr)
        return code if code > 0 else 3

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True

    def _ended(self) -> tuple[str, int] | None:
        codes = ((name, child.poll()) for name, child in self._children.items())
        return next(((name, code) for name, code in codes if code is not None), None)

    def _end_all(self) -> None:
        for child in self._children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + _PATIENCE
        for child in self._children.values():
            try:
                child.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

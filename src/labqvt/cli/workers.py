"""Several processes answering on one address: started together, one that dies is replaced, all end together."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

_PATIENCE: Final = 9.0
# A worker that dies as soon as it is born would otherwise be replaced as fast as the machine can.
_BREATH: Final = 1.0


def run_together(count: int, work: Callable[[], int]) -> int:
    """Run ``work`` in ``count`` children, forked before anything is loaded; return once all have ended."""
    alive: set[int] = set()
    stopping = False
    # Held open by this process alone: its end, even by SIGKILL, is read by the workers, which end too.
    lifeline, held = os.pipe()

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        for pid in alive:
            os.kill(pid, signal.SIGTERM)

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    alive |= {_born(work, lifeline, held) for _ in range(count)}
    while alive and not stopping:
        pid, status = os.wait()
        alive.discard(pid)
        if not stopping:
            code = os.waitstatus_to_exitcode(status)
            print(
                f"labqvt serve : un processus s’est arrêté (code {code}), il est remplacé.", file=sys.stderr
            )
            time.sleep(_BREATH)
            alive.add(_born(work, lifeline, held))
    return _ended(alive)


def _born(work: Callable[[], int], lifeline: int, held: int) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.close(held)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, args=(lifeline,), daemon=True).start()
    code = 3
    try:
        code = work()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _end_with_parent(lifeline: int) -> None:
    os.read(lifeline, 1)  # nothing is ever written: it returns when the parent is gone
    os.kill(os.getpid(), signal.SIGTERM)


def _ended(alive: set[int]) -> int:
    """Wait for the workers asked to stop; cut those that do not."""
    for pid in alive:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _PATIENCE
    while alive and time.monotonic() < deadline:
        pid, _status = os.waitpid(-1, os.WNOHANG)
        alive.discard(pid)
        time.sleep(0.02)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    return 0

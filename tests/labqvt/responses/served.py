"""An installation of its own, served by the production server, with a collection open in it.

Its database is read from outside, as a thief with the disk does: by the engine's own client, never by our code.
"""

import base64
import json
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from labqvt.bench.intake.collection import Collection
from labqvt.cli import instance
from labqvt.responses import envelope

SECRET_KEY = "only-for-tests"  # the one of instance.bare_environment


@dataclass(frozen=True)
class Installation:
    """Where it is, what is open in it, and how to read its disk."""

    var: Path
    environment: dict[str, str]
    collection: Collection
    url: str = ""

    def select(self, statement: str) -> list[tuple[Any, ...]]:
        if self.url:
            with psycopg.connect(self.url) as thief:
                return thief.execute(statement).fetchall()
        with closing(sqlite3.connect(self.var / "labqvt.sqlite3")) as thief:
            return thief.execute(statement).fetchall()

    def opened_sheets(self) -> list[dict[str, Any]]:
        """Every sheet, in the order of the disk, opened with the campaign's key."""
        key = base64.b64decode(json.loads(Path(self.collection.key_file).read_text())["private_key"])
        order = "ctid" if self.url else "rowid"
        rows = self.select(f"SELECT ciphertext FROM responses_sealedsheet ORDER BY {order}")
        return [envelope.unseal(key, bytes(row[0])) for row in rows]


@contextmanager
def installed(folder: Path, *, codes: int, pages: int = 1, engine: str = "sqlite") -> Iterator[Installation]:
    """Install, open a collection of this many codes. PostgreSQL: a database of its own on the tests' cluster."""
    var, name = folder / "var", f"served_{secrets.token_hex(4)}"
    environment, url = instance.bare_environment(var), ""
    var.mkdir()
    if engine == "postgresql":
        settings = connection.settings_dict
        host = settings["OPTIONS"].get("host") or settings["HOST"]
        url = f"postgresql://{settings['USER']}@/{name}?host={host}"
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        environment |= {"LABQVT_DATABASE_URL": url}
    environment |= {"PYTHONPATH": ":".join(sys.path)}
    try:
        prepared = folder / "collection.json"
        words = ["--codes", str(codes), "--pages", str(pages), "--out", str(prepared)]
        subprocess.run(
            [sys.executable, "-m", "labqvt.bench.intake.collection", *words], env=environment, check=True
        )
        yield Installation(var, environment, Collection(**json.loads(prepared.read_text())), url)
    finally:
        if url:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

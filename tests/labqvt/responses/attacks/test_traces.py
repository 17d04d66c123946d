"""The hour at which each person answered, looked for in all that the server leaves: log, sessions, rows, files.

Someone who was at the copier at 10:42 wants to know who sat at the computer of the break room. The production
server runs as it is, then with what other tools leave on (``naive_settings``).
"""

import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from labqvt.bench.intake.people import Person, answers_of
from labqvt.bench.intake.servers import Servers
from tests.labqvt.responses.served import SECRET_KEY, Installation, installed

PEOPLE = 6
APART = 0.4  # seconds between two people
NEAR = 0.25
_NAIVE = "tests.labqvt.responses.attacks.naive_settings"


@pytest.fixture(autouse=True)
def _same_secret(settings):
    settings.SECRET_KEY = SECRET_KEY


@dataclass(frozen=True)
class Left:
    """What a thief finds afterwards, and when people really sent."""

    sent: list[float]
    in_log: list[float]
    in_rows: list[float]
    in_files: list[float]
    sessions: int
    log: str

    def told(self, found: list[float]) -> int:
        """How many people’s hour is among what was found."""
        return sum(any(abs(hour - sent) < NEAR for hour in found) for sent in self.sent)


def collected(tmp_path: Path, settings_module: str = "") -> Left:
    log = tmp_path / "server.log"
    with installed(tmp_path, codes=12, pages=1) as here:
        environment = here.environment | (
            {"DJANGO_SETTINGS_MODULE": settings_module} if settings_module else {}
        )
        rows_before = set(dated_rows(here))
        files_before = set(here.var.rglob("*"))
        sent = []
        with Servers(environment, workers=1, log=log) as servers:
            for code in here.collection.codes[:PEOPLE]:
                phone = Person(servers.port, 1)
                state = phone.fill(code, answers_of(1, code))
                sent.append(time.time())
                assert phone.send(state) == 200
                phone.hang_up()
                time.sleep(APART)
            files = {path: path.stat() for path in here.var.rglob("*") if path.is_file()}
        return Left(
            sent=sent,
            in_log=[float(hour) for hour in re.findall(r"\b\d{10}\.\d+\b", log.read_text())],
            in_rows=[hour for row in dated_rows(here) if row not in rows_before for hour in hours_in(row)],
            in_files=[status.st_mtime for path, status in files.items() if path not in files_before],
            sessions=here.select("SELECT count(*) FROM django_session")[0][0],
            log=log.read_text(),
        )  # fmt: skip


def dated_rows(here: Installation) -> list[tuple[object, ...]]:
    """Every row of every table that holds something like a date."""
    found = []
    with closing(sqlite3.connect(here.var / "labqvt.sqlite3")) as thief:
        tables = [name for (name,) in thief.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = thief.execute(f'SELECT * FROM "{table}"')
            found += [(table, *row) for row in rows if hours_in(row)]
    return found


def hours_in(row: tuple[object, ...]) -> list[float]:
    hours = []
    for value in row:
        for written in re.findall(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?", str(value)):
            hour = datetime.fromisoformat(f"{written}+00:00").timestamp()
            # A session says when it ends, which tells when it was written.
            hours += [hour, hour - settings.SESSION_COOKIE_AGE]
    return hours


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_naive_server_tells_when_each_person_answered(tmp_path):
    left = collected(tmp_path, _NAIVE)
    assert left.told(left.in_log) == PEOPLE
    assert left.told(left.in_rows) == PEOPLE
    assert left.told(left.in_files) == PEOPLE
    assert left.sessions >= PEOPLE


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_ours_tells_nothing(tmp_path):
    left = collected(tmp_path)
    assert left.log == ""
    assert left.in_rows == []
    assert left.sessions == 0
    # The files of the database are renewed by every write, of whoever: they tell the first since the start, and the last.
    assert left.told(left.in_files) <= 2

"""``labqvt bench intake``: an answer of 44 fields, from the code to the receipt, on the production server.

CPU seconds are those of the server's processes only, read from the system. The machine may be busy elsewhere: each
figure comes with that of an empty page (``/healthz``) served in the same run, and from the least disturbed batch.
"""

import json
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

from labqvt.bench.intake.collection import FIELDS, Collection
from labqvt.bench.intake.people import Person, answers_of
from labqvt.bench.intake.servers import Servers

WORKERS: Final = 2
TARGETS: Final = {8: 0.020, 1: 0.006}  # CPU seconds of one complete answer
BATCHES: Final = 5
BATCH: Final = 40
CROWD: Final = 200
THINK: Final = 1.0  # seconds between two pages, at most: people hurried beyond belief
SILENT: Final = 40
_EMPTY_PAGES: Final = 200
_A_MINUTE: Final = 600
Say = Callable[[str], None]
Json = dict[str, Any]


def measure_intake(
    folder: Path, environments: dict[str, dict[str, str]], say: Say, *, minutes: int = 0
) -> Json:
    """Measure on each engine given; ``minutes`` of steady answering also tell whether memory grows."""
    report: Json = {
        "bench": "intake",
        "size": {"fields": FIELDS, "workers": WORKERS, "answers": BATCH * BATCHES, "at_once": CROWD},
    }
    for engine, environment in environments.items():
        report[engine] = _measure(folder / engine, environment, say, minutes=minutes)
    return report


def _measure(folder: Path, environment: dict[str, str], say: Say, *, minutes: int) -> Json:
    folder.mkdir()
    found: Json = {}
    for pages in TARGETS:
        say(f"une réponse de {FIELDS} champs sur {pages} page(s)")
        collection = _prepared(folder, environment, codes=BATCH * (BATCHES + 1), pages=pages)
        with Servers(environment, workers=WORKERS, log=folder / "server.log") as servers:
            found[f"pages_{pages}"] = _one_by_one(servers, collection)
    say("la même, dans une campagne de deux cents codes battus à chaque envoi")
    with Servers(environment, workers=WORKERS, log=folder / "server.log") as servers:
        found["shuffled_200"] = _one_by_one(
            servers, _prepared(folder, environment, codes=200, pages=8), batches=4
        )
    say(f"{CROWD} personnes à la fois, puis {SILENT} requêtes à moitié envoyées")
    collection = _prepared(folder, environment, codes=2 * CROWD, pages=8)
    with Servers(environment, workers=WORKERS, log=folder / "server.log") as servers:
        found["crowd"] = _crowd(servers, collection, collection.codes[:CROWD])
        with _half_sent(servers.port, SILENT):
            found["half_sent"] = {"requests": SILENT} | _crowd(
                servers, collection, collection.codes[CROWD : CROWD + 20]
            )
    if minutes:
        say(f"{minutes} minutes de réponses : la mémoire reste-t-elle la même ?")
        found["memory"] = _steady(folder, environment, minutes)
    return found


def _prepared(folder: Path, environment: dict[str, str], *, codes: int, pages: int) -> Collection:
    Path(environment["LABQVT_VAR_DIR"]).mkdir(mode=0o700, exist_ok=True)
    out = folder / "collection.json"
    words = ["--codes", str(codes), "--pages", str(pages), "--out", str(out)]
    command = [sys.executable, "-m", "labqvt.bench.intake.collection", *words]
    subprocess.run(command, env=environment, check=True)
    return Collection(**json.loads(out.read_text(encoding="utf-8")))


def _one_by_one(servers: Servers, collection: Collection, *, batches: int = BATCHES) -> Json:
    """CPU of one answer, people one after the other; the first batch fills what is read once a process."""
    size = len(collection.codes) // (batches + 1)
    costs, seconds, requests = [], [], 0
    for rank in range(batches + 1):
        codes = collection.codes[rank * size : (rank + 1) * size]
        cpu, wall = servers.cpu_seconds(), time.perf_counter()
        for code in codes:
            phone = Person(servers.port, collection.pages)
            _expect(200, phone.answer(code, answers_of(collection.pages, code)))
            requests = len(phone.times)
        if rank:
            costs.append((servers.cpu_seconds() - cpu) / len(codes))
            seconds.append((time.perf_counter() - wall) / len(codes))
    reference = _empty_page(servers)
    target = TARGETS[collection.pages]
    return {
        "requests": requests,
        "seconds": round(min(seconds), 4),
        "cpu_seconds": round(min(costs), 4),
        "cpu_seconds_median": round(statistics.median(costs), 4),
        "target_cpu_seconds": target,
        "within_target": min(costs) <= target,
        "reference": {"name": "healthz", "cpu_seconds": round(reference, 6)},
        "ratio": round(min(costs) / reference, 1),
        "peak_memory_mb": round(servers.memory_mb(peak=True)),
    }


def _empty_page(servers: Servers) -> float:
    """CPU of one page that does nothing, on the same server at the same moment."""
    costs = []
    for _ in range(3):
        phone = Person(servers.port, 1)
        cpu = servers.cpu_seconds()
        for _page in range(_EMPTY_PAGES):
            phone.look("/healthz")
        costs.append((servers.cpu_seconds() - cpu) / _EMPTY_PAGES)
        phone.hang_up()
    return max(min(costs), 1e-5)  # a tick of the system's clock is a hundredth of a second


def _crowd(servers: Servers, collection: Collection, codes: list[str]) -> Json:
    """Everybody at once, each thinking between two pages as long as they like within a second."""
    chance = random.Random(len(codes))  # noqa: S311 - people of a measure
    phones = [
        Person(servers.port, collection.pages, timeout=60, think=lambda: chance.uniform(0, THINK))
        for _ in codes
    ]
    failed: list[str] = []

    def live(phone: Person, code: str) -> None:
        try:
            _expect(200, phone.answer(code, answers_of(collection.pages, code)))
        except Exception as error:  # noqa: BLE001 - whatever happens to one person is part of the measure
            failed.append(f"{type(error).__name__}: {error}")

    cpu, begun = servers.cpu_seconds(), time.perf_counter()
    people = [threading.Thread(target=live, args=pair) for pair in zip(phones, codes, strict=True)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    seconds = time.perf_counter() - begun
    times = sorted(page for phone in phones for page in phone.times)
    cuts = statistics.quantiles(times, n=100)
    return {
        "at_once": len(codes),
        "pages": len(times),
        "failed": failed,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(servers.cpu_seconds() - cpu, 2),
        "p50": round(cuts[49], 4),
        "p95": round(cuts[94], 4),
        "p99": round(cuts[98], 4),
        "peak_memory_mb": round(servers.memory_mb(peak=True)),
    }


@contextmanager
def _half_sent(port: int, count: int) -> Iterator[None]:
    """So many people whose phone stopped in the middle of a request, and stays there."""
    lines = []
    try:
        for rank in range(count):
            line = socket.create_connection(("127.0.0.1", port), timeout=5)
            line.sendall(
                b"POST /r/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n"
                + (b"\r\ncode=" if rank % 2 else b"")
            )
            lines.append(line)
        yield
    finally:
        for line in lines:
            line.close()


def _steady(folder: Path, environment: dict[str, str], minutes: int) -> Json:
    """Memory of the workers at the end of each minute of steady answering, ten answers a second at most."""
    collection = _prepared(folder, environment, codes=_A_MINUTE * minutes, pages=8)
    codes = iter(collection.codes)
    readings = []
    with Servers(environment, workers=WORKERS, log=folder / "server.log") as servers:
        for _minute in range(minutes):
            begun = time.monotonic()
            for rank, code in enumerate(islice(codes, _A_MINUTE)):
                time.sleep(max(0.0, begun + rank * 60 / _A_MINUTE - time.monotonic()))
                phone = Person(servers.port, collection.pages)
                _expect(200, phone.answer(code, answers_of(collection.pages, code)))
            readings.append(round(servers.memory_mb(), 1))
    return {
        "minutes": minutes,
        "answers": len(collection.codes),
        "mb_each_minute": readings,
        # The first minute fills what is read once a process.
        "growth_mb": round(readings[-1] - readings[min(1, len(readings) - 1)], 1),
    }


def _expect(wanted: int, status: int) -> None:
    if status != wanted:
        raise RuntimeError(f"réponse {status} du serveur, {wanted} attendu")


@contextmanager
def postgresql_of_its_own(url: str, name: str) -> Iterator[str]:
    """A database for the measure on a given server, gone afterwards."""
    import psycopg

    with closing(psycopg.connect(url, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield url.replace("/postgres?", f"/{name}?")
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

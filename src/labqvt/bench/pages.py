"""Server time of every page of the access table, on the demonstration's data, for one role that may read it."""

import resource
import statistics
import time
from dataclasses import asdict, dataclass
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labqvt.bench.access import mailbox_of, rows
from labqvt.bench.addresses import arguments_of
from labqvt.people.models import Account

ROUNDS = 15
REFERENCE = "healthz"


@dataclass(frozen=True, slots=True)
class PageCost:
    """Seconds of one page: median and worst of the rounds, CPU, queries, bytes, ratio to the emptiest page."""

    url: str
    role: str
    seconds: float
    worst: float
    cpu_seconds: float
    queries: int
    bytes: int
    ratio: float


def measure_pages() -> dict[str, Any]:
    """Measure each page as the first role of the table that gets it."""
    reference = _cost(_client(None), reverse(REFERENCE), REFERENCE, "visitor", 1.0)
    pages = []
    for row in rows():
        role = next((role for role, status in row.expected.items() if status == 200), None)
        if row.method == "GET" and role and row.url != REFERENCE:
            url = reverse(row.url, kwargs=arguments_of(row.url))
            pages.append(_cost(_client(mailbox_of(role, row.url)), url, row.url, role, reference.seconds))
    pages.sort(key=lambda page: -page.seconds)
    return {
        "bench": "pages",
        "rounds": ROUNDS,
        "size": {"pages": len(pages)},
        "reference": {"url": REFERENCE, "seconds": reference.seconds},
        "median_seconds": statistics.median(page.seconds for page in pages),
        "worst_median_seconds": pages[0].seconds,
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "pages": [asdict(page) for page in pages],
    }


def _client(mailbox: str | None) -> Client:
    client = Client(SERVER_NAME="localhost")
    if mailbox:
        client.force_login(Account.objects.get(email=f"{mailbox}@labqvt.invalid"))
    return client


def _cost(client: Client, url: str, name: str, role: str, reference: float) -> PageCost:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
        count = len(queries)  # now: the next request empties the log
    body = b"".join(response.streaming_content) if response.streaming else response.content
    walls, cpus = [], []
    for _ in range(ROUNDS):
        wall, cpu = time.perf_counter(), time.process_time()
        client.get(url)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    seconds = statistics.median(walls)
    return PageCost(
        url=name, role=role, seconds=round(seconds, 5), worst=round(max(walls), 5),
        cpu_seconds=round(statistics.median(cpus), 5), queries=count, bytes=len(body),
        ratio=round(seconds / reference, 1),
    )  # fmt: skip

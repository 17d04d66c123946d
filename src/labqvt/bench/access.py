"""Read the table role × URL × method, kept beside each room's urls.py in ``access.csv``."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

PACKAGE: Final = Path(__file__).resolve().parent.parent
# Role in the table → mailbox of the demonstration. ``stranger`` is the director of another structure.
MAILBOXES: Final = {
    "visitor": None, "director": "direction", "employee": "binome", "stranger": "direction.grande",
    "consultant": "consultante", "partner": "partenaire", "regional": "region", "national": "national",
    "administrator": "admin",
}  # fmt: skip

# The open campaign and the texts being read belong to other structures than the finished one: their rows are
# walked with their own pairs.
_ELSEWHERE: Final = {
    "campaigns": {"director": "direction.passerelle", "employee": "binome.passerelle"},
    "keying": {"director": "direction.passerelle", "employee": "binome.passerelle"},
    "verbatims": {"director": "direction.fournil", "employee": "binome.fournil"},
}


def mailbox_of(role: str, url: str) -> str | None:
    """Who plays a role at an address; nobody for the visitor."""
    elsewhere = _ELSEWHERE.get(url.partition(":")[0], {})
    return elsewhere.get(role, MAILBOXES[role])


@dataclass(frozen=True, slots=True)
class Row:
    """One address, one method, and the status each role must get."""

    url: str
    method: str
    expected: dict[str, int]


def rows() -> list[Row]:
    return [
        Row(line["url"], line["method"], {role: int(line[role]) for role in MAILBOXES})
        for path in sorted(PACKAGE.glob("*/**/access.csv"))
        for line in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]


def url_names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every named address of the site, with its namespace."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from url_names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"

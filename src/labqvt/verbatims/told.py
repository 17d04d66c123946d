"""What a diagnosis says of free texts, as plain values: it is also written without a database."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """What the diagnosis says of free texts: extracts, or that some may still come, or that none will."""

    questions: tuple[dict[str, Any], ...] = ()
    published_on: date | None = None
    awaited_until: date | None = None

"""What a format has no place for: a JSON object of ours beside what it completes, that other tools ignore."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Told = dict[str, Any]


def told_by_json(written: str, shapes: Mapping[str, type]) -> Told | None:
    """Return the object; None when a hand or a tool damaged it: no JSON, or a key that is not of its shape."""
    try:
        told = json.loads(written)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(told, dict) and all(
        isinstance(told.get(name, shape()), shape) for name, shape in shapes.items()
    )
    return told if sound else None


def as_json(told: Told) -> str:
    """Write an object in the least room."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

"""Real files kept beside the project; tests that need them skip loudly when they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "../shared/data"


def shared(name: str) -> Path:
    """Return one of the real files, or skip the test with its name."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"real file absent: ../shared/data/{name}")
    return path

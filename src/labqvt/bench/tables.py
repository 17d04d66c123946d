"""Counting: all 60 × 8 tables, a filtered diagnosis and covariances, at three sizes, beside two references.

The references, in the same run: reading the bytes of the same columns once, and DuckDB counting one table a query
from a table it holds in memory (absent where DuckDB is not installed).
"""

import resource
import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from labqvt_stats.aggregation import Coded, PackedAggregator, Snapshot

SIZES: Final = (10_000, 100_000, 1_000_000)
QUESTIONS: Final = 60
ATTRIBUTES: Final = (13, 16, 5, 3, 5, 2, 4)  # and one of up to 2,000 structures
TARGET_TABLES, TARGET_FILTERED = 0.5, 0.060
_SCORES: Final = (0.0, 25.0, 50.0, 75.0, 100.0)
_TABLES_A_QUERY: Final = 480


def measure_tables(step: Callable[[str], None]) -> dict[str, Any]:
    """Seconds, best of some rounds, with the ratios of each size."""
    report: dict[str, Any] = {
        "target_seconds": {"tables": TARGET_TABLES, "filtered": TARGET_FILTERED}, "sizes": {},
    }  # fmt: skip
    for n in SIZES:
        step(f"{n} réponses")
        report["sizes"][str(n)] = _measured(_snapshot(n))
    report["growth"] = _growth(report["sizes"])
    return report


def _snapshot(n: int) -> Snapshot:
    """As the field page draws it: 60 questions of five codes, some skipped, eight attributes."""
    draw = np.random.default_rng(n)
    questions = {f"q{q}": Coded(draw.integers(-1, 5, n, dtype=np.int8), 5, _SCORES) for q in range(QUESTIONS)}
    structures = min(2_000, n // 50)
    attributes = {
        f"a{rank}": Coded(draw.integers(0, size, n).astype(np.int16), size)
        for rank, size in enumerate((structures, *ATTRIBUTES))
    }
    return Snapshot(questions, attributes)


def _measured(snapshot: Snapshot) -> dict[str, Any]:
    counting = PackedAggregator(snapshot)
    everything = list(snapshot.attributes)
    where = {"a1": 3, "a6": 1}
    before = _peak()
    found: dict[str, Any] = {
        "tables": _best(lambda: counting.counts(everything)),
        "filtered": _best(lambda: counting.counts(["a3"], where=where)),
        "products": _best(counting.products),
    }
    found["added_peak_mb"] = round(_peak() - before, 1)
    columns = [*snapshot.questions.values(), *snapshot.attributes.values()]
    found["reading"] = _best(lambda: [int(column.codes.sum()) for column in columns])
    found["ratio_to_reading"] = round(found["tables"] / found["reading"], 1)
    if (engine := _duckdb(snapshot)) is not None:
        found["duckdb"] = engine
        found["ratio_to_duckdb"] = round(found["tables"] / engine, 2)
    return found


def _best(act: Callable[[], object], rounds: int = 3) -> float:
    """The best round, or the only one when it lasts: other programs only ever add time."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
        if seconds[-1] > 5:
            break
    return min(seconds)


def _duckdb(snapshot: Snapshot) -> float | None:
    """One query of 480 tables, on a table in its memory, with as many threads as ours."""
    try:
        import duckdb  # noqa: PLC0415 — of the extra « ibis »
        import polars as pl  # noqa: PLC0415 — slow to load
    except ImportError:
        return None
    columns = {**snapshot.questions, **snapshot.attributes}
    frame = pl.DataFrame({name: column.codes for name, column in columns.items()})
    connection = duckdb.connect(config={"threads": 2})
    connection.register("frame", frame.to_arrow())
    connection.execute("create table answers as select * from frame")
    queries = [
        f"select '{a}' a, '{q}' q, {a} g, {q} c, count(*) n from answers group by {a}, {q}"  # noqa: S608 — our own names
        for a in snapshot.attributes
        for q in snapshot.questions
    ]
    assert len(queries) == _TABLES_A_QUERY
    return _best(lambda: connection.execute(" union all ".join(queries)).fetchall())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _growth(sizes: dict[str, Any]) -> dict[str, float]:
    """Times longer for ten times more people, between the two largest sizes."""
    medium, large = (sizes[str(n)] for n in SIZES[1:])
    return {name: round(large[name] / medium[name], 1) for name in ("tables", "filtered", "products")}

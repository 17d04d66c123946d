"""Closing: what the two programs that must agree cost, for one structure of a hundred people, then for a network.

Six scales of four items and three questions about people, drawn as in ``utility``. The reference, in the same run,
is drawing the displays themselves: what closing would cost if nobody had to be protected.
"""

import os
import resource
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from labqvt.bench.simulated import people, shape_of
from labqvt_stats import Answers, Column, Protection
from labqvt_stats.audit import audit_release
from labqvt_stats.cores import mapped
from labqvt_stats.publication import drafted, protect
from labqvt_stats.release_cases import ReleasedGroup
from labqvt_stats.verifier import verify

PEOPLE: Final = 100
NETWORK, NETWORK_QUICK = 500, 40
TARGETS: Final = {"outsider": 10.0, "insiders": 120.0, "network_outsider": 900.0}
_SHAPE: Final = shape_of(scales=6)


def structure(n: int, seed: int) -> tuple[Answers, list[Column]]:
    """n answers and what their people are."""
    return people(_SHAPE, n, np.random.default_rng([n, seed]))


def measure_closing(step: Callable[[str], None], *, long: bool) -> dict[str, Any]:
    """Seconds by the clock, and of processors for what is shared between them; megabytes at the peak."""
    workers = os.cpu_count() or 1
    answers, columns = structure(PEOPLE, 0)
    report: dict[str, Any] = {"target_seconds": TARGETS, "people": PEOPLE, "workers": workers}
    step("les affichages seuls")
    report["displays"], draft = _timed(partial(_draft, answers, columns))
    step("quelqu’un du dehors")
    report["outsider"], safe = _timed(partial(_safe_outside, answers, draft))
    report["outsider_safe"] = safe
    step("chaque personne qui a répondu")
    report["insiders"], shown = _timed(partial(protect, answers, columns, workers=workers))
    report["shown"], report["groups"] = (
        shown["structures"][0]["shown"], len(shown["structures"][0]["groups"]),
    )  # fmt: skip
    step("le vérificateur indépendant")
    report["verifier"], verdicts = _timed(partial(verify, shown))
    report["verifier_found"] = sum(len(verdict.exposed) for verdict in verdicts)
    report["network"] = _network(step, NETWORK if long else NETWORK_QUICK, workers)
    report["ratio"] = round(report["insiders"]["seconds"] / report["displays"]["seconds"])
    report["peak_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return report


def _network(step: Callable[[str], None], structures: int, workers: int) -> dict[str, Any]:
    """Outsider alone, structures of 5 to 100 people shared between processes."""
    sizes = [5 + (rank * 37) % 96 for rank in range(structures)]
    step(f"un réseau de {structures} structures, du dehors")
    found, shown = _timed(lambda: list(mapped(_outsider_of, list(enumerate(sizes)), workers)))
    found |= {
        "structures": structures,
        "safe": sum(shown),
        "for_500": found["seconds"] * NETWORK / structures,
    }
    return found


def _outsider_of(drawn: tuple[int, int]) -> bool:
    seed, n = drawn
    answers, columns = structure(n, seed)
    return n >= Protection().threshold and _safe_outside(answers, _draft(answers, columns))


def _draft(answers: Answers, columns: list[Column]) -> list[ReleasedGroup]:
    _plan, groups = drafted(answers, columns, np.arange(answers.n), Protection())
    return [group.released for group in groups]


def _safe_outside(answers: Answers, draft: list[ReleasedGroup]) -> bool:
    return audit_release(answers.instrument, draft, Protection().threshold, insiders=False).safe


def _timed(act: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    start, cpu = time.perf_counter(), _cpu()
    result = act()
    return {
        "seconds": round(time.perf_counter() - start, 3), "cpu_seconds": round(_cpu() - cpu, 3),
    }, result  # fmt: skip


def _cpu() -> float:
    """Of this process and of those it waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )

"""What stays visible once protected: structures simulated by size, planned, then passed through the gate.

Recipe: headcount uniform in its class; each person answers with probability 0.68; 68 % women, 15 % in management,
four ages (20, 35, 25, 20 %); one scale of four items on five codes, each person around a mood of their own, 2 % of
items skipped. Seeds are fixed: the same numbers come back.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from labqvt.bench.simulated import CATEGORIES, people, shape_of
from labqvt_stats import Answers, Column, Protection
from labqvt_stats.planner import plan_groups
from labqvt_stats.publication import protect

SIZES: Final = {"5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-100": (50, 100)}
THRESHOLDS: Final = (6, 8, 10)
STRUCTURES: Final = 60
# With comparisons, the gate takes up to minutes a structure: see ``closing``.
_GATED: Final = ("5-9", "10-19")
_ANSWER: Final = 0.68
_SHAPE: Final = shape_of(scales=1)


def simulated(size: str, seed: int) -> tuple[Answers, list[Column]]:
    """Answers of one structure of this size class, and what its people are, most important first."""
    draw = np.random.default_rng([list(SIZES).index(size), seed])
    least, most = SIZES[size]
    n = int((draw.random(int(draw.integers(least, most + 1))) < _ANSWER).sum())
    return people(_SHAPE, n, draw, mood=draw.normal(0, 0.4))


def measure_utility(step: Callable[[str], None]) -> dict[str, Any]:
    """Shares, by size class and threshold, of structures shown, of variables and of categories (0 to 1)."""
    report: dict[str, Any] = {"structures": STRUCTURES, "classes": {}}
    for size in SIZES:
        step(f"structures de {size} personnes")
        drawn = [simulated(size, seed) for seed in range(STRUCTURES)]
        report["classes"][size] = {
            **{f"threshold_{threshold}": _planned(drawn, threshold) for threshold in THRESHOLDS},
            **({"after_the_gate": _gated(size)} if size in _GATED else {}),
        }
    return report


def _planned(drawn: list[tuple[Answers, list[Column]]], threshold: int) -> dict[str, float]:
    """What the plan alone lets through: sizes and memberships, never answers."""
    protection = Protection(others=threshold - 1)
    totals = variables = categories = 0
    for answers, columns in drawn:
        if answers.n < threshold:
            continue
        totals += 1
        plan = plan_groups(columns, answers.n, protection)
        variables += len(plan.shown)
        categories += sum(len(variable.labels) for variable in plan.shown)
    return {
        "shown": totals / len(drawn),
        "variables": variables / len(drawn) / 3,
        "categories": categories / len(drawn) / CATEGORIES,
    }


def _gated(size: str) -> float:
    """Share that appears in the end: no displays from which an outsider or an insider could tell anything."""
    shown = [protect(*simulated(size, seed))["structures"][0]["shown"] for seed in range(STRUCTURES)]
    return sum(shown) / len(shown)

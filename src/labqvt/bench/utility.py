"""What stays visible once protected: structures simulated by size, planned, then passed through the gate.

Recipe: headcount uniform in its class; each person answers with probability 0.68; 68 % women, 15 % in management,
four ages (20, 35, 25, 20 %); one scale of four items on five codes, each person around a mood of their own, 2 % of
items skipped. Seeds are fixed: the same numbers come back.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from labqvt_stats import Answers, Column, Instrument, Item, Protection, Scale
from labqvt_stats.planner import plan_groups
from labqvt_stats.publication import protect

SIZES: Final = {"5-9": (5, 9), "10-19": (10, 19), "20-49": (20, 49), "50-100": (50, 100)}
THRESHOLDS: Final = (6, 8, 10)
STRUCTURES: Final = 60
# With comparisons, the gate takes up to minutes a structure: see ``closing``.
_GATED: Final = ("5-9", "10-19")
_ANSWER, _SKIP = 0.68, 0.02
_AGES: Final = ("-30", "30-44", "45-54", "55+")
_CATEGORIES: Final = 2 + 2 + len(_AGES)
_SHAPE: Final = Instrument(
    tuple(Item(f"i{i}", "", tuple("12345"), (1.0, 2.0, 3.0, 4.0, 5.0), scale="s") for i in range(4)),
    (Scale("s", "", tuple(f"i{i}" for i in range(4))),),
)


def simulated(size: str, seed: int) -> tuple[Answers, list[Column]]:
    """Answers of one structure of this size class, and what its people are, most important first."""
    draw = np.random.default_rng([list(SIZES).index(size), seed])
    least, most = SIZES[size]
    n = int((draw.random(int(draw.integers(least, most + 1))) < _ANSWER).sum())
    moods = draw.normal(draw.normal(0, 0.4), 0.7, n)
    codes = np.array(
        [np.digitize(moods + draw.normal(0, 0.8, n), [-1.2, -0.4, 0.3, 1.1]) for _ in _SHAPE.items]
    ).T.reshape(n, len(_SHAPE.items))
    codes[draw.random(codes.shape) < _SKIP] = -1
    columns = [
        Column("management", [str(v) for v in draw.choice(["oui", "non"], n, p=[0.15, 0.85])]),
        Column("gender", [str(v) for v in draw.choice(["f", "m"], n, p=[0.68, 0.32])]),
        Column("age", [str(v) for v in draw.choice(_AGES, n, p=[0.2, 0.35, 0.25, 0.2])], _AGES),
    ]
    return Answers(_SHAPE, codes.astype(np.int16)), columns


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
        "categories": categories / len(drawn) / _CATEGORIES,
    }


def _gated(size: str) -> float:
    """Share that appears in the end: no displays from which an outsider or an insider could tell anything."""
    shown = [protect(*simulated(size, seed))["structures"][0]["shown"] for seed in range(STRUCTURES)]
    return sum(shown) / len(shown)

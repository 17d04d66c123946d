"""People drawn for measures: what they are, and what they answer. Seeds are fixed: the same people come back."""

from typing import Final

import numpy as np

from labqvt_stats import Answers, Column, Instrument, Item, Scale

AGES: Final = ("-30", "30-44", "45-54", "55+")
CATEGORIES: Final = 2 + 2 + len(AGES)
_SKIP: Final = 0.02


def shape_of(scales: int, items: int = 4) -> Instrument:
    """Scales of items on five codes."""
    return Instrument(
        tuple(
            Item(f"s{s}i{i}", "", tuple("12345"), (1.0, 2.0, 3.0, 4.0, 5.0), scale=f"s{s}")
            for s in range(scales)
            for i in range(items)
        ),
        tuple(Scale(f"s{s}", "", tuple(f"s{s}i{i}" for i in range(items))) for s in range(scales)),
    )


def people(
    shape: Instrument, n: int, draw: np.random.Generator, mood: float = 0.0
) -> tuple[Answers, list[Column]]:
    """Answers of n people, each around a mood of their own, and what they are, most important first."""
    moods = draw.normal(mood, 0.7, n)
    codes = np.array(
        [np.digitize(moods + draw.normal(0, 0.8, n), [-1.2, -0.4, 0.3, 1.1]) for _ in shape.items]
    ).T.reshape(n, len(shape.items))
    codes[draw.random(codes.shape) < _SKIP] = -1
    columns = [
        Column("management", [str(v) for v in draw.choice(["oui", "non"], n, p=[0.15, 0.85])]),
        Column("gender", [str(v) for v in draw.choice(["f", "m"], n, p=[0.68, 0.32])]),
        Column("age", [str(v) for v in draw.choice(AGES, n, p=[0.2, 0.35, 0.25, 0.2])], AGES),
    ]
    return Answers(shape, codes.astype(np.int16)), columns

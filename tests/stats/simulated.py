"""Simulated structures for the protection tests: seeded, small, with attributes like those of real ones."""

import numpy as np

from labqvt_stats import Answers, Column, Instrument, Item, Scale

CODES, VALUES = tuple("12345"), (1.0, 2.0, 3.0, 4.0, 5.0)


def instrument(items_per_scale=4, scales=1, lone=0):
    items = [
        Item(f"s{s}i{i}", "", CODES, VALUES, scale=f"s{s}")
        for s in range(scales)
        for i in range(items_per_scale)
    ]
    items += [Item(f"lone{i}", "", CODES, VALUES) for i in range(lone)]
    listed = tuple(
        Scale(f"s{s}", "", tuple(f"s{s}i{i}" for i in range(items_per_scale))) for s in range(scales)
    )
    return Instrument(tuple(items), listed)


def answers(shape, n, draw, *, missing=0.0, mood=0.0):
    """n people answering around one mood each; ``missing`` is the share of skipped items."""
    person = draw.normal(mood, 0.7, n)
    columns = []
    for _ in shape.items:
        codes = np.digitize(person + draw.normal(0, 0.8, n), [-1.2, -0.4, 0.3, 1.1]).astype(np.int16)
        codes[draw.random(n) < missing] = -1
        columns.append(codes)
    return Answers(shape, np.column_stack(columns))


def attributes(n, draw):
    """Management, gender, age, in priority order."""
    ages = ("-30", "30-44", "45-54", "55+")
    return [
        Column("management", [str(v) for v in draw.choice(["oui", "non"], n, p=[0.15, 0.85])]),
        Column("gender", [str(v) for v in draw.choice(["f", "m"], n, p=[0.68, 0.32])]),
        Column("age", [str(v) for v in draw.choice(ages, n, p=[0.2, 0.35, 0.25, 0.2])], ages),
    ]


def six_attributes(n, draw):
    """The three above, then service, tenure and contract: as many questions about people as one may ask."""
    tenures = ("-1", "1-3", "4-9", "10+")
    drawn = {
        "service": (tuple("abcdef"), [0.3, 0.25, 0.2, 0.12, 0.08, 0.05]),
        "tenure": (tenures, [0.15, 0.3, 0.3, 0.25]),
        "contract": (("CDI", "CDD", "autre"), [0.75, 0.18, 0.07]),
    }
    more = [
        Column(name, [str(v) for v in draw.choice(values, n, p=p)], values if name == "tenure" else None)
        for name, (values, p) in drawn.items()
    ]
    return [*attributes(n, draw), *more]


def responses_of(given):
    """Answers as a file holds them: item id -> codes or None."""
    return {
        item.id: [None if place < 0 else item.codes[place] for place in given.positions[:, column]]
        for column, item in enumerate(given.instrument.items)
    }


def filled(shape, rows):
    """Answers from lists of code places, one list per person."""
    return Answers(shape, np.array(rows, dtype=np.int16))

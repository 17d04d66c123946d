"""Random formulas, every operator and function often."""

from __future__ import annotations

import random

from labqvt_forms.logic.tree import (
    ARITHMETIC,
    COMPARISONS,
    FUNCTIONS,
    LOGICAL,
    Answer,
    Call,
    Itself,
    Literal,
    Negative,
    Node,
    Operation,
)

TEXTS = [
    "",
    "a",
    "cdi",
    "cdi cdd",
    "0",
    "3",
    "3.5",
    " 7 ",
    "-2",
    "2024-02-29",
    "2023-02-30",
    "1969-12-31",
    "é😀",
    "true",
    "NaN",
    "007",
    "1e3",
]
NUMBERS = [0.0, 1.0, 2.0, 3.0, 0.1, 2.5, 10.0, 18262.0, 1000000.0, 0.0000001, 123456789012.0]
PATTERNS = [
    "[a-z]+",
    "cd[id]",
    r"\d{4}-\d\d-\d\d",
    "a|b",
    "(",
    "",
    ".*",
    r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+",
    "x{2,1}",
]
SHAPES = ["%Y", "%d/%m/%Y", "%e-%n", "%%Y", "à %H"]
IDS = ["a", "b", "age", "statut", "jour"]


def random_node(draw: random.Random, depth: int) -> Node:
    """Draw one formula at most ``depth`` deep."""
    if depth == 0 or draw.random() < 0.15:
        return draw.choice(
            [
                Literal(draw.choice(NUMBERS)),
                Literal(draw.choice(TEXTS)),
                Answer(draw.choice(IDS)),
                Answer(draw.choice(IDS)),
                Itself(),
            ]
        )
    kind = draw.random()
    if kind < 0.45:
        operator = draw.choice(COMPARISONS + ARITHMETIC + LOGICAL)
        return Operation(operator, random_node(draw, depth - 1), random_node(draw, depth - 1))
    if kind < 0.5:
        return Negative(random_node(draw, depth - 1))
    return _random_call(draw, depth)


def _random_call(draw: random.Random, depth: int) -> Node:
    name = draw.choice(list(FUNCTIONS))
    fewest, most = FUNCTIONS[name]
    arguments = [random_node(draw, depth - 1) for _ in range(draw.randint(fewest, min(most, fewest + 2)))]
    if name in ("regex", "format-date"):
        arguments[1] = Literal(draw.choice(PATTERNS if name == "regex" else SHAPES))
    if name == "score":
        arguments = [Literal(draw.choice(["RECO", "absent"]))]
    return Call(name, tuple(arguments))


def random_answers(draw: random.Random) -> dict[str, str]:
    return {id_: draw.choice(TEXTS) for id_ in IDS if draw.random() < 0.9}

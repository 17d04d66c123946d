"""The expression tree every formula of the subset becomes.

Values are those of XPath 1.0: text, number, truth; a blank answer is the empty text. A text that is a number
or an ISO date counts as one where a number is needed (a date as its days since 1970-01-01).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")
TURNED: Final = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
"""What a comparison becomes when its two sides change places."""
ARITHMETIC: Final = ("+", "-", "*", "div", "mod")
LOGICAL: Final = ("and", "or")
DEEPEST: Final = 150
"""Formulas nested deeper are kept as text: no questionnaire needs them, and recursion stays bounded."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text written in the formula."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: ``${id}``."""

    id: str


@dataclass(frozen=True, slots=True)
class Itself:
    """The answer being checked: ``.`` in a validation."""


@dataclass(frozen=True, slots=True)
class Negative:
    operand: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """``operator`` is one of COMPARISONS, ARITHMETIC or LOGICAL."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of FUNCTIONS."""

    name: str
    arguments: tuple[Node, ...] = ()


Node = Literal | Answer | Itself | Negative | Operation | Call

FUNCTIONS: Final[dict[str, tuple[int, int]]] = {
    "true": (0, 0),
    "false": (0, 0),
    "not": (1, 1),
    "if": (3, 3),
    "coalesce": (2, 2),
    "selected": (2, 2),
    "count-selected": (1, 1),
    "count-non-empty": (1, 99),
    "sum": (1, 99),
    "min": (1, 99),
    "max": (1, 99),
    "concat": (1, 99),
    "number": (1, 1),
    "string": (1, 1),
    "int": (1, 1),
    "abs": (1, 1),
    "round": (1, 2),
    "string-length": (1, 1),
    "contains": (2, 2),
    "starts-with": (2, 2),
    "ends-with": (2, 2),
    "regex": (2, 2),
    "today": (0, 0),
    "date": (1, 1),
    "format-date": (2, 2),
    "score": (1, 1),
}
"""Name → fewest and most arguments. ``score('x')`` is the score of scale x; the others are those of ODK."""


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes right under this one, in the order they are written."""
    match node:
        case Negative(operand):
            return (operand,)
        case Operation(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all under it."""
    yield node
    for child in children(node):
        yield from walk(child)


def chained(node: Node, operator: str) -> Iterator[Node]:
    """Yield the parts that one operator joins, however they are bracketed: a, b, c of « a and (b and c) »."""
    if isinstance(node, Operation) and node.operator == operator:
        yield from chained(node.left, operator)
        yield from chained(node.right, operator)
    else:
        yield node


def references(node: Node) -> tuple[str, ...]:
    """Ids of the answers a formula reads, each once, in order."""
    return tuple(dict.fromkeys(part.id for part in walk(node) if isinstance(part, Answer)))


def rebuilt(node: Node, change: Callable[[Node], Node]) -> Node:
    """Rebuild a tree from its leaves up, each node as ``change`` gives it back."""
    match node:
        case Negative(operand):
            node = Negative(rebuilt(operand, change))
        case Operation(operator, left, right):
            node = Operation(operator, rebuilt(left, change), rebuilt(right, change))
        case Call(name, arguments):
            node = Call(name, tuple(rebuilt(argument, change) for argument in arguments))
        case _:
            pass
    return change(node)

"""Conditions as alternatives: any of several lists of atoms that must all hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from labqvt_forms.logic import Context, Node, evaluate, holds, references
from labqvt_forms.logic.tree import Call, Itself, Literal, Operation, rebuilt, walk

MOST: Final = 96
"""Alternatives beyond which a condition is left unsettled."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A part of a condition that is neither « and », « or » nor « not », wanted true or false."""

    node: Node
    wanted: bool = True


Alternative = tuple[Atom, ...]


@lru_cache(maxsize=8192)
def alternatives(node: Node, wanted: bool = True) -> tuple[Alternative, ...] | None:
    """Return the ways a condition can be true (or false); none when it cannot, None when there are too many."""
    match node:
        case Operation("and" | "or" as joint, left, right):
            first, second = alternatives(left, wanted), alternatives(right, wanted)
            if first is None or second is None:
                return None
            return together(first, second) if (joint == "and") is wanted else _either(first, second)
        case Call("not", (inner,)):
            return alternatives(inner, not wanted)
        case _:
            return _settled(Atom(node, wanted))


def together(
    first: tuple[Alternative, ...], second: tuple[Alternative, ...]
) -> tuple[Alternative, ...] | None:
    """Return the alternatives of two conditions that must both hold."""
    if len(first) * len(second) > MOST:
        return None
    merged = (tuple(dict.fromkeys((*one, *other))) for one in first for other in second)
    return tuple(dict.fromkeys(alternative for alternative in merged if not _contradicts_itself(alternative)))


def _contradicts_itself(alternative: Alternative) -> bool:
    wanted: dict[Node, bool] = {}
    return any(wanted.setdefault(atom.node, atom.wanted) is not atom.wanted for atom in alternative)


def _either(
    first: tuple[Alternative, ...], second: tuple[Alternative, ...]
) -> tuple[Alternative, ...] | None:
    merged = tuple(dict.fromkeys((*first, *second)))
    return merged if len(merged) <= MOST else None


def _settled(atom: Atom) -> tuple[Alternative, ...]:
    """Work out at once what reads nothing."""
    if varies(atom.node) or references(atom.node):
        return ((Atom(rebuilt(atom.node, _worked_out), atom.wanted),),)
    return ((),) if holds(atom.node, Context()) is atom.wanted else ()


def _worked_out(node: Node) -> Node:
    """Put the value in the place of a part that reads nothing: « -1 », « 2 * 3 »."""
    if isinstance(node, Literal) or varies(node) or references(node):
        return node
    value = evaluate(node, Context())
    return node if isinstance(value, bool) else Literal(value)


@lru_cache(maxsize=8192)
def varies(node: Node) -> bool:
    """Say whether a formula reads something else than answers: the day, a score, the answer being checked.

    A regular expression is left alone too: one written to be slow would stop the reading of its file.
    """
    return any(
        isinstance(part, Itself) or (isinstance(part, Call) and part.name in ("today", "score", "regex"))
        for part in walk(node)
    )


@lru_cache(maxsize=8192)
def read_by(node: Node) -> tuple[str, ...]:
    return references(node)


def compared_literal(node: Node, id_: str) -> float | str | None:
    """Return what an atom compares one whole answer with; None when it does anything else."""
    if not isinstance(node, Operation) or node.operator not in ("=", "!=", "<", "<=", ">", ">="):
        return None
    for asked, value in ((node.left, node.right), (node.right, node.left)):
        if isinstance(value, Literal) and getattr(asked, "id", None) == id_:
            return value.value
    return None

"""Enough possible answers to a question to decide atoms about it.

Answers that no atom tells apart are represented once: a choice by each code, a number by the limits the atoms
name and their neighbours, a text by the words the atoms name and one other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from labqvt_forms.analysis.normal import Atom, compared_literal
from labqvt_forms.items import (
    Date,
    Item,
    Kind,
    MultipleChoice,
    Number,
    Numbers,
    Precision,
    Ranking,
    SingleChoice,
)
from labqvt_forms.logic import Context, Node, holds
from labqvt_forms.logic.numbers import date_of, number_of, text_of
from labqvt_forms.logic.tree import Answer, Call, Literal, Operation, children
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Variable

MOST_CODES: Final = 150
MOST_NAMED: Final = 5
MOST_FILLERS: Final = 30
_ELSEWHERE: Final = "\u0001autre"
"""A text no formula names."""


def possible(variable: Variable, atoms: Sequence[Atom]) -> tuple[bool, bool]:
    """Say whether a blank, and whether an answer, can satisfy all the atoms that read this answer alone."""
    blank = all(_satisfied(atom, variable.id, "") for atom in atoms)
    return blank, _answerable(variable, atoms)


def _answerable(variable: Variable, atoms: Sequence[Atom]) -> bool:
    match variable.kind:
        case Kind.SINGLE | Kind.YES_NO | Kind.RATING:
            return _one_code(variable, atoms)
        case Kind.MULTIPLE | Kind.RANKING:
            return _several_codes(variable, atoms)
        case Kind.NUMBER:
            return _number(variable, atoms)
        case Kind.DATE if isinstance(variable.item, Date) and variable.item.precision is Precision.DAY:
            return _day(variable, atoms)
        case Kind.TEXT | Kind.COMPUTED:
            return _text(variable, atoms)
        case _:
            return True


@lru_cache(maxsize=65536)
def _holds(node: Node, id_: str, answer: str) -> bool:
    return holds(node, Context({id_: answer}))


def _satisfied(atom: Atom, id_: str, answer: str) -> bool:
    return _holds(atom.node, id_, answer) is atom.wanted


def satisfying(variable: Variable, atoms: Sequence[Atom]) -> tuple[str, ...] | None:
    """Return every answer, blank included, that satisfies the atoms; None when they cannot be listed."""
    if variable.kind not in (Kind.SINGLE, Kind.YES_NO, Kind.RATING) or not _closed(variable):
        return None
    values = ("", *codes_of(variable))
    return tuple(value for value in values if all(_satisfied(atom, variable.id, value) for atom in atoms))


def codes_of(variable: Variable) -> tuple[str, ...]:
    return tuple(choice.code for choice in variable.choices.choices) if variable.choices else ()


def _closed(variable: Variable) -> bool:
    """Say whether the codes are all there is: no « Autre » to write, not too many to try."""
    item: Item = variable.item
    other = isinstance(item, SingleChoice | MultipleChoice) and item.other
    return variable.choices is not None and not other and len(variable.choices.choices) <= MOST_CODES


def _one_code(variable: Variable, atoms: Sequence[Atom]) -> bool:
    if not _closed(variable):
        return _text(variable, atoms)
    return any(all(_satisfied(atom, variable.id, code) for atom in atoms) for code in codes_of(variable))


def _several_codes(variable: Variable, atoms: Sequence[Atom]) -> bool:
    bare = Answer(variable.id)
    atoms = [atom for atom in atoms if atom.node == bare or _about_the_set(atom.node, variable.id)]
    named = {code for atom in atoms for code in _codes_named(atom.node)} & set(codes_of(variable))
    if not _closed(variable) or len(named) > MOST_NAMED or len(codes_of(variable)) > MOST_FILLERS:
        return True
    return any(
        all(_satisfied(atom, variable.id, " ".join(ticked)) for atom in atoms)
        for ticked in _sets(variable, sorted(named))
    )


def _sets(variable: Variable, named: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield ticked boxes: any of the named ones, with as many of the others as one likes."""
    item = variable.item
    choices = variable.choices.choices if variable.choices else ()
    multiple = isinstance(item, MultipleChoice)
    alone = [choice.code for choice in choices if choice.exclusive and multiple]
    fillers = [choice.code for choice in choices if choice.code not in {*named, *alone}]
    least = (item.least or 1) if isinstance(item, MultipleChoice) else 1
    most = item.most if isinstance(item, MultipleChoice | Ranking) else None
    highest = len(choices) if most is None else most
    for code in alone:
        if least <= 1 <= highest:
            yield (code,)
    together = [code for code in named if code not in alone]
    for size in range(len(together) + 1):
        for chosen in combinations(together, size):
            for extra in range(len(fillers) + 1):
                ticked = (*chosen, *fillers[:extra])
                if ticked and least <= len(ticked) <= highest:
                    yield ticked


def _about_the_set(node: Node, id_: str) -> bool:
    """Say whether an atom depends on which boxes are ticked and not on how the answer is written."""
    match node:
        case Call("selected", (Answer(asked), Literal())) if asked == id_:
            return True
        case Call("count-selected", (Answer(asked),)) if asked == id_:
            return True
        case Answer(asked) if asked == id_:
            return False
        case Operation("=" | "!=", Answer(asked), Literal(str(value))) if asked == id_:
            return len(value.split()) <= 1
        case _:
            return all(_about_the_set(child, id_) for child in children(node))


def _codes_named(node: Node) -> Iterator[str]:
    match node:
        case Call("selected", (Answer(), Literal(value))) | Operation("=" | "!=", Answer(), Literal(value)):
            yield value if isinstance(value, str) else text_of(value)
        case _:
            for child in children(node):
                yield from _codes_named(child)


def _number(variable: Variable, atoms: Sequence[Atom]) -> bool:
    item = variable.item
    assert isinstance(item, Number | Numbers)
    least = -math.inf if item.least is None else item.least
    most = math.inf if item.most is None else item.most
    decided = [atom for atom in atoms if _about_the_number(atom, variable.id)]
    limits = [_as_number(compared_literal(atom.node, variable.id)) for atom in decided]
    points = _around([*limits, least, most], whole=item.integer)
    return any(
        all(_satisfied(atom, variable.id, number_text(point)) for atom in decided)
        for point in points
        if least <= point <= most and (not item.integer or point == math.floor(point))
    )


def _day(variable: Variable, atoms: Sequence[Atom]) -> bool:
    item = variable.item
    assert isinstance(item, Date)
    least, most = _bound(item.earliest, -math.inf), _bound(item.latest, math.inf)
    decided = [atom for atom in atoms if compared_literal(atom.node, variable.id) is not None]
    limits = [_as_number(compared_literal(atom.node, variable.id)) for atom in decided]
    days = [date_of(point) for point in _around([*limits, least, most], whole=True) if least <= point <= most]
    return any(all(_satisfied(atom, variable.id, day.isoformat()) for atom in decided) for day in days if day)


def _text(variable: Variable, atoms: Sequence[Atom]) -> bool:
    decided = [atom for atom in atoms if compared_literal(atom.node, variable.id) is not None]
    literals = [compared_literal(atom.node, variable.id) for atom in decided]
    named = {value for value in literals if isinstance(value, str) and value}
    # A named text is exactly that one: every atom is worked out on it.
    if any(all(_satisfied(atom, variable.id, text) for atom in atoms) for text in named):
        return True
    others = [_ELSEWHERE]
    for point in _around([_as_number(value) for value in literals], whole=False):
        written = number_text(point)
        others.append(next(form for form in _forms(written) if form not in named))
    return any(all(_satisfied(atom, variable.id, text) for atom in decided) for text in others)


def _forms(written: str) -> Iterator[str]:
    """Yield ever more ways of writing one number: a finite list of texts cannot hold them all."""
    yield written
    padding = "" if "." in written else "."
    while True:
        padding += "0"
        yield written + padding


def _about_the_number(atom: Atom, id_: str) -> bool:
    """Say whether an atom depends on a number and not on the way it is written."""
    if atom.node == Answer(id_):
        return True
    value = compared_literal(atom.node, id_)
    if value is None:
        return False
    assert isinstance(atom.node, Operation)
    if not isinstance(value, str) or value == "" or atom.node.operator not in ("=", "!="):
        return True
    equal = (atom.node.operator == "=") is atom.wanted
    return equal and (math.isnan(number_of(value)) or text_of(number_of(value)) == value)


def _around(limits: Sequence[float], *, whole: bool) -> list[float]:
    """Return a point on each limit, on either side, and between neighbours."""
    known = sorted({limit for limit in limits if math.isfinite(limit)}) or [0.0]
    # One more would be lost in the rounding of a very large number: its size is added too.
    points = [*known, known[0] - 1 - abs(known[0]), known[-1] + 1 + abs(known[-1])]
    points += [(low + high) / 2 for low, high in pairwise(known)]
    if whole:
        points = [step for point in points for step in (math.floor(point), math.ceil(point))]
        points += [point + step for point in [*points] for step in (-1, 1)]
    return sorted({float(point) for point in points})


def _as_number(value: float | str | None) -> float:
    if value is None:
        return math.nan
    return number_of(value) if isinstance(value, str) else value


def _bound(written: str, otherwise: float) -> float:
    days = number_of(written)
    return otherwise if math.isnan(days) else days


def exists_pair(
    node: Node, wanted: bool, firsts: tuple[str, tuple[str, ...]], seconds: tuple[str, tuple[str, ...]]
) -> bool:
    """Say whether some pair of answers satisfies an atom that reads both."""
    (first, ones), (second, others) = firsts, seconds
    return any(
        holds(node, Context({first: one, second: other})) is wanted for one in ones for other in others
    )

"""Which parts of a questionnaire somebody can see, and which conditions say nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from labqvt_forms.analysis.normal import Alternative, alternatives, read_by, together, varies
from labqvt_forms.analysis.values import exists_pair, possible, satisfying
from labqvt_forms.logic import Formula, Node
from labqvt_forms.logic.tree import Answer, Call, Literal, Operation
from labqvt_forms.questionnaire import Questionnaire, Variable
from labqvt_forms.spots import conditions_of_columns

MOST_ATOMS: Final = 40
LONGEST: Final = 200
"""Atoms in one alternative beyond which it is called possible."""
MOST_WORLDS: Final = 64
"""Alternatives looked at before a condition is called possible."""
_ALWAYS: Final[tuple[Alternative, ...]] = ((),)


class Reach:
    """The answers a questionnaire lets people give.

    An answer is there only if its question was shown: whoever reads it also asks for its condition.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.variables = {variable.id: variable for variable in questionnaire.variables}
        self.shown = conditions_of_columns(questionnaire)
        self.hidden: set[str] = set()
        """Questions that nobody ever sees."""
        self._find_hidden()

    def _find_hidden(self) -> None:
        before = -1
        while before < len(self.hidden):
            before = len(self.hidden)
            for id_, conditions in self.shown.items():
                if id_ not in self.hidden and not self.can_hold(conditions):
                    self.hidden.add(id_)

    def can_hold(self, conditions: Iterable[Formula]) -> bool:
        """Say whether all these conditions can be true together; true when it cannot be settled."""
        joined = _joined(conditions)
        return joined is None or self._any_possible(joined)

    def can_hold_alone(self, conditions: Iterable[Formula]) -> bool:
        """Say the same as if every question were shown to everyone."""
        joined = _joined(conditions)
        return joined is None or any(self._needed(each, everyone=True) is not None for each in joined)

    def always(self, condition: Formula, given: Iterable[Formula] = ()) -> bool:
        """Say whether a condition is true whenever the given ones are."""
        if condition.tree is None:
            return False
        opposite = alternatives(condition.tree, False)
        joined = _joined(given)
        if opposite is None or joined is None:
            return False
        both = together(joined, opposite)
        return both is not None and not self._any_possible(both)

    def satisfiable(self, rule: Node, variable: Variable) -> bool:
        """Say whether some answer to a question satisfies a rule on it."""
        given = alternatives(rule)
        answered = alternatives(Call("not", (_blank(variable.id),)))
        both = None if given is None or answered is None else together(given, answered)
        return both is None or self._any_possible(both)

    def _any_possible(self, starts: tuple[Alternative, ...]) -> bool:
        """Look for one alternative that the answers allow, adding the conditions of what it reads."""
        waiting: list[tuple[Alternative, frozenset[str]]] = [(start, frozenset()) for start in starts]
        seen = 0
        while waiting:
            alternative, asked = waiting.pop()
            seen += 1
            if len(alternative) > LONGEST:
                return True
            needed = self._needed(alternative)
            if needed is None:
                continue
            new = [id_ for id_ in needed if id_ not in asked and self.shown.get(id_)]
            if not new or seen > MOST_WORLDS or len(alternative) > MOST_ATOMS:
                return True
            condition = _joined(self.shown[new[0]])
            grown = None if condition is None else together((alternative,), condition)
            worlds = (alternative,) if grown is None else grown
            waiting += [(world, asked | {new[0]}) for world in worlds]
        return False

    def _needed(self, alternative: Alternative, *, everyone: bool = False) -> list[str] | None:
        """Return the questions that must be answered for all atoms to hold; None when they cannot."""
        alone: dict[str, list[int]] = {}
        for rank, atom in enumerate(alternative):
            read = read_by(atom.node)
            if len(read) == 1 and not varies(atom.node):
                alone.setdefault(read[0], []).append(rank)
        needed = []
        for id_, ranks in alone.items():
            variable = self.variables.get(id_)
            if variable is None:
                continue
            blank, answered = possible(variable, [alternative[rank] for rank in ranks])
            if not blank and (not answered or (id_ in self.hidden and not everyone)):
                return None
            if not blank:
                needed.append(id_)
        return needed if self._pairs_agree(alternative, alone) else None

    def _pairs_agree(self, alternative: Alternative, alone: dict[str, list[int]]) -> bool:
        for atom in alternative:
            read = read_by(atom.node)
            if len(read) != 2 or varies(atom.node):
                continue
            listed = [(id_, self._listed(id_, alternative, alone.get(id_, []))) for id_ in read]
            (first, ones), (second, others) = listed
            if ones is None or others is None or len(ones) * len(others) > 400:
                continue
            if not exists_pair(atom.node, atom.wanted, (first, ones), (second, others)):
                return False
        return True

    def _listed(self, id_: str, alternative: Alternative, ranks: list[int]) -> tuple[str, ...] | None:
        if id_ in self.hidden:
            return ("",)
        variable = self.variables.get(id_)
        return satisfying(variable, [alternative[rank] for rank in ranks]) if variable else None


def _joined(conditions: Iterable[Formula]) -> tuple[Alternative, ...] | None:
    """Return the alternatives of conditions that must all hold; those we cannot read are left aside."""
    joined: tuple[Alternative, ...] | None = _ALWAYS
    for condition in conditions:
        if condition.tree is not None:
            own = alternatives(condition.tree)
            joined = None if own is None or joined is None else together(joined, own)
    return joined


def _blank(id_: str) -> Node:
    return Operation("=", Answer(id_), Literal(""))

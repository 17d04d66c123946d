"""Which questions a sheet was not asked, from the conditions of the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labqvt_forms.answers.table import Cell
from labqvt_forms.logic import Context, Formula, Node, holds, references
from labqvt_forms.logic.tree import Call, walk
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import conditions_of_columns

_MOMENT = frozenset({"today", "score"})


def conditions(questionnaire: Questionnaire) -> dict[str, tuple[Formula, ...]]:
    """Return, for each question that has some, the conditions of its group, item and row."""
    known = conditions_of_columns(questionnaire)
    return {
        variable.id: known[variable.id] for variable in questionnaire.answer_variables if known[variable.id]
    }


def unasked(questionnaire: Questionnaire, columns: Mapping[str, Sequence[Cell]]) -> dict[str, frozenset[int]]:
    """Return, by variable, the rows left blank because a condition does not hold.

    Only conditions the answers alone decide: those on the day, on scores, on calculations or out of our subset
    say nothing, and their blanks stay blanks.
    """
    answered = {variable.id for variable in questionnaire.answer_variables}
    found: dict[str, frozenset[int]] = {}
    closed: dict[Formula, frozenset[int]] = {}
    for id_, formulas in conditions(questionnaire).items():
        for formula in formulas:
            if formula not in closed:
                closed[formula] = _closed(formula.tree, answered, columns)
        rows = frozenset().union(*(closed[formula] for formula in formulas))
        cells = columns[id_]
        if blank := frozenset(row for row in rows if cells[row] is None):
            found[id_] = blank
    return found


def _closed(tree: Node | None, answered: set[str], columns: Mapping[str, Sequence[Cell]]) -> frozenset[int]:
    """Rows where a condition does not hold; each distinct set of answers is worked out once."""
    if tree is None or any(isinstance(part, Call) and part.name in _MOMENT for part in walk(tree)):
        return frozenset()
    needed = references(tree)
    if not needed or not answered.issuperset(needed):
        return frozenset()
    known: dict[tuple[Cell, ...], bool] = {}
    rows = []
    for row, cells in enumerate(zip(*(columns[id_] for id_ in needed), strict=True)):
        if cells not in known:
            known[cells] = holds(tree, Context(answers=dict(zip(needed, cells, strict=True))))
        if not known[cells]:
            rows.append(row)
    return frozenset(rows)


def conditional(questionnaire: Questionnaire) -> frozenset[str]:
    """Ids of the variables that may not be asked."""
    return frozenset(conditions(questionnaire))

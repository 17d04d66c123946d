"""Answers as an export may show them: without free texts when asked, dates without their day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from labqvt_forms.answers.asking import unasked
from labqvt_forms.answers.layout import FREE_KINDS
from labqvt_forms.answers.table import OTHER, AnswerTable, Cell
from labqvt_forms.errors import AnswersError
from labqvt_forms.items import Date, Kind, Precision, SingleChoice
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Questionnaire, Variable

_MONTH = re.compile(r"(\d{4}-\d{2})(?:-\d{2}.*)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What every dialect writes: ``not_asked`` are the rows a condition kept a variable away from."""

    questionnaire: Questionnaire
    columns: Mapping[str, tuple[Cell, ...]]
    not_asked: Mapping[str, frozenset[int]]
    n: int
    with_texts: bool
    warnings: tuple[str, ...]


def prepare(table: AnswerTable, questionnaire: Questionnaire, *, with_texts: bool) -> Prepared:
    """Check the table against its questionnaire and take out what an anonymous export may not show."""
    notices = Notices()
    columns = {}
    for variable in questionnaire.answer_variables:
        cells = table.columns.get(variable.id)
        if cells is None:
            notices.add(f"la question « {variable.id} » n’a pas de réponses : sa colonne est vide.")
            cells = (None,) * table.n
        if len(cells) != table.n:
            raise AnswersError(f"« {variable.id} » a {len(cells)} réponses pour {table.n} feuilles.")
        columns[variable.id] = cells
    if table.extra:
        notices.add(f"colonnes gardées à côté du questionnaire, non écrites : {', '.join(table.extra)}.")
    not_asked = unasked(questionnaire, columns)
    if questionnaire.anonymous:
        _reduce_dates(questionnaire, columns, notices)
    if not with_texts:
        _withhold_texts(questionnaire, columns, notices)
    return Prepared(questionnaire, columns, not_asked, table.n, with_texts, notices.sentences)


def _reduce_dates(
    questionnaire: Questionnaire, columns: dict[str, tuple[Cell, ...]], notices: Notices
) -> None:
    reduced = []
    for variable in questionnaire.answer_variables:
        item = variable.item
        if isinstance(item, Date) and item.precision is not Precision.TIME:
            cells = columns[variable.id]
            columns[variable.id] = tuple(_month(cell) for cell in cells)
            if columns[variable.id] != cells:
                reduced.append(variable.id)
    if reduced:
        notices.add(
            f"enquête anonyme : les dates sont réduites à leur mois, ou vidées si elles n’en disent pas "
            f"({', '.join(reduced)})."
        )


def _month(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    written = _MONTH.fullmatch(cell)
    return written[1] if written else None


def _withhold_texts(
    questionnaire: Questionnaire, columns: dict[str, tuple[Cell, ...]], notices: Notices
) -> None:
    withheld = []
    for variable in questionnaire.answer_variables:
        if variable.kind in FREE_KINDS:
            columns[variable.id] = (None,) * len(columns[variable.id])
            withheld.append(variable.id)
        elif isinstance(variable.item, SingleChoice) and variable.item.other and variable.kind is Kind.SINGLE:
            cells = columns[variable.id]
            columns[variable.id] = _without_words(variable, cells)
            if columns[variable.id] != cells:
                withheld.append(f"{variable.id}, « Autre »")
    if withheld:
        notices.add(
            "textes libres laissés de côté, car quelques mots suffisent à reconnaître quelqu’un "
            f"({', '.join(withheld)}) : demandez-les expressément s’il les faut."
        )


def _without_words(variable: Variable, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    assert variable.choices is not None
    codes = {choice.code for choice in variable.choices.choices}
    return tuple(OTHER if isinstance(cell, str) and cell not in codes else cell for cell in cells)

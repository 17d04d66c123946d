"""Profile questions against the headcount: how many people are left in each cell."""

from __future__ import annotations

import math
from typing import Final

from labqvt_forms.findings import Finding, finding
from labqvt_forms.items import Kind
from labqvt_forms.questionnaire import Questionnaire, Variable
from labqvt_forms.sentences import answer_name
from labqvt_forms.spots import WHOLE, Spot
from labqvt_forms.wording.remarks import PROFILE

LEAST_IN_A_CELL: Final = 6
_OPEN: Final = (Kind.NUMBER, Kind.TEXT, Kind.DATE)


def profile_cells(questionnaire: Questionnaire) -> int:
    """Return in how many cells the closed profile questions, crossed, put people; 1 without any."""
    return math.prod(_categories(variable) for variable in _closed(questionnaire))


def profile_findings(questionnaire: Questionnaire, headcount: int, language: str = "") -> tuple[Finding, ...]:
    """Say which profile questions cut too few people into too many cells, and what to make coarser.

    A cell should hold at least ``LEAST_IN_A_CELL`` people on average.
    """
    language = language or questionnaire.language
    allowed = max(1, headcount // LEAST_IN_A_CELL)
    holes = {"headcount": headcount, "least": LEAST_IN_A_CELL, "allowed": allowed}
    closed = _closed(questionnaire)
    found = [
        finding(PROFILE, "open_profile", spot_of(variable), language)
        for variable in questionnaire.answer_variables
        if variable.profile and variable.kind in _OPEN
    ]
    for variable in closed:
        categories = _categories(variable)
        if categories > allowed:
            told = {**holes, "categories": categories}
            found.append(finding(PROFILE, "too_many_categories", spot_of(variable), language, **told))
    cells = profile_cells(questionnaire)
    if len(closed) > 1 and cells > allowed:
        finest = max(closed, key=_categories)
        told = {**holes, "questions": len(closed), "cells": cells}
        coarsen = answer_name(finest, questionnaire, language)
        found.append(finding(PROFILE, "too_many_cells", WHOLE, language, **told, coarsen=coarsen))
    return tuple(found)


def spot_of(variable: Variable) -> Spot:
    return Spot.row(variable.item.id, variable.row.id) if variable.row else Spot.item(variable.item.id)


def _closed(questionnaire: Questionnaire) -> tuple[Variable, ...]:
    return tuple(
        variable
        for variable in questionnaire.answer_variables
        if variable.profile and variable.choices is not None and variable.choices.codes
    )


def _categories(variable: Variable) -> int:
    """Answers that tell people apart; several boxes tell as many as their combinations."""
    size = len(variable.choices.codes) if variable.choices else 1
    return 2**size if variable.kind is Kind.MULTIPLE else size

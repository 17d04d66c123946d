"""Random answers to a questionnaire: every kind of answer, blanks and refusals included."""

from __future__ import annotations

import random

from labqvt_forms import DECLINED, AnswerTable, Date, Kind, Precision, Questionnaire, SingleChoice, Variable
from labqvt_forms.answers import Cell
from tests.forms.questionnaires import WORDS

EDGY = [
    "=1+1",
    "'=A1",
    "-cmd",
    "+33 6",
    "@ici",
    "''@x",
    "l'an ; dit",
    'il a dit "oui"',
    "deux\nlignes",
    "a{b}c",
    "-5",
    "a\tb",
]


def answers_to(questionnaire: Questionnaire, draw: random.Random, n: int) -> AnswerTable:
    """Draw n sheets; the last one answers at least one question that every dialect writes."""
    columns = {
        variable.id: tuple(_cell(variable, draw) for _ in range(n))
        for variable in questionnaire.answer_variables
    }
    return AnswerTable(n, columns)


def _cell(variable: Variable, draw: random.Random) -> Cell:
    if draw.random() < 0.2:
        return None
    if variable.declinable and draw.random() < 0.15:
        return DECLINED
    answer = _answer(variable, draw)
    declining = variable.choices.declining if variable.choices else None
    return DECLINED if declining and answer == declining.code else answer


def _answer(variable: Variable, draw: random.Random) -> str | None:
    codes = [choice.code for choice in variable.choices.choices] if variable.choices else []
    if variable.kind is Kind.MULTIPLE:
        return " ".join(code for code in codes if draw.random() < 0.4) or None
    if variable.kind is Kind.RANKING:
        return " ".join(draw.sample(codes, draw.randint(1, len(codes))))
    if codes:
        other = isinstance(variable.item, SingleChoice) and variable.item.other and draw.random() < 0.2
        return _words(draw) if other else draw.choice(codes)
    if variable.kind is Kind.NUMBER:
        whole = getattr(variable.item, "integer", False) or draw.random() < 0.5
        return (
            str(draw.randint(-20, 97))
            if whole
            else f"{draw.randint(-20, 97)}.{draw.choice(['5', '25', '125'])}"
        )
    if isinstance(variable.item, Date):
        return _date(variable.item.precision, draw)
    return draw.choice(["fr", "en"]) if variable.kind is Kind.LANGUAGE else _words(draw)


def _words(draw: random.Random) -> str:
    return draw.choice(EDGY) if draw.random() < 0.4 else " ".join(draw.choices(WORDS, k=draw.randint(2, 6)))


def _date(precision: Precision, draw: random.Random) -> str:
    month = f"20{draw.randint(10, 29)}-{draw.randint(1, 12):02d}"
    day = f"{month}-{draw.randint(1, 28):02d}"
    return {
        Precision.MONTH: month,
        Precision.DAY: day,
        Precision.MINUTE: f"{day} 10:{draw.randint(10, 59)}",
        Precision.TIME: f"{draw.randint(10, 23)}:30",
    }[precision]

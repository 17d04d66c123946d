"""Conditions of LimeSurvey as formulas of ours."""

from __future__ import annotations

from labqvt_forms.formats.limesurvey.tables import LimeQuestion, LimeSurvey
from labqvt_forms.logic import (
    Dialect,
    Formula,
    Names,
    OutsideSubset,
    parse_expressionscript,
    print_xpath,
)

WITH_ROWS = frozenset("ABCEFHKQ")


class Translator:
    """Turns ExpressionScript into our subset; what does not fit stays, word for word, in its own dialect."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def formula(self, written: str) -> Formula | None:
        """« 1 » and nothing are no condition."""
        written = written.strip()
        if written.startswith("{") and written.endswith("}") and written.count("{") == 1:
            written = written[1:-1].strip()
        if written in ("", "1"):
            return None
        try:
            return Formula(print_xpath(parse_expressionscript(written, self.names)))
        except OutsideSubset:
            return Formula(written, Dialect.EXPRESSIONSCRIPT)


def names_of(survey: LimeSurvey) -> Names:
    """Collect what expressions may cite."""
    answers: dict[str, str] = {}
    options: dict[str, tuple[str, str]] = {}
    questions = [question for group in survey.groups for question in group.questions]
    for question in questions:
        _add_names(question, answers, options)
    rows = {
        question.number + _after_number(question, name): name
        for question in questions
        for name in _names_of_rows(question)
    }
    # The number of a question wins over that of another followed by the code of its row.
    return Names(answers, options, rows | {question.number: question.code for question in questions})


def _after_number(question: LimeQuestion, name: str) -> str:
    """Return the row as columns write it: « SQ1 », « SQ1#0 » for the first side of two."""
    row = name.removeprefix(f"{question.code}_")
    return "#".join(row.rsplit("_", 1)) if question.type == "1" else row


def _names_of_rows(question: LimeQuestion) -> list[str]:
    answers: dict[str, str] = {}
    options: dict[str, tuple[str, str]] = {}
    _add_names(question, answers, options)
    return [name for name in (*answers, *options) if name != question.code]


def _add_names(question: LimeQuestion, answers: dict[str, str], options: dict[str, tuple[str, str]]) -> None:
    rows = [option.code for option in question.subquestions if option.scale == 0]
    ids = {f"{question.code}_{code}": question.row_id(code) for code in rows}
    if question.type in "MP":
        boxes = {f"{question.code}_{code}": (question.id, question.choice_code(code)) for code in rows}
        options.update(boxes)
    elif question.type in WITH_ROWS:
        answers.update(ids)
    elif question.type == "1":
        answers.update(
            {f"{stem}_{side}": f"{id_}_{side + 1}" for stem, id_ in ids.items() for side in (0, 1)}
        )
    elif question.type in ":;":
        columns = [option.code for option in question.subquestions if option.scale == 1]
        answers.update(
            {f"{stem}_{column}": f"{id_}_{column}" for stem, id_ in ids.items() for column in columns}
        )
    elif question.type != "R":
        answers[question.code] = question.id

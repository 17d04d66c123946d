"""The questions of one page in one language, and what a person answered to them."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from labqvt_forms import (
    Block,
    ChoiceList,
    Computed,
    Date,
    DualBlock,
    FreeText,
    Group,
    Kind,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Questionnaire,
    Rating,
    Role,
    Variable,
)
from labqvt_forms.answers import DECLINED_CODE
from labqvt_forms.questionnaire import variables_of

Answer = str | list[str]
Answers = dict[str, Answer]
LONGEST_TEXT: Final = 1000  # characters of a free answer
LONGEST_SHORT: Final = 32  # a number or a date as text
_CONTROL_SIGNS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_WHOLE: Final = re.compile(r"-?\d+")
_DECIMAL: Final = re.compile(r"-?\d+([.,]\d+)?")
# Longer lists of choices, and choices in long sentences, stay stacked on a wide screen too.
_COLUMNS_AT_MOST: Final = 7


def pages_of(form: Questionnaire) -> list[Group]:
    """The themes, one page each."""
    return [group for group in form.groups if any(not isinstance(item, Computed) for item in group.items)]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer or to read, as its template needs it."""

    id: str
    widget: str  # choices, number, text, long_text, date, note
    legend: str
    lead: str = ""  # asked once above the rows of a block
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    scale: bool = False
    refusal: tuple[str, str] | None = None
    chosen: Answer | None = None
    unit: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"a.{self.id}"


def questions_of(
    group: Group,
    language: str,
    answers: Answers,
    shown: Collection[str],
    errors: dict[str, str] | None = None,
) -> list[Question]:
    """What a page asks this person, with what was already answered; nothing is ticked in advance."""
    errors = errors or {}
    return [
        question
        for variable, lead in _variables(group, language)
        if variable.id in shown
        for question in [
            _question(variable, lead, language, answers.get(variable.id), errors.get(variable.id, ""))
        ]
    ]


def _variables(group: Group, language: str) -> Iterator[tuple[Variable, str]]:
    for item in group.items:
        if isinstance(item, Computed):
            continue
        for rank, variable in enumerate(variables_of(item)):
            lead = item.label.pick(language) if variable.row is not None and rank == 0 else ""
            yield variable, lead


def _question(variable: Variable, lead: str, language: str, chosen: Answer | None, error: str) -> Question:
    item = variable.item
    legend = variable.label.pick(language)
    if isinstance(item, DualBlock):
        side = item.first_label if variable.side == 1 else item.second_label
        legend = f"{legend} – {side.pick(language)}" if side else legend
    hint = (variable.row.hint if variable.row else item.hint).pick(language)
    if isinstance(item, Note):
        return Question(variable.id, "note", legend, hint=hint)
    common = {
        "lead": lead,
        "hint": hint,
        "chosen": chosen,
        "error": error,
        "refusal": _refusal(variable, language),
    }
    if variable.choices is not None:
        options = _options(variable.choices, language)
        ordered = isinstance(item, Block | DualBlock | Rating) and len(options) <= _COLUMNS_AT_MOST
        return Question(
            variable.id,
            "choices",
            legend,
            options=options,
            many=isinstance(item, MultipleChoice),
            scale=ordered,
            **common,
        )
    if isinstance(item, Number | Numbers):
        unit = item.unit.pick(language) if isinstance(item, Number) else ""
        return Question(variable.id, "number", legend, unit=unit, **common)
    if isinstance(item, Date):
        return Question(variable.id, "date", legend, **common)
    long = isinstance(item, FreeText) and item.long
    return Question(variable.id, "long_text" if long else "text", legend, **common)


def _options(choices: ChoiceList, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (choice.code, choice.label.pick(language) or choice.code)
        for choice in choices.choices
        if choice.role is not Role.DECLINES
    )


def _refusal(variable: Variable, language: str) -> tuple[str, str]:
    """« Je préfère ne pas répondre » is always there: the list's own code for it, else the house's."""
    declining = variable.choices.declining if variable.choices else None
    label = declining.label.pick(language) if declining is not None else ""
    return _refusal_code(variable), label or _("Je préfère ne pas répondre")


def _refusal_code(variable: Variable) -> str:
    declining = variable.choices.declining if variable.choices else None
    return declining.code if declining is not None else DECLINED_CODE


def is_declined(form: Questionnaire, variable_id: str, answer: Answer) -> bool:
    """« Je préfère ne pas répondre » is an act, and not an answer."""
    return answer == _refusal_code(form.variable(variable_id))


# Reading what was answered


class AnswerError(ValueError):
    """An answer cannot be kept as it is; the sentence says what to do."""


def answers_from(data: QueryDict, group: Group) -> tuple[Answers, dict[str, str]]:
    """The answers of a page and, for those that cannot be kept, why. What is left blank is absent."""
    answers: Answers = {}
    errors: dict[str, str] = {}
    for item in group.items:
        for variable in variables_of(item):
            if not variable.answered:
                continue
            try:
                answer = _answer(
                    variable, [given for given in data.getlist(f"a.{variable.id}") if given.strip()]
                )
            except AnswerError as error:
                errors[variable.id] = str(error)
            else:
                if answer:
                    answers[variable.id] = answer
    return answers, errors


def _answer(variable: Variable, given: list[str]) -> Answer:
    refusal = _refusal_code(variable)
    if refusal in given or not given:
        return refusal if given else ""
    if variable.kind is Kind.MULTIPLE:
        return _several(variable, given)
    if variable.choices is not None:
        return _one_of(variable.choices, given[0])
    return _written(variable, given[0])


def _one_of(choices: ChoiceList, given: str) -> str:
    if given not in [choice.code for choice in choices.choices]:
        raise AnswerError(_("Choisissez l’une des réponses proposées."))
    return given


def _written(variable: Variable, given: str) -> str:
    if isinstance(variable.item, Number | Numbers):
        return _number(variable.item, given)
    if isinstance(variable.item, Date):
        return _date(given)
    longest = LONGEST_TEXT
    if isinstance(variable.item, FreeText) and variable.item.longest:
        longest = min(longest, variable.item.longest)
    return _text(given, longest)


def _several(variable: Variable, given: list[str]) -> list[str]:
    item = variable.item
    assert isinstance(item, MultipleChoice)
    kept = [choice for choice in item.choices.choices if choice.code in given]
    if any(choice.exclusive for choice in kept) and len(kept) > 1:
        raise AnswerError(_("Une des réponses cochées exclut les autres : gardez-la seule, ou décochez-la."))
    if item.most is not None and len(kept) > item.most:
        raise AnswerError(_("Cochez au plus %(most)s réponses.") % {"most": item.most})
    return [choice.code for choice in kept]


def _number(item: Number | Numbers, given: str) -> str:
    text = given.strip().replace(" ", "").replace("\u202f", "").replace("\u00a0", "")
    if len(text) > LONGEST_SHORT or not (_WHOLE if item.integer else _DECIMAL).fullmatch(text):
        raise AnswerError(
            _("Écrivez un nombre entier, par exemple 12.")
            if item.integer
            else _("Écrivez un nombre, par exemple 12,5.")
        )
    value = float(text.replace(",", "."))
    if item.least is not None and value < item.least:
        raise AnswerError(_("Le nombre doit être d’au moins %(least)g.") % {"least": item.least})
    if item.most is not None and value > item.most:
        raise AnswerError(_("Le nombre doit être d’au plus %(most)g.") % {"most": item.most})
    return text.replace(",", ".")


def _date(given: str) -> str:
    try:
        return date.fromisoformat(given.strip()).isoformat()
    except ValueError as error:
        raise AnswerError(_("Écrivez la date comme 2026-03-17 (année, mois, jour).")) from error


def _text(given: str, longest: int) -> str:
    text = _CONTROL_SIGNS.sub("", given.replace("\r\n", "\n")).strip()
    if len(text) > longest:
        raise AnswerError(
            _(
                "Votre texte compte %(length)s signes ; la feuille en tient %(longest)s. Raccourcissez-le un peu."
            )
            % {"length": len(text), "longest": longest}
        )
    return text

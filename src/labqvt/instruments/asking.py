"""The questions of one page in one language, as templates need them; nothing is ticked in advance."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from labqvt.instruments.sheet_parts import DECLINED, OTHER, comment_of, other_of
from labqvt_forms import (
    ChoiceList,
    Computed,
    Date,
    DualBlock,
    FreeText,
    Group,
    Item,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Questionnaire,
    Ranking,
    Rating,
    Required,
    Role,
    Rows,
    SingleChoice,
    Variable,
)
from labqvt_forms.items import Precision
from labqvt_forms.languages import OWN_NAMES
from labqvt_forms.questionnaire import variables_of

Answer = str | list[str]
Answers = dict[str, Answer]
Typed = dict[str, list[str]]
LONGEST_TEXT: Final = 1000  # characters of a free answer
LONGEST_COMMENT: Final = 500
LONGEST_OTHER: Final = 200
LONGEST_SHORT: Final = 32  # a number or a date as text
# Longer lists of choices, and choices in long sentences, stay stacked on a wide screen too.
_COLUMNS_AT_MOST: Final = 7
# Marks fit under a thumb; more of them, or more choices than this, open as a list.
_MARKS_AT_MOST: Final = 21
_STACKED_AT_MOST: Final = 20
_DATE_INPUTS: Final = {
    Precision.DAY: "date",
    Precision.MONTH: "month",
    Precision.MINUTE: "datetime-local",
    Precision.TIME: "time",
}


def pages_of(form: Questionnaire) -> list[Group]:
    """The themes, one page each."""
    return [group for group in form.groups if any(not isinstance(item, Computed) for item in group.items)]


@dataclass(frozen=True, slots=True)
class Lead:
    """What is asked once above the rows of a block."""

    id: str
    words: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """A text asked beside a choice: the words of « Autre », or a comment."""

    name: str
    label: str
    value: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to answer or to read, as its template needs it."""

    id: str
    widget: str  # choices, marks, select, ranking, number, text, long_text, date, note
    legend: str
    block: Lead | None = None
    hint: str = ""
    rule: str = ""  # what the answer must be, in words
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    scale: bool = False
    refusal: tuple[str, str] | None = None
    chosen: Answer | None = None
    error: str = ""
    other: Beside | None = None
    comment: Beside | None = None
    input_type: str = ""
    ranks: tuple[tuple[int, str], ...] = ()  # of a ranking: rank, and the code already there
    ends: tuple[str, str] | None = None  # of marks: what the first and the last one mean
    required: bool = False

    @property
    def name(self) -> str:
        return f"a.{self.id}"

    @property
    def is_marked(self) -> bool:
        return self.widget == "marks"

    @property
    def described(self) -> str:
        """All that is said before the field: the author's hint, what the answer must be, its unit."""
        return " ".join(one for one in (self.hint, self.rule) if one)

    @property
    def declined(self) -> bool:
        return self.refusal is not None and self.chosen == self.refusal[0]

    @property
    def value(self) -> str:
        """What a text field holds."""
        return "" if self.declined or not isinstance(self.chosen, str) else self.chosen

    @property
    def first_error(self) -> str:
        """The sentence of the summary, wherever in the question the error is."""
        beside = (one.error for one in (self.other, self.comment) if one is not None)
        return self.error or next((error for error in beside if error), "")

    @property
    def target(self) -> str:
        """Where the summary leads: the field in error, else the first one of the question."""
        for one in (self.other, self.comment):
            if one is not None and one.error and not self.error:
                return f"c-{one.name}"
        return f"c-{self.name}"


def questions_of(
    group: Group,
    language: str,
    answers: Mapping[str, Answer],
    shown: Collection[str],
    *,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, Sequence[str]] | None = None,
) -> list[Question]:
    """What a page asks this person, with what was already answered, or typed and not understood."""
    given = _Given(answers, errors or {}, typed or {})
    asked = []
    for item in group.items:
        if isinstance(item, Computed):
            continue
        variables = [variable for variable in variables_of(item) if variable.id in shown]
        lead = Lead(item.id, item.label.pick(language), item.hint.pick(language))
        block = lead if isinstance(item, Rows) and (lead.words or lead.hint) else None
        asked += [_question(variable, block, language, given) for variable in variables]
    return asked


@dataclass(frozen=True, slots=True)
class _Given:
    """What a person answered, what they typed that could not be kept, and why."""

    answers: Mapping[str, Answer]
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def of(self, key: str) -> Answer | None:
        if key in self.typed:
            return list(self.typed[key])
        return self.answers.get(key)

    def text(self, key: str) -> str:
        answer = self.of(key)
        return answer if isinstance(answer, str) else next((word for word in answer or () if word), "")

    def beside(self, key: str, label: str) -> Beside:
        return Beside(f"a.{key}", label, self.text(key), self.errors.get(key, ""))


def _question(variable: Variable, block: Lead | None, language: str, given: _Given) -> Question:
    item = variable.item
    legend = variable.label.pick(language)
    if isinstance(item, DualBlock):
        side = (item.first_label if variable.side == 1 else item.second_label).pick(language)
        legend = f"{legend.rstrip(' .')} – {side}" if side else legend
    hint = (variable.row.hint if variable.row else item.hint).pick(language)
    if isinstance(item, Note):
        return Question(variable.id, "note", legend, hint=hint)
    common: dict[str, Any] = {
        "block": block,
        "hint": hint,
        "rule": rule_of(item, language),
        "chosen": given.of(variable.id),
        "error": given.errors.get(variable.id, ""),
        "refusal": _refusal(variable, language),
        "required": variable.required is Required.YES,
    }
    if isinstance(item, SingleChoice | MultipleChoice):
        if item.other:
            common["other"] = given.beside(other_of(variable.id), _("Autre réponse : laquelle ?"))
        if item.comment:
            common["comment"] = given.beside(comment_of(variable.id), _("Un commentaire, si vous voulez"))
    if isinstance(item, LanguageChoice):
        return Question(variable.id, "choices", legend, options=_languages(), **common)
    if isinstance(item, Ranking):
        return _ranking(variable, item, legend, language, common)
    if variable.choices is not None:
        return _choosing(variable, variable.choices, legend, language, common)
    return _writing(variable, legend, language, common, given)


def _ranking(
    variable: Variable, item: Ranking, legend: str, language: str, common: dict[str, Any]
) -> Question:
    options = _options(item.choices, language)
    chosen = common["chosen"]
    placed = chosen if isinstance(chosen, list) else []
    number = ranks_of(item)
    ranks = tuple((rank, placed[rank - 1] if rank <= len(placed) else "") for rank in range(1, number + 1))
    return Question(variable.id, "ranking", legend, options=options, ranks=ranks, **common)


def ranks_of(item: Ranking) -> int:
    """How many places a ranking has."""
    choices = sum(choice.role is not Role.DECLINES for choice in item.choices.choices)
    return min(item.most or choices, choices)


def _choosing(
    variable: Variable, choices: ChoiceList, legend: str, language: str, common: dict[str, Any]
) -> Question:
    item = variable.item
    if isinstance(item, Rating):
        options = tuple((choice.code, choice.code) for choice in choices.choices)
        ends = (item.low_label.pick(language), item.high_label.pick(language))
        widget = "marks" if len(options) <= _MARKS_AT_MOST else "select"
        return Question(
            variable.id, widget, legend, options=options, ends=ends if any(ends) else None, **common
        )
    options = _options(choices, language)
    if isinstance(item, SingleChoice | MultipleChoice) and item.other:
        options = (*options, (OTHER, _("Autre")))
    many = isinstance(item, MultipleChoice)
    as_list = isinstance(item, SingleChoice) and (item.dropdown or len(options) > _STACKED_AT_MOST)
    if as_list:
        return Question(variable.id, "select", legend, options=options, **common)
    scale = isinstance(item, Rows) and len(options) <= _COLUMNS_AT_MOST
    return Question(variable.id, "choices", legend, options=options, many=many, scale=scale, **common)


def _writing(
    variable: Variable, legend: str, language: str, common: dict[str, Any], given: _Given
) -> Question:
    item = variable.item
    # A text field holds one text, and what was typed and refused is shown as it was.
    if not isinstance(common["chosen"], str | None):
        common["chosen"] = given.text(variable.id)
    if isinstance(item, Number | Numbers):
        input_type = "numeric" if item.integer and (item.least or 0) >= 0 else "decimal"
        return Question(variable.id, "number", legend, input_type=input_type, **common)
    if isinstance(item, Date):
        return Question(variable.id, "date", legend, input_type=_DATE_INPUTS[item.precision], **common)
    long = isinstance(item, FreeText) and item.long
    return Question(variable.id, "long_text" if long else "text", legend, **common)


def _options(choices: ChoiceList, language: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (choice.code, choice.label.pick(language) or choice.code)
        for choice in choices.choices
        if choice.role is not Role.DECLINES
    )


def _languages() -> tuple[tuple[str, str], ...]:
    return tuple((code, OWN_NAMES[code]) for code in ("fr", "en"))


def _refusal(variable: Variable, language: str) -> tuple[str, str]:
    """« Je préfère ne pas répondre » is always there: the list's own code for it, else the house's."""
    declining = variable.choices.declining if variable.choices else None
    if declining is not None:
        return declining.code, declining.label.pick(language) or _("Je préfère ne pas répondre")
    return DECLINED, _("Je préfère ne pas répondre")


def declining_code(variable: Variable) -> str:
    """The code that says « je préfère ne pas répondre » to this question."""
    declining = variable.choices.declining if variable.choices else None
    return declining.code if declining is not None else DECLINED


def is_declined(form: Questionnaire, variable_id: str, answer: Answer) -> bool:
    """« Je préfère ne pas répondre » is an act, and not an answer."""
    return answer == declining_code(form.variable(variable_id))


# What is asked of an answer, said before rather than after


def rule_of(item: Item, language: str) -> str:
    """Bounds and numbers in words: « Trois réponses au plus. »; empty when anything will do."""
    if isinstance(item, MultipleChoice):
        return _how_many(item)
    if isinstance(item, Number | Numbers):
        return _with_unit(_between(item), item.unit.pick(language) if isinstance(item, Number) else "")
    if isinstance(item, Ranking):
        return _("Votre préférence d’abord. Vous pouvez vous arrêter quand vous voulez.")
    if isinstance(item, FreeText) and item.longest:
        return _("%(n)s signes au plus.") % {"n": min(item.longest, LONGEST_TEXT)}
    return ""


def _how_many(item: MultipleChoice) -> str:
    if item.least and item.most:
        if item.least == item.most:
            return _("Cochez %(n)s réponses.") % {"n": item.most}
        return _("De %(least)s à %(most)s réponses.") % {"least": item.least, "most": item.most}
    if item.most:
        return (
            _("Une réponse au plus.") if item.most == 1 else _("%(n)s réponses au plus.") % {"n": item.most}
        )
    if item.least and item.least > 1:
        return _("%(n)s réponses au moins.") % {"n": item.least}
    return _("Plusieurs réponses possibles.")


def _between(item: Number | Numbers) -> str:
    if item.least is not None and item.most is not None:
        return _("De %(least)s à %(most)s.") % {
            "least": in_figures(item.least),
            "most": in_figures(item.most),
        }
    if item.least is not None and item.least != 0:
        return _("%(least)s au moins.") % {"least": in_figures(item.least)}
    if item.most is not None:
        return _("%(most)s au plus.") % {"most": in_figures(item.most)}
    return ""


def _with_unit(bounds: str, unit: str) -> str:
    """« De 0 à 900 kilomètres par jour. »"""
    if not unit:
        return bounds
    return f"{bounds.removesuffix('.')} {unit}." if bounds else unit


def in_figures(number: float) -> str:
    """A bound as people write it: 12, 0,5."""
    return number_format(int(number) if number == int(number) else number)


def variables_on(group: Group) -> Iterator[Variable]:
    """Every variable of a page, shown or not."""
    for item in group.items:
        yield from variables_of(item)

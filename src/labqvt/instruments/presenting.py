"""A questionnaire as something to read: its pages, its sentences, its answers, its scores, in one language."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from labqvt.foundation.typography import format_number
from labqvt_forms import (
    Computed,
    DualBlock,
    Formula,
    Item,
    Kind,
    Note,
    Number,
    Question,
    Questionnaire,
    Required,
    Role,
    Rows,
    Scale,
    Variable,
)
from labqvt_forms.questionnaire import variables_of
from labqvt_forms.sentences import condition_sentence

KINDS: Final = {
    Kind.SINGLE: gettext_lazy("une réponse au choix"),
    Kind.YES_NO: gettext_lazy("oui ou non"),
    Kind.MULTIPLE: gettext_lazy("plusieurs réponses possibles"),
    Kind.BLOCK: gettext_lazy("phrases sur une même échelle"),
    Kind.DUAL: gettext_lazy("phrases sur deux échelles"),
    Kind.NUMBER: gettext_lazy("un nombre"),
    Kind.NUMBERS: gettext_lazy("plusieurs nombres"),
    Kind.RATING: gettext_lazy("une note"),
    Kind.TEXT: gettext_lazy("réponse libre"),
    Kind.TEXTS: gettext_lazy("plusieurs réponses libres"),
    Kind.RANKING: gettext_lazy("réponses à classer"),
    Kind.DATE: gettext_lazy("une date"),
    Kind.COMPUTED: gettext_lazy("calcul, que personne ne voit"),
    Kind.NOTE: gettext_lazy("texte à lire"),
    Kind.FILE: gettext_lazy("un fichier"),
    Kind.LANGUAGE: gettext_lazy("choix de la langue"),
}
# A list longer than this (towns, professions) is told by its beginning.
ANSWERS_TOLD: Final = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence answered on its own; ``reverse`` when agreeing is unfavourable."""

    words: str
    reverse: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One item: what is asked, on which lines, with which answers, and what is particular about it."""

    id: str
    kind: str
    words: str
    hint: str
    lines: tuple[Line, ...]
    answers: tuple[str, ...]
    more_answers: int
    marks: tuple[str, ...]
    is_note: bool
    condition: str = ""
    reverse: bool = False
    as_before: bool = False  # the answers are those of the item before it, however long


@dataclass(frozen=True, slots=True)
class Page:
    """One theme of the questionnaire."""

    id: str
    title: str
    description: str
    items: tuple[Asked, ...]
    condition: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What another population answered: to situate, never to reach."""

    population: str
    value: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Score:
    """One scale: what it speaks of and how its score is made."""

    label: str
    hue: str
    sentences: tuple[str, ...]
    references: tuple[Reference, ...]


def pages_of(form: Questionnaire, language: str) -> list[Page]:
    """The themes of a questionnaire with what each asks; answers already read just above are not told again."""
    pages: list[Page] = []
    before: tuple[str, ...] = ()
    for group in form.groups:
        items = []
        for item in group.items:
            asked = _asked(item, form, language)
            items.append(replace(asked, as_before=len(asked.answers) > 2 and asked.answers == before))
            before = asked.answers or before
        pages.append(Page(
            id=group.id, title=group.title.pick(language), description=group.description.pick(language),
            items=tuple(items), condition=_condition(group.relevant, form, language),
        ))  # fmt: skip
    return pages


def _asked(item: Item, form: Questionnaire, language: str) -> Asked:
    first = next(iter(variables_of(item)))
    answers = _answers(first, item, language)
    return Asked(
        id=item.id,
        kind=str(KINDS[item.kind]),
        words=item.label.pick(language),
        hint=item.hint.pick(language),
        lines=tuple(_lines(item, form, language)) if isinstance(item, Rows) else (),
        answers=answers[:ANSWERS_TOLD],
        more_answers=max(0, len(answers) - ANSWERS_TOLD),
        marks=tuple(_marks(item)),
        condition=_condition(item.relevant, form, language),
        is_note=isinstance(item, Note | Computed),
        reverse=first.row is None and first.reverse,
    )


def _answers(variable: Variable, item: Item, language: str) -> tuple[str, ...]:
    if isinstance(item, DualBlock):
        lists = ((item.first_label, item.first), (item.second_label, item.second))
        return tuple(
            f"{side.pick(language)} : " + ", ".join(c.label.pick(language) or c.code for c in choices.choices)
            for side, choices in lists
        )
    if isinstance(item, Number) and item.unit:
        return (item.unit.pick(language),)
    choices = variable.choices.choices if variable.choices else ()
    return tuple(choice.label.pick(language) or choice.code for choice in choices)


def _lines(item: Rows, form: Questionnaire, language: str) -> Iterator[Line]:
    for row in item.rows:
        yield Line(row.label.pick(language) or row.id, row.reverse, _condition(row.relevant, form, language))


def _condition(formula: Formula | None, form: Questionnaire, language: str) -> str:
    return "" if formula is None else condition_sentence(formula, form, language)


def _marks(item: Item) -> Iterator[str]:
    if isinstance(item, Question):
        if item.profile:
            yield _("décrit la personne")
        if item.required is Required.YES:
            yield _("réponse exigée")


def scores_of(form: Questionnaire, references: list[dict[str, Any]], language: str) -> list[Score]:
    """How each scale is scored, and what other populations answered to it."""
    return [
        Score(
            label=scale.label.pick(language) or scale.id,
            hue=scale.determinant.value if scale.determinant else "",
            sentences=tuple(_rules(scale, form, language)),
            references=tuple(_reference(one, language) for one in references if one["scale"] == scale.id),
        )
        for scale in form.scales
    ]


def _rules(scale: Scale, form: Questionnaire, language: str) -> Iterator[str]:
    low, high = (format_number(end, 0 if end == int(end) else 1, language) for end in scale.range)
    yield ngettext(
        "Sa seule phrase donne un score de %(low)s à %(high)s.",
        "La moyenne de ses %(n)s phrases, ramenée de %(low)s à %(high)s.",
        len(scale.items),
    ) % {"n": len(scale.items), "low": low, "high": high}
    yield _missing_rule(scale)
    reverse = sum(form.variable(id_).reverse for id_ in scale.items)
    if reverse:
        yield ngettext(
            "Une phrase inversée est retournée avant la moyenne.",
            "%(n)s phrases inversées sont retournées avant la moyenne.",
            reverse,
        ) % {"n": reverse}
    aside = {
        choice.label.pick(language) or choice.code
        for id_ in scale.items
        if (choices := form.variable(id_).choices)
        for choice in choices.choices
        if choice.role is not Role.ANSWER
    }
    if aside:
        yield _("Ne comptent pas : %(answers)s.") % {
            "answers": ", ".join(f"« {one} »" for one in sorted(aside))
        }


def _missing_rule(scale: Scale) -> str:
    if scale.missing_rule == "all":
        return _("Une personne a un score quand elle répond à toutes.")
    if scale.missing_rule == "half":
        return _("Une personne a un score quand elle répond à la moitié au moins.")
    return _("Une personne a un score quand elle répond à %(n)s au moins.") % {"n": scale.missing_rule}


def _reference(told: dict[str, Any], language: str) -> Reference:
    population = told["population"]
    if isinstance(population, dict):
        population = population.get(language) or next(iter(population.values()))
    parts = []
    if told.get("mean") is not None:
        parts.append(_("moyenne %(mean)s") % {"mean": format_number(told["mean"], 1, language)})
    if told.get("sd") is not None:
        parts.append(_("écart-type %(sd)s") % {"sd": format_number(told["sd"], 1, language)})
    if told.get("quartiles"):
        ends = [format_number(value, 1, language) for value in told["quartiles"]]
        parts.append(
            _("la moitié des personnes entre %(low)s et %(high)s") % {"low": ends[0], "high": ends[2]}
        )
    said = [told.get("source", ""), told.get("edition", ""), told.get("collected", "")]
    size = _("%(n)s personnes") % {"n": format_number(told["n"], 0, language)} if told.get("n") else ""
    return Reference(
        population=f"{population} ({size})" if size else population,
        value=", ".join(parts),
        source=", ".join(part for part in said if part),
        url=told.get("url", ""),
    )

"""A draft as a list one can work on: its pages, what each asks, how it is answered, when it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from labqvt.instruments.adapting import OWN_GROUP
from labqvt.instruments.editor.findings import Findings, Told
from labqvt.instruments.editor.kinds import NAMES
from labqvt.instruments.editor.phrasing import condition_in_words
from labqvt_forms import (
    Block,
    Computed,
    DualBlock,
    FreeText,
    Group,
    Item,
    Note,
    Number,
    Numbers,
    Questionnaire,
    Rating,
    Required,
    Role,
    Rows,
)
from labqvt_forms.choices import ChoiceList
from labqvt_forms.items import Question, choice_lists
from labqvt_forms.questionnaire import variables_of

SHOWN_AT_ONCE: Final = 60  # questions; a longer draft opens one page at a time
LINES_AT_ONCE: Final = 50
_ANSWERS_TOLD: Final = 5
NOTHING: Final = Findings()


@dataclass(frozen=True, slots=True)
class RowLine:
    """One sentence of a block."""

    words: str
    reverse: bool
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One question of the outline."""

    id: str
    number: int | None
    words: str
    way: "str | Promise"
    answers: str
    rows: tuple[RowLine, ...] = ()
    condition: str = ""
    profile: bool = False
    required: bool = False
    first: bool = False
    last: bool = False
    findings: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class PageLine:
    """One page of the outline; ``lines`` is empty when it is folded."""

    id: str
    number: int
    title: str
    titled: bool
    description: str
    condition: str
    size: int
    asked: int  # each sentence of a block is answered on its own
    open: bool
    mine: bool
    first: bool
    last: bool
    lines: tuple[Line, ...] = ()
    start: int = 0
    before: int | None = None
    after: int | None = None
    findings: tuple[Told, ...] = ()
    remarks: int = 0  # on its questions, told when they are not shown


@dataclass(frozen=True, slots=True)
class Outline:
    pages: tuple[PageLine, ...]
    size: int
    folded: bool
    remarks: int = 0


def outline_of(
    form: Questionnaire, *, opened: str, start: int = 0, adapted: bool = False, findings: Findings = NOTHING
) -> Outline:
    """The whole outline, or, when it is long, the page named by ``opened`` with ``LINES_AT_ONCE`` of its lines."""
    sizes = [sum(not isinstance(item, Note | Computed) for item in group.items) for group in form.groups]
    folded = sum(sizes) > SHOWN_AT_ONCE
    if not any(group.id == opened for group in form.groups):
        opened = OWN_GROUP if adapted else (form.groups[0].id if form.groups else "")
    pages, number = [], 1
    for rank, group in enumerate(form.groups):
        is_open = group.id == opened if folded or adapted else True
        pages.append(
            _page(
                form, group, rank, number, is_open=is_open, start=start if folded else 0, adapted=adapted,
                findings=findings,
            )
        )  # fmt: skip
        number += sizes[rank]
    return Outline(tuple(pages), len(form.answer_variables), folded, len(findings))


def name_of_page(form: Questionnaire, group: Group, rank: int) -> str:
    return group.title.pick(form.language) or _("Page %(number)s") % {"number": rank + 1}


def _page(
    form: Questionnaire, group: Group, rank: int, number: int, *, is_open: bool, start: int, adapted: bool,
    findings: Findings,
) -> PageLine:  # fmt: skip
    size = len(group.items)
    start = min(start, max(size - 1, 0)) // LINES_AT_ONCE * LINES_AT_ONCE
    shown = slice(start, start + LINES_AT_ONCE)
    lines = tuple(_lines(form, group, number, shown, findings)) if is_open else ()
    return PageLine(
        id=group.id,
        number=rank + 1,
        title=name_of_page(form, group, rank),
        titled=bool(group.title),
        description=group.description.pick(form.language),
        condition=condition_in_words(form, group.relevant),
        size=size,
        asked=sum(variable.answered for item in group.items for variable in variables_of(item)),
        open=is_open,
        mine=not adapted or group.id == OWN_GROUP,
        first=rank == 0,
        last=rank == len(form.groups) - 1,
        lines=lines,
        start=start if is_open else 0,
        findings=findings.about_page(group.id),
        remarks=sum(told.group == group.id and bool(told.item) for told in findings.found),
        before=start - LINES_AT_ONCE if is_open and start else None,
        after=start + LINES_AT_ONCE if is_open and start + LINES_AT_ONCE < size else None,
    )


def _lines(
    form: Questionnaire, group: Group, number: int, shown: slice, findings: Findings
) -> Iterator[Line]:
    for rank, item in enumerate(group.items):
        numbered = not isinstance(item, Note | Computed)
        if shown.start <= rank < shown.stop:
            told = findings.about(item.id)
            ends = (rank == 0, rank == len(group.items) - 1)
            yield _line(form, item, number=number if numbered else None, ends=ends, findings=told)
        number += numbered


def _line(
    form: Questionnaire,
    item: Item,
    *,
    number: int | None,
    ends: tuple[bool, bool],
    findings: tuple[Told, ...],
) -> Line:
    language = form.language
    rows = item.rows if isinstance(item, Rows) else ()
    question = isinstance(item, Question)
    return Line(
        id=item.id,
        number=number,
        words=item.label.pick(language),
        way=NAMES[item.kind],
        answers=answers_in_words(item, language),
        rows=tuple(
            RowLine(row.label.pick(language), row.reverse, condition_in_words(form, row.relevant))
            for row in rows
        ),
        condition=condition_in_words(form, item.relevant),
        profile=question and item.profile,
        required=question and item.required is not Required.NO,
        first=ends[0],
        last=ends[1],
        findings=findings,
    )


def answers_in_words(item: Item, language: str) -> str:
    """How a question is answered: its answers, or its bounds."""
    match item:
        case Rating():
            return _marks(item, language)
        case Number():
            told = _bounds(item, item.unit.pick(language))
        case Numbers():
            told = _bounds(item, "")
        case FreeText():
            told = _("quelques phrases") if item.long else _("quelques mots")
        case DualBlock():
            told = f"{_ordered(item.first, language)} ; {_ordered(item.second, language)}"
        case Block():
            told = _ordered(item.choices, language)
        case _:
            lists = choice_lists(item)
            told = _told(lists[0], language) if lists else ""
    return told


def _marks(item: Rating, language: str) -> str:
    told = []
    if (item.least, item.most) != (0, 10):
        told.append(_("de %(least)s à %(most)s") % {"least": item.least, "most": item.most})
    if item.low_label and item.high_label:
        ends = {"low": item.low_label.pick(language), "high": item.high_label.pick(language)}
        told.append(_("de « %(low)s » à « %(high)s »") % ends)
    return ", ".join(told)


def _ordered(choices: ChoiceList, language: str) -> str:
    """A scale is told by its ends."""
    answers = [choice for choice in choices.choices if choice.role is Role.ANSWER] or choices.choices
    ends = {
        "low": answers[0].label.pick(language) or answers[0].code,
        "high": answers[-1].label.pick(language) or answers[-1].code,
    }
    return _("de « %(low)s » à « %(high)s »") % ends


def _told(choices: ChoiceList, language: str) -> str:
    words = [choice.label.pick(language) or choice.code for choice in choices.choices]
    if len(words) <= _ANSWERS_TOLD:
        return " · ".join(words)
    first = " · ".join(words[: _ANSWERS_TOLD - 2])
    return _("%(first)s … %(last)s (%(n)s réponses)") % {"first": first, "last": words[-1], "n": len(words)}


def _bounds(item: Number | Numbers, unit: str) -> str:
    values = {
        "least": "" if item.least is None else f"{item.least:g}",
        "most": "" if item.most is None else f"{item.most:g}",
    }
    if item.least is not None and item.most is not None:
        told = _("de %(least)s à %(most)s") % values
    elif item.least is not None:
        told = _("au moins %(least)s") % values
    elif item.most is not None:
        told = _("au plus %(most)s") % values
    else:
        told = _("nombre entier") if item.integer else _("nombre")
    return f"{told} {unit}".strip()

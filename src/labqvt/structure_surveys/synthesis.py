"""What the structures said, theme by theme: plain counts of answers given by name. Nothing is hidden, nobody is ranked."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.documents.charts import BarRow, Chart, count_bars
from labqvt.documents.tables import Column, Table
from labqvt.instruments.asking import is_declined
from labqvt.instruments.free_texts import text_in, words_asked
from labqvt.instruments.sheet_parts import OTHER, keys_of
from labqvt.structure_surveys.asked import Asked
from labqvt.structure_surveys.models import Quotation, Reply, Survey, Theme
from labqvt.structure_surveys.queries import replies_in
from labqvt.structure_surveys.replying import asked_in
from labqvt_forms import (
    Block,
    ChoiceList,
    Group,
    Item,
    MultipleChoice,
    Questionnaire,
    Ranking,
    Role,
    Variable,
)
from labqvt_forms.questionnaire import variables_of

Answer = str | list[str]


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with choices: how many structures chose each, of those who answered."""

    id: str
    label: str
    said: str  # « 87 structures ont répondu. »
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Questions answered by a number."""

    id: str
    label: str
    said: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """A question answered in words: its themes, and the words one may quote."""

    id: str
    label: str
    said: str
    answered: int
    charts: tuple[Chart, ...]
    quotations: tuple[Quotation, ...]
    tables: tuple[Table, ...] = ()
    note: str = ""


Entry = Counted | Measured | Written


@dataclass(frozen=True, slots=True)
class ThemePage:
    """One theme of the questionnaire and what was said there."""

    id: str
    title: str
    entries: tuple[Entry, ...]


def theme_pages(survey: Survey) -> list[tuple[str, str]]:
    """The themes of a survey, to choose from: (identifier in addresses, title)."""
    return [(group.id, group.title.pick("fr")) for group in asked_in(survey).told.groups]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Answers being counted."""

    asked: Asked
    language: str
    answers: list[dict[str, Answer]]
    themes: dict[str, list[tuple[str, int]]]
    quotations: dict[str, list[Quotation]]


def sheet_of(survey: Survey, language: str) -> Sheet:
    """Everything needed to count a survey, in three queries."""
    replies = list(replies_in(survey))
    by_pk = {reply.pk: reply for reply in replies}
    themes: dict[str, list[tuple[str, int]]] = {}
    rows = Theme.objects.filter(survey=survey, replies__in=by_pk).order_by("label")
    for question, label in rows.values_list("question", "label"):
        themes.setdefault(question, []).append((label, 1))
    for question, pairs in themes.items():
        themes[question] = Counter(label for label, _one in pairs).most_common()
    quotations: dict[str, list[Quotation]] = {}
    for one in Quotation.objects.filter(reply__in=by_pk):
        one.reply = by_pk[one.reply_id]
        if one.may_be_shown:
            quotations.setdefault(one.question, []).append(one)
    return Sheet(asked_in(survey), language, [reply.answers for reply in replies], themes, quotations)


def page_of(sheet: Sheet, group_id: str) -> ThemePage | None:
    group = next((group for group in sheet.asked.told.groups if group.id == group_id), None)
    if group is None:
        return None
    return ThemePage(group.id, group.title.pick(sheet.language), tuple(_entries(sheet, group)))


def _entries(sheet: Sheet, group: Group) -> Iterator[Entry]:
    for item in group.items:
        variables = [variable for variable in variables_of(item) if variable.answered]
        if not variables:
            continue
        if isinstance(item, Block):
            yield _block(sheet, item, variables)
        elif isinstance(item, Ranking):
            yield _ranking(sheet, variables[0])
        elif variables[0].choices is not None:
            for variable in variables:
                yield _choice(sheet, variable)
                for key in keys_of(variable):
                    if key != variable.id:  # the words of « Autre », a comment
                        yield _written(sheet, key)
        elif _is_number(variables[0]):
            yield _numbers(sheet, item, variables)
        else:
            for variable in variables:
                yield _written(sheet, variable.id)


def _is_number(variable: Variable) -> bool:
    return variable.kind.value in {"number", "numbers"}


# Counting


def given(answers: Iterable[dict[str, Answer]], form: Questionnaire, id_: str) -> list[Answer]:
    """Answers to a question, blanks and refusals to answer left out."""
    found = [answer for one in answers if (answer := one.get(id_))]
    return [answer for answer in found if not is_declined(form, id_, answer)]


def tally(answers: Iterable[Answer], choices: ChoiceList) -> dict[str, int]:
    """How many chose each code, in the order of the list; codes nobody chose count zero."""
    counts: Counter[str] = Counter()
    for answer in answers:
        counts.update(set(answer) if isinstance(answer, list) else [answer])
    listed = [choice.code for choice in choices.choices if choice.role is not Role.DECLINES]
    return {code: counts[code] for code in [*listed, *([OTHER] if counts[OTHER] else [])]}


def _answered(count: int, total: int) -> str:
    return ngettext(
        "%(n)s structure a répondu, sur %(total)s.", "%(n)s structures ont répondu, sur %(total)s.", count
    ) % {"n": count, "total": total}


def _choice(sheet: Sheet, variable: Variable) -> Counted:
    assert variable.choices is not None
    found = given(sheet.answers, sheet.asked.form, variable.id)
    counts = tally(found, variable.choices)
    labels = _labels(variable.choices, sheet.language) | {OTHER: _("Autre")}
    many = isinstance(variable.item, MultipleChoice)
    order = list(counts) if _is_ordered(variable) else sorted(counts, key=lambda code: -counts[code])
    rows = tuple(BarRow(labels[code], counts[code]) for code in order)
    label = variable.label.pick(sheet.language)
    chart = _bars(label, variable.id, rows, len(found), language=sheet.language)
    note = _("Plusieurs réponses possibles : les nombres ne s’additionnent pas.") if many else ""
    return Counted(variable.id, label, _answered(len(found), len(sheet.answers)), chart, note=note)


def _ranking(sheet: Sheet, variable: Variable) -> Counted:
    """How many put each answer first; the table tells every place."""
    assert variable.choices is not None
    found = [
        answer for answer in given(sheet.answers, sheet.asked.form, variable.id) if isinstance(answer, list)
    ]
    labels = _labels(variable.choices, sheet.language)
    first = Counter(answer[0] for answer in found)
    placed = Counter(code for answer in found for code in answer)
    order = sorted(labels, key=lambda code: (-first[code], -placed[code]))
    label = variable.label.pick(sheet.language)
    rows = tuple(BarRow(labels[code], first[code]) for code in order)
    chart = _bars(
        label, variable.id, rows, len(found), language=sheet.language, what=_("en le mettant en premier")
    )
    table = Table(
        (Column(_("Réponse")), Column(_("En premier"), numeric=True), Column(_("À une place ou une autre"), numeric=True)),
        tuple((labels[code], first[code], placed[code]) for code in order),
        caption=_("%(question)s Toutes les places") % {"question": label},
    )  # fmt: skip
    return Counted(
        variable.id, label, _answered(len(found), len(sheet.answers)), chart, (table,) if found else ()
    )


def _is_ordered(variable: Variable) -> bool:
    return variable.choices is not None and any(
        choice.value is not None for choice in variable.choices.choices
    )


def _block(sheet: Sheet, item: Block, variables: list[Variable]) -> Counted:
    """A bar a row for the upper half of the scale, and every count in the table."""
    choices = variables[0].choices
    assert choices is not None
    labels = _labels(choices, sheet.language)
    upper = list(labels)[(len(labels) + 1) // 2 :]
    rows, cells, most = [], [], 0
    for variable in variables:
        found = given(sheet.answers, sheet.asked.form, variable.id)
        counts = tally(found, choices)
        label = variable.label.pick(sheet.language)
        rows.append(BarRow(label, sum(counts[code] for code in upper)))
        cells.append((label, *counts.values(), len(found)))
        most = max(most, len(found))
    rows.sort(key=lambda row: -row.count)
    title = item.label.pick(sheet.language)
    words = _(" ou ").join(f"« {labels[code]} »" for code in upper)
    table = Table(
        (Column(_("Intitulé")), *(Column(labels[code], numeric=True) for code in labels), Column(_("Réponses"), numeric=True)),
        tuple(cells), caption=_("%(title)s Toutes les réponses") % {"title": title},
    )  # fmt: skip
    chart = _bars(title, item.id, tuple(rows), len(sheet.answers), language=sheet.language, what=words)
    note = _("La longueur dit combien de structures ont répondu %(words)s.") % {"words": words}
    return Counted(item.id, title, _answered(most, len(sheet.answers)), chart, (table,), note)


def _numbers(sheet: Sheet, item: Item, variables: list[Variable]) -> Measured:
    cells, most = [], 0
    for variable in variables:
        values = [
            float(one) for one in given(sheet.answers, sheet.asked.form, variable.id) if isinstance(one, str)
        ]
        most = max(most, len(values))
        cells.append(
            (variable.label.pick(sheet.language), len(values), sum(values) if values else None,
             median(values) if values else None, min(values, default=None), max(values, default=None))
        )  # fmt: skip
    title = item.label.pick(sheet.language)
    table = Table(
        (Column(_("Intitulé")), Column(_("Réponses"), numeric=True), Column(_("Total"), numeric=True),
         Column(_("Médiane"), numeric=True, decimals=1), Column(_("Le moins"), numeric=True), Column(_("Le plus"), numeric=True)),
        tuple(cells), caption=title,
    )  # fmt: skip
    return Measured(item.id, title, _answered(most, len(sheet.answers)), (table,))


def _written(sheet: Sheet, key: str) -> Written:
    found = [words for one in sheet.answers if (words := text_in(sheet.asked.form, key, one))]
    label = words_asked(sheet.asked.form, key, sheet.language)
    themes = tuple(BarRow(theme, count) for theme, count in sheet.themes.get(key, []))
    charts = _bars(_("%(question)s Par thème") % {"question": label}, key, themes, len(found), language=sheet.language) if themes else ()  # fmt: skip
    quotations = tuple(sheet.quotations.get(key, []))
    return Written(key, label, _answered(len(found), len(sheet.answers)), len(found), charts, quotations)


def _labels(choices: ChoiceList, language: str) -> dict[str, str]:
    return {
        choice.code: choice.label.pick(language) or choice.code
        for choice in choices.choices
        if choice.role is not Role.DECLINES
    }


def _bars(
    title: str, id_: str, rows: tuple[BarRow, ...], total: int, *, language: str, what: str = ""
) -> tuple[Chart, ...]:
    if not total or not any(row.count for row in rows):
        return ()
    description = _("Nombre de structures qui ont répondu %(what)s.") % {"what": what} if what else ""
    return (
        count_bars(
            title=title, rows=rows, total=total, description=description, language=language,
            chart_id=f"chart-{slugify(id_)}",
        ),
    )  # fmt: skip


def answer_in_words(form: Questionnaire, variable: Variable, answer: Any, language: str) -> str:
    """One answer as a reader sees it."""
    if not answer:
        return ""
    if is_declined(form, variable.id, answer):
        return _("préfère ne pas répondre")
    if variable.choices is None:
        return str(answer)
    labels = _labels(variable.choices, language) | {OTHER: _("Autre")}
    codes = answer if isinstance(answer, list) else [answer]
    return ", ".join(labels.get(code, code) for code in codes)


def _answered_in_words(
    form: Questionnaire, variable: Variable, said: dict[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """What was asked and what was said: the answer, then the words of « Autre » and the comment beside it."""
    for key in keys_of(variable):
        if key == variable.id:
            yield variable.label.pick(language), answer_in_words(form, variable, said.get(key), language)
        else:
            yield words_asked(form, key, language), text_in(form, key, said)


@dataclass(frozen=True, slots=True)
class Part:
    """Answers asked together: under the words above a block, or alone."""

    lead: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A theme of one structure's answers, in words."""

    title: str
    parts: tuple[Part, ...]


def read_reply(
    reply: Reply, asked: Asked, language: str, *, answers: dict[str, Any] | None = None
) -> list[Read]:
    """What one structure answered, theme by theme; questions left blank are absent.

    ``answers``: those kept apart included, for the structure itself.
    """
    said = reply.answers if answers is None else answers
    form = asked.told if answers is None else asked.form
    pages = [
        Read(group.title.pick(language), tuple(_parts(group, asked.form, said, language)))
        for group in form.groups
    ]
    return [page for page in pages if page.parts]


def _parts(group: Group, form: Questionnaire, said: dict[str, Any], language: str) -> Iterator[Part]:
    alone: list[tuple[str, str]] = []
    for item in group.items:
        lines = [
            (asked, words)
            for variable in variables_of(item)
            for asked, words in _answered_in_words(form, variable, said, language)
            if words
        ]
        if not lines:
            continue
        if len(variables_of(item)) == 1:  # its words beside, if any, come with it
            alone += lines
            continue
        if alone:
            yield Part("", tuple(alone))
            alone = []
        yield Part(item.label.pick(language), tuple(lines))
    if alone:
        yield Part("", tuple(alone))

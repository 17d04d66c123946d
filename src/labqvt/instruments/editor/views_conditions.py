"""Conditions written as sentences: « Afficher si toutes : cette question est cette réponse »."""

from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.instruments.editor.desk import UNPROCESSABLE, act, back_to, on_draft, page, require_touchable
from labqvt.instruments.editor.parts import (
    group_of,
    group_or_gone,
    item_or_gone,
    named,
    row_or_gone,
    shortened,
)
from labqvt.instruments.editor.phrasing import condition_in_words, language_of
from labqvt.instruments.editor.views_pages import title_of
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import FormError, Formula, Variable, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import variables_of
from labqvt_forms.sentences import answer_name
from labqvt_forms.simple_conditions import (
    Joined,
    Operator,
    build,
    operator_words,
    operators_for,
    parse,
    simple,
)
from labqvt_forms.spots import Part, Spot

MOST_LINES: Final = 12
LONGEST_FORMULA: Final = 4000


@dataclass(slots=True)
class Line:
    """One line of the builder, as typed; what can be chosen next depends on the question."""

    question: str = ""
    operator: str = ""
    value: str = ""
    operators: list[tuple[str, str]] = field(default_factory=list)
    values: list[tuple[str, str]] = field(default_factory=list)
    needs_value: bool = True
    kind: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the condition shows or hides: its place, its condition today, its name, the page it is in."""

    spot: Spot
    now: Formula | None
    name: str
    group_id: str


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def of_page(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    group = group_or_gone(version.form, group_id)
    require_touchable(version, "")
    name = title_of(version.form, group)
    return _builder(request, version, About(Spot.group(group_id), group.relevant, name, group_id))


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def of_question(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    item = item_or_gone(version.form, item_id)
    group = group_of(version.form, item_id)
    require_touchable(version, group.id)
    about = About(Spot.item(item_id), item.relevant, named(item, version.form), group.id)
    return _builder(request, version, about)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def of_row(request: HttpRequest, version: QuestionnaireVersion, item_id: str, row_id: str) -> HttpResponse:
    row = row_or_gone(version.form, item_id, row_id)
    group = group_of(version.form, item_id)
    require_touchable(version, group.id)
    name = shortened(row.label.pick(version.form.language)) or row_id
    return _builder(request, version, About(Spot.row(item_id, row_id), row.relevant, name, group.id))


def _builder(request: HttpRequest, version: QuestionnaireVersion, about: About) -> HttpResponse:
    """Nothing is written before « Enregistrer »: a line more, a line less, another question only redraw the form."""
    form = version.form
    lines, joined, raw = _typed(request) if request.method == "POST" else _stored(form, about.now)
    error = ""
    if request.method == "POST":
        doing = request.POST.get("act", "save")
        error = _kept(request, version, about, (lines, joined, raw)) if doing in {"save", "clear"} else ""
        if doing in {"save", "clear"} and not error:
            return _back(version, about)
        lines = _changed(lines, doing)
    before = _before(form, about.spot)
    known = {variable.id: variable for variable in before}
    for line in lines:
        _complete(line, known.get(line.question), form)
    return page(
        request, "condition", version, status=UNPROCESSABLE if error else 200, lines=lines, joined=joined, raw=raw,
        error=error, named=about.name, condition=condition_in_words(form, about.now),
        questions=_choosable(form, before), back=_back(version, about)["Location"], preview_page=about.group_id,
        is_page=about.spot.part is Part.GROUP, room_for_more=len(lines) < MOST_LINES,
    )  # fmt: skip


def _kept(
    request: HttpRequest, version: QuestionnaireVersion, about: About, typed: tuple[list[Line], str, str]
) -> str:
    """Write the condition, or none; return why not."""
    formula = None
    if request.POST.get("act", "save") == "save":
        formula, error = _formula(version.form, *typed)
        if error:
            return error
    done = _("Condition écrite : %(what)s") if formula else _("Toujours affichée : %(what)s")
    return act(
        request, version, lambda latest: _set(latest, about.spot, formula), done % {"what": about.name}
    )


def _before(form: Form, spot: Spot) -> list[Variable]:
    """What is asked before: a condition on what comes after could never be known in time."""
    found: list[Variable] = []
    for group in form.groups:
        if spot.part is Part.GROUP and group.id == spot.id:
            break
        for item in group.items:
            if item.id == (spot.owner or spot.id) and spot.part is not Part.GROUP:
                return found
            found += [variable for variable in variables_of(item) if operators_for(variable)]
    return found


def _choosable(form: Form, before: list[Variable]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Questions by page, as the list shows them."""
    language = language_of(form)
    pages: dict[str, list[tuple[str, str]]] = {}
    titles = {item.id: title_of(form, group) for group in form.groups for item in group.items}
    for variable in before:
        pages.setdefault(titles[variable.item.id], []).append(
            (variable.id, answer_name(variable, form, language))
        )
    return list(pages.items())


def _stored(form: Form, now: Formula | None) -> tuple[list[Line], str, str]:
    if now is None:
        return [Line()], Joined.ALL.value, ""
    read = parse(now, form)
    if read is None:
        return [], Joined.ALL.value, now.text
    simples, joined = read
    return (
        [
            Line(
                one.question,
                one.operator.value,
                number_text(one.value) if isinstance(one.value, float) else str(one.value),
            )
            for one in simples
        ],
        joined.value,
        "",
    )


def _typed(request: HttpRequest) -> tuple[list[Line], str, str]:
    posted = request.POST
    lines = [
        Line(question[:200], operator[:40], value[:500])
        for question, operator, value in zip(
            posted.getlist("question"), posted.getlist("operator"), posted.getlist("value"), strict=False
        )
    ][:MOST_LINES]
    joined = Joined.ANY if posted.get("joined") == Joined.ANY else Joined.ALL
    return lines, joined.value, posted.get("raw", "").strip()[:LONGEST_FORMULA]


def _formula(form: Form, lines: list[Line], joined: str, raw: str) -> tuple[Formula | None, str]:
    """The condition typed, or what is wrong, beside its line."""
    if raw:
        formula = Formula(raw)
        return (formula, "") if formula.tree is not None else (None, formula.outside)
    simples = []
    for line in lines:
        if not line.question:
            continue
        try:
            simples.append(simple(form, line.question, Operator(line.operator or "is"), line.value))
        except (FormError, ValueError) as error:
            line.error = error.sentence if isinstance(error, FormError) else _("Choisissez une comparaison.")
    if any(line.error for line in lines):
        return None, _("Une ligne de la condition est à compléter.")
    if not simples:
        return None, _("Choisissez d’abord une question, ou affichez toujours.")
    return build(simples, Joined(joined)), ""


def _set(form: Form, spot: Spot, formula: Formula | None) -> Form:
    if spot.part is Part.GROUP:
        group_or_gone(form, spot.id)
    else:
        item_or_gone(form, spot.owner or spot.id)
    return editing.set_condition(form, spot, formula)


def _back(version: QuestionnaireVersion, about: About) -> HttpResponse:
    if about.spot.part is Part.GROUP:
        return back_to("edit", version, here=f"p-{about.group_id}", page=about.group_id)
    return back_to("edit_question", version, about.spot.owner or about.spot.id, here="condition")


def _changed(lines: list[Line], doing: str) -> list[Line]:
    """Acts that write nothing yet: one line more, one line less."""
    act_, _colon, rank = doing.partition(":")
    if act_ == "remove" and rank.isdecimal() and len(rank) < 4:
        lines = [line for place, line in enumerate(lines) if place != int(rank)]
    if act_ == "more" and len(lines) < MOST_LINES:
        lines = [*lines, Line()]
    return lines or [Line()]


def _complete(line: Line, variable: Variable | None, form: Form) -> None:
    """Offer the comparisons and the answers of the question chosen."""
    language = language_of(form)
    if variable is None:
        return
    operators = operators_for(variable)
    if line.operator not in [operator.value for operator in operators]:
        line.operator, line.value = operators[0].value, ""
    line.operators = [
        (operator.value, operator_words(operator, get_language() or "fr")) for operator in operators
    ]
    line.needs_value = Operator(line.operator).needs_value
    line.kind = variable.kind.value
    if variable.choices is not None:
        line.values = [
            (choice.code, choice.label.pick(language) or choice.code) for choice in variable.choices.choices
        ]

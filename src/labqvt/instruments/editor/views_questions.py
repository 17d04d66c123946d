"""One question, edited in place: each button keeps first everything that was typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.instruments.adapting import AT_MOST, own_questions
from labqvt.instruments.editor import writing
from labqvt.instruments.editor.desk import (
    UNPROCESSABLE,
    act,
    back_to,
    form_as_shown,
    is_adapted,
    on_draft,
    page,
    refused,
    require_touchable,
    steps_of,
)
from labqvt.instruments.editor.findings import findings_about
from labqvt.instruments.editor.kinds import NAMES, ways_of
from labqvt.instruments.editor.parts import group_of, item_or_gone, named
from labqvt.instruments.editor.phrasing import condition_in_words
from labqvt.instruments.editor.question_form import QuestionForm
from labqvt.instruments.editor.views_pages import title_of
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Block, Computed, Item, Kind, Note, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.items import Question
from labqvt_forms.questionnaire import variables_of


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def question(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    form = version.form
    item = item_or_gone(form, item_id)
    require_touchable(version, group_of(form, item_id).id)
    if request.method != "POST":
        bound = QuestionForm(item=item, form=form)
        return _shown(request, version, item, bound)
    bound = QuestionForm(request.POST, item=item, form=form, was=_as_shown(request, version, item_id))
    doing = request.POST.get("act", "")
    why_not = _kept(request, version, item, bound, doing) if bound.is_valid() else ""
    if "autosave" in request.POST:
        return _autosaved(request, version, bound, why_not)
    if bound.errors or why_not:
        if why_not:
            bound.add_error(None, why_not)
        return _shown(request, version, item, bound, doing=doing if why_not and ".remove:" in doing else "")
    if bound.orphans:
        messages.warning(
            request, _("Ces mots n’ont plus leur place, la ligne a été retirée entre-temps : %(words)s") % {"words": " · ".join(bound.orphans)},
        )  # fmt: skip
    return _onwards(version, item_id, doing)


def _as_shown(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> Item | None:
    """The question as the author saw it, when the draft changed since (another tab, another person)."""
    shown = form_as_shown(request, version)
    return next((item for item in shown.items if item.id == item_id), None)


def _kept(
    request: HttpRequest, version: QuestionnaireVersion, item: Item, bound: QuestionForm, doing: str
) -> str:
    """Write what was changed, then the act of the button; return why not."""
    changed = bound.changed
    everywhere = bool(bound.cleaned_data.get("everywhere"))
    doing, sure = doing.removesuffix("!"), doing.endswith("!")

    def change(latest: Form) -> Form:
        latest = writing.written(latest, item.id, changed, everywhere=everywhere)
        if doing.startswith(("row.", "choice.")):
            latest = writing.done(latest, item.id, doing, everywhere=everywhere, sure=sure)
        return latest

    return act(
        request,
        version,
        change,
        _("Question modifiée : %(question)s") % {"question": named(item, version.form)},
    )


def _autosaved(
    request: HttpRequest, version: QuestionnaireVersion, bound: QuestionForm, why_not: str
) -> HttpResponse:
    """The status alone: the form on screen stays as its author is filling it."""
    wrong = why_not or next((str(error) for errors in bound.errors.values() for error in errors), "")
    context = {"version": version, "wrong": wrong, **steps_of(version)}
    return render(request, "instruments/editor/saved.html", context)


def _onwards(version: QuestionnaireVersion, item_id: str, doing: str) -> HttpResponse:
    group = group_of(version.form, item_id)
    where, _colon, what = doing.partition(":")
    if where == "goto" and what == "condition":
        return back_to("edit_question_condition", version, item_id)
    if where == "goto" and what.startswith("row."):
        return back_to("edit_row_condition", version, item_id, what.removeprefix("row."))
    if where == "goto" and what == "next":
        after = _next_of(version.form, item_id)
        return (
            back_to("edit_question", version, after)
            if after
            else back_to("edit", version, here=f"q-{item_id}", page=group.id)
        )
    if where in {"", "back"}:
        return back_to("edit", version, here=f"q-{item_id}", page=group.id)
    return back_to("edit_question", version, item_id, here=_line(where, what))


def _line(where: str, what: str) -> str:
    """The line acted on, in the page of the question; after a removal, the list it was in."""
    if where in {"row.up", "row.down"}:
        return f"l-{what}"
    if where in {"choice.up", "choice.down"}:
        return f"c-{what.replace(':', '-')}"
    return {"row.remove": "phrases", "choice.remove": "reponses", "stay": "", "add": what}.get(where, "")


def _next_of(form: Form, item_id: str) -> str:
    ids = [item.id for item in form.items]
    rank = ids.index(item_id) + 1
    return ids[rank] if rank < len(ids) else ""


def _shown(
    request: HttpRequest, version: QuestionnaireVersion, item: Item, bound: QuestionForm, doing: str = ""
) -> HttpResponse:
    form = version.form
    group = group_of(form, item.id)
    context: dict[str, Any] = {
        "item": item,
        "way": NAMES[item.kind],
        "group": group,
        "group_name": title_of(form, group),
        "form": bound,
        "named": named(item, form),
        "condition": condition_in_words(form, item.relevant),
        "row_conditions": {
            row.id: condition_in_words(form, row.relevant)
            for row in getattr(item, "rows", ())
            if row.relevant is not None
        },
        "findings": findings_about(version, item),
        "possible": _possible(item, version),
        "is_question": isinstance(item, Question),
        "is_block": isinstance(item, Block),
        "is_note": isinstance(item, Note),
        "insist": doing,
        "preview_page": group.id,
        "preview_here": next(iter(variables_of(item))).id,
        "number": _number_of(form, item),
        "pages": [(other.id, title_of(form, other)) for other in form.groups],
        "room_left": AT_MOST - len(own_questions(form)) if is_adapted(version) else None,
        "next_question": _next_of(form, item.id),
    }
    return page(request, "question", version, status=UNPROCESSABLE if bound.errors else 200, **context)


def _number_of(form: Form, item: Item) -> int | None:
    """Its rank among what people answer, as in the outline."""
    asked = [known.id for known in form.items if not isinstance(known, Note | Computed)]
    return asked.index(item.id) + 1 if item.id in asked else None


def _possible(item: Item, version: QuestionnaireVersion) -> list[tuple[str, Any]]:
    """Other ways of answering that keep what is written, among those offered here."""
    offered = {way.kind for way in ways_of(adapted=is_adapted(version))}
    return [(kind.value, NAMES[kind]) for kind in editing.possible_kinds(item) if kind in offered]


@require_POST
@on_draft
def change_way(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    """Answer the same question in another way; what both can say is kept."""
    form = version.form
    item = item_or_gone(form, item_id)
    require_touchable(version, group_of(form, item_id).id)
    kinds = {kind: Kind(kind) for kind, _name in _possible(item, version)}
    kind = kinds.get(request.POST.get("kind", ""))
    if kind is None:
        refused(request, _("Choisissez une autre façon de répondre."))
        return back_to("edit_question", version, item_id)
    why_not = act(
        request, version,
        lambda latest: editing.change_kind(latest, item_id, kind, with_dependants="sure" in request.POST),
        _("Façon de répondre changée : %(question)s") % {"question": named(item, form)},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
    return back_to("edit_question", version, item_id)

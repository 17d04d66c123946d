"""Questions of a draft as lines of the outline: add, move, copy, remove."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.instruments.adapting import AT_MOST, own_questions
from labqvt.instruments.editor.adding import new_item
from labqvt.instruments.editor.desk import (
    UNPROCESSABLE,
    act,
    back_to,
    is_adapted,
    on_draft,
    page,
    refused,
    require_touchable,
)
from labqvt.instruments.editor.forms import NewQuestionForm
from labqvt.instruments.editor.kinds import RARER, ways_of
from labqvt.instruments.editor.parts import group_of, group_or_gone, item_or_gone, named, shortened
from labqvt.instruments.editor.phrasing import dependants_in_words
from labqvt.instruments.editor.views_pages import title_of
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire as Form
from labqvt_forms import editing
from labqvt_forms.spots import Spot


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def add(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    """Choose a way of answering by its example, and type the question at once."""
    require_touchable(version, group_id)
    form = version.form
    group = group_or_gone(form, group_id)
    ways = ways_of(adapted=is_adapted(version))
    room_left = AT_MOST - len(own_questions(form)) if is_adapted(version) else None
    bound = NewQuestionForm(
        request.POST if request.method == "POST" else None, ways=ways, room_left=room_left
    )
    if request.method == "POST" and bound.is_valid():
        before = {item.id for item in form.items}
        values = bound.cleaned_data
        words = shortened(values["label"] or values["rows"][0])
        why_not = act(
            request, version, lambda latest: _added(latest, group_id, values),
            _("Question ajoutée : %(question)s") % {"question": words},
        )  # fmt: skip
        if not why_not:
            new = next((known.id for known in version.form.items if known.id not in before), "")
            if request.POST.get("act") == "again":
                return back_to("edit_add", version, group_id, added=new)
            return back_to("edit", version, here=f"q-{new}", page=group_id)
        bound.add_error(None, why_not)
    rarer = {way.kind for way in RARER}
    return page(
        request, "add", version, status=UNPROCESSABLE if bound.errors else 200, form=bound, group=group,
        group_name=title_of(form, group), ways=[way for way in ways if way.kind not in rarer],
        rarer=[way for way in ways if way.kind in rarer], room_left=room_left, preview_page=group_id,
        chosen=bound["kind"].value(), added=_added_words(form, request.GET.get("added", "")),
    )  # fmt: skip


def _added(form: Form, group_id: str, values: dict[str, object]) -> Form:
    group_or_gone(form, group_id)
    return editing.add_item(form, group_id, new_item(form, group_id, values))


def _added_words(form: Form, item_id: str) -> str:
    return next((named(item, form) for item in form.items if item.id == item_id), "")


@require_POST
@on_draft
def move(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    """One place up or down, to another page, or where it was dropped (a page and a place in it)."""
    form = version.form
    item = item_or_gone(form, item_id)
    require_touchable(version, group_of(form, item_id).id)
    to, at, by = (request.POST.get(name, "") for name in ("page", "at", "by"))

    def moved(latest: Form) -> Form:
        item_or_gone(latest, item_id)
        if not to:
            return editing.shift_item(latest, item_id, 1 if by == "1" else -1)
        target = group_or_gone(latest, to)
        room = len(target.items) - (group_of(latest, item_id).id == to)
        place = int(at) if at.isdecimal() and len(at) < 6 else room
        return editing.move_item(latest, item_id, to, min(place, room))

    if to:
        require_touchable(version, to)
    why_not = act(
        request, version, moved, _("Question déplacée : %(question)s") % {"question": named(item, form)}
    )
    if why_not:
        refused(request, why_not)
    return back_to("edit", version, here=f"q-{item_id}", page=group_of(version.form, item_id).id)


@require_POST
@on_draft
def duplicate(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    form = version.form
    item = item_or_gone(form, item_id)
    require_touchable(version, group_of(form, item_id).id)
    before = {known.id for known in form.items}
    why_not = act(
        request, version, lambda latest: editing.duplicate_item(latest, item_id),
        _("Question dupliquée : %(question)s") % {"question": named(item, form)},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
    new = next((known.id for known in version.form.items if known.id not in before), item_id)
    return back_to("edit", version, here=f"q-{new}", page=group_of(version.form, new).id)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def remove(request: HttpRequest, version: QuestionnaireVersion, item_id: str) -> HttpResponse:
    """Remove at once what nothing uses; otherwise tell first what goes with it. Undo is one button away."""
    form = version.form
    item = item_or_gone(form, item_id)
    group = group_of(form, item_id)
    require_touchable(version, group.id)
    using = dependants_in_words(editing.dependants(form, Spot.item(item_id)))
    if request.method != "POST" or (using and "sure" not in request.POST):
        return page(
            request, "remove", version, using=using, what=shortened(named(item, form), 120), is_page=False,
            item=item, preview_page=group.id,
        )  # fmt: skip
    why_not = act(
        request, version, lambda latest: _removed(latest, item_id),
        _("Question supprimée : %(question)s") % {"question": named(item, form)},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
    rank = group.items.index(item)
    left = group.items[:rank] + group.items[rank + 1 :]
    here = f"q-{left[min(rank, len(left) - 1)].id}" if left else f"p-{group.id}"
    return back_to("edit", version, here=here, page=group.id)


def _removed(form: Form, item_id: str) -> Form:
    item_or_gone(form, item_id)
    return editing.remove_item(form, item_id, with_dependants=True)

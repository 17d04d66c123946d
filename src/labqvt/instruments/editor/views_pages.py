"""Pages of a draft: add, name, move, copy, remove."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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
from labqvt.instruments.editor.forms import PageForm
from labqvt.instruments.editor.outlining import name_of_page
from labqvt.instruments.editor.parts import group_or_gone
from labqvt.instruments.editor.phrasing import condition_in_words, dependants_in_words
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Group, Text, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.editing.parts import with_group
from labqvt_forms.spots import Spot


def title_of(form: Form, group: Group) -> str:
    return name_of_page(form, group, form.groups.index(group))


@require_POST
@on_draft
def add(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    require_touchable(version, "")
    form = version.form
    title = request.POST.get("title", "").strip()[:300]
    before = {group.id for group in form.groups}
    why_not = act(
        request, version,
        lambda latest: editing.add_group(latest, Text.of({latest.language: title})),
        _("Page ajoutée : %(page)s") % {"page": title or len(form.groups) + 1},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
        return back_to("edit", version)
    new = next((group.id for group in version.form.groups if group.id not in before), "")
    return back_to("edit", version, here=f"p-{new}", page=new)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def detail(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    """The title of a page, its sense in one sentence, its order."""
    form = version.form
    group = group_or_gone(form, group_id)
    require_touchable(version, group_id if not is_adapted(version) else "")
    bound = PageForm(request.POST if request.method == "POST" else None, group=group, language=form.language)
    if request.method == "POST" and bound.is_valid():
        values = bound.cleaned_data
        why_not = act(
            request, version, lambda latest: _written(latest, group_id, values),
            _("Page modifiée : %(page)s") % {"page": values["title"] or title_of(form, group)},
        )  # fmt: skip
        if not why_not:
            return back_to("edit", version, here=f"p-{group_id}", page=group_id)
        bound.add_error(None, why_not)
    return page(
        request, "page", version, status=UNPROCESSABLE if bound.errors else 200, form=bound, group=group,
        group_name=title_of(form, group), condition=condition_in_words(form, group.relevant), preview_page=group_id,
    )  # fmt: skip


def _written(form: Form, group_id: str, values: dict[str, object]) -> Form:
    group = group_or_gone(form, group_id)
    texts = {
        name: Text.of({**dict(getattr(group, name)), form.language: str(values[name])})
        for name in ("title", "description")
    }
    written = replace(group, **texts, random_order=bool(values["random_order"]))  # type: ignore[arg-type]  # both are texts
    return with_group(form, group_id, lambda _group: written)


@require_POST
@on_draft
def move(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    """One place up or down."""
    require_touchable(version, "")
    group = group_or_gone(version.form, group_id)
    by = 1 if request.POST.get("by") == "1" else -1

    def moved(latest: Form) -> Form:
        rank = latest.groups.index(group_or_gone(latest, group_id))
        return editing.move_group(latest, group_id, min(max(rank + by, 0), len(latest.groups) - 1))

    why_not = act(
        request, version, moved, _("Page déplacée : %(page)s") % {"page": title_of(version.form, group)}
    )
    if why_not:
        refused(request, why_not)
    return back_to("edit", version, here=f"p-{group_id}", page=group_id)


@require_POST
@on_draft
def duplicate(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    require_touchable(version, "")
    form = version.form
    group = group_or_gone(form, group_id)
    before = {known.id for known in form.groups}
    why_not = act(
        request, version, lambda latest: editing.duplicate_group(latest, group_id),
        _("Page dupliquée : %(page)s") % {"page": title_of(form, group)},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
        return back_to("edit", version, here=f"p-{group_id}", page=group_id)
    new = next((known.id for known in version.form.groups if known.id not in before), group_id)
    return back_to("edit", version, here=f"p-{new}", page=new)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def remove(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    """Remove at once what nothing uses; otherwise tell first what goes with it."""
    require_touchable(version, "")
    form = version.form
    group = group_or_gone(form, group_id)
    using = dependants_in_words(editing.dependants(form, Spot.group(group_id)))
    if request.method != "POST" or (using and "sure" not in request.POST):
        return page(
            request, "remove", version, using=using, what=title_of(form, group), is_page=True, size=len(group.items),
            preview_page=group_id,
        )  # fmt: skip
    why_not = act(
        request, version, lambda latest: editing.remove_group(latest, group_id, with_dependants=True),
        _("Page supprimée : %(page)s") % {"page": title_of(form, group)},
    )  # fmt: skip
    if why_not:
        refused(request, why_not)
    rank = min(form.groups.index(group), len(form.groups) - 2)
    near = version.form.groups[rank].id if version.form.groups else ""
    return back_to("edit", version, here=f"p-{near}" if near else "", page=near)

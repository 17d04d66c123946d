"""Take questions from the bank: search, filter, tick, add."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.instruments.adapting import AT_MOST, own_questions
from labqvt.instruments.editor.banking import PER_PAGE, Entry, entries_for, found_in, taken
from labqvt.instruments.editor.desk import (
    UNPROCESSABLE,
    act,
    back_to,
    is_adapted,
    on_draft,
    page,
    require_touchable,
)
from labqvt.instruments.editor.parts import group_or_gone, shortened
from labqvt.instruments.editor.subjects import determinants
from labqvt.instruments.editor.views_pages import title_of
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire as Form


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def bank(request: HttpRequest, version: QuestionnaireVersion, group_id: str) -> HttpResponse:
    form = version.form
    group = group_or_gone(form, group_id)
    require_touchable(version, group_id)
    spoken = (get_language() or "fr")[:2]
    entries = entries_for(request.user, spoken, like=version.questionnaire.kind, adapted=is_adapted(version))
    error = ""
    ticked = request.POST.getlist("take")
    if request.method == "POST":
        chosen = [entry for entry in entries if entry.key in ticked]
        error = _added(request, version, group_id, chosen)
        if not error:
            new = version.form.groups[[g.id for g in version.form.groups].index(group_id)].items[-1].id
            return back_to("edit", version, here=f"q-{new}", page=group_id)
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "determinant", "version")}
    found = found_in(entries, **asked)
    return page(
        request, "bank", version, status=UNPROCESSABLE if error else 200, group=group,
        group_name=title_of(form, group), found=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        total=len(found), error=error, ticked=ticked, parts=_filters(entries, asked), q=asked["q"],
        preview_page=group_id, room_left=AT_MOST - len(own_questions(form)) if is_adapted(version) else None,
    )  # fmt: skip


def _added(request: HttpRequest, version: QuestionnaireVersion, group_id: str, chosen: list[Entry]) -> str:
    if not chosen:
        return _("Cochez au moins une question.")
    scored = "scored" in request.POST and not is_adapted(version)

    def change(latest: Form) -> Form:
        group_or_gone(latest, group_id)
        return taken(latest, group_id, chosen, scored=scored)

    sentence = _("Prise dans la banque : %(words)s") % {"words": shortened(chosen[0].words)}
    if len(chosen) > 1:
        sentence = _("Prises dans la banque : %(n)s questions") % {"n": len(chosen)}
    return act(request, version, change, sentence)


def _filters(entries: list[Entry], asked: dict[str, str]) -> list[dict[str, object]]:
    sources = list(dict.fromkeys((entry.version, entry.source) for entry in entries))
    return [
        {
            "before": _("Les questions de"), "name": "version", "label": _("Questionnaire"), "value": asked["version"],
            "options": [("", _("tous les questionnaires")), *sources],
        },
        {
            "before": _("sur"), "name": "determinant", "label": _("Déterminant"), "value": asked["determinant"],
            "options": [("", _("tous les sujets")), *determinants()],
        },
    ]  # fmt: skip

"""What every page of the editor stands on: the draft, an act on it, and the way back to where one was."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.foundation.verdict import require
from labqvt.instruments import drafts
from labqvt.instruments.adapting import OWN_GROUP
from labqvt.instruments.models import DraftStep, QuestionnaireVersion
from labqvt.instruments.parsed import form_of_step
from labqvt.instruments.policy import may_edit, readable
from labqvt_forms import FormError
from labqvt_forms import Questionnaire as Form

UNPROCESSABLE = 422
CONFLICT = 409
View = Callable[..., HttpResponse]


class Gone(Exception):  # noqa: N818 - not a fault: someone removed meanwhile what this page was about
    """What the address names is no longer in the draft; the sentence says so."""


def draft_for(person: Any, public_id: str) -> QuestionnaireVersion:
    """The draft, if this person may write it. Its content is read from the database only when nobody read it yet."""
    kept = readable(person).select_related(None).select_related("questionnaire__scope").defer("content")
    version = kept.filter(public_id=public_id).first()
    if version is None:
        raise Http404
    require(may_edit(person, version))
    return version


def on_draft(view: View) -> View:
    """Give a view the draft its address names, and let its page frame the preview."""

    @wraps(view)
    def dressed(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        version = draft_for(request.user, public_id)
        try:
            return view(request, version, *args, **kwargs)
        except Gone as gone:
            return _gone(request, version, str(gone))

    return csp_update({"frame-src": [SELF]})(dressed)


def _gone(request: HttpRequest, version: QuestionnaireVersion, sentence: str) -> HttpResponse:
    """Say what vanished, and give back what was typed."""
    typed = [
        value.strip()
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_TYPED and not name.endswith((".role", ".value")) and len(value.strip()) > 1
    ]
    if typed:
        return page(request, "lost", version, status=CONFLICT, sentence=sentence, typed=typed)
    refused(request, sentence)
    return back_to("edit", version)


_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "act", "kind", "required", "scale", "next"})


def act(
    request: HttpRequest, version: QuestionnaireVersion, change: Callable[[Form], Form], sentence: str
) -> str:
    """Do an act on the latest state of the draft; return why not when it cannot be done."""
    try:
        written = drafts.edit(version=version, act=change, sentence=sentence, by=request.user)
    except FormError as refusal:
        return refusal.sentence
    except PermissionDenied as refusal:
        return str(refusal)
    version.step, version.changed_at = written.step, written.changed_at
    version.__dict__.pop("form", None)
    return ""


def form_as_shown(request: HttpRequest, version: QuestionnaireVersion) -> Form:
    """The draft as the author saw it when typing: only what differs from it was changed by this person."""
    seen = request.POST.get("seen", "")
    if not seen.isdecimal() or len(seen) > 9 or int(seen) == version.step:
        return version.form
    step = version.steps.filter(number=int(seen)).first()
    return version.form if step is None else form_of_step(version, step)


def back_to(
    name: str, version: QuestionnaireVersion, *args: str, here: str = "", **query: str
) -> HttpResponse:
    """Go back to a page of the editor, to the line one acted on."""
    address = reverse(f"instruments:{name}", args=[version.public_id, *args])
    asked = urlencode({key: value for key, value in (query | {"ici": here}).items() if value})
    return HttpResponseRedirect(address + (f"?{asked}" if asked else "") + (f"#{here}" if here else ""))


def refused(request: HttpRequest, sentence: str) -> None:
    messages.error(request, sentence)


def page(
    request: HttpRequest, template: str, version: QuestionnaireVersion, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the editor; for a script, only its desk: what is between the title and the foot."""
    swapped = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # put there by the middleware of django-htmx
    frame = f"instruments/editor/{'swap' if swapped else 'frame'}.html"
    context = {"frame": frame, **frame_of(request, version), **context}
    return render(request, f"instruments/editor/{template}.html", context, status=status)


def frame_of(request: HttpRequest, version: QuestionnaireVersion) -> dict[str, Any]:
    """What surrounds every page of the editor."""
    form = version.form
    return {
        "version": version,
        "form_title": form.title.pick(form.language) or form.id,
        "adapted": is_adapted(version),
        "here": request.GET.get("ici", ""),
        "tabs": _tabs(request, version),
        **steps_of(version),
    }


def own_pages(version: QuestionnaireVersion) -> frozenset[str] | None:
    """Pages this draft's author writes; None when all are. The shipped ones come translated."""
    return frozenset({OWN_GROUP}) if is_adapted(version) else None


def is_adapted(version: QuestionnaireVersion) -> bool:
    """The draft completes a shipped questionnaire: only the last page is its author's."""
    return version.questionnaire.adapts_id is not None


def may_touch(version: QuestionnaireVersion, group_id: str) -> bool:
    return not is_adapted(version) or group_id == OWN_GROUP


def require_touchable(version: QuestionnaireVersion, group_id: str) -> None:
    """Stop before showing what would be refused."""
    if not may_touch(version, group_id):
        raise PermissionDenied(
            _(
                "Les questions livrées ne se modifient pas : c’est ce qui permet de comparer les résultats. Seule la page de vos propres questions est à vous."
            )
        )


def steps_of(version: QuestionnaireVersion) -> dict[str, Any]:
    """The sentences of the last act and of the one undone, and when the draft was last kept."""
    near = dict(
        DraftStep.objects.filter(
            version=version, number__range=(version.step - 1, version.step + 1)
        ).values_list("number", "sentence")
    )
    saved = timezone.localtime(version.changed_at)
    return {
        "undo": near.get(version.step, "") if version.step - 1 in near else "",
        "redo": near.get(version.step + 1, ""),
        "saved_at": date_format(saved, "H:i").replace(":", " h "),
        "saved_today": saved.date() == timezone.localdate(),
        "saved_on": date_format(saved, "j F Y"),
    }


def _tabs(request: HttpRequest, version: QuestionnaireVersion) -> list[dict[str, Any]]:
    named = [
        ("edit", _("Questions")),
        ("edit_translate", _("Traduire")),
        ("edit_scales", _("Scores")),
        ("edit_settings", _("Réglages")),
        ("edit_check", _("Vérifier")),
        ("edit_publish", _("Publier")),
    ]
    if is_adapted(version):
        named = [entry for entry in named if entry[0] not in ("edit_scales", "edit_settings")]
    match = request.resolver_match
    now = (match.url_name if match else "") or ""
    return [
        {
            "label": label,
            "url": reverse(f"instruments:{name}", args=[version.public_id]),
            "current": name == _SECTION.get(now, "edit"),
        }
        for name, label in named
    ]


_SECTION = {
    "edit_translate": "edit_translate",
    "edit_translate_to": "edit_translate",
    "edit_scales": "edit_scales",
    "edit_settings": "edit_settings",
    "edit_check": "edit_check",
    "edit_publish": "edit_publish",
}

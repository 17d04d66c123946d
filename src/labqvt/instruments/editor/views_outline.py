"""The home of a draft: everything it asks, in order; and the way back and forth among its acts."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labqvt.instruments import drafts
from labqvt.instruments.adapting import AT_MOST, OWN_GROUP, own_questions
from labqvt.instruments.editor.desk import back_to, is_adapted, on_draft, page, refused
from labqvt.instruments.editor.findings import findings_at_hand, is_long
from labqvt.instruments.editor.outlining import outline_of
from labqvt.instruments.facts import minutes_of
from labqvt.instruments.models import QuestionnaireVersion


@require_safe
@on_draft
def outline(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    asked = request.GET.get("depuis", "")
    shown = outline_of(
        version.form,
        opened=request.GET.get("page", ""),
        start=int(asked) if asked.isdecimal() and len(asked) < 6 else 0,
        adapted=is_adapted(version),
        findings=findings_at_hand(version),
    )
    return page(
        request, "outline", version, outline=shown, preview_page=request.GET.get("page", OWN_GROUP if is_adapted(version) else ""),
        room_left=AT_MOST - len(own_questions(version.form)) if is_adapted(version) else None,
        minutes=minutes_of(version.form), is_long=is_long(version.form),
    )  # fmt: skip


@require_POST
@on_draft
def undo(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    return _step(request, version, drafts.step_back, _("C’est annulé : %(what)s"))


@require_POST
@on_draft
def redo(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    return _step(request, version, drafts.step_forward, _("C’est refait : %(what)s"))


def _step(
    request: HttpRequest, version: QuestionnaireVersion, step: Callable[..., str], said: str
) -> HttpResponse:
    try:
        sentence = step(version=version, by=request.user)
    except PermissionDenied as refusal:
        refused(request, str(refusal))
    else:
        messages.info(request, said % {"what": sentence})
    return _where_from(request, version)


def _where_from(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """The page of the editor where the button was, else the outline."""
    back = request.POST.get("next", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return back_to("edit", version)

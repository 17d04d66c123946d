"""Before people answer: what the checker says, what changed, and the button that freezes the words."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.foundation.views import announce
from labqvt.instruments import services
from labqvt.instruments.editor.desk import UNPROCESSABLE, on_draft, page
from labqvt.instruments.editor.findings import findings_of
from labqvt.instruments.models import QuestionnaireVersion

LONGEST_NOTE = 2000


@require_http_methods(["GET", "HEAD"])
@on_draft
def check(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    asked = request.GET.get("effectif", "").strip()
    headcount = int(asked) if asked.isdecimal() and len(asked) < 7 else None
    return page(request, "check", version, findings=findings_of(version), headcount=headcount, asked=asked)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def publish(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    note = request.POST.get("note", "").strip()[:LONGEST_NOTE]
    error = ""
    if request.method == "POST":
        try:
            services.publish(version=version, note=note, by=request.user)
        except PermissionDenied as refusal:
            error = str(refusal)
        else:
            announce(request, _("Version publiée : ses mots ne changent plus."))
            return redirect("instruments:questionnaire", public_id=version.public_id)
    return page(
        request, "publish", version, status=UNPROCESSABLE if error else 200, error=error, note=note,
        findings=findings_of(version), missing=error or _missing(version), before=_published(version),
    )  # fmt: skip


def _missing(version: QuestionnaireVersion) -> str:
    """Why it could not be published as it is; empty when it can."""
    try:
        services.refuse_unfinished(version)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def _published(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    return version.questionnaire.versions.exclude(pk=version.pk).order_by("-number").first()


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def discard(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    if request.method != "POST":
        return page(request, "discard", version)
    entry = services.discard_draft(version=version, by=request.user)
    announce(request, _("Brouillon supprimé."), entry)
    return redirect("instruments:questionnaires")

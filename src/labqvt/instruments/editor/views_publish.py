"""Before people answer: what the checker says, what changed, and the button that freezes the words."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.foundation.views import announce
from labqvt.instruments import services
from labqvt.instruments.editor.desk import UNPROCESSABLE, on_draft, own_pages, page
from labqvt.instruments.editor.findings import Findings, Told, findings_of
from labqvt.instruments.editor.parts import shortened
from labqvt.instruments.editor.translating import Progress, progress_by_language
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms.comparing import compare
from labqvt_forms.findings import Severity
from labqvt_forms.wording import expected_minutes, profile_cells

LONGEST_NOTE = 2000


@require_http_methods(["GET", "HEAD"])
@on_draft
def check(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """Everything the checker says, each remark beside the way to mend it."""
    form = version.form
    asked = request.GET.get("effectif", "").strip()
    headcount = int(asked) if asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else None
    findings = findings_of(version, headcount)
    profile = [variable for variable in form.answer_variables if variable.profile]
    least, most = expected_minutes(form).whole
    return page(
        request, "check", version, findings=findings, headcount=headcount, asked=asked[:6], least=least, most=most,
        wrong=bool(asked) and headcount is None, parts=_parts(findings), questions=len(form.answer_variables),
        profile=[shortened(variable.label.pick(form.language)) or variable.id for variable in profile],
        untranslated=_untranslated(version), cells=profile_cells(form), per_cell=headcount // profile_cells(form) if headcount else None,
    )  # fmt: skip


def _parts(findings: Findings) -> list[tuple[str, tuple[Told, ...]]]:
    named = [
        (_("À corriger avant de publier"), Severity.ERROR),
        (_("À revoir"), Severity.WARNING),
        (_("Conseils"), Severity.HINT),
    ]
    return [(name, found) for name, severity in named if (found := findings.by_severity(severity))]


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
        grave=findings_of(version).grave, remarks=len(findings_of(version)), missing=error or _missing(version),
        untranslated=_untranslated(version),
        **_compared(version),
    )  # fmt: skip


def _untranslated(version: QuestionnaireVersion) -> list[Progress]:
    """Languages in which some people would read the main one instead."""
    return [one for one in progress_by_language(version.form, own_pages(version)) if one.missing]


def _missing(version: QuestionnaireVersion) -> str:
    """Why it could not be published as it is; empty when it can."""
    try:
        services.refuse_unfinished(version)
    except PermissionDenied as refusal:
        return str(refusal)
    return ""


def _compared(version: QuestionnaireVersion) -> dict[str, Any]:
    """What changes for those who know the version before, and whether results will still compare."""
    numbered = version.questionnaire.versions.filter(number__lt=version.number)
    before = numbered.exclude(status=QuestionnaireVersion.Status.DRAFT).order_by("-number").first()
    if before is None:
        return {"before": None}
    # The number of the version is no change of its words.
    comparison = compare(before.form, replace(version.form, version=before.form.version))
    spoken = get_language() or "fr"
    return {
        "before": before,
        "differences": [one.sentence(spoken) for one in comparison.differences],
        "comparable": comparison.comparable,
        "compared": [(one.verdict.value, one.sentence(spoken)) for one in comparison.scales],
    }

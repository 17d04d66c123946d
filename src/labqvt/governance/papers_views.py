"""The paper of a meeting, as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from labqvt.documents.model import Document
from labqvt.documents.pdf import render_pdf
from labqvt.foundation.verdict import require
from labqvt.governance import papers, policy, queries
from labqvt.governance.models import Meeting


def _sent(document: Document, name: str) -> HttpResponse:
    content = render_pdf(document, get_language() or "fr")
    return HttpResponse(content, content_type="application/pdf", headers={
        "Content-Disposition": f'attachment; filename="{name}.pdf"',
    })  # fmt: skip


def _convened(request: HttpRequest, public_id: str) -> Meeting:
    """A draft has no paper but for who prepares it."""
    found = policy.meeting_for(request.user, public_id)
    if found.status == Meeting.Status.DRAFT and not policy.may_run(request.user, found.body):
        raise Http404
    return found


@require_safe
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _convened(request, public_id)
    return _sent(papers.letter(found, queries.agenda_of(found)), f"convocation-{found.public_id}")


@require_safe
def sheet(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _convened(request, public_id)
    require(policy.may_run(request.user, found.body))
    return _sent(papers.sheet(found, queries.seats_at(found)), f"emargement-{found.public_id}")


@require_safe
def minutes(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last version, or the one asked for."""
    found = policy.meeting_for(request.user, public_id)
    versions = queries.versions_of(found)
    asked = request.GET.get("version", "")
    version = next((one for one in versions if not asked or str(one.number) == asked), None)
    if version is None:
        raise Http404
    version.meeting = found
    return _sent(papers.minutes(version), f"compte-rendu-{found.public_id}-{version.number}")

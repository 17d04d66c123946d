from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.diagnostics import kit, paper
from labqvt.diagnostics.determinants import CARDS
from labqvt.diagnostics.policy import campaign_of, may_read_diagnosis
from labqvt.diagnostics.reading import reading_of
from labqvt.documents.pdf import render_pdf
from labqvt.evidence.queries import release_of
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.verbatims.queries import told_of


def _language() -> str:
    return (get_language() or "fr")[:2]


@require_safe
def diagnosis(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if release is None or not release.shown:
        stuck = campaign.status == Campaign.Status.CLOSED and not keys.exist(campaign)
        context = {"campaign": campaign, "release": release, "stuck": stuck}
        return render(request, "diagnostics/nothing_yet.html", context)
    told = told_of(campaign, release)
    reading = reading_of(release.content, _language(), told)
    context = {
        "campaign": campaign,
        "release": release,
        "reading": reading,
        "panels": panels_of("diagnostics.diagnosis", request.user, campaign),
    }
    return render(request, "diagnostics/diagnosis.html", context)


@require_safe
def diagnosis_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same paper for everyone: nothing of who asks for it is in it."""
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if release is None or not release.shown:
        raise Http404
    told = told_of(campaign, release)
    frame = paper.Frame(
        whose=str(campaign.organisation or campaign.scope),
        title=campaign.title,
        period=campaign.actual.words() if campaign.actual else "",
        on=release.released_at,
        texts_on=told.published_on if told else None,
        fictitious=bool(campaign.organisation and campaign.organisation.is_fictitious),
    )
    document = paper.document_of(reading_of(release.content, _language(), told), frame)
    return _pdf(
        render_pdf(document, _language(), at=release.released_at), f"diagnostic-{campaign.public_id}.pdf"
    )


@login_not_required
@require_safe
def discussion_kit(request: HttpRequest) -> HttpResponse:
    return render(request, "diagnostics/discussion_kit.html", {"cards": CARDS, "moments": kit.moments()})


@login_not_required
@require_safe
def discussion_kit_pdf(_request: HttpRequest) -> HttpResponse:
    return _pdf(render_pdf(kit.document(), _language()), "diagnostic-par-la-discussion.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )

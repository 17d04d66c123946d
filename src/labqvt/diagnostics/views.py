from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.diagnostics import kit, paper
from labqvt.diagnostics.determinants import CARDS
from labqvt.diagnostics.policy import (
    campaign_of,
    may_read_diagnosis,
    may_read_structure_diagnosis,
    structure_in,
)
from labqvt.diagnostics.reading import Reading, reading_of
from labqvt.documents.pdf import render_pdf
from labqvt.evidence.queries import release_of, structure_release_of
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation
from labqvt.verbatims.queries import told_of
from labqvt.verbatims.told import Told


def _language() -> str:
    return (get_language() or "fr")[:2]


@require_safe
def diagnosis(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if release is None or not release.shown:
        closed = campaign.status == Campaign.Status.CLOSED
        awaits_key = closed and keys.await_a_person(campaign)
        stuck = closed and not awaits_key and not keys.exist(campaign)
        context = {"campaign": campaign, "release": release, "stuck": stuck, "awaits_key": awaits_key}
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
def structure_diagnosis(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    """What one structure of a pooled campaign is given of its own answers, the same page for its pair."""
    campaign, structure = _structure_asked(request, public_id, structure_id)
    own = structure_release_of(campaign, structure)
    context = {"campaign": campaign, "structure": structure, "release": release_of(campaign)}
    if own is None:
        return render(request, "diagnostics/nothing_yet.html", context)
    reading = reading_of(own.content, _language())
    return render(request, "diagnostics/diagnosis.html", context | {"reading": reading})


@require_safe
def structure_diagnosis_pdf(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    campaign, structure = _structure_asked(request, public_id, structure_id)
    own = structure_release_of(campaign, structure)
    if own is None:
        raise Http404
    return _paper(own.content, campaign, structure, own.release.released_at)


def _structure_asked(
    request: HttpRequest, public_id: str, structure_id: str
) -> tuple[Campaign, Organisation]:
    campaign = campaign_of(public_id)
    structure = structure_in(campaign, structure_id)
    require(may_read_structure_diagnosis(request.user, campaign, structure))
    return campaign, structure


@require_safe
def diagnosis_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same paper for everyone: nothing of who asks for it is in it."""
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if release is None or not release.shown:
        raise Http404
    told = told_of(campaign, release)
    return _paper(
        reading_of(release.content, _language(), told),
        campaign,
        campaign.organisation,
        release.released_at,
        told,
    )


def _paper(
    reading: Reading,
    campaign: Campaign,
    structure: Organisation | None,
    on: datetime,
    told: Told | None = None,
) -> HttpResponse:
    frame = paper.Frame(
        whose=str(structure or campaign.scope),
        title=campaign.title,
        period=campaign.actual.words() if campaign.actual else "",
        on=on,
        texts_on=told.published_on if told else None,
        fictitious=bool(structure and structure.is_fictitious),
    )
    document = paper.document_of(reading, frame)
    return _pdf(render_pdf(document, _language(), at=on), f"diagnostic-{campaign.public_id}.pdf")


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

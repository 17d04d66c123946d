from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
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
from labqvt.diagnostics.told import reading_of_release
from labqvt.diagnostics.workbook import workbook_of
from labqvt.documents.pdf import render_pdf
from labqvt.documents.xlsx import MEDIA_TYPE, render_xlsx
from labqvt.evidence import sharing
from labqvt.evidence.models import Release
from labqvt.evidence.queries import regions_told, release_of, structure_release_of
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation
from labqvt.people.policy import may_read_structure
from labqvt.verbatims.queries import told_of
from labqvt.verbatims.told import Told


def language() -> str:
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
    context = {
        "campaign": campaign,
        "release": release,
        # Drawn once: read only when the page has not been drawn yet.
        "reading": SimpleLazyObject(lambda: reading_of_release(release, campaign, language(), told)),
        "part": told or "",  # texts come later than the rest, or never
        "regions": regions_told(campaign) if campaign.is_pooled else [],
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
    acts = bool(may_read_structure(request.user, structure))  # the network it is shown to only reads
    context |= {
        "reading": SimpleLazyObject(lambda: reading_of(own.content, language())),
        "acts": acts,
        "part": f"{structure.public_id} {acts}",
        "own": own,
        "side": sharing.side_of(request.user, own),
        "agreed": sharing.sides_agreed(own),
        "is_shared": sharing.is_shared(own),
    }
    return render(request, "diagnostics/diagnosis.html", context)


@require_safe
def structure_diagnosis_pdf(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    campaign, structure = _structure_asked(request, public_id, structure_id)
    own = structure_release_of(campaign, structure)
    if own is None:
        raise Http404
    return paper_answer(
        reading_of(own.content, language()), campaign, str(structure), own.release.released_at
    )


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
    campaign, release, told = _shown(request, public_id)
    reading = reading_of_release(release, campaign, language(), told)
    whose = str(campaign.organisation or campaign.scope)
    return paper_answer(reading, campaign, whose, release.released_at, told)


@require_safe
def diagnosis_xlsx(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every number the release tells, and no other, to compute with."""
    campaign, release, told = _shown(request, public_id)
    book = workbook_of(reading_of_release(release, campaign, language(), told))
    return HttpResponse(
        render_xlsx(book, language()),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="diagnostic-{campaign.public_id}.xlsx"'},
    )


def _shown(request: HttpRequest, public_id: str) -> tuple[Campaign, Release, Told | None]:
    """A release to put in a file, and what is told of its texts; there is no file of what does not appear."""
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if release is None or not release.shown:
        raise Http404
    return campaign, release, told_of(campaign, release)


def paper_answer(
    reading: Reading, campaign: Campaign, whose: str, on: datetime, told: Told | None = None
) -> HttpResponse:
    """A reading on paper, the same to the byte for whoever asks for it."""
    frame = paper.Frame(
        whose=whose,
        title=campaign.title,
        period=campaign.actual.words() if campaign.actual else "",
        on=on,
        texts_on=told.published_on if told else None,
        fictitious=_is_invented(campaign),
    )
    document = paper.document_of(reading, frame)
    return _pdf(render_pdf(document, language(), at=on), f"diagnostic-{campaign.public_id}.pdf")


def _is_invented(campaign: Campaign) -> bool:
    """Whether every structure asked was invented for the demonstration."""
    if campaign.organisation:
        return campaign.organisation.is_fictitious
    return not campaign.populations.filter(organisation__is_fictitious=False).exists()


@login_not_required
@require_safe
def discussion_kit(request: HttpRequest) -> HttpResponse:
    return render(request, "diagnostics/discussion_kit.html", {"cards": CARDS, "moments": kit.moments()})


@login_not_required
@require_safe
def discussion_kit_pdf(_request: HttpRequest) -> HttpResponse:
    return _pdf(render_pdf(kit.document(), language()), "diagnostic-par-la-discussion.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )

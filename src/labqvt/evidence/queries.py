"""What rooms above may know: releases, and nothing of what made them."""

from typing import Any

from django.db.models import QuerySet

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.waves import earlier_waves_of
from labqvt.evidence.models import (
    AddedCut,
    Analysis,
    Destruction,
    RegionalEdition,
    Release,
    StructureRelease,
    TextReading,
)
from labqvt.foundation.models import Job
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Organisation


def release_of(campaign: Campaign) -> Release | None:
    """The release of a campaign, or None as long as its envelopes are closed."""
    return Release.objects.filter(campaign=campaign).first()


def told_by_earlier_waves(campaign: Campaign, region: str = "") -> list[tuple[Campaign, dict[str, Any]]]:
    """What the waves before this one told, first to last: the whole, or their edition of a region."""
    waves = {one.pk: one for one in earlier_waves_of(campaign)}
    if region:
        editions = RegionalEdition.objects.filter(release__campaign__in=waves, region=region)
        contents = dict(editions.values_list("release__campaign", "content"))
    else:
        releases = Release.objects.filter(campaign__in=waves, shown=True)
        contents = dict(releases.values_list("campaign", "content"))
    return [(one, contents[pk]) for pk, one in waves.items() if pk in contents]


def spreads_for(version: QuestionnaireVersion) -> dict[str, float]:
    """Spread inside structures, per scale, as the latest network release of this questionnaire measured it."""
    networks = Release.objects.filter(shown=True, campaign__organisation=None, campaign__version=version)
    latest = networks.order_by("-released_at").values_list("content__spreads", flat=True).first()
    return latest or {}


def releases_of(campaigns: QuerySet[Campaign]) -> QuerySet[Release]:
    """Releases of several campaigns, latest first, without their content."""
    return (
        Release.objects.filter(campaign__in=campaigns)
        .select_related("campaign")
        .defer("content", "certificate")
    )


def verification_under_way(release: Release) -> Job | None:
    """The attack on this release that has not ended yet."""
    unfinished = Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING])
    return unfinished.filter(kind="evidence.verify", subject=f"release:{release.public_id}").first()


def structure_release_of(campaign: Campaign, structure: Organisation) -> StructureRelease | None:
    """What a structure of a pooled campaign was given of its own answers; None when there is nothing, never why."""
    found = StructureRelease.objects.filter(release__campaign=campaign, organisation=structure)
    return found.select_related("release").first()


def regions_told(campaign: Campaign) -> list[RegionalEdition]:
    """The regional editions of a pooled campaign, by name, without their content."""
    found = RegionalEdition.objects.filter(release__campaign=campaign).defer("content")
    return sorted(found, key=str)


def regional_edition_of(campaign: Campaign, region: str) -> RegionalEdition | None:
    """What a pooled campaign tells of one region; None when that region is not told."""
    found = RegionalEdition.objects.filter(release__campaign=campaign, region=region)
    return found.select_related("release").first()


def with_own_results(campaign: Campaign, structures: QuerySet[Organisation]) -> set[int]:
    """Of these structures of a pooled campaign, those that have results of their own."""
    found = StructureRelease.objects.filter(release__campaign=campaign, organisation__in=structures)
    return set(found.values_list("organisation_id", flat=True))


def destruction_of(campaign: Campaign) -> Destruction | None:
    """The certificate of what was destroyed, or None as long as something is kept."""
    return Destruction.objects.filter(campaign=campaign).first()


def reading_of_texts(campaign: Campaign) -> TextReading | None:
    """The reading of a campaign’s texts, when some were kept."""
    return TextReading.objects.filter(campaign=campaign).first()


def analysis_of(campaign: Campaign) -> Analysis | None:
    """What is kept of a network to compare other groups, or was; None when nothing ever was."""
    return Analysis.objects.filter(campaign=campaign).first()


def added_cuts_of(campaign: Campaign) -> list[AddedCut]:
    """Crossings asked since the opening, first to last, refused ones included."""
    return list(AddedCut.objects.filter(analysis__campaign=campaign))

"""A campaign's results gathered to be read: its release, its texts, and the waves before it."""

from django.utils.formats import date_format

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.waves import common_scales, structures_asked_by
from labqvt.diagnostics.reading import Reading, reading_of
from labqvt.diagnostics.trends import Earlier
from labqvt.evidence.models import RegionalEdition, Release
from labqvt.evidence.queries import told_by_earlier_waves
from labqvt.verbatims.told import Told


def reading_of_release(
    release: Release, campaign: Campaign, language: str, told: Told | None = None
) -> Reading:
    """The whole, as its page, its paper and its workbook tell it."""
    return reading_of(release.content, language, told, name=wave_name(campaign), earlier=_earlier(campaign))


def reading_of_region(edition: RegionalEdition, campaign: Campaign, language: str) -> Reading:
    """The edition of one region, and what its earlier editions told."""
    earlier = _earlier(campaign, edition.region)
    return reading_of(edition.content, language, name=wave_name(campaign), earlier=earlier)


def wave_name(campaign: Campaign) -> str:
    """« mars 2026 »: when a wave was closed is how people call it."""
    return date_format(campaign.closed_on or campaign.closes_on, "F Y")


def _earlier(campaign: Campaign, region: str = "") -> list[Earlier]:
    if campaign.follows_id is None:
        return []
    told = told_by_earlier_waves(campaign, region)
    asked = structures_asked_by([campaign, *(wave for wave, _content in told)])
    return [
        Earlier(
            wave_name(wave), content, frozenset(common_scales(campaign, wave)),
            same_structures=asked[wave.pk] == asked[campaign.pk],
        )
        for wave, content in told
    ]  # fmt: skip

"""What rooms above may know: releases, and nothing of what made them."""

from django.db.models import QuerySet

from labqvt.campaigns.models import Campaign
from labqvt.evidence.models import Release, TextReading
from labqvt.instruments.models import QuestionnaireVersion


def release_of(campaign: Campaign) -> Release | None:
    """The release of a campaign, or None as long as its envelopes are closed."""
    return Release.objects.filter(campaign=campaign).first()


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


def reading_of_texts(campaign: Campaign) -> TextReading | None:
    """The reading of a campaign’s texts, when some were kept."""
    return TextReading.objects.filter(campaign=campaign).first()

"""What rooms above may know: releases, and nothing of what made them."""

from django.db.models import QuerySet

from labqvt.campaigns.models import Campaign
from labqvt.evidence.models import Release


def release_of(campaign: Campaign) -> Release | None:
    """The release of a campaign, or None as long as its envelopes are closed."""
    return Release.objects.filter(campaign=campaign).first()


def releases_of(campaigns: QuerySet[Campaign]) -> QuerySet[Release]:
    """Releases of several campaigns, latest first, without their content."""
    return (
        Release.objects.filter(campaign__in=campaigns)
        .select_related("campaign")
        .defer("content", "certificate")
    )

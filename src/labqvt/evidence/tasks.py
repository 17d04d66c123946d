"""Jobs of the door: release, announce to everyone at once, wipe what the database file still holds."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from labqvt.campaigns.models import Campaign
from labqvt.evidence import door, forgetting, kept_texts, services
from labqvt.foundation.jobs import Progress, job


@job("evidence.release")
def release(progress: Progress, *, campaign: str) -> dict[str, Any]:
    """Open the envelopes of a closed campaign."""
    progress(10)
    return {"shown": door.open_envelopes(campaign).shown}


@job("evidence.release_late", every=timedelta(hours=1), title=_("Reprise des résultats encore dus"))
def release_late(_progress: Progress) -> dict[str, Any]:
    """Ask again for results that are owed: a key file put back, a machine down for longer than the retries.

    What a release promised to destroy is owed too.
    """
    owed = Campaign.objects.filter(status=Campaign.Status.CLOSED, release=None)
    for campaign in owed:
        door.ask_for_release(campaign)
    return {"asked": len(owed), "keys_destroyed": door.destroy_keys_left() + kept_texts.destroy_keys_left()}


@job("evidence.announce")
def announce(_progress: Progress, *, campaign: str) -> dict[str, Any]:
    """Tell the pair, together, that the results are there."""
    return {"messages": services.announce(campaign=campaign)}


@job("evidence.forget")
def forget(_progress: Progress) -> None:
    """Rewrite the database file so that deleted sheets are nowhere in it."""
    forgetting.rewrite_database()

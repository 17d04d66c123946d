"""Jobs of the room: participation once a day, closing when the day has passed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import inviting, reminding, services
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.queries import with_everything
from labqvt.campaigns.ways_models import Reminder
from labqvt.foundation.jobs import Progress, job


@job(
    "campaigns.refresh_participation",
    every=timedelta(days=1),
    title=_("Relevé quotidien de la participation"),
)
def refresh_participation(progress: Progress) -> dict[str, Any]:
    """Read participation, rounded, for every campaign that takes answers."""
    campaigns = list(Campaign.objects.answering())
    for rank, campaign in enumerate(campaigns):
        services.refresh_participation(campaign=campaign)
        progress(100 * (rank + 1) // len(campaigns))
    return {"campaigns": len(campaigns)}


@job(
    "campaigns.close_due", every=timedelta(minutes=15), title=_("Clôture des campagnes arrivées à leur terme")
)
def close_due(progress: Progress) -> dict[str, Any]:
    """Close the campaigns whose last day is over, which asks for their results."""
    due = list(Campaign.objects.due_to_close(timezone.localdate()))
    for rank, campaign in enumerate(due):
        services.close_campaign(campaign=campaign)
        progress(100 * (rank + 1) // len(due))
    return {"closed": len(due)}


@job("campaigns.send_codes")
def send_codes(progress: Progress, *, campaign: str, address: str) -> dict[str, Any]:
    """Draw and send a code to each waiting address. The parameters hold neither an address nor a code."""
    return inviting.deliver_codes(with_everything(campaign), address, progress)


@job("campaigns.send_reminder")
def send_reminder(progress: Progress, *, reminder: str, address: str) -> dict[str, Any]:
    """The same words to everyone whose code left."""
    asked = Reminder.objects.select_related(
        "campaign__organisation", "campaign__scope", "campaign__version"
    ).get(public_id=reminder)
    return reminding.deliver_reminder(asked, address, progress)

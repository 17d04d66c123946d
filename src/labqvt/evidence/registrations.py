"""What the door gives to the page of a campaign: the key it waits for, the certificate of what it destroyed."""

from typing import Any

from django.utils.translation import gettext as _

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import may_read
from labqvt.campaigns.rules import keep_until, trusted_key_of
from labqvt.evidence.queries import destruction_of
from labqvt.foundation.registries import Panel, panels


def door_panel(person: Any, campaign: Campaign) -> Panel | None:
    if not campaign.is_closed or not may_read(person, campaign):
        return None
    awaits = campaign.status == Campaign.Status.CLOSED and keys.await_a_person(campaign)
    if not awaits and destruction_of(campaign) is None:
        return None
    context = {
        "campaign": campaign,
        "awaits_key": awaits,
        "key": trusted_key_of(campaign) if awaits else None,
        "kept_until": keep_until(campaign.closed_on) if awaits and campaign.closed_on else None,
    }
    title = _("La clé est attendue") if awaits else _("Ce qui a été détruit")
    return Panel(title, "evidence/door_panel.html", context, order=5 if awaits else 90)


panels.register("campaigns.campaign:door", door_panel)

"""Who reads a diagnosis: the pair and who accompanies it, all of them the same one."""

from typing import Any

from django.shortcuts import get_object_or_404

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import may_read
from labqvt.foundation.verdict import Verdict


def campaign_of(public_id: str) -> Campaign:
    """The campaign a diagnosis belongs to. Who may read it is the verdict below: a refusal says its sentence."""
    campaigns = Campaign.objects.exclude(status=Campaign.Status.DRAFT).select_related(
        "organisation__scope", "scope"
    )
    return get_object_or_404(campaigns, public_id=public_id)


def may_read_diagnosis(person: Any, campaign: Campaign) -> Verdict:
    """Whoever may read the campaign reads its results; nobody reads them earlier or in another form."""
    return may_read(person, campaign)

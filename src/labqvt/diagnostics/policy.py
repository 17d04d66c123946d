"""Who reads a diagnosis: the pair and who accompanies it, all of them the same one."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import NETWORK, PAIR, may_read
from labqvt.evidence.sharing import shared_in
from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.people.models import Function, Organisation
from labqvt.people.policy import holds


def campaign_of(public_id: str) -> Campaign:
    """The campaign a diagnosis belongs to. Who may read it is the verdict below: a refusal says its sentence."""
    campaigns = Campaign.objects.exclude(status=Campaign.Status.DRAFT).select_related(
        "organisation__scope", "scope"
    )
    return get_object_or_404(campaigns, public_id=public_id)


def may_read_diagnosis(person: Any, campaign: Campaign) -> Verdict:
    """Whoever may read the campaign reads its results; nobody reads them earlier or in another form."""
    return may_read(person, campaign)


def structure_in(campaign: Campaign, public_id: str) -> Organisation:
    """A structure that a pooled campaign asked; otherwise there is no such page."""
    asked = campaign.populations.values("organisation") if campaign.is_pooled else []
    return get_object_or_404(Organisation.objects.select_related("scope"), pk__in=asked, public_id=public_id)


def may_read_structure_diagnosis(person: Any, campaign: Campaign, structure: Organisation) -> Verdict:
    """The structure's own pair and who accompanies it; those who lead the network, if both sides of the pair agreed."""
    if holds(person, PAIR | {Function.CONSULTANT}, structure.scope) and may_read(person, campaign):
        return YES
    if leads_network_of(person, campaign) and shared_in(campaign).filter(organisation=structure).exists():
        return YES
    return no(
        _(
            "Les résultats d’une structure sont lus par son binôme et par la personne qui l’accompagne. Le réseau lit l’ensemble."
        )
    )


def may_read_shared(person: Any, campaign: Campaign) -> Verdict:
    """Which structures show their results: for those who lead the network, whom they showed them to."""
    if leads_network_of(person, campaign):
        return YES
    return no(
        _(
            "Une structure ne montre ses résultats qu’à la référence régionale et à la coordination nationale du réseau."
        )
    )


def leads_network_of(person: Any, campaign: Campaign) -> bool:
    return campaign.is_pooled and holds(person, NETWORK, campaign.scope)

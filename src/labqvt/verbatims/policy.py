"""Who opens the texts of a campaign, who looks at the extracts a second time, and why nobody else does."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import NETWORK, may_be_reader, may_read
from labqvt.evidence.models import TextReading
from labqvt.evidence.queries import reading_of_texts
from labqvt.foundation.verdict import YES, Verdict, no, require
from labqvt.people.models import Function
from labqvt.people.policy import holds

State = TextReading.State


def is_reader(person: Any, campaign: Campaign) -> Verdict:
    """The one person chosen at launch, and still outside the structure."""
    if not person.is_authenticated or campaign.reader_id is None or campaign.reader_id != person.pk:
        return no(_("Les textes d’une campagne ne s’ouvrent qu’à la personne extérieure choisie pour les lire avant le lancement. Ni la direction, ni l’équipe, ni l’administration de l’outil ne les voient."))  # fmt: skip
    return may_be_reader(person, campaign)


def may_read_texts(person: Any, campaign: Campaign, reading: TextReading) -> Verdict:
    if not (verdict := is_reader(person, campaign)):
        return verdict
    if reading.state != State.READING:
        return no(_("Cette lecture est terminée : les textes reçus sont détruits."))
    return YES


def looks_second(person: Any, campaign: Campaign) -> Verdict:
    """The employee of the pair; for answers put in common, someone of the network who is not the reader."""
    if campaign.is_pooled:
        if holds(person, NETWORK, campaign.scope) and person.pk != campaign.reader_id:
            return YES
        return no(
            _(
                "Les extraits d’une campagne mise en commun sont relus par une autre personne qui mène le réseau."
            )
        )
    if holds(person, {Function.EMPLOYEE}, campaign.scope) and not holds(person, {Function.DIRECTOR}, campaign.scope):  # fmt: skip
        return YES
    return no(_("Les extraits sont relus par la personne salariée du binôme. La direction les découvre avec tout le monde, à la même heure."))  # fmt: skip


def may_review(person: Any, campaign: Campaign, reading: TextReading) -> Verdict:
    if not (verdict := looks_second(person, campaign)):
        return verdict
    if reading.state == State.READING:
        return no(_("La première lecture n’est pas terminée : les extraits à relire arrivent ensuite."))
    if reading.state != State.REVIEW:
        return no(_("La relecture est terminée : les textes sont détruits."))
    return YES


def reading_for(person: Any, public_id: str, verdict_of: Any) -> TextReading:
    """The reading of a campaign, for whom ``verdict_of`` lets in.

    Whoever may read the campaign is told why not, whether texts were kept or not; to others it does not exist.
    """
    campaigns = Campaign.objects.select_related("organisation__scope", "scope", "version", "reader")
    campaign = get_object_or_404(campaigns, public_id=public_id)
    if not (verdict := verdict_of(person, campaign)):
        if not may_read(person, campaign):
            raise Http404
        require(verdict)
    reading = reading_of_texts(campaign)
    if reading is None:
        raise Http404
    reading.campaign = campaign
    return reading

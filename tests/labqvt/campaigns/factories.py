"""Campaigns in their states, made through services. ``CampaignFactory(open=True)``, ``headcount=9``, ``mirrored=True``…"""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from labqvt.campaigns import codes, keys, services
from labqvt.campaigns.models import Campaign
from labqvt.instruments import queries as instruments
from labqvt.instruments.shipping import publish_six_determinants
from tests.factories import AccountFactory, StructureFactory


class CampaignFactory(factory.django.DjangoModelFactory[Campaign]):
    """A draft prepared by the director of a structure; traits lead it further."""

    class Meta:
        model = Campaign

    title = factory.Sequence(lambda n: f"Baromètre {n}")
    headcount = 12
    direction_members = 1

    @classmethod
    def _create(cls, _model: Any, *_args: Any, **kwargs: Any) -> Campaign:
        publish_six_determinants()
        version = instruments.usual_version()
        opened, closed = kwargs.pop("open", False), kwargs.pop("closed", False)
        mirrored = kwargs.pop("mirrored", True)
        structure = kwargs.pop("structure", None) or StructureFactory(headcount=kwargs["headcount"])
        by = kwargs.pop("by", None) or AccountFactory(director_of=structure)
        today = timezone.localdate()
        values = {
            "opens_on": today, "closes_on": today + timedelta(days=14), "version": version,
            "mirror": instruments.mirror_of(version) if mirrored else None, **kwargs,
        }  # fmt: skip
        campaign = services.prepare_campaign(structure=structure, by=by, **values)
        if opened or closed:
            campaign = services.open_campaign(campaign=campaign, by=by)
        if closed:
            campaign = services.close_campaign(campaign=campaign, by=by)
        return campaign


def codes_of(campaign: Campaign, audience: str = "employees") -> list[str]:
    """The codes of a launched campaign, as the sheet prints them."""
    kept = keys.read(campaign)
    return [
        printed.code
        for population in campaign.populations.select_related("organisation")
        for printed in codes.codes_of(population, kept)
        if printed.audience == audience
    ]

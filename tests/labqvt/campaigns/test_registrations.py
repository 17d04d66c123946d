"""What the room gives to the pages above it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labqvt.campaigns import services
from labqvt.campaigns.models import Campaign
from labqvt.foundation.registries import awaiting_of, dated_items_of, navigation_of, panels_of
from labqvt.foundation.schedule import Standing
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def sentences(person) -> list[str]:
    return [str(task.sentence) for task in awaiting_of(person)]


def test_what_awaits_each_of_the_pair():
    campaign = CampaignFactory(title="Printemps")
    director = AccountFactory(director_of=campaign.organisation)
    employee = AccountFactory(employee_of=campaign.organisation)
    stranger = AccountFactory(director_of=StructureFactory())

    assert any("prête à relire" in sentence for sentence in sentences(director))
    assert any("attend votre signature" in sentence for sentence in sentences(employee))
    assert not any("Printemps" in sentence for sentence in sentences(stranger))

    services.sign_rules(campaign=campaign, by=employee)
    assert not any("signature" in sentence for sentence in sentences(employee))
    services.open_campaign(campaign=campaign, by=director)
    assert not any("relire" in sentence for sentence in sentences(director))
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=timezone.localdate() + timedelta(days=2))
    assert any("se termine bientôt" in sentence for sentence in sentences(director))


def test_a_structure_that_never_listened_is_told_where_to_begin():
    structure = StructureFactory(headcount=14)
    pair = [AccountFactory(director_of=structure), AccountFactory(employee_of=structure)]
    for person in pair:
        [task] = awaiting_of(person)
        assert str(structure) in task.sentence
        assert task.url == reverse("campaigns:prepare", args=[structure.public_id])
    CampaignFactory(structure=structure)
    assert not any("pas encore" in sentence for person in pair for sentence in sentences(person))
    assert sentences(AccountFactory(consultant_of=StructureFactory())) == []


def test_the_panel_of_a_structure_is_for_its_pair():
    campaign = CampaignFactory()
    structure = campaign.organisation
    [panel] = [
        p
        for p in panels_of("people.structure", AccountFactory(director_of=structure), structure)
        if p.template.startswith("campaigns/")
    ]
    assert panel.context["campaigns"] == [campaign]
    others = panels_of("people.structure", AccountFactory(director_of=StructureFactory()), structure)
    assert not [p for p in others if p.template.startswith("campaigns/")]


def test_a_moved_campaign_says_so_in_calendars():
    campaign = CampaignFactory(open=True)
    director = AccountFactory(director_of=campaign.organisation)
    services.extend_campaign(
        campaign=campaign, closes_on=campaign.closes_on + timedelta(days=3), cause="congés", by=director
    )

    [item] = [
        i
        for i in dated_items_of(director, [campaign.scope])
        if i.uid == f"campaigns.campaign.{campaign.public_id}"
    ]

    assert (item.standing, item.moves) == (Standing.MOVED, 1)
    assert item.planned.last < item.period.last
    stranger = AccountFactory(director_of=StructureFactory())
    assert not [i for i in dated_items_of(stranger, [campaign.scope]) if i.uid.startswith("campaigns.")]


def test_the_menu_names_campaigns_for_those_who_have_some():
    labels = [entry.label for entry in navigation_of(AccountFactory(regional_of=ScopeFactory()))]
    assert "Campagnes" in labels
    assert "Campagnes" not in [
        entry.label for entry in navigation_of(AccountFactory(partner_of=ScopeFactory()))
    ]

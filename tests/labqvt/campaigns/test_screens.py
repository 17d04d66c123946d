"""The pair's screens, from preparing to closing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labqvt.campaigns import services
from labqvt.campaigns.models import Campaign
from labqvt.foundation import jobs
from labqvt.instruments.queries import versions_for_employees
from labqvt.instruments.shipping import publish_six_determinants
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_director(client, structure):
    client.force_login(AccountFactory(director_of=structure))
    return client


@pytest.fixture
def structure():
    publish_six_determinants()
    return StructureFactory(headcount=14)


def filled(client, structure, **changes):
    page = client.get(reverse("campaigns:prepare", args=[structure.public_id]) + "?questionnaire=oui")
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {"version": values["version"], "with_mirror": "on", **changes}
    return {name: value for name, value in values.items() if value is not None}


def test_a_director_prepares_launches_and_prints(as_director, structure):
    url = reverse("campaigns:prepare", args=[structure.public_id])
    response = as_director.post(url, filled(as_director, structure), follow=True)
    campaign = Campaign.objects.get()
    assert "La campagne est prête à relire" in response.content.decode()

    response = as_director.post(reverse("campaigns:open", args=[campaign.public_id]), follow=True)
    assert "La campagne est lancée" in response.content.decode()
    for name, method in (("campaigns:codes", "post"), ("campaigns:poster", "get")):
        paper = getattr(as_director, method)(reverse(name, args=[campaign.public_id]))
        assert paper.status_code == 200
        assert paper.content.startswith(b"%PDF-")

    response = as_director.post(reverse("campaigns:close", args=[campaign.public_id]), follow=True)
    assert "La campagne est close" in response.content.decode()
    assert "evidence.release" in jobs.kinds()


def test_under_twelve_people_discussion_comes_first(client, structure):
    small = StructureFactory(headcount=9)
    client.force_login(AccountFactory(director_of=small))
    url = reverse("campaigns:prepare", args=[small.public_id])

    page = client.get(url).content.decode()
    assert "commencez par en parler" in page
    assert "Aucune comparaison entre métiers" in page
    asked = client.post(url, filled(client, small, headcount=8))
    assert "Préparer quand même la campagne" in asked.content.decode()
    assert not Campaign.objects.exists()
    client.post(url, filled(client, small, headcount=8) | {"understood": "1"})
    assert Campaign.objects.get().populations.get().headcount == 8


def test_at_six_with_a_director_the_questionnaire_is_not_offered(client):
    small = StructureFactory(headcount=6)
    client.force_login(AccountFactory(director_of=small))
    url = reverse("campaigns:prepare", args=[small.public_id])
    publish_six_determinants()

    page = client.get(url).content.decode()
    assert "Pas de questionnaire à ce nombre" in page
    refused = client.post(url, filled(client, small) | {"understood": "1"}).content.decode()
    assert "au moins six réponses" in refused
    assert not Campaign.objects.exists()


def test_dates_in_the_wrong_order_are_said_beside_the_field(as_director, structure):
    today = timezone.localdate()
    url = reverse("campaigns:prepare", args=[structure.public_id])
    response = as_director.post(
        url, filled(as_director, structure, opens_on=today, closes_on=today - timedelta(days=1))
    )
    assert "suivre l’ouverture" in response.context["form"].errors["closes_on"][0]


@pytest.mark.parametrize("name", ["campaigns:campaign", "campaigns:rules", "campaigns:preview"])
def test_the_employee_of_the_pair_reads_what_the_director_reads(client, name):
    campaign = CampaignFactory(open=True)
    services.refresh_participation(campaign=campaign)
    seen = []
    for trait in ("director_of", "employee_of"):
        client.force_login(AccountFactory(**{trait: campaign.organisation}))
        response = client.get(reverse(name, args=[campaign.public_id]))
        assert response.status_code == 200
        seen.append(response)
    assert "moins de 5" in seen[1].content.decode() or name == "campaigns:rules"
    client.force_login(AccountFactory(director_of=StructureFactory()))
    assert client.get(reverse(name, args=[campaign.public_id])).status_code == 404


def test_the_employee_signs_the_rules(client):
    campaign = CampaignFactory(open=True)
    client.force_login(AccountFactory(employee_of=campaign.organisation))
    client.post(reverse("campaigns:rules", args=[campaign.public_id]))
    assert {s.side for s in campaign.signatures.all()} == {"direction", "employees"}


def test_extending_asks_for_a_cause(client):
    campaign = CampaignFactory(open=True)
    client.force_login(AccountFactory(director_of=campaign.organisation))
    url = reverse("campaigns:extend", args=[campaign.public_id])
    later = campaign.closes_on + timedelta(days=5)
    assert "cause" in client.post(url, {"closes_on": later, "cause": ""}).context["form"].errors
    assert (
        "closes_on"
        in client.post(url, {"closes_on": campaign.closes_on, "cause": "x"}).context["form"].errors
    )
    assert client.post(url, {"closes_on": later, "cause": "congés"}).status_code == 302
    page = client.get(reverse("campaigns:campaign", args=[campaign.public_id])).content.decode()
    assert "congés" in page
    assert 'class="was"' in page


def test_a_pooled_campaign_is_made_structure_by_structure(client):
    publish_six_determinants()
    scope, structure = ScopeFactory(), StructureFactory(headcount=5)
    client.force_login(AccountFactory(regional_of=scope))
    url = reverse("campaigns:pool", args=[scope.public_id])
    form = client.get(url).context["form"]
    today = timezone.localdate()
    client.post(
        url,
        {
            "title": "Réseau",
            "version": form["version"].value(),
            "way_in": "hat_codes",
            "opens_on": today,
            "closes_on": today,
        },
    )
    campaign = Campaign.objects.get()
    populations = reverse("campaigns:populations", args=[campaign.public_id])
    client.post(populations, {"organisation": structure.pk, "headcount": 5})
    assert (
        "il en faut au moins six"
        in client.get(reverse("campaigns:campaign", args=[campaign.public_id])).content.decode()
    )
    client.post(populations, {"organisation": StructureFactory().pk, "headcount": 7})
    client.post(reverse("campaigns:open", args=[campaign.public_id]))
    campaign.refresh_from_db()
    assert campaign.is_open

    client.force_login(AccountFactory(director_of=structure))
    page = client.get(reverse("campaigns:campaign", args=[campaign.public_id])).content.decode()
    assert structure.name in page
    assert len(re.findall(r'scope="row"', page)) == 1
    [(own, _codes)] = services.printed_codes(campaign=campaign, by=AccountFactory(employee_of=structure))
    assert own.organisation == structure


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(client, django_assert_num_queries, count):
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    for _ in range(count):
        CampaignFactory(structure=structure, by=director)
    client.force_login(director)
    with django_assert_num_queries(8):
        response = client.get(reverse("campaigns:campaigns"))
    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("count", [1, 3])
def test_a_pooled_campaign_costs_the_same_whatever_its_structures(client, django_assert_num_queries, count):
    publish_six_determinants()
    scope = ScopeFactory()
    lead = AccountFactory(regional_of=scope)
    today = timezone.localdate()
    campaign = services.prepare_pooled_campaign(
        scope=scope,
        title="Réseau",
        version=versions_for_employees().get(),
        opens_on=today,
        closes_on=today,
        by=lead,
    )
    for _ in range(count):
        services.set_population(campaign=campaign, organisation=StructureFactory(), headcount=9, by=lead)
    services.open_campaign(campaign=campaign, by=lead)
    services.refresh_participation(campaign=campaign)
    client.force_login(lead)
    with django_assert_num_queries(15):
        client.get(reverse("campaigns:campaign", args=[campaign.public_id]))


def test_structures_are_added_to_pooled_campaigns_only(client):
    campaign = CampaignFactory()
    client.force_login(AccountFactory(director_of=campaign.organisation))
    address = reverse("campaigns:populations", args=[campaign.public_id])
    response = client.post(address, {"organisation": StructureFactory().pk, "headcount": 30})
    assert response.url == reverse("campaigns:edit", args=[campaign.public_id])
    assert campaign.populations.count() == 1

"""Survey fatigue: it warns, it refuses nothing, it tells nobody what is not theirs."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import fatigue, services
from labqvt.campaigns.fatigue import Asked
from labqvt.people.models import Organisation
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.campaigns.ways import by_link

STRUCTURE = Organisation(pk=1, name="Association")
DAY = st.integers(-500, 500).map(lambda days: date(2026, 6, 1) + timedelta(days=days))


def asked(uid, first, length, minutes=10, structure=1):
    return Asked(uid, f"Enquête {uid}", structure, first, first + timedelta(days=length), minutes)


@given(
    others=st.lists(st.builds(asked, st.uuids().map(str), DAY, st.integers(0, 60), st.integers(1, 40))),
    first=DAY,
    length=st.integers(0, 60),
)
def test_a_load_counts_what_ends_within_twelve_months_once(others, first, length):
    last = first + timedelta(days=length)
    load = fatigue.load_of(STRUCTURE, others, first=first, last=last, minutes=7)
    near = [one for one in others if last - fatigue.WINDOW < one.last and one.first <= last]
    assert load.minutes == 7 + sum(one.minutes for one in near)
    days = {first + timedelta(days=n) for n in range(length + 1)}
    meeting = [one for one in near if any(one.first <= day <= one.last for day in days)]
    assert list(load.overlapping) == meeting
    assert load.recent is None or load.recent.last < first


def test_another_structure_is_not_counted():
    other = asked("x", date(2026, 6, 1), 10, structure=2)
    load = fatigue.load_of(STRUCTURE, [other], first=date(2026, 6, 1), last=date(2026, 6, 9))
    assert (load.minutes, load.overlapping, load.warnings) == (0, (), ())


def test_what_is_heavy_is_said():
    one = [asked(str(n), date(2026, 1 + 2 * n, 1), 10, 20) for n in range(4)]
    load = fatigue.load_of(STRUCTURE, one, first=date(2026, 7, 20), last=date(2026, 8, 1), minutes=10)
    said = " ".join(load.warnings)
    assert "90 minutes" in said
    assert "demande numéro 5" in said
    assert "vient de finir, le 11/07" in said


@pytest.mark.django_db
def test_a_draft_warns_of_what_overlaps_and_can_be_launched(client):
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    lead_campaign = by_link(open=False)
    lead = AccountFactory(regional_of=lead_campaign.scope)
    services.set_population(campaign=lead_campaign, organisation=structure, headcount=9, by=lead)
    services.open_campaign(campaign=lead_campaign, by=lead)
    own = CampaignFactory(structure=structure, by=director)
    client.force_login(director)
    page = client.get(reverse("campaigns:campaign", args=[own.public_id])).content.decode()
    assert "Une région écoute" in page
    assert "a lieu en même temps" in page
    assert services.open_campaign(campaign=own, by=director).is_open
    calendar = client.get(reverse("campaigns:requests")).content.decode()
    assert "Des demandes se recouvrent" in calendar
    assert own.title in calendar


@pytest.mark.django_db
def test_a_network_is_told_how_many_structures_are_busy_and_not_which(client):
    draft = by_link(open=False)
    structure = draft.populations.first().organisation
    own = CampaignFactory(structure=structure, open=True)
    client.force_login(AccountFactory(regional_of=draft.scope))
    page = client.get(reverse("campaigns:campaign", args=[draft.public_id])).content.decode()
    assert "1 des structures choisies" in page
    assert own.title not in page
    assert own.public_id not in page
    assert own.title not in client.get(reverse("campaigns:requests")).content.decode()


@pytest.mark.django_db
def test_a_stranger_reads_nothing_of_a_structure(client):
    own = CampaignFactory(open=True)
    client.force_login(AccountFactory(director_of=StructureFactory()))
    assert own.title not in client.get(reverse("campaigns:requests")).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_costs_the_same_whatever_its_length(django_assert_num_queries, count):
    structures = [StructureFactory() for _ in range(count)]
    for structure in structures:
        CampaignFactory(structure=structure)
    with django_assert_num_queries(1):
        loads = fatigue.load_today(structures)
    assert [len(load.asked) for load in loads] == [1] * count

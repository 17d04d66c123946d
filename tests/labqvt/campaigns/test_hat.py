"""The hat: counted by its keeper, settled at closing, told only where a result may appear."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import hat, services
from labqvt.campaigns.models import AccessCode
from labqvt.campaigns.ways_models import HatCount
from labqvt.foundation import journal
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.campaigns.ways import director_of, employee_of


@given(spent=st.integers(0, 40), drawn=st.integers(0, 40))
def test_answers_beyond_the_codes_drawn(spent, drawn):
    beyond = hat.beyond_drawn(spent, drawn, least=6)
    assert (beyond is None) == (spent < 6)
    assert beyond is None or beyond == max(0, spent - drawn)


def spend(campaign, count):
    codes = AccessCode.objects.filter(campaign=campaign, audience="employees")[:count]
    AccessCode.objects.filter(pk__in=[code.pk for code in codes]).update(spent=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spent", "left", "beyond", "sentence"),
    [
        (9, 4, 2, "2 réponses ne sont expliquées par aucun code tiré"),
        (8, 4, 1, "1 réponse n’est expliquée par aucun code tiré"),
        (7, 4, 0, "pas eu plus de réponses que de codes tirés"),
        (5, 10, None, "Codes restés dans le chapeau"),
        (7, None, None, "Personne n’a compté"),
    ],
    ids=["two beyond", "one beyond", "none", "too few to say", "not counted"],
)
def test_kept_codes_are_counted_and_told_at_closing(client, spent, left, beyond, sentence):
    campaign = CampaignFactory(open=True)  # twelve people, eleven codes for the team
    if left is not None:
        hat.count_hat(
            campaign=campaign, population=campaign.populations.get(), left=left, by=employee_of(campaign)
        )
    spend(campaign, spent)
    director = director_of(campaign)
    services.close_campaign(campaign=campaign, by=director)
    assert [count.beyond for count in HatCount.objects.all()] == ([beyond] if left is not None else [])
    pages = []
    for person in (director, employee_of(campaign)):
        client.force_login(person)
        pages.append(client.get(reverse("campaigns:campaign", args=[campaign.public_id])).content.decode())
        assert sentence in pages[-1]
    if beyond is None:
        assert "expliqué" not in pages[0]


@pytest.mark.django_db
def test_the_last_count_serves_and_is_undone():
    campaign = CampaignFactory(open=True)
    keeper, population = employee_of(campaign), campaign.populations.get()
    for left in (6, 2):
        hat.count_hat(campaign=campaign, population=population, left=left, by=keeper)
    assert HatCount.objects.get().left == 2
    journal.undo(entry=journal.history_of(campaign).first(), by=keeper)
    assert HatCount.objects.get().left == 6


@pytest.mark.django_db
def test_a_hat_is_counted_by_its_keeper_alone():
    campaign = CampaignFactory(open=True)
    population = campaign.populations.get()
    for person in (
        director_of(campaign),
        AccountFactory(consultant_of=campaign.organisation),
        AccountFactory(employee_of=StructureFactory()),
    ):
        with pytest.raises(PermissionDenied, match="personne salariée"):
            hat.count_hat(campaign=campaign, population=population, left=1, by=person)
    with pytest.raises(ValidationError, match="11 codes"):
        hat.count_hat(campaign=campaign, population=population, left=12, by=employee_of(campaign))

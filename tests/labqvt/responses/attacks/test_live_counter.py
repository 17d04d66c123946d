"""A direction that looks at every page of its campaign before and after each person has been to the break room."""

import re

import pytest
from django.urls import reverse

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign, ParticipationReading
from labqvt.foundation import jobs
from labqvt.responses import services
from tests.factories import AccountFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = 7


def looked_at(client, campaign: Campaign) -> str:
    """All that the direction can open about its campaign and its structure, without what changes at each request."""
    one, structure = [campaign.public_id], [campaign.organisation.public_id]
    addresses = [
        reverse("campaigns:campaigns"),
        *(reverse(f"campaigns:{name}", args=one) for name in (
            "campaign", "rules", "preview", "messages", "reminders", "relays", "close", "extend"
        )),
        reverse("cockpit:structure", args=structure),
        reverse("campaigns:requests"),
        "/espace/",
        "/espace/mes-gestes/",
    ]  # fmt: skip
    pages = [client.get(address) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"', "", "".join(
        page.content.decode() for page in pages
    ))  # fmt: skip


def moves_seen(client, after_each) -> int:
    """After how many of seven answers something the direction sees has changed."""
    campaign = CampaignFactory(open=True, headcount=12)
    client.force_login(AccountFactory(director_of=campaign.organisation))
    after_each(campaign)
    seen, before = 0, looked_at(client, campaign)
    for code in codes_of(campaign)[:PEOPLE]:
        services.submit(code=code, answers={"REL1": "3"})
        after_each(campaign)
        after = looked_at(client, campaign)
        seen += after != before
        before = after
    return seen


def test_a_live_counter_tells_each_answer_from_the_fifth(client, monkeypatch):
    monkeypatch.setattr(campaigns, "BAND", 1)

    def counted_live(campaign: Campaign) -> None:
        ParticipationReading.objects.filter(population__campaign=campaign).delete()
        campaigns.refresh_participation(campaign=campaign)

    assert moves_seen(client, counted_live) == PEOPLE - 4  # « moins de 5 » is said whatever the counter


def test_rounded_but_read_at_each_look_it_still_tells_one_answer_in_five(client):
    def rounded_live(campaign: Campaign) -> None:
        ParticipationReading.objects.filter(population__campaign=campaign).delete()
        campaigns.refresh_participation(campaign=campaign)

    assert moves_seen(client, rounded_live) == 1


def test_read_once_a_day_and_rounded_nothing_moves(client):
    def as_the_worker_does(campaign: Campaign) -> None:
        campaigns.refresh_participation(campaign=campaign)
        jobs.run_due()

    assert moves_seen(client, as_the_worker_does) == 0

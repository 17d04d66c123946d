"""Relays: openings counted so that no count tells of one person; every act is undone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from labqvt.campaigns import links, relaying
from labqvt.campaigns.ways_models import Relay, RelayOpenings, RelaySending
from labqvt.foundation import journal
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.ways import by_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    return by_link()


@pytest.fixture
def lead(campaign):
    return AccountFactory(regional_of=campaign.scope)


def test_openings_are_counted_by_fives_and_right_on_average(campaign, lead):
    relay = relaying.add_relay(campaign=campaign, name="Union des employeurs", by=lead)
    seen = []
    for _ in range(1500):
        links.count_opening(relay)
        seen.append(RelayOpenings.objects.filter(relay=relay).values_list("about", flat=True).first() or 0)
    assert all(about % links.STEP == 0 for about in seen)
    changes = sum(before != after for before, after in zip([0, *seen], seen, strict=False))
    assert changes < 600  # most openings write nothing at all
    assert 1100 < seen[-1] < 1900  # 1500, with a standard deviation of 77


@pytest.mark.parametrize(("about", "shown"), [(0, None), (15, None), (20, 20), (85, 85)])
def test_small_counts_and_the_day_itself_are_not_shown(campaign, lead, about, shown):
    today = timezone.localdate()
    relay = relaying.add_relay(campaign=campaign, name="Union", by=lead)
    RelayOpenings.objects.create(relay=relay, day=today, about=500)
    RelayOpenings.objects.create(relay=relay, day=today - timedelta(days=1), about=about)
    [followed] = relaying.followed(campaign)
    assert followed.about == shown
    assert followed.days == ([(today - timedelta(days=1), about)] if shown else [])


def test_who_passed_it_on_to_how_many_and_who_chased(campaign, lead):
    relay = relaying.add_relay(campaign=campaign, name="Union", by=lead)
    relaying.record_sending(relay=relay, kind=RelaySending.Kind.PASSED_ON, by=lead, reached=120)
    relaying.record_sending(relay=relay, kind=RelaySending.Kind.CHASED, by=lead)
    [followed] = relaying.followed(campaign)
    assert followed.reached == 120
    assert {(s.kind, s.by) for s in followed.sendings} == {("passed_on", lead), ("chased", lead)}
    journal.undo(entry=journal.history_of(campaign).first(), by=lead)
    assert relay.sendings.count() == 1


def test_removing_a_relay_is_undone_with_its_word(campaign, lead):
    relay = relaying.add_relay(campaign=campaign, name="Union", by=lead)
    word = relay.word
    relaying.record_sending(relay=relay, kind="passed_on", by=lead, reached=3)
    relaying.remove_relay(relay=relay, by=lead)
    assert not Relay.objects.exists()
    journal.undo(entry=journal.history_of(campaign).first(), by=lead)
    assert Relay.objects.get().word == word
    assert Relay.objects.get().sendings.get().reached == 3


def test_a_relay_is_named_once(campaign, lead):
    relaying.add_relay(campaign=campaign, name="Union", by=lead)
    with pytest.raises(ValidationError, match="déjà dans la liste"):
        relaying.add_relay(campaign=campaign, name=" Union ", by=lead)


def test_relays_are_kept_by_who_prepares(campaign, lead):
    relay = relaying.add_relay(campaign=campaign, name="Union", by=lead)
    structure = campaign.populations.first().organisation
    for person in (
        AccountFactory(regional_of=ScopeFactory()),
        AccountFactory(director_of=structure),
        AccountFactory(director_of=StructureFactory()),
    ):
        for act in (
            lambda p=person: relaying.add_relay(campaign=campaign, name="Autre", by=p),
            lambda p=person: relaying.record_sending(relay=relay, kind="chased", by=p),
            lambda p=person: relaying.remove_relay(relay=relay, by=p),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_words_are_never_taken_for_codes():
    words = {links.new_word() for _ in range(20)}
    assert all(links.word_of(word.lower()) == word for word in words)
    assert links.word_of("7KXM3TQH") == ""
    assert links.word_of("7K XM-3T") == "7KXM3T"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(campaign, lead, django_assert_num_queries, count):
    for rank in range(count):
        relay = relaying.add_relay(campaign=campaign, name=f"Union {rank}", by=lead)
        relaying.record_sending(relay=relay, kind="passed_on", by=lead, reached=3)
    with django_assert_num_queries(4):
        assert len(relaying.followed(campaign)) == count

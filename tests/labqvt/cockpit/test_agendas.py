"""Calendars that telephones follow: what anyone may read, one's own by a secret address, and what moved since."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from labqvt.foundation.periods import Period
from labqvt.people import services as people
from labqvt.people.models import Function
from labqvt.people.own_agenda import account_behind, close_agenda, key_of, open_agenda
from labqvt.programmes import moving, services
from labqvt.programmes.models import Milestone
from tests.factories import AccountFactory
from tests.labqvt.programmes.factories import ExperimentationFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return ProgrammeFactory(slug="essai", acronym="Essai", has_public_calendar=True)


@pytest.fixture
def region(programme):
    return ExperimentationFactory(programme=programme, region="53")


def dated(scope, title: str, planned: str = "2030-03-10", **facts) -> Milestone:
    milestone, _entry = services.add_milestone(
        scope=scope,
        kind=Milestone.Kind.COMMITTEE,
        title=title,
        planned=Period.read(planned),
        by=None,
        **facts,
    )
    return milestone


def events(client, address: str) -> dict[str, object]:
    """Read by a real parser, by title."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_a_programme_s_public_calendar_holds_its_regions_without_what_is_kept_inside(
    client, programme, region
):
    dated(programme.scope, "Comité national")
    dated(region.scope, "Atelier à Rennes", place="Rennes")
    dated(region.scope, "Point entre nous", is_public=False)
    dated(ProgrammeFactory(slug="autre").scope, "Ailleurs")
    found = events(client, "/agenda/essai.ics")
    assert set(found) == {"Comité national", "Atelier à Rennes"}
    assert str(found["Atelier à Rennes"]["LOCATION"]) == "Rennes"
    assert set(events(client, "/agenda/essai/53.ics")) == {"Atelier à Rennes"}


def test_a_programme_without_a_public_calendar_does_not_exist_for_visitors(client):
    programme = ProgrammeFactory(slug="discret")
    dated(programme.scope, "Comité")
    assert client.get("/agenda/discret.ics").status_code == 404
    assert client.get("/agenda/inconnu.ics").status_code == 404


def test_an_unknown_region_is_not_found(client, programme):
    assert client.get("/agenda/essai/99.ics").status_code == 404


def test_what_moves_keeps_its_uid_and_raises_its_sequence_even_when_the_move_is_undone(client, programme):
    lead = AccountFactory(national_of=programme.scope)
    milestone = dated(programme.scope, "Comité")
    first = events(client, "/agenda/essai.ics")["Comité"]
    move, _entry = moving.move_milestone(
        milestone=milestone, new=Period.read("2030-05-02"), cause="Grève", by=lead
    )
    moved = events(client, "/agenda/essai.ics")["Comité"]
    moving.take_back_move(by=lead, milestone=milestone.public_id, move=move.pk)
    back = events(client, "/agenda/essai.ics")["Comité"]
    assert first["UID"] == moved["UID"] == back["UID"]
    assert [event["SEQUENCE"] for event in (first, moved, back)] == [0, 1, 2]
    assert [event["DTSTART"].dt for event in (first, moved, back)] == [
        date(2030, 3, 10), date(2030, 5, 2), date(2030, 3, 10),
    ]  # fmt: skip
    assert "D’abord prévu" in str(moved["DESCRIPTION"])
    assert "Grève" in str(moved["DESCRIPTION"])


def test_what_is_given_up_stays_cancelled(client, programme):
    milestone = dated(programme.scope, "Guide")
    moving.drop_milestone(milestone=milestone, because="Fondu dans le guide national", by=None)
    event = events(client, "/agenda/essai.ics")["Guide"]
    assert event["STATUS"] == "CANCELLED"
    assert event["SEQUENCE"] == 1


def test_a_cause_corrected_alone_is_no_news_for_a_calendar(programme):
    milestone = dated(programme.scope, "Guide", planned="2020-03-10")
    moving.record_actual(milestone=milestone, actual=Period.read("2020-03-10"), cause="Comme prévu", by=None)
    milestone.refresh_from_db()
    assert milestone.sequence == 0


def test_a_vague_date_spans_the_whole_of_it_and_says_so(client, programme):
    dated(programme.scope, "Kit", planned="2030-autumn")
    event = events(client, "/agenda/essai.ics")["Kit"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2030, 9, 1), date(2030, 12, 1))
    assert "automne 2030" in str(event["DESCRIPTION"])
    assert event["TRANSP"] == "TRANSPARENT"


def test_one_s_own_calendar_follows_one_s_functions(client, programme, region):
    dated(region.scope, "Point entre nous", is_public=False)
    dated(programme.scope, "Comité national", is_public=False)
    lead = AccountFactory(regional_of=region.scope)
    address = reverse("agenda:personal", args=[key_of(open_agenda(by=lead))])
    assert set(events(client, address)) == {"Point entre nous"}
    part = reverse("agenda:personal_part", args=[key_of(lead), region.scope.public_id])
    assert set(events(client, part)) == {"Point entre nous"}
    elsewhere = reverse("agenda:personal_part", args=[key_of(lead), ProgrammeFactory().scope.public_id])
    assert client.get(elsewhere).status_code == 404


def test_who_leaves_reads_nothing_more_the_same_day(client, region):
    dated(region.scope, "Point entre nous", is_public=False)
    member = AccountFactory()
    held = people.assign(account=member, function=Function.CONSULTANT, scope=region.scope, by=None)
    key = key_of(open_agenda(by=member))
    assert len(events(client, reverse("agenda:personal", args=[key]))) == 1
    held.since, held.until = date(2020, 1, 1), date(2020, 1, 2)
    held.save()
    assert events(client, reverse("agenda:personal", args=[key])) == {}


def test_an_address_replaced_taken_back_or_guessed_opens_nothing(client, region):
    lead = AccountFactory(regional_of=region.scope)
    stranger = AccountFactory()
    never = key_of(stranger)
    first = key_of(open_agenda(by=lead))
    second = key_of(open_agenda(by=lead))
    guessed = f"{lead.public_id}-{second.partition('-')[2][::-1]}"
    assert account_behind(second) == lead
    assert [account_behind(key) for key in (first, never, guessed, "", "-")] == [None] * 5
    close_agenda(by=lead)
    assert account_behind(second) is None
    assert client.get(reverse("agenda:personal", args=[second])).status_code == 404


def test_the_page_gives_addresses_that_open(client, programme, region):
    lead = AccountFactory(regional_of=region.scope)
    client.force_login(lead)
    page = client.get(reverse("cockpit:agendas")).content.decode()
    assert "Obtenir mon adresse d’agenda" in page
    assert "/agenda/essai.ics" in page
    assert "/agenda/essai/53.ics" in page
    client.post(reverse("cockpit:agenda_open"))
    lead.refresh_from_db()
    page = client.get(reverse("cockpit:agendas")).content.decode()
    assert reverse("agenda:personal", args=[key_of(lead)]) in page
    client.post(reverse("cockpit:agenda_close"))
    assert key_of(lead) not in client.get(reverse("cockpit:agendas")).content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_calendar_costs_the_same_whatever_its_length(
    client, programme, count, django_assert_max_num_queries
):
    for rank in range(count):
        dated(programme.scope, f"Comité {rank}")
    with django_assert_max_num_queries(8):
        client.get("/agenda/essai.ics")


def test_the_last_year_there_is_does_not_close_the_calendar_to_all(client, programme):
    dated(programme.scope, "Comité")
    dated(programme.scope, "Un jour", planned="9999")
    assert set(events(client, "/agenda/essai.ics")) == {"Comité", "Un jour"}

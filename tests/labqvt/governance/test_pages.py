"""Pages of bodies and meetings: the same queries whatever they list, quick, and what a mistake loses: nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from labqvt.governance import convening, seating, sitting
from labqvt.governance.models import Intent, Meeting
from labqvt.governance.seat_models import Body, College
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.governance.conftest import convened, everybody_came, in_session, prepared, proposed


def _more(cast, count: int) -> None:
    """So many bodies, and in the first one so many meetings, seats and points."""
    for rank in range(count):
        seating.open_body(
            kind=Body.Kind.WORKING_GROUP, name=f"Groupe {rank}", place=cast.region.scope, by=None
        )
        convened(cast.body, cast.lead, title=f"Séance {rank}", in_days=3 + rank)
        seating.add_seat(body=cast.body, college=College.EXPERTS, title=f"Siège {rank}", by=None)


@pytest.mark.parametrize(("shown", "queries"), [("list", 7), ("body", 10), ("home", 21)])
@pytest.mark.parametrize("count", [1, 3, 30])
def test_lists_cost_the_same_whatever_their_length(
    cast, client, shown, queries, count, django_assert_max_num_queries
):
    _more(cast, count)
    client.force_login(cast.lead)
    address = {
        "list": reverse("governance:list"), "body": reverse("governance:body", args=[cast.body.public_id]),
        "home": reverse("cockpit:home"),
    }[shown]  # fmt: skip
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_meeting_costs_the_same_whatever_was_said(
    cast, client, clock, count, django_assert_max_num_queries
):
    for rank in range(count):
        seating.add_seat(body=cast.body, college=College.EXPERTS, title=f"Siège {rank}", by=None)
    meeting = in_session(cast, clock)
    everybody_came(cast, meeting)
    for rank in range(count):
        sitting.record_outcome(
            meeting=meeting,
            intent=Intent.OPINION,
            text=f"Avis {rank}",
            positions={College.EMPLOYERS: "for"},
            by=None,
        )
    client.force_login(cast.lead)
    with django_assert_max_num_queries(18):
        page = client.get(reverse("governance:meeting", args=[meeting.public_id])).content.decode()
    assert f"Avis {count - 1}" in page


def test_decisions_asked_come_first_whatever_the_order_typed(cast, client):
    meeting = prepared(cast.body, cast.lead)
    for title, intent in (("Nouvelles", Intent.INFORMATION), ("À trancher", Intent.DECISION)):
        convening.add_item(meeting=meeting, title=title, intent=intent, minutes=10, by=cast.lead)
    client.force_login(cast.lead)
    page = client.get(reverse("governance:meeting", args=[meeting.public_id])).content.decode()
    assert page.index("Décisions demandées") < page.index("À trancher") < page.index("Nouvelles")


def test_what_was_typed_comes_back_with_what_is_wrong(cast, client):
    client.force_login(cast.lead)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    typed = {
        "title": "Séance",
        "day": yesterday,
        "hour": "10:00",
        "length": "60",
        "mode": "on_site",
        "place": "Rennes",
    }
    answer = client.post(reverse("governance:meeting_new", args=[cast.body.public_id]), typed)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "déjà passée" in page
    assert 'value="Séance"' in page
    assert not Meeting.objects.exists()


def test_a_seat_for_an_unknown_address_is_not_half_posed(cast, client):
    client.force_login(cast.lead)
    before = cast.body.seats.count()
    answer = client.post(
        reverse("governance:seat_new", args=[cast.body.public_id]),
        {"college": "experts", "rank": "full", "holder": "Quelqu’un", "email": "inconnu@exemple.invalid"},
    )
    assert "Aucun compte n’a cette adresse" in answer.content.decode()
    assert cast.body.seats.count() == before


def test_two_holders_are_refused_on_the_form(cast, client):
    client.force_login(cast.lead)
    seat = cast.seats[College.EMPLOYERS]
    typed = {"holder": "Une autre", "since": timezone.localdate().isoformat()}
    answer = client.post(reverse("governance:seat", args=[seat.public_id]), typed)
    assert "terminez d’abord ce mandat" in answer.content.decode()
    assert seat.mandates.count() == 1


def test_a_visa_is_asked_of_those_who_may_give_it(cast, client, clock):
    meeting = proposed(cast, clock)
    waiting = "attend votre visa"
    for account, asked in (
        (cast.employer, True),
        (cast.employee, True),
        (cast.lead, False),
        (cast.partner, False),
    ):
        client.force_login(account)
        assert (waiting in client.get(reverse("cockpit:home")).content.decode()) == asked
    client.force_login(cast.employer)
    client.post(reverse("governance:approve", args=[meeting.public_id]), {"side": "employers"})
    assert waiting not in client.get(reverse("cockpit:home")).content.decode()
    refused = client.post(reverse("governance:approve", args=[meeting.public_id]), {"side": "employees"})
    assert refused.status_code == 403


def test_elsewhere_the_runner_and_a_member_approve(cast, clock):
    body = seating.open_body(
        kind=Body.Kind.REGIONAL_COMMITTEE, name="COPIL", place=cast.region.scope, by=cast.lead
    )
    seat, _entry = seating.add_seat(body=body, college=College.STATE, by=cast.lead)
    seating.give_seat(seat=seat, holder="Membre", account=cast.partner, by=cast.lead)
    meeting = convened(body, cast.lead)
    clock.move_to(meeting.starts_at)
    sitting.open_session(meeting=meeting, by=cast.lead)
    sitting.record_attendance(meeting=meeting, presence={seat.public_id: ("present", "")}, by=cast.lead)
    sitting.record_outcome(meeting=meeting, intent=Intent.INFORMATION, text="Dit", by=cast.lead)
    minutes = sitting.propose_minutes(meeting=meeting, by=cast.lead)
    sitting.approve(minutes=minutes, side="running", by=cast.lead)
    sitting.approve(minutes=minutes, side="members", by=cast.partner)
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.APPROVED


def test_the_minutes_printed_are_those_that_were_frozen(cast, client, clock):
    meeting = proposed(cast, clock)
    Meeting.objects.filter(pk=meeting.pk).update(title="Un autre titre")
    client.force_login(cast.employee)
    address = reverse("governance:minutes", args=[meeting.public_id])
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert client.get(address, {"version": "7"}).status_code == 404
    assert meeting.minutes.get().content["title"] == "Séance de rentrée"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31", "2101-01-01"])
def test_a_year_no_calendar_can_hold_is_told(cast, client, day):
    client.force_login(cast.lead)
    typed = {
        "title": "Séance",
        "day": day,
        "hour": "23:59",
        "length": "600",
        "mode": "on_site",
        "place": "Rennes",
    }
    page = client.post(reverse("governance:meeting_new", args=[cast.body.public_id]), typed).content.decode()
    assert "entre 2000 et 2100" in page
    assert not Meeting.objects.exists()


def test_what_is_refused_without_a_form_is_told_as_refused(cast, client):
    client.force_login(cast.lead)
    meeting = prepared(cast.body, cast.lead)
    answer = client.post(reverse("governance:convene", args=[meeting.public_id]), follow=True)
    [message] = answer.context["messages"]
    assert (message.level_tag, "ordre du jour" in message.message) == ("error", True)


def test_a_structure_reads_of_its_committee_in_its_own_words(client, db):
    structure = StructureFactory(name="Les Tilleuls")
    client.force_login(AccountFactory(director_of=structure))
    page = client.get(reverse("cockpit:structure", args=[structure.public_id])).content.decode()
    assert "Notre comité" in page
    assert "Les instances" not in page
    assert "Aucune instance" not in page

"""Who reads and who runs a body: the seat of the day, and who leads the place."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from labqvt.governance import policy, queries, seating
from labqvt.governance.seat_models import Body, College, Mandate
from labqvt.people.models import Account
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.governance.conftest import convened, prepared

READERS = {"lead", "national", "employer", "employee", "administrator"}
ALL = READERS | {"other_lead", "partner", "stranger"}


def fresh(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


@pytest.mark.parametrize("who", sorted(ALL))
def test_a_body_is_read_by_who_sits_there_and_who_leads_the_place(cast, client, who):
    meeting = convened(cast.body, cast.lead)
    account = fresh(getattr(cast, who))
    client.force_login(account)
    expected = 200 if who in READERS else 404
    for address in (
        reverse("governance:body", args=[cast.body.public_id]),
        reverse("governance:meeting", args=[meeting.public_id]),
        reverse("governance:letter", args=[meeting.public_id]),
    ):
        assert client.get(address).status_code == expected, address
    listed = set(queries.bodies_of(account))
    assert (cast.body in listed) == (who in READERS)
    assert bool(policy.may_read_body(account, cast.body)) == (who in READERS)


@pytest.mark.parametrize("who", sorted(ALL - {"lead", "national"}))
def test_only_who_leads_the_place_runs_it(cast, who):
    with pytest.raises(PermissionDenied):
        seating.add_seat(body=cast.body, college=College.EXPERTS, by=fresh(getattr(cast, who)))


def test_who_leaves_a_seat_reads_nothing_more_the_same_day(cast, client, clock):
    meeting = convened(cast.body, cast.lead, in_days=30)
    clock.shift(timedelta(days=10))
    client.force_login(cast.employee)
    address = reverse("governance:meeting", args=[meeting.public_id])
    assert client.get(address).status_code == 200
    mandate = Mandate.objects.get(account=cast.employee)
    seating.end_mandate(mandate=mandate, until=None, by=cast.lead)
    assert client.get(address).status_code == 404
    assert "ERDS Bretagne" not in client.get(reverse("cockpit:home")).content.decode()


def test_a_seat_to_come_opens_nothing_before_its_day(cast, client, clock):
    seat, _entry = seating.add_seat(body=cast.body, college=College.EXPERTS, by=cast.lead)
    expert = AccountFactory()
    seating.give_seat(
        seat=seat,
        holder="Expert",
        account=expert,
        since=timezone.localdate() + timedelta(days=3),
        by=cast.lead,
    )
    address = reverse("governance:body", args=[cast.body.public_id])
    client.force_login(expert)
    assert client.get(address).status_code == 404
    clock.shift(timedelta(days=3))
    client.force_login(fresh(expert))
    assert client.get(address).status_code == 200


def test_two_people_never_hold_a_seat_on_the_same_day(cast):
    seat = cast.seats[College.EMPLOYERS]
    address = {"seat": seat, "holder": "Une autre", "by": cast.lead}
    with pytest.raises(ValidationError, match="Membre employers"):
        seating.give_seat(**address)
    mandate = seat.mandates.get()
    mandate.since -= timedelta(days=30)
    mandate.save()
    seating.end_mandate(mandate=mandate, until=timezone.localdate() + timedelta(days=2), by=cast.lead)
    with pytest.raises(ValidationError, match="Membre employers"):
        seating.give_seat(**address, since=timezone.localdate() + timedelta(days=2))
    seating.give_seat(**address, since=timezone.localdate() + timedelta(days=3))


def test_the_database_itself_refuses_a_second_current_holder(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(seat=cast.seats[College.EMPLOYERS], holder="Une autre")


def test_a_seat_given_by_mistake_today_never_was(cast):
    seat, _entry = seating.add_seat(body=cast.body, college=College.EXPERTS, by=cast.lead)
    mandate = seating.give_seat(seat=seat, holder="Erreur", account=cast.stranger, by=cast.lead)
    seating.end_mandate(mandate=mandate, until=None, by=cast.lead)
    assert not seat.mandates.exists()
    assert not cast.stranger.assignments.exists()


def test_a_draft_is_read_only_by_who_prepares_it(cast, client):
    meeting = prepared(cast.body, cast.lead)
    address = reverse("governance:meeting", args=[meeting.public_id])
    client.force_login(cast.employee)
    assert client.get(address).status_code == 404
    assert (
        "Séance de rentrée"
        not in client.get(reverse("governance:body", args=[cast.body.public_id])).content.decode()
    )
    client.force_login(cast.lead)
    assert client.get(address).status_code == 200


def test_a_structure_s_committee_is_its_pair_s_and_nobody_else_s(cast, client):
    structure = StructureFactory(name="Les Tilleuls")
    director, employee = AccountFactory(director_of=structure), AccountFactory(employee_of=structure)
    body = seating.open_body(
        kind=Body.Kind.STRUCTURE_COMMITTEE, name="Comité des Tilleuls", place=structure.scope, by=director
    )
    address = reverse("governance:body", args=[body.public_id])
    for account, status in (
        (director, 200), (employee, 200), (cast.national, 404), (cast.lead, 404), (cast.administrator, 404),
    ):  # fmt: skip
        client.force_login(account)
        assert client.get(address).status_code == status, account


def test_a_committee_opens_where_it_belongs(cast):
    with pytest.raises(ValidationError, match="structure"):
        seating.open_body(
            kind=Body.Kind.STRUCTURE_COMMITTEE, name="Comité", place=cast.region.scope, by=cast.lead
        )


def test_a_seat_is_one_of_one_s_places_and_leads_to_its_body(cast, client):
    client.force_login(cast.employer)
    page = client.get(reverse("cockpit:home")).content.decode()
    assert reverse("governance:body", args=[cast.body.public_id]) in page
    assert "y siège" in page


def test_a_seat_opens_nothing_else_of_the_region(cast, client):
    """Its programme and its region are read, as by anyone who takes part; not its figures to change, nor its other bodies."""
    other = seating.open_body(
        kind=Body.Kind.WORKING_GROUP, name="Groupe fermé", place=cast.region.scope, by=cast.lead
    )
    client.force_login(cast.employer)
    region = client.get(reverse("programmes:experimentation", args=[cast.region.public_id]))
    assert region.status_code == 200
    assert "ERDS Bretagne" in region.content.decode()
    assert "Groupe fermé" not in region.content.decode()
    assert client.get(reverse("governance:body", args=[other.public_id])).status_code == 404
    neighbour = reverse("programmes:experimentation", args=[cast.neighbour.public_id])
    assert client.get(neighbour).status_code == 404
    assert client.get(reverse("programmes:amend", args=[cast.region.public_id])).status_code == 403

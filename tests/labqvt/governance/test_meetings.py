"""A meeting: prepared, convened, moved, held, written down, approved by both sides, corrected."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.governance import convening, queries, seating, sitting
from labqvt.governance.frozen import frozen
from labqvt.governance.models import Attendance, Intent, Meeting, Outcome
from labqvt.governance.seat_models import College
from labqvt.people.own_agenda import key_of, open_agenda
from tests.labqvt.governance.conftest import convened, everybody_came, in_session, prepared, proposed
from tests.labqvt.programmes.factories import MilestoneFactory


def told(error) -> dict[str, list[str]]:
    return error.value.message_dict


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"in_days": -1}, "starts_at"),
        ({"place": ""}, "place"),
        ({"mode": "remote"}, "link"),
        ({"mode": "hybrid"}, "link"),
    ],
)
def test_what_a_meeting_lacks_is_told_where_it_is_typed(cast, facts, field):
    with pytest.raises(ValidationError) as error:
        prepared(cast.body, cast.lead, **facts)
    assert list(told(error)) == [field]
    assert not Meeting.objects.exists()


def test_an_end_before_the_start_is_refused(cast):
    now = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError) as error:
        convening.prepare_meeting(
            body=cast.body, title="X", starts_at=now, ends_at=now, place="Rennes", by=cast.lead
        )
    assert list(told(error)) == ["ends_at"]


def test_nobody_is_convened_without_an_agenda(cast):
    with pytest.raises(ValidationError, match="ordre du jour"):
        convening.convene(meeting=prepared(cast.body, cast.lead), by=cast.lead)


def event_of(client, cast):
    """The meeting as a member's telephone reads it."""
    cast.employee.refresh_from_db()
    key = key_of(cast.employee if cast.employee.agenda_is_open else open_agenda(by=cast.employee))
    content = client.get(reverse("agenda:personal", args=[key])).content
    return next(iter(Calendar.from_ical(content).walk("VEVENT")), None)


def test_a_member_s_calendar_follows_a_meeting_moved_online_and_called_off(cast, client):
    meeting = prepared(cast.body, cast.lead)
    assert event_of(client, cast) is None  # a draft is nobody's
    convening.add_item(meeting=meeting, title="Le kit", intent=Intent.DECISION, minutes=10, by=cast.lead)
    convening.convene(meeting=meeting, by=cast.lead)
    first = event_of(client, cast)
    later = meeting.starts_at + timedelta(days=7)
    convening.move_meeting(
        meeting=meeting, starts_at=later, ends_at=later + timedelta(hours=1), mode=Meeting.Mode.REMOTE,
        link="https://visio.exemple.invalid/erds", cause="Grève des trains", by=cast.lead,
    )  # fmt: skip
    moved = event_of(client, cast)
    convening.cancel_meeting(meeting=meeting, because="Plus d’objet", by=cast.lead)
    cancelled = event_of(client, cast)
    assert first["UID"] == moved["UID"] == cancelled["UID"]
    assert [one["SEQUENCE"] for one in (first, moved, cancelled)] == [0, 1, 2]
    assert moved["DTSTART"].dt == later
    assert str(moved["URL"]) == "https://visio.exemple.invalid/erds"
    assert "Grève des trains" in str(moved["DESCRIPTION"])
    assert [one["STATUS"] for one in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    entry = JournalEntry.objects.get(act="governance.cancel_meeting")
    journal.undo(entry=entry, by=cast.lead)
    restored = event_of(client, cast)
    assert (restored["STATUS"], restored["SEQUENCE"]) == ("CONFIRMED", 3)


def test_a_meeting_never_moves_into_the_past(cast):
    meeting = convened(cast.body, cast.lead)
    gone = timezone.now() - timedelta(hours=3)
    with pytest.raises(ValidationError) as error:
        convening.move_meeting(
            meeting=meeting, starts_at=gone, ends_at=gone + timedelta(hours=1), mode=Meeting.Mode.ON_SITE, place="Rennes",
            cause="Erreur", by=cast.lead,
        )  # fmt: skip
    assert list(told(error)) == ["starts_at"]


def test_it_does_not_open_before_its_day_nor_before_anyone_is_convened(cast, clock):
    with pytest.raises(PermissionDenied, match="Convoquez"):
        sitting.open_session(meeting=prepared(cast.body, cast.lead), by=cast.lead)
    meeting = convened(cast.body, cast.lead)
    with pytest.raises(ValidationError, match="autre jour"):
        sitting.open_session(meeting=meeting, by=cast.lead)
    clock.move_to(meeting.starts_at)
    sitting.open_session(meeting=meeting, by=cast.lead)


def test_only_a_seat_that_is_there_represents_another(cast, clock):
    meeting = in_session(cast, clock)
    one, other = (cast.seats[college].public_id for college in (College.EMPLOYERS, College.EMPLOYEES))
    for presence in (
        {one: (Attendance.State.REPRESENTED, "")},
        {one: (Attendance.State.REPRESENTED, one)},
        {one: (Attendance.State.REPRESENTED, other), other: (Attendance.State.EXCUSED, "")},
    ):
        with pytest.raises(ValidationError) as error:
            sitting.record_attendance(meeting=meeting, presence=presence, by=cast.lead)
        assert list(told(error)) == [one]
    presence = {one: (Attendance.State.REPRESENTED, other), other: (Attendance.State.REMOTE, "")}
    sitting.record_attendance(meeting=meeting, presence=presence, by=cast.lead)
    noted = dict(meeting.attendances.values_list("seat__public_id", "represented_by__public_id"))
    assert noted == {one: other, other: None}


def test_a_decision_moves_a_date_and_is_found_again_from_it(cast, clock, client):
    milestone = MilestoneFactory(
        scope=cast.region.scope, title="Kit employeur", planned=Period.read("2026-12")
    )
    meeting = in_session(cast, clock)
    outcome, _entry = sitting.record_outcome(
        meeting=meeting, intent=Intent.DECISION, text="Le kit attend la relecture.", act="programmes.move_milestone",
        choice=milestone.public_id, when=Period.read("2027-02"), by=cast.lead,
    )  # fmt: skip
    milestone.refresh_from_db()
    assert (milestone.replanned.text, milestone.sequence) == ("2027-02", 1)
    assert "Le kit attend la relecture." in milestone.moves.get().cause
    assert list(queries.decisions_about(milestone)) == [outcome]
    client.force_login(cast.lead)
    page = client.get(reverse("programmes:milestone", args=[milestone.public_id])).content.decode()
    assert "Décidé en réunion" in page
    assert reverse("governance:meeting", args=[meeting.public_id]) in page
    with pytest.raises(PermissionDenied, match="déjà changé"):
        sitting.remove_outcome(by=cast.lead, outcome=outcome.public_id)


def test_a_decision_that_cannot_act_leaves_nothing_half_done(cast, clock):
    elsewhere = MilestoneFactory(scope=cast.neighbour.scope, title="Ailleurs", planned=Period.read("2026-12"))
    meeting = in_session(cast, clock)
    for act, choice, when, field in (
        ("programmes.move_milestone", elsewhere.public_id, Period.read("2027-02"), "choice"),
        ("programmes.move_milestone", "inconnu", None, "choice"),
        ("inconnu", "", None, "act"),
    ):
        with pytest.raises(ValidationError) as error:
            sitting.record_outcome(
                meeting=meeting,
                intent=Intent.DECISION,
                text="Décidé",
                act=act,
                choice=choice,
                when=when,
                by=cast.lead,
            )
        assert list(told(error)) == [field]
    assert not Outcome.objects.exists()
    elsewhere.refresh_from_db()
    assert elsewhere.replanned is None


def test_an_action_has_somebody(cast, clock):
    with pytest.raises(ValidationError) as error:
        sitting.record_outcome(
            meeting=in_session(cast, clock), intent=Intent.ACTION, text="Écrire le kit", by=cast.lead
        )
    assert list(told(error)) == ["responsible"]


def test_minutes_need_presence_and_something_that_came_out(cast, clock):
    meeting = in_session(cast, clock)
    with pytest.raises(ValidationError, match="qui était là"):
        sitting.propose_minutes(meeting=meeting, by=cast.lead)
    everybody_came(cast, meeting)
    with pytest.raises(ValidationError, match="une suite"):
        sitting.propose_minutes(meeting=meeting, by=cast.lead)


def test_both_colleges_approve_and_nobody_for_the_other(cast, clock):
    meeting = proposed(cast, clock)
    minutes = meeting.minutes.get()
    for account in (cast.lead, cast.national, cast.employer):
        with pytest.raises(PermissionDenied):
            sitting.approve(minutes=minutes, side=College.EMPLOYEES, by=account)
    sitting.approve(minutes=minutes, side=College.EMPLOYERS, by=cast.employer)
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.PROPOSED
    with pytest.raises(PermissionDenied, match="déjà"):
        sitting.approve(minutes=minutes, side=College.EMPLOYERS, by=cast.employer)
    sitting.approve(minutes=minutes, side=College.EMPLOYEES, by=cast.employee)
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.APPROVED


def test_what_was_approved_never_changes_and_a_correction_is_another_version(cast, clock):
    meeting = proposed(cast, clock)
    first = meeting.minutes.get()
    sitting.approve(minutes=first, side=College.EMPLOYERS, by=cast.employer)
    with pytest.raises(PermissionDenied, match="arrêté"):
        sitting.record_outcome(meeting=meeting, intent=Intent.INFORMATION, text="Trop tard", by=cast.lead)
    sitting.correct_minutes(meeting=meeting, reason="Un nom manquait", by=cast.lead)
    meeting.refresh_from_db()
    sitting.record_outcome(
        meeting=meeting, intent=Intent.INFORMATION, text="Le nom qui manquait", by=cast.lead
    )
    second = sitting.propose_minutes(meeting=meeting, by=cast.lead)
    first.refresh_from_db()
    assert [one["text"] for one in first.content["outcomes"]] == ["Le kit avance."]
    assert [one["text"] for one in second.content["outcomes"]] == ["Le kit avance.", "Le nom qui manquait"]
    assert (second.number, second.reason) == (2, "Un nom manquait")
    assert not second.visas.exists()
    with pytest.raises(PermissionDenied, match="plus récente"):
        sitting.approve(minutes=first, side=College.EMPLOYEES, by=cast.employee)


def test_the_holder_printed_is_the_one_of_that_day(cast, clock):
    meeting = proposed(cast, clock)
    clock.shift(timedelta(days=30))
    seat = cast.seats[College.EMPLOYERS]
    seating.end_mandate(mandate=seat.mandates.get(), until=None, by=cast.lead)
    seating.give_seat(seat=seat, holder="Une autre", by=cast.lead)
    assert "Membre employers" in {one["holder"] for one in frozen(meeting)["attendance"]}
    assert "Une autre" not in {one["holder"] for one in frozen(meeting)["attendance"]}

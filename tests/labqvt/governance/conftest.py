from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.utils import timezone

from labqvt.governance import convening, seating, sitting
from labqvt.governance.models import Attendance, Intent, Meeting
from labqvt.governance.seat_models import Body, College
from tests.factories import AccountFactory
from tests.labqvt.programmes.factories import ExperimentationFactory, ProgrammeFactory

NOW = "2026-09-15T09:00:00+02:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db):
    """A programme and its region, a joint body with a seat on each side, and everyone around."""
    programme = ProgrammeFactory(slug="essai", acronym="Essai")
    region = ExperimentationFactory(programme=programme, region="53")
    neighbour = ExperimentationFactory(programme=programme, region="28")
    lead = AccountFactory(regional_of=region.scope)
    body = seating.open_body(kind=Body.Kind.JOINT, name="ERDS Bretagne", place=region.scope, by=lead)
    employer, employee = AccountFactory(), AccountFactory()
    seats = {}
    for college, account in ((College.EMPLOYERS, employer), (College.EMPLOYEES, employee)):
        seats[college], _entry = seating.add_seat(
            body=body, college=college, title=f"Siège {college}", by=lead
        )
        seating.give_seat(seat=seats[college], holder=f"Membre {college}", account=account, by=lead)
    return SimpleNamespace(
        programme=programme, region=region, neighbour=neighbour, lead=lead, body=body, employer=employer, employee=employee,
        seats=seats, national=AccountFactory(national_of=programme.scope),
        other_lead=AccountFactory(regional_of=neighbour.scope), partner=AccountFactory(partner_of=region.scope),
        administrator=AccountFactory(administrator=True), stranger=AccountFactory(),
    )  # fmt: skip


def prepared(body: Body, by, *, in_days: float = 2, title: str = "Séance de rentrée", **facts) -> Meeting:
    begins = timezone.now() + timedelta(days=in_days)
    facts = {"mode": Meeting.Mode.ON_SITE, "place": "Rennes"} | facts
    return convening.prepare_meeting(
        body=body, title=title, starts_at=begins, ends_at=begins + timedelta(hours=2), by=by, **facts
    )


def convened(body: Body, by, **facts) -> Meeting:
    meeting = prepared(body, by, **facts)
    convening.add_item(meeting=meeting, title="Date du kit", intent=Intent.DECISION, minutes=20, by=by)
    convening.convene(meeting=meeting, by=by)
    meeting.refresh_from_db()
    return meeting


def in_session(cast, clock, **facts) -> Meeting:
    """Convened, then the day comes."""
    meeting = convened(cast.body, cast.lead, **facts)
    clock.move_to(meeting.starts_at)
    sitting.open_session(meeting=meeting, by=cast.lead)
    meeting.refresh_from_db()
    return meeting


def everybody_came(cast, meeting: Meeting) -> None:
    presence = {seat.public_id: (Attendance.State.PRESENT, "") for seat in cast.seats.values()}
    sitting.record_attendance(meeting=meeting, presence=presence, by=cast.lead)


def proposed(cast, clock) -> Meeting:
    meeting = in_session(cast, clock)
    everybody_came(cast, meeting)
    sitting.record_outcome(meeting=meeting, intent=Intent.INFORMATION, text="Le kit avance.", by=cast.lead)
    sitting.propose_minutes(meeting=meeting, by=cast.lead)
    meeting.refresh_from_db()
    return meeting

"""Bodies of the real programme with the organisations that sat there; their meetings of today, invented and said so."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.utils import timezone

from labqvt.demonstration import programme_texts as texts
from labqvt.governance import convening, seating, sitting
from labqvt.governance.models import Attendance, Intent, Meeting
from labqvt.governance.policy import MEMBERS, RUNNING
from labqvt.governance.seat_models import Body, College
from labqvt.people.models import Account, Organisation
from labqvt.programmes.models import Experimentation, Involvement, Programme

_KIND: Final = Organisation.Kind
_COLLEGES: Final[dict[str, str]] = {
    _KIND.UNION: College.EMPLOYEES, _KIND.FEDERATION: College.EMPLOYERS, _KIND.PUBLIC: College.STATE, _KIND.OTHER: College.EXPERTS,
}  # fmt: skip
_UNION: Final = Involvement.Role.UNION
_COMMITTEE: Final = Involvement.Role.COMMITTEE


def add_bodies(programme: Programme, *, region: str, lead: Account, member: Account) -> None:
    """The national committee, a regional one, and the joint bodies whose unions the documents name."""
    regions = {one.region: one for one in programme.experimentations.select_related("scope")}
    bearer = programme.bearer
    national = _body(
        programme, Body.Kind.NATIONAL_COMMITTEE, "Comité de pilotage national", line=63, role=_COMMITTEE
    )
    seating.add_seat(
        body=national, college=College.EMPLOYERS, title="Présidence", organisation=bearer, by=None
    )
    for code, name, line in (("44", "ERDS Grand Est", 110), ("28", "ERDS Normandie", 388)):
        joint = _body(
            regions[code], Body.Kind.JOINT, name, line=line, role=_UNION, charter=texts.JOINT_CHARTER
        )
        seating.add_seat(body=joint, college=College.EMPLOYERS, organisation=bearer, by=None)
    committee = _body(
        regions[region],
        Body.Kind.REGIONAL_COMMITTEE,
        f"Comité de pilotage {regions[region]}",
        line=230,
        role=_COMMITTEE,
    )
    seating.add_seat(body=committee, college=College.TEAM, title="Animation", by=None)
    seat = committee.seats.filter(organisation__name="Agefiph").get()
    seating.give_seat(
        seat=seat,
        holder=member.name,
        account=member,
        since=timezone.localdate() - timedelta(days=200),
        by=None,
    )
    _held(committee, lead=lead, member=member)
    _to_come(committee, in_days=9)


def _body(
    place: Programme | Experimentation, kind: str, name: str, *, line: int, role: str, charter: str = ""
) -> Body:
    body = seating.open_body(
        kind=kind,
        name=name,
        place=place.scope,
        charter=charter,
        source=texts.REPORT,
        source_line=line,
        by=None,
    )
    for one in Involvement.objects.filter(scope=place.scope, role=role).select_related("organisation"):
        organisation = one.organisation
        seating.add_seat(body=body, college=_COLLEGES[organisation.kind], organisation=organisation, by=None)
    return body


def _tuesday(near: date) -> date:
    """The Tuesday that follows, or that day itself."""
    return near + timedelta(days=(1 - near.weekday()) % 7)


def _meeting(body: Body, day: Any, title: str, **facts: Any) -> Meeting:
    begins = timezone.make_aware(datetime.combine(day, time(10)))
    return convening.prepare_meeting(
        body=body, title=title, starts_at=begins, ends_at=begins + timedelta(hours=2), by=None, may_be_past=True,
        is_fictitious=True, **facts,
    )  # fmt: skip


def _held(body: Body, *, lead: Account, member: Account) -> None:
    """One held five weeks ago, approved by both sides."""
    day = _tuesday(timezone.localdate() - timedelta(days=35))
    meeting = _meeting(
        body,
        day,
        "Point d’étape",
        mode=Meeting.Mode.HYBRID,
        place="Marseille",
        link="https://visio.labqvt.invalid/paca",
    )
    opinion, _entry = convening.add_item(
        meeting=meeting,
        title="Le contenu de la prochaine formation",
        intent=Intent.OPINION,
        minutes=30,
        presenter="Référence régionale",
        by=None,
    )
    convening.add_item(
        meeting=meeting, title="Où en sont les structures", intent=Intent.INFORMATION, minutes=40, by=None
    )
    convening.convene(meeting=meeting, by=None)
    sitting.open_session(meeting=meeting, by=None)
    states = (Attendance.State.PRESENT, Attendance.State.REMOTE, Attendance.State.EXCUSED)
    seats = list(body.seats.all())
    presence = {seat.public_id: (states[rank % 3], "") for rank, seat in enumerate(seats)}
    sitting.record_attendance(meeting=meeting, presence=presence, by=None)
    sitting.record_outcome(
        meeting=meeting, item=opinion, intent=Intent.OPINION, text="Garder une demi-journée chez chaque structure.",
        positions={College.STATE: "for", College.EXPERTS: "reserved"}, by=None,
    )  # fmt: skip
    sitting.record_outcome(
        meeting=meeting, intent=Intent.ACTION, text="Écrire aux structures qui n’ont pas encore fixé leur visite.",
        responsible="Référence régionale", by=None,
    )  # fmt: skip
    minutes = sitting.propose_minutes(meeting=meeting, by=None)
    sitting.approve(minutes=minutes, side=RUNNING, by=lead)
    sitting.approve(minutes=minutes, side=MEMBERS, by=member)


def _to_come(body: Body, *, in_days: int) -> None:
    """One to come, whose members are expected."""
    day = _tuesday(timezone.localdate() + timedelta(days=in_days))
    meeting = _meeting(
        body, day, "Préparer la suite", place="Marseille", fallback="Visioconférence, à la même heure"
    )
    for title, intent, minutes, presenter in (
        ("Où en sont les structures", Intent.INFORMATION, 25, "Référence régionale"),
        ("La date de la restitution régionale", Intent.DECISION, 30, "Coordination nationale"),
        ("Ce que l’on garde pour une autre région", Intent.OPINION, 40, ""),
    ):
        convening.add_item(
            meeting=meeting, title=title, intent=intent, minutes=minutes, presenter=presenter, by=None
        )
    convening.convene(meeting=meeting, by=None)

"""Reading bodies and meetings: lists, the next ones, what awaits, what a decision changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from labqvt.foundation.journal import name_of
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import EVER, DatedItem, Span
from labqvt.foundation.schedule import Standing
from labqvt.governance.models import AgendaItem, Attendance, Intent, Meeting, MeetingMove, Minutes, Outcome
from labqvt.governance.policy import readable_bodies
from labqvt.governance.seat_models import Body, College, Mandate, Seat
from labqvt.people.models import Scope

_KEPT_SECRET = {Meeting.Status.DRAFT}


def bodies_of(person: Any, search: str = "") -> QuerySet[Body]:
    """Bodies the person may read, with how many seats and meetings each has."""
    found = Body.objects.filter(readable_bodies(person)).select_related("scope__parent")
    if search:
        found = found.filter(Q(name__icontains=search) | Q(scope__parent__label__icontains=search))
    return found.annotate(
        seat_count=Count("seats", filter=Q(seats__removed_on=None), distinct=True),
        meeting_count=Count("meetings", distinct=True),
    ).order_by("scope__parent__label", "name")


def bodies_in(person: Any, scope: Scope) -> QuerySet[Body]:
    """Bodies opened in this very place that the person may read."""
    return Body.objects.filter(readable_bodies(person), scope__parent=scope).order_by("name")


@dataclass(frozen=True, slots=True)
class Place:
    """A seat, who holds it today, and who held it before."""

    seat: Seat
    holder: Mandate | None
    former: list[Mandate]


def places_of(body: Body) -> list[tuple[str, list[Place]]]:
    """Seats by college, in the order of colleges; full members first."""
    seats = body.seats.filter(removed_on=None).select_related("organisation").prefetch_related("mandates")
    by_college: dict[str, list[Place]] = {}
    for seat in sorted(seats, key=lambda seat: (seat.rank != Seat.Rank.FULL, seat.pk)):
        mandates = list(seat.mandates.all())
        current = next((one for one in mandates if one.in_force), None)
        former = [one for one in mandates if one is not current]
        by_college.setdefault(seat.college, []).append(Place(seat, current, former))
    return [(str(College(one).label), by_college[one]) for one in College.values if one in by_college]


def colleges_of(body: Body) -> list[str]:
    """Colleges that have a seat: those whose position may be noted."""
    present = set(body.seats.filter(removed_on=None).values_list("college", flat=True))
    return [college for college in College.values if college in present and college != College.TEAM]


def meetings_of(body: Body, *, with_drafts: bool) -> QuerySet[Meeting]:
    found = body.meetings.all()
    return found if with_drafts else found.exclude(status__in=_KEPT_SECRET)


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Decisions asked first, then opinions, actions and information, each in the order typed."""
    order = list(Intent.values)
    return sorted(meeting.items.all(), key=lambda item: (order.index(item.intent), item.rank))


def seats_at(meeting: Meeting) -> list[Seat]:
    """Seats that count that day: not those taken away before it."""
    seats = meeting.body.seats.select_related("organisation").prefetch_related("mandates")
    return [seat for seat in seats if seat.removed_on is None or seat.removed_on > meeting.day]


def presence_at(meeting: Meeting) -> list[tuple[Seat, Attendance | None]]:
    """Each seat, and what was noted of it."""
    noted = {one.seat_id: one for one in meeting.attendances.select_related("represented_by__organisation")}
    return [(seat, noted.get(seat.pk)) for seat in seats_at(meeting)]


def outcomes_of(meeting: Meeting) -> QuerySet[Outcome]:
    return meeting.outcomes.select_related("item").prefetch_related("positions")


def versions_of(meeting: Meeting) -> list[Minutes]:
    """Versions of the minutes, the last one first."""
    found = (
        meeting.minutes.select_related("proposed_by").prefetch_related("visas__account").order_by("-number")
    )
    return list(found)


def decisions_about(thing: Any) -> QuerySet[Outcome]:
    """Decisions that changed this thing, the last one first."""
    return Outcome.objects.filter(target=name_of(thing)).select_related("meeting__body").order_by("-pk")


def dated_meetings(person: Any, scopes: Iterable[Scope], span: Span) -> Iterable[DatedItem]:
    """Meetings for calendars: convened ones, of the bodies in these places that the person may read."""
    inside = Q(pk__in=[])
    for scope in scopes:
        inside |= Q(body__scope__path__startswith=scope.path)
    readable = Body.objects.filter(readable_bodies(person)).values("pk")
    if span.first > EVER.first:
        inside &= Q(starts_at__gte=_midnight(span.first))
    if span.last < EVER.last:
        inside &= Q(starts_at__lt=_midnight(span.last + timedelta(days=1)))
    meetings = (
        Meeting.objects.filter(inside, body__in=readable)
        .exclude(status__in=_KEPT_SECRET)
        .select_related("body")
        .prefetch_related(Prefetch("moves", queryset=MeetingMove.objects.order_by("recorded_at")))
    )
    return [_dated(meeting) for meeting in meetings]


def _midnight(day: date) -> datetime:
    """Bounds in time, not in days: the index serves."""
    return timezone.make_aware(datetime.combine(day, time()))


def standing_of(meeting: Meeting) -> Standing:
    if meeting.status == Meeting.Status.CANCELLED:
        return Standing.DROPPED
    if not meeting.is_open:
        return Standing.DONE
    if meeting.is_over:
        return Standing.LATE
    return Standing.MOVED if meeting.sequence else Standing.PLANNED


def _dated(meeting: Meeting) -> DatedItem:
    moves = list(meeting.moves.all())
    day = Period.day(meeting.day)
    return DatedItem(
        uid=f"governance.meeting.{meeting.public_id}", title=f"{meeting.body} : {meeting.title}", period=day,
        standing=standing_of(meeting), sequence=meeting.sequence, moves=len(moves),
        planned=Period.day(timezone.localdate(moves[0].previous_start)) if moves else day,
        place=meeting.place, kind=str(meeting.body.get_kind_display()),
        url=reverse("governance:meeting", args=[meeting.public_id]), begins=meeting.starts_at, ends=meeting.ends_at,
        online=meeting.link, details=meeting.cancelled_because or (moves[-1].cause if moves else meeting.fallback),
    )  # fmt: skip

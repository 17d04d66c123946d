"""The text of minutes, frozen: plain words and numbers, so that nothing changed later changes what was approved."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from labqvt.governance.models import Intent, Meeting, Outcome
from labqvt.governance.seat_models import Seat


def holder_on(seat: Seat, meeting: Meeting) -> str:
    """Who held the seat the day of the meeting; nothing when it was vacant. Expects prefetched mandates."""
    day = meeting.day
    held = [
        one for one in seat.mandates.all() if one.since <= day and (one.until is None or day <= one.until)
    ]
    return held[-1].holder if held else ""


def when_of(meeting: Meeting) -> str:
    """« 14 janvier 2021, de 10:00 à 12:00 »."""
    begins, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return _("%(day)s, de %(begins)s à %(ends)s") % {
        "day": date_format(begins, "l j F Y"), "begins": time_format(begins, "H:i"), "ends": time_format(ends, "H:i"),
    }  # fmt: skip


def where_of(meeting: Meeting) -> str:
    return ", ".join(filter(None, [str(meeting.get_mode_display()), meeting.place]))


def frozen(meeting: Meeting) -> dict[str, Any]:
    """Everything the minutes say, in order: decisions, opinions, actions, then information."""
    attendances = meeting.attendances.select_related(
        "seat__organisation", "represented_by__organisation"
    ).prefetch_related("seat__mandates")
    outcomes = meeting.outcomes.select_related("item").prefetch_related("positions")
    order = list(Intent.values)
    return {
        "title": meeting.title,
        "body": meeting.body.name,
        "when": when_of(meeting),
        "where": where_of(meeting),
        "agenda": [item.title for item in meeting.items.all()],
        "attendance": [
            {
                "college": str(one.seat.get_college_display()), "seat": str(one.seat), "holder": holder_on(one.seat, meeting),
                "state": str(one.get_state_display()), "by": str(one.represented_by or ""),
            }
            for one in attendances
        ],
        "outcomes": [
            _outcome(one) for one in sorted(outcomes, key=lambda one: (order.index(one.intent), one.pk))
        ],
    }  # fmt: skip


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "intent": str(one.get_intent_display()), "item": one.item.title if one.item else "", "text": one.text,
        "responsible": one.responsible, "due": one.due.words() if one.due else "", "done": one.done,
        "positions": [str(position) for position in one.positions.all()],
    }  # fmt: skip

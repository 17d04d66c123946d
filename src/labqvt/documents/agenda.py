"""iCalendar (RFC 5545): dated things as a calendar that a telephone subscribes to.

An item keeps its UID for ever; its SEQUENCE rises when it moves; given up, it is CANCELLED and stays.
What is only known to the month or the season spans it whole, and says so in words.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from labqvt.foundation.registries import DatedItem
from labqvt.foundation.schedule import Standing
from labqvt.foundation.typography import typo

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_LAST_DAY: Final = date.max - timedelta(
    days=1
)  # « 9999 » typed for a year must not close the calendar to all
# How often a calendar asks again: often enough for a meeting moved this morning.
_REFRESH: Final = timedelta(hours=4)


def agenda(items: Iterable[DatedItem], *, name: str, language: str, root: str, now: datetime) -> bytes:
    """A calendar of these items. ``root`` is the address of the site, to make theirs whole; ``now`` the time asked."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Lab’QVT//{language}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _REFRESH)
    for item in items:
        calendar.add_component(_event(item, language=language, root=root, now=now))
    return calendar.to_ical()


def agenda_reply(content: bytes, file_name: str) -> HttpResponse:
    """Sent to be kept by a calendar; asked for again after a quarter of an hour at the earliest."""
    return HttpResponse(content, content_type=MEDIA_TYPE, headers={
        "Content-Disposition": f'inline; filename="{file_name}.ics"', "Cache-Control": "private, max-age=900",
    })  # fmt: skip


def _event(item: DatedItem, *, language: str, root: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{item.uid}@labqvt")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("sequence", item.sequence)
    event.add("summary", item.title)  # as it was typed: old telephones draw a box for a narrow space
    event.add("status", "CANCELLED" if item.standing == Standing.DROPPED else "CONFIRMED")
    if item.begins:
        event.add("dtstart", item.begins.astimezone(UTC))
        event.add("dtend", (item.ends or item.begins + timedelta(hours=1)).astimezone(UTC))
    else:
        event.add("dtstart", item.period.first)
        event.add(
            "dtend", min(item.period.last, _LAST_DAY) + timedelta(days=1)
        )  # a whole day ends where the next begins
        event.add("transp", "TRANSPARENT")  # it takes nobody's time
    if item.place:
        event.add("location", item.place)
    if item.kind:
        event.add("categories", [str(item.kind)])
    if details := _details(item, language):
        event.add("description", details)
    if address := item.online or (f"{root}{item.url}" if item.url else ""):
        event.add("url", address)
    return event


def _details(item: DatedItem, language: str) -> str:
    """What a date alone does not say: how sure it is, and what it was first."""
    lines = []
    if not item.begins and not item.period.is_exact:
        lines.append(_("Date connue seulement ainsi : %(when)s.") % {"when": item.period.words()})
    if item.planned and item.planned.text != item.period.text:
        lines.append(_("D’abord prévu : %(when)s.") % {"when": item.planned.words()})
    if item.standing == Standing.DROPPED:
        lines.append(_("Abandonné."))
    lines += [line for line in (getattr(item, "cause", ""), item.details) if line]
    return typo("\n".join(lines), language)

"""Where planned, moved and done fall on one axis: pure positions, drawn by ``components/track.html``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.utils import timezone

# Positions are percentages, so that marks keep their size; both ends leave room for half a mark.
_FROM: Final = 3
_TO: Final = 97
_QUARTERS_UP_TO: Final = 800  # days: beyond, one tick a year
_MONTHS_UP_TO: Final = 200


@dataclass(frozen=True, slots=True)
class Tick:
    """One graduation: where, and the day it stands for."""

    x: float
    day: date
    yearly: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """One item: its marks, each absent when it has no such date."""

    item: Any
    planned: float | None
    replanned: float | None
    actual: float | None

    @property
    def slip(self) -> tuple[float, float] | None:
        """From the first plan to what happened or is now planned, when they differ."""
        end = self.actual if self.actual is not None else self.replanned
        if self.planned is None or end is None or end == self.planned:
            return None
        return self.planned, end


@dataclass(frozen=True, slots=True)
class Track:
    """Everything the template draws."""

    lanes: list[Lane]
    ticks: list[Tick]
    today: float | None


def _middle(period: Any) -> date | None:
    return period.first + (period.last - period.first) / 2 if period else None


def _dates(item: Any) -> tuple[date | None, date | None, date | None]:
    """Planned, moved, done; an item that only has ``period`` was planned then, or done then."""
    happened = item.period if str(item.standing) == "done" else None
    planned = item.planned or (None if happened or item.replanned else item.period)
    return _middle(planned), _middle(item.replanned), _middle(happened)


def _ticks(start: date, end: date) -> list[date]:
    days = (end - start).days
    step = 1 if days <= _MONTHS_UP_TO else 3 if days <= _QUARTERS_UP_TO else 12
    found, year, month = [], start.year, 1
    while (day := date(year, month, 1)) <= end:
        if day >= start:
            found.append(day)
        year, month = (year + 1, 1) if month + step > 12 else (year, month + step)
    return found


def draw_track(items: Iterable[Any], today: date | None = None) -> Track:
    """Place items (``DatedItem`` or alike) on one axis that spans all their dates."""
    items = list(items)
    dates = [_dates(item) for item in items]
    known = [day for three in dates for day in three if day]
    if not known:
        return Track([], [], None)
    start, end = min(known) - timedelta(days=14), max(known) + timedelta(days=14)
    span = (end - start).days

    def x(day: date | None) -> float | None:
        return None if day is None else round(_FROM + (_TO - _FROM) * (day - start).days / span, 1)

    today = today or timezone.localdate()
    lanes = [Lane(item, *(x(day) for day in three)) for item, three in zip(items, dates, strict=True)]
    ticks = [Tick(x(day) or 0.0, day, day.month == 1) for day in _ticks(start, end)]
    return Track(lanes, ticks, x(today) if start <= today <= end else None)

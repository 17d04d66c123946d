"""Dates and times as tools write them, put the one way our answers say them: 2020-12-31, 08:30."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from labqvt_forms.items import Precision

_NO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]00:00(?::00(?:\.0+)?)?")
_NO_SECONDS = re.compile(r"((?:\d{4}-\d{2}-\d{2}[ T])?\d{2}:\d{2}):00(?:\.0+)?")
_TIME = r"(?P<time>[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})/(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST = re.compile(rf"(?P<one>\d{{1,2}})[/.-](?P<two>\d{{1,2}})[/.-](?P<year>\d{{4}}){_TIME}", re.ASCII)


def moment_reader(precision: Precision, cells: Iterable[str]) -> Callable[[str], str]:
    """Return what tidies the moments of a column; a text that is no date stays as it is.

    A day comes before its month, as in France, unless a date of the column says the contrary.

    >>> read = moment_reader(Precision.DAY, [])
    >>> read("31/12/2020"), read("2020/1/5"), read("2020-12-31 00:00:00"), read("hier")
    ('2020-12-31', '2020-01-05', '2020-12-31', 'hier')
    """
    if precision in (Precision.MONTH, Precision.TIME):
        return lambda text: _tidied(text, precision)
    found = [match for cell in cells if (match := _YEAR_LAST.fullmatch(cell.strip()))]
    month_first = any(int(match["two"]) > 12 for match in found)

    def read(text: str) -> str:
        if match := _YEAR_FIRST.fullmatch(text):
            return _tidied(_written(match, match["one"], match["two"]) or text, precision)
        if match := _YEAR_LAST.fullmatch(text):
            month, day = (match["one"], match["two"]) if month_first else (match["two"], match["one"])
            return _tidied(_written(match, month, day) or text, precision)
        return _tidied(text, precision)

    return read


def _written(match: re.Match[str], month: str, day: str) -> str:
    try:
        date = dt.date(int(match["year"]), int(month), int(day)).isoformat()
    except ValueError:
        return ""
    time = (match["time"] or "").strip(" T")
    return f"{date} {time.zfill(5 if time.count(':') == 1 else 8)}" if time else date


def _tidied(text: str, precision: Precision) -> str:
    """Take off the midnight or the seconds that some formats add to every date."""
    if precision in (Precision.DAY, Precision.MONTH):
        written = _NO_TIME.fullmatch(text)
    else:
        written = _NO_SECONDS.fullmatch(text)
    return written[1] if written else text

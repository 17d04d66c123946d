"""Numbers and texts turned into each other exactly as the JavaScript runtime does."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal

_NUMBER = re.compile(r"[ \t\r\n]*(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))[ \t\r\n]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EPOCH = dt.date(1970, 1, 1)
FIRST_DAY, LAST_DAY = (dt.date.min - EPOCH).days, (dt.date.max - EPOCH).days


def number_of(text: str) -> float:
    """Return the number a text says, the days of an ISO date, or not-a-number."""
    if match := _NUMBER.fullmatch(text):
        return float(match[1])
    if _DATE.fullmatch(text):
        try:
            return float((dt.date.fromisoformat(text) - EPOCH).days)
        except ValueError:
            return math.nan
    return math.nan


def text_of(number: float) -> str:
    """Write a number as JavaScript does: ``3``, ``0.1``, ``1e+21``, ``NaN``."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0:
        return "0"
    shortest = Decimal(repr(number))
    if 1e-6 <= abs(number) < 1e21:
        written = format(shortest, "f")
        return written.rstrip("0").rstrip(".") if "." in written else written
    sign, digits, exponent = shortest.normalize().as_tuple()
    assert isinstance(exponent, int)
    power = exponent + len(digits) - 1
    figures = "".join(map(str, digits))
    mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
    return f"{'-' if sign else ''}{mantissa}e{'+' if power > 0 else '-'}{abs(power)}"


def date_of(days: float) -> dt.date | None:
    """Return the date of a number of days; None outside the years 1 to 9999."""
    if not math.isfinite(days) or not FIRST_DAY <= math.floor(days) <= LAST_DAY:
        return None
    return EPOCH + dt.timedelta(days=math.floor(days))

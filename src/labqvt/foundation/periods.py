"""Dates that carry their precision: « 23 juin 2020 », « automne 2020 », « d’octobre 2019 à mars 2020 »."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.typography import french_first_day

_SEASONS: Final[dict[str, tuple[int, int, "str | Promise"]]] = {
    "spring": (3, 5, _("printemps")),
    "summer": (6, 8, _("été")),
    "autumn": (9, 11, _("automne")),
    "winter": (12, 2, _("hiver")),
}
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")
_HALF = re.compile(r"^(\d{4})-s([12])$")
_QUARTER = re.compile(r"^(\d{4})-q([1-4])$")
_SEASON = re.compile(r"^(\d{4})-(spring|summer|autumn|winter)$")
_YEAR = re.compile(r"^(\d{4})$")


def _end_of_month(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class _Moment:
    """One end of a period: the first and last day it may mean, and the text it was given as."""

    first: date
    last: date
    text: str

    @classmethod
    def read(cls, text: str) -> Self:
        if m := _DAY.match(text):
            day = date.fromisoformat(text)
            return cls(day, day, text)
        if m := _MONTH.match(text):
            year, month = int(m[1]), int(m[2])
            return cls(date(year, month, 1), _end_of_month(year, month), text)
        if m := _HALF.match(text):
            year, start = int(m[1]), 6 * int(m[2]) - 5
            return cls(date(year, start, 1), _end_of_month(year, start + 5), text)
        if m := _QUARTER.match(text):
            year, start = int(m[1]), 3 * int(m[2]) - 2
            return cls(date(year, start, 1), _end_of_month(year, start + 2), text)
        if m := _SEASON.match(text):
            year = int(m[1])
            start, end, _name = _SEASONS[m[2]]
            return cls(date(year, start, 1), _end_of_month(year + (end < start), end), text)
        if m := _YEAR.match(text):
            return cls(date(int(m[1]), 1, 1), date(int(m[1]), 12, 31), text)
        raise ValueError(text)

    def words(self) -> str:
        if _DAY.match(self.text):
            return french_first_day(formats.date_format(self.first, "j F Y"))
        if _MONTH.match(self.text):
            return formats.date_format(self.first, "F Y")
        if m := _HALF.match(self.text):
            halves = {"1": gettext("1er semestre %(year)s"), "2": gettext("2e semestre %(year)s")}
            return halves[m[2]] % {"year": m[1]}
        if m := _QUARTER.match(self.text):
            return gettext("trimestre %(number)s de %(year)s") % {"number": m[2], "year": m[1]}
        if m := _SEASON.match(self.text):
            return f"{_SEASONS[m[2]][2]} {m[1]}"
        return self.text


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a span of days, or something vaguer, that says how vague it is.

    ``text`` is the canonical form: ``2020-06-23``, ``2020-06``, ``2020-q2``, ``2020-s1``, ``2020-autumn``,
    ``2020``, or two of them joined by ``/``.
    """

    text: str
    first: date
    last: date

    @classmethod
    def read(cls, text: str) -> Self:
        """Read the canonical form; ``ValueError`` with a sentence otherwise."""
        parts = text.strip().split("/")
        try:
            moments = [_Moment.read(part) for part in parts]
            if not 1 <= len(moments) <= 2:
                raise ValueError(text)
        except ValueError as error:
            raise ValueError(
                gettext(
                    "« %(text)s » n’est pas une date lisible : écrivez 2026-03-17, 2026-03, 2026-autumn, 2026, "
                    "ou deux dates séparées par « / »."
                )
                % {"text": text}
            ) from error
        if moments[-1].last < moments[0].first:
            raise ValueError(gettext("La fin précède le début : « %(text)s ».") % {"text": text})
        return cls(text.strip(), moments[0].first, moments[-1].last)

    @classmethod
    def day(cls, day: date) -> Self:
        return cls(day.isoformat(), day, day)

    @classmethod
    def days(cls, first: date, last: date) -> Self:
        return cls.read(f"{first.isoformat()}/{last.isoformat()}")

    @property
    def is_exact(self) -> bool:
        """True when both ends are known to the day."""
        return all(_DAY.match(part) for part in self.text.split("/"))

    def words(self) -> str:
        """The period in the reader's language."""
        moments = [_Moment.read(part) for part in self.text.split("/")]
        if len(moments) == 1:
            return moments[0].words()
        if self.is_exact:
            return gettext("du %(start)s au %(end)s") % {
                "start": moments[0].words(),
                "end": moments[1].words(),
            }
        return gettext("%(start)s – %(end)s") % {"start": moments[0].words(), "end": moments[1].words()}

    def __str__(self) -> str:
        return self.words()


class PeriodField(models.CharField):
    """A ``Period`` kept as its canonical text, so that its precision is never lost in storage."""

    description = _("Date ou période, avec sa précision")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 24)
        super().__init__(*args, **kwargs)

    def run_validators(self, value: Any) -> None:
        """Reading a period checks it; the length of its text is that of its form."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Period | None:
        return Period.read(value) if value else None

    def to_python(self, value: Any) -> Period | None:
        if value is None or isinstance(value, Period):
            return value
        if isinstance(value, date):
            return Period.day(value)
        if not value:
            return None
        try:
            return Period.read(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="period") from error

    def get_prep_value(self, value: Any) -> str | None:
        period = self.to_python(value)
        return period.text if period else (None if self.null else "")

    def value_to_string(self, obj: models.Model) -> str:
        period = self.value_from_object(obj)
        return period.text if period else ""

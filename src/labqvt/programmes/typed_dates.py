"""Dates as people type them: « 17/03/2026 », « mars 2026 », « automne 2026 », « octobre 2025 – mars 2026 »."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.periods import Period

_MONTHS: Final = {
    name: number
    for names in (
        ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
         "decembre"),
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"),
    )
    for number, name in enumerate(names, start=1)
}  # fmt: skip
_SEASONS: Final = {
    "printemps": "spring", "ete": "summer", "automne": "autumn", "hiver": "winter",
    "spring": "spring", "summer": "summer", "autumn": "autumn", "winter": "winter",
}  # fmt: skip
_WORDED: Final = re.compile(r"^(?:(?P<day>\d{1,2})(?:er|st|nd|rd|th)? )?(?P<word>[a-z]+) (?P<year>\d{4})$")
# What is typed in figures, and its canonical form.
_IN_FIGURES: Final = (
    (re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$"), lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"),
    (re.compile(r"^(\d{1,2})[/.](\d{4})$"), lambda m: f"{m[2]}-{int(m[1]):02}"),
    (re.compile(r"^([12])(?:er|re|e|eme|nd|d)? semestre (?:de )?(\d{4})$"), lambda m: f"{m[2]}-s{m[1]}"),
    (re.compile(r"^([1-4])(?:er|re|e|eme|nd|d)? trimestre (?:de )?(\d{4})$"), lambda m: f"{m[2]}-q{m[1]}"),
)
_NUMBERED_DAY: Final = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_NUMBERED_MONTH: Final = re.compile(r"^(\d{4})-(\d{2})$")
# « du … au … », « de … à … », « … – … », « from … to … »: cut there, then each end is read alone.
_BETWEEN: Final = (" au ", " a ", " to ", " - ")
_OPENING: Final = re.compile(r"^(?:du |de |d’|d'|from )")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().lower().replace("–", "-"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _moment(text: str) -> str:
    """One moment in canonical form; what is not recognised is given back as it came."""
    for pattern, canonical in _IN_FIGURES:
        if found := pattern.match(text):
            return canonical(found)
    worded = _WORDED.match(text)
    if worded and worded["word"] in _MONTHS:
        day = f"-{int(worded['day']):02}" if worded["day"] else ""
        return f"{worded['year']}-{_MONTHS[worded['word']]:02}{day}"
    if worded and worded["word"] in _SEASONS and not worded["day"]:
        return f"{worded['year']}-{_SEASONS[worded['word']]}"
    return text


def _canonical(plain: str) -> str:
    """The canonical form of a moment or of a span of two."""
    between = next((words for words in _BETWEEN if words in plain), None)
    if between is None:
        return _moment(plain)
    first, last = _OPENING.sub("", plain).split(between, 1)
    return f"{_moment(first.strip())}/{_moment(last.strip())}"


def read_typed(text: str) -> Period:
    """Read a date or a period as typed, or in canonical form; ``ValueError`` with a sentence otherwise."""
    try:
        return Period.read(_canonical(_plain(text)))
    except ValueError as error:
        raise _unreadable(text) from error


def _unreadable(text: str) -> ValueError:
    return ValueError(
        gettext(
            "« %(text)s » n’est pas une date lisible. Écrivez par exemple 17/03/2026, mars 2026, automne 2026, 2026, "
            "ou du 17/03/2026 au 20/03/2026 ; la fin ne précède pas le début."
        )
        % {"text": text}
    )


def typed(period: Period | None) -> str:
    """A period as one would type it, to fill a field again; seasons and quarters keep their canonical form."""
    if period is None:
        return ""
    parts = [_NUMBERED_DAY.sub(r"\3/\2/\1", part) for part in period.text.split("/")]
    parts = [_NUMBERED_MONTH.sub(r"\2/\1", part) for part in parts]
    if len(parts) == 2:
        return gettext("du %(first)s au %(last)s") % {"first": parts[0], "last": parts[1]}
    return parts[0]


class TypedDateField(forms.CharField):
    """A date or a vaguer period, typed in words: the precision given is the precision kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("Par exemple 17/03/2026, mars 2026, automne 2026 ou du 17/03/2026 au 20/03/2026.")
        )
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return typed(value) if isinstance(value, Period) else value

    def clean(self, value: Any) -> Period | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_typed(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="period") from error

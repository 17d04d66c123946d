"""Dates as people type them: « 17/03/2026 », « mars 2026 », « automne 2026 », « octobre 2025 – mars 2026 »."""

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

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
_SLASHED: Final = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_MONTH_SLASHED: Final = re.compile(r"^(\d{1,2})[/.](\d{4})$")
_WORDED: Final = re.compile(r"^(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([a-z]+) (\d{4})$")
_HALF: Final = re.compile(r"^([12])(?:er|re|e|eme|nd|d)? semestre (?:de )?(\d{4})$")
_QUARTER: Final = re.compile(r"^([1-4])(?:er|re|e|eme|nd|d)? trimestre (?:de )?(\d{4})$")
# « du … au … », « de … à … », « … – … », « … / … »: both ends, then each is read alone.
_SPAN: Final = re.compile(r"^(?:du |de |d’|d')?(?P<first>.+?)(?: au | a | - | – |/)(?P<last>.+)$")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.strip().lower().replace("–", "-"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _moment(text: str) -> str:
    """One moment in canonical form; what is not recognised is given back as it came."""
    if m := _SLASHED.match(text):
        return f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}"
    if m := _MONTH_SLASHED.match(text):
        return f"{m[2]}-{int(m[1]):02}"
    if m := _HALF.match(text):
        return f"{m[2]}-s{m[1]}"
    if m := _QUARTER.match(text):
        return f"{m[2]}-q{m[1]}"
    if (m := _WORDED.match(text)) and m[2] in _MONTHS:
        day = f"-{int(m[1]):02}" if m[1] else ""
        return f"{m[3]}-{_MONTHS[m[2]]:02}{day}"
    if (m := _WORDED.match(text)) and m[2] in _SEASONS and not m[1]:
        return f"{m[3]}-{_SEASONS[m[2]]}"
    return text


def read_typed(text: str) -> Period:
    """Read a date or a period as typed, or in canonical form; ``ValueError`` with a sentence otherwise."""
    plain = _plain(text)
    alone = _moment(plain)
    try:
        return Period.read(alone)
    except ValueError as error:
        if not (span := _SPAN.match(plain)) or plain.count("/") > 1 and not span["last"].count("/"):
            raise _unreadable(text) from error
    try:
        return Period.read(f"{_moment(span['first'].strip())}/{_moment(span['last'].strip())}")
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
    """A period as one would type it, to fill a field again."""
    if period is None:
        return ""
    parts = [re.sub(r"^(\d{4})-(\d{2})-(\d{2})$", r"\3/\2/\1", part) for part in period.text.split("/")]
    parts = [re.sub(r"^(\d{4})-(\d{2})$", r"\2/\1", part) for part in parts]
    if len(parts) == 1:
        return period.words() if re.search(r"[a-z]", period.text) else parts[0]
    return gettext("du %(first)s au %(last)s") % {"first": parts[0], "last": parts[1]}


class TypedDateField(forms.CharField):
    """A date or a vaguer period, typed in words: the precision given is the precision kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Par exemple 17/03/2026, mars 2026, automne 2026 ou du 17/03/2026 au 20/03/2026."))
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

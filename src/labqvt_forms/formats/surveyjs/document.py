"""The objects of a SurveyJS document, and its texts by language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from labqvt_forms.formats.html_text import words_of
from labqvt_forms.languages import guess_language
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.notices import Notices
from labqvt_forms.text import NO_TEXT, Text

OWN_LANGUAGE = "en"
"""What SurveyJS calls « default » in a text that also names the language of the survey."""
LOCALISED = frozenset(
    [
        "completedHtml",
        "description",
        "dontKnowText",
        "html",
        "labelFalse",
        "labelTrue",
        "maxRateDescription",
        "maximumRateDescription",
        "minRateDescription",
        "mininumRateDescription",
        "noneText",
        "refuseText",
        "text",
        "title",
    ]
)
MOST_LANGUAGES = 60


@dataclass(frozen=True, slots=True)
class Source:
    """One object of the document. What is not of the awaited type is as if absent."""

    raw: dict[str, Any]

    def value(self, *names: str) -> Any:
        """First of the names that is there: SurveyJS renames its properties and keeps the old names."""
        return next((self.raw[name] for name in names if self.raw.get(name) is not None), None)

    def word(self, *names: str) -> str:
        return scalar(self.value(*names))

    def flag(self, *names: str) -> bool:
        return self.value(*names) is True

    def number(self, *names: str) -> float | None:
        value = self.value(*names)
        try:
            number = float(value) if isinstance(value, int | float | str) else None
        except (ValueError, OverflowError):
            return None
        finite = number is not None and abs(number) < 1e15 and not isinstance(value, bool)
        return number if finite else None

    def whole(self, *names: str) -> int | None:
        number = self.number(*names)
        return int(number) if number is not None and number.is_integer() else None

    def parts(self, *names: str) -> list[Source]:
        """Objects of a list; a bare value stands for one that has only this ``value`` (or ``value|text``)."""
        listed = self.value(*names)
        if not isinstance(listed, list):
            return []
        return [Source(part if isinstance(part, dict) else _bare(part)) for part in listed]

    @property
    def beside(self) -> dict[str, Any]:
        """What our own files keep there: see ``extension``."""
        told = self.raw.get("labqvt")
        return told if isinstance(told, dict) else {}


def _bare(value: object) -> dict[str, Any]:
    if isinstance(value, str) and "|" in value:
        value, _, text = value.partition("|")
        return {"value": value, "name": value, "text": text}
    return {"value": value, "name": value}


def scalar(value: object) -> str:
    """Write a value as an answer is written: ``true``, ``3``, ``2.5``, or the text without its margins."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**15 else ""
    if isinstance(value, float):
        return number_text(value) if abs(value) < 1e15 else ""
    return value.strip() if isinstance(value, str) else ""


class Texts:
    """Reads texts: a string, or an object by language whose « default » must be told."""

    def __init__(self, document: dict[str, Any], language: str, notices: Notices) -> None:
        self.notices = notices
        found = list(_localised(document))
        named = dict.fromkeys(key for text in found if isinstance(text, dict) for key in text)
        named.pop("default", None)
        plain = [text if isinstance(text, str) else text.get("default") for text in found]
        locale = scalar(document.get("locale"))
        if locale:
            self.default = OWN_LANGUAGE if locale in named else locale
        else:
            self.default = language or guess_language([text for text in plain if isinstance(text, str)])
        main = [locale or self.default]
        if any(isinstance(text, str) for text in plain):
            main.append(self.default)
        self.languages = tuple(dict.fromkeys([*main, *named]))[:MOST_LANGUAGES]

    def text(self, value: object, about: str) -> Text:
        if isinstance(value, dict):
            written = {
                self.default if key == "default" else str(key): scalar(words)
                for key, words in value.items()
                if str(key).strip()
            }
        else:
            written = {self.default: scalar(value)}
        return words_of(written, about, self.notices) if any(written.values()) else NO_TEXT


def _localised(document: dict[str, Any]) -> Iterator[str | dict[str, Any]]:
    """Yield every text of the document, without recursion."""
    waiting: list[Any] = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            for key, value in part.items():
                if key in LOCALISED and isinstance(value, str | dict):
                    yield value
            waiting += [value for key, value in reversed(part.items()) if key not in {*LOCALISED, "labqvt"}]

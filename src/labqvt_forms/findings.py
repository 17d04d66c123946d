"""What a checker says: a kind, a place, a sentence, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from labqvt_forms.languages import ours_for
from labqvt_forms.spots import Spot


class Severity(StrEnum):
    HINT = "hint"
    """Worth a second look: fine if it is meant."""
    WARNING = "warning"
    """A careful reader would change it."""
    ERROR = "error"
    """It does not work, or it may not be asked."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one part of a questionnaire, in the language it was asked in."""

    kind: str
    spot: Spot
    severity: Severity
    sentence: str
    advice: str


class Remark(NamedTuple):
    """What a kind of finding says, in French then in English, with named holes."""

    severity: Severity
    french: str
    french_advice: str
    english: str
    english_advice: str


def finding(
    remarks: Mapping[str, Remark], kind: str, spot: Spot, language: str, /, **holes: object
) -> Finding:
    """Fill the remark of a kind, in French for French and in English for any other language."""
    remark = remarks[kind]
    french = ours_for(language) == "fr"
    sentence = remark.french if french else remark.english
    advice = remark.french_advice if french else remark.english_advice
    return Finding(kind, spot, remark.severity, sentence.format(**holes), advice.format(**holes))

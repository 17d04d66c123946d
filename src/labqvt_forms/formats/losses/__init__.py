"""What each format may lose of a questionnaire: one committed table per format, held true by the tests."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from labqvt_forms.formats.written import WORDS


class Kept(StrEnum):
    """What becomes of what a format does not say."""

    BESIDE = "beside"
    """Our extension keeps it: it comes back to us, other tools do not see it."""
    LOST = "lost"
    """It does not come back, even to us."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One row of a table. ``feature`` is a key of WORDS."""

    feature: str
    kept: Kept
    why: str


@cache
def permitted(format_: str) -> dict[str, Loss]:
    """Return the table of a format by feature; empty for a format that says everything."""
    table = files(__name__) / f"{format_}.csv"
    if not table.is_file():
        return {}
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    losses = [Loss(row["feature"], Kept(row["kept"]), row["why"]) for row in rows]
    return {loss.feature: loss for loss in losses}


def features_of(warnings: Iterable[str]) -> set[str]:
    """Return the features that the warnings of a writer name.

    >>> features_of(["LimeSurvey ne dit pas : version (questionnaire)."])
    {'version'}
    """
    named = {words: feature for feature, words in WORDS.items()}
    found = (_SENTENCE.search(warning) for warning in warnings)
    return {named.get(match[1], match[1]) for match in found if match}


_SENTENCE = re.compile(r" ne dit pas : (.+?) \(")

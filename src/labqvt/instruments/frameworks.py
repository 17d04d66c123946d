"""Lists of subjects of quality of life at work, each with its year, and how one list answers another.

The list of 2021 is the one our questionnaires are written from: its ids are those of
``labqvt_forms.Determinant``. No Django here.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from labqvt_forms import Determinant, Text

FRAMEWORKS_DIR: Final = Path(__file__).parent / "frameworks"
SCHEMA: Final = "labqvt/framework/1"
OURS: Final = "anact-2021"


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject of a list, with its sense in one sentence."""

    id: str
    label: Text
    sense: Text


@dataclass(frozen=True, slots=True)
class Framework:
    """A list of subjects as its authors published it that year; ``region`` (Insee) when it is only one's."""

    id: str
    year: int
    title: Text
    source: str
    subjects: tuple[Subject, ...]
    region: str = ""

    def subject(self, id_: str) -> Subject:
        """Return the subject of this id; KeyError when there is none."""
        for subject in self.subjects:
            if subject.id == id_:
                return subject
        raise KeyError(id_)


@dataclass(frozen=True, slots=True)
class Pair:
    """Ids of two subjects that answer each other, and what is lost or gained on the way."""

    from_: str
    to: str
    note: Text


@dataclass(frozen=True, slots=True)
class Correspondence:
    """From the subjects of one framework to those of another. Each has one place at most."""

    from_: str
    to: str
    pairs: tuple[Pair, ...]
    note: Text

    def place_of(self, subject_id: str) -> str | None:
        """Return the id of the subject that answers this one, None when the other list has none."""
        return next((pair.to for pair in self.pairs if pair.from_ == subject_id), None)


@cache
def frameworks() -> dict[str, Framework]:
    """Every framework delivered with the tool by id, from the oldest."""
    read = [_framework(document) for document in _documents()]
    return {one.id: one for one in sorted(read, key=lambda one: (one.year, one.id))}


@cache
def correspondences() -> tuple[Correspondence, ...]:
    """What each framework says of those that came before it."""
    return tuple(
        _correspondence(told, to=document["id"])
        for document in _documents()
        for told in document.get("correspondences", [])
    )


def place_in(framework_id: str, determinant: Determinant) -> Subject | None:
    """Return the subject under which a determinant is spoken of in another list.

    None when that list leaves it out. KeyError for a framework that does not exist.
    """
    framework = frameworks()[framework_id]
    if framework_id == OURS:
        return framework.subject(determinant.value)
    way = next(one for one in correspondences() if (one.from_, one.to) == (OURS, framework_id))
    place = way.place_of(determinant.value)
    return framework.subject(place) if place else None


@cache
def _documents() -> tuple[dict[str, Any], ...]:
    paths = sorted(FRAMEWORKS_DIR.glob("*.json"))
    return tuple(json.loads(path.read_text(encoding="utf-8")) for path in paths)


def _framework(document: dict[str, Any]) -> Framework:
    return Framework(
        id=document["id"],
        year=document["year"],
        title=Text.of(document["title"]),
        source=document["source"],
        subjects=tuple(
            Subject(told["id"], Text.of(told["label"]), Text.of(told["sense"]))
            for told in document["subjects"]
        ),
        region=document.get("region", ""),
    )


def _correspondence(told: dict[str, Any], *, to: str) -> Correspondence:
    pairs = tuple(Pair(pair["from"], pair["to"], Text.of(pair.get("note"))) for pair in told["pairs"])
    return Correspondence(told["from"], to, pairs, Text.of(told.get("note")))

"""The official lists of subjects of quality of life at work, side by side."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from labqvt.instruments.frameworks import OURS, Correspondence, Framework, correspondences, frameworks
from labqvt.instruments.views import reading_language


@dataclass(frozen=True, slots=True)
class Place:
    """Where a subject of our list is spoken of in another; no label when that list leaves it out."""

    year: int
    label: str
    sense: str
    note: str


@dataclass(frozen=True, slots=True)
class Row:
    """One subject of our list and its places in the others."""

    id: str
    label: str
    sense: str
    places: tuple[Place, ...]


@require_safe
def frameworks_page(request: HttpRequest) -> HttpResponse:
    """National lists first, from the oldest; a region's own after them."""
    language = reading_language()
    ours = frameworks()[OURS]
    ways = {way.to: way for way in correspondences() if way.from_ == OURS}
    others = sorted(
        (one for one in frameworks().values() if one.id in ways), key=lambda one: (bool(one.region), one.year)
    )
    rows = [
        Row(
            id=subject.id, label=subject.label.pick(language), sense=subject.sense.pick(language),
            places=tuple(_place(subject.id, ways[other.id], other, language) for other in others),
        )
        for subject in ours.subjects
    ]  # fmt: skip
    context = {
        "lists": [
            {
                "name": one.title.pick(language), "year": one.year, "source": one.source,
                "note": ways[one.id].note.pick(language) if one.id in ways else "",
            }
            for one in (ours, *others)
        ],
        "rows": rows,
    }  # fmt: skip
    return render(request, "instruments/frameworks.html", context)


def _place(subject_id: str, way: Correspondence, other: Framework, language: str) -> Place:
    pair = next((pair for pair in way.pairs if pair.from_ == subject_id), None)
    if pair is None:
        return Place(other.year, "", "", "")
    subject = other.subject(pair.to)
    return Place(
        other.year, subject.label.pick(language), subject.sense.pick(language), pair.note.pick(language)
    )

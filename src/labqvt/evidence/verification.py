"""What a release shows, handed to the independent verifier, which knows nothing of how it was made.

Before it appears, all of it is attacked at once, with who is in which group. Afterwards that is not kept: each
question about people is attacked together with the whole, on its own.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.instruments.measuring import instrument_of
from labqvt_forms import Questionnaire
from labqvt_stats.cores import mapped
from labqvt_stats.publication import SCHEMA, WHOLE, WHOLE_LABEL, instrument_json
from labqvt_stats.verifier import verify

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """Part of a publication, small enough to be told of: one theme."""

    theme: str
    publication: Json


@dataclass(slots=True)
class Findings:
    """What the verifier said, by theme; both empty when nobody is exposed and everything was settled."""

    exposed: dict[str, list[str]] = field(default_factory=dict)
    unsettled: dict[str, list[str]] = field(default_factory=dict)
    on: date = field(default_factory=timezone.localdate)

    @property
    def clean(self) -> bool:
        return not self.exposed and not self.unsettled

    def as_json(self) -> dict[str, Any]:
        """As a certificate keeps it."""
        return {"on": self.on.isoformat(), "exposed": self.exposed, "unsettled": self.unsettled}


def attacked(
    attacks: Sequence[Attack], said: Callable[[int, int], None] = lambda _done, _total: None
) -> Findings:
    """Attack theme after theme, on every core; ``said`` is told how many are done, and of how many."""
    found = Findings()
    workers = (os.cpu_count() or 1) if any(_has_groups(attack.publication) for attack in attacks) else 1
    verdicts = mapped(verify, [attack.publication for attack in attacks], workers)
    for done, (attack, [verdict]) in enumerate(zip(attacks, verdicts, strict=True), start=1):
        for told, sentences in ((found.exposed, verdict.exposed), (found.unsettled, verdict.unsettled)):
            if sentences:
                told.setdefault(attack.theme, []).extend(sentences)
        said(done, len(attacks))
    return found


def _has_groups(publication: Json) -> bool:
    """Without groups, an attack ends before another process would have started."""
    return len(publication["structures"][0]["groups"]) > 1


def by_theme(publication: Json) -> list[Attack]:
    """The publication of one structure, theme by theme. Together they are the publication."""
    [structure] = publication["structures"]
    found = []
    for theme, instrument in _by_theme(publication["instrument"]):
        here = {part["id"] for part in (*instrument["items"], *instrument["scales"])}
        part = structure | {
            "items": [shown for shown in structure["items"] if shown["item"] in here],
            "scores": [shown for shown in structure["scores"] if shown["scale"] in here],
        }
        found.append(Attack(theme, publication | {"instrument": instrument, "structures": [part]}))
    return found


def attacks_on(content: Json, form: Questionnaire, certificate: Mapping[str, Any]) -> list[Attack]:
    """Every theme, with each question about people, or alone when none is shown."""
    parameters = {name: certificate[name] for name in ("others", "insiders", "band")}
    instrument = instrument_json(instrument_of(form))
    return [
        attack
        for breakdown in content["breakdowns"] or [None]
        for attack in by_theme(
            {
                "schema": SCHEMA,
                "parameters": parameters,
                "instrument": instrument,
                "structures": [_structure(content, breakdown)],
            }
        )
    ]


def _by_theme(instrument: Json) -> Iterator[tuple[str, Json]]:
    """The instrument scale by scale, then what no scale holds."""
    inside = {item for scale in instrument["scales"] for item in scale["items"]}
    for scale in instrument["scales"]:
        items = [item for item in instrument["items"] if item["id"] in scale["items"]]
        yield scale["id"], {"items": items, "scales": [scale]}
    if alone := [item for item in instrument["items"] if item["id"] not in inside]:
        yield "", {"items": alone, "scales": []}


def _structure(content: Json, breakdown: Json | None) -> Json:
    n = content["n_responses"]
    groups = [{"id": WHOLE, "by": None, "label": WHOLE_LABEL, "rows": list(range(n))}]
    shown = [(WHOLE, scale["id"], scale) for scale in content["scales"] if scale["mean"] is not None]
    if breakdown:
        first = 0
        for category in breakdown["categories"]:
            name = f"{breakdown['by']}:{category['value']}"
            rows = list(range(first, first + category["n"]))
            groups.append({"id": name, "by": breakdown["by"], "label": name, "rows": rows})
            shown += [
                (name, scale, score) for scale, score in category["scales"].items() if score is not None
            ]
            first += category["n"]
    return {
        "id": WHOLE,
        "n": n,
        "shown": True,
        "groups": groups,
        "items": [
            {"group": WHOLE, "item": item["id"], "classes": item["classes"], "detail": None, "text": ""}
            for item in content["items"]
            if item["classes"] is not None
        ],
        "scores": [
            {"group": group, "scale": scale, "interval": score["mean"], "text": score["text"]}
            for group, scale, score in shown
        ],
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What was found in one theme: how many cases, and the verifier’s own sentences for whoever knows its words."""

    theme: str
    cases: int
    sentences: tuple[str, ...]


def told_by_theme(content: Json, found: Mapping[str, list[str]], language: str) -> list[Told]:
    """Findings under the name of their theme, as the results show it."""
    names = {scale["id"]: scale["labels"].get(language) or scale["label"] for scale in content["scales"]}
    return [
        Told(names.get(theme, _("Phrases hors thème")), len(sentences), tuple(sentences))
        for theme, sentences in found.items()
    ]

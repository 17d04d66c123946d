"""What a release shows, handed to the independent verifier, which knows nothing of how it was made.

A release does not keep who was in which group: each question about people is attacked together with the whole, on its
own. That two of them cannot be crossed was settled when it was released, from the memberships themselves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from labqvt.instruments.measuring import instrument_of
from labqvt_forms import Questionnaire
from labqvt_stats.publication import SCHEMA, WHOLE, WHOLE_LABEL, instrument_json
from labqvt_stats.verifier import Verdict, verify

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """Part of a release, small enough to be told of: one theme, with one question about people or none."""

    theme: str
    publication: Json

    def run(self) -> Verdict:
        [verdict] = verify(self.publication)
        return verdict


def attacks_on(content: Json, form: Questionnaire, certificate: Mapping[str, Any]) -> list[Attack]:
    """Every theme, with each question about people, or alone when none is shown. Together they are the release."""
    return [
        Attack(
            theme,
            {
                "schema": SCHEMA,
                "parameters": {name: certificate[name] for name in ("others", "insiders", "band")},
                "instrument": instrument,
                "structures": [_structure(content, breakdown, instrument)],
            },
        )
        for breakdown in content["breakdowns"] or [None]
        for theme, instrument in _by_theme(instrument_json(instrument_of(form)))
    ]


def _by_theme(instrument: Json) -> Iterator[tuple[str, Json]]:
    """The instrument scale by scale, then what no scale holds."""
    inside = {item for scale in instrument["scales"] for item in scale["items"]}
    for scale in instrument["scales"]:
        items = [item for item in instrument["items"] if item["id"] in scale["items"]]
        yield scale["id"], {"items": items, "scales": [scale]}
    if alone := [item for item in instrument["items"] if item["id"] not in inside]:
        yield "", {"items": alone, "scales": []}


def _structure(content: Json, breakdown: Json | None, instrument: Json) -> Json:
    here = {part["id"] for part in (*instrument["items"], *instrument["scales"])}
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
            if item["classes"] is not None and item["id"] in here
        ],
        "scores": [
            {"group": group, "scale": scale, "interval": score["mean"], "text": score["text"]}
            for group, scale, score in shown
            if scale in here
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

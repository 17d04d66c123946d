"""Plan, display and audit the release of each structure: the ``labqvt/publication/1`` structure."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Answers, Column
from labqvt_stats.audit import audit_release
from labqvt_stats.displays import Display, Protection, class_text, item_display, score_display
from labqvt_stats.errors import InvalidAnswersError, RefusedParameterError
from labqvt_stats.instrument import CLASSES, Instrument
from labqvt_stats.planner import Plan, plan_groups
from labqvt_stats.release_cases import ReleasedGroup
from labqvt_stats.scores import describe, scale_scores
from labqvt_stats.support import family_of, minimum_support
from labqvt_stats.worlds import NODE_LIMIT, Ints

SCHEMA = "labqvt/publication/1"
WHOLE, WHOLE_LABEL = "all", "Ensemble"
Json = dict[str, Any]


@dataclass(frozen=True, eq=False)
class DraftedGroup:
    """A group of a draft: what it is called, and what would be displayed of it."""

    id: str
    by: str | None
    label: str
    rows: Ints
    released: ReleasedGroup


def protect(
    answers: Answers,
    columns: Sequence[Column] = (),
    *,
    structure: Column | None = None,
    protection: Protection | None = None,
    previous: Mapping[str, Any] | None = None,
    workers: int = 1,
    said: Callable[[float], None] = lambda _share: None,
    done: Mapping[str, Json] = MappingProxyType({}),
    keep: Callable[[Json], None] = lambda _entry: None,
) -> Json:
    """Prepare what may be published of each structure of a file, and audit it.

    Parameters
    ----------
    answers : Answers
    columns : breakdown variables, most important first; n values each
    structure : column naming each person's structure; None: the file is one structure
    protection : confidentiality parameters
    previous : an earlier publication of the same answers; both are then audited together
    workers : processes to share the audit of one structure between
    said : told the share done, from 0 to 1, as scales and structures end
    done : structures already prepared by an earlier run of the same call, cut short, by id
    keep : given each structure as it ends, for a later run to start from

    Returns
    -------
    dict of schema ``labqvt/publication/1``. A structure with too few answers, or whose displays are not safe
    or could not be settled, has ``shown`` False and nothing else: the two cannot be told apart.

    Raises
    ------
    InvalidAnswersError
        A column of another length, or a previous publication of other answers.
    RefusedParameterError
        More than one insider: the gate settles one.
    """
    protection = protection or Protection()
    if protection.insiders > 1:
        raise RefusedParameterError("L’audit d’une publication traite une personne bavarde, pas davantage.")
    for column in (*columns, *([structure] if structure else [])):
        if len(column.values) != answers.n:
            raise InvalidAnswersError(
                f"Colonne « {column.name} » : {len(column.values)} valeurs pour {answers.n} réponses."
            )
    names = np.array(structure.stated() if structure else [WHOLE] * answers.n)
    earlier = {entry["id"]: entry for entry in (previous or {}).get("structures", [])}
    found = [str(name) for name in np.unique(names)]

    def prepared(rank: int, name: str) -> Json:
        if name in done:
            said((rank + 1) / len(found))
            return done[name]
        entry = _structure(
            answers,
            columns,
            name=name,
            rows=np.flatnonzero(names == name),
            protection=protection,
            earlier=earlier.get(name),
            workers=workers,
            said=lambda share: said((rank + share) / len(found)),
        )
        keep(entry)
        said((rank + 1) / len(found))
        return entry

    return {
        "schema": SCHEMA,
        "parameters": {"others": protection.others, "insiders": protection.insiders, "band": protection.band},
        "instrument": instrument_json(answers.instrument),
        "structures": [prepared(rank, name) for rank, name in enumerate(found)],
    }


def _structure(
    answers: Answers,
    columns: Sequence[Column],
    *,
    name: str,
    rows: Ints,
    protection: Protection,
    earlier: Json | None,
    workers: int,
    said: Callable[[float], None],
) -> Json:
    nothing: Json = {"id": name, "n": len(rows), "shown": False, "groups": [], "items": [], "scores": []}
    nothing["certificate"] = None
    if len(rows) < protection.threshold:
        return nothing
    start = time.perf_counter()
    published = _displayed_before(answers.instrument, earlier) if earlier and earlier["shown"] else []
    if any(group.rows.size and group.rows.max() >= answers.n for group in published):
        raise InvalidAnswersError("La publication précédente porte sur d’autres réponses que ce fichier.")
    before = np.array([np.isin(rows, group.rows) for group in published]) if published else None
    plan, groups = drafted(answers, columns, rows, protection, before)
    support = minimum_support(family_of(len(rows), [v.partition for v in plan.shown], before))
    if support < protection.threshold:
        return nothing
    displayed = [*(group.released for group in groups), *published]
    result = audit_release(answers.instrument, displayed, protection.threshold, workers=workers, said=said)
    if not result.safe:
        return nothing
    certificate = {
        "min_support": support,
        "pinned": 0,
        "outsider": True,
        "insiders": True,
        "solver": f"HiGHS (scipy), {NODE_LIMIT} nœuds",
        "seconds": round(time.perf_counter() - start, 3),
    }
    return nothing | {"shown": True, "certificate": certificate} | _displays_json(answers.instrument, groups)


def drafted(
    answers: Answers,
    columns: Sequence[Column],
    rows: Ints,
    protection: Protection,
    before: NDArray[np.bool_] | None = None,
) -> tuple[Plan, list[DraftedGroup]]:
    """Groups planned and displayed, before any audit: not something to show, only to audit.

    Parameters
    ----------
    rows : (n,) the people of the structure
    before : (E, n) memberships of groups published earlier on the same answers
    """
    inside = [Column(c.name, [c.values[row] for row in rows], c.order) for c in columns]
    plan = plan_groups(inside, len(rows), protection, before)
    groups = [_displayed(answers, (WHOLE, None, WHOLE_LABEL), rows, protection)]
    for variable in plan.shown:
        for number, label in enumerate(variable.labels):
            part = rows[variable.rows(number)]
            groups.append(
                _displayed(answers, (f"{variable.name}:{label}", variable.name, label), part, protection)
            )
    return plan, groups


def _displayed(
    answers: Answers, named: tuple[str, str | None, str], rows: Ints, protection: Protection
) -> DraftedGroup:
    group_id, by, label = named
    part = answers.take(rows)
    items: dict[str, dict[str, Display] | None] = {}
    if by is None:
        for number, item in enumerate(answers.instrument.items):
            items[item.id] = item_display(part.class_counts(number), protection)
    scores = {}
    for scale in answers.instrument.scales:
        described = describe(scale_scores(part, scale))
        scores[scale.id] = score_display(described.mean, described.n, len(rows), protection)
    return DraftedGroup(group_id, by, label, rows, ReleasedGroup(rows, items, scores))


def _displays_json(instrument: Instrument, groups: Sequence[DraftedGroup]) -> Json:
    items, scores = [], []
    for group in groups:
        for item_id, shown in group.released.items.items():
            if shown is not None:
                classes = {name: [int(shown[name].lo), int(shown[name].hi)] for name in CLASSES}
                items.append(
                    {
                        "group": group.id,
                        "item": item_id,
                        "classes": classes,
                        "detail": None,
                        "text": class_text(shown),
                    }
                )
        for scale_id, score in group.released.scores.items():
            if score is not None:
                scores.append(
                    {
                        "group": group.id,
                        "scale": scale_id,
                        "interval": list(score.interval),
                        "text": score.text,
                    }
                )
    listed = [
        {"id": g.id, "by": g.by, "label": g.label, "rows": [int(row) for row in g.rows]} for g in groups
    ]
    return {"groups": listed, "items": items, "scores": scores}


def _displayed_before(instrument: Instrument, structure: Mapping[str, Any]) -> list[ReleasedGroup]:
    """Groups and displays of one entry of ``structures``; an item that a whole structure lacks is "not shown"."""
    found = []
    for group in structure["groups"]:
        items: dict[str, dict[str, Display] | None] = {}
        if group["by"] is None:
            items = {item.id: None for item in instrument.items}
        items |= {
            shown["item"]: {name: _display(*shown["classes"][name]) for name in CLASSES}
            for shown in structure["items"]
            if shown["group"] == group["id"]
        }
        scores: dict[str, Display | None] = {
            shown["scale"]: _display(*shown["interval"])
            for shown in structure["scores"]
            if shown["group"] == group["id"]
        }
        found.append(ReleasedGroup(np.array(group["rows"], dtype=np.intp), items, scores))
    return found


def _display(lo: float, hi: float) -> Display:
    return Display("banded", lo, hi, "")


def instrument_json(instrument: Instrument) -> Json:
    """Items with their codes, classes and scores, and scales: the ``instrument`` of ``labqvt/publication/1``."""
    return {
        "items": [
            {
                "id": item.id,
                "codes": list(item.codes),
                "classes": {code: item.class_of(code) for code in item.codes},
                "scale": item.scale,
                "scores": [None if math.isnan(score) else score for score in item.scores],
            }
            for item in instrument.items
        ],
        "scales": [
            {"id": scale.id, "items": list(scale.items), "missing_rule": scale.missing_rule}
            for scale in instrument.scales
        ],
    }

"""Waves one after the other, and the order in which to discuss dimensions."""

import math
from itertools import pairwise

import numpy as np

from labqvt_stats.answers import Column
from labqvt_stats.diagnosis.breakdowns import _middle
from labqvt_stats.diagnosis.options import Group, Json, pair
from labqvt_stats.diagnosis.whole import displayed_score
from labqvt_stats.drivers import Cuts, cuts_of, lmg_shares, priorities, quadrant
from labqvt_stats.effects import benjamini_hochberg, hedges_g
from labqvt_stats.errors import NotEnoughDataError
from labqvt_stats.scores import describe
from labqvt_stats.waves import TEST_MINIMUM, Change, Wave, compare_waves

FALSE_DISCOVERIES = 0.05


def wave_names(wave: Column) -> list[str]:
    """Names of the waves, first to last: in the column's order, else numbers before words, sorted."""
    present = set(wave.stated())
    if wave.order is not None:
        return [name for name in wave.order if name in present]
    return sorted(present, key=_as_number)


def _as_number(name: str) -> tuple[float, str]:
    try:
        return float(name.replace(",", ".")), name
    except ValueError:
        return math.inf, name


def waves_of(groups: list[tuple[str, Group]]) -> list[Json]:
    """Every scale between each wave and the next; verdicts hold a false discovery rate per pair of waves."""
    found: list[Json] = []
    for (before, earlier), (after, later) in pairwise(groups):
        entries = [_change(earlier, later, scale_id) for scale_id in later.scores]
        tested = [e for e in entries if e["p"] is not None]
        for entry, adjusted in zip(tested, benjamini_hochberg([e["p"] for e in tested]), strict=True):
            entry["p_adjusted"] = adjusted
            if adjusted >= FALSE_DISCOVERIES:
                entry["verdict"] = "not-demonstrable"
        found += [{"scale": entry.pop("scale"), "from": before, "to": after} | entry for entry in entries]
    return found


def _change(earlier: Group, later: Group, scale_id: str) -> Json:
    empty: Json = {
        "scale": scale_id,
        "difference": None,
        "ci95": None,
        "effect": None,
        "verdict": "not-demonstrable",
        "detectable": None,
        "p": None,
        "p_adjusted": None,
    }
    waves = [_wave(group, scale_id) for group in (earlier, later)]
    if waves[0] is None or waves[1] is None:
        return empty
    try:
        change = compare_waves(waves[0], waves[1])
    except NotEnoughDataError:
        return empty
    readable = not any(wave.participation.bounds_only for wave in waves if wave is not None)
    return empty | {
        "difference": change.difference,
        "ci95": pair(change.lo, change.hi) if readable else None,
        "effect": _effect(change, earlier, later, scale_id) if readable else None,
        "verdict": change.verdict,
        "detectable": change.detectable,
        "p": change.p,
    }


def _wave(group: Group, scale_id: str) -> Wave | None:
    """A wave as it is displayed; under thirty answers the spread is the pooled or reference one."""
    if not group.is_cell:
        shown = displayed_score(group, scale_id)
        sd, df = group.spread(scale_id)
        return None if shown is None else Wave(shown.interval, sd, df, group.participation())
    described = describe(group.scores[scale_id], group.weights)
    if described.n < TEST_MINIMUM:
        return None
    return Wave(
        (described.mean, described.mean), described.sd, described.n - 1, group.participation(described.n)
    )


def _effect(change: Change, earlier: Group, later: Group, scale_id: str) -> Json | None:
    if not (earlier.is_cell and later.is_cell and change.p is not None):
        return None
    before, after = (describe(group.scores[scale_id], group.weights) for group in (earlier, later))
    effect = hedges_g(after.mean - before.mean, (after.n, before.n), (after.sd, before.sd))
    return {"name": effect.name, "value": effect.value, "ci95": [effect.lo, effect.hi]}


def priorities_of(group: Group, scales: list[Json]) -> tuple[list[Json], list[str]]:
    """Dimensions in the order to discuss them, from displayed scores; and what to say about it."""
    caveats: list[str] = []
    outcome = group.options.outcome
    shown = [entry for entry in scales if entry["mean"] is not None and entry["id"] != outcome]
    importances = _importances(group, [entry["id"] for entry in shown], caveats)
    ranked = priorities(
        [e["id"] for e in shown],
        [_middle(e["mean"]) for e in shown],
        [importances.get(e["id"]) for e in shown],
    )
    intervals = {entry["id"]: entry["ci95"] for entry in shown}
    means = {entry["id"]: entry["mean"] for entry in shown}
    references, cuts = group.options.references, _cuts(group)
    return [
        {
            "scale": p.scale,
            "importance": p.importance,
            "score": p.score,
            "rank": p.rank,
            "ci95": intervals[p.scale],
            "reference": references.get(p.scale),
            "quadrant": None
            if cuts is None or p.importance is None
            else quadrant(_ends(means[p.scale]), p.importance, cuts),
        }
        for p in ranked
    ], caveats


def _cuts(group: Group) -> Cuts | None:
    """Medians of the reference, over the dimensions that the report ranks."""
    options = group.options
    kept = [s.id for s in group.answers.instrument.scales if s.id != options.outcome]
    both = [s for s in kept if s in options.references and s in options.reference_importances]
    return (
        cuts_of([options.references[s] for s in both], [options.reference_importances[s] for s in both])
        if both
        else None
    )


def _ends(mean: float | list[float]) -> tuple[float, float]:
    return (mean[0], mean[1]) if isinstance(mean, list) else (mean, mean)


def _importances(group: Group, scale_ids: list[str], caveats: list[str]) -> dict[str, float]:
    if group.options.outcome is None:
        caveats.append(
            "Priorités rangées par score : aucune question d’ensemble n’a été désignée pour l’importance."
        )
        return {}
    if not group.is_cell or not scale_ids:
        caveats.append("Priorités rangées par score : l’importance ne se calcule qu’à l’échelle d’un réseau.")
        return {}
    predictors = np.column_stack([group.scores[scale_id] for scale_id in scale_ids])
    try:
        shares = lmg_shares(predictors, group.scores[group.options.outcome])
    except NotEnoughDataError as reason:
        caveats.append(str(reason))
        return {}
    return dict(zip(scale_ids, (float(share) for share in shares), strict=True))

"""Waves one after the other, from what each one tells: two diagnoses may be compared long after their answers are gone."""

import math
from collections.abc import Collection
from itertools import pairwise

from labqvt_stats.answers import Column
from labqvt_stats.diagnosis.options import Group, Json, pair
from labqvt_stats.diagnosis.whole import scales_of
from labqvt_stats.effects import FALSE_DISCOVERIES, benjamini_hochberg, hedges_g
from labqvt_stats.errors import NotEnoughDataError
from labqvt_stats.finite_population import Participation
from labqvt_stats.waves import TEST_MINIMUM, Change, Wave, compare_waves


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
    """Every scale between each wave of a file and the next."""
    told = [(name, _told(group)) for name, group in groups]
    return [
        change
        for (before, one), (after, other) in pairwise(told)
        for change in changes_between(one, other, before, after)
    ]


def _told(group: Group) -> Json:
    """The part of a diagnosis that a comparison reads."""
    plain = group.is_cell
    return {
        "n_responses": group.n,
        "n_population": group.population,
        "network_cell": plain,
        "scales": scales_of(group, plain=plain),
    }


def changes_between(
    earlier: Json, later: Json, before: str, after: str, scales: Collection[str] | None = None
) -> list[Json]:
    """Every scale from one diagnosis to the next, from what they tell alone.

    Parameters
    ----------
    earlier, later : diagnoses (``labqvt/diagnosis/1``) of two waves of one questionnaire
    before, after : names of the waves
    scales : those to compare; by default all of the later one

    Returns
    -------
    One entry per scale, as in ``waves`` of a diagnosis; verdicts hold a false discovery rate over the page.
    """
    first = {entry["id"]: entry for entry in earlier["scales"]}
    entries = [
        _change((earlier, first.get(entry["id"])), (later, entry))
        for entry in later["scales"]
        if scales is None or entry["id"] in scales
    ]
    tested = [entry for entry in entries if entry["p"] is not None]
    for entry, adjusted in zip(tested, benjamini_hochberg([e["p"] for e in tested]), strict=True):
        entry["p_adjusted"] = adjusted
        if adjusted >= FALSE_DISCOVERIES:
            entry["verdict"] = "not-demonstrable"
    return [{"scale": entry.pop("scale"), "from": before, "to": after} | entry for entry in entries]


def _change(earlier: tuple[Json, Json | None], later: tuple[Json, Json]) -> Json:
    empty: Json = {
        "scale": later[1]["id"],
        "difference": None,
        "ci95": None,
        "effect": None,
        "verdict": "not-demonstrable",
        "detectable": None,
        "p": None,
        "p_adjusted": None,
    }
    first, second = _wave(*earlier), _wave(*later)
    if first is None or second is None:
        return empty
    try:
        change = compare_waves(first, second)
    except NotEnoughDataError:
        return empty
    readable = not (first.participation.bounds_only or second.participation.bounds_only)
    return empty | {
        "difference": change.difference,
        "ci95": pair(change.lo, change.hi) if readable else None,
        "effect": _effect(change, earlier, later) if readable else None,
        "verdict": change.verdict,
        "detectable": change.detectable,
        "p": change.p,
    }


def _wave(diagnosis: Json, scale: Json | None) -> Wave | None:
    """A scale at one wave; plain numbers under thirty answers are not compared."""
    if scale is None or scale["mean"] is None or scale.get("spread") is None:
        return None
    if diagnosis["network_cell"] and scale["n"] < TEST_MINIMUM:
        return None
    shown = scale["mean"] if isinstance(scale["mean"], list) else [scale["mean"], scale["mean"]]
    sd, df = scale["spread"]
    population = diagnosis["n_population"]
    return Wave(
        (shown[0], shown[1]), sd, math.inf if df is None else df, Participation(scale["n"], population)
    )


def _effect(change: Change, earlier: tuple[Json, Json | None], later: tuple[Json, Json]) -> Json | None:
    (first, before), (second, after) = earlier, later
    if before is None or not (first["network_cell"] and second["network_cell"] and change.p is not None):
        return None
    effect = hedges_g(after["mean"] - before["mean"], (after["n"], before["n"]), (after["sd"], before["sd"]))
    return {"name": effect.name, "value": effect.value, "ci95": [effect.lo, effect.hi]}

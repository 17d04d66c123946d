"""Items and scales of one group: plainly for a network cell, as displayed for anything else."""

from typing import Any

import numpy as np

from labqvt_stats import reliability
from labqvt_stats.answers import Floats
from labqvt_stats.diagnosis.options import Group, Json, finite, pair
from labqvt_stats.displays import NOT_ENOUGH, Display, item_display, score_display
from labqvt_stats.errors import NotEnoughDataError
from labqvt_stats.finite_population import Estimate, around_display, mean_estimate, no_assumption_bounds
from labqvt_stats.instrument import CLASSES, Item, Scale
from labqvt_stats.scores import describe, item_scores, item_values
from labqvt_stats.themes import themes_of
from labqvt_stats.weighting import clustered_mean, kish_deff

LOW_PARTICIPATION = (
    "Moins de 70 % de réponses : les bornes sans hypothèse sont données à côté de l’intervalle."
)
VERY_LOW_PARTICIPATION = "Moins de 50 % de réponses : seules les bornes sans hypothèse sont données."
UNKNOWN_SPREAD = "Dispersion interne de référence (25 points) : aucun réseau ne la donne."


def items_of(group: Group, *, plain: bool) -> list[Json]:
    """One entry per item of the instrument, in its order."""
    items = group.answers.instrument.items
    if not plain:
        return [_displayed_item(group, column, item) for column, item in enumerate(items)]
    values, scores = item_values(group.answers), item_scores(group.answers)
    return [
        _plain_item(group, column, item, values[:, column], scores[:, column])
        for column, item in enumerate(items)
    ]


def _plain_item(group: Group, column: int, item: Item, values: Floats, scores: Floats) -> Json:
    counts = group.answers.code_counts(column)
    n = int(counts.sum())
    described = describe(values, group.weights)
    return {
        "id": item.id,
        "label": item.label,
        "n": n,
        "n_missing": group.n - n,
        "counts": {code: int(number) for code, number in zip(item.codes, counts, strict=True)},
        "class_of": {code: item.class_of(code) for code in item.codes},
        "classes": {name: [number, number] for name, number in group.answers.class_counts(column).items()},
        "mean": finite(described.mean),
        "sd": finite(described.sd),
        "score": finite(describe(scores, group.weights).mean),
    }


def _displayed_item(group: Group, column: int, item: Item) -> Json:
    shown = item_display(group.answers.class_counts(column), group.protection)
    intervals = (
        None if shown is None else {name: [int(shown[name].lo), int(shown[name].hi)] for name in CLASSES}
    )
    return {
        "id": item.id,
        "label": item.label,
        "n": group.n,
        "n_missing": None,
        "counts": intervals,
        "classes": intervals,
        "mean": None,
        "sd": None,
        "score": None,
        "text": NOT_ENOUGH if shown is None else None,
    }


def scales_of(group: Group, *, plain: bool) -> list[Json]:
    """One entry per scale of the instrument, in its order."""
    make = _plain_scale if plain else _displayed_scale
    return [make(group, scale) for scale in group.answers.instrument.scales]


def _plain_scale(group: Group, scale: Scale) -> Json:
    scores = group.scores[scale.id]
    described = describe(scores, group.weights)
    entry = _scale_frame(scale, described.n)
    caveats: list[str] = entry["caveats"]
    entry |= {
        "mean": finite(described.mean),
        "sd": finite(described.sd),
        "spread": _plain_spread(group, scores),
    }
    entry |= interval_of(group, (described.mean, described.mean), plain_estimate(group, scores), caveats)
    entry |= _reliability(group.item_scores(scale), caveats)
    return entry


def _displayed_scale(group: Group, scale: Scale) -> Json:
    entry = _scale_frame(scale, group.n)
    shown = displayed_score(group, scale.id)
    if shown is None:
        return entry | {"text": NOT_ENOUGH}
    caveats: list[str] = entry["caveats"]
    sd, df = group.spread(scale.id)
    entry |= {"mean": list(shown.interval), "text": shown.text, "spread": [sd, finite(df)]}
    entry |= interval_of(group, shown.interval, displayed_estimate(group, scale.id, shown), caveats)
    if not group.options.spreads.get(scale.id):
        caveats.append(UNKNOWN_SPREAD)
    return entry


def _scale_frame(scale: Scale, n: int) -> Json:
    empty: Json = dict.fromkeys(
        (
            "mean",
            "sd",
            "spread",
            "ci95",
            "bounds",
            "alpha",
            "alpha_ci95",
            "alpha_without",
            "omega",
            "item_total",
            "text",
        )
    )
    return (
        {"id": scale.id, "label": scale.label, "items": list(scale.items), "n": n} | empty | {"caveats": []}
    )


def interval_of(
    group: Group, shown: tuple[float, float], estimate: Estimate | None, caveats: list[str] | None = None
) -> Json:
    """``ci95`` and ``bounds``, as participation allows; what is withheld is said in ``caveats``."""
    participation = group.participation()
    found: Json = {"ci95": None if estimate is None else pair(estimate.lo, estimate.hi), "bounds": None}
    if participation.needs_bounds and np.isfinite(shown).all():
        found["bounds"] = list(no_assumption_bounds(shown, participation))
        if participation.bounds_only:
            found["ci95"] = None
        if caveats is not None:
            caveats.append(VERY_LOW_PARTICIPATION if participation.bounds_only else LOW_PARTICIPATION)
    return found


def plain_estimate(group: Group, scores: Floats) -> Estimate | None:
    """Interval of a plain mean: between structures when they are known, else with the finite population."""
    described = describe(scores, group.weights)
    try:
        sd, df = _design_spread(group, scores)
        return mean_estimate(described.mean, sd, group.participation(described.n), df=df)
    except NotEnoughDataError:
        return None


def _plain_spread(group: Group, scores: Floats) -> list[float | None] | None:
    """What to divide by √n for the standard error of a plain mean, and its degrees of freedom."""
    try:
        sd, df = _design_spread(group, scores)
    except NotEnoughDataError:
        return None
    return [finite(sd), finite(df)]


def _design_spread(group: Group, scores: Floats) -> tuple[float, float]:
    described = describe(scores, group.weights)
    if group.structures is not None:
        found = clustered_mean(scores, group.structures, group.weights)
        return found.se * described.n**0.5, found.df
    deff = 1.0 if group.weights is None else kish_deff(group.weights[np.isfinite(scores)])
    return described.sd * deff**0.5, described.n - 1


def displayed_score(group: Group, scale_id: str) -> Display | None:
    """The score of a group as its release displays it."""
    described = describe(group.scores[scale_id])
    return score_display(described.mean, described.n, group.n, group.protection)


def displayed_estimate(
    group: Group, scale_id: str, shown: Display, spread: tuple[float, float] | None = None
) -> Estimate:
    """Interval computed from a display; ``spread`` (SD, df) is that of the surrounding network, if any."""
    sd, df = spread or group.spread(scale_id)
    return around_display(shown.interval, sd, group.participation(), df=df)


def _reliability(items: Floats, caveats: list[str]) -> Json:
    found: dict[str, Any] = {}
    n = len(reliability.complete_cases(items))
    if items.shape[1] < 2:
        return found
    try:
        alpha = reliability.cronbach_alpha(items)
        found |= {"alpha": alpha.alpha, "alpha_ci95": [alpha.lo, alpha.hi]}
        found["item_total"] = [finite(float(r)) for r in reliability.item_total_correlations(items)]
        if n < reliability.ALPHA_MINIMUM:
            caveats.append(f"Alpha sur {n} réponses complètes seulement : à lire avec son intervalle.")
        if items.shape[1] >= 3:
            found["alpha_without"] = [finite(float(a)) for a in reliability.alpha_without(items)]
            omega = reliability.mcdonald_omega(items)
            found["omega"] = omega.omega
            if omega.improper:
                caveats.append(
                    "Oméga : une question est entièrement expliquée par le facteur, à lire avec prudence."
                )
            if n < reliability.OMEGA_MINIMUM:
                caveats.append(
                    f"Oméga sur {n} réponses complètes : indicatif sous {reliability.OMEGA_MINIMUM}."
                )
    except NotEnoughDataError as reason:
        caveats.append(str(reason))
    return found


def out_of_place(group: Group) -> list[str]:
    """Sentences on items that go with another dimension than theirs; none below the network, or on few answers."""
    instrument = group.answers.instrument
    if not group.is_cell or len(instrument.scales) < 2:
        return []
    items = np.column_stack([group.item_scores(scale) for scale in instrument.scales])
    owners = [place for place, scale in enumerate(instrument.scales) for _ in scale.items]
    ids = [item for scale in instrument.scales for item in scale.items]
    try:
        found = reliability.unexpected_items(items, owners)
    except NotEnoughDataError:
        return []
    labels = {item.id: item.label or item.id for item in instrument.items}
    return [
        f"La question « {labels[ids[u.item]]} » va davantage avec « {instrument.scales[u.closer_to].label} » qu’avec "
        f"sa dimension « {instrument.scales[owners[u.item]].label} »."
        for u in found
    ]


def themes_found(group: Group, rows: np.ndarray) -> tuple[list[Json] | None, list[str]]:
    """Themes of each open question of the rows described, and what to say where there are none."""
    texts, found, caveats = group.options.texts, [], []
    if not texts:
        return None, ["Les réponses en texte libre ne sont pas analysées."]
    for question, given in texts.items():
        try:
            themes = themes_of([given[row] for row in rows], protection=group.protection, plain=group.is_cell)
        except NotEnoughDataError as reason:
            caveats.append(f"« {question} » : {reason}")
            continue
        for theme in themes:
            lo, hi = theme.shown
            number = lo if lo == hi else [lo, hi]
            found.append(
                {"question": question, "theme": theme.terms[0], "terms": list(theme.terms), "n": number}
            )
    return found, caveats

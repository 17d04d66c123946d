"""The order in which to discuss dimensions, and what each weighs in a network."""

import numpy as np

from labqvt_stats.diagnosis.breakdowns import _middle
from labqvt_stats.diagnosis.options import Group, Json
from labqvt_stats.drivers import Cuts, cuts_of, lmg_shares, priorities, quadrant
from labqvt_stats.errors import NotEnoughDataError


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

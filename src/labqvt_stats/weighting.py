"""Weights for networks: raking to known margins, trimming, and what they cost in precision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.errors import InvalidAnswersError, NotEnoughDataError
from labqvt_stats.finite_population import Estimate, Participation, mean_estimate, t_quantile

Margin = tuple[Sequence[str], Mapping[str, float]]
"""Values of one attribute, one per answer, and the population count of each value."""
RAKING_MINIMUM = 300
_TRIM = (0.3, 3.0)


@dataclass(frozen=True, slots=True)
class ClusteredMean:
    """A mean with its standard error between primary units, their number and the design effect."""

    mean: float
    se: float
    units: int
    deff: float

    @property
    def df(self) -> int:
        """Degrees of freedom: primary units - 1."""
        return self.units - 1


def rake(
    margins: Sequence[Margin],
    *,
    tolerance: float = 1e-12,
    rounds: int = 1000,
) -> Floats:
    """Weights (mean 1) under which each attribute has its known distribution.

    Parameters
    ----------
    margins : sequence of (n values, mapping value -> population count)

    Raises
    ------
    InvalidAnswersError
        A value without population count, or a positive count without any answer.
    NotEnoughDataError
        No convergence (margins that contradict the answers).

    Notes
    -----
    Iterative proportional fitting: Deming & Stephan (1940). Golden values: tests/stats/golden/golden.R
    (survey::rake).
    """
    prepared = [_margin(values, counts) for values, counts in margins]
    if not prepared:
        raise InvalidAnswersError("Le redressement demande au moins une marge.")
    weights = np.ones(len(prepared[0][0]))
    for _ in range(rounds):
        largest = 0.0
        for codes, shares in prepared:
            factors = shares * weights.sum() / np.bincount(codes, weights, minlength=len(shares))
            weights *= factors[codes]
            largest = max(largest, float(np.abs(factors - 1).max()))
        if largest < tolerance:
            found: Floats = weights / weights.mean()
            return found
    raise NotEnoughDataError("Le redressement ne converge pas : les marges contredisent les réponses.")


def _margin(values: Sequence[str], counts: Mapping[str, float]) -> tuple[np.ndarray, Floats]:
    order = [value for value, count in counts.items() if count > 0]
    places = {value: place for place, value in enumerate(order)}
    if unknown := set(values) - set(order):
        raise InvalidAnswersError(f"Marge : valeur sans effectif connu ({', '.join(sorted(unknown))}).")
    if absent := set(order) - set(values):
        raise InvalidAnswersError(f"Marge : aucune réponse pour {', '.join(sorted(absent))}.")
    shares = np.array([counts[value] for value in order], dtype=float)
    return np.array([places[value] for value in values]), shares / shares.sum()


def trim(weights: Floats) -> Floats:
    """Weights cut to [0.3, 3] times their median, brought back to mean 1."""
    middle = float(np.median(weights))
    cut = np.clip(weights, _TRIM[0] * middle, _TRIM[1] * middle)
    trimmed: Floats = cut / cut.mean()
    return trimmed


def kish_deff(weights: Floats) -> float:
    """Loss of precision due to unequal weights: n sum w² / (sum w)² (Kish 1965)."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


def clustered_mean(scores: Floats, units: np.ndarray, weights: Floats | None = None) -> ClusteredMean:
    """Mean of people clustered in structures, structures being the primary units.

    Parameters
    ----------
    scores : (n,) array, ``nan`` left out
    units : (n,) array of labels
    weights : (n,) array, 1 by default

    Raises
    ------
    NotEnoughDataError
        Fewer than two units with a score.

    Notes
    -----
    Linearised ratio estimator, with-replacement between units: m/(m-1) sum (z_g - mean z)², z_g =
    sum w (x - mean) / sum w: Särndal, Swensson & Wretman (1992). Golden: survey::svymean.
    """
    kept = np.isfinite(scores)
    x = scores[kept]
    w = np.ones(x.size) if weights is None else weights[kept]
    _, codes = np.unique(units[kept], return_inverse=True)
    m = int(codes.max()) + 1 if x.size else 0
    if m < 2:
        raise NotEnoughDataError("Il faut au moins deux structures pour une précision entre structures.")
    mean = float(w @ x / w.sum())
    totals = np.bincount(codes, w * (x - mean)) / w.sum()
    variance = m / (m - 1) * float(((totals - totals.mean()) ** 2).sum())
    simple = float(w @ (x - mean) ** 2 / w.sum()) / (x.size - 1)
    return ClusteredMean(mean, variance**0.5, m, variance / simple if simple > 0 else 1.0)


def raked_mean(scores: Floats, margins: Sequence[Margin], units: np.ndarray) -> ClusteredMean:
    """Mean raked to known margins, with an error that knows it: structures are the primary units.

    Parameters
    ----------
    scores : (n,) array; a ``nan`` keeps its place in the margins and brings no score
    margins : see ``rake``
    units : (n,) array of labels

    Returns
    -------
    ClusteredMean; ``deff`` compares with a simple sample of as many scores, weights and clusters included.

    Raises
    ------
    InvalidAnswersError, NotEnoughDataError
        As ``rake``; also fewer than two units.

    Notes
    -----
    What margins explain of the scores is known and adds no error: the linearised values are w times the residual
    of (x - mean)/sum w on the margins. Deville & Särndal (1992), Deville, Särndal & Sautory (1993); equal weights
    before raking. The weights are not trimmed: trimmed weights no longer meet the margins, use ``trim`` then
    ``clustered_mean``. Golden values: tests/stats/golden/network.R (survey::rake, svymean).
    """
    weights = rake(margins)
    kept = np.isfinite(scores)
    _, codes = np.unique(units, return_inverse=True)
    m = int(codes.max()) + 1 if len(codes) else 0
    if m < 2 or not kept.any():
        raise NotEnoughDataError("Il faut au moins deux structures pour une précision entre structures.")
    w, x = weights[kept], scores[kept]
    mean = float(w @ x / w.sum())
    linearised = np.where(kept, np.nan_to_num(scores) - mean, 0.0) / w.sum()
    indicators = np.column_stack(
        [np.eye(len(shares))[places] for places, shares in (_margin(*margin) for margin in margins)]
    )
    gram = np.linalg.pinv(indicators.T @ indicators, hermitian=True)
    fitted = indicators @ (gram @ (indicators.T @ linearised))
    totals = np.bincount(codes, weights * (linearised - fitted))
    variance = m / (m - 1) * float(((totals - totals.mean()) ** 2).sum())
    simple = float(w @ (x - mean) ** 2 / w.sum()) / max(1, x.size - 1)
    return ClusteredMean(mean, variance**0.5, m, variance / simple if simple > 0 else 1.0)


def stratified_mean(scores: Floats, strata: np.ndarray, populations: Mapping[str, int]) -> Estimate:
    """Mean of a population whose strata sizes are known, from a simple sample in each.

    Parameters
    ----------
    scores : (n,) array, ``nan`` left out
    strata : (n,) array of labels
    populations : mapping label -> people of the stratum

    Raises
    ------
    NotEnoughDataError
        A stratum with fewer than two scores.
    InvalidAnswersError
        A stratum without population, or smaller than its answers.

    Notes
    -----
    sum W_h mean_h, variance sum W_h² (1 - n_h/N_h) s_h²/n_h, interval with n - strata degrees of freedom:
    Cochran (1977), ch. 5. Golden: survey::svymean with strata and fpc.
    """
    kept = np.isfinite(scores)
    found = sorted({str(label) for label in strata[kept]})
    if unknown := set(found) - set(populations):
        raise InvalidAnswersError(f"Strate sans effectif connu ({', '.join(sorted(unknown))}).")
    total = sum(populations[label] for label in found)
    value = variance = 0.0
    for label in found:
        x = scores[kept & (strata == label)]
        part = mean_estimate(float(x.mean()), _sd(x), Participation(len(x), populations[label]))
        share = populations[label] / total
        value += share * part.value
        variance += (share * part.se) ** 2
    half = t_quantile(0.95, int(kept.sum()) - len(found)) * variance**0.5
    return Estimate(value, value - half, value + half, variance**0.5)


def _sd(values: Floats) -> float:
    return float(values.std(ddof=1)) if len(values) > 1 else float("nan")

"""What an outcome goes with: shares of explained variance, and the matrix of priorities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.errors import NotEnoughDataError

DRIVERS_MINIMUM = 200
DRIVERS_PER_PREDICTOR = 10
_MOST_PREDICTORS = 16
_BOOTSTRAP_STRUCTURES = 30


@dataclass(frozen=True, slots=True)
class Priority:
    """A dimension on the matrix: score and importance, rank 1 = to discuss first."""

    scale: str
    score: float
    importance: float | None
    rank: int


def lmg_shares(predictors: Floats, outcome: Floats) -> Floats:
    """Split the R² of a linear model between its predictors, averaged over all orders of entry.

    Parameters
    ----------
    predictors : (n, p) array of float, p <= 16
    outcome : (n,) array of float; rows with a ``nan`` anywhere are left out

    Returns
    -------
    (p,) array that sums to R².

    Raises
    ------
    NotEnoughDataError
        Fewer than 200 complete rows or 10 per predictor, too many predictors, a column without spread.

    Notes
    -----
    Shapley value of R² over all subsets, from the correlation matrix: Lindeman, Merenda & Gold (1980),
    Grömping (2006). Golden values: tests/stats/golden/golden.R.
    """
    data = np.column_stack([predictors, outcome])
    data = data[np.isfinite(data).all(axis=1)]
    n, p = data.shape[0], predictors.shape[1]
    if n < max(DRIVERS_MINIMUM, DRIVERS_PER_PREDICTOR * p) or not 1 <= p <= _MOST_PREDICTORS:
        raise NotEnoughDataError(
            f"Les déterminants demandent {DRIVERS_MINIMUM} réponses complètes ; reçu {n}."
        )
    if not (data.std(axis=0) > 0).all():
        raise NotEnoughDataError("Une dimension n’a aucune dispersion : sa part n’est pas définie.")
    return _shares_of(np.asarray(np.corrcoef(data, rowvar=False)))


def _shares_of(correlations: Floats) -> Floats:
    """Shapley values of R², from correlations whose last variable is the outcome."""
    p = len(correlations) - 1
    explained = _r_squared_of_subsets(correlations)
    subsets = np.arange(1 << p)
    sizes = np.array([int(subset).bit_count() for subset in subsets])
    weights = np.array([math.factorial(s) * math.factorial(p - s - 1) / math.factorial(p) for s in range(p)])
    shares = np.empty(p)
    for i in range(p):
        without = subsets[(subsets >> i) & 1 == 0]
        shares[i] = weights[sizes[without]] @ (explained[without | (1 << i)] - explained[without])
    return shares


def _r_squared_of_subsets(correlations: Floats) -> Floats:
    """R² of the last variable on every subset of the others, indexed by bit mask."""
    p = len(correlations) - 1
    explained = np.zeros(1 << p)
    for size in range(1, p + 1):
        members = np.array(list(combinations(range(p), size)))
        inner = correlations[members[:, :, None], members[:, None, :]]
        outer = correlations[members, p]
        solved = np.einsum("sij,sj->si", np.linalg.pinv(inner, rcond=1e-12, hermitian=True), outer)
        explained[(1 << members).sum(axis=1)] = (outer * solved).sum(axis=1)
    return explained


@dataclass(frozen=True, slots=True)
class DriverShare:
    """Share of the explained variance of one predictor, and its interval."""

    share: float
    lo: float
    hi: float


def driver_intervals(
    predictors: Floats,
    outcome: Floats,
    structures: np.ndarray,
    *,
    confidence: float = 0.95,
    draws: int = 500,
    seed: int = 1,
) -> list[DriverShare]:
    """LMG shares with percentile intervals, whole structures being drawn again.

    Parameters
    ----------
    predictors, outcome : as ``lmg_shares``
    structures : (n,) labels; people of one structure are drawn together
    draws, seed : number of draws and their seed, so that a report says the same thing twice

    Returns
    -------
    One DriverShare per predictor. Intervals that overlap leave an order undecided.

    Raises
    ------
    NotEnoughDataError
        As ``lmg_shares``; also fewer than thirty structures, or draws that leave a predictor without spread.

    Notes
    -----
    Bootstrap of primary units: Efron & Tibshirani (1993), ch. 8; percentile interval.
    """
    data = np.column_stack([predictors, outcome])
    kept = np.isfinite(data).all(axis=1)
    data, (names, codes) = data[kept], np.unique(np.asarray(structures)[kept], return_inverse=True)
    shares = lmg_shares(data[:, :-1], data[:, -1])
    if len(names) < _BOOTSTRAP_STRUCTURES:
        raise NotEnoughDataError(
            f"L’intervalle des déterminants demande {_BOOTSTRAP_STRUCTURES} structures ; reçu {len(names)}."
        )
    ones = np.column_stack([np.ones(len(data)), data - data.mean(axis=0)])
    moments = np.zeros((len(names), ones.shape[1], ones.shape[1]))
    np.add.at(moments, codes, ones[:, :, None] * ones[:, None, :])
    draw = np.random.default_rng(seed)
    found = np.empty((draws, predictors.shape[1]))
    for row in range(draws):
        times = np.bincount(draw.integers(len(names), size=len(names)), minlength=len(names))
        found[row] = _shares_of(_correlations_of(np.tensordot(times.astype(float), moments, axes=1)))
    tail = 100 * (1 - confidence) / 2
    lo, hi = np.percentile(found, [tail, 100 - tail], axis=0)
    return [DriverShare(*map(float, row)) for row in zip(shares, lo, hi, strict=True)]


def _correlations_of(moments: Floats) -> Floats:
    """Correlations from the sums of products of (1, variables)."""
    means = moments[0, 1:] / moments[0, 0]
    covariances = moments[1:, 1:] / moments[0, 0] - np.outer(means, means)
    deviations = np.sqrt(np.diag(covariances))
    if not (deviations > 0).all():
        raise NotEnoughDataError("Une dimension n’a aucune dispersion : sa part n’est pas définie.")
    correlations: Floats = covariances / np.outer(deviations, deviations)
    return correlations


Quadrant = Literal["act", "keep", "watch", "settled", "undecided"]


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the matrix of priorities is cut: medians over dimensions of a *reference*, never of the report's own.

    A report's own medians always put something in each corner, whatever its scores.
    """

    score: float
    importance: float


def cuts_of(scores: Sequence[float], importances: Sequence[float]) -> Cuts:
    """Cut at the medians of reference scores (0-100) and reference importances, over dimensions.

    Raises
    ------
    NotEnoughDataError
        No reference.
    """
    if not scores or not importances:
        raise NotEnoughDataError("La matrice des priorités demande une référence où la couper.")
    return Cuts(float(np.median(scores)), float(np.median(importances)))


def quadrant(shown: tuple[float, float], importance: float, cuts: Cuts) -> Quadrant:
    """Corner of a dimension: low or high score, low or high importance; undecided when its display spans the cut.

    ``shown`` is what a reader can deduce of the score, (score, score) when it is plain.
    """
    lo, hi = shown
    if lo <= cuts.score <= hi and lo < hi:
        return "undecided"
    low, matters = hi < cuts.score, importance >= cuts.importance
    if matters:
        return "act" if low else "keep"
    return "watch" if low else "settled"


def priorities(
    scales: Sequence[str], scores: Sequence[float], importances: Sequence[float | None]
) -> list[Priority]:
    """Rank dimensions: lowest score weighted by importance first; by score alone without importance.

    ``scores`` are displayed scores on 0-100; the room to improve is 100 - score. Equal values share a rank.
    """
    known = all(importance is not None for importance in importances)
    stakes = [
        (100 - score) * (importance if known and importance is not None else 1.0)
        for score, importance in zip(scores, importances, strict=True)
    ]
    ranks = [1 + sum(other > stake for other in stakes) for stake in stakes]
    found = [Priority(*row) for row in zip(scales, scores, importances, ranks, strict=True)]
    return sorted(found, key=lambda priority: priority.rank)

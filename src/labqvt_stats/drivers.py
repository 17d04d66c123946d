"""What an outcome goes with: shares of explained variance, and the matrix of priorities."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.errors import NotEnoughDataError

DRIVERS_MINIMUM = 200
DRIVERS_PER_PREDICTOR = 10
_MOST_PREDICTORS = 16


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
    Grömping (2006). Golden values: tests/stats/golden/drivers.R.
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
    explained = _r_squared_of_subsets(np.asarray(np.corrcoef(data, rowvar=False)))
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
    for subset in range(1, 1 << p):
        members = [i for i in range(p) if subset >> i & 1]
        inner, outer = correlations[np.ix_(members, members)], correlations[members, p]
        explained[subset] = outer @ np.linalg.lstsq(inner, outer, rcond=None)[0]
    return explained


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

"""How much structures differ: intraclass correlations, within-group agreement, and fair comparison.

Network level only, except agreement inside a group of at least ten people for the network's own eyes: these
are variances, and a variance is nearly the distribution.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.errors import NotEnoughDataError

ICC_MINIMUM = 10
SHRINKAGE_MINIMUM = 20
AGREEMENT_MINIMUM = 10


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """ICC(1): share of variance between units; ICC(2): reliability of unit means; ``size`` used for both."""

    icc1: float
    icc2: float
    size: float
    units: int


def intraclass_correlation(
    scores: Floats, units: np.ndarray, *, size: Literal["balanced", "mean"] = "balanced"
) -> IntraclassCorrelation:
    """One-way random-effects intraclass correlations.

    Parameters
    ----------
    scores : (n,) array, ``nan`` left out
    units : (n,) array of labels
    size : "balanced" or "mean"
        Size of unequal units: m0 = (n - sum n_g²/n) / (units - 1), unbiased and the default, or n / units
        (as R multilevel::ICC1).

    Raises
    ------
    NotEnoughDataError
        Fewer than two units, no unit of two people, or no spread.

    Notes
    -----
    ICC(1) = (MSB - MSW)/(MSB + (m - 1) MSW), ICC(2) = (MSB - MSW)/MSB: Shrout & Fleiss (1979), Bliese (2000).
    Golden values: tests/stats/golden/agreement.R (multilevel::ICC1, ICC2).
    """
    kept = np.isfinite(scores)
    x = scores[kept]
    _, codes = np.unique(units[kept], return_inverse=True)
    sizes = np.bincount(codes) if x.size else np.zeros(0, dtype=int)
    count, n = len(sizes), int(x.size)
    if count < 2 or n <= count:
        raise NotEnoughDataError(
            "Comparer des structures en demande au moins deux, dont une de deux réponses."
        )
    means = np.bincount(codes, x) / sizes
    within = float(((x - means[codes]) ** 2).sum()) / (n - count)
    between = float((sizes * (means - x.mean()) ** 2).sum()) / (count - 1)
    if between == 0:
        raise NotEnoughDataError("Toutes les structures ont la même moyenne : rien à répartir.")
    m = (n - float((sizes**2).sum()) / n) / (count - 1) if size == "balanced" else n / count
    return IntraclassCorrelation(
        (between - within) / (between + (m - 1) * within), (between - within) / between, m, count
    )


def within_group_agreement(items: Floats, options: int) -> float:
    """rWG(J): agreement of a group on J parallel items, against answers at random.

    Parameters
    ----------
    items : (n, J) array in the items' unit, complete cases; n >= 10
    options : int
        Number of answer options A; the random variance is (A² - 1)/12.

    Raises
    ------
    NotEnoughDataError
        Fewer than ten people.

    Notes
    -----
    J (1 - s²/e) / (J (1 - s²/e) + s²/e), s² the mean item variance: James, Demaree & Wolf (1984). Zero when
    the variance is above the random one.
    """
    n, j = items.shape
    if n < AGREEMENT_MINIMUM:
        raise NotEnoughDataError(f"L’accord demande {AGREEMENT_MINIMUM} réponses complètes ; reçu {n}.")
    ratio = float(items.var(axis=0, ddof=1).mean()) / ((options**2 - 1) / 12)
    return max(0.0, j * (1 - ratio) / (j * (1 - ratio) + ratio)) if ratio < 1 else 0.0


def shrunken_means(means: Floats, sizes: Floats, populations: Floats, spread: float) -> Floats:
    """Structure means made comparable: the unseen part of each structure borrows from the others.

    Parameters
    ----------
    means, sizes, populations : (g,) arrays
        Mean score, answers and people asked of each structure; ``populations >= sizes``.
    spread : float
        Standard deviation inside structures (pooled).

    Returns
    -------
    (g,) array: f·mean + (1 - f)·(mu + B (mean - mu)), f = n/N, B = tau²/(tau² + s²/n).

    Raises
    ------
    NotEnoughDataError
        Fewer than twenty structures.

    Notes
    -----
    Finite-population empirical Bayes (Ghosh & Meeden 1986); tau² by DerSimonian & Laird (1986), mu weighted
    by
    1/(tau² + s²/n). Shrinking without the finite population is worse than raw means in small structures.
    Golden values: tests/stats/golden/agreement.R.
    """
    if len(means) < SHRINKAGE_MINIMUM:
        raise NotEnoughDataError(
            f"Comparer des structures en demande {SHRINKAGE_MINIMUM} ; reçu {len(means)}."
        )
    noise = spread**2 / sizes
    weights = 1 / noise
    centre = float(weights @ means / weights.sum())
    q = float(weights @ (means - centre) ** 2)
    scale = float(weights.sum() - (weights**2).sum() / weights.sum())
    tau2 = max(0.0, (q - (len(means) - 1)) / scale)
    weights = 1 / (tau2 + noise)
    centre = float(weights @ means / weights.sum())
    predicted = centre + tau2 / (tau2 + noise) * (means - centre)
    seen = sizes / populations
    shrunken: Floats = seen * means + (1 - seen) * predicted
    return shrunken

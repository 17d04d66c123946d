"""How much structures differ: intraclass correlations, within-group agreement, and fair comparison.

Network level only, except agreement inside a group of at least ten people for the network's own eyes: these
are variances, and a variance is nearly the distribution.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from labqvt_stats.answers import Floats
from labqvt_stats.errors import InvalidAnswersError, NotEnoughDataError

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
    Golden values: tests/stats/golden/golden.R (multilevel::ICC1, ICC2).
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


@dataclass(frozen=True, slots=True)
class IccForm:
    """One form of the intraclass correlation: value and interval (no unit, at most 1)."""

    value: float
    lo: float
    hi: float


def intraclass_forms(ratings: Floats, *, confidence: float = 0.95) -> dict[str, IccForm]:
    """The six forms of a table where every judge rates every target.

    Parameters
    ----------
    ratings : (targets, judges) array, complete; at least two of each

    Returns
    -------
    dict of "ICC1", "ICC2", "ICC3" (one judge: judges differ from target to target, are a sample, are all there
    is) and "ICC1k", "ICC2k", "ICC3k" (their mean). ICC3k of the items of a scale is its alpha.

    Raises
    ------
    InvalidAnswersError
        A missing rating.
    NotEnoughDataError
        Fewer than two targets or judges, or judges who agree to the last figure on every gap.

    Notes
    -----
    Shrout & Fleiss (1979); interval of ICC2 by Satterthwaite's degrees of freedom, McGraw & Wong (1996).
    Golden values: tests/stats/golden/network.R (psych::ICC).
    """
    if not np.isfinite(ratings).all():
        raise InvalidAnswersError("Les formes de la corrélation intraclasse demandent un tableau complet.")
    n, k = ratings.shape
    if n < 2 or k < 2:
        raise NotEnoughDataError(f"Il faut au moins deux cibles et deux juges ; reçu {n} et {k}.")
    grand, targets, judges = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    between = k * float(((targets - grand) ** 2).sum()) / (n - 1)
    within = float(((ratings - targets[:, None]) ** 2).sum()) / (n * (k - 1))
    of_judges = n * float(((judges - grand) ** 2).sum()) / (k - 1)
    residuals = ratings - targets[:, None] - judges + grand
    error = float((residuals**2).sum()) / ((n - 1) * (k - 1))
    if min(error, within) <= 1e-12 * max(between, 1e-300):
        raise NotEnoughDataError("Les juges sont d’accord à l’identique : il n’y a pas d’erreur à mesurer.")
    upper = (1 + confidence) / 2
    found = {}
    for name, noise, df in (("1", within, n * (k - 1)), ("3", error, (n - 1) * (k - 1))):
        ratio = between / noise
        ends = [ratio, ratio / _f(upper, n - 1, df), ratio * _f(upper, df, n - 1)]
        found[f"ICC{name}"] = IccForm(*((f - 1) / (f + k - 1) for f in ends))
        found[f"ICC{name}k"] = IccForm(*(1 - 1 / f for f in ends))
    one = (between - error) / (between + (k - 1) * error + k * (of_judges - error) / n)
    lo, hi = _interval_of_sampled_judges((between, of_judges, error), (n, k), one, upper)
    found["ICC2"] = IccForm(one, lo, hi)
    found["ICC2k"] = IccForm(*(k * r / (1 + (k - 1) * r) for r in (one, lo, hi)))
    return {name: found[name] for name in ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")}


def _interval_of_sampled_judges(
    squares: tuple[float, float, float], shape: tuple[int, int], value: float, upper: float
) -> tuple[float, float]:
    """Interval of ICC2; ``squares`` are the mean squares of targets, judges and error."""
    (between, of_judges, error), (n, k) = squares, shape
    part = k * value * of_judges / error
    rest = n * (1 + (k - 1) * value) - k * value
    df = (k - 1) * (n - 1) * (part + rest) ** 2 / ((n - 1) * part**2 + rest**2)
    down, up = _f(upper, n - 1, df), _f(upper, df, n - 1)
    spread = k * of_judges + (k * n - k - n) * error
    return (
        n * (between - down * error) / (down * spread + n * between),
        n * (up * between - error) / (spread + n * up * between),
    )


def _f(level: float, df1: float, df2: float) -> float:
    return float(special.fdtri(df1, df2, level))


def average_deviation(items: Floats) -> float:
    """AD(J): how far the answers of a group stand from their mean, in the unit of the items.

    Parameters
    ----------
    items : (n, J) array, complete cases; n >= 10

    Raises
    ------
    NotEnoughDataError
        Fewer than ten people.

    Notes
    -----
    Mean over items of the mean absolute deviation from the item's mean: Burke, Finkelstein & Dusig (1999).
    Golden values: tests/stats/golden/network.R (multilevel::ad.m).
    """
    if len(items) < AGREEMENT_MINIMUM:
        raise NotEnoughDataError(
            f"L’accord demande {AGREEMENT_MINIMUM} réponses complètes ; reçu {len(items)}."
        )
    return float(np.abs(items - items.mean(axis=0)).mean())


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
    by 1/(tau² + s²/n). Shrinking without the finite population is worse than raw means in small structures.
    Golden values: tests/stats/golden/golden.R.
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

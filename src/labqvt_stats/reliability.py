"""How far the items of one scale agree: alpha, omega, item-total correlations.

Network level only: these figures are disclosive on a structure (a variance is nearly the distribution).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from labqvt_stats.answers import Floats
from labqvt_stats.errors import NotEnoughDataError

ALPHA_MINIMUM = 30
ITEM_TOTAL_MINIMUM = 50
OMEGA_MINIMUM = 100
STRUCTURE_MINIMUM = 200

_HEYWOOD = 0.005  # least share of an item's variance left unexplained, as psych::fa and factanal
_ITERATIONS = 500


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha (no unit, at most 1), its interval, and what it was computed on."""

    alpha: float
    lo: float
    hi: float
    n_items: int
    n_people: int


@dataclass(frozen=True, slots=True)
class Omega:
    """McDonald's omega, the one-factor loadings and uniquenesses behind it (in the items' unit).

    ``improper`` is true when an item's uniqueness sits on its lower bound (Heywood case).
    """

    omega: float
    loadings: Floats
    uniquenesses: Floats
    n_people: int
    improper: bool


def complete_cases(items: Floats) -> Floats:
    """Rows of a (n, k) array without any ``nan``."""
    kept: Floats = items[np.isfinite(items).all(axis=1)]
    return kept


def cronbach_alpha(items: Floats, *, confidence: float = 0.95) -> Alpha:
    """Say how far the items of one scale agree with each other, with Feldt's interval.

    Parameters
    ----------
    items : (n, k) array of float
        Answers in a common unit, reversed items turned; rows with a ``nan`` are left out.
    confidence : float
        Coverage of the interval.

    Raises
    ------
    NotEnoughDataError
        Fewer than two items or two complete rows, or everybody has the same total.

    Notes
    -----
    alpha = k/(k-1) (1 - sum of item variances / variance of totals), n-1 variances: Cronbach (1951).
    Interval 1 - (1-alpha) F(1-a/2; n-1, (n-1)(k-1)) .. 1 - (1-alpha) F(a/2; …): Feldt (1965).
    Golden values: tests/stats/golden/golden.R (psych::alpha on complete cases).
    """
    x = complete_cases(items)
    n, k = x.shape
    if k < 2 or n < 2:
        raise NotEnoughDataError(f"L’alpha demande 2 questions et 2 réponses complètes ; reçu {k} et {n}.")
    spread = float(x.sum(axis=1).var(ddof=1))
    if spread <= 0:
        raise NotEnoughDataError("Tout le monde a le même total : l’alpha n’est pas défini.")
    alpha = k / (k - 1) * (1 - float(x.var(axis=0, ddof=1).sum()) / spread)
    tail = (1 - confidence) / 2
    df1, df2 = n - 1, (n - 1) * (k - 1)
    lo = 1 - (1 - alpha) * float(special.fdtri(df1, df2, 1 - tail))
    hi = 1 - (1 - alpha) * float(special.fdtri(df1, df2, tail))
    return Alpha(alpha, lo, hi, k, n)


def mcdonald_omega(items: Floats) -> Omega:
    """Omega of one factor fitted by maximum likelihood (congeneric model) on complete cases.

    Parameters
    ----------
    items : (n, k) array of float, k >= 3 (with two items the model is not identified)

    Raises
    ------
    NotEnoughDataError
        Fewer than three items, no more people than items, an item without spread, or no convergence.

    Notes
    -----
    omega = (sum l)² / ((sum l)² + sum psi): McDonald (1999). Fisher scoring on loadings and uniquenesses
    of log|S| + tr(A S) (Jöreskog 1967), covariance matrix with divisor n; omega does not depend on the
    divisor. Golden values: tests/stats/golden/golden.R (lavaan, one factor, ML).
    """
    x = complete_cases(items)
    n, k = x.shape
    if k < 3 or n <= k:
        raise NotEnoughDataError(
            f"L’oméga demande 3 questions et plus de réponses que de questions ; reçu {k} et {n}."
        )
    sd = x.std(axis=0)
    if not (sd > 0).all():
        raise NotEnoughDataError("Une question a reçu partout la même réponse : l’oméga n’est pas défini.")
    loadings, uniquenesses = _one_factor(np.asarray(np.corrcoef(x, rowvar=False)))
    improper = bool((uniquenesses <= _HEYWOOD * 1.000001).any())
    loadings, uniquenesses = loadings * sd, uniquenesses * sd**2
    common = float(loadings.sum() ** 2)
    return Omega(common / (common + float(uniquenesses.sum())), loadings, uniquenesses, n, improper)


def _one_factor(correlations: Floats) -> tuple[Floats, Floats]:
    """Loadings and uniquenesses of one factor on a (k, k) correlation matrix."""
    k = len(correlations)
    eigenvalues, vectors = np.linalg.eigh(correlations)
    loadings = vectors[:, -1] * np.sqrt(max(eigenvalues[-1] - 1, 0.1))
    loadings *= np.sign(loadings.sum()) or 1.0
    parameters = np.concatenate([loadings, np.clip(1 - loadings**2, 0.05, None)])
    value = _misfit(parameters, correlations)
    for _ in range(_ITERATIONS):
        step, gradient_size = _scoring_step(parameters, correlations)
        if gradient_size < 1e-11:
            return parameters[:k], parameters[k:]
        shrink = 1.0
        while shrink > 1e-8:
            trial = parameters + shrink * step
            trial[k:] = np.maximum(trial[k:], _HEYWOOD)
            trial_value = _misfit(trial, correlations)
            if trial_value <= value:
                break
            shrink /= 2
        else:
            return parameters[:k], parameters[k:]  # no descent left: the optimum, to rounding
        if np.abs(trial - parameters).max() < 1e-13:
            return trial[:k], trial[k:]
        parameters, value = trial, trial_value
    raise NotEnoughDataError("Le modèle à un facteur ne converge pas : l’oméga n’est pas donné.")


def _misfit(parameters: Floats, correlations: Floats) -> float:
    k = len(correlations)
    sigma = np.outer(parameters[:k], parameters[:k]) + np.diag(parameters[k:])
    sign, logdet = np.linalg.slogdet(sigma)
    return float(logdet + np.trace(np.linalg.solve(sigma, correlations))) if sign > 0 else float("inf")


def _scoring_step(parameters: Floats, correlations: Floats) -> tuple[Floats, float]:
    """Fisher scoring step, and the largest gradient component that may still move."""
    k = len(correlations)
    loadings, uniquenesses = parameters[:k], parameters[k:]
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(uniquenesses))
    a = inverse @ loadings
    excess = inverse - inverse @ correlations @ inverse
    gradient = np.concatenate([2 * excess @ loadings, np.diag(excess)])
    cross = 2 * inverse * a[None, :]
    information = np.block(
        [[2 * np.outer(a, a) + 2 * float(loadings @ a) * inverse, cross], [cross.T, inverse**2]]
    )
    held = np.concatenate([np.zeros(k, dtype=bool), (uniquenesses <= _HEYWOOD) & (gradient[k:] > 0)])
    step = np.zeros(2 * k)
    free = ~held
    step[free] = -np.linalg.solve(information[np.ix_(free, free)], gradient[free])
    return step, float(np.abs(gradient[free]).max())


def item_total_correlations(items: Floats) -> Floats:
    """Correlation of each item with the total of the others: shape (k,), complete cases.

    Raises
    ------
    NotEnoughDataError
        Fewer than two items or three complete rows.
    """
    x = complete_cases(items)
    n, k = x.shape
    if k < 2 or n < 3:
        raise NotEnoughDataError(f"Il faut 2 questions et 3 réponses complètes ; reçu {k} et {n}.")
    totals = x.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.array([np.corrcoef(x[:, i], totals - x[:, i])[0, 1] for i in range(k)])


def alpha_without(items: Floats) -> Floats:
    """Alpha of the scale if each item in turn were left out: shape (k,), complete cases.

    An alpha that rises without an item says that this item goes with the others less than they do together.

    Raises
    ------
    NotEnoughDataError
        Fewer than three items or two complete rows, or totals without spread.

    Notes
    -----
    Golden values: tests/stats/golden/network.R (psych::alpha, alpha.drop).
    """
    x = complete_cases(items)
    if x.shape[1] < 3:
        raise NotEnoughDataError(f"L’alpha sans une question en demande trois ; reçu {x.shape[1]}.")
    return np.array([cronbach_alpha(np.delete(x, i, axis=1)).alpha for i in range(x.shape[1])])


@dataclass(frozen=True, slots=True)
class UnexpectedItem:
    """An item that goes with another scale more than with its own.

    ``own`` and ``other`` are the correlations with the rest of its scale and with the scale ``closer_to``.
    """

    item: int
    own: float
    other: float
    closer_to: int


def unexpected_items(items: Floats, scale_of: Sequence[int]) -> list[UnexpectedItem]:
    """Items that do not behave as their questionnaire expects. Network level: 200 complete answers.

    Parameters
    ----------
    items : (n, k) array of scores, reversed items turned
    scale_of : k numbers, the scale each item belongs to

    Returns
    -------
    Items whose correlation with another scale's mean exceeds the one with the rest of their own scale by two
    standard errors (1/sqrt(n)), in the order of the questionnaire.

    Raises
    ------
    NotEnoughDataError
        Fewer than 200 complete rows, or an item without spread.

    Notes
    -----
    Item discrimination of multitrait scaling: Campbell & Fiske (1959), Hays & Hayashi (1990).
    """
    x = complete_cases(items)
    n = len(x)
    if n < STRUCTURE_MINIMUM:
        raise NotEnoughDataError(
            f"Vérifier les échelles demande {STRUCTURE_MINIMUM} réponses complètes ; reçu {n}."
        )
    if not (x.std(axis=0) > 0).all():
        raise NotEnoughDataError("Une question a reçu partout la même réponse : elle ne se compare à rien.")
    scales = np.asarray(scale_of)
    means = {int(s): x[:, scales == s].mean(axis=1) for s in np.unique(scales)}
    found = []
    for item, scale in enumerate(scales):
        mates = np.flatnonzero(scales == scale)
        if len(mates) < 2:
            continue
        rest = x[:, mates[mates != item]].mean(axis=1)
        own = _correlation(x[:, item], rest)
        others = {s: _correlation(x[:, item], mean) for s, mean in means.items() if s != scale}
        closest = max(others, key=lambda s: others[s], default=None)
        if closest is not None and others[closest] > own + 2 / n**0.5:
            found.append(UnexpectedItem(item, own, others[closest], closest))
    return found


def _correlation(first: Floats, second: Floats) -> float:
    with np.errstate(invalid="ignore", divide="ignore"):
        return float(np.nan_to_num(np.corrcoef(first, second)[0, 1]))

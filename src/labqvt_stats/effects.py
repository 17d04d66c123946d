"""How big a difference is: Hedges g, probability of superiority, false discovery rate."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from labqvt_stats.answers import Floats
from labqvt_stats.errors import NotEnoughDataError
from labqvt_stats.finite_population import t_quantile

FALSE_DISCOVERIES = 0.05
"""Rate held over everything that one page compares."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Name, value and interval of an effect size (no unit); ``p`` of no effect where the method tests it."""

    name: str
    value: float
    lo: float
    hi: float
    p: float | None = None


def hedges_g(
    difference: float, sizes: tuple[int, int], deviations: tuple[float, float], *, confidence: float = 0.95
) -> Effect:
    """Standardised difference of two independent means, small-sample corrected.

    Parameters
    ----------
    difference : float
        Mean of the first group minus mean of the second.
    sizes, deviations
        Sizes and n-1 standard deviations of the two groups, in the same order and unit.

    Raises
    ------
    NotEnoughDataError
        Fewer than two people in a group, or no spread.

    Notes
    -----
    g = J d, d on the pooled SD, J = Γ(df/2) / (sqrt(df/2) Γ((df-1)/2)): Hedges (1981). Interval: noncentral
    t (Steiger & Fouladi 1997), its ends multiplied by J. Golden values: tests/stats/golden/golden.R
    (effectsize::hedges_g).
    """
    (n1, n2), (s1, s2) = sizes, deviations
    df = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / df) if df > 0 and min(n1, n2) > 1 else 0.0
    if pooled == 0:
        raise NotEnoughDataError(
            "La taille d’effet demande deux réponses et une dispersion dans chaque groupe."
        )
    correction = math.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / math.sqrt(df / 2)
    scale = math.sqrt(1 / n1 + 1 / n2)
    t = difference / pooled / scale
    upper = (1 + confidence) / 2
    ends = [_noncentrality(t, df, level) * scale * correction for level in (upper, 1 - upper)]
    return Effect("hedges_g", correction * t * scale, ends[0], ends[1])


def _noncentrality(t: float, df: float, level: float) -> float:
    """The noncentrality at which P(T <= t) = level, by bisection (the cdf decreases with it)."""
    reach = 4.0 + abs(t) / math.sqrt(2 * df) * 4
    lo, hi = t - reach, t + reach
    for _ in range(200):
        middle = (lo + hi) / 2
        if middle in (lo, hi):
            break
        if special.nctdtr(df, middle, t) > level:
            lo = middle
        else:
            hi = middle
    return (lo + hi) / 2


def probability_of_superiority(first: Floats, second: Floats, *, confidence: float = 0.95) -> Effect:
    """P(X > Y) + P(X = Y)/2 for X in ``first`` and Y in ``second``; Cliff's delta is 2p - 1.

    Parameters
    ----------
    first, second : (n1,) and (n2,) arrays of float without ``nan``

    Raises
    ------
    NotEnoughDataError
        Fewer than two values in a group.

    Notes
    -----
    Interval and two-sided p of Brunner & Munzel (2000), Student with Satterthwaite's degrees of freedom, the
    interval cut to [0, 1]. Groups that do not overlap at all leave no spread: the interval is the value itself,
    and p is None, for the test is not defined there. Golden values: tests/stats/golden/network.R (placements
    counted pair by pair).
    """
    n1, n2 = len(first), len(second)
    if min(n1, n2) < 2:
        raise NotEnoughDataError("Il faut au moins deux réponses dans chaque groupe.")
    ranks = _mid_ranks(np.concatenate([first, second]))
    placements1 = ranks[:n1] - _mid_ranks(first)
    placements2 = ranks[n1:] - _mid_ranks(second)
    p = float(placements1.mean()) / n2
    v1, v2 = float(placements1.var(ddof=1)) / (n1 * n2**2), float(placements2.var(ddof=1)) / (n2 * n1**2)
    if v1 + v2 == 0:
        return Effect("probability_of_superiority", p, p, p)
    df = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    se = math.sqrt(v1 + v2)
    half = t_quantile(confidence, df) * se
    tested = 2 * float(special.stdtr(df, -abs(p - 0.5) / se))
    return Effect("probability_of_superiority", p, max(0.0, p - half), min(1.0, p + half), tested)


def power_of_two_means(effect: float, sizes: tuple[int, int], *, level: float = 0.05) -> float:
    """Probability that a two-sided t test of two independent groups sees a true standardised difference.

    Parameters
    ----------
    effect : float
        True difference over the common standard deviation.
    sizes : (int, int), at least two each

    Raises
    ------
    NotEnoughDataError
        Fewer than two people in a group.

    Notes
    -----
    Noncentral t, both tails: Cohen (1988), ch. 2. Golden values: tests/stats/golden/network.R (pwr.t2n.test).
    """
    n1, n2 = sizes
    if min(n1, n2) < 2:
        raise NotEnoughDataError("La puissance demande au moins deux réponses par groupe.")
    df = n1 + n2 - 2
    centre = abs(effect) * math.sqrt(n1 * n2 / (n1 + n2))
    edge = t_quantile(1 - level, df)
    return float(special.nctdtr(df, -centre, -edge) + special.nctdtr(df, centre, -edge))


def detectable_effect(sizes: tuple[int, int], *, power: float = 0.8, level: float = 0.05) -> float:
    """The standardised difference that two groups of these sizes would show ``power`` of the time.

    By bisection on ``power_of_two_means``; 1.32 for 10 and 10 answers, 0.57 for 50 and 50: under thirty per
    wave « pas de changement visible » says nothing of an absence of change.
    """
    lo, hi = 0.0, 1.0
    while power_of_two_means(hi, sizes, level=level) < power:
        hi *= 2
    for _ in range(60):
        middle = (lo + hi) / 2
        if power_of_two_means(middle, sizes, level=level) < power:
            lo = middle
        else:
            hi = middle
    return (lo + hi) / 2


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """Adjusted p-values of one family, in the order given (Benjamini & Hochberg 1995)."""
    m = len(p_values)
    order = np.argsort(p_values)
    stepped = np.asarray(p_values, dtype=float)[order] * m / np.arange(1, m + 1)
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(1.0, np.minimum.accumulate(stepped[::-1])[::-1])
    return [float(p) for p in adjusted]


def _mid_ranks(values: Floats) -> Floats:
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks: Floats = (ends - (counts - 1) / 2)[inverse]
    return ranks

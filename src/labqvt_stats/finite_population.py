"""Estimates about N people from the n who answered: small structures, nearly everybody asked.

Intervals say "these N people now"; they shrink to nothing when everybody answered, and hold if those who
did not answer resemble those who did. The no-assumption bounds say what holds without that condition.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from labqvt_stats.answers import Floats
from labqvt_stats.errors import InvalidAnswersError, NotEnoughDataError

BOUNDS_UNDER = 0.70
BOUNDS_ONLY_UNDER = 0.50


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value, its interval [lo, hi] and standard error, in the unit of the value."""

    value: float
    lo: float
    hi: float
    se: float


@dataclass(frozen=True, slots=True)
class Participation:
    """n answers out of a population of N (None: unknown), and what may be read from them."""

    n: int
    population: int | None

    def __post_init__(self) -> None:
        if self.population is not None and self.population < self.n:
            raise InvalidAnswersError(
                f"L’effectif ({self.population}) est plus petit que le nombre de réponses ({self.n})."
            )

    @property
    def rate(self) -> float | None:
        """n / N, or None when N is unknown."""
        return None if not self.population else self.n / self.population

    @property
    def needs_bounds(self) -> bool:
        """Under 70 % the no-assumption bounds are shown beside the interval."""
        return self.rate is not None and self.rate < BOUNDS_UNDER

    @property
    def bounds_only(self) -> bool:
        """Under 50 % they are shown alone, and nothing is tested."""
        return self.rate is not None and self.rate < BOUNDS_ONLY_UNDER

    @property
    def unseen_share(self) -> float:
        """1 - n/N, the factor of the variance of a mean; 1 when N is unknown."""
        return 1.0 if not self.population else 1 - self.n / self.population


def t_quantile(confidence: float, df: float) -> float:
    """Two-sided Student quantile; the normal one for infinite ``df``."""
    upper = (1 + confidence) / 2
    return float(special.ndtri(upper) if math.isinf(df) else special.stdtrit(df, upper))


def mean_estimate(
    mean: float,
    spread: float,
    participation: Participation,
    *,
    df: float | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Mean of N people from n of them.

    Parameters
    ----------
    mean, spread : float
        Mean of the n answers and n-1 standard deviation, same unit. ``spread`` is that of these answers, or
        the spread inside structures of the network (recommended: it is steadier and publishes nothing).
    df : float
        Degrees of freedom of ``spread``; n - 1 by default.

    Raises
    ------
    NotEnoughDataError
        No answer, or a single one with its own spread.

    Notes
    -----
    SE = sqrt((1 - n/N) s²/n), Student quantile: Cochran, Sampling Techniques (1977), ch. 2.
    """
    freedom = participation.n - 1 if df is None else df
    if participation.n < 1 or freedom < 1 or math.isnan(spread):
        raise NotEnoughDataError("Il faut au moins deux réponses pour un intervalle.")
    se = math.sqrt(participation.unseen_share / participation.n) * spread
    half = t_quantile(confidence, freedom) * se
    return Estimate(mean, mean - half, mean + half, se)


def around_display(
    shown: tuple[float, float],
    spread: float,
    participation: Participation,
    *,
    df: float = math.inf,
    confidence: float = 0.95,
    ends: tuple[float, float] = (0.0, 100.0),
) -> Estimate:
    """Interval for N people computed from what is *displayed*: rounding is added, nothing else is used.

    Parameters
    ----------
    shown : (lo, hi)
        What a reader can deduce of the mean of the n answers (see ``displays``).
    spread, df
        Standard deviation inside structures, and its degrees of freedom.
    """
    inner = mean_estimate(0.0, spread, participation, df=df, confidence=confidence)
    lo, hi = shown
    return Estimate((lo + hi) / 2, max(ends[0], lo + inner.lo), min(ends[1], hi + inner.hi), inner.se)


def pooled_spread(scores: Floats, units: np.ndarray) -> tuple[float, int]:
    """Standard deviation inside units, all units together, and its degrees of freedom.

    Parameters
    ----------
    scores : (n,) array of float, ``nan`` left out
    units : (n,) array of labels (any type numpy can sort)

    Raises
    ------
    NotEnoughDataError
        No unit has two scores.

    Notes
    -----
    sqrt(sum (n_g - 1) s_g² / sum (n_g - 1)).
    """
    kept = np.isfinite(scores)
    _, codes = np.unique(units[kept], return_inverse=True)
    sizes = np.bincount(codes)
    df = int((sizes - 1).sum()) if sizes.size else 0
    if df < 1:
        raise NotEnoughDataError("Aucune unité n’a deux réponses : la dispersion interne n’est pas connue.")
    means = np.bincount(codes, scores[kept]) / sizes
    squares = (scores[kept] - means[codes]) ** 2
    return math.sqrt(float(squares.sum()) / df), df


def proportion_estimate(count: int, participation: Participation, *, confidence: float = 0.95) -> Estimate:
    """Share of N people with a property that ``count`` of the n have.

    With N known: x plus a beta-binomial for the N - n unseen (Jeffreys prior); its quantiles over N.
    With N unknown: Wilson's score interval.

    Raises
    ------
    NotEnoughDataError
        No answer, or ``count`` outside 0..n.

    Notes
    -----
    Wilson (1927); beta-binomial: Ericson (1969). Golden values: tests/stats/golden/golden.R.
    """
    n, population = participation.n, participation.population
    if n < 1 or not 0 <= count <= n:
        raise NotEnoughDataError(f"Une part demande 0 ≤ effectif ≤ réponses ; reçu {count} et {n}.")
    share = count / n
    se = math.sqrt(participation.unseen_share * share * (1 - share) / n)
    if population is None:
        lo, hi = wilson(count, n, confidence=confidence)
        return Estimate(share, lo, hi, se)
    unseen = population - n
    cumulated = np.cumsum(_beta_binomial(unseen, count + 0.5, n - count + 0.5))
    lower = int(np.searchsorted(cumulated, (1 - confidence) / 2))
    upper = int(np.searchsorted(cumulated, (1 + confidence) / 2))
    return Estimate(share, (count + lower) / population, (count + min(upper, unseen)) / population, se)


def wilson(count: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval for ``count`` out of ``n``, a sample of a big population (Wilson 1927)."""
    z = t_quantile(confidence, math.inf)
    share, z2 = count / n, z * z
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def no_assumption_bounds(
    shown: tuple[float, float], participation: Participation, *, ends: tuple[float, float] = (0.0, 100.0)
) -> tuple[float, float]:
    """Where the mean of N people lies whatever those who did not answer think (Manski 1989).

    ``shown`` is what is known of the mean of the n answers: (mean, mean) when it is shown exactly.

    Raises
    ------
    NotEnoughDataError
        The population is not known.
    """
    if participation.population is None:
        raise NotEnoughDataError("Les bornes sans hypothèse demandent l’effectif.")
    seen = participation.n / participation.population
    return seen * shown[0] + (1 - seen) * ends[0], seen * shown[1] + (1 - seen) * ends[1]


def _beta_binomial(trials: int, a: float, b: float) -> Floats:
    """Probabilities of 0..trials."""
    k = np.arange(trials + 1)
    log_choose = special.gammaln(trials + 1) - special.gammaln(k + 1) - special.gammaln(trials - k + 1)
    probabilities: Floats = np.exp(log_choose + special.betaln(k + a, trials - k + b) - special.betaln(a, b))
    return probabilities

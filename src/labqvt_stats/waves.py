"""Two waves of answers without any link between people: what moved, and what cannot be concluded."""

import math
from dataclasses import dataclass
from typing import Literal

from scipy import special

from labqvt_stats.displays import Protection
from labqvt_stats.errors import NotEnoughDataError
from labqvt_stats.finite_population import Participation, t_quantile

TEST_MINIMUM = 30
MONTHS_BETWEEN = 3
MONTHS_ALIKE = 12
Verdict = Literal["up", "down", "not-demonstrable"]


@dataclass(frozen=True, slots=True)
class Wave:
    """A mean as it is displayed at one wave.

    ``shown`` is (lo, hi), equal when the mean is plain; ``spread`` the standard deviation to use, ``df`` its
    degrees of freedom (``inf`` for a reference spread).
    """

    shown: tuple[float, float]
    spread: float
    df: float
    participation: Participation


@dataclass(frozen=True, slots=True)
class Change:
    """Later minus earlier, in points, with its interval.

    ``p`` is None when nothing is tested (fewer than thirty answers in a wave, or participation under 50 %).
    ``detectable`` is the smallest true change that such waves would demonstrate four times out of five.
    """

    difference: float
    lo: float
    hi: float
    p: float | None
    detectable: float
    verdict: Verdict


def compare_waves(earlier: Wave, later: Wave, *, confidence: float = 0.95, power: float = 0.8) -> Change:
    """Compare two unlinked waves.

    From thirty answers in each: finite-population standard errors and Welch-Satterthwaite degrees of freedom.
    Under thirty: no finite-population factor (the people may have changed) and the displays' rounding added.
    No verdict when participation was under 50 % at either wave.

    Raises
    ------
    NotEnoughDataError
        A wave without answers or without spread to use.

    Notes
    -----
    SE² = sum (1 - n/N) s²/n; leavers and stayers are not told apart, which is conservative when stayers
    answer alike twice.
    """
    waves = (earlier, later)
    if any(w.participation.n < 2 or not w.spread > 0 for w in waves):
        raise NotEnoughDataError("Comparer deux vagues demande des réponses et une dispersion à chacune.")
    tested = min(w.participation.n for w in waves) >= TEST_MINIMUM
    parts = [
        w.spread**2 / w.participation.n * (w.participation.unseen_share if tested else 1.0) for w in waves
    ]
    se = math.sqrt(sum(parts))
    df = _satterthwaite(parts, [w.df for w in waves])
    half = t_quantile(confidence, df) * se
    lo, hi = later.shown[0] - earlier.shown[1], later.shown[1] - earlier.shown[0]
    rounding = (hi - lo) / 2
    difference = (lo + hi) / 2
    readable = not any(w.participation.bounds_only for w in waves)
    p = _p_value(difference, rounding, se, df) if tested and readable else None
    reach = half + rounding + t_quantile(2 * power - 1, df) * se
    return Change(
        difference,
        lo - half,
        hi + half,
        p,
        reach,
        verdict(lo - half, hi + half) if readable else "not-demonstrable",
    )


def may_follow(*, months: int, moved: int | None, protection: Protection | None = None) -> bool:
    """Whether a wave of a structure may be shown when an earlier one is out already.

    Nothing links the sheets of two waves, but people often answer as they did. Who compares the two pictures then
    reads what those who left or came had answered: with one leaver, « 7 favourable of 12 » and « 6 of 11 » tell
    theirs. Decided from the roster alone, never from answers; no means no report, as for too few answers.

    Parameters
    ----------
    months : whole months between the two closings
    moved : people who answered one of the waves only, leavers and newcomers together; None: not known

    Returns
    -------
    bool. Never under three months. Under a year, when answers may still be expected alike, only if nobody moved or
    at least ``protection.threshold`` people did. From a year on, yes: respondents are told so.
    """
    if months < MONTHS_BETWEEN:
        return False
    if months >= MONTHS_ALIKE:
        return True
    return moved is not None and (moved == 0 or moved >= (protection or Protection()).threshold)


def verdict(lo: float, hi: float) -> Verdict:
    """Read an interval of a change: up, down, or not demonstrable when it holds zero."""
    if lo > 0:
        return "up"
    return "down" if hi < 0 else "not-demonstrable"


def _satterthwaite(parts: list[float], dfs: list[float]) -> float:
    denominator = sum(part**2 / df for part, df in zip(parts, dfs, strict=True))
    return sum(parts) ** 2 / denominator if denominator > 0 else math.inf


def _p_value(difference: float, rounding: float, se: float, df: float) -> float:
    """Two-sided, on the part of the difference that rounding cannot explain."""
    distance = max(0.0, abs(difference) - rounding)
    if se == 0:
        return 0.0 if distance else 1.0
    t = -distance / se
    return 2 * float(special.ndtr(t) if math.isinf(df) else special.stdtr(df, t))

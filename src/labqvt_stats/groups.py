"""Groups of a network side by side: which of them differ from all the others, from what is told of each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import special

from labqvt_stats.effects import FALSE_DISCOVERIES, benjamini_hochberg
from labqvt_stats.finite_population import t_quantile
from labqvt_stats.waves import Verdict


@dataclass(frozen=True, slots=True)
class GroupMean:
    """A mean (0-100) of ``n`` people of ``units`` structures, and half the width of its 95 % interval."""

    mean: float
    half: float
    n: int
    units: int

    @property
    def se(self) -> float:
        return self.half / t_quantile(0.95, max(1, self.units - 1))


def against_the_rest(cuts: Sequence[Sequence[GroupMean]]) -> list[list[Verdict]]:
    """Each group against all the others of its cut together: up, down, or not demonstrable.

    Parameters
    ----------
    cuts : what one page compares: the groups of a cut for each theme, everybody being in one group of each

    Returns
    -------
    One verdict per group, in the same order; a false discovery rate of 5 % is held over the whole page (Benjamini &
    Hochberg 1995).

    Notes
    -----
    The rest is the mean of the other groups weighted by their people, its variance that of independent groups. Groups
    of structures are; groups of people share structures, whose common part a difference would lose: the verdict is
    then on the cautious side. Student's t with the degrees of freedom of the group's structures, the fewest.
    """
    found = [
        [_difference(group, [*groups[:place], *groups[place + 1 :]]) for place, group in enumerate(groups)]
        for groups in cuts
    ]
    adjusted = iter(benjamini_hochberg([p for differences in found for _points, p in differences]))
    return [[_verdict(points, next(adjusted)) for points, _p in differences] for differences in found]


def _verdict(difference: float, p: float) -> Verdict:
    if p >= FALSE_DISCOVERIES:
        return "not-demonstrable"
    return "up" if difference > 0 else "down"


def _difference(group: GroupMean, others: Sequence[GroupMean]) -> tuple[float, float]:
    """Group minus the rest, in points, and its two-sided p; 1 when nobody is left to compare it with."""
    if not others:
        return 0.0, 1.0
    people = sum(other.n for other in others)
    rest = sum(other.n * other.mean for other in others) / people
    variance = sum((other.n / people) ** 2 * other.se**2 for other in others)
    se = math.hypot(group.se, math.sqrt(variance))
    difference = group.mean - rest
    if se == 0:
        return difference, 0.0 if difference else 1.0
    return difference, 2 * float(special.stdtr(max(1, group.units - 1), -abs(difference) / se))

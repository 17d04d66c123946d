"""Groups of a network side by side: which of them differ from all the others, from what is told of each."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import special

from labqvt_stats.effects import benjamini_hochberg
from labqvt_stats.finite_population import t_quantile
from labqvt_stats.waves import Verdict

FALSE_DISCOVERIES = 0.05


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


def against_the_rest(groups: Sequence[GroupMean]) -> list[Verdict]:
    """Each group against all the others together: up, down, or not demonstrable.

    Parameters
    ----------
    groups : the groups of one cut, everybody being in one of them

    Returns
    -------
    One verdict per group; a false discovery rate of 5 % is held over them (Benjamini & Hochberg 1995).

    Notes
    -----
    The rest is the mean of the other groups weighted by their people, its variance that of independent groups. Groups
    of structures are; groups of people share structures, whose common part a difference would lose: the verdict is
    then on the cautious side. Student's t with the degrees of freedom of the group's structures, the fewest.
    """
    if len(groups) < 2:
        return ["not-demonstrable"] * len(groups)
    differences = [
        _difference(group, [*groups[:place], *groups[place + 1 :]]) for place, group in enumerate(groups)
    ]
    adjusted = benjamini_hochberg([p for _difference, p in differences])
    return [
        "not-demonstrable" if p >= FALSE_DISCOVERIES or math.isnan(p) else "up" if difference > 0 else "down"
        for (difference, _p), p in zip(differences, adjusted, strict=True)
    ]


def _difference(group: GroupMean, others: Sequence[GroupMean]) -> tuple[float, float]:
    """Group minus the rest, in points, and its two-sided p."""
    people = sum(other.n for other in others)
    rest = sum(other.n * other.mean for other in others) / people
    variance = sum((other.n / people) ** 2 * other.se**2 for other in others)
    se = math.hypot(group.se, math.sqrt(variance))
    difference = group.mean - rest
    if se == 0:
        return difference, 0.0 if difference else 1.0
    return difference, 2 * float(special.stdtr(max(1, group.units - 1), -abs(difference) / se))

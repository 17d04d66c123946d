"""What a reader is given outside network cells, and what can be deduced from it.

Displays are fixed functions of the size of the group and of the quantity itself; everything downstream
(charts, gaps, sentences, exports) is computed from a ``Display``, never from what made it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from labqvt_stats.errors import RefusedParameterError
from labqvt_stats.instrument import CLASSES, NONE

NOT_ENOUGH = "Pas assez de réponses"

_OTHERS_FLOOR, _INSIDERS_FLOOR, _BAND_FLOOR = 5, 1, 2
_CLIP_LOW, _CLIP_HIGH = 10, 90


@dataclass(frozen=True, slots=True)
class Protection:
    """Confidentiality parameters: raisable, never lowerable.

    Parameters
    ----------
    others : int
        Fewest other people a result may concern (5).
    insiders : int
        People who may put their own answers together (1).
    band : int
        A class count up to ``band``, or from ``n - band``, is not told exactly; at least ``insiders + 1``.
    breakdown_minimum : int
        Answers from which a structure may be broken down (20).

    Raises
    ------
    RefusedParameterError
        A value under its floor.
    """

    others: int = _OTHERS_FLOOR
    insiders: int = _INSIDERS_FLOOR
    band: int = _BAND_FLOOR
    breakdown_minimum: int = 20

    def __post_init__(self) -> None:
        floors = {
            "others": _OTHERS_FLOOR,
            "insiders": _INSIDERS_FLOOR,
            "band": max(_BAND_FLOOR, self.insiders + 1),
            "breakdown_minimum": 20,
        }
        for name, floor in floors.items():
            if getattr(self, name) < floor:
                raise RefusedParameterError(
                    f"Le paramètre de confidentialité « {name} » ne peut pas descendre sous {floor} "
                    f"(demandé : {getattr(self, name)})."
                )

    @property
    def threshold(self) -> int:
        """Smallest group with a result: others + insiders."""
        return self.others + self.insiders


@dataclass(frozen=True, slots=True)
class Display:
    """One quantity as shown: ``[lo, hi]`` is what a reader can deduce of it, ``text`` the words on the page.

    ``kind`` is "plain" (network cells), "exact" (a count told as it is), "rounded", "at-most", "at-least" or
    "banded". Nothing shown at all is ``None``, not a Display, and reads ``NOT_ENOUGH`` whatever the cause.
    """

    kind: Literal["plain", "exact", "rounded", "at-most", "at-least", "banded"]
    lo: float
    hi: float
    text: str

    @property
    def interval(self) -> tuple[float, float]:
        """(lo, hi)."""
        return self.lo, self.hi

    @property
    def centre(self) -> float:
        """Where to draw the point: the middle of what can be deduced."""
        return (self.lo + self.hi) / 2


def rounding_step(group_size: int) -> int:
    """Scores are told to 1 point, to 5 in groups under ten people."""
    return 1 if group_size >= 10 else 5


def score_display(mean: float, n_valid: int, group_size: int, protection: Protection) -> Display | None:
    """Show the mean score (0-100) of a group: rounded, then clipped to "≤ 10" and "≥ 90".

    Parameters
    ----------
    mean : float
        Mean of the ``n_valid`` people of the group who have a score.
    group_size : int
        People of the group, answered or not: the rounding step depends on it alone.

    Returns
    -------
    Display, or None when fewer than ``protection.threshold`` people have a score.
    """
    if min(n_valid, group_size) < protection.threshold or math.isnan(mean):
        return None
    step = rounding_step(group_size)
    rounded = step * math.floor(mean / step + 0.5)
    if rounded <= _CLIP_LOW:
        return Display("at-most", 0.0, _CLIP_LOW + step / 2, f"≤ {_CLIP_LOW}")
    if rounded >= _CLIP_HIGH:
        return Display("at-least", _CLIP_HIGH - step / 2, 100.0, f"≥ {_CLIP_HIGH}")
    return Display("rounded", rounded - step / 2, rounded + step / 2, f"{rounded}")


def item_display(counts: Mapping[str, int], protection: Protection) -> dict[str, Display] | None:
    """Show how a whole structure answered one item, in three classes and "none".

    A class count ``<= band`` is shown as ``[0, band]``, ``>= n - band`` as ``[n - band, n]``, else exactly;
    "none" never above what leaves ``threshold`` answers, since an item with fewer is not shown.

    Parameters
    ----------
    counts : mapping class -> number of people
        Classes "unfavourable", "neutral", "favourable", "none"; they sum to the size of the structure.

    Returns
    -------
    dict class -> Display, or None under ``protection.threshold`` answers to the item.
    """
    n = sum(counts.values())
    most_missing = n - protection.threshold
    if counts.get(NONE, 0) > most_missing:
        return None
    shown = {name: _banded(counts.get(name, 0), n, protection.band) for name in CLASSES}
    if shown[NONE].kind == "banded":
        shown[NONE] = _band(0, min(protection.band, most_missing))
    return shown


def plain(value: float, text: str | None = None) -> Display:
    """A number told as it is: network cells only."""
    return Display("plain", value, value, f"{value:g}" if text is None else text)


def class_text(shown: Mapping[str, Display]) -> str:
    """The four classes of an item in their fixed order, on one line."""
    return " / ".join(shown[name].text for name in CLASSES)


def _banded(count: int, n: int, band: int) -> Display:
    if count <= band:
        return _band(0, band)
    if count >= n - band:
        return _band(n - band, n)
    return Display("exact", count, count, str(count))


def _band(lo: int, hi: int) -> Display:
    return Display("banded", lo, hi, f"{lo}–{hi}" if lo < hi else str(lo))

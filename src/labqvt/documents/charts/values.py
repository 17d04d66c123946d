"""What charts are given and what they give back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Self

from labqvt.documents.tables import Table
from labqvt.foundation.typography import format_number, format_range, with_unit


@dataclass(frozen=True, slots=True)
class Span:
    """A value known to lie between ``low`` and ``high`` (equal when it is exact).

    ``text`` is the value as released; when empty it is written from the ends. Nothing finer than the ends is
    ever drawn: a chart must not say more than its source.
    """

    low: float
    high: float
    text: str = ""

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"Intervalle à l’envers : {self.low} est plus grand que {self.high}.")

    @classmethod
    def exact(cls, value: float, text: str = "") -> Self:
        return cls(value, value, text)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def written(self, language: str, *, decimals: int = 0, unit: str = "") -> str:
        """The value as a reader sees it."""
        if self.text:
            return self.text
        return with_unit(format_range(self.low, self.high, decimals, language), unit, language)


@dataclass(frozen=True, slots=True)
class Scale:
    """A fixed axis. It comes from the instrument, never from the data, so that it betrays nothing hidden."""

    low: float = 0
    high: float = 100
    ticks: tuple[float, ...] = (0, 25, 50, 75, 100)
    unit: str = ""
    decimals: int = 0
    low_words: str = ""  # what the low end means
    high_words: str = ""

    def share(self, value: float) -> float:
        """Place of ``value`` on the axis, from 0 to 1; what falls outside is held at the edge."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def write(self, span: Span, language: str) -> str:
        """A value of this axis as a reader sees it."""
        return span.written(language, decimals=self.decimals, unit=self.unit)

    def write_ends(self, ends: tuple[float, float], language: str) -> str:
        """« 58 à 82 », without the unit."""
        return format_range(*ends, self.decimals, language)

    def write_tick(self, tick: float, language: str) -> str:
        return with_unit(format_number(tick, self.decimals, language), self.unit, language)


class Box(NamedTuple):
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float


PERCENT = Scale()


@dataclass(frozen=True)
class Chart:
    """One figure: three drawings of the same values, their words, and the table that says it all again.

    ``svg_for_web`` and ``svg_for_phone`` take colours from the page (``charts.css``) and are both put in the
    page, which shows the one that fits; ``svg_for_print`` carries concrete colours. ``description`` tells
    in a sentence what is drawn. A drawing is made when it is asked for: a page has no use for that of the paper.
    """

    id: str
    title: str
    description: str
    table: Table
    drawn: Callable[[str], str] = field(repr=False, compare=False)
    source: str = ""

    @cached_property
    def svg_for_web(self) -> str:
        return self.drawn("web")

    @cached_property
    def svg_for_phone(self) -> str:
        return self.drawn("phone")

    @cached_property
    def svg_for_print(self) -> str:
        return self.drawn("print")

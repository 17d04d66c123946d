"""What « près de 400 », « plus de 120 » or « une quinzaine » allow: published words as intervals. Pure, no Django model.

``approx`` is a tenth around the figure, in whole units for whole figures: a dozen is 11 to 13, fifteen or so 13 to 17,
twenty or so 18 to 22, fifty or so 45 to 55. ``max_approx`` (« près de ») is the tenth just under, the figure itself left
out. ``min_strict`` (« plus de ») leaves its own figure out, ``min_vague`` (« plusieurs dizaines ») keeps it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

TOLERANCE: Final = Decimal("0.1")
EXACT, APPROX, MAX_APPROX = "exact", "approx", "max_approx"
MIN_STRICT, MIN_VAGUE, PLANNED = "min_strict", "min_vague", "planned"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The values a published figure allows. ``None`` is no bound on that side."""

    low: Decimal | None
    high: Decimal | None
    low_included: bool = True
    high_included: bool = True

    def __contains__(self, value: Decimal) -> bool:
        if self.low is not None and (value < self.low or (value == self.low and not self.low_included)):
            return False
        return not (
            self.high is not None and (value > self.high or (value == self.high and not self.high_included))
        )


def _margin(value: Decimal, tolerance: Decimal) -> Decimal:
    """A tenth of the figure; a whole figure has a whole margin, of one at least."""
    margin = abs(value) * tolerance
    if value != value.to_integral_value():
        return margin
    return max(Decimal(1), margin.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def allowed(value: Decimal, qualifier: str, tolerance: Decimal = TOLERANCE) -> Allowed | None:
    """What a published figure allows; ``None`` for a forecast, which says nothing of what took place."""
    margin = _margin(value, tolerance)
    match qualifier:
        case "exact":
            return Allowed(value, value)
        case "approx":
            return Allowed(value - margin, value + margin)
        case "max_approx":
            return Allowed(value - margin, value, high_included=False)
        case "min_strict":
            return Allowed(value, None, low_included=False)
        case "min_vague":
            return Allowed(value, None)
        case "planned":
            return None
    raise ValueError(f"Qualificatif inconnu : {qualifier}")

"""What was asked: items, their codes and classes, and the scales they form."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from labqvt_stats.errors import InvalidInstrumentError

UNFAVOURABLE, NEUTRAL, FAVOURABLE, NONE = "unfavourable", "neutral", "favourable", "none"
CLASSES = (UNFAVOURABLE, NEUTRAL, FAVOURABLE, NONE)
MissingRule = Literal["half", "all"] | int

# A score equal to a third belongs to the outer class; binary fractions must not decide.
_THIRD_MARGIN = 1e-9


@dataclass(frozen=True, slots=True)
class Item:
    """One closed question.

    Parameters
    ----------
    id, label : str
    codes : tuple of str
        Answer codes in the order of the questionnaire.
    values : tuple of float, or None
        One number per code (``nan`` for a code such as "not concerned", which then has no score);
        None for a question without order (a nominal one), which is counted but never scored.
    low, high : float
        Ends of the answer range, in the unit of ``values``; by default the extremes of ``values``.
    reverse : bool
        Whether a high code is unfavourable. Decided by the questionnaire, never by the data.
    scale : str, or None
        Id of the scale the item belongs to.
    classes : mapping code -> "unfavourable" | "neutral" | "favourable" | "none"
        By default the thirds of the 0-100 range after reversal: for five points, the lowest two, the
        middle one, the highest two.

    Raises
    ------
    InvalidInstrumentError
        No code, a code twice, as many values as codes missing, or an empty range.
    """

    id: str
    label: str
    codes: tuple[str, ...]
    values: tuple[float, ...] | None = None
    low: float = math.nan
    high: float = math.nan
    reverse: bool = False
    scale: str | None = None
    classes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.codes or len(set(self.codes)) != len(self.codes):
            raise InvalidInstrumentError(
                f"Question « {self.id} » : il faut des codes de réponse tous différents."
            )
        if self.values is not None:
            self._settle_range(self.values)
        classes = dict(self.classes) or self._classes_by_thirds()
        if unknown := set(classes) - set(self.codes) | set(classes.values()) - set(CLASSES):
            raise InvalidInstrumentError(
                f"Question « {self.id} » : classe ou code inconnu ({', '.join(sorted(unknown))})."
            )
        object.__setattr__(self, "classes", MappingProxyType(classes))

    def _settle_range(self, values: tuple[float, ...]) -> None:
        if len(values) != len(self.codes):
            raise InvalidInstrumentError(f"Question « {self.id} » : il faut une valeur par code de réponse.")
        finite = [value for value in values if math.isfinite(value)]
        if not finite:
            raise InvalidInstrumentError(f"Question « {self.id} » : aucune réponse n’a de valeur.")
        if math.isnan(self.low):
            object.__setattr__(self, "low", float(min(finite)))
        if math.isnan(self.high):
            object.__setattr__(self, "high", float(max(finite)))
        if not self.low < self.high or min(finite) < self.low or max(finite) > self.high:
            raise InvalidInstrumentError(
                f"Question « {self.id} » : l’étendue des réponses est vide ou dépassée."
            )

    def _classes_by_thirds(self) -> dict[str, str]:
        return (
            {code: _class_of(score) for code, score in zip(self.codes, self.scores, strict=True)}
            if self.values is not None
            else {}
        )

    @property
    def scores(self) -> tuple[float, ...]:
        """Score of each code on 0-100, reversed where asked; ``nan`` where the code has no value."""
        if self.values is None:
            return (math.nan,) * len(self.codes)
        span = self.high - self.low
        turned = [self.low + self.high - value if self.reverse else value for value in self.values]
        return tuple(100 * (value - self.low) / span for value in turned)

    def class_of(self, code: str) -> str:
        """The class a code is counted in; "none" for a code without class."""
        return self.classes.get(code, NONE)


def _class_of(score: float) -> str:
    if math.isnan(score):
        return NONE
    if score <= 100 / 3 + _THIRD_MARGIN:
        return UNFAVOURABLE
    return FAVOURABLE if score >= 200 / 3 - _THIRD_MARGIN else NEUTRAL


@dataclass(frozen=True, slots=True)
class Scale:
    """A dimension: the items whose mean is its score, and how many of them must be answered.

    ``missing_rule``: "half" (at least half of the items), "all", or a number of items.
    """

    id: str
    label: str
    items: tuple[str, ...]
    missing_rule: MissingRule = "half"

    def __post_init__(self) -> None:
        if not self.items or len(set(self.items)) != len(self.items):
            raise InvalidInstrumentError(
                f"Dimension « {self.id} » : il faut des questions toutes différentes."
            )
        if isinstance(self.missing_rule, int) and not 1 <= self.missing_rule <= len(self.items):
            raise InvalidInstrumentError(
                f"Dimension « {self.id} » : la règle de non-réponse demande {self.missing_rule} réponses "
                f"pour {len(self.items)} questions."
            )

    @property
    def answers_needed(self) -> int:
        """Number of answered items from which a person has a score."""
        if self.missing_rule == "half":
            return math.ceil(len(self.items) / 2)
        return len(self.items) if self.missing_rule == "all" else self.missing_rule


@dataclass(frozen=True)
class Instrument:
    """A questionnaire reduced to what is computed: closed items and scales.

    Raises
    ------
    InvalidInstrumentError
        No item, an id twice, or a scale naming an unknown item or one without values.
    """

    items: tuple[Item, ...]
    scales: tuple[Scale, ...] = ()

    def __post_init__(self) -> None:
        for kind, ids in (
            ("question", [i.id for i in self.items]),
            ("dimension", [s.id for s in self.scales]),
        ):
            if len(set(ids)) != len(ids):
                raise InvalidInstrumentError(f"Deux fois la même {kind} dans le questionnaire.")
        if not self.items:
            raise InvalidInstrumentError("Le questionnaire n’a aucune question fermée.")
        scored = {item.id for item in self.items if item.values is not None}
        for scale in self.scales:
            if missing := [item for item in scale.items if item not in scored]:
                raise InvalidInstrumentError(
                    f"Dimension « {scale.id} » : question sans valeur ou absente ({', '.join(missing)})."
                )

    def position(self, item_id: str) -> int:
        """Column of an item in an answers matrix."""
        for position, item in enumerate(self.items):
            if item.id == item_id:
                return position
        raise InvalidInstrumentError(f"Question inconnue : « {item_id} ».")

    def scale(self, scale_id: str) -> Scale:
        """The scale of that id."""
        for scale in self.scales:
            if scale.id == scale_id:
                return scale
        raise InvalidInstrumentError(f"Dimension inconnue : « {scale_id} ».")

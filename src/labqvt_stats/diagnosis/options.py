"""What a diagnosis is asked for, and the material its parts share."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from labqvt_stats.answers import Answers, Column, Floats
from labqvt_stats.cells import is_network_cell
from labqvt_stats.displays import Protection
from labqvt_stats.errors import InvalidAnswersError, NotEnoughDataError
from labqvt_stats.finite_population import Participation, pooled_spread
from labqvt_stats.instrument import Scale
from labqvt_stats.scores import scale_item_scores, scale_scores

REFERENCE_SPREAD = 25.0
"""Standard deviation (points) taken inside a structure that no network surrounds: on the wide side of what
five-point dimensions show (18 to 25), so that intervals are rather too wide."""


@dataclass(frozen=True, kw_only=True, eq=False)
class DiagnosisOptions:
    """How to diagnose. Every column holds one value per row of the answers.

    Parameters
    ----------
    by : columns to break down by, most important first.
    structure : column naming the structure of each person; None: the file is one whole.
    told : structures that have results of their own: cuts of the network are closed without them as well.
    wave : column of waves; the diagnosis describes the last one (in ``order``, else in sorted order).
    direction : (n,) booleans, True for members of the direction, whose answers are taken out first.
    direction_consents : whether the members of a direction under six agreed to be shown in this release.
    weights : (n,) non-negative weights, used at network level only.
    population : number of people asked, and
    population_by : the same per value of a column (``{"structure": {"A": 12, …}}``), for groups and waves.
    others, insiders : confidentiality parameters, raisable only.
    outcome : scale whose drivers rank the priorities (network level); None: priorities follow the scores.
    references, reference_importances : score and importance per scale of a reference, at whose medians the matrix
        of priorities is cut; without them a dimension has no corner.
    texts : question id -> n written answers in French (None: none), names taken out by a person before.
    spreads : standard deviation inside structures per scale, from a network; else ``REFERENCE_SPREAD``.
    languages : languages of the report.
    """

    by: Sequence[Column] = ()
    structure: Column | None = None
    told: Collection[str] = ()
    wave: Column | None = None
    direction: Sequence[bool] | None = None
    direction_consents: bool = False
    weights: Sequence[float] | None = None
    population: int | None = None
    population_by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    others: int = 5
    insiders: int = 1
    outcome: str | None = None
    references: Mapping[str, float] = field(default_factory=dict)
    reference_importances: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str | None]] = field(default_factory=dict)
    spreads: Mapping[str, float] = field(default_factory=dict)
    languages: tuple[str, ...] = ("fr",)

    @property
    def protection(self) -> Protection:
        """The confidentiality parameters asked for (refused under their floors)."""
        return Protection(self.others, self.insiders, band=max(2, self.insiders + 1))


@dataclass(frozen=True, eq=False)
class Group:
    """Some people of the file with what is needed to speak of them."""

    answers: Answers
    options: DiagnosisOptions
    structures: np.ndarray | None
    weights: Floats | None
    population: int | None

    @property
    def n(self) -> int:
        """Number of people."""
        return self.answers.n

    @property
    def protection(self) -> Protection:
        """The confidentiality parameters."""
        return self.options.protection

    @cached_property
    def is_cell(self) -> bool:
        """Whether the numbers of this group may be plain."""
        return is_network_cell(self.n, self.structures)

    @cached_property
    def scores(self) -> dict[str, Floats]:
        """Scale scores on 0-100 of each person, per scale id."""
        return {s.id: scale_scores(self.answers, s) for s in self.answers.instrument.scales}

    def item_scores(self, scale: Scale) -> Floats:
        """(n, items) scores of a scale's items."""
        return scale_item_scores(self.answers, scale)

    def participation(self, n: int | None = None) -> Participation:
        """Answers out of the people asked; ``n`` when fewer answered the quantity at hand."""
        return Participation(self.n if n is None else n, self.population)

    def take(self, rows: np.ndarray, population: int | None) -> "Group":
        """A part of this group; ``rows`` is a mask or row numbers."""
        return Group(
            self.answers.take(rows),
            self.options,
            None if self.structures is None else self.structures[rows],
            None if self.weights is None else self.weights[rows],
            population,
        )

    def spread(self, scale_id: str) -> tuple[float, float]:
        """Standard deviation inside structures and degrees of freedom, never those of one structure."""
        if given := self.options.spreads.get(scale_id):
            return given, math.inf
        if self.is_cell:
            units = np.zeros(self.n) if self.structures is None else self.structures
            try:
                return pooled_spread(self.scores[scale_id], units)
            except NotEnoughDataError:
                return REFERENCE_SPREAD, math.inf
        return REFERENCE_SPREAD, math.inf


def whole_group(answers: Answers, options: DiagnosisOptions) -> Group:
    """Everybody in the file as one group, lengths checked.

    Raises
    ------
    InvalidAnswersError
        A column or the weights do not have one value per row, or a weight is negative.
    """
    named = [(c.name, len(c.values)) for c in (*options.by, options.structure, options.wave) if c is not None]
    if options.weights is not None:
        named.append(("pondération", len(options.weights)))
    if options.direction is not None:
        named.append(("rôle", len(options.direction)))
    named += [(question, len(texts)) for question, texts in options.texts.items()]
    for name, length in named:
        if length != answers.n:
            raise InvalidAnswersError(f"Colonne « {name} » : {length} valeurs pour {answers.n} réponses.")
    weights = None if options.weights is None else np.asarray(options.weights, dtype=float)
    if weights is not None and not (
        np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0
    ):
        raise InvalidAnswersError("Les pondérations doivent être des nombres positifs.")
    structures = None if options.structure is None else np.asarray(options.structure.stated())
    return Group(answers, options, structures, weights, options.population)


def finite(value: float | None) -> float | None:
    """A float for JSON: None for None, nan and infinities."""
    return None if value is None or not math.isfinite(value) else float(value)


def pair(lo: float, hi: float) -> list[float] | None:
    """An interval for JSON, None when an end is undefined."""
    return [float(lo), float(hi)] if math.isfinite(lo) and math.isfinite(hi) else None


Json = dict[str, Any]

"""What is counted, whoever counts: answers by group and question, and sums of products of scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.answers import Floats
from labqvt_stats.errors import InvalidAnswersError

Codes = NDArray[np.signedinteger]


@dataclass(frozen=True, eq=False)
class Coded:
    """One column: (n,) codes from 0 to ``size`` - 1, -1 where there is none (small signed integers).

    ``values`` gives the score of each code, (size,) with ``nan`` for a code without score; empty for an attribute.
    """

    codes: Codes
    size: int
    values: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Snapshot:
    """Columns of n people: questions to count, and attributes to count them by.

    Raises
    ------
    InvalidAnswersError
        Columns of different lengths, a code out of its range, or a name used twice.
    """

    questions: Mapping[str, Coded]
    attributes: Mapping[str, Coded]

    def __post_init__(self) -> None:
        columns = {**self.questions, **self.attributes}
        if len(columns) != len(self.questions) + len(self.attributes):
            raise InvalidAnswersError("Une colonne porte le nom d’une autre.")
        if len({len(column.codes) for column in columns.values()}) > 1:
            raise InvalidAnswersError("Les colonnes n’ont pas toutes la même longueur.")
        for name, column in columns.items():
            if len(column.codes) and not -1 <= column.codes.min() <= column.codes.max() < column.size:
                raise InvalidAnswersError(
                    f"Colonne « {name} » : un code n’est pas entre 0 et {column.size - 1}."
                )
            if column.values and len(column.values) != column.size:
                raise InvalidAnswersError(f"Colonne « {name} » : il faut une valeur par code.")

    @property
    def n(self) -> int:
        """Number of people."""
        return next(
            (len(column.codes) for column in (*self.questions.values(), *self.attributes.values())), 0
        )


Counts = Mapping[tuple[str, str], NDArray[np.int64]]
"""(attribute, question) -> (groups + 1, codes + 1) people; the last row and the last column are those of no code.

The attribute "" is everybody, in one row followed by an empty one.
"""


@dataclass(frozen=True, eq=False)
class Products:
    """Sums over people who have a score on both questions of a pair, all (k, k), in the order of ``questions``.

    n : how many; first : sum of the row's score; second : sum of the column's; both : sum of their product.
    """

    questions: tuple[str, ...]
    n: NDArray[np.int64]
    first: Floats
    second: Floats
    both: Floats

    def covariances(self) -> Floats:
        """(k, k) covariances with divisor n - 1, each on the people who have both scores; ``nan`` under two."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = np.where(
                self.n > 1, (self.both - self.first * self.second / self.n) / (self.n - 1), np.nan
            )
        return found


class Aggregator(Protocol):
    """Counts a snapshot. Same numbers from every implementation: counts exactly, sums to 1e-9."""

    def counts(
        self,
        by: Sequence[str],
        questions: Sequence[str] | None = None,
        where: Mapping[str, int] | None = None,
    ) -> Counts:
        """Tables of the questions (all of them by default) by each attribute of ``by``.

        ``where`` keeps the people who have this code on each attribute it names.
        """

    def products(self, where: Mapping[str, int] | None = None) -> Products:
        """Sums of products of the questions that have scores."""


def sums_of(counts: NDArray[np.int64], values: Sequence[float]) -> tuple[NDArray[np.int64], Floats, Floats]:
    """(groups,) number, sum and sum of squares of the scores behind a table of ``Counts`` (its last row left out)."""
    worth = np.asarray(values, dtype=float)
    kept = np.isfinite(worth)
    inside = counts[:-1, :-1][:, kept]
    return inside.sum(axis=1), inside @ worth[kept], inside @ worth[kept] ** 2

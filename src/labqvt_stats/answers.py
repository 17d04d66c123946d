"""What was answered: one matrix of code positions, and columns describing the people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.errors import InvalidAnswersError
from labqvt_stats.instrument import CLASSES, Instrument

NO_ANSWER = -1
NOT_STATED = "non renseigné"
Positions = NDArray[np.int16]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of ``n`` people to the ``k`` items of an instrument.

    Parameters
    ----------
    instrument : Instrument
    positions : (n, k) array of int16
        Position of the answer in ``Item.codes``; -1 when there is none. Positions, not values: nominal
        items, codes without value and labels then need no special case, and counting is a ``bincount``.

    Raises
    ------
    InvalidAnswersError
        The shape does not fit the instrument, or a position is not that of a code.
    """

    instrument: Instrument
    positions: Positions

    def __post_init__(self) -> None:
        k = len(self.instrument.items)
        if self.positions.ndim != 2 or self.positions.shape[1] != k:
            raise InvalidAnswersError(
                f"Il faut une colonne par question : {k} attendues, {self.positions.shape} reçues."
            )
        sizes = np.array([len(item.codes) for item in self.instrument.items])
        if self.n and ((self.positions < NO_ANSWER) | (self.positions >= sizes)).any():
            raise InvalidAnswersError("Une réponse n’est pas un code de sa question.")

    @classmethod
    def from_codes(cls, instrument: Instrument, columns: Mapping[str, Sequence[str | None]]) -> "Answers":
        """Read answers given as codes, column by column.

        Parameters
        ----------
        columns : mapping item id -> n codes
            None or "" is no answer.

        Raises
        ------
        InvalidAnswersError
            A column is missing, columns differ in length, or a code is unknown (the sentence names the
            question, the row counted from 1, and the code).
        """
        if missing := [item.id for item in instrument.items if item.id not in columns]:
            raise InvalidAnswersError(f"Colonne absente des réponses : {', '.join(missing)}.")
        if len(lengths := {len(columns[item.id]) for item in instrument.items}) != 1:
            raise InvalidAnswersError("Les colonnes de réponses n’ont pas toutes la même longueur.")
        positions = np.full((lengths.pop(), len(instrument.items)), NO_ANSWER, dtype=np.int16)
        for column, item in enumerate(instrument.items):
            known: dict[str | None, int] = {code: place for place, code in enumerate(item.codes)}
            known |= {None: NO_ANSWER, "": NO_ANSWER}
            try:
                positions[:, column] = [known[code] for code in columns[item.id]]
            except KeyError as unknown:
                row = list(columns[item.id]).index(unknown.args[0]) + 1
                raise InvalidAnswersError(
                    f"Question « {item.id} », réponse n° {row} : code inconnu « {unknown.args[0]} »."
                ) from None
        return cls(instrument, positions)

    @property
    def n(self) -> int:
        """Number of people."""
        return int(self.positions.shape[0])

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Answers":
        """The answers of some people (boolean mask of length n, or row numbers)."""
        return Answers(self.instrument, self.positions[rows])

    def code_counts(self, column: int) -> NDArray[np.intp]:
        """Number of people per code of the item in ``column``: shape (number of codes,)."""
        given = self.positions[:, column]
        return np.bincount(given[given >= 0], minlength=len(self.instrument.items[column].codes))

    def class_counts(self, column: int) -> dict[str, int]:
        """Number of people per class of the item in ``column``; they sum to n."""
        item = self.instrument.items[column]
        counts = dict.fromkeys(CLASSES, 0)
        for code, number in zip(item.codes, self.code_counts(column), strict=True):
            counts[item.class_of(code)] += int(number)
        counts["none"] += self.n - sum(counts.values())
        return counts


@dataclass(frozen=True, eq=False)
class Column:
    """One attribute of the people: ``name`` and ``n`` values (None: not stated).

    ``order`` lists the values of an ordered attribute (age classes, tenure) from one end to the other;
    neighbours may then be merged. Without it, only the smallest values are merged together.
    """

    name: str
    values: Sequence[str | None]
    order: tuple[str, ...] | None = None

    def stated(self) -> list[str]:
        """The n values, "non renseigné" standing for None and ""."""
        return [value or NOT_STATED for value in self.values]

"""The reference: numpy alone, packed codes and one ``bincount`` per pack."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.aggregation.contract import Coded, Codes, Counts, Products, Snapshot
from labqvt_stats.aggregation.packs import Pack, plan, unpack
from labqvt_stats.answers import Floats
from labqvt_stats.errors import InvalidAnswersError

_MOST_STEPS = 15
_WHOLE = 1e-9
_ROWS_AT_ONCE = 1 << 16  # times 15 squared, below the 24 bits of a single float
_EVERYBODY = ""


class PackedAggregator:
    """Counts of a snapshot held in memory.

    Parameters
    ----------
    snapshot : Snapshot
    threads : int
        ``bincount`` runs outside the interpreter's lock: two threads count 1.5 times faster than one.
    """

    def __init__(self, snapshot: Snapshot, threads: int = 2) -> None:
        self.snapshot = snapshot
        self.threads = threads

    def counts(
        self,
        by: Sequence[str],
        questions: Sequence[str] | None = None,
        where: Mapping[str, int] | None = None,
    ) -> Counts:
        """See ``Aggregator``."""
        kept = self._rows(where)
        asked = {
            name: self._column(name, kept, self.snapshot.questions)
            for name in questions or self.snapshot.questions
        }
        everybody = Coded(np.zeros(self.snapshot.n if kept is None else len(kept), dtype=np.int8), 1)
        grouped = {
            name: everybody if name == _EVERYBODY else self._column(name, kept, self.snapshot.attributes)
            for name in by
        }
        n = len(everybody.codes)
        packs = plan(
            {k: c.size + 1 for k, c in asked.items()}, {k: c.size + 1 for k, c in grouped.items()}, n
        )
        outers = {pack: _packed([grouped[name] for name in pack]) for pack in packs[1]}
        found: dict[tuple[str, str], NDArray[np.int64]] = {}

        def count(pack: Pack) -> None:
            questions_of = {name: asked[name].size + 1 for name in pack}
            inner = _packed([asked[name] for name in pack])
            width = int(np.prod(list(questions_of.values())))
            for together, outer in outers.items():
                attributes = {name: grouped[name].size + 1 for name in together}
                codes = np.multiply(outer, width, dtype=np.intp)
                codes += inner
                table = np.bincount(codes, minlength=width * int(np.prod(list(attributes.values()))))
                for attribute, question, part in unpack(table, attributes, questions_of):
                    found[attribute, question] = part

        if self.threads > 1:
            with ThreadPoolExecutor(self.threads) as pool:
                list(pool.map(count, packs[0]))
        else:
            for pack in packs[0]:
                count(pack)
        return {(b, q): found[b, q] for b in by for q in asked}

    def products(self, where: Mapping[str, int] | None = None) -> Products:
        """See ``Aggregator``. Three matrix products over blocks of people; double precision throughout."""
        kept = self._rows(where)
        names = tuple(name for name, column in self.snapshot.questions.items() if column.values)
        columns = [self._column(name, kept, self.snapshot.questions) for name in names]
        scales = [_Steps.of(column.values) for column in columns]
        k, n = len(names), self.snapshot.n if kept is None else len(kept)
        exact = all(scale.step for scale in scales)
        rows = _ROWS_AT_ONCE if exact else _ROWS_AT_ONCE >> 4
        number, first, both = (np.zeros((k, k)) for _ in range(3))
        for start in range(0, n, rows):
            steps: NDArray[np.floating] = np.stack(
                [scale.read(c.codes[start : start + rows]) for scale, c in zip(scales, columns, strict=True)]
            )
            steps = steps.astype(np.float32 if exact else np.float64)
            known = np.isfinite(steps).astype(steps.dtype)
            steps = np.nan_to_num(steps, copy=False)
            number += known @ known.T
            first += steps @ known.T
            both += steps @ steps.T
        low, step = (np.array([getattr(scale, part) for scale in scales]) for part in ("low", "factor"))
        sums = low[:, None] * number + step[:, None] * first
        second = sums.T
        crossed = (
            step[:, None] * step * both + low[:, None] * second + low * sums - np.outer(low, low) * number
        )
        return Products(names, np.rint(number).astype(np.int64), sums, second.copy(), crossed)

    def _rows(self, where: Mapping[str, int] | None) -> NDArray[np.intp] | None:
        if not where:
            return None
        kept: NDArray[np.intp] | None = None
        for name, code in where.items():
            column = self._column(name, kept, self.snapshot.attributes).codes
            inside = np.flatnonzero(column == code)
            kept = inside if kept is None else kept[inside]
        return kept

    def _column(self, name: str, kept: NDArray[np.intp] | None, among: Mapping[str, Coded]) -> Coded:
        if name not in among:
            raise InvalidAnswersError(f"Colonne inconnue : « {name} ».")
        column = among[name]
        return column if kept is None else Coded(column.codes[kept], column.size, column.values)


@dataclass(frozen=True, eq=False)
class _Steps:
    """Scores as whole steps from the lowest one, when they are: sums of their products are then exact in 24 bits.

    ``step`` is 0 when they are not; ``table`` holds steps, or the scores themselves, and nan last for no code.
    """

    low: float
    step: float
    table: Floats

    @classmethod
    def of(cls, values: Sequence[float]) -> "_Steps":
        known = np.unique([value for value in values if np.isfinite(value)])
        step = float(np.diff(known).min()) if len(known) > 1 else 1.0
        low = float(known[0]) if len(known) else 0.0
        table = np.append(np.asarray(values, dtype=float), np.nan)
        steps = (table - low) / step
        whole = np.nanmax(np.abs(steps - np.rint(steps)), initial=0) < _WHOLE
        if not whole or np.nanmax(steps, initial=0) > _MOST_STEPS:
            return cls(0.0, 0.0, table)
        return cls(low, step, np.rint(steps))

    @property
    def factor(self) -> float:
        """What one unit of the table is worth."""
        return self.step or 1.0

    def read(self, codes: Codes) -> NDArray[np.floating]:
        """Steps of people's codes; code -1 reads the last entry, which is nan."""
        table: NDArray[Any] = self.table.astype(np.float32 if self.step else np.float64)
        found: NDArray[np.floating] = table[codes]
        return found


def _packed(columns: Sequence[Coded]) -> NDArray[np.int32]:
    """One code per person for all the columns, the first one counting most; no code is the last of each."""
    found: NDArray[np.int32] | None = None
    for column in columns:
        codes = np.where(column.codes < 0, column.size, column.codes).astype(np.int32)
        if found is None:
            found = codes
        else:
            found *= column.size + 1
            found += codes
    assert found is not None
    return found

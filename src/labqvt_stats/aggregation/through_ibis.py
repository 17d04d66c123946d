"""The same contract on a table that stays where it is: DuckDB, Spark, Trino… through Ibis.

Optional (``pip install labqvt[ibis]``): the reference in numpy is enough up to some millions of people. The engine
groups by packs of columns and only their tables come back.
"""

import functools
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from labqvt_stats.aggregation.contract import Counts, Products
from labqvt_stats.aggregation.packs import Pack, plan, unpack
from labqvt_stats.errors import InvalidAnswersError

_EVERYBODY = ""


@dataclass(frozen=True, slots=True)
class ColumnInfo:
    """Number of codes of a column of the table, and their scores (empty for an attribute). Null or -1: no code."""

    size: int
    values: tuple[float, ...] = ()


class IbisAggregator:
    """Counts of a table expression.

    Parameters
    ----------
    table : ibis.Table, one row per person, integer codes
    questions, attributes : name of column -> ColumnInfo

    Raises
    ------
    InvalidAnswersError
        A column that the table does not have.
    """

    def __init__(
        self, table: Any, questions: Mapping[str, ColumnInfo], attributes: Mapping[str, ColumnInfo]
    ) -> None:
        if missing := [name for name in (*questions, *attributes) if name not in table.columns]:
            raise InvalidAnswersError(f"Colonne inconnue : « {', '.join(missing)} ».")
        self.table, self.questions, self.attributes = table, questions, attributes

    def counts(
        self,
        by: Sequence[str],
        questions: Sequence[str] | None = None,
        where: Mapping[str, int] | None = None,
    ) -> Counts:
        """See ``Aggregator``."""
        table = self._kept(where)
        names = list(questions or self.questions)
        if unknown := ({*by} - {_EVERYBODY} - {*self.attributes}) | ({*names} - {*self.questions}):
            raise InvalidAnswersError(f"Colonne inconnue : « {', '.join(sorted(unknown))} ».")
        asked = {name: self.questions[name].size + 1 for name in names}
        grouped = {name: 2 if name == _EVERYBODY else self.attributes[name].size + 1 for name in by}
        packs = plan(asked, grouped, int(table.count().execute()))
        found: dict[tuple[str, str], NDArray[np.int64]] = {}
        for pack in packs[0]:
            for together in packs[1]:
                attributes, inside = {n: grouped[n] for n in together}, {n: asked[n] for n in pack}
                counted = self._grouped(table, together, pack, attributes | inside)
                for attribute, question, part in unpack(counted, attributes, inside):
                    found[attribute, question] = part
        return {(b, q): found[b, q] for b in by for q in names}

    def products(self, where: Mapping[str, int] | None = None) -> Products:
        """See ``Aggregator``. One query per question, against itself and those after it."""
        table = self._kept(where)
        scored = {name: info for name, info in self.questions.items() if info.values}
        scores = table.select(**{name: _score(table[name], info) for name, info in scored.items()})
        names, k = tuple(scored), len(scored)
        sums = {part: np.zeros((k, k)) for part in ("n", "first", "second", "both")}
        for i, name in enumerate(names):
            asked: dict[str, Any] = {}
            for j in range(i, k):
                x, y = scores[name], scores[names[j]]
                both = x.notnull() & y.notnull()
                asked |= {
                    f"n{j}": both.sum(),
                    f"first{j}": x.sum(where=both),
                    f"second{j}": y.sum(where=both),
                    f"both{j}": (x * y).sum(),
                }
            row = scores.aggregate(**asked).to_pyarrow().to_pylist()[0]
            for j in range(i, k):
                for part, turned in (("n", "n"), ("first", "second"), ("second", "first"), ("both", "both")):
                    value = float(row[f"{part}{j}"] or 0)
                    sums[part][i, j] = value
                    sums[turned][j, i] = value
        return Products(
            names, np.rint(sums["n"]).astype(np.int64), sums["first"], sums["second"], sums["both"]
        )

    def _kept(self, where: Mapping[str, int] | None) -> Any:
        if unknown := {*(where or {})} - {*self.attributes}:
            raise InvalidAnswersError(f"Colonne inconnue : « {', '.join(sorted(unknown))} ».")
        conditions = [self.table[name] == code for name, code in (where or {}).items()]
        return self.table.filter(functools.reduce(operator.and_, conditions)) if conditions else self.table

    def _grouped(self, table: Any, together: Pack, pack: Pack, sizes: Mapping[str, int]) -> NDArray[np.int64]:
        """The table of a pack, on the axes of its columns; everybody is one more axis, filled at its first place."""
        columns = [name for name in (*together, *pack) if name != _EVERYBODY]
        rows = table.group_by(columns).aggregate(people__=table.count()).to_pyarrow()
        counted = np.zeros(tuple(sizes.values()), dtype=np.int64)
        axes = []
        for name in sizes:
            if name == _EVERYBODY:
                axes.append(np.zeros(rows.num_rows, dtype=np.intp))
                continue
            codes = np.array(
                [-1 if code is None else code for code in rows.column(name).to_pylist()], dtype=np.intp
            )
            axes.append(np.where(codes < 0, sizes[name] - 1, codes))
        np.add.at(counted, tuple(axes), rows.column("people__").to_numpy())
        return counted.ravel()


def _score(column: Any, info: ColumnInfo) -> Any:
    """The score of each code of a column, null where there is none."""
    import ibis  # noqa: PLC0415 — an optional dependency

    found = ibis.null("float64")
    for code, value in enumerate(info.values):
        if np.isfinite(value):
            found = (column == code).ifelse(float(value), found)
    return found

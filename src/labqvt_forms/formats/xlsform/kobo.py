"""What only KoboToolbox writes (scores, rankings by level, matrices), turned into ordinary XLSForm rows.

The questions bear the names KoboToolbox gives to the columns of its answers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from labqvt_forms.errors import QuestionnaireError, placed
from labqvt_forms.formats.xlsform.columns import Record
from labqvt_forms.notices import Notices

_BEGINS = {"begin_score": "kobo_score_choices", "begin_rank": "kobo_rank_items"}
_INSIDE = {"begin_score": "score__row", "begin_rank": "rank__level"}
MATRIX = "begin_kobomatrix"


def plain_rows(rows: Sequence[Record], choices: Sequence[Record], notices: Notices) -> Iterator[Record]:
    """Yield the rows of the sheet with Kobo's own constructs spelt out."""
    waiting = iter(rows)
    for record in waiting:
        kind = _word(record)
        if kind in _BEGINS:
            yield from _listed(
                kind, record, _until(f"end_{kind.removeprefix('begin_')}", record, waiting), notices
            )
        elif kind == MATRIX:
            columns = _until("end_kobomatrix", record, waiting)
            yield from _matrix(record, columns, choices)
        else:
            yield record


def _word(record: Record) -> str:
    return record["type"].strip().lower()


def _until(end: str, begin: Record, waiting: Iterator[Record]) -> list[Record]:
    inside: list[Record] = []
    for record in waiting:
        if _word(record) == end:
            return inside
        inside.append(record)
    with placed(begin.place):
        raise QuestionnaireError(f"« {begin['name']} » n’est jamais fermé : ajoutez « {end} ».")


def _listed(kind: str, begin: Record, inside: list[Record], notices: Notices) -> Iterator[Record]:
    """A score is a table of statements on one list; a ranking, one question a level on one list."""
    list_name = begin[_BEGINS[kind]]
    with placed(begin.place):
        if not list_name:
            raise QuestionnaireError(f"la colonne de la liste de choix de « {begin['name']} » est vide.")
    if kind == "begin_rank":
        notices.add(
            f"le classement « {begin['name']} » est lu comme une question par rang.", begin.at("type")
        )
    appearance = "table-list" if kind == "begin_score" else ""
    yield _as(begin, "begin group", appearance=appearance, required="")
    for record in inside:
        if _word(record) == _INSIDE[kind]:
            required = record["required"] or begin["required"]
            yield _as(record, f"select_one {list_name}", required=required)
        else:
            yield record
    yield _end(begin)


def _matrix(begin: Record, columns: list[Record], choices: Sequence[Record]) -> Iterator[Record]:
    """One group a column, one question a line: ``<matrix>_<line>_<column>``."""
    lines = [choice for choice in choices if choice["list_name"] == begin["kobo_matrix_list"]]
    with placed(begin.place):
        if not lines:
            raise QuestionnaireError(
                f"la liste des lignes « {begin['kobo_matrix_list']} » n’existe pas dans la feuille « choices »."
            )
    yield _as(begin, "begin group", required="")
    for column in columns:
        table = "table-list" if _word(column).startswith("select_one") else ""
        name = f"{begin['name']}_{column['name']}"
        yield _as(column, "begin group", name=name, appearance=table, required="", constraint="")
        for line in lines:
            cells = column.cells | {
                "name": f"{begin['name']}_{line['name']}_{column['name']}",
                "appearance": "",
            }
            yield replace(column, cells=cells, texts=line.texts)
        yield _end(column)
    yield _end(begin)


def _as(record: Record, kind: str, **cells: str) -> Record:
    return replace(record, cells=record.cells | {"type": kind} | cells)


def _end(begin: Record) -> Record:
    return Record(begin.place, {"type": "end group"})

"""Read a file of answers against its questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from labqvt_forms.answers.decoding import BLANKS, TICKED, UNTICKED, Column, decode, several
from labqvt_forms.answers.matching import Match, fold, match_columns
from labqvt_forms.answers.sources import RawTable, load
from labqvt_forms.answers.table import AnswerTable, Cell
from labqvt_forms.errors import AnswersError, Place, placed
from labqvt_forms.items import Kind
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Questionnaire, Variable

MAY_BE_ABSENT = frozenset({Kind.TEXT, Kind.FILE, Kind.LANGUAGE, Kind.DATE})
"""An anonymous export leaves these out: their absence is said, not refused."""


def read_answers(
    path: str | Path, questionnaire: Questionnaire, *, extra_columns: Sequence[str] = ()
) -> AnswerTable:
    """Read answers from CSV (any dialect), XLSX, XLS, SAV, Parquet or LimeSurvey JSON.

    Parameters
    ----------
    path
        The file; recognised by its content.
    questionnaire
        What the columns answer to; codes or labels are accepted, column by column.
    extra_columns
        Other columns to keep, by their header, as written (``AnswerTable.extra``).

    Raises
    ------
    FormError
        Unreadable file, column missing, unknown code: one sentence with row, column and value.
    """
    path = Path(path)
    with placed(Place(file=path.name)):
        return decode_answers(load(path), questionnaire, extra_columns=extra_columns)


def decode_answers(
    table: RawTable, questionnaire: Questionnaire, *, extra_columns: Sequence[str] = ()
) -> AnswerTable:
    """Do the same from a table already loaded."""
    if not questionnaire.answer_variables:
        raise AnswersError("le questionnaire n’a aucune question à laquelle répondre.")
    table, matches = _with_code_row(table, questionnaire)
    if table.n == 0:
        raise AnswersError("ce fichier ne contient aucune réponse : seulement des titres de colonnes.")
    notices = Notices()
    _refuse_missing(matches, table, notices)
    columns = {id_: _cells(match, table) for id_, match in matches.items()}
    extra = {name: table.columns[_position(name, table)] for name in extra_columns}
    return AnswerTable(table.n, columns, extra, notices.sentences)


def _with_code_row(table: RawTable, questionnaire: Questionnaire) -> tuple[RawTable, dict[str, Match]]:
    """Match the columns; when the first line under the headers holds the codes (LimeSurvey VV), use it."""
    matches = match_columns(table, questionnaire)
    if table.n == 0:
        return table, matches
    second = tuple(column[0] for column in table.columns)
    below = replace(
        table,
        headers=list(second),
        columns=[column[1:] for column in table.columns],
        n=table.n - 1,
        first_row=table.first_row + 1,
        second_headers=tuple(table.headers),
    )
    ids = {fold(variable.id) for variable in questionnaire.answer_variables}
    if sum(fold(cell) in ids for cell in second) > max(2, len(ids) // 3):
        return below, match_columns(below, questionnaire)
    return table, matches


def _refuse_missing(matches: dict[str, Match], table: RawTable, notices: Notices) -> None:
    missing = [match.variable for match in matches.values() if not match.found]
    if len(missing) == len(matches):
        shown = ", ".join(table.headers[:6])
        wanted = ", ".join(list(matches)[:6])
        raise AnswersError(
            f"aucune question du questionnaire n’y a sa colonne (colonnes trouvées : {shown}… ; "
            f"attendues : {wanted}…). Ce fichier ne va pas avec ce questionnaire."
        )
    refused = [variable for variable in missing if variable.kind not in MAY_BE_ABSENT]
    if refused:
        names = ", ".join(f"« {variable.id} »" for variable in refused[:5])
        more = f" et {len(refused) - 5} autres" if len(refused) > 5 else ""
        raise AnswersError(
            f"il manque la colonne de {names}{more} : ajoutez-la, vide si personne n’a répondu."
        )
    for variable in missing:
        notices.add(f"la question « {variable.id} » n’a pas de colonne : elle est lue comme sans réponse.")


def _cells(match: Match, table: RawTable) -> tuple[Cell, ...]:
    if match.whole is not None:
        return decode(match.variable, _column(table, match.whole))
    if not match.parts:
        return (None,) * table.n
    if match.variable.kind is Kind.RANKING:
        return _ranked(match, table)
    return _ticked(match, table)


def _column(table: RawTable, position: int) -> Column:
    header = table.headers[position]
    labels = table.labels.get(header) if table.labels else None
    return Column(header, table.columns[position], table.first_row, labels)


def _ticked(match: Match, table: RawTable) -> tuple[Cell, ...]:
    """Join the option columns of a multiple choice: 1/0, Y/blank, Oui/Non, the option's code or label."""
    variable = match.variable
    assert variable.choices is not None
    order = {choice.code: rank for rank, choice in enumerate(variable.choices.choices)}
    ticks: list[list[str]] = [[] for _ in range(table.n)]
    for code, position in match.parts.items():
        column = _column(table, position)
        ticked = {text: _is_ticked(text, code, variable, column) for text in dict.fromkeys(column.cells)}
        for row, text in zip(ticks, column.cells, strict=True):
            if ticked[text]:
                row.append(code)
    return tuple(several(row, variable, order) if row else None for row in ticks)


def _is_ticked(text: str, code: str, variable: Variable, column: Column) -> bool:
    assert variable.choices is not None
    folded = fold(text.removesuffix(".0"))
    choice = next(choice for choice in variable.choices.choices if choice.code == code)
    if folded in TICKED or folded == fold(code) or any(folded == fold(label) for _, label in choice.label):
        return True
    if folded in UNTICKED or folded in BLANKS:
        return False
    raise AnswersError(
        f"« {text} » : écrivez 1 si « {code} » est coché, 0 sinon.",
        column.place(text),
    )


def _ranked(match: Match, table: RawTable) -> tuple[Cell, ...]:
    """Join the rank columns of a ranking, first rank first."""
    variable = match.variable
    assert variable.choices is not None
    order = {choice.code: rank for rank, choice in enumerate(variable.choices.choices)}
    by_rank = [decode(variable, _column(table, position)) for position in match.parts.values()]
    rows = zip(*by_rank, strict=True)
    return tuple(several([cell for cell in row if isinstance(cell, str)], variable, order) for row in rows)


def _position(name: str, table: RawTable) -> int:
    for headers in (table.headers, table.second_headers):
        if name in headers:
            return list(headers).index(name)
    folded = [fold(header) for header in table.headers]
    if fold(name) in folded:
        return folded.index(fold(name))
    shown = ", ".join(table.headers[:12])
    raise AnswersError(f"la colonne « {name} » n’existe pas. Colonnes du fichier : {shown}.")

"""Read a file of answers against its questionnaire."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from labqvt_forms.answers.asking import conditional
from labqvt_forms.answers.decoding import (
    BLANKS,
    TICKED,
    UNTICKED,
    Column,
    declines,
    decode,
    several,
)
from labqvt_forms.answers.guarding import unguarded
from labqvt_forms.answers.identifying import identifying
from labqvt_forms.answers.layout import MAY_BE_ABSENT, limesurvey_vv, ours
from labqvt_forms.answers.matching import LONGEST_PATH, Match, fold, match_columns
from labqvt_forms.answers.raw import RawTable
from labqvt_forms.answers.sources import load
from labqvt_forms.answers.table import DECLINED, NOT_ASKED_CODE, OTHER, AnswerTable, Cell
from labqvt_forms.errors import AnswersError, Place, placed
from labqvt_forms.items import Kind, MultipleChoice
from labqvt_forms.notices import Notices, some
from labqvt_forms.questionnaire import Questionnaire

LONGEST_SHOWN = 80
"""A sentence that cites a header cites its beginning."""


def read_answers(
    path: str | Path, questionnaire: Questionnaire, *, extra_columns: Sequence[str] = ()
) -> AnswerTable:
    """Read answers from CSV (any dialect), XLSX, XLS, SAV, Parquet, LimeSurvey JSON, VV or archive (.lsa).

    Parameters
    ----------
    path
        The file; recognised by its content.
    questionnaire
        What the columns answer to; codes or labels are accepted, column by column.
    extra_columns
        Other columns to keep, by their header, as written (``AnswerTable.extra``). Those that tell who answered,
        from where or when are refused when the questionnaire is anonymous: dropping what was asked for by name
        would break the caller without saying why.

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
    rest = _unused(table, matches)
    if questionnaire.anonymous:
        _drop_identifying(table, rest, extra_columns, notices)
    _tell_homeless(table, rest, questionnaire, notices)
    asked_always = conditional(questionnaire)
    columns = {id_: _cells(match, table, id_ in asked_always) for id_, match in matches.items()}
    extra = {name: _extra(name, table) for name in extra_columns}
    asked_for = {_position(name, table) for name in extra_columns}
    unread = tuple(table.headers[position] for position in rest if position not in asked_for)
    return AnswerTable(table.n, columns, extra, notices.sentences, unread)


def _unused(table: RawTable, matches: dict[str, Match]) -> list[int]:
    """Positions of the filled columns no question uses."""
    used: set[int] = set().union(*(match.positions for match in matches.values()))
    return [position for position, cells in enumerate(table.columns) if position not in used and any(cells)]


def _tell_homeless(table: RawTable, rest: list[int], questionnaire: Questionnaire, notices: Notices) -> None:
    """Name the columns of comments and of the words beside « Autre » of multiple choices: answers have no place for them."""
    stems = [
        re.escape(fold(item.id))
        for item in questionnaire.items
        if getattr(item, "comment", False) or (isinstance(item, MultipleChoice) and item.other)
    ]
    named = re.compile(rf"(?:.*[/-])?(?:{'|'.join(stems)})[\[_/.][^/]*?(?:comment|other)\]?")
    headers = [table.headers[position] for position in rest if len(table.headers[position]) <= LONGEST_PATH]
    homeless = [header for header in headers if stems and named.fullmatch(fold(header))]
    if homeless:
        names = ", ".join(f"« {name} »" for name in homeless)
        notices.add(f"commentaires et précisions « Autre » non repris ({names}).")


def _extra(name: str, table: RawTable) -> tuple[str, ...]:
    cells = table.columns[_position(name, table)]
    return tuple(unguarded(cell) for cell in cells) if table.inert else cells


def _drop_identifying(table: RawTable, rest: list[int], wanted: Sequence[str], notices: Notices) -> None:
    """Take the columns of metadata out of ``rest`` and name them; refuse to keep one asked for."""
    second = table.second_headers or table.headers
    telling = {
        *identifying(table.headers),
        *identifying(second),
    }
    asked_for = [_position(name, table) for name in wanted]
    found = [
        position for position in rest if table.headers[position] in telling or second[position] in telling
    ]
    for position in asked_for:
        if position in found:
            raise AnswersError(
                f"la colonne « {table.headers[position]} » dit qui a répondu, d’où ou quand : elle ne se garde pas, "
                "car l’enquête est anonyme."
            )
    if found:
        names = ", ".join(f"« {table.headers[position]} »" for position in found)
        notices.add(
            f"l’enquête est anonyme : colonnes qui disent qui a répondu, d’où ou quand, écartées ({names})."
        )
    rest[:] = [position for position in rest if position not in found]


def _with_code_row(table: RawTable, questionnaire: Questionnaire) -> tuple[RawTable, dict[str, Match]]:
    """Match the columns; when the first line under the headers holds the codes (LimeSurvey VV), use it."""
    second = [column[0] for column in table.columns] if table.n else []
    filled = [fold(cell) for cell in second if cell]
    # A line of names never says one twice: few lines of answers go further.
    if not filled or len(set(filled)) < len(filled):
        return table, match_columns(table, questionnaire)
    names = {fold(name) for name in _code_names(questionnaire)}
    if 2 * sum(cell in names for cell in filled) < len(filled):
        return table, match_columns(table, questionnaire)
    below = replace(
        table,
        headers=second,
        columns=[_unescaped(column[1:]) for column in table.columns],
        n=table.n - 1,
        first_row=table.first_row + 1,
        second_headers=tuple(table.headers),
    )
    return below, match_columns(below, questionnaire)


def _code_names(questionnaire: Questionnaire) -> Iterator[str]:
    """Names a line of codes may hold: those of our columns, of LimeSurvey's, and of its metadata."""
    for layout in (ours, limesurvey_vv):
        yield from (column.name for column in layout(questionnaire).fields(questionnaire))
    yield from ("id", "submitdate", "lastpage", "startlanguage", "seed", "token", "startdate", "datestamp")


_VV_SIGNS = {"{lbrace}": "{", "{rbrace}": "}", "{newline}": "\n", "{cr}": "\r", "{tab}": "\t", "{quote}": '"'}
_VV_SIGN = re.compile("|".join(re.escape(name) for name in _VV_SIGNS))


def _unescaped(column: tuple[str, ...]) -> tuple[str, ...]:
    """Give back the signs a VV file names: ``{newline}``, ``{lbrace}``…"""
    return tuple(
        _VV_SIGN.sub(lambda found: _VV_SIGNS[found[0]], cell) if "{" in cell else cell for cell in column
    )


def _refuse_missing(matches: dict[str, Match], table: RawTable, notices: Notices) -> None:
    missing = [match.variable for match in matches.values() if not match.found]
    if len(missing) == len(matches):
        shown = ", ".join(header[:LONGEST_SHOWN] for header in table.headers[:6])
        wanted = ", ".join(list(matches)[:6])
        raise AnswersError(
            f"aucune question du questionnaire n’y a sa colonne (colonnes trouvées : {shown}… ; "
            f"attendues : {wanted}…). Ce fichier ne va pas avec ce questionnaire."
        )
    refused = [variable for variable in missing if variable.kind not in MAY_BE_ABSENT]
    if refused:
        names = some([f"« {variable.id} »" for variable in refused])
        raise AnswersError(f"il manque la colonne de {names} : ajoutez-la, vide si personne n’a répondu.")
    for variable in missing:
        notices.add(f"la question « {variable.id} » n’a pas de colonne : elle est lue comme sans réponse.")


def _cells(match: Match, table: RawTable, conditional: bool) -> tuple[Cell, ...]:
    whole: tuple[Cell, ...] = (None,) * table.n
    if match.whole is not None:
        whole = decode(match.variable, _column(table, match.whole, match, conditional))
        if match.other is not None:
            whole = _with_words(match, whole, _column(table, match.other, match, conditional))
    if not match.parts:
        return _placed(match, table) if match.places else whole
    if match.variable.kind is Kind.RANKING:
        return _ranked(match, table, conditional)
    ticked = _ticked(match, table, conditional)
    return tuple(own if own is not None else parts for own, parts in zip(whole, ticked, strict=True))


def _column(table: RawTable, position: int, match: Match, conditional: bool = False) -> Column:
    header = table.headers[position]
    return Column(
        header,
        table.columns[position],
        table.first_row,
        table.labels.get(header) if table.labels else None,
        (table.missing or {}).get(header, frozenset()),
        match.codes,
        table.inert,
        conditional,
    )


def _with_words(match: Match, cells: tuple[Cell, ...], words: Column) -> tuple[Cell, ...]:
    """Put the words written beside « Autre » in its place."""
    return tuple(
        word
        if cell in (OTHER, None) and (word := words.plain(text.strip())) and fold(word) not in BLANKS
        else cell
        for cell, text in zip(cells, words.cells, strict=True)
    )


def _ticked(match: Match, table: RawTable, conditional: bool) -> tuple[Cell, ...]:
    """Join the option columns of a multiple choice: 1/0, Y/blank, Oui/Non, the option's code or label."""
    variable = match.variable
    assert variable.choices is not None
    order = {choice.code: rank for rank, choice in enumerate(variable.choices.choices)}
    ticks: list[list[str]] = [[] for _ in range(table.n)]
    declined: set[int] = set()
    for code, position in match.parts.items():
        column = _column(table, position, match, conditional)
        meaning = {text: _tick(text, code, match, column) for text in dict.fromkeys(column.cells)}
        for number, text in enumerate(column.cells):
            ticked = meaning[text]
            if ticked is DECLINED:
                declined.add(number)
            elif ticked:
                ticks[number].append(code)
    return tuple(
        several(row, variable, order) if row else DECLINED if number in declined else None
        for number, row in enumerate(ticks)
    )


def _tick(text: str, code: str, match: Match, column: Column) -> Cell | bool:
    """Say whether an option is ticked, or whether the person declined to say."""
    variable = match.variable
    assert variable.choices is not None
    if match.ticked:
        return text == match.ticked
    if text in column.missing:
        return column.said_missing(text)
    folded = fold(text.removesuffix(".0"))
    if folded in TICKED or folded in UNTICKED or folded in BLANKS or folded == NOT_ASKED_CODE:
        return folded in TICKED
    choice = variable.choices.get(code)
    assert choice is not None
    if folded == fold(code) or any(folded == fold(label) for _, label in choice.label):
        return True
    if variable.declinable and declines(text):
        return DECLINED
    raise AnswersError(
        f"« {text} » : écrivez 1 si « {code} » est coché, 0 sinon.",
        column.place(text),
    )


def _ranked(match: Match, table: RawTable, conditional: bool) -> tuple[Cell, ...]:
    """Join the rank columns of a ranking, first rank first."""
    variable = match.variable
    assert variable.choices is not None
    order = {choice.code: rank for rank, choice in enumerate(variable.choices.choices)}
    by_rank = [
        decode(variable, _column(table, position, match, conditional)) for position in match.parts.values()
    ]
    own = variable.choices.declining
    return tuple(
        DECLINED
        if own is None and DECLINED in row
        else several(
            [own.code if own and cell is DECLINED else str(cell) for cell in row if cell], variable, order
        )
        for row in zip(*by_rank, strict=True)
    )


def _placed(match: Match, table: RawTable) -> tuple[Cell, ...]:
    """Put options in the order of the ranks they were given."""
    variable = match.variable
    ranks: list[list[tuple[float, str]]] = [[] for _ in range(table.n)]
    declined: set[int] = set()
    for code, position in match.places.items():
        column = _column(table, position, match)
        for number, text in enumerate(column.cells):
            if text in column.missing:
                if column.said_missing(text) is DECLINED:
                    declined.add(number)
            elif text:
                if not text.removesuffix(".0").isdecimal():
                    raise AnswersError(
                        f"« {text} » n’est pas un rang (« {variable.id} »).", column.place(text)
                    )
                ranks[number].append((float(text), code))
    return tuple(
        several([code for _, code in sorted(row)], variable, {})
        if row
        else DECLINED
        if number in declined
        else None
        for number, row in enumerate(ranks)
    )


def _position(name: str, table: RawTable) -> int:
    for headers in (table.headers, table.second_headers):
        if name in headers:
            return list(headers).index(name)
    folded = [fold(header) for header in table.headers]
    if fold(name) in folded:
        return folded.index(fold(name))
    shown = ", ".join(header[:LONGEST_SHOWN] for header in table.headers[:12])
    raise AnswersError(f"la colonne « {name} » n’existe pas. Colonnes du fichier : {shown}.")

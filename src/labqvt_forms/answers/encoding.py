"""Answers as the texts of one column, in the words of a dialect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from labqvt_forms.answers.layout import FREE_KINDS, Field, Shape
from labqvt_forms.answers.table import NOT_ASKED_CODE, OTHER, Cell
from labqvt_forms.choices import DECLINED_CODE
from labqvt_forms.errors import AnswersError
from labqvt_forms.items import Kind, SingleChoice
from labqvt_forms.questionnaire import Variable

_WORDED = frozenset({*FREE_KINDS, Kind.DATE, Kind.LANGUAGE})


@dataclass(frozen=True, slots=True)
class Words:
    """How a dialect writes what is not an answer; ``codes`` are its words for choices, by variable."""

    ticked: str = "1"
    unticked: str = "0"
    declined: str = DECLINED_CODE
    not_asked: str = NOT_ASKED_CODE
    not_asked_words: str = ""
    """The same, for texts and dates: any code would be taken for words."""
    other: str = OTHER
    decimal: str = "."
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def code(self, variable: Variable, code: str) -> str:
        known = self.codes.get(variable.id)
        return known.get(code, code) if known else code

    def declined_in(self, variable: Variable) -> str:
        """Word for « je préfère ne pas répondre » where the list has no code for it."""
        return self.declined

    def not_asked_in(self, variable: Variable) -> str:
        return self.not_asked_words if variable.kind in _WORDED else self.not_asked


def encode(column: Field, cells: Sequence[Cell], blank: frozenset[int], words: Words) -> list[str]:
    """Write a column: each distinct answer once, then one look-up per cell; ``blank`` rows were not asked."""
    meaning = {cell: _word(column, cell, words) for cell in dict.fromkeys(cells)}
    written = list(map(meaning.__getitem__, cells))
    if blank and column.shape is not Shape.OTHER:
        absent = words.not_asked_in(column.variable)
        for row in blank:
            written[row] = absent
    return written


def codes_of(variable: Variable, cell: str) -> list[str]:
    """Codes of one answer to a multiple choice or a ranking; AnswersError when one is unknown."""
    assert variable.choices is not None
    codes = {choice.code for choice in variable.choices.choices}
    if cell in codes:
        return [cell]
    found = cell.split(" ")
    for code in found:
        if code not in codes:
            raise unknown(cell, variable)
    return found


def unknown(cell: str, variable: Variable) -> AnswersError:
    return AnswersError(
        f"« {cell} » n’est pas une réponse possible à « {variable.id} » : ce tableau de réponses ne va pas avec "
        "ce questionnaire."
    )


def _word(column: Field, cell: Cell, words: Words) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _declined(column, words)
    variable = column.variable
    if variable.kind is Kind.NUMBER:
        return cell.replace(".", words.decimal)
    if variable.choices is None:
        return cell
    if variable.kind in (Kind.MULTIPLE, Kind.RANKING):
        return _several(column, codes_of(variable, cell), words)
    return _chosen(column, cell, words)


def _chosen(column: Field, cell: str, words: Words) -> str:
    variable = column.variable
    assert variable.choices is not None
    known = variable.choices.get(cell) is not None
    if column.shape is Shape.OTHER:
        return "" if known or cell == OTHER else cell
    if not known and not (isinstance(variable.item, SingleChoice) and variable.item.other):
        raise unknown(cell, variable)
    return words.code(variable, cell) if known else words.other


def _several(column: Field, codes: list[str], words: Words) -> str:
    variable = column.variable
    match column.shape:
        case Shape.OPTION:
            return words.ticked if column.part in codes else words.unticked
        case Shape.RANK:
            rank = int(column.part)
            return words.code(variable, codes[rank - 1]) if rank <= len(codes) else ""
        case Shape.PLACE:
            return str(codes.index(column.part) + 1) if column.part in codes else ""
        case _:
            return " ".join(words.code(variable, code) for code in codes)


def _declined(column: Field, words: Words) -> str:
    variable = column.variable
    own = variable.choices.declining if variable.choices is not None else None
    if column.shape is Shape.OTHER:
        return ""
    if own is None:
        return words.declined_in(variable)
    return (
        _several(column, [own.code], words)
        if column.shape is not Shape.WHOLE
        else words.code(variable, own.code)
    )

"""Raw texts of a column as answers of its variable."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from labqvt_forms.answers.guarding import unguarded
from labqvt_forms.answers.matching import fold
from labqvt_forms.answers.moments import moment_reader
from labqvt_forms.answers.table import DECLINED, NOT_ASKED_CODE, OTHER, Cell
from labqvt_forms.choices import DECLINED_CODE, ChoiceList, Role
from labqvt_forms.errors import AnswersError, Place
from labqvt_forms.items import Date, Kind, MultipleChoice, Number, Numbers, SingleChoice
from labqvt_forms.questionnaire import Variable
from labqvt_forms.roles import role_of
from labqvt_forms.text import Text

BLANKS = frozenset(
    {"", "na", "n/a", "#n/a", "#null!", "nan", "null", "none", ".", "{question_not_shown}", "-oth-"}
)
"""What exporters write where nothing was answered, unless the questionnaire has such a code or label."""
TICKED = frozenset({"1", "y", "yes", "oui", "true", "vrai", "x", "o", "ja", "sí", "si"})
UNTICKED = frozenset({"0", "n", "no", "non", "false", "faux"})
_NUMBER = re.compile(r"[-+]?\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?(?:[eE][-+]?\d+)?|[-+]?[.,]\d+")
OTHER_WORDS = frozenset({OTHER, "autre", "other"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column as found in the file, for the sentences about it.

    ``labels`` and ``missing`` (values declared missing) come from SPSS; ``codes`` are the file's own codes of
    choices, to ours; ``inert``: texts may bear an apostrophe that keeps a spreadsheet from running them;
    ``conditional``: the question may not have been asked.
    """

    header: str
    cells: Sequence[str]
    first_row: int
    labels: dict[str, str] | None = None
    missing: frozenset[str] = frozenset()
    codes: dict[str, str] = field(default_factory=dict)
    inert: bool = False
    conditional: bool = False

    def place(self, value: str) -> Place:
        """First place where this value stands."""
        row = next(row for row, cell in enumerate(self.cells) if value in (cell, self.plain(cell)))
        return Place(row=self.first_row + row, column=self.header)

    def plain(self, cell: str) -> str:
        return unguarded(cell) if self.inert else cell

    def said_missing(self, value: str) -> Cell:
        """What a value declared missing means: its label says whether the person declined."""
        label = (self.labels or {}).get(value, "")
        return DECLINED if role_of(Text.of(fr=label.strip())) is Role.DECLINES else None


def decode(variable: Variable, column: Column) -> tuple[Cell, ...]:
    """Decode a whole column: each distinct text once, then one look-up per cell."""
    distinct = list(dict.fromkeys(column.cells))
    read = _reader(variable, column, distinct)
    meaning = {text: read(column.plain(text)) for text in distinct}
    return tuple(map(meaning.__getitem__, column.cells))


Reader = Callable[[str], Cell]


def _reader(variable: Variable, column: Column, distinct: list[str]) -> Reader:
    if variable.kind in (Kind.SINGLE, Kind.YES_NO, Kind.RATING):
        return _choice_reader(variable, column, distinct)
    if variable.kind in (Kind.MULTIPLE, Kind.RANKING):
        return _several_reader(variable, column)
    if variable.kind is Kind.NUMBER:
        return _number_reader(variable, column)
    return _text_reader(variable, distinct)


def _choice_reader(variable: Variable, column: Column, distinct: list[str]) -> Reader:
    assert variable.choices is not None
    codes = _codes(variable.choices, column.codes)
    labels = _labels(variable.choices)
    other = isinstance(variable.item, SingleChoice) and variable.item.other
    filled = [
        text for text in distinct if fold(text) not in BLANKS or fold(text) in codes or fold(text) in labels
    ]
    # A label may be another choice's code (« 1 », « 2 »…): the whole column decides which it holds.
    all_labels = all(fold(text) in labels for text in filled)
    all_codes = all(fold(text) in codes for text in filled)
    first, second = (labels, codes) if all_labels and not all_codes else (codes, labels)

    def read(text: str) -> Cell:
        code = _code(text, first, second)
        label = (column.labels or {}).get(text)
        if code is None and label is not None:
            code = _by_spss_label(label, codes, labels)
        if code is None and variable.kind is Kind.YES_NO:
            code = _by_truth(fold(text), list(codes.values()))
        if code is not None:
            return _cell(code, variable.choices)
        if text in column.missing:
            return column.said_missing(text)
        folded = fold(text)
        if other and fold(label or text) in OTHER_WORDS:
            return OTHER
        if folded in BLANKS or folded == NOT_ASKED_CODE:
            return None
        if variable.declinable and declines(text):
            return DECLINED
        if other:
            return text.strip()
        raise _unknown(text, variable, column)

    return read


def _code(text: str, first: dict[str, str], second: dict[str, str]) -> str | None:
    """Return the code a text stands for: code or label, or a number written otherwise."""
    folded, exact = fold(text), text.strip()
    known = first.get(exact) or first.get(folded) or second.get(exact) or second.get(folded)
    if known is None and _NUMBER.fullmatch(folded):
        known = first.get(plain_number(folded)) or second.get(plain_number(folded))
    return known


def _by_truth(folded: str, codes: list[str]) -> str | None:
    """Read « VRAI », « 1 », « no »… when one code plainly says yes and another no."""
    sides = [next((code for code in codes if fold(code) in words), None) for words in (TICKED, UNTICKED)]
    if None in sides:
        return None
    return sides[0] if folded in TICKED else sides[1] if folded in UNTICKED else None


def _by_spss_label(label: str, codes: dict[str, str], labels: dict[str, str]) -> str | None:
    """Match the label of a value: as it is, as « code : label » (ours when labels are not enough), or cut."""
    if (known := labels.get(fold(label))) is not None:
        return known
    code, mark, _ = label.partition(CODE_MARK)
    if mark and code in codes:
        return codes[code]
    return codes.get(label) or _by_cut_label(label, labels)


CODE_MARK = " : "


def _by_cut_label(cut: str, labels: dict[str, str]) -> str | None:
    """Match a label that an exporter cut short: its beginning must name one choice only."""
    start = fold(cut.removesuffix("…"))
    matching = {
        code
        for label, code in labels.items()
        if label == start or (len(start) >= 6 and label.startswith(start))
    }
    return matching.pop() if len(matching) == 1 else None


def _codes(choices: ChoiceList, theirs: dict[str, str] | None = None) -> dict[str, str]:
    """Codes by their text, then whatever its case; ``theirs``, codes of the file, where ours leave room."""
    found: dict[str, str] = {}
    for choice in choices.choices:
        found.setdefault(fold(choice.code), choice.code)
    found |= {choice.code: choice.code for choice in choices.choices}
    for code, ours in (theirs or {}).items():
        found.setdefault(code, ours)
    return found


def label_codes(choices: ChoiceList, label: str) -> set[str]:
    """Codes a reader may take a label for: as many as it has meanings, none when it names nothing.

    >>> from labqvt_forms import Choice
    >>> choices = ChoiceList("l", (Choice("1", Text.of(fr="2")), Choice("2", Text.of(fr="Oui"))))
    >>> label_codes(choices, "Oui"), sorted(label_codes(choices, "2"))
    ({'2'}, ['1', '2'])
    """
    codes, labels = _codes(choices), _labels(choices)
    found = {codes.get(label), codes.get(fold(label)), labels.get(fold(label))}
    return {code for code in found if code is not None}


def _labels(choices: ChoiceList) -> dict[str, str]:
    """Labels in every language; a label two choices share names neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for choice in choices.choices:
        for _, label in choice.label:
            folded = fold(label)
            if found.setdefault(folded, choice.code) != choice.code:
                shared.add(folded)
    return {label: code for label, code in found.items() if label not in shared}


def _cell(code: str, choices: ChoiceList | None) -> Cell:
    assert choices is not None
    declining = choices.declining
    return DECLINED if declining is not None and declining.code == code else code


def declines(text: str) -> bool:
    return text.strip() == DECLINED_CODE or role_of(Text.of(fr=text.strip())) is Role.DECLINES


def _several_reader(variable: Variable, column: Column) -> Reader:
    """One column for several: codes separated by spaces (ODK), codes or labels by ``;``, ``,`` or ``|``."""
    assert variable.choices is not None
    codes, labels = _codes(variable.choices, column.codes), _labels(variable.choices)
    order = {choice.code: rank for rank, choice in enumerate(variable.choices.choices)}
    other = isinstance(variable.item, MultipleChoice) and variable.item.other

    def read(text: str) -> Cell:
        if fold(text) in {*BLANKS, NOT_ASKED_CODE} and fold(text) not in codes:
            return None
        if variable.declinable and declines(text) and text.strip() not in codes:
            return DECLINED
        for separator in (None, ";", ",", "|"):
            parts = [part for part in text.split(separator) if part.strip()]
            if other:
                parts = [part for part in parts if fold(part) in codes or fold(part) not in OTHER_WORDS]
            found = [
                codes.get(part.strip()) or codes.get(fold(part)) or labels.get(fold(part)) for part in parts
            ]
            known = [code for code in found if code is not None]
            if len(known) == len(found):
                return several(known, variable, order)
        if (whole := labels.get(fold(text))) is not None:
            return several([whole], variable, order)
        raise _unknown(text, variable, column)

    return read


def several(codes: list[str], variable: Variable, order: dict[str, int]) -> Cell:
    """Join codes: in the order of the list when ticked, as given when ranked."""
    unique = list(dict.fromkeys(codes))
    if variable.kind is Kind.MULTIPLE:
        unique.sort(key=order.__getitem__)
    declining = variable.choices.declining if variable.choices else None
    if declining is not None and unique == [declining.code]:
        return DECLINED
    return " ".join(unique) or None


def _number_reader(variable: Variable, column: Column) -> Reader:
    item = variable.item
    whole = isinstance(item, Number | Numbers) and item.integer

    def read(text: str) -> Cell:
        folded = fold(text)
        if folded in BLANKS or (column.conditional and folded == NOT_ASKED_CODE):
            return None
        if text in column.missing:
            return column.said_missing(text)
        # SPSS says itself which numbers mean « declined »: there, -98 is a number like any other.
        if variable.declinable and not column.missing and declines(text):
            return DECLINED
        if _NUMBER.fullmatch(folded):
            number = plain_number(folded)
            if number.lstrip("-") != "inf" and not (whole and "." in number):
                return number
        expected = "un nombre entier" if whole else "un nombre"
        raise AnswersError(f"« {text} » n’est pas {expected} (« {variable.id} »).", column.place(text))

    return read


def plain_number(text: str) -> str:
    """Write a number one way: decimal point, no useless zero.

    >>> plain_number("1 234,50"), plain_number("0.0000000000"), plain_number("+3")
    ('1234.5', '0', '3')
    """
    number = re.sub(r"[ \u00a0\u202f]", "", text).replace(",", ".").removeprefix("+")
    if "e" in number.lower():
        number = format(float(number), "f")
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, decimals = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{sign if whole != '0' or decimals else ''}{whole}{point}{decimals}"


def _text_reader(variable: Variable, distinct: list[str]) -> Reader:
    item = variable.item
    moment = moment_reader(item.precision, distinct) if isinstance(item, Date) else None

    def read(text: str) -> Cell:
        kept = text.strip()
        if moment is not None:
            kept = moment(kept)
        if not kept or kept == "{question_not_shown}":
            return None
        if variable.declinable and declines(kept):
            return DECLINED
        return kept

    return read


def _unknown(text: str, variable: Variable, column: Column) -> AnswersError:
    assert variable.choices is not None
    expected = [choice.code for choice in variable.choices.choices]
    shown = ", ".join(expected[:12]) + ("…" if len(expected) > 12 else "")
    return AnswersError(
        f"« {text} » n’est pas une réponse possible à « {variable.id} » : "
        f"codes attendus {shown} (ou leurs libellés).",
        column.place(text),
    )

"""How SPSS holds a column: numeric codes, value labels, user-missing values, short enough names and labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from labqvt_forms.answers.decoding import CODE_MARK, label_codes, plain_number
from labqvt_forms.answers.dictionary import declined_words, not_asked_words
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.layout import Field, Shape
from labqvt_forms.answers.table import OTHER, Cell
from labqvt_forms.choices import Role
from labqvt_forms.items import Kind, Number, Numbers, SingleChoice
from labqvt_forms.questionnaire import Variable

LONGEST_LABEL: Final = 255
LONGEST_VALUE_LABEL: Final = 120
MOST_MISSING: Final = 3
"""Discrete user-missing values a variable of SPSS may have."""
_CODE = re.compile(r"-?\d{1,9}(?:\.\d{1,4})?")
_PAIRS = ((98, 99), (998, 999), (9998, 9999), (99998, 99999), (999998, 999999), (-98, -99), (-998, -999))


@dataclass(frozen=True, slots=True)
class Coded:
    """Numbers of one variable; ``labels`` are value labels by number, as written."""

    codes: dict[str, str] = field(default_factory=dict)
    declined: str = ""
    not_asked: str = ""
    other: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpssWords(Words):
    """Words of the dialect: numbers chosen variable by variable."""

    coded: dict[str, Coded] = field(default_factory=dict)

    def code(self, variable: Variable, code: str) -> str:
        return self.coded[variable.id].codes[code]

    def declined_in(self, variable: Variable) -> str:
        return self.coded[variable.id].declined or self.declined

    def not_asked_in(self, variable: Variable) -> str:
        return self.coded[variable.id].not_asked


def coded(variable: Variable, cells: Sequence[Cell], language: str, *, conditional: bool) -> Coded:
    """Choose the numbers of a variable.

    Codes that are numbers are kept; the others get the free numbers from 1. « Ne souhaite pas répondre » and
    « non posé » are 98 and 99, or the first pair of 9s no code and no answer takes.
    """
    if variable.kind is Kind.NUMBER:
        return _coded_number(variable, cells, language, conditional=conditional)
    if variable.choices is None:
        return Coded()
    several = variable.kind in (Kind.MULTIPLE, Kind.RANKING)
    return (_coded_several if several else _coded_single)(variable, language, conditional=conditional)


def _coded_single(variable: Variable, language: str, *, conditional: bool) -> Coded:
    assert variable.choices is not None
    codes = _numbers(variable)
    labels = dict(_value_labels(variable, codes, language))
    taken = {float(number) for number in codes.values()}
    other = ""
    if isinstance(variable.item, SingleChoice) and variable.item.other:
        other = _free(set(codes.values()))
        labels[other] = "Other" if language == "en" else "Autre"
        taken.add(float(other))
    declined, not_asked = _pair(taken)
    if (declining := variable.choices.declining) is None:
        labels[declined] = declined_words(language)
    missing = [codes[declining.code] if declining else declined]
    if conditional:
        labels[not_asked] = not_asked_words(language)
        missing.append(not_asked)
    aside = [codes[choice.code] for choice in variable.choices.choices if choice.role is Role.ASIDE]
    missing += aside[: MOST_MISSING - len(missing)]
    return Coded(codes, declined, not_asked if conditional else "", other, labels, tuple(missing))


def _coded_several(variable: Variable, language: str, *, conditional: bool) -> Coded:
    """Options are 0 or 1, ranks go from 1: the codes of the choices are in the names of the columns."""
    assert variable.choices is not None
    highest = 1 if variable.kind is Kind.MULTIPLE else len(variable.choices.choices)
    declined, not_asked = _pair({float(mark) for mark in range(highest + 1)})
    labels = {}
    if variable.kind is Kind.MULTIPLE:
        labels = {"0": "No", "1": "Yes"} if language == "en" else {"0": "Non", "1": "Oui"}
    marks = {}
    if variable.choices.declining is None:
        marks[declined] = declined_words(language)
    if conditional:
        marks[not_asked] = not_asked_words(language)
    return Coded(
        _numbers(variable), declined, not_asked if conditional else "", "", labels | marks, tuple(marks)
    )


def _coded_number(variable: Variable, cells: Sequence[Cell], language: str, *, conditional: bool) -> Coded:
    item = variable.item
    taken = {float(cell) for cell in set(cells) if isinstance(cell, str)}
    bounds = (item.least, item.most) if isinstance(item, Number | Numbers) else (None, None)
    declined, not_asked = _pair(taken, *bounds)
    labels = {declined: declined_words(language)} if variable.declinable else {}
    if conditional:
        labels[not_asked] = not_asked_words(language)
    return Coded(
        declined=declined, not_asked=not_asked if conditional else "", labels=labels, missing=tuple(labels)
    )


def _numbers(variable: Variable) -> dict[str, str]:
    assert variable.choices is not None
    codes = [choice.code for choice in variable.choices.choices]
    kept = {code: code for code in codes if _CODE.fullmatch(code) and plain_number(code) == code}
    taken = set(kept.values())
    for code in codes:
        if code not in kept:
            kept[code] = _free(taken)
            taken.add(kept[code])
    return kept


def _free(taken: set[str]) -> str:
    """First whole number from 1 that nothing takes."""
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def _pair(taken: set[float], least: float | None = None, most: float | None = None) -> tuple[str, str]:
    """Numbers of « declined » and « not asked »; beyond the pairs we know, below every answer."""
    for declined, not_asked in _PAIRS:
        possible = least is not None and most is not None and least <= declined <= most
        if not possible and not taken & {float(declined), float(not_asked)}:
            return str(declined), str(not_asked)
    lowest = int(min(taken))
    return str(lowest - 1), str(lowest - 2)


def _value_labels(variable: Variable, codes: dict[str, str], language: str) -> Iterable[tuple[str, str]]:
    """Labels as they are where each names its choice, cut included; « code : label » where they do not."""
    assert variable.choices is not None
    labels = {choice.code: choice.label.pick(language) for choice in variable.choices.choices}
    short = {code: cut(label, LONGEST_VALUE_LABEL) for code, label in labels.items()}
    clear = len(set(short.values())) == len(short) and all(
        short[code] == label and label_codes(variable.choices, label) == {code}
        for code, label in labels.items()
    )
    kept = all(code == number for code, number in codes.items())
    for code, label in labels.items():
        wanted = label if clear or (kept and label) else f"{code}{CODE_MARK}{label}".removesuffix(CODE_MARK)
        yield codes[code], cut(wanted, LONGEST_VALUE_LABEL)


def cut(text: str, longest: int) -> str:
    """Shorten a text to so many bytes of UTF-8, on a word when one ends near, never inside a character.

    An accent or a sign joined to the letter before it stays with its letter.

    >>> cut("Pas du tout d’accord", 40), cut("Pas du tout d’accord", 16), cut("éééé", 5)
    ('Pas du tout d’accord', 'Pas du tout…', 'é…')
    """
    plain = " ".join(text.split())
    encoded = plain.encode()
    if len(encoded) <= longest:
        return plain
    kept = encoded[: longest - len("…".encode())].decode("utf-8", errors="ignore")
    following = plain[len(kept)]
    while kept and (_joins(following) or kept[-1] == "\u200d"):
        following = kept[-1]
        kept = kept[:-1]
    if not following.isspace():
        before, space, last = kept.rpartition(" ")
        if space and len(last) <= 20 and len(before) >= len(kept) // 2:
            kept = before
    return f"{kept.rstrip()}…"


def _joins(sign: str) -> bool:
    """Say whether a sign only completes the one before it: accent, variation, joiner, skin tone."""
    return (
        bool(unicodedata.combining(sign))
        or sign in "\u200d\ufe0e\ufe0f"
        or "\U0001f3fb" <= sign <= "\U0001f3ff"
    )


def words_of(
    variables: Iterable[Variable],
    columns: dict[str, tuple[Cell, ...]],
    asked_always: frozenset[str],
    language: str,
) -> SpssWords:
    """Choose the numbers of every variable."""
    return SpssWords(
        ticked="1",
        unticked="0",
        other=OTHER,
        coded={
            variable.id: coded(
                variable, columns[variable.id], language, conditional=variable.id in asked_always
            )
            for variable in variables
        },
    )


def is_numeric(column: Field) -> bool:
    """Say whether SPSS holds this column as numbers."""
    return column.shape is not Shape.OTHER and (
        column.variable.choices is not None or column.variable.kind is Kind.NUMBER
    )

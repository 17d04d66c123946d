"""What is drawn for each item: plain data for the template, and what paper cannot do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from labqvt_forms.choices import DECLINED_CODE, Choice, ChoiceList, Role
from labqvt_forms.formats.paper.conditions import ConditionWriter
from labqvt_forms.formats.paper.wording import set_spaces, wording
from labqvt_forms.formats.written import Unseen
from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    FreeTexts,
    Item,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Precision,
    Question,
    Ranking,
    Rating,
    Required,
    Row,
    Rows,
    SingleChoice,
    YesNo,
)
from labqvt_forms.logic import Formula
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Group, Questionnaire
from labqvt_forms.text import Text

MOST_COLUMNS: Final = 9
"""Columns a table of circles holds across a page; beyond, each line lists its own choices."""
MOST_MARKS: Final = 11
LONGEST_IN_BOXES: Final = 20
NUMBER_BOXES: Final = 6
LONGEST_BLOCK: Final = 60
"""Lines, short ones counted too, beyond which a question may go over the page."""
CHARACTERS_OF_HALF_A_LINE: Final = 45
LINES_OF_A_LONG_TEXT: Final = 5
DATE_BOXES: Final[dict[Precision, list[Any]]] = {
    Precision.MONTH: [2, "/", 4],
    Precision.DAY: [2, "/", 2, "/", 4],
    Precision.MINUTE: [2, "/", 2, "/", 4, " ", 2, ":", 2],
    Precision.TIME: [2, ":", 2],
}
REFERENCE: Final = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
Data = dict[str, Any]


class Sheet:
    """The questionnaire in one language, numbered, as data for the template."""

    def __init__(self, questionnaire: Questionnaire, language: str, unseen: Unseen) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.unseen = unseen
        self.words = wording(language)
        self.numbers = _numbers(questionnaire)
        self.conditions = ConditionWriter(questionnaire, self.numbers, language)

    def data(self) -> Data:
        asked = self.questionnaire
        if others := [one for one in asked.languages if one != self.language]:
            self.unseen.add(", ".join(others), ["languages"])
        return {
            "language": self.language,
            "words": {key: self._set(text) for key, text in self.words.items()},
            "title": self._text(asked.title) or asked.id,
            "anonymous": asked.anonymous,
            "about": [text for part in (asked.description, asked.welcome) if (text := self._text(part))],
            "end": self._text(asked.end) or self.words["thanks"],
            "foot": f"{asked.id} · {self.words['version']} {asked.version}",
            "groups": [self._group(group) for group in asked.groups if group.items],
        }

    def _set(self, text: str) -> str:
        return set_spaces(text, self.language)

    def _text(self, text: Text) -> str:
        words = text.pick(self.language, self.questionnaire.language)
        return self._set(REFERENCE.sub(self._recalled, words))

    def _recalled(self, match: re.Match[str]) -> str:
        """Name the question whose answer a screen would put here."""
        self.unseen.add(match[1], ["recalled"])
        return self.words["recalled"].format(self.numbers[match[1]]) if match[1] in self.numbers else "[…]"

    def _group(self, group: Group) -> Data:
        for feature in ("random_order", "random_group"):
            if getattr(group, feature):
                self.unseen.add(group.id, [feature])
        return {
            "title": self._text(group.title),
            "description": self._text(group.description),
            "condition": self._condition(group.relevant, group.id, "group_only_if"),
            "entries": [entry for item in group.items if (entry := self._entry(item)) is not None],
        }

    def _condition(self, formula: Formula | None, about: str, words: str = "only_if") -> str:
        if formula is None:
            return ""
        sentence = self.conditions.sentence(formula)
        # Paper skips nothing by itself; what it cannot even say is quoted as the author wrote it.
        self.unseen.add(about, ["automatic" if sentence else "relevant"])
        return self._set(self.words[words if sentence else "rule"].format(sentence or formula.text))

    # Items

    def _entry(self, item: Item) -> Data | None:
        if isinstance(item, Computed):
            self.unseen.add(item.id, ["formula"])
            return None
        if isinstance(item, LanguageChoice):
            self.unseen.add(item.id, ["language"])
            return None
        said = {
            "label": self._text(item.label),
            "hint": self._text(item.hint),
            "condition": self._condition(item.relevant, item.id),
        }
        if isinstance(item, Note):
            note = {"kind": "note", "long": _lines_of(said) > LONGEST_BLOCK, **said}
            return note if said["label"] or said["hint"] else None
        self._tell_left_out(item)
        body = self._body(item)
        return {
            "kind": "question",
            "id": item.id,
            "number": self.numbers.get(item.id) or _first_number(self.numbers, item),
            "long": _lines_of([said, body]) > LONGEST_BLOCK,
            **said,
            "body": body,
            "declines": self._declines(item),
        }

    def _tell_left_out(self, item: Item) -> None:
        assert isinstance(item, Question)
        left = {
            "required": item.required is Required.SOFT,
            "mandatory": item.required is Required.YES,
            "validation": item.validation is not None,
            "default": bool(item.default),
            "pattern": bool(getattr(item, "pattern", "")),
            "random_order": bool(getattr(item, "random_order", False)),
            "earliest": bool(getattr(item, "earliest", "")),
            "latest": bool(getattr(item, "latest", "")),
            "longest": isinstance(item, FreeText) and (item.longest or 0) > LONGEST_IN_BOXES,
            "file": isinstance(item, FileUpload),
            "exclusive": isinstance(item, MultipleChoice) and any(c.exclusive for c in item.choices.choices),
        }
        self.unseen.add(item.id, [feature for feature, is_left in left.items() if is_left])

    def _declines(self, item: Item) -> Data | None:
        """Return the box of who declines, where neither a choice nor a column of the table is one."""
        choices = getattr(item, "choices", None)
        offered = isinstance(choices, ChoiceList) and choices.declining is not None
        if not isinstance(item, Question) or not item.declinable or offered or isinstance(item, Rows):
            return None
        return {"code": DECLINED_CODE, "label": self.words["declines"]}

    def _body(self, item: Item) -> Data:
        match item:
            case SingleChoice() | YesNo() | MultipleChoice() | Ranking():
                body = self._choices(item)
            case Block():
                body = self._table(item, [("", self._columns(item.choices, item))])
            case DualBlock():
                sides = ((item.first_label, item.first), (item.second_label, item.second))
                body = self._table(
                    item, [(self._text(label), self._columns(choices, item)) for label, choices in sides]
                )
            case Numbers() | FreeTexts():
                body = self._lines(item)
            case Rating():
                body = self._scale(item)
            case _:
                body = self._written(item)
        return body

    def _written(self, item: Item) -> Data:
        """Return the boxes or the lines to write in."""
        parts: list[Any] = []
        unit = told = ""
        count = 1
        match item:
            case Number():
                parts, unit = _number_parts(item), self._text(item.unit)
                told = _told_bounds(self.words, item.least, item.most)
            case Date():
                parts, told = DATE_BOXES[item.precision], self.words[item.precision.value]
            case FileUpload():
                count, told = 0, self.words["file"]
            case FreeText(longest=longest) if longest and longest <= LONGEST_IN_BOXES and not item.long:
                parts = [longest]
            case FreeText(long=True):
                count = LINES_OF_A_LONG_TEXT
        if parts:
            return _boxes(parts, self._set(told), unit)
        return {"kind": "lines", "count": count, "told": self._set(told)}

    def _choices(self, item: SingleChoice | YesNo | MultipleChoice | Ranking) -> Data:
        told = ""
        if isinstance(item, Ranking):
            told = self.words["rank_most"].format(item.most) if item.most else self.words["rank"]
        elif isinstance(item, MultipleChoice):
            bounds = (("several_least", item.least), ("several_most", item.most))
            told = " ".join(self.words[words].format(count) for words, count in bounds if count)
        shape = {MultipleChoice: "square", Ranking: "rank"}.get(type(item), "circle")
        return {
            "kind": "choices",
            "shape": shape,
            "items": [self._choice(choice) for choice in item.choices.choices],
            "other": self.words["other"] if getattr(item, "other", False) else "",
            "comment": self.words["comment"] if getattr(item, "comment", False) else "",
            "told": self._set(told),
        }

    def _choice(self, choice: Choice) -> Data:
        label = self._text(choice.label) or choice.code
        return {"code": choice.code, "label": label, "aside": choice.role is not Role.ANSWER}

    def _columns(self, choices: ChoiceList, item: Rows) -> list[Data]:
        columns = [self._choice(choice) for choice in choices.choices]
        if item.declinable and choices.declining is None:
            columns.append({"code": DECLINED_CODE, "label": self.words["declines"], "aside": True})
        return columns

    def _table(self, item: Rows, sides: list[tuple[str, list[Data]]]) -> Data:
        widest = max(len(columns) for _, columns in sides)
        together = sum(len(columns) for _, columns in sides) <= MOST_COLUMNS
        tables = [sides] if together else [[side] for side in sides]
        return {
            "kind": "table" if widest <= MOST_COLUMNS else "listed",
            "tables": [
                {
                    "sides": [{"label": label, "count": len(columns)} for label, columns in table],
                    "columns": [column for _, columns in table for column in columns],
                }
                for table in tables
            ],
            "rows": self._rows(item),
        }

    def _rows(self, item: Rows) -> list[Data]:
        return [self._row(item, row, rank) for rank, row in enumerate(item.rows)]

    def _row(self, item: Rows, row: Row, rank: int) -> Data:
        return {
            "letter": _letter(rank),
            "id": row.id,
            "label": self._text(row.label) or row.id,
            "hint": self._text(row.hint),
            "condition": self._condition(row.relevant, row.id),
        }

    def _lines(self, item: Numbers | FreeTexts) -> Data:
        numeric = isinstance(item, Numbers)
        told = _told_bounds(self.words, item.least, item.most) if isinstance(item, Numbers) else ""
        return {
            "kind": "rows",
            "rows": self._rows(item),
            "parts": _number_parts(item) if isinstance(item, Numbers) else [],
            "told": self._set(told),
            "numeric": numeric,
            "declines": {"code": DECLINED_CODE, "label": self.words["declines"]} if item.declinable else None,
        }

    def _scale(self, item: Rating) -> Data:
        marks = [choice.code for choice in item.choices.choices]
        if len(marks) > MOST_MARKS:
            told = self.words["between"].format(item.least, item.most)
            return _boxes([max(len(mark) for mark in marks)], self._set(told))
        return {
            "kind": "scale",
            "marks": marks,
            "low": self._text(item.low_label),
            "high": self._text(item.high_label),
        }


def _numbers(questionnaire: Questionnaire) -> dict[str, str]:
    """Number of each answer column on the sheet: ``4``, or ``4b`` for the second line of a block."""
    numbers: dict[str, str] = {}
    count = 0
    for item in questionnaire.items:
        if not isinstance(item, Question) or isinstance(item, LanguageChoice):
            continue
        count += 1
        if isinstance(item, Rows):
            sides = ("_1", "_2") if isinstance(item, DualBlock) else ("",)
            numbers |= {
                f"{row.id}{side}": f"{count}{_letter(rank)}"
                for rank, row in enumerate(item.rows)
                for side in sides
            }
        else:
            numbers[item.id] = str(count)
    return numbers


def _first_number(numbers: dict[str, str], item: Item) -> str:
    assert isinstance(item, Rows)
    side = "_1" if isinstance(item, DualBlock) else ""
    return numbers[f"{item.rows[0].id}{side}"].rstrip("abcdefghijklmnopqrstuvwxyz")


def _letter(rank: int) -> str:
    """Return a, b … z, aa, ab…"""
    letters = ""
    rank += 1
    while rank:
        rank, rest = divmod(rank - 1, 26)
        letters = chr(97 + rest) + letters
    return letters


def _lines_of(told: Any) -> int:
    """Count the lines texts would take at half width, one at least for each: on the safe side of the page."""
    if isinstance(told, str):
        return told.count("\n") + 1 + len(told) // CHARACTERS_OF_HALF_A_LINE if told else 0
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return sum(_lines_of(part) for part in parts)


def _boxes(parts: list[Any], told: str, unit: str = "") -> Data:
    return {"kind": "boxes", "parts": parts, "unit": unit, "told": told}


def _number_parts(item: Number | Numbers) -> list[Any]:
    """Boxes for the widest number the bounds allow, with two decimals where they are allowed."""
    bounds = [bound for bound in (item.least, item.most) if bound is not None]
    whole = max((len(str(abs(int(bound)))) for bound in bounds), default=NUMBER_BOXES)
    whole = min(whole if item.most is not None else max(whole, NUMBER_BOXES), 12)
    sign = [1, " "] if item.least is not None and item.least < 0 else []
    return [*sign, whole] if item.integer else [*sign, whole, ",", 2]


def _told_bounds(words: dict[str, str], least: float | None, most: float | None) -> str:
    shown: Sequence[str] = [number_text(bound) for bound in (least, most) if bound is not None]
    if least is not None and most is not None:
        return words["between"].format(*shown)
    return words["least" if least is not None else "most"].format(*shown) if shown else ""

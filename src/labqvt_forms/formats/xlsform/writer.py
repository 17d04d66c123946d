"""Write XLSForm workbooks.

The standard columns say all they can. The sheets are then read back, and whatever came back different is put
in the extension column: our files lose nothing, and what other tools will not see is known and told.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import FormatError
from labqvt_forms.formats.extension import as_json
from labqvt_forms.formats.json_form import differing_fields, encode_item
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.formats.xlsform.extension import COLUMN
from labqvt_forms.formats.xlsform.reader import read_sheets
from labqvt_forms.formats.xlsform.rows import Cells, group_rows, item_rows
from labqvt_forms.ids import Ids
from labqvt_forms.items import Item
from labqvt_forms.languages import column_name
from labqvt_forms.questionnaire import Questionnaire, Scale
from labqvt_forms.spreadsheets import Sheet
from labqvt_forms.text import Text

XML_NAME = re.compile(r"[^\W\d][\w.-]*")
LONGEST_CELL = 32_767
"""The most characters a cell of a workbook holds."""


def write_xlsform(questionnaire: Questionnaire) -> Written:
    """Return the bytes of the workbook and what other tools will not see of the questionnaire."""
    book = _Book(questionnaire)
    unseen = book.complete()
    return Written(_workbook(book.tables()), unseen.warnings())


class _Book:
    """The rows of the four sheets, each a dict by column."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.lists = _list_names(questionnaire.choice_lists)
        self.first_rows: dict[tuple[str, str], Cells] = {}
        """Row that carries the extension of each group and item."""
        self.survey = list(self._survey_rows())
        _drop_dangling(self.survey)
        self.choices = list(self._choice_rows())
        self.scales = [_scale_row(scale) for scale in questionnaire.scales]
        self.settings = [_settings_row(questionnaire)]

    def _survey_rows(self) -> Iterator[Cells]:
        scales = {id_: scale.id for scale in reversed(self.questionnaire.scales) for id_ in scale.items}
        for group in self.questionnaire.groups:
            begin, end = group_rows(group)
            self.first_rows["group", group.id] = begin
            yield begin
            for item in group.items:
                rows = item_rows(item, self.lists, self.questionnaire.language)
                self.first_rows["item", item.id] = rows[0]
                for row in rows:
                    _check_name(row)
                    if row.get("name") in scales and row["type"] not in ("begin_group", "end_group"):
                        row["scale"] = scales[str(row["name"])]
                yield from rows
            yield end

    def _choice_rows(self) -> Iterator[Cells]:
        for choices in self.questionnaire.choice_lists:
            for rank, choice in enumerate(choices.choices):
                row: Cells = {"list_name": self.lists[choices.id], "name": choice.code, "label": choice.label}
                self.first_rows["choice", f"{choices.id} {rank}"] = row
                yield row

    def complete(self) -> Unseen:
        """Read the sheets back and put beside what came back different: the items, then what holds them."""
        unseen = Unseen("XLSForm")
        theirs = self._read_back()
        self._complete_choices(theirs, unseen)
        self._complete_items(theirs, unseen)
        theirs = self._read_back()
        self._complete_groups(theirs, unseen)
        for scale, row in zip(self.questionnaire.scales, self.scales, strict=True):
            back = next((other for other in theirs.scales if other.id == scale.id), Scale(id=scale.id))
            _put(row, differing_fields(scale, back))
        own = differing_fields(self.questionnaire, theirs)
        own = {name: part for name, part in own.items() if name not in ("groups", "scales")}
        unseen.add("questionnaire", own)
        _put(self.settings[0], own)
        return unseen

    def _read_back(self) -> Questionnaire:
        sheets = {name: Sheet(name, rows) for name, rows in self.tables().items()}
        return read_sheets(sheets, name=self.questionnaire.id, language=self.questionnaire.language)[0]

    def _complete_choices(self, theirs: Questionnaire, unseen: Unseen) -> None:
        read = {choices.id: choices for choices in theirs.choice_lists}
        for choices in self.questionnaire.choice_lists:
            back = read[self.lists[choices.id]]
            for rank, (ours, other) in enumerate(zip(choices.choices, back.choices, strict=True)):
                fields = differing_fields(ours, other)
                unseen.add(f"choix {choices.id}", fields)
                if rank == 0 and self.lists[choices.id] != choices.id:
                    fields["list"] = choices.id
                _put(self.first_rows["choice", f"{choices.id} {rank}"], fields)

    def _complete_items(self, theirs: Questionnaire, unseen: Unseen) -> None:
        read = {item.id: item for item in theirs.items}
        for item in self.questionnaire.items:
            told = self._beside(item, read.get(item.id))
            unseen.add(item.id, told if "item" not in told else {item.kind.value: True})
            _put(self.first_rows["item", item.id], told)

    def _complete_groups(self, theirs: Questionnaire, unseen: Unseen) -> None:
        read = {group.id: group for group in theirs.groups}
        for group in self.questionnaire.groups:
            if group.id not in read:
                unseen.add(group.id, ["empty_group"])
                continue
            fields = differing_fields(group, read[group.id])
            fields.pop("items", None)
            unseen.add(group.id, fields)
            _put(self.first_rows["group", group.id], fields)

    def _beside(self, ours: Item, theirs: Item | None) -> dict[str, Any]:
        if theirs is None or type(theirs) is not type(ours):
            return {"item": encode_item(ours)}
        fields = differing_fields(ours, theirs)
        for name in ("choices", "first", "second"):
            choices = getattr(ours, name, None)
            if isinstance(choices, ChoiceList) and getattr(theirs, name).id == self.lists.get(choices.id):
                fields.pop(name, None)  # the choices sheet says it
        return fields

    def tables(self) -> dict[str, list[list[str]]]:
        questionnaire = self.questionnaire
        named = list(questionnaire.languages)
        return {
            "survey": _table(self.survey, SURVEY, named),
            "choices": _table(self.choices, CHOICES, named),
            "scales": _table(self.scales, SCALES, named),
            "settings": _table(self.settings, SETTINGS, named),
        }


SURVEY = [
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "appearance",
    "parameters",
    "default",
    "scale",
    "reverse",
    "profile",
]
CHOICES = ["list_name", "name", "label"]
SCALES = ["name", "label", "missing_rule", "determinant"]
SETTINGS = ["form_title", "form_id", "version", "default_language", "min_group", "nature"]
TEXTS = frozenset({"label", "hint", "constraint_message"})


def _table(rows: list[Cells], columns: list[str], languages: list[str]) -> list[list[str]]:
    """Lay rows out under their headers, one column per language of each text."""
    headers: list[tuple[str, str]] = []
    for column in [*columns, COLUMN]:
        if column in TEXTS:
            headers += [(column, language) for language in languages]
        else:
            headers.append((column, ""))
    lines = [[f"{column}::{column_name(language)}" if language else column for column, language in headers]]
    lines += [[_cell(row, column, language) for column, language in headers] for row in rows]
    return lines


def _cell(row: Cells, column: str, language: str) -> str:
    value = row.get(column, "")
    return value if isinstance(value, str) else value.get(language) or ""


def _put(row: Cells, told: dict[str, Any]) -> None:
    if told:
        written = as_json(told)
        # pyxform looks for references in every cell: this one holds none of its business.
        row[COLUMN] = written.replace("${", "\\u0024{")


def _list_names(lists: Iterable[ChoiceList]) -> dict[str, str]:
    """Name of each list by its id: the same, unless a name cannot hold it."""
    names = Ids()
    return {choices.id: names.take(re.sub(r"\s+", "_", choices.id)) for choices in lists}


REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
FORMULAS = ("relevant", "constraint", "calculation")


def _drop_dangling(rows: list[Cells]) -> None:
    """Take out what cites a question that is not there: pyxform refuses the whole form for it."""
    known = {str(row["name"]) for row in rows}
    for row in rows:
        for column, value in row.items():
            if isinstance(value, Text):
                row[column] = Text.of({language: _named(words, known) for language, words in value})
            elif column in FORMULAS and not known.issuperset(REFERENCE.findall(value)):
                row[column] = "''" if column == "calculation" else ""


def _named(words: str, known: set[str]) -> str:
    return REFERENCE.sub(lambda match: match[0] if match[1] in known else f"[{match[1]}]", words)


def _check_name(row: Cells) -> None:
    name = str(row.get("name", ""))
    if name and not XML_NAME.fullmatch(name):
        raise FormatError(f"XLSForm refuse l’identifiant « {name} » : commencez-le par une lettre.")


def _scale_row(scale: Scale) -> Cells:
    return {
        "name": scale.id,
        "label": scale.label,
        "missing_rule": str(scale.missing_rule),
        "determinant": scale.determinant.value if scale.determinant else "",
    }


def _settings_row(questionnaire: Questionnaire) -> Cells:
    return {
        "form_title": questionnaire.title.pick(questionnaire.language) or questionnaire.id,
        "form_id": questionnaire.id,
        "version": questionnaire.version,
        "default_language": column_name(questionnaire.language),
        "min_group": str(questionnaire.min_group or ""),
        "nature": questionnaire.nature.value,
    }


def _workbook(tables: dict[str, list[list[str]]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - light import of the package

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        for name, rows in tables.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if len(cell) > LONGEST_CELL:
                        raise FormatError(
                            f"un texte de {len(cell)} caractères ne tient pas dans une cellule."
                        )
                    if cell:
                        sheet.write_string(number, column, cell)
    return buffer.getvalue()

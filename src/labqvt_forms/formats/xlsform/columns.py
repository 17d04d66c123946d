"""Columns of XLSForm sheets under all the names they bear in the field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from labqvt_forms.errors import Place, QuestionnaireError
from labqvt_forms.formats.html_text import words_of
from labqvt_forms.languages import language_code
from labqvt_forms.notices import Notices
from labqvt_forms.spreadsheets import Sheet
from labqvt_forms.text import Text

ALIASES = {
    "command": "type",
    "value": "name",
    "tag": "name",
    "caption": "label",
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::required": "required",
    "bind::constraint": "constraint",
    "bind::jr:constraintmsg": "constraint_message",
    "constraint_msg": "constraint_message",
    "constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "bind::jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "calculate": "calculation",
    "bind::calculate": "calculation",
    "bind::readonly": "read_only",
    "readonly": "read_only",
    "control::appearance": "appearance",
    "body::appearance": "appearance",
    "repeat": "repeat_count",
    "choice_filters": "choice_filter",
    "list": "list_name",
    "title": "form_title",
    "id_string": "form_id",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
}
TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video"}
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a sheet: cells by canonical column, texts by column then language (``""``: not said)."""

    place: Place
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def at(self, column: str) -> Place:
        return Place(sheet=self.place.sheet, row=self.place.row, column=column)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    language: str
    """Code of the language; empty when the header does not say it."""


def canonical(header: str) -> Column:
    """Read a header.

    >>> canonical("label::Français (fr)")
    Column(name='label', language='fr')
    >>> canonical("bind:jr:constraintMsg").name, canonical("list name").name
    ('constraint_message', 'list_name')
    """
    header = header.strip()
    name, _, rest = _split(header)
    if name == "media" and rest:
        name, _, rest = _split(rest)
    whole = f"{name}::{rest.lower()}" if rest else name
    if whole in ALIASES:
        return Column(ALIASES[whole], "")
    name = ALIASES.get(name, name)
    if rest and name in TRANSLATED:
        return Column(name, language_code(rest))
    return Column(f"{name}::{rest}" if rest else name, "")


def _split(header: str) -> tuple[str, str, str]:
    before, mark, after = header.partition("::") if "::" in header else header.partition(":")
    return re.sub(r"[\s-]+", "_", before.strip().lower()), mark, after.strip()


def records(sheet: Sheet) -> Iterator[Record]:
    """Yield the filled rows under the header row (the first row that is not empty)."""
    filled = (number for number, row in enumerate(sheet.rows) if any(row))
    header_at = next(filled, None)
    if header_at is None:
        return
    columns = [canonical(header) if header else None for header in sheet.rows[header_at]]
    _refuse_repeated(sheet, columns, sheet.first_row + header_at)
    for number in filled:
        record = Record(Place(sheet=sheet.name, row=sheet.first_row + number))
        for column, cell in zip(columns, sheet.rows[number], strict=False):
            if column is None or not cell:
                continue
            if column.name in TRANSLATED:
                record.texts.setdefault(column.name, {})[column.language] = cell
            else:
                record.cells.setdefault(column.name, cell)
        yield record


def text_of(record: Record, column: str, language: str, notices: Notices) -> Text:
    """Return a text as words, in the languages of its columns; ``language`` where the header says none."""
    written = {code or language: words for code, words in record.texts.get(column, {}).items()}
    return words_of(written, record.at(column), notices)


def languages_of(sheet: Sheet) -> list[str]:
    """Languages that the label columns of a sheet name, in order."""
    header = next((row for row in sheet.rows if any(row)), [])
    columns = [canonical(cell) for cell in header if cell]
    named = [column.language for column in columns if column.language]
    labels = [column.language for column in columns if column.language and column.name == "label"]
    return list(dict.fromkeys(labels + named))


def _refuse_repeated(sheet: Sheet, columns: list[Column | None], row: int) -> None:
    seen: dict[Column, str] = {}
    for column, header in zip(columns, sheet.rows[row - sheet.first_row], strict=True):
        if column is None:
            continue
        if column in seen and seen[column].lower() == header.lower():
            raise QuestionnaireError(
                f"la colonne « {header} » figure deux fois : gardez-en une.", Place(sheet=sheet.name, row=row)
            )
        seen[column] = header

"""Items as rows of the ``survey`` sheet."""

from __future__ import annotations

from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    Item,
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
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Group
from labqvt_forms.text import Text

Cells = dict[str, str | Text]
FILE_TYPES = {"jpg": "image", "jpeg": "image", "png": "image", "mp3": "audio", "m4a": "audio", "mp4": "video"}


def group_rows(group: Group) -> tuple[Cells, Cells]:
    """Return the rows that open and close a group."""
    begin: Cells = {
        "type": "begin_group",
        "name": group.id,
        "label": group.title,
        "hint": group.description,
        "relevant": formula_text(group.relevant),
        "appearance": "field-list",
    }
    return begin, {"type": "end_group", "name": group.id}


def item_rows(item: Item, lists: dict[str, str], language: str) -> list[Cells]:
    """Return the rows of one item; the first one carries what the others cannot."""
    if isinstance(item, Rows):
        return _rows_of_block(item, lists)
    row = _common(item)
    row["type"] = _type(item, lists)
    match item:
        case SingleChoice():
            row["reverse"] = "yes" if item.reverse else ""
            if item.dropdown:
                row["appearance"] = f"{item.appearance} minimal".strip()
        case YesNo():
            row["reverse"] = "yes" if item.reverse else ""
        case Number():
            row.setdefault("constraint", _bounds(item.least, item.most))
        case Rating():
            row["parameters"] = f"start={item.least} end={item.most} step={item.step}"
            row["reverse"] = "yes" if item.reverse else ""
        case FreeText(long=True):
            row["appearance"] = f"{item.appearance} multiline".strip()
        case Date(precision=Precision.MONTH):
            row["appearance"] = f"{item.appearance} month-year".strip()
        case Computed():
            row["calculation"] = formula_text(item.formula) or "''"  # pyxform refuses none
        case _:
            pass
    if not item.label and not item.hint and not isinstance(item, Computed):
        row["label"] = Text.of({language: item.id})  # pyxform refuses a question without a word
    return [row]


def _common(item: Item) -> Cells:
    row: Cells = {
        "name": item.id,
        "label": item.label,
        "hint": item.hint,
        "relevant": formula_text(item.relevant),
        "appearance": item.appearance,
    }
    if isinstance(item, Question):
        row["required"] = "yes" if item.required is Required.YES else ""
        row["profile"] = "yes" if item.profile else ""
        row["default"] = item.default
        if item.validation:
            row["constraint"] = formula_text(item.validation.formula)
            row["constraint_message"] = item.validation.message
    return row


def _type(item: Item, lists: dict[str, str]) -> str:
    match item:
        case SingleChoice():
            written = f"select_one {lists[item.choices.id]}" + (" or_other" if item.other else "")
        case YesNo():
            written = f"select_one {lists[item.choices.id]}"
        case MultipleChoice():
            written = f"select_multiple {lists[item.choices.id]}" + (" or_other" if item.other else "")
        case Ranking():
            written = f"rank {lists[item.choices.id]}"
        case Number():
            written = "integer" if item.integer else "decimal"
        case Rating():
            written = "range"
        case Date():
            written = {Precision.TIME: "time", Precision.MINUTE: "dateTime"}.get(item.precision, "date")
        case Computed():
            written = "calculate"
        case Note():
            written = "note"
        case FileUpload():
            written = FILE_TYPES.get(item.accept[0], "file") if item.accept else "file"
        case _:
            written = "text"
    return written


def _rows_of_block(item: Rows, lists: dict[str, str]) -> list[Cells]:
    """A block is a table-list of select_one; other rows are a group of questions on one page."""
    table = isinstance(item, Block)
    begin: Cells = {
        **_common(item),
        "type": "begin_group",
        "appearance": f"{item.appearance} {'table-list' if table else 'field-list'}".strip(),
        "required": "",
        "profile": "",
        "default": "",
        "constraint": "",
        "constraint_message": "",
    }
    rows: list[Cells] = []
    for row in item.rows:
        if isinstance(item, DualBlock):
            for side, choices in enumerate((item.first, item.second), start=1):
                rows.append(_row(row, item, f"select_one {lists[choices.id]}", f"{row.id}_{side}"))
        elif isinstance(item, Block):
            rows.append(_row(row, item, f"select_one {lists[item.choices.id]}", row.id))
        elif isinstance(item, Numbers):
            rows.append(_row(row, item, "integer" if item.integer else "decimal", row.id))
        else:
            rows.append(_row(row, item, "text", row.id))
    return [begin, *rows, {"type": "end_group", "name": item.id}]


def _row(row: Row, item: Rows, type_: str, name: str) -> Cells:
    return {
        "type": type_,
        "name": name,
        "label": row.label or Text.of(dict.fromkeys(item.label.languages or ("fr",), name)),
        "hint": row.hint,
        "relevant": formula_text(row.relevant),
        "required": "yes" if item.required is Required.YES else "",
        "profile": "yes" if item.profile else "",
        "reverse": "yes" if row.reverse else "",
    }


def _bounds(least: float | None, most: float | None) -> str:
    parts = [f". >= {_signed(least)}"] if least is not None else []
    parts += [f". <= {_signed(most)}"] if most is not None else []
    return " and ".join(parts)


def _signed(number: float) -> str:
    return number_text(number)


def formula_text(formula: Formula | None) -> str:
    """Write a formula of ours; one of another tool has no place here."""
    return formula.text if formula is not None and formula.dialect is Dialect.XPATH else ""

"""A table as data: what a screen, a PDF and a spreadsheet all write from."""

from dataclasses import dataclass

from labqvt.foundation.typography import format_number, typo, with_unit

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column. ``decimals`` rules how numbers of the column are written, ``unit`` follows them."""

    label: str
    numeric: bool = False
    decimals: int = 0
    unit: str = ""
    meaning: str = ""  # one sentence for a data dictionary


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text or numbers under typed columns; the first cell heads its row, ``None`` is empty."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                message = f"Table « {self.caption} » : {len(row)} cellules pour {len(self.columns)} colonnes."
                raise ValueError(message)


def written(cell: Cell, column: Column, language: str) -> str:
    """A cell as a reader sees it: numbers by the rules of their column, text with its typography."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return typo(cell, language)
    return with_unit(format_number(cell, column.decimals, language), column.unit, language)


def written_rows(table: Table, language: str) -> list[list[str]]:
    return [
        [written(cell, column, language) for cell, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]

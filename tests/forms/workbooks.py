"""Small workbooks made for a test."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

Table = list[list[object]]


def workbook(path: Path, **sheets: Table) -> Path:
    """Write sheets of cells; ``choices=[["list_name", …], …]``."""
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


AGREE: Table = [
    ["list_name", "name", "label::Français (fr)", "label::English (en)"],
    *[["accord", n, f"Accord {n}", f"Agree {n}"] for n in range(1, 6)],
    ["accord", 99, "Je préfère ne pas répondre", "Prefer not to say"],
    ["oui_non", "oui", "Oui", "Yes"],
    ["oui_non", "non", "Non", "No"],
    ["contrat", "cdi", "CDI", "Permanent"],
    ["contrat", "cdd", "CDD", "Fixed term"],
]

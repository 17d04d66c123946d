"""Files of answers as raw text columns: CSV in its dialects, XLSX, SAV, Parquet, LimeSurvey JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labqvt_forms.errors import AnswersError, FileError, Place
from labqvt_forms.formats.limesurvey.responses_reader import is_archive, read_responses
from labqvt_forms.intake import bounded_bytes, decode_text
from labqvt_forms.spreadsheets import cell_text, is_spreadsheet, load_sheets

DELIMITERS = (";", ",", "\t", "|")
LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells as text, by column; ``first_row`` is the number the first answer bears in the file.

    ``labels`` holds, for files that know them (SAV), the label of each value of each column.
    """

    headers: list[str]
    columns: list[tuple[str, ...]]
    n: int
    first_row: int = 2
    second_headers: tuple[str, ...] = ()
    labels: dict[str, dict[str, str]] | None = None


def load(path: Path) -> RawTable:
    """Open a file of answers by its content, whatever its extension says."""
    content = bounded_bytes(path)
    start = content[:16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        raise FileError("c’est un PDF : donnez les réponses en CSV, XLSX, SAV ou Parquet.")
    if content.startswith(b"PK") and is_archive(content):
        headers, columns = read_responses(content)
        return RawTable(headers, columns, len(columns[0]) if columns else 0, 1)
    if is_spreadsheet(content):
        return _from_spreadsheet(content)
    if content.startswith((b"$FL2", b"$FL3")):
        return _from_sav(path)
    if content.startswith(b"PAR1"):
        return _from_parquet(content)
    if start.startswith((b"{", b"[")):
        return _from_json(decode_text(content))
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xls", ".sav", ".zsav", ".parquet", ".ods"):
        raise FileError(f"ce fichier n’est pas un vrai fichier {suffix} : exportez-le de nouveau.")
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("ce fichier n’est pas du texte : donnez les réponses en CSV, XLSX, SAV ou Parquet.")
    return from_csv(decode_text(content))


def from_csv(text: str) -> RawTable:
    """Read delimited text; the delimiter is the one the first line uses most."""
    first_line, _, rest = text.partition("\n")
    if first_line.lower().startswith("sep=") and len(first_line.strip()) <= 5:
        text = rest
        delimiter = first_line.rstrip("\r")[4:] or "\t"
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise FileError(f"ce texte n’est pas un CSV lisible ({error}).") from error
    return _table(rows)


def _delimiter(text: str) -> str:
    """Count the candidates outside quotes in the first line."""
    outside: list[str] = []
    quoted = False
    for sign in text[:200_000]:
        if sign == '"':
            quoted = not quoted
        elif sign in "\r\n" and not quoted and outside:
            break
        elif not quoted:
            outside.append(sign)
    line = "".join(outside)
    return max(DELIMITERS, key=line.count)


def _table(rows: list[list[str]], first_row: int = 1) -> RawTable:
    """Turn rows into columns: first row as headers, empty rows dropped at the end, short rows completed."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise FileError("ce fichier est vide.")
    headers = [cell.strip() for cell in rows[0]]
    while headers and not headers[-1]:
        headers.pop()
    width = len(headers)
    body = rows[1:]
    for number, row in enumerate(body, start=first_row + 1):
        if len(row) == width:
            continue
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise AnswersError(
                f"cette ligne a {len(row)} cellules pour {width} colonnes : "
                "vérifiez les guillemets et le séparateur.",
                Place(row=number),
            )
        row[:] = row[:width] + [""] * (width - len(row))
    columns: list[tuple[str, ...]] = list(zip(*body, strict=True)) if body else [() for _ in headers]
    return RawTable(headers, columns, len(body), first_row + 1)


def _from_spreadsheet(content: bytes) -> RawTable:
    for sheet in load_sheets(content):
        if any(any(row) for row in sheet.rows):
            return _table(sheet.rows, sheet.first_row)
    raise FileError("ce classeur est vide.")


def _from_sav(path: Path) -> RawTable:
    import pyreadstat  # noqa: PLC0415 - heavy, for SPSS files only

    try:
        data, meta = pyreadstat.read_sav(path, output_format="dict")
    except (pyreadstat.PyreadstatError, pyreadstat.ReadstatError, ValueError, UnicodeError) as error:
        raise FileError(f"ce fichier SPSS ne se lit pas ({error}).") from error
    headers = list(meta.column_names)
    labels = {
        name: {value_text(value): str(label) for value, label in known.items()}
        for name, known in meta.variable_value_labels.items()
    }
    columns = [_texts(data[name]) for name in headers]
    described = tuple(meta.column_names_to_labels.get(name) or "" for name in headers)
    return RawTable(headers, columns, len(columns[0]) if columns else 0, 1, described, labels)


def _from_parquet(content: bytes) -> RawTable:
    import polars  # noqa: PLC0415 - heavy, for Parquet files only

    try:
        frame = polars.read_parquet(io.BytesIO(content))
    except (polars.exceptions.PolarsError, OSError) as error:
        raise FileError("ce fichier Parquet est abîmé : écrivez-le de nouveau.") from error
    columns = [_texts(series.to_list()) for series in frame.get_columns()]
    return RawTable(frame.columns, columns, frame.height, 1)


def _from_json(text: str) -> RawTable:
    """Read the JSON of LimeSurvey (``{"responses": […]}``) or a plain list of objects."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(f"ce n’est pas du JSON lisible ({error}).") from error
    answers: Any = document.get("responses") if isinstance(document, dict) else document
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise FileError("ce JSON ne contient pas de liste de réponses (clé « responses »).")
    headers = list(dict.fromkeys(str(key) for answer in answers for key in answer))
    columns = [_texts(answer.get(header) for answer in answers) for header in headers]
    return RawTable(headers, columns, len(answers), 1)


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(value_text(value) for value in values)


def value_text(value: object) -> str:
    """Write a typed value as its text; missing values are empty."""
    if isinstance(value, str):
        return value.strip()
    if value is None or value != value:  # noqa: PLR0124 - only a missing number differs from itself
        return ""
    if isinstance(value, dt.datetime | float | bool):
        return ("1" if value else "0") if isinstance(value, bool) else cell_text(value)
    if isinstance(value, list | tuple):
        return " ".join(value_text(part) for part in value)
    return str(value)

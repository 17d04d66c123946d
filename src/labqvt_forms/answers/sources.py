"""Files of answers as raw text columns: CSV in its dialects, XLSX, SAV, Parquet, LimeSurvey JSON and archive."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from labqvt_forms.answers import parquet_cells
from labqvt_forms.answers.raw import RawTable, value_text
from labqvt_forms.answers.sav_reading import from_sav
from labqvt_forms.apart import told_apart
from labqvt_forms.errors import AnswersError, FileError, Place
from labqvt_forms.formats.limesurvey.responses_reader import is_archive, read_responses
from labqvt_forms.intake import bounded_bytes, decode_text, json_content
from labqvt_forms.spreadsheets import is_spreadsheet, load_sheets

DELIMITERS = (";", ",", "\t", "|")
LONGEST_CELL = 10_000_000
MOST_COLUMNS = 20_000
MOST_ROWS = 2**20
"""What a spreadsheet may hold; a survey has far fewer."""


def load(path: Path, *, ours: bool = False) -> RawTable:
    """Open a file of answers by its content, whatever its extension says.

    ``ours`` is for a file this process has just written: it is read without the caution others need.
    """
    content = bounded_bytes(path)
    start = content[:16].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF"):
        raise FileError("c’est un PDF : donnez les réponses en CSV, XLSX, SAV ou Parquet.")
    if content.startswith(b"PK") and is_archive(content):
        headers, columns = read_responses(content)
        return RawTable(headers, columns, len(columns[0]) if columns else 0, 1)
    if is_spreadsheet(content):
        return _from_spreadsheet(content, ours=ours)
    if content.startswith((b"$FL2", b"$FL3")):
        return from_sav(path, ours=ours)
    if content.startswith(b"PAR1"):
        return _from_parquet(path, ours=ours)
    if start.startswith((b"{", b"[")):
        return _from_json(decode_text(content))
    if start.startswith(b"<"):
        raise FileError(
            "c’est un XML : les réponses d’une archive LimeSurvey se lisent dans son .lsa, avec la structure "
            "qui dit à quelle question va chaque colonne."
        )
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
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = list(itertools.islice(reader, MOST_ROWS + 1))
    except csv.Error:
        raise FileError(
            "ce texte n’est pas un CSV lisible : une cellule y est démesurée. Vérifiez les guillemets.",
            Place(row=reader.line_num),
        ) from None
    if len(rows) > MOST_ROWS:
        raise FileError(f"ce fichier a plus de {MOST_ROWS} lignes : c’est plus que n’en porte un tableur.")
    blank = next((number for number, row in enumerate(rows) if any(row)), 0)
    return _table(rows[blank:], 1 + blank)


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
    if width > MOST_COLUMNS:
        raise AnswersError(f"ce fichier a {width} colonnes ; la limite est de {MOST_COLUMNS}.", Place(row=1))
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
    return RawTable(headers, columns, len(body), first_row + 1, inert=True)


def _from_spreadsheet(content: bytes, *, ours: bool) -> RawTable:
    for sheet in load_sheets(content, first_filled=True, ours=ours):
        if any(any(row) for row in sheet.rows):
            return _table(sheet.rows, sheet.first_row)
    raise FileError("ce classeur est vide.")


def _from_parquet(path: Path, *, ours: bool) -> RawTable:
    """Read in another process, as ``from_sav`` does and for the same reason, but a file just written here."""
    try:
        told = (
            parquet_cells.contents(str(path))
            if ours
            else told_apart(parquet_cells.__file__, str(path.absolute()))
        )
    except ValueError as error:
        raise FileError("ce fichier Parquet est abîmé : écrivez-le de nouveau.") from error
    columns = [_texts(cells) for _, cells in told]
    return RawTable([name for name, _ in told], columns, len(columns[0]) if columns else 0, 1)


def _from_json(text: str) -> RawTable:
    """Read the JSON of LimeSurvey (``{"responses": […]}``) or a plain list of objects."""
    document = json_content(text)
    answers: Any = document.get("responses") if isinstance(document, dict) else document
    if not isinstance(answers, list) or not all(isinstance(answer, dict) for answer in answers):
        raise FileError("ce JSON ne contient pas de liste de réponses (clé « responses »).")
    headers = list(dict.fromkeys(str(key) for answer in answers for key in answer))
    columns = [_texts(answer.get(header) for answer in answers) for header in headers]
    return RawTable(headers, columns, len(answers), 1)


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(value_text(value) for value in values)

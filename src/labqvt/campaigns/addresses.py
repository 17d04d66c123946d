"""Addresses given as a text or a table: one column found, doubles and wrong ones told with their line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from labqvt.foundation.lists import UnreadableListError, sheets_of
from labqvt_forms.errors import FileError

MOST_BYTES: Final = 1024 * 1024
MOST_LINES: Final = 5000


@dataclass(frozen=True, slots=True)
class Fault:
    """One line that gives no address, and why. ``line`` counts from 1, as the person sees it."""

    line: int
    written: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a list holds: addresses in the order given, each once, and the lines left out."""

    addresses: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def in_text(text: str) -> Found:
    """One address a line, or several parted by commas, semicolons or spaces; « Name <address> » is read too."""
    pieces = []
    for number, line in enumerate(text.splitlines(), 1):
        for piece in line.replace(";", ",").split(","):
            inside = piece[piece.find("<") + 1 : piece.find(">")] if "<" in piece and ">" in piece else piece
            pieces += [(number, part) for part in inside.split()]
    return _sorted_out(pieces)


def in_file(content: bytes) -> Found:
    """The column of a CSV or of a workbook where most cells are addresses; ``FileError`` with a sentence if none."""
    if len(content) > MOST_BYTES:
        raise FileError(
            _("Ce fichier dépasse 1 Mo : gardez la colonne des adresses, enregistrez et recommencez.")
        )
    try:
        tables = [(sheet.first, sheet.cells) for sheet in sheets_of(content)]
    except UnreadableListError as error:
        raise FileError(str(error)) from error
    first_row, rows, column = _column_of_addresses(tables)
    cells = [
        (number, row[column].strip() if column < len(row) else "")
        for number, row in enumerate(rows, first_row)
    ]
    filled = [(number, cell) for number, cell in cells if cell]
    if filled and "@" not in filled[0][1]:
        filled = filled[1:]  # the heading of the column
    return _sorted_out(filled)


def _column_of_addresses(tables: Iterable[tuple[int, list[list[str]]]]) -> tuple[int, list[list[str]], int]:
    best: tuple[int, int, list[list[str]], int] = (0, 1, [], 0)
    for first_row, rows in tables:
        for column in range(max((len(row) for row in rows), default=0)):
            count = sum(column < len(row) and "@" in row[column] for row in rows)
            if count > best[0]:
                best = (count, first_row, rows, column)
    if not best[0]:
        raise FileError(
            _("Aucune colonne de ce fichier ne contient d’adresses : il en faut une, une adresse par ligne.")
        )
    return best[1:]


def _sorted_out(pieces: Sequence[tuple[int, str]]) -> Found:
    if len(pieces) > MOST_LINES:
        raise FileError(_("Plus de %(most)s adresses : partagez la liste.") % {"most": MOST_LINES})
    first_seen: dict[str, int] = {}
    faults = []
    for line, written in pieces:
        address = tidy(written)
        if not address:
            faults.append(Fault(line, written[:80], _("ce n’est pas une adresse électronique")))
        elif address in first_seen:
            faults.append(
                Fault(
                    line, written[:80], _("déjà donnée à la ligne %(line)s") % {"line": first_seen[address]}
                )
            )
        else:
            first_seen[address] = line
    return Found(tuple(first_seen), tuple(faults))


def tidy(written: str) -> str:
    """An address as we keep it, without capitals: no mail service tells two people apart by them. Empty if wrong."""
    address = written.strip().strip("<>\"'").removeprefix("mailto:").lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""

"""Reading a file of published figures: everything is understood, or nothing is kept and each fault is told."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.indicators.models import Statement
from labqvt.indicators.policy import may_define
from labqvt.people.models import Scope
from labqvt.programmes.models import Programme
from labqvt.programmes.services import scope_of_place

COLUMNS: Final = (
    "id",
    "region",
    "indicator_code",
    "label_fr",
    "value",
    "qualifier",
    "unit",
    "source",
    "line",
)
_LENGTHS: Final = {"id": 40, "indicator_code": 60, "label_fr": 300, "unit": 60, "source": 120}
_SHOWN_FAULTS: Final = 20


class StatementFileError(ValueError):
    """A file that cannot be taken in: one sentence per fault, each with its row and column."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        shown = faults[:_SHOWN_FAULTS]
        if len(faults) > len(shown):
            shown.append(_("… et %(n)s autres fautes.") % {"n": len(faults) - len(shown)})
        super().__init__("\n".join(shown))


@dataclass(frozen=True, slots=True)
class _Line:
    """One row understood."""

    reference: str
    place: str
    indicator_code: str
    text: str
    value: Decimal
    qualifier: str
    unit: str
    source: str
    source_line: int | None


def _text_of(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise StatementFileError(
            [_("« %(name)s » ne s’ouvre pas : vérifiez le chemin et les droits.") % {"name": path.name}]
        ) from error
    if raw.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")) or b"\x00" in raw[:1000]:
        raise StatementFileError(
            [
                _("« %(name)s » n’est pas un fichier CSV : enregistrez la feuille au format CSV.")
                % {"name": path.name}
            ]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")  # French Excel


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their number in the file, header checked."""
    text = _text_of(path)
    first_line = text.split("\n", 1)[0]
    reader = csv.DictReader(
        io.StringIO(text), delimiter=";" if first_line.count(";") > first_line.count(",") else ","
    )
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        raise StatementFileError([
            _("« %(name)s » : il manque la colonne « %(columns)s ». Les colonnes attendues sont : %(expected)s.")
            % {"name": path.name, "columns": " », « ".join(missing), "expected": ", ".join(COLUMNS)}
        ])  # fmt: skip
    for row in reader:
        if any((value or "").strip() for value in row.values() if isinstance(value, str)):
            yield reader.line_num, {name: (row[name] or "").strip() for name in COLUMNS}


class _Faults:
    """Collects what is wrong, row by row."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def add(self, row: int, column: str, sentence: str) -> None:
        self.sentences.append(
            _("ligne %(row)s, colonne « %(column)s » : %(sentence)s")
            % {"row": row, "column": column, "sentence": sentence}
        )


def _number(text: str) -> Decimal | None:
    """A number written in French or in English."""
    plain = text.replace("\u202f", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < Decimal(10) ** 10 else None


def _understood(number: int, row: dict[str, str], faults: _Faults) -> _Line | None:
    before = len(faults.sentences)
    for column in ("id", "indicator_code", "label_fr", "source"):
        if not row[column]:
            faults.add(number, column, _("rien n’est écrit."))
    for column, longest in _LENGTHS.items():
        if len(row[column]) > longest:
            faults.add(number, column, _("plus de %(n)s caractères.") % {"n": longest})
    if row["indicator_code"] and not row["indicator_code"].replace("_", "").replace("-", "").isalnum():
        faults.add(
            number,
            "indicator_code",
            _("« %(text)s » : lettres, chiffres et _ seulement.") % {"text": row["indicator_code"]},
        )
    value = _number(row["value"])
    if value is None:
        faults.add(number, "value", _("« %(text)s » n’est pas un nombre.") % {"text": row["value"]})
    if row["qualifier"] not in Statement.Qualifier.values:
        faults.add(
            number, "qualifier",
            _("« %(text)s » n’est pas un qualificatif : %(known)s.")
            % {"text": row["qualifier"], "known": ", ".join(Statement.Qualifier.values)},
        )  # fmt: skip
    if row["line"] and not row["line"].isdecimal():
        faults.add(number, "line", _("« %(text)s » n’est pas un numéro de ligne.") % {"text": row["line"]})
    if len(faults.sentences) > before or value is None:
        return None
    return _Line(
        row["id"], row["region"], row["indicator_code"], row["label_fr"], value, row["qualifier"], row["unit"],
        row["source"], int(row["line"]) if row["line"] else None,
    )  # fmt: skip


def read_statements(path: Path) -> list[_Line]:
    """Every row understood; ``StatementFileError`` with all the faults otherwise."""
    faults, lines, seen = _Faults(), [], {}
    for number, row in _rows(path):
        if row["id"] and row["id"] in seen:
            faults.add(
                number,
                "id",
                _("« %(id)s » est déjà ligne %(first)s.") % {"id": row["id"], "first": seen[row["id"]]},
            )
        seen.setdefault(row["id"], number)
        if line := _understood(number, row, faults):
            lines.append(line)
    if not lines and not faults.sentences:
        raise StatementFileError(
            [_("« %(name)s » ne contient aucun chiffre : il n’y a que l’en-tête.") % {"name": path.name}]
        )
    if faults.sentences:
        raise StatementFileError(faults.sentences)
    return lines


@transaction.atomic
def import_statements(*, path: Path, programme: Programme, by: Any) -> int:
    """Take in the published figures of a file; they replace what the same file gave before. Returns how many."""
    if by is not None:
        require(may_define(by, programme))
    lines = read_statements(path)
    Statement.objects.filter(programme=programme, file_name=path.name).delete()
    scopes: dict[str, Scope] = {}
    for line in lines:
        if line.place not in scopes:
            scopes[line.place] = scope_of_place(programme, line.place)
    Statement.objects.bulk_create(
        Statement(
            programme=programme, scope=scopes[line.place], reference=line.reference, file_name=path.name,
            indicator_code=line.indicator_code, text=line.text, value=line.value, qualifier=line.qualifier,
            unit=line.unit, source=line.source, source_line=line.source_line,
        )
        for line in lines
    )  # fmt: skip
    journal.record(
        act="indicators.import_statements", by=by, on=programme,
        sentence=gettext_noop("%(count)s chiffres publiés repris de « %(file)s »"), count=len(lines), file=path.name,
    )  # fmt: skip
    return len(lines)

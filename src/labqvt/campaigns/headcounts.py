"""Headcounts of many structures, pasted or in a file: a name and a number a line, faults said line by line."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from labqvt.foundation.lists import UnreadableListError, rows_of, sheets_of
from labqvt.instruments.facts import folded

LARGEST_FILE: Final = 2_000_000
MOST_PEOPLE: Final = 5000
_MOST_FAULTS: Final = 20


@dataclass(frozen=True, slots=True)
class Headcount:
    """``structure``: its key among those known; direction is part of the headcount."""

    structure: int
    headcount: int
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    rows: tuple[Headcount, ...]
    faults: tuple[str, ...]


def read_text(text: str, known: Mapping[str, int]) -> Reading:
    """Lines « nom ; effectif [; dont direction] », separated by a semicolon, a tab or a comma."""
    try:
        return _read(enumerate(rows_of(text), start=1), known)
    except UnreadableListError as error:
        return Reading((), (str(error),))


def read_file(content: bytes, known: Mapping[str, int]) -> Reading:
    """A CSV or a workbook: its first sheet with something on it."""
    if len(content) > LARGEST_FILE:
        return Reading((), (_("Ce fichier est trop lourd : deux mégaoctets au plus."),))
    try:
        sheets = sheets_of(content, first_filled=True)
    except UnreadableListError as error:
        return Reading((), (str(error),))
    return _read(((sheet.first + n, row) for sheet in sheets for n, row in enumerate(sheet.cells)), known)


def names_of(structures: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """How a structure may be written: its name, without capitals or accents, or its identifier. Two alike: neither."""
    found: dict[str, int] = {}
    twice = set()
    for key, name, public_id in structures:
        written = folded(name)
        if found.setdefault(written, key) != key:
            twice.add(written)
        found[public_id.lower()] = key
    return {written: key for written, key in found.items() if written not in twice}


def _read(lines: Iterable[tuple[int, list[str]]], known: Mapping[str, int]) -> Reading:
    rows: list[Headcount] = []
    faults: list[str] = []
    seen: dict[int, int] = {}
    first = True
    for number, line in lines:
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        is_heading, first = first and len(cells) > 1 and not _number(cells[1]).isdecimal(), False
        if is_heading and _structure(cells[0], known) is None:
            continue
        for fault in _faults(cells, known, seen):
            faults.append(_("Ligne %(number)s : %(fault)s") % {"number": number, "fault": fault})
            break
        else:
            structure = _structure(cells[0], known)
            assert structure is not None
            seen[structure] = number
            direction = _number(cells[2]) if len(cells) > 2 and cells[2] else "0"
            rows.append(Headcount(structure, int(_number(cells[1])), int(direction)))
    if len(faults) > _MOST_FAULTS:
        more = len(faults) - _MOST_FAULTS
        faults = [*faults[:_MOST_FAULTS], _("Et %(n)s autres lignes à revoir.") % {"n": more}]
    if not rows and not faults:
        faults = [_("Rien à lire : une ligne par structure, son nom puis son effectif.")]
    return Reading(tuple(rows), tuple(faults))


def _faults(cells: list[str], known: Mapping[str, int], seen: Mapping[int, int]) -> Iterator[str]:
    structure = _structure(cells[0], known)
    if structure is None:
        yield _("« %(name)s » n’est pas une structure connue, ou deux portent ce nom.") % {
            "name": cells[0][:80]
        }
    elif structure in seen:
        yield _("« %(name)s » est déjà à la ligne %(line)s.") % {
            "name": cells[0][:80],
            "line": seen[structure],
        }
    if len(cells) < 2 or not cells[1]:
        yield _("l’effectif manque.")
        return
    headcount = _number(cells[1])
    if not headcount.isdecimal() or not 0 < int(headcount) <= MOST_PEOPLE:
        yield _("« %(said)s » n’est pas un effectif : un nombre entier de 1 à %(most)s.") % {
            "said": cells[1][:20],
            "most": MOST_PEOPLE,
        }
        return
    if len(cells) > 2 and cells[2]:
        direction = _number(cells[2])
        if not direction.isdecimal() or int(direction) > int(headcount):
            yield _(
                "« %(said)s » n’est pas un nombre de membres de la direction : elle fait partie de l’effectif."
            ) % {"said": cells[2][:20]}


def _structure(name: str, known: Mapping[str, int]) -> int | None:
    return known.get(folded(name)) or known.get(name.lower())


def _number(cell: str) -> str:
    """« 12,0 », « 1 200 » as a spreadsheet or a person writes them."""
    bare = "".join(cell.split())
    for zero in (".0", ",0"):
        bare = bare.removesuffix(zero)
    return bare if bare.isascii() else ""

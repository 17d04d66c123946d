"""A list of structures to invite, pasted or in a file: read line by line, every line that is wrong named."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labqvt.foundation.lists import UnreadableListError, rows_of, sheets_of
from labqvt.instruments.facts import folded
from labqvt.structure_surveys.inviting import new_structure
from labqvt.structure_surveys.models import SizeBand, Survey

MOST_LINES: Final = 5000
MOST_BYTES: Final = 5 * 2**20
# Head of a column, without accents nor capitals → what it holds.
HEADS: Final = {
    "nom": "name", "structure": "name", "raison sociale": "name", "association": "name", "name": "name",
    "siret": "siret", "departement": "department", "dept": "department", "department": "department",
    "code postal": "department", "effectif": "band", "taille": "band", "salaries": "band", "headcount": "band",
    "activite": "sector", "secteur": "sector", "sector": "sector", "relais": "relay", "relay": "relay",
    "courriel": "email", "email": "email", "e mail": "email", "mail": "email", "adresse": "email",
    "telephone": "phone", "tel": "phone", "phone": "phone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineError:
    """What is wrong with one line, counted as the reader counts."""

    line: int
    sentence: str


@dataclass(slots=True)
class ReadList:
    """Rows ready to be invited, and what stops the others."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    errors: list[LineError] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


def lines_of_file(content: bytes) -> list[list[str]]:
    """Rows of a CSV or XLSX file; ValidationError with what to do."""
    if len(content) > MOST_BYTES:
        raise ValidationError(_("Ce fichier dépasse 5 Mo : gardez-y la liste des structures seulement."))
    try:
        sheets = sheets_of(content, first_filled=True)
    except UnreadableListError as error:
        raise ValidationError(str(error)) from error
    return sheets[0].cells if sheets else []


def lines_of_text(text: str) -> list[list[str]]:
    """Rows of a pasted text; ValidationError with what to do."""
    try:
        return rows_of(text)
    except UnreadableListError as error:
        raise ValidationError(str(error)) from error


def read_list(lines: list[list[str]], survey: Survey) -> ReadList:
    """Check every line against the others and against the structures already there."""
    told = ReadList()
    filled = [
        (number, line) for number, line in enumerate(lines, start=1) if any(cell.strip() for cell in line)
    ]
    if not filled:
        told.errors.append(LineError(1, _("La liste est vide.")))
        return told
    if len(filled) > MOST_LINES:
        told.errors.append(
            LineError(MOST_LINES, _("La liste dépasse 5 000 lignes : coupez-la en plusieurs."))
        )
        return told
    heads = [HEADS.get(folded(cell).strip(" ():*"), "") for cell in filled[0][1]]
    if "name" in heads:
        told.ignored = [
            c.strip() for c, head in zip(filled[0][1], heads, strict=True) if c.strip() and not head
        ]
        filled = filled[1:]
    elif len(filled[0][1]) == 1:
        heads = ["name"]
    else:
        told.errors.append(
            LineError(filled[0][0], _("La première ligne doit nommer les colonnes, dont « Nom »."))
        )
        return told
    relays = {folded(relay.name): relay for relay in survey.relays.all()}
    known = _Known(survey)
    for number, line in filled:
        values = {
            head: cell.strip() for head, cell in zip(heads, line, strict=False) if head and cell.strip()
        }
        errors = list(_checked(values, relays, survey, known))
        told.errors += [LineError(number, sentence) for sentence in errors]
        if not errors:
            told.rows.append(values)
    return told


class _Known:
    """Names and SIRET already taken, by the survey and by the lines before."""

    def __init__(self, survey: Survey) -> None:
        rows = survey.structures.counted().values_list("folded_name", "department", "siret")
        self.names = {(name, department) for name, department, _siret in rows}
        self.sirets = {siret for _name, _department, siret in rows if siret}


def _checked(values: dict[str, Any], relays: dict[str, Any], survey: Survey, known: _Known) -> Iterator[str]:
    """Put the values of a line in the words of the model; say what cannot be."""
    if "siret" in values:
        values["siret"] = "".join(values["siret"].split())
    if "department" in values:
        values["department"] = department_of(values["department"])
    if "band" in values:
        band = band_of(values["band"])
        if band is None:
            yield _("« %(value)s » n’est pas une taille : écrivez un effectif, par exemple 12.") % {
                "value": values["band"]
            }
        values["band"] = band or ""
    if "relay" in values:
        relay = relays.get(folded(values["relay"]))
        if relay is None:
            yield _("« %(value)s » n’est pas un relais de cette enquête : ajoutez-le d’abord.") % {
                "value": values["relay"]
            }
        values["relay"] = relay
    structure = new_structure(survey, **values)
    try:
        structure.clean_fields(exclude=["survey"])
    except ValidationError as error:
        fields = {f.name: str(f.verbose_name) for f in structure._meta.fields}
        for name, sentences in error.message_dict.items():
            yield _("%(field)s : %(why)s") % {
                "field": fields.get(name, name).capitalize(),
                "why": " ".join(sentences),
            }
    taken = (structure.folded_name, structure.department)
    if structure.siret and structure.siret in known.sirets:
        yield _("Ce SIRET est déjà dans la liste.")
    elif taken in known.names:
        yield _("« %(name)s » est déjà dans la liste.") % {"name": structure.name}
    known.names.add(taken)
    known.sirets.add(structure.siret)


def department_of(text: str) -> str:
    """« 13 », « 4 » or a postcode « 13001 » as a department."""
    text = text.strip().upper()
    if text.isdecimal():
        if len(text) in (4, 5):
            text = text.zfill(5)
            return text[:3] if text.startswith(("97", "98")) else text[:2]
        return text.zfill(2)
    return text


_RANGE: Final = re.compile(r"(\d+)\s*(?:-|–|à|a|to)\s*(\d+)(?:\s*\w+)?")
_COUNT: Final = re.compile(r"(\d[\d\s]*)(?:[.,]0+)?(?:\s*(?:salarié|personne|people)\w*)?")


def band_of(text: str) -> str | None:
    """A headcount, a range inside one band, or the words of a band; nothing when it is neither."""
    text = text.strip().casefold()
    for band in SizeBand:
        if folded(text) in {folded(str(band.label)), band.value}:
            return band.value
    if found := _RANGE.fullmatch(text):
        low, high = (SizeBand.of(int(number)) for number in found.groups())
        return low.value if low == high else None
    if found := _COUNT.fullmatch(text):
        return SizeBand.of(int("".join(found[1].split()))).value
    return SizeBand.FROM_50.value if text in {"50+", "50 +", "50 et plus"} else None

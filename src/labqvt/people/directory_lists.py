"""A list of organisations people bring, read row by row: what may be added, what is wrong and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from labqvt.foundation.lists import Rows
from labqvt.people.models import Organisation
from labqvt.people.regions import region_code


@dataclass(frozen=True, slots=True)
class ListRead:
    """A list of organisations as it was read: what may be added, what is wrong row by row. All of it, or nothing."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


_COLUMNS: Final = ("nom", "siret", "nature", "région", "activité", "effectif")


def read_list(rows: Rows) -> ListRead:
    """Name, SIRET, kind, region, activity, headcount, in this order; a first line of titles is skipped."""
    read = ListRead()
    seen: dict[str, int] = {}
    known = set(Organisation.objects.exclude(siret="").values_list("siret", flat=True))
    for number, cells in enumerate(rows.cells, start=rows.first):
        values = [cell.strip() for cell in cells] + [""] * len(_COLUMNS)
        if not any(values) or (number == rows.first and values[0].lower() in {"nom", "name", "organisation"}):
            continue
        try:
            facts = _facts_of(values)
            if (siret := facts["siret"]) in known:
                raise ValidationError(_("le SIRET %(siret)s est déjà dans l’annuaire.") % {"siret": siret})
            if siret and siret in seen:
                raise ValidationError(_("même SIRET que la ligne %(line)s.") % {"line": seen[siret]})
            seen |= {siret: number} if siret else {}
            read.rows.append(facts)
        except ValidationError as error:
            read.wrong.append((number, _said(error)))
    return read


def _said(error: ValidationError) -> str:
    """Django's own sentences do not say which cell they are about."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    name = Organisation._meta.get_field
    return " ".join(
        f"{name(one).verbose_name} : {' '.join(told)}" for one, told in error.message_dict.items()
    )


def _facts_of(values: Sequence[str]) -> dict[str, Any]:
    name, siret, kind, region, sector, headcount = values[: len(_COLUMNS)]
    if any("\n" in value for value in values):
        raise ValidationError(
            _("une case tient sur plusieurs lignes : un guillemet n’est sans doute pas fermé.")
        )
    if not name:
        raise ValidationError(_("le nom manque."))
    kinds = {str(one.label).lower(): one.value for one in Organisation.Kind} | {
        one.value: one.value for one in Organisation.Kind
    }
    facts = {
        "name": name, "siret": siret.replace(" ", ""), "kind": kinds.get(kind.lower(), "") if kind else Organisation.Kind.STRUCTURE,
        "region": region_code(region) or "" if region else "", "sector": sector, "headcount": int(headcount) if headcount.isdigit() else None,
    }  # fmt: skip
    if not facts["kind"]:
        raise ValidationError(_("nature inconnue : « %(kind)s ».") % {"kind": kind})
    if region and not facts["region"]:
        raise ValidationError(_("région inconnue : « %(region)s ».") % {"region": region})
    if headcount and facts["headcount"] is None:
        raise ValidationError(_("effectif illisible : « %(headcount)s ».") % {"headcount": headcount})
    Organisation(**facts).full_clean(
        exclude=["scope", "public_id"], validate_unique=False, validate_constraints=False
    )
    return facts

"""Acts on the directory of organisations: add one, change its facts, note another name, take in a list at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.lists import Rows
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation, OrganisationName
from labqvt.people.policy import may_keep_directory
from labqvt.people.regions import region_code
from labqvt.people.services import create_organisation

# What a person may write of an organisation, whatever a service said of it.
FACTS: Final = (
    "name", "kind", "siret", "region", "sector", "naf", "naf_revision", "idcc", "opco", "legal_form", "headcount",
    "headcount_on", "headcount_method",
)  # fmt: skip


def organisations_of(person: Any, search: str = "", kind: str = "") -> QuerySet[Organisation]:
    """All of them for the administration; for who steers, those that are not a structure: its life is its own."""
    found = Organisation.objects.all()
    if not person.is_administrator:
        found = found.exclude(kind=Organisation.Kind.STRUCTURE)
    if kind:
        found = found.filter(kind=kind)
    if search:
        digits = search.replace(" ", "")
        found = found.filter(
            Q(name__icontains=search) | Q(names__name__icontains=search) | Q(siret__startswith=digits)
        ).distinct()
    return found.order_by("name", "pk")


@transaction.atomic
def add_organisation(*, by: Any, **facts: Any) -> Organisation:
    """Enter an organisation by hand, or from what a service said and a person read again."""
    require(may_keep_directory(by))
    return create_organisation(by=by, **facts)


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Any, **facts: Any) -> JournalEntry:
    """Write its facts again; they are put back by undoing."""
    require(may_keep_directory(by))
    before = {name: _plain(getattr(organisation, name)) for name in FACTS}
    for name in FACTS:
        if name in facts:
            setattr(organisation, name, facts[name])
    organisation.full_clean(exclude=["scope"])
    organisation.save()
    return journal.record(
        act="people.change_organisation", by=by, on=organisation, sentence=gettext_noop("Organisation changée : %(name)s"),
        undo=("people.put_organisation_back", {"organisation": organisation.public_id, "facts": before}), name=organisation.name,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def put_organisation_back(*, by: Any, organisation: str, facts: Mapping[str, Any]) -> str:
    found = Organisation.objects.select_for_update().get(public_id=organisation)
    change_organisation(organisation=found, by=by, **facts)
    return str(found)


@transaction.atomic
def note_name(
    *, organisation: Organisation, name: str, by: Any, since: date | None = None, until: date | None = None
) -> OrganisationName:
    """Another name it had or has: documents written under the old one still find it."""
    if by is not None:
        require(may_keep_directory(by))
    other = OrganisationName(organisation=organisation, name=name.strip(), since=since, until=until)
    other.full_clean()
    other.save()
    journal.record(
        act="people.note_name", by=by, on=organisation, sentence=gettext_noop("%(organisation)s, aussi nommée %(name)s"),
        organisation=organisation.name, name=other.name,
    )  # fmt: skip
    return other


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


@transaction.atomic
def take_list(*, read: ListRead, by: Any) -> int:
    """Add every row, or none: a list with something wrong is corrected first."""
    require(may_keep_directory(by))
    if read.wrong:
        raise ValidationError(
            _("Rien n’est ajouté tant qu’une ligne ne va pas : corrigez-les, puis reprenez toute la liste.")
        )
    for facts in read.rows:
        create_organisation(by=None, **facts)
    journal.record(
        act="people.take_list",
        by=by,
        on=by,
        sentence=gettext_noop("Organisations ajoutées depuis une liste : %(n)s"),
        n=len(read.rows),
    )
    return len(read.rows)

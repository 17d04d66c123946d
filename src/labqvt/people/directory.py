"""Acts on the directory of organisations: add one, change its facts, note another name, take in a list at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.people.directory_lists import ListRead
from labqvt.people.models import Organisation, OrganisationName
from labqvt.people.policy import may_keep_directory
from labqvt.people.services import create_organisation

# What a person may write of an organisation, whatever a service said of it.
FACTS: Final = (
    "name", "kind", "siret", "region", "sector", "naf", "naf_revision", "idcc", "opco", "legal_form", "headcount",
    "headcount_on", "headcount_method",
)  # fmt: skip


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

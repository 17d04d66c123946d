"""Acts on relays and invited structures: add, note what was sent, relaunch, note a refusal."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.instruments.facts import folded
from labqvt.people.models import Account, Organisation
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.models import Approach, Relay, Sending, Survey, SurveyedStructure, new_key


@transaction.atomic
def add_relay(
    *,
    survey: Survey,
    name: str,
    by: Account,
    organisation: Organisation | None = None,
    is_fictitious: bool = False,
) -> Relay:
    """Note a partner that passes the survey on; it gets its own link."""
    require(policy.may_invite(by, survey))
    relay = Relay(survey=survey, name=name.strip(), organisation=organisation, is_fictitious=is_fictitious)
    relay.full_clean()
    relay.save()
    journal.record(
        act="structure_surveys.add_relay", by=by, on=survey, name=relay.name,
        sentence=gettext_noop("Relais ajouté : %(name)s"),
        undo=("structure_surveys.remove_relay", {"relay": relay.public_id}),
    )  # fmt: skip
    return relay


@transaction.atomic
def remove_relay(*, relay: Relay, by: Account) -> None:
    require(policy.may_invite(by, relay.survey))
    if relay.structures.exists():
        raise PermissionDenied(_("Des structures sont venues par ce relais : il reste dans la liste."))
    relay.delete()


@transaction.atomic
def note_sending(
    *, relay: Relay, on: date, how: str, what: str, by: Account, reached: int | None = None
) -> tuple[Sending, JournalEntry]:
    """Note what a relay sent, when, to how many."""
    require(policy.may_lead(by, relay.survey))
    if on > timezone.localdate():
        raise ValidationError({"on": _("Notez l’envoi une fois fait : ce jour est à venir.")})
    sending = Sending(relay=relay, on=on, how=how, what=what.strip(), reached=reached)
    sending.full_clean()
    sending.save()
    entry = journal.record(
        act="structure_surveys.note_sending", by=by, on=relay.survey, relay=relay.name, what=sending.what,
        sentence=gettext_noop("Envoi noté pour %(relay)s : %(what)s"),
        undo=("structure_surveys.remove_sending", {"relay": relay.public_id, "sending": sending.pk}),
    )  # fmt: skip
    return sending, entry


def remove_sending(*, relay: Relay, sending: int, by: Account) -> None:
    require(policy.may_lead(by, relay.survey))
    relay.sendings.filter(pk=sending).delete()


def new_structure(survey: Survey, **values: Any) -> SurveyedStructure:
    """A structure ready to be saved, its name compared with the others'."""
    structure = SurveyedStructure(survey=survey, **values)
    structure.name = " ".join(structure.name.split())
    structure.folded_name = folded(structure.name)[:200]
    if structure.organisation is None and structure.siret:
        structure.organisation = Organisation.objects.filter(siret=structure.siret).first()
    return structure


@transaction.atomic
def invite(*, survey: Survey, by: Account, **values: Any) -> SurveyedStructure:
    """Add one invited structure."""
    require(policy.may_invite(by, survey))
    structure = new_structure(survey, **values)
    structure.full_clean()
    structure.save()
    journal.record(
        act="structure_surveys.invite", by=by, on=survey, name=structure.name,
        sentence=gettext_noop("Structure invitée : %(name)s"),
        undo=("structure_surveys.remove_structures", {"survey": survey.public_id, "structures": [structure.public_id]}),
    )  # fmt: skip
    return structure


@transaction.atomic
def invite_many(
    *, survey: Survey, by: Account, rows: Iterable[dict[str, Any]]
) -> tuple[list[SurveyedStructure], JournalEntry]:
    """Add the structures of a list already checked line by line: all of them or none."""
    require(policy.may_invite(by, survey))
    structures = [new_structure(survey, **row) for row in rows]
    SurveyedStructure.objects.bulk_create(structures)
    entry = journal.record(
        act="structure_surveys.invite_many", by=by, on=survey, count=len(structures),
        sentence=gettext_noop("Liste de structures invitées ajoutée (%(count)s)"),
        undo=(
            "structure_surveys.remove_structures",
            {"survey": survey.public_id, "structures": [one.public_id for one in structures]},
        ),
    )  # fmt: skip
    return structures, entry


@transaction.atomic
def remove_structures(*, survey: Survey, structures: list[str], by: Account) -> int:
    """Take structures out of the list, unless they began to answer: nothing given is thrown away."""
    require(policy.may_lead(by, survey))
    chosen = survey.structures.filter(public_id__in=structures)
    if chosen.filter(reply__isnull=False).exists():
        raise PermissionDenied(_("Une de ces structures a commencé à répondre : elle reste dans la liste."))
    return chosen.delete()[0]


@transaction.atomic
def note_outcome(*, structure: SurveyedStructure, outcome: str, by: Account) -> JournalEntry:
    """Note that a structure refuses or cannot be reached; empty takes the note back."""
    survey = structure.survey
    require(policy.may_follow(by, survey))
    before = structure.outcome
    structure.outcome = outcome
    structure.full_clean(exclude=["survey"])
    structure.save(update_fields=["outcome"])
    return journal.record(
        act="structure_surveys.note_outcome", by=by, on=survey, name=structure.name,
        sentence=gettext_noop("État noté pour %(name)s"),
        undo=(
            "structure_surveys.note_outcome",
            {"survey": survey.public_id, "structure": structure.public_id, "outcome": before},
        ),
    )  # fmt: skip


@transaction.atomic
def note_approach(
    *, structures: Iterable[SurveyedStructure], survey: Survey, by: Account, how: str, on: date | None = None,
    note: str = "", next_step: str = "", next_on: date | None = None,
) -> tuple[list[Approach], JournalEntry]:  # fmt: skip
    """Note that structures were relaunched: by whom, when, how, and what comes next."""
    require(policy.may_follow(by, survey))
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError({"on": _("Notez la relance une fois faite : ce jour est à venir.")})
    approaches = []
    for structure in structures:
        approach = Approach(
            structure=structure,
            on=on,
            how=how,
            by=by,
            note=note.strip(),
            next_step=next_step.strip(),
            next_on=next_on,
        )
        approach.full_clean()
        approach.save()
        approaches.append(approach)
    entry = journal.record(
        act="structure_surveys.note_approach", by=by, on=survey, count=len(approaches),
        sentence=gettext_noop("Relance notée (structures : %(count)s)"),
        undo=(
            "structure_surveys.remove_approaches",
            {"survey": survey.public_id, "approaches": [approach.pk for approach in approaches]},
        ),
    )  # fmt: skip
    return approaches, entry


def remove_approaches(*, survey: Survey, approaches: list[int], by: Account) -> None:
    require(policy.may_follow(by, survey))
    Approach.objects.filter(structure__survey=survey, pk__in=approaches).delete()


@transaction.atomic
def renew_key(*, structure: SurveyedStructure, by: Account) -> JournalEntry:
    """Make the link a new one: the former opens nothing any more."""
    require(policy.may_lead(by, structure.survey))
    structure.key = new_key()
    structure.save(update_fields=["key"])
    return journal.record(
        act="structure_surveys.renew_key", by=by, on=structure.survey, name=structure.name,
        sentence=gettext_noop("Lien remplacé pour %(name)s"),
    )  # fmt: skip

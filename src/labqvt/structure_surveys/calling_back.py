"""Acts of the people who call structures back: by consent only, with what came out of it; and interview notes."""

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
from labqvt.people.models import Account
from labqvt.structure_surveys import policy, queries
from labqvt.structure_surveys.models import ContactConsent, Interview, Survey, SurveyedStructure

Call = ContactConsent.Call


@transaction.atomic
def note_call(
    *, contact: ContactConsent, call: str, note: str, by: Account, on: date | None = None
) -> JournalEntry:
    """Note a call and its outcome. A structure that does not want to be called any more has its details erased."""
    survey = contact.structure.survey
    require(policy.may_interview(by, survey))
    if not contact.agreed:
        raise PermissionDenied(_("Cette structure n’a pas donné son accord pour être rappelée."))
    before = {"call": contact.call, "note": contact.note}
    contact.call, contact.note, contact.called_by = call, note.strip(), by
    contact.called_on = (on or timezone.localdate()) if call != Call.TO_DO else None
    undo = {"survey": survey.public_id, "contact": contact.public_id, **before}
    if call == Call.DECLINED:
        contact.agreed, contact.details = False, {}
    contact.full_clean(exclude=["details"])
    contact.save()
    return journal.record(
        act="structure_surveys.note_call", by=by, on=survey, name=contact.structure.name,
        call=contact.get_call_display(), sentence=gettext_noop("Rappel noté pour %(name)s : %(call)s"),
        # Details erased at the structure's word do not come back.
        undo=None if call == Call.DECLINED else ("structure_surveys.note_call", undo),
    )  # fmt: skip


@transaction.atomic
def add_interview(
    *, structure: SurveyedStructure, on: date, notes: str, by: Account
) -> tuple[Interview, JournalEntry]:
    """Keep the notes of a conversation, for the team only."""
    require(policy.may_interview(by, structure.survey))
    if on > timezone.localdate():
        raise ValidationError({"on": _("Cet entretien n’a pas encore eu lieu.")})
    interview = Interview(structure=structure, on=on, notes=notes.strip(), by=by)
    interview.full_clean()
    interview.save()
    entry = journal.record(
        act="structure_surveys.add_interview", by=by, on=structure.survey, name=structure.name,
        sentence=gettext_noop("Entretien noté avec %(name)s"),
        undo=(
            "structure_surveys.remove_interview",
            {"survey": structure.survey.public_id, "interview": interview.public_id},
        ),
    )  # fmt: skip
    return interview, entry


def remove_interview(*, survey: Survey, interview: str, by: Account) -> None:
    require(policy.may_interview(by, survey))
    Interview.objects.filter(structure__survey=survey, public_id=interview, by=by).delete()


@transaction.atomic
def forget_what_is_due(*, today: date | None = None) -> dict[str, Any]:
    """Erase contact details, then answers and notes, on the days the first page promised."""
    today = today or timezone.localdate()
    contacts = ContactConsent.objects.filter(delete_on__lt=today).delete()[0]
    over = Survey.objects.filter(answers_until__lt=today)
    structures = SurveyedStructure.objects.filter(survey__in=over)
    forgotten = 0
    for survey in queries.with_counts(over).filter(listed__gt=0):
        journal.record(
            act="structure_surveys.forget", by=None, on=survey, title=survey.title,
            sentence=gettext_noop("Réponses et coordonnées effacées comme promis : %(title)s"),
        )  # fmt: skip
        Survey.objects.filter(pk=survey.pk).update(answers_counted=survey.answered)
        forgotten += 1
    structures.delete()
    return {"contacts": contacts, "surveys": forgotten}

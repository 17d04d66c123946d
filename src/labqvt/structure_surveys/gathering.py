"""Acts of reading written answers: heap them by theme, choose words to quote."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.people.models import Account
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.models import Quotation, Reply, Survey, Theme


@transaction.atomic
def set_themes(
    *, survey: Survey, question: str, reply: Reply, labels: list[str], by: Account
) -> JournalEntry:
    """Put one written answer under these themes, made if they do not exist; a theme left empty goes."""
    require(policy.may_read_answers(by, survey))
    _of(survey, reply)
    mine = Theme.objects.filter(survey=survey, question=question)
    before = list(mine.filter(replies=reply).values_list("label", flat=True))
    wanted = list(dict.fromkeys(label.strip()[:120] for label in labels if label.strip()))
    for label in wanted:
        theme, _new = Theme.objects.get_or_create(survey=survey, question=question, label=label)
        theme.replies.add(reply)
    for theme in mine.filter(replies=reply).exclude(label__in=wanted):
        theme.replies.remove(reply)
    mine.filter(replies=None).delete()
    return journal.record(
        act="structure_surveys.set_themes", by=by, on=survey, name=reply.structure.name,
        sentence=gettext_noop("Réponse écrite rangée par thème : %(name)s"),
        undo=("structure_surveys.set_themes", {
            "survey": survey.public_id, "question": question, "structure": reply.structure.public_id, "labels": before,
        }),
    )  # fmt: skip


@transaction.atomic
def quote(*, survey: Survey, question: str, reply: Reply, words: str, by: Account) -> JournalEntry:
    """Show words of a written answer, exactly as they were written, if the structure agreed; empty takes them back."""
    require(policy.may_read_answers(by, survey))
    _of(survey, reply)
    words = words.strip()
    quotation = Quotation.objects.filter(reply=reply, question=question).first()
    before = quotation.words if quotation else ""
    if not words:
        Quotation.objects.filter(reply=reply, question=question).delete()
    else:
        quotation = quotation or Quotation(reply=reply, question=question)
        quotation.words = words
        _check(quotation)
        quotation.save()
    return journal.record(
        act="structure_surveys.quote", by=by, on=survey, name=reply.structure.name,
        sentence=gettext_noop("Citation modifiée : %(name)s"),
        undo=("structure_surveys.quote", {
            "survey": survey.public_id, "question": question, "structure": reply.structure.public_id, "words": before,
        }),
    )  # fmt: skip


def _check(quotation: Quotation) -> None:
    if quotation.reply.quoting not in {Reply.Quoting.UNNAMED, Reply.Quoting.NAMED}:
        raise PermissionDenied(_("Cette structure n’a pas donné son accord pour être citée."))
    if not quotation.may_be_shown:
        raise ValidationError(
            _(
                "Ces mots ne sont pas, tels quels, dans la réponse : une citation se coupe, elle ne se réécrit pas."
            )
        )
    quotation.full_clean()


def _of(survey: Survey, reply: Reply) -> None:
    if reply.structure.survey_id != survey.pk or reply.sent_at is None:
        raise PermissionDenied(_("Cette réponse n’est pas de cette enquête, ou n’est pas encore envoyée."))

"""Acts on a survey: prepare, launch, extend, close, let someone in. Each checks the right itself and is journalled."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import jobs, journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.people.models import Account, Scope
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.models import Grant, Survey, SurveyMove


def locked(survey: Survey) -> Survey:
    return (
        Survey.objects.select_for_update(of=("self",))
        .select_related("version__questionnaire", "scope", "milestone")
        .get(pk=survey.pk)
    )


def tell_the_figures(survey: Survey) -> None:
    """A survey that closes or opens again changes the facts that figures are computed from (by name: they live above)."""
    jobs.enqueue(
        "indicators.project", title=_("Mise à jour des chiffres"), subject=survey.scope.public_id,
        scope=survey.scope.public_id,
    )  # fmt: skip


@transaction.atomic
def prepare_survey(*, scope: Scope, by: Account, **values: Any) -> Survey:
    """Write the draft of a survey of structures."""
    require(policy.may_prepare(by, scope))
    survey = Survey(scope=scope, **values)
    _check(survey)
    survey.save()
    journal.record(
        act="structure_surveys.prepare", by=by, on=survey, title=survey.title,
        sentence=gettext_noop("Enquête auprès des structures préparée : %(title)s"),
        undo=("structure_surveys.discard", {"survey": survey.public_id}),
    )  # fmt: skip
    return survey


@transaction.atomic
def edit_survey(*, survey: Survey, by: Account, **values: Any) -> Survey:
    """Change anything of a draft."""
    survey = locked(survey)
    require(policy.may_edit(by, survey))
    for name, value in values.items():
        setattr(survey, name, value)
    _check(survey)
    survey.save()
    journal.record(
        act="structure_surveys.edit", by=by, on=survey, title=survey.title,
        sentence=gettext_noop("Préparation de l’enquête modifiée : %(title)s"),
    )  # fmt: skip
    return survey


def _check(survey: Survey) -> None:
    if survey.milestone is not None and survey.milestone.scope_id != survey.scope_id:
        raise ValidationError({"milestone": _("Cette échéance est celle d’un autre territoire.")})
    survey.full_clean()
    require(policy.questionnaire_suits(survey.version))


@transaction.atomic
def discard_draft(*, survey: Survey, by: Account) -> None:
    """Throw a draft away: nobody could answer it yet."""
    survey = locked(survey)
    require(policy.may_edit(by, survey))
    journal.record(
        act="structure_surveys.discard", by=by, on=survey, title=survey.title,
        sentence=gettext_noop("Brouillon d’enquête supprimé : %(title)s"),
    )  # fmt: skip
    survey.delete()


@transaction.atomic
def open_survey(*, survey: Survey, by: Account, today: date | None = None) -> Survey:
    """Launch: what the first page promises does not change any more."""
    today = today or timezone.localdate()
    survey = locked(survey)
    require(policy.may_open(by, survey, today))
    survey.opens_on = max(survey.opens_on, today)
    survey.launched_on, survey.status = today, Survey.Status.OPEN
    survey.full_clean()
    survey.save()
    journal.record(
        act="structure_surveys.open", by=by, on=survey, title=survey.title,
        sentence=gettext_noop("Enquête auprès des structures lancée : %(title)s"),
    )  # fmt: skip
    return survey


@transaction.atomic
def extend_survey(
    *, survey: Survey, closes_on: date, cause: str, by: Account, today: date | None = None
) -> Survey:
    """Give more days, and say why. The former date stays readable."""
    today = today or timezone.localdate()
    survey = locked(survey)
    require(policy.may_extend(by, survey))
    if closes_on <= survey.closes_on or closes_on < today:
        raise ValidationError(
            {
                "closes_on": _(
                    "La nouvelle date doit suivre celle d’aujourd’hui et l’ancienne date de clôture."
                )
            }
        )
    if not cause.strip():
        raise ValidationError({"cause": _("Dites pourquoi : la cause reste lisible à côté des dates.")})
    if closes_on > survey.contacts_until:
        raise ValidationError(
            {
                "closes_on": _(
                    "Les coordonnées doivent être effacées avant ce jour : c’est ce que la première page a promis."
                )
            }
        )
    SurveyMove.objects.create(
        survey=survey, previous=Period.days(survey.opens_on, survey.closes_on),
        new=Period.days(survey.opens_on, closes_on), cause=cause.strip(), recorded_by=by,
    )  # fmt: skip
    survey.closes_on = closes_on
    survey.save(update_fields=["closes_on"])
    journal.record(
        act="structure_surveys.extend", by=by, on=survey, closes_on=Period.day(closes_on), cause=cause.strip()[:120],
        sentence=gettext_noop("Enquête prolongée jusqu’au %(closes_on)s : %(cause)s"),
    )  # fmt: skip
    return survey


@transaction.atomic
def close_survey(*, survey: Survey, by: Account | None = None, today: date | None = None) -> Survey:
    """No answer is taken any more, nor corrected. ``by=None``: its day has passed."""
    today = today or timezone.localdate()
    survey = locked(survey)
    if by is not None:
        require(policy.may_close(by, survey))
    elif not survey.is_open or survey.closes_on >= today:
        raise PermissionDenied(_("Cette enquête n’est pas arrivée à son terme."))
    survey.status = Survey.Status.CLOSED
    survey.closed_on = today if by is not None else survey.closes_on
    survey.save(update_fields=["status", "closed_on"])
    journal.record(
        act="structure_surveys.close", by=by, on=survey, title=survey.title,
        sentence=gettext_noop("Enquête auprès des structures close : %(title)s"),
        undo=("structure_surveys.reopen", {"survey": survey.public_id}) if by is not None else None,
    )  # fmt: skip
    tell_the_figures(survey)
    return survey


@transaction.atomic
def reopen_survey(*, survey: Survey, by: Account) -> Survey:
    """Undo a closing, as long as the last day has not passed."""
    survey = locked(survey)
    require(policy.may_lead(by, survey))
    if not survey.is_closed or survey.closes_on < timezone.localdate():
        raise PermissionDenied(_("Le dernier jour pour répondre est passé : cette enquête reste close."))
    survey.status, survey.closed_on = Survey.Status.OPEN, None
    survey.save(update_fields=["status", "closed_on"])
    tell_the_figures(survey)
    return survey


# Letting someone in


@transaction.atomic
def grant(
    *, survey: Survey, account: Account, right: str, by: Account, until: date | None = None
) -> tuple[Grant, JournalEntry]:
    """Give a consultant or a partner a right in this survey, or change it."""
    require(policy.may_grant(by, survey, account))
    given, _new = Grant.objects.update_or_create(
        survey=survey,
        account=account,
        defaults={"right": right, "until": until, "since": timezone.localdate()},
    )
    given.full_clean()
    entry = journal.record(
        act="structure_surveys.grant", by=by, on=survey, name=account, right=given.get_right_display(),
        sentence=gettext_noop("Accès donné à %(name)s : %(right)s"),
        undo=("structure_surveys.end_grant", {"survey": survey.public_id, "account": account.public_id}),
    )  # fmt: skip
    return given, entry


@transaction.atomic
def end_grant(*, survey: Survey, account: Account, by: Account) -> JournalEntry:
    """Take the right back."""
    require(policy.may_lead(by, survey))
    given = Grant.objects.filter(survey=survey, account=account).first()
    if given is None:
        raise PermissionDenied(_("Cette personne n’a pas d’accès à cette enquête."))
    right = given.right
    given.delete()
    return journal.record(
        act="structure_surveys.end_grant", by=by, on=survey, name=account,
        sentence=gettext_noop("Accès retiré à %(name)s"),
        undo=(
            "structure_surveys.grant",
            {"survey": survey.public_id, "account": account.public_id, "right": right},
        ),
    )  # fmt: skip

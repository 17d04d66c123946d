"""Who may do what with a survey of structures, and the sentence that says why not."""

from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.instruments.policy import may_use
from labqvt.people.models import Account, Function, Scope
from labqvt.people.policy import holds
from labqvt.structure_surveys.models import ContactConsent, Grant, Survey, SurveyedStructure
from labqvt_forms.wording import refused_in_nominative

LEADS: Final = frozenset({Function.REGIONAL, Function.NATIONAL})
GUESTS: Final = frozenset({Function.CONSULTANT, Function.PARTNER})
Right = Grant.Right
_READS: Final = (Right.READ, Right.INTERVIEW)


# Gates: what is not the person's does not exist


def survey_for(person: Any, public_id: str) -> Survey:
    """The survey, for those who lead it or were let in; otherwise it does not exist."""
    found = (
        Survey.objects.select_related("scope", "version__questionnaire", "milestone")
        .defer("version__content", "version__words")
        .prefetch_related("moves")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not may_follow(person, found):
        raise Http404
    return found


def structure_for(person: Any, survey: Survey, public_id: str) -> SurveyedStructure:
    structures = survey.structures.with_standing().select_related("relay", "organisation", "twin_of")
    found = structures.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    found.survey = survey
    return found


def contact_for(survey: Survey, public_id: str) -> ContactConsent:
    found = (
        ContactConsent.objects.select_related("structure")
        .filter(structure__survey=survey, public_id=public_id, agreed=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def scope_for(person: Any, public_id: str) -> Scope:
    """A programme or a region the person leads; otherwise it does not exist."""
    kinds = [Scope.Kind.PROGRAMME, Scope.Kind.EXPERIMENTATION]
    scope = Scope.objects.filter(public_id=public_id, kind__in=kinds).first()
    if scope is None or not may_prepare(person, scope):
        raise Http404
    return scope


# Rights


def leads(person: Any, survey: Survey) -> bool:
    return holds(person, LEADS, survey.scope)


def granted(person: Any, survey: Survey, today: date | None = None) -> str:
    """The right a consultant or a partner was given here and holds today; nothing without a current assignment."""
    if not holds(person, GUESTS, survey.scope):
        return ""
    today = today or timezone.localdate()
    grants = Grant.objects.filter(survey=survey, account=person, since__lte=today)
    return grants.filter(Q(until=None) | Q(until__gte=today)).values_list("right", flat=True).first() or ""


def _led() -> str:
    return _("L’enquête est tenue par la référence de la région et par la coordination nationale.")


def may_prepare(person: Any, scope: Scope) -> Verdict:
    return YES if holds(person, LEADS, scope) else no(_led())


def may_follow(person: Any, survey: Survey) -> Verdict:
    """Counts, who has not answered, relaunching."""
    if leads(person, survey) or granted(person, survey):
        return YES
    return no(_led())


def may_read_answers(person: Any, survey: Survey) -> Verdict:
    if leads(person, survey) or granted(person, survey) in _READS:
        return YES
    return no(
        _("Votre accès permet de suivre et de relancer. Les réponses sont lues par les personnes dites à la première page de l’enquête.")
    )  # fmt: skip


def may_interview(person: Any, survey: Survey) -> Verdict:
    """Enter answers by telephone, write interview notes, call back."""
    if leads(person, survey) or granted(person, survey) == Right.INTERVIEW:
        return YES
    return no(
        _(
            "La saisie au téléphone et les rappels reviennent aux personnes que la référence régionale en a chargées."
        )
    )


def may_enter(person: Any, survey: Survey, today: date | None = None) -> Verdict:
    if not (verdict := may_interview(person, survey)):
        return verdict
    if not survey.takes_answers(today):
        return no(_("L’enquête ne prend plus de réponse : prolongez-la d’abord."))
    return YES


def may_lead(person: Any, survey: Survey) -> Verdict:
    return YES if leads(person, survey) else no(_led())


def may_edit(person: Any, survey: Survey) -> Verdict:
    if not (verdict := may_lead(person, survey)):
        return verdict
    if not survey.is_draft:
        return no(
            _("L’enquête est lancée : ce qui a été dit aux structures ne change plus. Une date se prolonge.")
        )
    return YES


def may_open(person: Any, survey: Survey, today: date | None = None) -> Verdict:
    if not (verdict := may_edit(person, survey)):
        return verdict
    if survey.closes_on < (today or timezone.localdate()):
        return no(_("Le dernier jour pour répondre est passé : choisissez-en un autre avant de lancer."))
    if not (verdict := may_use(survey.version.questionnaire, survey.scope)):
        return verdict
    return questionnaire_suits(survey.version)


def may_extend(person: Any, survey: Survey) -> Verdict:
    if not (verdict := may_lead(person, survey)):
        return verdict
    if not survey.is_open:
        return no(_("Seule une enquête ouverte se prolonge."))
    return YES


may_close = may_extend


def may_invite(person: Any, survey: Survey) -> Verdict:
    if not (verdict := may_lead(person, survey)):
        return verdict
    if survey.is_closed:
        return no(_("L’enquête est close : on n’y invite plus personne."))
    return YES


def may_grant(person: Any, survey: Survey, account: Account) -> Verdict:
    """Only to someone who already is a consultant or a partner around this scope."""
    if not (verdict := may_lead(person, survey)):
        return verdict
    if account in guests_of(survey):
        return YES
    return no(
        _(
            "Un accès se donne à une personne déjà consultante ou partenaire dans cette région ou ce programme."
        )
    )


def guests_of(survey: Survey) -> list[Account]:
    """Consultants and partners assigned to the scope or to one that contains it, today."""
    above = [int(part) for part in survey.scope.path.strip("/").split("/")]
    today = timezone.localdate()
    return list(
        Account.objects.filter(
            Q(assignments__until=None) | Q(assignments__until__gte=today),
            assignments__scope__in=above, assignments__function__in=GUESTS, assignments__since__lte=today,
        ).distinct()
    )  # fmt: skip


# What a survey may ask


def questionnaire_suits(version: QuestionnaireVersion) -> Verdict:
    """Nominative, published, answerable here, and asking nothing about a person."""
    if version.is_draft:
        return no(_("Ce questionnaire est encore un brouillon : publiez-le d’abord."))
    if version.questionnaire.kind != Questionnaire.Kind.STRUCTURES or version.form.anonymous:
        return no(
            _("Ce questionnaire n’est pas fait pour des structures qui répondent en leur nom. Les personnes répondent dans une campagne, sous enveloppe.")
        )  # fmt: skip
    if refused := refused_in_nominative(version.form, (get_language() or "fr")[:2]):
        return no(f"{refused[0].sentence} {refused[0].advice}")
    if items := unanswerable(version.form):
        return no(
            _("« %(question)s » ne se pose pas sur cette page : remplacez-la dans le questionnaire.")
            % {"question": items[0].label.pick(version.form.language) or items[0].id}
        )
    return YES

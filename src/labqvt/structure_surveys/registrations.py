"""What this room offers to the pages below: undoing, panels, dated items, what awaits a person, navigation."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Final

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.foundation.periods import Period
from labqvt.foundation.registries import (
    DatedItem,
    Entry,
    Panel,
    Span,
    Task,
    acts,
    awaiting,
    dated_items,
    navigation,
    panels,
)
from labqvt.people.models import Account, Organisation
from labqvt.people.policy import held_in
from labqvt.programmes.models import Experimentation, Programme
from labqvt.structure_surveys import calling_back, gathering, inviting, policy, queries, services
from labqvt.structure_surveys.models import ContactConsent, Relay, Reply, Survey, SurveyedStructure

CLOSES_SOON: Final = timedelta(days=7)


# Undoing


def _survey(public_id: str) -> Survey:
    return get_object_or_404(Survey.objects.select_related("scope"), public_id=public_id)


def _discard(*, by: Any, survey: str) -> str:
    services.discard_draft(survey=_survey(survey), by=by)
    return _("Le brouillon est supprimé.")


def _reopen(*, by: Any, survey: str) -> str:
    services.reopen_survey(survey=_survey(survey), by=by)
    return _("L’enquête est de nouveau ouverte.")


def _account(public_id: str) -> Account:
    return get_object_or_404(Account, public_id=public_id)


def _grant(*, by: Any, survey: str, account: str, right: str) -> str:
    services.grant(survey=_survey(survey), account=_account(account), right=right, by=by)
    return _("L’accès est donné.")


def _end_grant(*, by: Any, survey: str, account: str) -> str:
    services.end_grant(survey=_survey(survey), account=_account(account), by=by)
    return _("L’accès est retiré.")


def _relay(public_id: str) -> Relay:
    return get_object_or_404(Relay.objects.select_related("survey__scope"), public_id=public_id)


def _remove_relay(*, by: Any, relay: str) -> str:
    inviting.remove_relay(relay=_relay(relay), by=by)
    return _("Le relais est retiré.")


def _remove_sending(*, by: Any, relay: str, sending: int) -> str:
    inviting.remove_sending(relay=_relay(relay), sending=sending, by=by)
    return _("L’envoi est retiré.")


def _remove_structures(*, by: Any, survey: str, structures: list[str]) -> str:
    inviting.remove_structures(survey=_survey(survey), structures=structures, by=by)
    return _("Les structures sont retirées de la liste.")


def _structure(survey: str, public_id: str) -> SurveyedStructure:
    found = SurveyedStructure.objects.select_related("survey__scope")
    return get_object_or_404(found, survey__public_id=survey, public_id=public_id)


def _note_outcome(*, by: Any, survey: str, structure: str, outcome: str) -> str:
    inviting.note_outcome(structure=_structure(survey, structure), outcome=outcome, by=by)
    return _("L’état est remis comme avant.")


def _remove_approaches(*, by: Any, survey: str, approaches: list[int]) -> str:
    inviting.remove_approaches(survey=_survey(survey), approaches=approaches, by=by)
    return _("La relance est retirée.")


def _note_call(*, by: Any, survey: str, contact: str, call: str, note: str) -> str:
    found = ContactConsent.objects.select_related("structure__survey__scope")
    one = get_object_or_404(found, structure__survey__public_id=survey, public_id=contact)
    calling_back.note_call(contact=one, call=call, note=note, by=by)
    return _("Le rappel est remis comme avant.")


def _remove_interview(*, by: Any, survey: str, interview: str) -> str:
    calling_back.remove_interview(survey=_survey(survey), interview=interview, by=by)
    return _("Les notes sont retirées.")


def _reply(survey: str, structure: str) -> Reply:
    found = Reply.objects.select_related("structure__survey__scope")
    return get_object_or_404(found, structure__survey__public_id=survey, structure__public_id=structure)


def _set_themes(*, by: Any, survey: str, question: str, structure: str, labels: list[str]) -> str:
    gathering.set_themes(
        survey=_survey(survey), question=question, reply=_reply(survey, structure), labels=labels, by=by
    )
    return _("La réponse est rangée comme avant.")


def _quote(*, by: Any, survey: str, question: str, structure: str, words: str) -> str:
    gathering.quote(
        survey=_survey(survey), question=question, reply=_reply(survey, structure), words=words, by=by
    )
    return _("La citation est remise comme avant.")


for _name, _act in {
    "discard": _discard,
    "reopen": _reopen,
    "grant": _grant,
    "end_grant": _end_grant,
    "remove_relay": _remove_relay,
    "remove_sending": _remove_sending,
    "remove_structures": _remove_structures,
    "note_outcome": _note_outcome,
    "remove_approaches": _remove_approaches,
    "note_call": _note_call,
    "remove_interview": _remove_interview,
    "set_themes": _set_themes,
    "quote": _quote,
}.items():
    acts.register(f"structure_surveys.{_name}", _act)


# Panels


def _of_scope(person: Any, scope: Any) -> Panel | None:
    """The surveys of a region or programme, for those who may follow one or prepare the first."""
    may_prepare = policy.may_prepare(person, scope)
    mine = list(queries.surveys_of(person).filter(scope=scope)[:5])
    if not mine and not may_prepare:
        return None
    return Panel(
        title=_("Les enquêtes auprès des structures"),
        template="structure_surveys/scope_panel.html",
        context={"surveys": mine, "scope": scope, "may_prepare": may_prepare},
        order=30,
    )


def region_panel(person: Any, region: Experimentation) -> Panel | None:
    return _of_scope(person, region.scope)


def programme_panel(person: Any, programme: Programme) -> Panel | None:
    return _of_scope(person, programme.scope)


def structure_panel(person: Any, structure: Organisation) -> Panel | None:
    """What a structure was asked by name, for its director."""
    mine = queries.surveyed_as(person, structure)
    if not mine:
        return None
    for one in mine:
        one.stands_in_words = queries.StructureStatus(one.stands).label
    return Panel(
        title=_("Les enquêtes où la structure répond en son nom"),
        template="structure_surveys/structure_panel.html",
        context={"structures": mine},
        order=60,
    )


panels.register("programmes.experimentation:structure_surveys", region_panel)
panels.register("programmes.programme:structure_surveys", programme_panel)
panels.register("people.structure:structure_surveys", structure_panel)


# Calendars


def dated_surveys(person: Any, scopes: Iterable[Any], _span: Span) -> Iterable[DatedItem]:
    """Surveys of these scopes that the person may follow; one that carries out a dated item is already there."""
    wanted = {scope.pk for scope in scopes}
    today = timezone.localdate()
    for survey in queries.surveys_of(person).filter(scope__in=wanted, milestone=None):
        yield DatedItem(
            uid=f"structure_surveys.survey.{survey.public_id}",
            title=survey.title,
            period=survey.actual or Period.days(survey.opens_on, survey.closes_on),
            standing=survey.standing(today),
            planned=survey.planned,
            replanned=survey.replanned,
            moves=len(survey.moves.all()),
            sequence=len(survey.moves.all()),
            kind=_("enquête auprès des structures"),
            url=reverse("structure_surveys:survey", args=[survey.public_id]),
        )


dated_items.register("structure_surveys", dated_surveys)


# What awaits


def tasks_of(person: Any) -> Iterable[Task]:
    """Drafts to launch, surveys about to close, calls promised."""
    if not held_in(person, policy.LEADS | policy.GUESTS):
        return
    surveys = list(queries.surveys_of(person))
    calls = queries.calls_waiting(surveys)
    today = timezone.localdate()
    for survey in surveys:
        url = reverse("structure_surveys:survey", args=[survey.public_id])
        if survey.is_draft and policy.leads(person, survey):
            yield Task(
                _("L’enquête « %(title)s » est prête à relire.") % {"title": survey.title}, url,
                _("Relire et lancer"), survey.opens_on,
            )  # fmt: skip
        if survey.is_open and survey.closes_on - today <= CLOSES_SOON:
            waiting = survey.listed - survey.answered
            sentence = ngettext(
                "« %(title)s » se termine bientôt : %(n)s structure n’a pas répondu.",
                "« %(title)s » se termine bientôt : %(n)s structures n’ont pas répondu.",
                waiting,
            )
            yield Task(sentence % {"title": survey.title, "n": waiting}, url, _("Relancer"), survey.closes_on)
        if (waiting := calls.get(survey.pk, 0)) and policy.may_interview(person, survey):
            sentence = ngettext(
                "%(n)s structure de « %(title)s » attend d’être rappelée.",
                "%(n)s structures de « %(title)s » attendent d’être rappelées.",
                waiting,
            )
            calls_url = reverse("structure_surveys:calls", args=[survey.public_id])
            yield Task(sentence % {"title": survey.title, "n": waiting}, calls_url, _("Rappeler"))


awaiting.register("structure_surveys", tasks_of)


# Main navigation


def entries_of(person: Any) -> Iterable[Entry]:
    """The surveys, for those who lead or were let into some."""
    if queries.scopes_led_by(person) or queries.surveys_of(person).exists():
        yield Entry(_("Enquêtes"), reverse("structure_surveys:surveys"), order=32)


navigation.register("structure_surveys", entries_of)

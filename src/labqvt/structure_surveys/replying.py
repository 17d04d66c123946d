"""Acts of a structure that answers: it says who it is, answers page after page, sends, corrects, changes its mind.

Whoever holds the link of a structure answers for it; typing its name gives nothing of what was already said.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.instruments.asking import Answers
from labqvt.instruments.facts import folded
from labqvt.instruments.route import Route, route_of
from labqvt.people.models import Account
from labqvt.structure_surveys import policy
from labqvt.structure_surveys.asked import Asked, asked_by_version, learn
from labqvt.structure_surveys.inviting import new_structure
from labqvt.structure_surveys.models import ContactConsent, Relay, Reply, Survey, SurveyedStructure


class Met(enum.Enum):
    """What a name typed on the first page leads to."""

    BEGUN = "begun"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Identified:
    met: Met
    structure: SurveyedStructure


def asked_in(survey: Survey) -> Asked:
    return asked_by_version(survey.version.public_id)


def _open(survey: Survey, today: date | None) -> None:
    if not survey.takes_answers(today):
        raise PermissionDenied(_("Cette enquête ne prend pas de réponse aujourd’hui."))


@transaction.atomic
def identify(
    *, survey: Survey, name: str, siret: str = "", department: str = "", band: str = "", function: str = "",
    relay: Relay | None = None, second: bool = False, now: datetime | None = None, **facts: Any,
) -> Identified:  # fmt: skip
    """Begin to answer for a structure found by its SIRET or its name, or new to the survey.

    When an answer was already begun under that name it is not opened, only told; ``second`` begins another one,
    which the team will settle with the first.
    """
    _open(survey, timezone.localdate(now) if now else None)
    found = _known(survey, name, siret, department)
    if found is not None and hasattr(found, "reply"):
        if not second:
            return Identified(Met.ALREADY, found)
        twin = new_structure(
            survey, name=found.name, siret=siret, department=department or found.department, band=band or found.band,
            sector=found.sector, relay=relay or found.relay, invited=False, twin_of=found, **facts,
        )  # fmt: skip
        twin.organisation = None  # who typed a name is not yet known to be that organisation
        twin.full_clean()
        twin.save()
        _begin(twin, function, now)
        return Identified(Met.BEGUN, twin)
    structure = found
    if structure is None:
        structure = new_structure(
            survey,
            name=name,
            siret=siret,
            department=department,
            band=band,
            relay=relay,
            invited=False,
            **facts,
        )
        structure.full_clean()
    else:
        if siret and survey.structures.counted().filter(siret=siret).exclude(pk=structure.pk).exists():
            raise ValidationError({"siret": _("Une structure de cette enquête porte déjà ce SIRET.")})
        structure.siret = structure.siret or siret
        structure.department = structure.department or department
        structure.band = structure.band or band
        structure.relay = structure.relay or relay
    structure.save()
    _begin(structure, function, now)
    return Identified(Met.BEGUN, structure)


def _known(survey: Survey, name: str, siret: str, department: str) -> SurveyedStructure | None:
    mine = survey.structures.select_for_update(of=("self",)).counted().select_related("reply", "relay")
    if siret and (found := mine.filter(siret=siret).first()):
        return found
    same = mine.filter(folded_name=folded(" ".join(name.split()))[:200])
    if siret:
        same = same.filter(siret="")
    exact = same.filter(department=department).first()
    if exact or not department:
        return exact or (same.get() if same.count() == 1 else None)
    return same.filter(department="").first()


@transaction.atomic
def begin_by_link(*, structure: SurveyedStructure, function: str, now: datetime | None = None) -> Reply:
    """Begin, or go on, for the structure whose link this is."""
    _open(structure.survey, timezone.localdate(now) if now else None)
    reply = Reply.objects.filter(structure=structure).first()
    return reply or _begin(structure, function, now)


@transaction.atomic
def begin_by_phone(*, structure: SurveyedStructure, function: str, by: Account) -> Reply:
    """A third person enters what a structure says on the telephone."""
    require(policy.may_enter(by, structure.survey))
    reply = Reply.objects.filter(structure=structure).first() or _begin(structure, function, None)
    if reply.sent_at is None:
        reply.entered_by = by
        reply.save(update_fields=["entered_by"])
    journal.record(
        act="structure_surveys.begin_by_phone", by=by, on=structure.survey, name=structure.name,
        sentence=gettext_noop("Réponse saisie au téléphone : %(name)s"),
    )  # fmt: skip
    return reply


def _begin(structure: SurveyedStructure, function: str, now: datetime | None) -> Reply:
    now = now or timezone.now()
    values = {"function": function[:100], "begun_at": now, "changed_at": now}
    return Reply.objects.get_or_create(structure=structure, defaults=values)[0]  # two tabs begin one answer


def answers_of(reply: Reply) -> Answers:
    """Everything a structure said, what is kept apart included: for the structure itself."""
    contact = ContactConsent.objects.filter(structure_id=reply.structure_id).first()
    return {**reply.answers, **(contact.details if contact else {})}


@transaction.atomic
def keep_page(
    *, reply: Reply, page: int, given: Answers, here: set[str], now: datetime | None = None
) -> Route:
    """Keep the answers of one page: unticked is forgotten, other pages stay. What is kept apart goes apart."""
    survey = reply.structure.survey
    _open(survey, timezone.localdate(now) if now else None)
    asked = asked_in(survey)
    locked = Reply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    before = answers_of(locked)
    kept = {id_: answer for id_, answer in before.items() if id_ not in here} | given
    route = route_of(asked.form, kept)
    if locked.sent_at is not None:
        kept = route.answers
    told, apart = asked.split(kept)
    locked.answers, locked.page = told, max(locked.page, page)
    if kept != before:
        locked.changed_at = now or timezone.now()
    locked.save()
    if here & asked.apart:
        _keep_contact(locked.structure, asked, apart)
    if locked.sent_at is not None and kept != before:
        _tell(locked, gettext_noop("Réponse corrigée : %(name)s"), "structure_surveys.correct")
    return route


def _keep_contact(structure: SurveyedStructure, asked: Asked, apart: Mapping[str, Any]) -> None:
    """Details are kept only with consent; a refusal is remembered, and nothing else."""
    if not apart:
        ContactConsent.objects.filter(structure=structure).delete()
        return
    agreed = asked.agrees(apart)
    details = (
        dict(apart) if agreed else {id_: answer for id_, answer in apart.items() if id_ == asked.consent}
    )
    ContactConsent.objects.update_or_create(
        structure=structure,
        defaults={"agreed": agreed, "details": details, "delete_on": structure.survey.contacts_until},
    )


@transaction.atomic
def send(*, reply: Reply, quoting: str, now: datetime | None = None) -> Reply:
    """Say that the answer is complete. It may still be corrected until closing."""
    survey = reply.structure.survey
    _open(survey, timezone.localdate(now) if now else None)
    asked = asked_in(survey)
    reply = Reply.objects.select_for_update(of=("self",)).select_related("structure").get(pk=reply.pk)
    first = reply.sent_at is None
    everything = answers_of(reply)
    # A question this structure is not asked any more leaves no answer behind.
    reply.answers, apart = asked.split(route_of(asked.form, everything).answers)
    if ContactConsent.objects.filter(structure=reply.structure).exists():
        _keep_contact(reply.structure, asked, apart)
    reply.quoting = quoting
    reply.sent_at = reply.sent_at or now or timezone.now()
    reply.changed_at = now or timezone.now()
    reply.full_clean(exclude=["answers"])
    reply.save()
    if learn(reply.structure, reply.answers, asked.form):
        reply.structure.save(update_fields=["band", "sector"])
    if first:
        _tell(reply, gettext_noop("Réponse envoyée : %(name)s"), "structure_surveys.send")
    return reply


def _tell(reply: Reply, sentence: str, act: str) -> None:
    structure = reply.structure
    journal.record(act=act, by=reply.entered_by, on=structure.survey, sentence=sentence, name=structure.name)


@transaction.atomic
def withdraw_contact(*, structure: SurveyedStructure) -> None:
    """The structure does not want to be contacted any more, at any moment: what it gave for that is erased."""
    asked = asked_in(structure.survey)
    contact = ContactConsent.objects.filter(structure=structure).first()
    if contact is None:
        return
    contact.agreed, contact.note = False, ""
    contact.details = {asked.consent: "no"} if asked.consent else {}
    contact.save()
    journal.record(
        act="structure_surveys.withdraw_contact", by=None, on=structure.survey, name=structure.name,
        sentence=gettext_noop("Accord pour être recontactée retiré : %(name)s"),
    )  # fmt: skip


# Two answers for one structure


class Settling(enum.StrEnum):
    """What becomes of a second answer."""

    KEEP_FIRST = "keep_first"
    KEEP_SECOND = "keep_second"
    COMPLETE = "complete"
    APART = "apart"


@transaction.atomic
def settle(*, twin: SurveyedStructure, how: str, by: Account) -> JournalEntry:
    """Choose between two answers given under one name, complete the first by the second, or say they are two."""
    survey = twin.survey
    require(policy.may_lead(by, survey))
    first = twin.twin_of
    if first is None:
        raise PermissionDenied(_("Cette réponse n’attend pas de choix."))
    name = twin.name
    if how == Settling.APART:
        twin.twin_of, twin.siret = None, "" if first.siret == twin.siret else twin.siret
        twin.name = _("%(name)s (autre établissement)") % {"name": name[:170]}
        twin.folded_name = folded(twin.name)[:200]
        twin.full_clean()
        twin.save()
    else:
        _settle_replies(first, twin, how)
        twin.delete()
    return journal.record(
        act="structure_surveys.settle", by=by, on=survey, name=name,
        sentence=gettext_noop("Deux réponses départagées : %(name)s"),
    )  # fmt: skip


def _settle_replies(first: SurveyedStructure, twin: SurveyedStructure, how: str) -> None:
    given = Reply.objects.filter(structure=twin).first()
    if given is None or how == Settling.KEEP_FIRST:
        return
    if given.sent_at is None:
        raise PermissionDenied(_("La seconde réponse n’est pas encore envoyée : elle reste à qui l’écrit."))
    if how == Settling.KEEP_SECOND:
        Reply.objects.filter(structure=first).delete()
        ContactConsent.objects.filter(structure=first).delete()
        Reply.objects.filter(structure=twin).update(structure=first)
        ContactConsent.objects.filter(structure=twin).update(structure=first)
        return
    kept = Reply.objects.get(structure=first)
    # What was sent weighs more than what was only begun.
    first_was_sent = kept.sent_at is not None
    kept.answers = {**given.answers, **kept.answers} if first_was_sent else {**kept.answers, **given.answers}
    kept.quoting = kept.quoting or given.quoting
    kept.sent_at = kept.sent_at or given.sent_at
    kept.changed_at = timezone.now()
    kept.save()
    if not ContactConsent.objects.filter(structure=first, agreed=True).exists():
        ContactConsent.objects.filter(structure=first).delete()
        ContactConsent.objects.filter(structure=twin, agreed=True).update(structure=first)

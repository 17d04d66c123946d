"""Acts on questionnaires: write, copy, take from a file, complete, publish, retire, attest."""

from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.public_ids import new_public_id
from labqvt.foundation.verdict import require
from labqvt.instruments.adapting import completed, own_questions
from labqvt.instruments.drafts import locked
from labqvt.instruments.models import Attestation, Questionnaire, QuestionnaireVersion
from labqvt.instruments.policy import (
    may_adapt,
    may_attest,
    may_complete,
    may_edit,
    may_open_version,
    may_retire,
    may_write_in,
)
from labqvt.people.models import Organisation, Scope
from labqvt_forms import Group, Nature, Text
from labqvt_forms import Questionnaire as Form
from labqvt_forms.formats import json_form
from labqvt_forms.wording import refused_in_nominative

# What goes with the words of one version; the rest of what a pack says is true of all.
OF_A_VERSION: Final = ("references", "kept_apart", "scoring_note", "minutes")
OWN_QUESTIONS_TAKE: Final = 1  # minute
Origin = Questionnaire.Origin
Status = QuestionnaireVersion.Status


@transaction.atomic
def write_questionnaire(
    *, title: str, kind: str, language: str, scope: Scope, by: Any
) -> QuestionnaireVersion:
    """Begin a questionnaire from nothing: a first empty page."""
    require(may_write_in(by, scope))
    blank = Form(
        id=_form_id(title), title=Text.of({language: title}), languages=(language,), nature=_nature(kind),
        groups=(Group(id="G1"),),
    )  # fmt: skip
    return _begin(blank, kind=kind, origin=Origin.WRITTEN, scope=scope, by=by, licence="")


@transaction.atomic
def keep_imported(
    *, form: Form, kind: str, scope: Scope, by: Any, licence: str = "", **pack: Any
) -> QuestionnaireVersion:
    """Keep as a draft what was read from a file, once its warnings were seen. ``pack`` is what a pack says more."""
    require(may_write_in(by, scope))
    form = replace(form, nature=_nature(kind))
    refuse_opinions_by_name(form)
    return _begin(form, kind=kind, origin=Origin.IMPORTED, scope=scope, by=by, licence=licence, **pack)


@transaction.atomic
def copy_version(*, version: QuestionnaireVersion, title: str, scope: Scope, by: Any) -> QuestionnaireVersion:
    """Begin a questionnaire from another, whose licence it keeps."""
    require(may_write_in(by, scope))
    source = version.questionnaire
    form = version.form
    form = replace(
        form, id=_form_id(title), version="1", title=Text.of(dict(form.title) | {form.language: title})
    )
    return _begin(
        form, kind=source.kind, origin=Origin.WRITTEN, scope=scope, by=by, licence=source.licence,
        licence_text=source.licence_text, licence_url=source.licence_url, attestation=source.attestation,
    )  # fmt: skip


@transaction.atomic
def adapt_version(*, version: QuestionnaireVersion, structure: Organisation, by: Any) -> QuestionnaireVersion:
    """Let a structure complete a shipped questionnaire with its own questions, the rest being locked."""
    require(may_adapt(by, structure))
    require(may_complete(by, version))
    return _begin(
        completed(version.form), kind=version.questionnaire.kind, origin=Origin.ADAPTED, scope=structure.scope,
        by=by, licence=version.questionnaire.licence, licence_text=version.questionnaire.licence_text,
        licence_url=version.questionnaire.licence_url, adapts=version, scoring_note=version.scoring_note,
        minutes=version.minutes and version.minutes + OWN_QUESTIONS_TAKE,
    )  # fmt: skip


def _begin(
    form: Form, *, kind: str, origin: str, scope: Scope | None, by: Any, **facts: Any
) -> QuestionnaireVersion:
    of_version = {name: facts.pop(name) for name in OF_A_VERSION if name in facts}
    title = form.title.pick(form.language) or form.id
    questionnaire = Questionnaire(
        slug=f"{slugify(title)[:60] or 'questionnaire'}-{new_public_id()}".lower(), title=title[:200], kind=kind,
        origin=origin, scope=scope, **({"licence": _("Tous droits réservés à qui l’a écrit")} | {k: v for k, v in facts.items() if v}),
    )  # fmt: skip
    questionnaire.full_clean()
    questionnaire.save()
    version = QuestionnaireVersion(
        questionnaire=questionnaire, number=1, content=json_form.to_json(form), **of_version
    )
    version.full_clean()
    version.save()
    _record("begin", gettext_noop("Questionnaire commencé : %(title)s"), version, by)
    return version


@transaction.atomic
def open_version(*, questionnaire: Questionnaire, by: Any) -> QuestionnaireVersion:
    """Prepare the next wording, starting from the latest."""
    require(may_open_version(by, questionnaire))
    latest = questionnaire.versions.order_by("-number").first()
    assert latest is not None
    form = replace(latest.form, version=str(latest.number + 1))
    version = QuestionnaireVersion(
        questionnaire=questionnaire, number=latest.number + 1, content=json_form.to_json(form),
        mirrors=latest.mirrors, **{name: getattr(latest, name) for name in OF_A_VERSION},
    )  # fmt: skip
    version.full_clean()
    version.save()
    _record("open_version", gettext_noop("Nouvelle version ouverte : %(title)s"), version, by)
    return version


@transaction.atomic
def publish(
    *, version: QuestionnaireVersion, note: str, by: Any, on: date | None = None
) -> QuestionnaireVersion:
    """Freeze a draft: from now on its words never change. The version before it is retired."""
    version = locked(version)
    require(may_edit(by, version))
    refuse_unfinished(version)
    questionnaire = version.questionnaire
    questionnaire.versions.filter(status=Status.PUBLISHED).update(status=Status.RETIRED)
    questionnaire.title = version.form.title.pick("fr", version.form.language)[:200]
    questionnaire.save(update_fields=["title"])
    version.status, version.note, version.published_on = Status.PUBLISHED, note, on or timezone.localdate()
    version.save(update_fields=["status", "note", "published_on"])
    version.steps.all().delete()
    _record("publish", gettext_noop("Questionnaire publié : %(title)s"), version, by)
    return version


def refuse_opinions_by_name(form: Form) -> None:
    """Stop a questionnaire answered by name that asks about health, a superior or satisfaction."""
    if form.anonymous:
        return
    if refused := refused_in_nominative(form, (get_language() or "fr")[:2]):
        raise PermissionDenied(f"{refused[0].sentence} {refused[0].advice}")


def refuse_unfinished(version: QuestionnaireVersion) -> None:
    """Stop the publication of what nobody could answer."""
    form = version.form
    refuse_opinions_by_name(form)
    if not form.answer_variables:
        raise PermissionDenied(_("Ce questionnaire ne pose encore aucune question."))
    if version.questionnaire.origin == Origin.ADAPTED and not own_questions(form):
        raise PermissionDenied(
            _("Ajoutez au moins une question : sans elle, servez-vous du questionnaire livré.")
        )
    empty = [group for group in form.groups if not group.items]
    if empty:
        raise PermissionDenied(
            _("La page « %(page)s » est vide : supprimez-la ou ajoutez-y une question.")
            % {"page": empty[0].title.pick(form.language) or empty[0].id}
        )
    for variable in form.variables:
        if not variable.label.get(form.language):
            raise PermissionDenied(
                _("Une question n’a pas encore son texte (« %(id)s »).") % {"id": variable.id}
            )


@transaction.atomic
def retire(*, version: QuestionnaireVersion, by: Any) -> JournalEntry:
    """Propose a version no longer; campaigns that use it go on."""
    version = locked(version)
    require(may_retire(by, version))
    version.status = Status.RETIRED
    version.save(update_fields=["status"])
    return _record(
        "retire", gettext_noop("Version retirée : %(title)s"), version, by,
        undo=("instruments.propose_again", {"version": version.public_id}),
    )  # fmt: skip


@transaction.atomic
def propose_again(*, version: QuestionnaireVersion, by: Any) -> None:
    """Put back the latest retired version."""
    version = locked(version)
    questionnaire = version.questionnaire
    if questionnaire.scope is not None:
        require(may_write_in(by, questionnaire.scope))
    if version.status != Status.RETIRED or questionnaire.versions.filter(status=Status.PUBLISHED).exists():
        raise PermissionDenied(_("Une autre version est proposée depuis : celle-ci reste retirée."))
    version.status = Status.PUBLISHED
    version.save(update_fields=["status"])
    _record("propose_again", gettext_noop("Version proposée de nouveau : %(title)s"), version, by)


@transaction.atomic
def discard_draft(*, version: QuestionnaireVersion, by: Any) -> JournalEntry:
    """Throw a draft away; undoing brings it back as it was, without its steps."""
    version = locked(version)
    require(may_edit(by, version))
    questionnaire = version.questionnaire
    entry = _record(
        "discard", gettext_noop("Brouillon supprimé : %(title)s"), version, by,
        undo=("instruments.bring_back", {
            "questionnaire": questionnaire.public_id, "number": version.number, "content": version.content,
            "mirrors": version.mirrors.public_id if version.mirrors else None,
            **{name: getattr(version, name) for name in OF_A_VERSION},
        }),
    )  # fmt: skip
    version.delete()
    return entry


@transaction.atomic
def bring_back(
    *,
    questionnaire: Questionnaire,
    by: Any,
    number: int,
    content: dict[str, Any],
    mirrors: str | None,
    **rest: Any,
) -> None:
    """Undo the discarding of a draft."""
    version = QuestionnaireVersion(
        questionnaire=questionnaire, number=number, content=content,
        mirrors=QuestionnaireVersion.objects.filter(public_id=mirrors).first(), **rest,
    )  # fmt: skip
    require(may_edit(by, version))
    if questionnaire.versions.filter(status=Status.DRAFT).exists():
        raise PermissionDenied(_("Une nouvelle version est déjà en préparation : continuez celle-là."))
    version.full_clean()
    version.save()
    _record("bring_back", gettext_noop("Brouillon rétabli : %(title)s"), version, by)


@transaction.atomic
def attest(*, questionnaire: Questionnaire, scope: Scope, by: Any) -> Attestation:
    """Say, for a scope, that it has the right to use a questionnaire that is not free."""
    require(may_attest(by, questionnaire, scope))
    attestation, new = Attestation.objects.get_or_create(
        questionnaire=questionnaire, scope=scope, defaults={"by": by, "sentence": questionnaire.attestation}
    )
    if new:
        journal.record(
            act="instruments.attest", by=by, on=questionnaire, title=questionnaire, scope=scope,
            sentence=gettext_noop("Droit d’usage attesté pour %(scope)s : %(title)s"),
        )  # fmt: skip
    return attestation


def _nature(kind: str) -> Nature:
    """Structures answer by name, people never do."""
    return Nature.NOMINATIVE if kind == Questionnaire.Kind.STRUCTURES else Nature.ANONYMOUS


def raised_to(version: QuestionnaireVersion) -> int:
    """The highest least group of the versions before: the next one may raise it, never lower it."""
    before = version.questionnaire.versions.exclude(pk=version.pk)
    return max((one.form.min_group or 0 for one in before), default=0)


def _form_id(title: str) -> str:
    return slugify(title)[:60] or "questionnaire"


def _record(act: str, sentence: str, version: QuestionnaireVersion, by: Any, **undo: Any) -> JournalEntry:
    return journal.record(
        act=f"instruments.{act}", by=by, on=version, sentence=sentence, title=str(version), **undo
    )

"""Who may read, write and use which questionnaire: wordings are no secret among those who work with them."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.instruments.models import Attestation, Questionnaire, QuestionnaireVersion
from labqvt.people.models import Function, Organisation, Scope
from labqvt.people.policy import held_in, holds

AUTHORS: Final = frozenset(
    {Function.NATIONAL, Function.REGIONAL, Function.CONSULTANT, Function.ADMINISTRATOR}
)
PAIR: Final = frozenset({Function.DIRECTOR, Function.EMPLOYEE})
COMPLETERS: Final = frozenset({Function.DIRECTOR, Function.CONSULTANT})
OWN_QUESTIONS_AT_MOST: Final = 3

Status = QuestionnaireVersion.Status


def scopes_written_in(person: Any) -> list[Scope]:
    """Where this person may keep questionnaires of their own."""
    return held_in(person, AUTHORS)


def may_write(person: Any) -> Verdict:
    if scopes_written_in(person):
        return YES
    return no(
        _(
            "Un questionnaire s’écrit par une coordination, une référence régionale, une consultance ou l’administration de l’outil. Une structure complète un questionnaire livré."
        )
    )


def may_write_in(person: Any, scope: Scope) -> Verdict:
    if holds(person, AUTHORS, scope):
        return YES
    return no(_("Vous ne tenez pas de questionnaires dans « %(scope)s ».") % {"scope": scope.label})


def may_adapt(person: Any, structure: Organisation) -> Verdict:
    """The pair adds its own questions; who accompanies it may help."""
    if holds(person, COMPLETERS, structure.scope):
        return YES
    return no(
        _(
            "Les questions propres d’une structure s’écrivent par sa direction ou par la personne qui l’accompagne."
        )
    )


def may_complete(person: Any, version: QuestionnaireVersion) -> Verdict:
    """Add a structure's own questions to this one, somewhere."""
    if version.status != Status.PUBLISHED or version.questionnaire.origin != Questionnaire.Origin.SHIPPED:
        return no(_("Seul un questionnaire livré avec l’outil se complète ainsi."))
    if version.questionnaire.kind != Questionnaire.Kind.EMPLOYEES or version.questionnaire.easy_read_of_id:
        return no(_("Une structure ajoute ses questions au questionnaire que son équipe remplit."))
    if not any(scope.kind == Scope.Kind.STRUCTURE for scope in held_in(person, COMPLETERS)):
        return no(
            _(
                "Les questions propres d’une structure s’écrivent par sa direction ou par la personne qui l’accompagne."
            )
        )
    return YES


def may_edit(person: Any, version: QuestionnaireVersion) -> Verdict:
    questionnaire = version.questionnaire
    if questionnaire.scope is None:
        return no(
            _(
                "Ce questionnaire est livré avec l’outil : il reste le même partout, pour que les résultats se comparent. Faites-en une copie."
            )
        )
    if not _keeps(person, questionnaire):
        return no(_("Ce questionnaire se modifie par les personnes qui le tiennent. Faites-en une copie."))
    if not version.is_draft:
        return no(
            _(
                "Cette version est figée : des personnes ont répondu ou répondront à ces mots-là. Ouvrez une nouvelle version."
            )
        )
    return YES


def may_open_version(person: Any, questionnaire: Questionnaire) -> Verdict:
    """A new draft, one at a time."""
    if questionnaire.scope is None or not _keeps(person, questionnaire):
        return no(_("Ce questionnaire se modifie par les personnes qui le tiennent. Faites-en une copie."))
    if questionnaire.versions.filter(status=Status.DRAFT).exists():
        return no(_("Une nouvelle version est déjà en préparation : continuez celle-là."))
    return YES


def may_retire(person: Any, version: QuestionnaireVersion) -> Verdict:
    if version.questionnaire.scope is None or not _keeps(person, version.questionnaire):
        return no(_("Ce questionnaire se retire par les personnes qui le tiennent."))
    if version.status != Status.PUBLISHED:
        return no(_("Seule une version publiée se retire."))
    return YES


def may_attest(person: Any, questionnaire: Questionnaire, scope: Scope) -> Verdict:
    if not questionnaire.attestation:
        return no(_("Ce questionnaire est sous licence ouverte : il n’y a rien à attester."))
    if not holds(person, AUTHORS | {Function.DIRECTOR}, scope):
        return no(
            _("Le droit d’usage s’atteste par une personne qui engage « %(scope)s ».")
            % {"scope": scope.label}
        )
    return YES


def may_use(questionnaire: Questionnaire, scope: Scope) -> Verdict:
    """A questionnaire under a restricted licence is used only where somebody attested the right to."""
    if not questionnaire.attestation or _attested(questionnaire, [scope]):
        return YES
    return no(
        _(
            "Ce questionnaire n’est pas libre : attestez d’abord, sur sa page, que vous avez le droit de vous en servir."
        )
    )


def may_export(person: Any, questionnaire: Questionnaire) -> Verdict:
    """Whoever reads it takes it away; under a restricted licence, only who acts where the right was attested."""
    if not questionnaire.attestation or _attested(questionnaire, held_in(person, frozenset(Function))):
        return YES
    return no(
        _(
            "Ce questionnaire n’est pas libre : il s’exporte là où quelqu’un a attesté, sur sa page, le droit de s’en servir."
        )
    )


def _attested(questionnaire: Questionnaire, scopes: list[Scope]) -> bool:
    return Attestation.objects.filter(reaching(scopes), questionnaire=questionnaire).exists()


def reaching(scopes: Iterable[Scope]) -> Q:
    """Attestations that hold in one of these scopes: made there, above, or by the operator for the whole tool."""
    above = {int(key) for scope in scopes for key in scope.path.split("/") if key}
    return Q(scope__kind=Scope.Kind.TOOL) | Q(scope__in=above)


def readable(person: Any) -> QuerySet[QuestionnaireVersion]:
    """What this person may read: what was published for everyone, what their structure completed, their drafts."""
    kept = _in_scopes("questionnaire__scope", held_in(person, AUTHORS))
    own = _in_scopes("questionnaire__scope", held_in(person, AUTHORS | PAIR))
    for_all = Q(questionnaire__scope=None) | ~Q(questionnaire__scope__kind=Scope.Kind.STRUCTURE)
    published = ~Q(status=Status.DRAFT) & (for_all | own)
    drafts = Q(status=Status.DRAFT) & (kept | (own & Q(questionnaire__origin=Questionnaire.Origin.ADAPTED)))
    versions = QuestionnaireVersion.objects.filter(published | drafts)
    return versions.select_related("questionnaire__scope", "questionnaire__adapts", "mirrors__questionnaire")


def version_for(person: Any, public_id: str) -> QuestionnaireVersion:
    """The version, if this person may read it; otherwise it does not exist."""
    version = readable(person).filter(public_id=public_id).first()
    if version is None:
        raise Http404
    return version


def _keeps(person: Any, questionnaire: Questionnaire) -> bool:
    functions = AUTHORS
    if questionnaire.origin == Questionnaire.Origin.ADAPTED:
        functions = AUTHORS | {Function.DIRECTOR}
    return holds(person, functions, questionnaire.scope)


def _in_scopes(field: str, scopes: list[Scope]) -> Q:
    """Rows whose scope lies in one of these."""
    inside = Q(pk__in=[])
    for scope in scopes:
        inside |= Q(**{f"{field}__path__startswith": scope.path})
    return inside

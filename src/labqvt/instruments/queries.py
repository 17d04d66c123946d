"""What is known of questionnaires."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from labqvt.instruments.answerable import asks_the_same
from labqvt.instruments.facts import folded
from labqvt.instruments.models import Attestation, Questionnaire, QuestionnaireVersion
from labqvt.instruments.policy import AUTHORS, COMPLETERS, may_complete, reaching, readable
from labqvt.people.models import Function, Organisation, Scope
from labqvt.people.policy import held_in

Origin = Questionnaire.Origin
Status = QuestionnaireVersion.Status
USUAL: Final = "six-determinants-salaries"
# What a line of a list never shows: not read from the database at all.
_HEAVY: Final = ("content", "words", "references", "kept_apart")


def published_versions() -> QuerySet[QuestionnaireVersion]:
    """Versions one may run today."""
    return QuestionnaireVersion.objects.filter(status=Status.PUBLISHED).select_related(
        "questionnaire__adapts", "mirrors__questionnaire"
    )


def versions_for_employees(scope: Scope | None = None) -> QuerySet[QuestionnaireVersion]:
    """What a campaign of this scope may be made of, the usual one then the other shipped ones first.

    Published, meant for employees, not another structure's, and free or attested there.
    """
    own = Q(questionnaire__scope=None) | ~Q(questionnaire__scope__kind=Scope.Kind.STRUCTURE)
    attested = Attestation.objects.filter(questionnaire=OuterRef("questionnaire"))
    usable = Q(questionnaire__attestation="") | Exists(attested.filter(reaching([scope] if scope else [])))
    if scope is not None:
        own |= Q(questionnaire__scope=scope)
    by_origin = Case(
        When(questionnaire__slug=USUAL, then=0), When(questionnaire__origin=Origin.SHIPPED, then=1), default=2,
        output_field=IntegerField(),
    )  # fmt: skip
    return (
        published_versions()
        .filter(
            own, usable, questionnaire__kind=Questionnaire.Kind.EMPLOYEES, questionnaire__easy_read_of=None
        )
        .order_by(by_origin, "facts__sort")
    )


def usual_version() -> QuestionnaireVersion | None:
    """What a campaign is made of unless somebody chooses otherwise: the six determinants."""
    return published_versions().filter(questionnaire__slug=USUAL).first()


def mirror_of(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """The same questions seen from direction; a completed questionnaire has the mirror of what it completes."""
    return published_versions().filter(mirrors=version.questionnaire.adapts or version).first()


def easier_of(version: QuestionnaireVersion) -> QuestionnaireVersion | None:
    """The easy-to-read wording people may switch to while answering: the same questions, code for code."""
    easier = published_versions().filter(questionnaire__easy_read_of=version.questionnaire)
    return next((one for one in easier if asks_the_same(version.form, one.form)), None)


@dataclass(frozen=True, slots=True)
class Sought:
    """What someone looks for in the library; empty means anything."""

    words: str = ""
    status: str = Status.PUBLISHED
    kind: str = ""
    origin: str = ""
    language: str = ""
    order: str = ""


ORDERS: Final = {
    "": ("facts__sort", "-number"),
    "recent": ("-changed_at", "facts__sort"),
    "short": ("facts__questions", "facts__sort"),
}


def library(person: Any, sought: Sought) -> QuerySet[QuestionnaireVersion]:
    """Versions this person may read, as sought, without what only the page of a version needs."""
    found = _light(readable(person)).filter(status=sought.status)
    if sought.status == Status.PUBLISHED:
        # Told on the line of the text it makes easier.
        found = found.filter(questionnaire__easy_read_of=None)
    if sought.status == Status.RETIRED:
        # A version replaced by the next is on the page of the questionnaire, not among those given up.
        proposed = QuestionnaireVersion.objects.filter(
            questionnaire=OuterRef("questionnaire"), status=Status.PUBLISHED
        )
        found = found.exclude(Exists(proposed))
    if sought.kind:
        found = found.filter(questionnaire__kind=sought.kind)
    if sought.origin:
        found = found.filter(questionnaire__origin=sought.origin)
    if sought.language:
        found = found.filter(facts__languages__icontains=f'"{sought.language}"')
    for word in folded(sought.words).split():
        found = found.filter(words__contains=word)
    return found.order_by(*ORDERS[sought.order], "pk")


def with_easier(
    versions: Iterable[QuestionnaireVersion],
) -> list[tuple[QuestionnaireVersion, list[QuestionnaireVersion]]]:
    """Versions of a list, each with the published easy-to-read variants of its questionnaire. One query."""
    versions = list(versions)
    easier: dict[int, list[QuestionnaireVersion]] = {version.questionnaire_id: [] for version in versions}
    for one in _light(published_versions()).filter(questionnaire__easy_read_of__in=easier):
        easier[one.questionnaire.easy_read_of_id].append(one)
    return [(version, easier[version.questionnaire_id]) for version in versions]


def languages_in_use(person: Any) -> list[str]:
    """Codes of the languages of what this person may read."""
    told = (
        readable(person).select_related(None).order_by().values_list("facts__languages", flat=True).distinct()
    )
    return sorted({language for languages in told for language in languages})


def drafts_of(person: Any) -> int:
    """How many drafts wait for this person."""
    return readable(person).filter(status=Status.DRAFT).count()


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a version: its sisters (latest first), its variants, what was made of it."""

    versions: list[QuestionnaireVersion]
    easy_reads: list[QuestionnaireVersion]
    plain_words: list[QuestionnaireVersion]
    from_direction: list[QuestionnaireVersion]
    completions: list[QuestionnaireVersion]


def around(person: Any, version: QuestionnaireVersion) -> Around:
    """What this person may read of all that is tied to a version. One query."""
    questionnaire = version.questionnaire
    plain = questionnaire.easy_read_of_id
    tied = Q(questionnaire=questionnaire) | Q(mirrors=version) | Q(questionnaire__adapts=version)
    tied |= Q(questionnaire__easy_read_of=questionnaire)
    if plain:
        tied |= Q(questionnaire=plain)
    found = list(_light(readable(person)).filter(tied).order_by("-number", "facts__sort", "pk"))
    proposed = [one for one in found if one.is_published]
    return Around(
        versions=[one for one in found if one.questionnaire_id == questionnaire.pk],
        easy_reads=[one for one in proposed if one.questionnaire.easy_read_of_id == questionnaire.pk],
        plain_words=[one for one in proposed if plain and one.questionnaire_id == plain],
        from_direction=[one for one in proposed if one.mirrors_id == version.pk],
        completions=[one for one in found if one.questionnaire.adapts_id == version.pk],
    )


def versions_of(person: Any, questionnaire: Questionnaire) -> list[QuestionnaireVersion]:
    """Every version of a questionnaire this person may read, latest first."""
    return list(_light(readable(person)).filter(questionnaire=questionnaire).order_by("-number"))


def completion_of(version: QuestionnaireVersion, structure: Organisation) -> QuestionnaireVersion | None:
    """What a structure already wrote, or is writing, after this version."""
    written = QuestionnaireVersion.objects.filter(
        questionnaire__adapts=version, questionnaire__scope=structure.scope
    )
    return written.exclude(status=Status.RETIRED).order_by("-number").first()


def to_complete_for(person: Any) -> QuestionnaireVersion | None:
    """The questionnaire of the tool this person may complete with a structure’s own questions, if any."""
    shipped = _light(versions_for_employees()).filter(questionnaire__origin=Origin.SHIPPED)
    return next((version for version in shipped if may_complete(person, version)), None)


def completions_in(person: Any, structure: Organisation) -> list[QuestionnaireVersion]:
    """The questionnaires a structure completed, or is completing."""
    found = (
        _light(readable(person)).filter(questionnaire__scope=structure.scope).exclude(status=Status.RETIRED)
    )
    return list(found.order_by("facts__sort", "pk"))


def structures_completing(person: Any) -> QuerySet[Organisation]:
    """The structures whose own questions this person may write."""
    scopes = [scope.pk for scope in held_in(person, COMPLETERS) if scope.kind == Scope.Kind.STRUCTURE]
    return Organisation.objects.filter(scope__in=scopes).select_related("scope")


def attestations_seen_by(person: Any, questionnaire: Questionnaire) -> list[Attestation]:
    """Who attested where this person acts: which other bodies use a questionnaire is their business."""
    held = held_in(person, frozenset(Function))
    seen = reaching(held)
    for scope in held:
        seen |= Q(scope__path__startswith=scope.path)
    return list(questionnaire.attestations.filter(seen).select_related("scope", "by"))


def scopes_to_attest(person: Any, questionnaire: Questionnaire) -> list[Scope]:
    """Where this person may say that the right to use a questionnaire exists, and nobody has yet."""
    if not questionnaire.attestation:
        return []
    attested = [one.scope for one in questionnaire.attestations.select_related("scope")]
    if any(scope.kind == Scope.Kind.TOOL for scope in attested):
        return []
    held = {scope.pk: scope for scope in held_in(person, AUTHORS | {Function.DIRECTOR})}
    return [scope for scope in held.values() if not any(scope.lies_in(above) for above in attested)]


def _light(versions: QuerySet[QuestionnaireVersion]) -> QuerySet[QuestionnaireVersion]:
    return versions.select_related(None).select_related("questionnaire__scope").defer(*_HEAVY)

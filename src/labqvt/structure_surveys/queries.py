"""What is known of a survey of structures: live, since everything here is said by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.instruments import queries as instruments
from labqvt.instruments.facts import folded
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.people.models import Function, Organisation, Scope
from labqvt.people.policy import held_in
from labqvt.programmes.models import Programme
from labqvt.programmes.queries import cited, titles_of_sources
from labqvt.structure_surveys.models import (
    Approach,
    ContactConsent,
    Grant,
    Reply,
    SizeBand,
    StructureStatus,
    Survey,
    SurveyedQuerySet,
    SurveyedStructure,
)
from labqvt.structure_surveys.policy import GUESTS, LEADS

NO_ANSWER: Final = (StructureStatus.NOT_YET, StructureStatus.BEGUN)


def surveys_of(person: Any) -> QuerySet[Survey]:
    """Surveys the person leads or was let into, with how many structures and answers they count."""
    mine = Q(pk__in=[])
    for scope in held_in(person, LEADS):
        mine |= Q(scope__path__startswith=scope.path)
    around = Q(pk__in=[])
    for scope in held_in(person, GUESTS):
        around |= Q(scope__path__startswith=scope.path)
    if around != Q(pk__in=[]):
        today = timezone.localdate()
        grants = Grant.objects.filter(account=person, since__lte=today)
        given = grants.filter(Q(until=None) | Q(until__gte=today)).values("survey")
        mine |= around & Q(pk__in=given)
    return with_counts(Survey.objects.filter(mine).select_related("scope").prefetch_related("moves"))


def with_counts(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    alone = Q(structures__twin_of=None)
    return surveys.annotate(
        listed=Count("structures", filter=alone),
        answered=Count("structures", filter=alone & Q(structures__reply__sent_at__isnull=False)),
    ).order_by("-opens_on", "title", "pk")


def scopes_led_by(person: Any) -> list[Scope]:
    """Where the person may prepare a survey: programmes and regions."""
    kinds = {Scope.Kind.PROGRAMME, Scope.Kind.EXPERIMENTATION}
    return [scope for scope in held_in(person, LEADS) if scope.kind in kinds]


def versions_for_structures(scope: Scope) -> QuerySet[QuestionnaireVersion]:
    """Published questionnaires structures answer by name; the easy-to-read ones too."""
    return instruments.published_versions().filter(
        ~Q(questionnaire__scope__kind=Scope.Kind.STRUCTURE) | Q(questionnaire__scope=None),
        questionnaire__kind=Questionnaire.Kind.STRUCTURES,
    )


def cited_in(survey: Survey) -> str:
    """The document and line a survey was read in, by the title people know."""
    if not survey.source:
        return ""
    above = [int(part) for part in survey.scope.path.strip("/").split("/")]
    programme = Programme.objects.filter(scope__in=above).first()
    return cited(survey, titles_of_sources(programme) if programme else {})


# Live counts


@dataclass(frozen=True, slots=True)
class Standing:
    """How many structures of a line stand where."""

    value: str
    label: str
    listed: int
    invited: int
    answered: int
    begun: int
    refused: int
    unreachable: int
    not_yet: int

    @property
    def waiting(self) -> int:
        return self.begun + self.not_yet


def _counts() -> dict[str, Count]:
    return {
        "listed": Count("pk"), "was_invited": Count("pk", filter=Q(invited=True)),
        **{f"n_{status.value}": Count("pk", filter=Q(stands=status.value)) for status in StructureStatus},
    }  # fmt: skip


def _standing(value: str, label: str, row: dict[str, Any]) -> Standing:
    return Standing(
        value, label, row["listed"], row["was_invited"],
        *(row[f"n_{name}"] for name in ("answered", "begun", "refused", "unreachable", "not_yet")),
    )  # fmt: skip


def total(survey: Survey) -> Standing:
    return _standing("", _("Ensemble"), survey.structures.counted().with_standing().aggregate(**_counts()))


DIMENSIONS: Final = ("relay", "department", "band")


def standing_by(survey: Survey, dimension: str) -> list[Standing]:
    """Live counts by relay, department or size, the largest lines first; a line for what nobody noted."""
    field = {"relay": "relay__public_id", "department": "department", "band": "band"}[dimension]
    rows = survey.structures.counted().with_standing().order_by().values(field).annotate(**_counts())
    names: dict[str, str]
    if dimension == "relay":
        names = dict(survey.relays.values_list("public_id", "name"))
    else:
        names = {band.value: str(band.label) for band in SizeBand} if dimension == "band" else {}
    missing = _("sans relais") if dimension == "relay" else _("non précisé")
    told = [_standing(row[field] or "", names.get(row[field], row[field] or missing), row) for row in rows]
    if dimension == "band":
        order = ["", *SizeBand.values]
        return sorted(told, key=lambda one: order.index(one.value) or len(order))
    if dimension == "department":
        return sorted(told, key=lambda one: (not one.value, one.value))
    return sorted(told, key=lambda one: (not one.value, -one.listed, one.label))


# Structures, searched


@dataclass(frozen=True, slots=True)
class Sought:
    """What someone looks for among structures; empty means anything."""

    words: str = ""
    stands: str = ""
    relay: str = ""
    department: str = ""
    band: str = ""
    relaunched: str = ""  # « never », « due »


def structures_in(survey: Survey, sought: Sought, today: date | None = None) -> SurveyedQuerySet:
    """Structures of a survey as sought, with their last approach."""
    latest = Approach.objects.filter(structure=OuterRef("pk")).order_by("-on", "-pk")
    found = (
        survey.structures.counted()
        .with_standing()
        .select_related("relay")
        .annotate(
            approached=Count("approaches", distinct=True), last_on=Max("approaches__on"),
            last_by=Subquery(latest.values("by__name")[:1]), last_how=Subquery(latest.values("how")[:1]),
            next_step=Subquery(latest.values("next_step")[:1]), next_on=Subquery(latest.values("next_on")[:1]),
            second=Count("twins", distinct=True),
        )
    )  # fmt: skip
    for word in folded(sought.words).split():
        found = found.filter(
            Q(folded_name__contains=word) | Q(siret__contains=word) | Q(sector__icontains=word)
        )
    if sought.stands == "waiting":
        found = found.filter(stands__in=NO_ANSWER)
    elif sought.stands:
        found = found.filter(stands=sought.stands)
    if sought.relay:
        found = found.filter(relay__public_id=sought.relay)
    if sought.department:
        found = found.filter(department=sought.department)
    if sought.band:
        found = found.filter(band=sought.band)
    if sought.relaunched == "never":
        found = found.filter(approached=0)
    if sought.relaunched == "due":
        found = found.filter(next_on__lte=today or timezone.localdate(), stands__in=NO_ANSWER)
    return found.order_by("folded_name", "pk")


def due_steps(survey: Survey, today: date | None = None) -> int:
    return structures_in(survey, Sought(relaunched="due"), today).count()


def twins_of(survey: Survey) -> QuerySet[SurveyedStructure]:
    """Second answers waiting for a choice."""
    return survey.structures.filter(twin_of__isnull=False).select_related("twin_of", "reply")


# Answers


def replies_in(survey: Survey) -> QuerySet[Reply]:
    """Answers that were sent, one a structure."""
    return (
        Reply.objects.filter(structure__survey=survey, structure__twin_of=None, sent_at__isnull=False)
        .select_related("structure__relay")
        .order_by("structure__folded_name", "pk")
    )


def replies_sought(survey: Survey, sought: Sought) -> QuerySet[Reply]:
    found = replies_in(survey)
    for word in folded(sought.words).split():
        found = found.filter(Q(structure__folded_name__contains=word) | Q(structure__sector__icontains=word))
    wanted = {
        "structure__relay__public_id": sought.relay, "structure__department": sought.department,
        "structure__band": sought.band,
    }  # fmt: skip
    return found.filter(**{name: value for name, value in wanted.items() if value})


# Calling back


def contacts_in(survey: Survey, call: str = "") -> QuerySet[ContactConsent]:
    """Structures that agreed to be contacted, those waiting first."""
    found = ContactConsent.objects.filter(
        structure__survey=survey,
        structure__twin_of=None,
        agreed=True,
        structure__reply__sent_at__isnull=False,
    ).select_related("structure", "called_by")
    if call:
        found = found.filter(call=call)
    return found.order_by("called_on", "structure__folded_name", "pk")


def calls_waiting(surveys: Iterable[Survey]) -> dict[int, int]:
    """How many calls each survey still waits for, by primary key."""
    waiting = [ContactConsent.Call.TO_DO, ContactConsent.Call.NO_ANSWER, ContactConsent.Call.LATER]
    rows = (
        ContactConsent.objects.filter(
            structure__survey__in=list(surveys), structure__twin_of=None, agreed=True, call__in=waiting,
            structure__reply__sent_at__isnull=False,
        )
        .order_by()
        .values_list("structure__survey")
        .annotate(n=Count("pk"))
    )  # fmt: skip
    return dict(rows)


# What a structure sees of its own


def surveyed_as(person: Any, structure: Organisation) -> list[SurveyedStructure]:
    """Where this organisation is surveyed, for its director."""
    if structure.scope not in held_in(person, {Function.DIRECTOR}):
        return []
    return list(
        SurveyedStructure.objects.filter(organisation=structure, twin_of=None)
        .exclude(survey__status=Survey.Status.DRAFT)
        .with_standing()
        .select_related("survey")
        .order_by("-survey__opens_on")
    )

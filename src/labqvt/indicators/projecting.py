"""Facts taken from the rooms that hold them: what is noted there once is never typed again here."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext

from labqvt.campaigns.models import Campaign
from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing
from labqvt.indicators.models import Fact, FactKind
from labqvt.people.models import Organisation, Scope
from labqvt.programmes.models import Involvement, Milestone, Programme
from labqvt.structure_surveys.models import Survey
from labqvt.structure_surveys.queries import with_counts

_KIND: Final = Milestone.Kind
_OF_MILESTONES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    _KIND.COMMITTEE: (FactKind.MEETING, {}),
    _KIND.AUDITION: (FactKind.MEETING, {}),
    _KIND.BODY: (FactKind.BODY, {}),
    _KIND.DECISION: (FactKind.DECISION, {}),
    _KIND.SURVEY: (FactKind.SURVEY, {}),
    _KIND.DELIVERABLE: (FactKind.DELIVERABLE, {}),
    _KIND.WORKSHOP: (FactKind.EVENT, {"form": "workshop"}),
    _KIND.TRAINING: (FactKind.EVENT, {"form": "training"}),
    _KIND.WEBINAR: (FactKind.EVENT, {"form": "webinar"}),
    _KIND.WEB_CONFERENCE: (FactKind.EVENT, {"form": "web_conference"}),
    _KIND.EVENT: (FactKind.EVENT, {"form": "event"}),
    _KIND.RESTITUTION: (FactKind.EVENT, {"form": "restitution"}),
}


@dataclass(frozen=True, slots=True)
class Projected:
    """A fact as another room tells it."""

    key: str
    kind: str
    label: str
    when: Period
    scope: Scope
    dimensions: dict[str, Any] = field(default_factory=dict)
    organisation: Organisation | None = None
    source: str = ""
    source_line: int | None = None
    is_fictitious: bool = False
    quantity: int = 1
    unit: str = ""


def _of_milestones(branch: str) -> Iterator[Projected]:
    """Milestones that took place."""
    held = Milestone.objects.filter(
        scope__path__startswith=branch, actual__isnull=False, kind__in=list(_OF_MILESTONES)
    ).select_related("scope")
    for one in held:
        if one.standing() != Standing.DONE:
            continue
        kind, dimensions = _OF_MILESTONES[one.kind]
        yield Projected(
            key=f"programmes.milestone.{one.public_id}", kind=kind, label=one.title, when=one.actual, scope=one.scope,
            dimensions=dimensions, source=one.source, source_line=one.source_line, is_fictitious=one.is_fictitious,
        )  # fmt: skip


def _of_involvements(branch: str) -> Iterator[Projected]:
    """Organisations that take part, for as long as their programme."""
    periods = {
        path: period
        for path, period in Programme.objects.values_list("scope__path", "period")
        if period is not None
    }
    involved = Involvement.objects.filter(scope__path__startswith=branch).select_related(
        "organisation", "scope"
    )
    for one in involved:
        period = next((period for path, period in periods.items() if one.scope.path.startswith(path)), None)
        if period is None:
            continue
        yield Projected(
            key=f"programmes.involvement.{one.pk}", kind=FactKind.INVOLVED, label=str(one), when=period,
            scope=one.scope, dimensions={"role": one.role}, organisation=one.organisation, source=one.source,
            source_line=one.source_line, is_fictitious=one.is_fictitious,
        )  # fmt: skip


def _of_campaigns(branch: str) -> Iterator[Projected]:
    """Pooled campaigns once closed, with how many structures they reached. Never a number of answers: only a release
    may say it. A structure's own campaign stays in its space."""
    closed = Campaign.objects.filter(
        scope__path__startswith=branch, organisation=None, closed_on__isnull=False
    )
    counted = closed.annotate(
        reached=Count("populations"),
        real=Count("populations", filter=Q(populations__organisation__is_fictitious=False)),
    )
    for one in counted.select_related("scope").order_by("pk"):
        yield Projected(
            key=f"campaigns.campaign.{one.public_id}", kind=FactKind.SURVEY, label=one.title, when=one.actual,
            scope=one.scope, dimensions={"structures": one.reached}, source=gettext("campagne menée dans l’outil"),
            is_fictitious=one.reached > 0 and one.real == 0,
        )  # fmt: skip


def _of_structure_surveys(branch: str) -> Iterator[Projected]:
    """Surveys of structures once closed: that they took place (unless a milestone says so), how many answered."""
    closed = with_counts(Survey.objects.filter(scope__path__startswith=branch, closed_on__isnull=False))
    for one in closed.select_related("scope").prefetch_related("moves").order_by("pk"):
        told: dict[str, Any] = {
            "when": one.actual, "scope": one.scope, "source": one.source or gettext("enquête menée dans l’outil"),
            "source_line": one.source_line, "is_fictitious": one.is_fictitious,
        }  # fmt: skip
        key = f"structure_surveys.survey.{one.public_id}"
        if one.milestone_id is None:
            yield Projected(key=key, kind=FactKind.SURVEY, label=one.title, **told)
        yield Projected(
            key=f"{key}.answers", kind=FactKind.ANSWERS, quantity=one.answered if one.answers_counted is None else one.answers_counted, unit=gettext("réponses"),
            label=gettext("Réponses à « %(title)s »") % {"title": one.title}, **told,
        )  # fmt: skip


# Each gives the facts of a branch of the tree of scopes.
SOURCES: Final[tuple[Callable[[str], Iterable[Projected]], ...]] = (
    _of_milestones,
    _of_involvements,
    _of_campaigns,
    _of_structure_surveys,
)


@transaction.atomic
def project(scope: Scope | None = None) -> dict[str, int]:
    """Take the facts of a scope (of everything by default) from their rooms: new ones in, changed ones set right,
    vanished ones out. Doing it twice changes nothing."""
    branch = scope.path if scope else "/"
    seen: set[str] = set()
    counts = {"added": 0, "changed": 0, "same": 0, "removed": 0}
    known = {
        fact.projection_key: fact
        for fact in Fact.objects.filter(scope__path__startswith=branch, origin=Fact.Origin.PROJECTED)
    }
    for tell in SOURCES:
        for told in tell(branch):
            seen.add(told.key)
            counts[_keep(told, known.get(told.key))] += 1
    vanished = [fact.pk for key, fact in known.items() if key not in seen]
    counts["removed"] = Fact.objects.filter(pk__in=vanished).delete()[0]
    return counts


def _keep(told: Projected, fact: Fact | None) -> str:
    values: dict[str, Any] = {
        "kind": told.kind, "label": told.label[:200], "when": told.when, "starts_on": told.when.first,
        "ends_on": told.when.last, "scope_id": told.scope.pk, "dimensions": told.dimensions,
        "organisation_id": told.organisation.pk if told.organisation else None, "source": told.source,
        "source_line": told.source_line, "is_fictitious": told.is_fictitious, "quantity": told.quantity, "unit": told.unit,
    }  # fmt: skip
    if fact is None:
        Fact.objects.create(origin=Fact.Origin.PROJECTED, projection_key=told.key, **values)
        return "added"
    if all(getattr(fact, name) == value for name, value in values.items()):
        return "same"
    for name, value in values.items():
        setattr(fact, name, value)
    fact.save()
    return "changed"

"""Reading programmes: their regions, what is dated in them, who takes part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from labqvt.foundation.registries import EVER, DatedItem, Span, dated_items_of
from labqvt.foundation.schedule import Standing
from labqvt.people.models import Assignment, Function, Scope
from labqvt.people.policy import held_in
from labqvt.programmes.models import (
    Experimentation,
    Involvement,
    Milestone,
    MilestoneMove,
    Phase,
    Programme,
    Sourced,
    SourceDocument,
)
from labqvt.programmes.policy import STEERS, reach_of

_LAST_MONTH, _NEXT_SEASON = timedelta(days=31), timedelta(days=92)
# Who is named on the page of a region: those who run it, never the people of the structures taking part.
TEAM = (Function.NATIONAL, Function.REGIONAL, Function.CONSULTANT, Function.PARTNER)


@dataclass(frozen=True, slots=True)
class DatedMilestone(DatedItem):
    """A dated item that also says why it moved."""

    cause: str = ""


def programmes_of(person: Any) -> QuerySet[Programme]:
    """Programmes the person may read."""
    return (
        Programme.objects.filter(reach_of(person).among("scope__path"))
        .select_related("bearer")
        .annotate(region_count=Count("experimentations"))
        .order_by("title")
    )


def experimentations_of(person: Any, programme: Programme) -> QuerySet[Experimentation]:
    """Experimentations of the programme that the person may read, with whom they are meant for."""
    return (
        programme.experimentations.filter(reach_of(person).among("scope__path"))
        .select_related("scope")
        .prefetch_related("targets")
    )


def regions_of(person: Any) -> QuerySet[Experimentation]:
    """Every experimentation the person may read, of any programme."""
    return Experimentation.objects.filter(reach_of(person).among("scope__path")).select_related(
        "programme", "scope"
    )


@dataclass(frozen=True, slots=True)
class PublicCalendar:
    """A calendar anyone may follow: the kind of its address, and what the address holds."""

    label: str
    name: str
    args: tuple[str, ...]


def public_calendars_of(person: Any) -> list[PublicCalendar]:
    """Public calendars of the programmes the person reads, each followed by those of its regions."""
    programmes = Programme.objects.filter(
        reach_of(person).among("scope__path"), has_public_calendar=True
    ).prefetch_related("experimentations")
    found = []
    for programme in programmes:
        found.append(PublicCalendar(str(programme), "programme", (programme.slug,)))
        regions = {one.region: one.region_name for one in programme.experimentations.all()}
        found += [
            PublicCalendar(f"{programme} – {name}", "region", (programme.slug, code))
            for code, name in sorted(regions.items(), key=lambda region: region[1])
        ]
    return found


def titles_of_sources(programme: Programme) -> dict[str, str]:
    """Titles people know, by the file name that lines are cited under."""
    return dict(SourceDocument.objects.filter(programme=programme).values_list("name", "title"))


def cited(thing: Sourced, titles: dict[str, str]) -> str:
    """« Rapport final, UDES, 2021, ligne 276 », or the same without a line."""
    if not thing.source:
        return ""
    title = titles.get(thing.source, thing.source)
    if thing.source_line is None:
        return title
    return gettext("%(document)s, ligne %(line)s") % {"document": title, "line": thing.source_line}


def _inside(scopes: Iterable[Scope]) -> Q:
    """Things whose scope is one of these or lies in one of them."""
    inside = Q(pk__in=[])
    for scope in scopes:
        inside |= Q(scope__path__startswith=scope.path)
    return inside


def _readable(person: Any) -> Q:
    """What the person may read; without an account, what lies in a programme whose calendar is public."""
    if person.is_authenticated:
        return reach_of(person).among("scope__path")
    public = Programme.objects.filter(has_public_calendar=True).select_related("scope")
    return _inside([programme.scope for programme in public])


def milestones_in(person: Any, scopes: Sequence[Scope]) -> QuerySet[Milestone]:
    """Milestones of these scopes that the person may read, with their moves."""
    kept = Q() if person.is_authenticated else Q(is_public=True)
    return (
        Milestone.objects.filter(_inside(scopes) & _readable(person) & kept)
        .select_related("scope")
        .prefetch_related(Prefetch("moves", queryset=MilestoneMove.objects.order_by("decided_on", "pk")))
    )


def phases_in(person: Any, scopes: Sequence[Scope]) -> QuerySet[Phase]:
    return Phase.objects.filter(_inside(scopes) & _readable(person)).select_related("scope")


def phases_of(scope: Scope) -> QuerySet[Phase]:
    return Phase.objects.filter(scope=scope)


def cause_of(milestone: Milestone) -> str:
    """Why the date is not the first one planned: the drop, the last move, or what was noted when it took place."""
    moves = list(milestone.moves.all())
    return milestone.dropped_because or (moves[-1].cause if moves else "") or milestone.slip_cause


def past_without_news(person: Any) -> QuerySet[Milestone]:
    """Milestones this person steers that have neither happened nor been given up."""
    steered = Q(pk__in=[])
    for scope in held_in(person, STEERS):
        steered |= Q(scope__path__startswith=scope.path)
    return Milestone.objects.filter(steered, actual=None, dropped_because="").select_related("scope")


def _dated(milestone: Milestone, today: date) -> DatedMilestone:
    standing = milestone.standing(today)
    late = gettext("Rien ne dit encore si cela a eu lieu.") if standing == Standing.LATE else ""
    return DatedMilestone(
        uid=f"programmes.milestone.{milestone.public_id}",
        title=milestone.title,
        period=milestone.current,
        standing=standing,
        planned=milestone.planned,
        replanned=milestone.replanned,
        moves=len(milestone.moves.all()),
        place=milestone.place,
        kind=str(milestone.get_kind_display()),
        url=reverse("programmes:milestone", args=[milestone.public_id]),
        source=milestone.source,
        sequence=milestone.sequence,
        cause=" ".join(filter(None, [cause_of(milestone), late])),
    )


def dated_milestones(person: Any, scopes: Iterable[Scope], _span: Span) -> Iterable[DatedItem]:
    """Milestones for calendars and timelines."""
    today = timezone.localdate()
    return [_dated(milestone, today) for milestone in milestones_in(person, list(scopes))]


def own_timeline(person: Any, scope: Scope) -> list[DatedItem]:
    """Milestones of a scope itself, without those of the scopes it contains, in order of date."""
    today = timezone.localdate()
    items = [_dated(one, today) for one in milestones_in(person, [scope]) if one.scope_id == scope.pk]
    return sorted(items, key=lambda item: (item.period.first, item.title))


def timeline_of(person: Any, scope: Scope) -> list[DatedItem]:
    """A region's dates: its own from the first to the last, those other rooms give from last month to next season.

    Meetings come by the hundred: the others are read on the page of their body and in calendars.
    """
    today = timezone.localdate()
    recent = dated_items_of(
        person, [scope], Span(today - _LAST_MONTH, today + _NEXT_SEASON), but="programmes"
    )
    own = [*dated_milestones(person, [scope], EVER), *dated_phases(person, [scope], EVER)]
    return sorted([*recent, *own], key=lambda item: (item.period.first, item.title))


def dated_phases(person: Any, scopes: Iterable[Scope], _span: Span) -> Iterable[DatedItem]:
    today = timezone.localdate()
    for phase in phases_in(person, list(scopes)):
        if phase.current is None:
            continue
        yield DatedItem(
            uid=f"programmes.phase.{phase.public_id}",
            title=phase.title,
            period=phase.current,
            standing=phase.standing(today),
            planned=phase.planned,
            replanned=phase.replanned,
            kind=gettext("phase"),
            source=phase.source,
            sequence=phase.sequence,
        )


def team_of(scope: Scope) -> list[tuple[str, list[str]]]:
    """Who runs a region or a programme today, by function: [(function, names)]."""
    held = (
        Assignment.objects.in_force(timezone.localdate())
        .filter(scope=scope, function__in=TEAM)
        .select_related("account")
        .order_by("account__name")
    )
    by_function: dict[str, list[str]] = {}
    for one in held:
        by_function.setdefault(one.function, []).append(one.account.name)
    return [
        (str(Function(function).label), by_function[function]) for function in TEAM if function in by_function
    ]


def partners_of(scope: Scope) -> list[tuple[str, list[Involvement]]]:
    """Organisations that take part, by role: [(role, involvements)]."""
    involved = Involvement.objects.filter(scope=scope).select_related("organisation")
    order = list(Involvement.Role.values)
    rows = sorted(involved, key=lambda one: (order.index(one.role), one.organisation.name))
    return [
        (str(Involvement.Role(role).label), list(group))
        for role, group in groupby(rows, key=lambda one: one.role)
    ]

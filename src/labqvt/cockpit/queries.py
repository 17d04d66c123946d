"""What a person finds on arriving: what awaits them, what moves, the places they belong to."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.foundation.models import JournalEntry
from labqvt.foundation.registries import DatedItem, Span, dated_items_of
from labqvt.foundation.schedule import Standing
from labqvt.people.models import Assignment, Function, Scope
from labqvt.programmes.models import Experimentation, Programme


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the person has a function: its page, and what they are there."""

    label: str
    function: str
    url: str


def _address_of(
    held: Assignment, experimentations: dict[int, Experimentation], programmes: dict[int, Programme]
) -> str:
    scope = held.scope
    if scope.kind == Scope.Kind.STRUCTURE:
        return reverse("cockpit:structure", args=[scope.organisation.public_id])
    if scope.pk in experimentations:
        experimentation = experimentations[scope.pk].public_id
        if held.function == Function.REGIONAL:
            return reverse("indicators:region", args=[experimentation])
        return reverse("programmes:experimentation", args=[experimentation])
    if scope.pk in programmes:
        return reverse("programmes:programme", args=[programmes[scope.pk].slug])
    return reverse("foundation:jobs")


def places_of(person: Any) -> list[Place]:
    """Every place, one line each, in a constant number of queries."""
    held_by = list(
        person.assignments.in_force(timezone.localdate())
        .select_related("scope__organisation")
        .order_by("scope__label")
    )
    scope_ids = [held.scope_id for held in held_by]
    experimentations = {e.scope_id: e for e in Experimentation.objects.filter(scope__in=scope_ids)}
    programmes = {p.scope_id: p for p in Programme.objects.filter(scope__in=scope_ids)}
    return [
        Place(
            label=_("Administration de l’outil") if held.scope.kind == Scope.Kind.TOOL else held.scope.label,
            function=held.get_function_display(),
            url=_address_of(held, experimentations, programmes),
        )
        for held in held_by
    ]


def what_moves(person: Any, *, days: int = 30, limit: int = 8) -> list[DatedItem]:
    """What runs or falls in the coming weeks in the person's places; what is late already awaits them above."""
    today = timezone.localdate()
    horizon = today + timedelta(days=days)
    scopes = [held.scope for held in person.current_assignments]
    coming = [
        item for item in dated_items_of(person, scopes, Span(today, horizon)) if item.standing != Standing.DONE
    ]  # fmt: skip
    return coming[:limit]


def latest_acts_of(person: Any) -> Any:
    return JournalEntry.objects.filter(by=person).select_related("reversed_by")

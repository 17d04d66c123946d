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
from labqvt.governance.seat_models import Body
from labqvt.people.models import Assignment, Function, Scope
from labqvt.programmes.models import Experimentation, Programme


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere the person has a function: its page, and what they are there."""

    label: str
    function: str
    url: str


def _address_of(held: Assignment, addresses: dict[int, str]) -> str:
    scope = held.scope
    if scope.kind == Scope.Kind.STRUCTURE:
        return reverse("cockpit:structure", args=[scope.organisation.public_id])
    return addresses.get(scope.pk, reverse("foundation:jobs"))


def _addresses(held_by: list[Assignment]) -> dict[int, str]:
    """Pages of programmes, experimentations and bodies, by scope: one query for each kind that is held."""
    by_kind: dict[str, list[int]] = {}
    for held in held_by:
        by_kind.setdefault(held.scope.kind, []).append(held.scope_id)
    leads = {held.scope_id for held in held_by if held.function == Function.REGIONAL}
    addresses = {}
    for one in Experimentation.objects.filter(scope__in=by_kind.get(Scope.Kind.EXPERIMENTATION, [])):
        page = "indicators:region" if one.scope_id in leads else "programmes:experimentation"
        addresses[one.scope_id] = reverse(page, args=[one.public_id])
    for programme in Programme.objects.filter(scope__in=by_kind.get(Scope.Kind.PROGRAMME, [])):
        addresses[programme.scope_id] = reverse("programmes:programme", args=[programme.slug])
    for body in Body.objects.filter(scope__in=by_kind.get(Scope.Kind.BODY, [])):
        addresses[body.scope_id] = reverse("governance:body", args=[body.public_id])
    return addresses


def places_of(person: Any) -> list[Place]:
    """Every place, one line each, in a constant number of queries."""
    held_by = list(
        person.assignments.in_force(timezone.localdate())
        .select_related("scope__organisation")
        .order_by("scope__label")
    )
    addresses = _addresses(held_by)
    return [Place(_name_of(held), _function_in(held), _address_of(held, addresses)) for held in held_by]


def _name_of(held: Assignment) -> str:
    return _("Administration de l’outil") if held.scope.kind == Scope.Kind.TOOL else held.scope.label


def _function_in(held: Assignment) -> str:
    """A seat is not a function: who holds one sits there."""
    return _("y siège") if held.scope.kind == Scope.Kind.BODY else str(held.get_function_display())


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

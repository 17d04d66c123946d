"""Who holds what: the one question every other room's policy asks."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.people.models import Function, Organisation, Scope


def holds(person: Any, functions: set[str] | frozenset[str], scope: Scope | None) -> bool:
    """True when the person holds, today, one of these functions in the scope or in one that contains it."""
    if scope is None or not person.is_authenticated:
        return False
    return any(
        held.function in functions and scope.lies_in(held.scope) for held in person.current_assignments
    )


def held_in(person: Any, functions: set[str] | frozenset[str]) -> list[Scope]:
    """Scopes where the person holds one of these functions today."""
    if not person.is_authenticated:
        return []
    return [held.scope for held in person.current_assignments if held.function in functions]


def may_read_structure(person: Any, structure: Organisation) -> Verdict:
    """The pair of the structure, and nobody by default: a region sees aggregates, not a structure's life."""
    if holds(person, {Function.DIRECTOR, Function.EMPLOYEE, Function.CONSULTANT}, structure.scope):
        return YES
    return no(_("Cette structure n’ouvre son espace qu’à son binôme et à la personne qui l’accompagne."))


def may_set_help(person: Any, structure: Organisation) -> Verdict:
    """Both of the pair: the employees' side must be able to name its union without asking anyone."""
    if holds(person, {Function.DIRECTOR, Function.EMPLOYEE}, structure.scope):
        return YES
    return no(_("Les contacts d’aide d’une structure sont tenus par son binôme."))


def structure_for(person: Any, public_id: str) -> Organisation:
    """The structure, if this person may know its life; otherwise it does not exist for them."""
    structure = get_object_or_404(Organisation.objects.select_related("scope"), public_id=public_id)
    if not may_read_structure(person, structure):
        raise Http404
    return structure


def may_assign(person: Any, scope: Scope) -> Verdict:
    if holds(person, {Function.ADMINISTRATOR, Function.NATIONAL}, scope) or person.is_administrator:
        return YES
    return no(_("Les affectations sont tenues par la coordination nationale et l’administration de l’outil."))


def may_keep_directory(person: Any) -> Verdict:
    """Enter and correct organisations: the administration, and who leads a programme or a region."""
    if person.is_administrator or held_in(person, {Function.NATIONAL, Function.REGIONAL}):
        return YES
    return no(
        _(
            "L’annuaire des organisations est tenu par la coordination nationale, les références régionales et l’administration de l’outil."
        )
    )


def organisation_for(person: Any, public_id: str) -> Organisation:
    """An organisation of the directory; a structure, for the administration only: its life is its own."""
    found = get_object_or_404(Organisation, public_id=public_id)
    if not may_keep_directory(person) or (
        found.kind == Organisation.Kind.STRUCTURE and not person.is_administrator
    ):
        raise Http404
    return found

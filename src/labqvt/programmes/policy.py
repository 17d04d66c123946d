"""Who may read and who may write what belongs to a programme or one of its regions; the gates of its pages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.people.models import Function, Scope
from labqvt.people.policy import holds
from labqvt.programmes.models import Experimentation, Milestone, Programme

STEERS = frozenset({Function.NATIONAL, Function.REGIONAL})


@dataclass(frozen=True, slots=True)
class Reach:
    """What a person may read: whole branches of the tree of scopes, and single scopes above their own."""

    branches: tuple[str, ...]
    single: tuple[str, ...]

    def covers(self, scope: Scope) -> bool:
        return scope.path in self.single or scope.path.startswith(self.branches)

    def among(self, field: str = "path") -> Q:
        """The same reach as a condition on a column that holds the path of a scope."""
        reached = Q(**{f"{field}__in": self.single})
        for branch in self.branches:
            reached |= Q(**{f"{field}__startswith": branch})
        return reached


def _above(path: str) -> list[str]:
    """Paths of the scopes that contain this one: « /1/7/9/ » gives « /1/ » and « /1/7/ »."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]


def reach_of(person: Any) -> Reach:
    """Own scopes and what they contain, the programme above them; a regional lead also reads the other regions."""
    if not person.is_authenticated:
        return Reach((), ())
    if person.is_administrator:
        return Reach(("/",), ())
    branches, single = set(), set()
    for held in person.current_assignments:
        above = _above(held.scope.path)
        single.update(above)
        branches.add(above[-1] if above and held.function == Function.REGIONAL else held.scope.path)
    return Reach(tuple(sorted(branches)), tuple(sorted(single)))


def may_read(person: Any, scope: Scope) -> Verdict:
    if reach_of(person).covers(scope):
        return YES
    return no(_("Cette page est ouverte aux personnes qui prennent part à ce programme."))


def may_create_programme(person: Any) -> Verdict:
    if person.is_administrator:
        return YES
    return no(
        _("Un programme est ouvert par l’administration de l’outil, qui nomme ensuite sa coordination.")
    )


def may_add_experimentation(person: Any, programme: Programme) -> Verdict:
    if holds(person, {Function.NATIONAL}, programme.scope):
        return YES
    return no(_("Les expérimentations régionales sont ouvertes par la coordination nationale du programme."))


def may_steer(person: Any, scope: Scope) -> Verdict:
    """Write the content and the dates of a programme (national) or of a region (its lead, and national)."""
    if holds(person, STEERS, scope):
        return YES
    return no(
        _("Le contenu et les dates sont tenus par la coordination nationale et, dans chaque région, "
          "par la personne qui la représente.")
    )  # fmt: skip


def may_move(person: Any, milestone: Milestone) -> Verdict:
    if not (verdict := may_steer(person, milestone.scope)):
        return verdict
    if milestone.dropped_because:
        return no(_("Cette échéance est abandonnée : elle ne se reporte plus."))
    if milestone.actual:
        return no(_("Cette échéance a déjà eu lieu : sa date ne se reporte plus, elle se corrige."))
    return YES


def may_record_actual(person: Any, milestone: Milestone) -> Verdict:
    if not (verdict := may_steer(person, milestone.scope)):
        return verdict
    if milestone.dropped_because:
        return no(_("Cette échéance est abandonnée : elle n’a pas eu lieu."))
    return YES


def may_drop(person: Any, milestone: Milestone) -> Verdict:
    if not (verdict := may_steer(person, milestone.scope)):
        return verdict
    if milestone.dropped_because:
        return no(_("Cette échéance est déjà abandonnée."))
    if milestone.actual:
        return no(_("Cette échéance a déjà eu lieu : elle ne s’abandonne plus."))
    return YES


def programme_for(person: Any, slug: str) -> Programme:
    """The programme, when this person may read it; otherwise it does not exist."""
    programme = Programme.objects.select_related("bearer", "scope").filter(slug=slug).first()
    if programme is None or not may_read(person, programme.scope):
        raise Http404
    return programme


def public_calendar_for(slug: str, region: str = "") -> tuple[Programme, Scope]:
    """The programme whose calendar anyone may read, and the scope asked for: its own, or that of one region."""
    programme = Programme.objects.select_related("scope").filter(slug=slug, has_public_calendar=True).first()
    if programme is None:
        raise Http404
    if not region:
        return programme, programme.scope
    found = programme.experimentations.select_related("scope").filter(region=region).first()
    if found is None:
        raise Http404
    return programme, found.scope


def experimentation_for(person: Any, public_id: str) -> Experimentation:
    found = (
        Experimentation.objects.select_related("scope", "programme__scope", "programme__bearer")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not may_read(person, found.scope):
        raise Http404
    return found


def milestone_for(person: Any, public_id: str) -> Milestone:
    found = (
        Milestone.objects.select_related("scope__programme", "scope__experimentation")
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not may_read(person, found.scope):
        raise Http404
    return found


def scope_for(person: Any, public_id: str) -> Scope:
    """The scope of a programme or of an experimentation, to add something to it."""
    found = (
        Scope.objects.select_related("programme", "experimentation__programme")
        .filter(public_id=public_id, kind__in=[Scope.Kind.PROGRAMME, Scope.Kind.EXPERIMENTATION])
        .first()
    )
    if found is None or not may_read(person, found):
        raise Http404
    return found

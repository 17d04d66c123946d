"""Who may read facts and figures (who reads the place) and who may enter them (who steers it)."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.models import StoredFile
from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.indicators.models import Fact, Indicator
from labqvt.people.models import Function, Scope
from labqvt.people.policy import holds
from labqvt.programmes.models import Experimentation, Programme
from labqvt.programmes.policy import STEERS, may_read


def may_add_fact(person: Any, scope: Scope) -> Verdict:
    if holds(person, STEERS, scope):
        return YES
    return no(
        _("Les faits d’une région sont saisis par la personne qui la représente et par la coordination nationale. "
          "Signalez-leur celui qui manque.")
    )  # fmt: skip


def may_remove_fact(person: Any, fact: Fact) -> Verdict:
    if not (verdict := may_add_fact(person, fact.scope)):
        return verdict
    if fact.origin == Fact.Origin.PROJECTED:
        return no(_("Ce fait est repris d’une autre page de l’outil : c’est là qu’il se corrige."))
    return YES


def may_define(person: Any, programme: Programme) -> Verdict:
    if holds(person, {Function.NATIONAL}, programme.scope):
        return YES
    return no(
        _("Les indicateurs et les chiffres publiés sont tenus par la coordination nationale du programme.")
    )


def may_read_proof(person: Any, stored: StoredFile) -> Verdict:
    """A proof is read by whoever reads the place of its fact."""
    fact = Fact.objects.filter(proof=stored).select_related("scope").first()
    if fact is None:
        return no(_("Ce fichier n’est plus attaché à aucun fait."))
    return may_read(person, fact.scope)


def indicator_for(experimentation: Experimentation, code: str) -> Indicator:
    """A figure of a region, by its code."""
    found = (
        Indicator.objects.select_related("denominator__denominator")
        .filter(programme=experimentation.programme, code=code, level=Indicator.Level.REGION)
        .first()
    )
    if found is None:
        raise Http404
    return found


def fact_for(person: Any, public_id: str) -> Fact:
    """The fact, when this person may read its place; otherwise it does not exist."""
    found = (
        Fact.objects.select_related(
            "scope__programme", "scope__experimentation", "proof", "recorded_by", "organisation"
        )
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not may_read(person, found.scope):
        raise Http404
    return found

"""Who reads and who writes a structure's plan."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from labqvt.action_plans.models import Experiment
from labqvt.foundation.verdict import YES, Verdict, no, require
from labqvt.people.models import Function, Organisation
from labqvt.people.policy import holds, may_read_structure


def may_read_plan(person: Any, structure: Organisation) -> Verdict:
    return may_read_structure(person, structure)


def may_write_plan(person: Any, structure: Organisation) -> Verdict:
    if holds(person, {Function.DIRECTOR, Function.EMPLOYEE}, structure.scope):
        return YES
    return no(_("Le plan d’une structure s’écrit à deux : la direction et la personne salariée du binôme."))


def may_judge(person: Any, experiment: Experiment) -> Verdict:
    if not (verdict := may_write_plan(person, experiment.plan.organisation)):
        return verdict
    if experiment.is_judged:
        return no(_("Cette expérimentation a déjà son verdict."))
    return YES


def structure_for(person: Any, public_id: str) -> Organisation:
    """The structure, if this person may read its plan; a stranger reads why not, an unknown address is a 404."""
    structure = (
        Organisation.objects.select_related("scope").filter(public_id=public_id, scope__isnull=False).first()
    )
    if structure is None:
        raise Http404
    require(may_read_plan(person, structure))
    return structure


def experiment_for(person: Any, public_id: str) -> Experiment:
    experiment = (
        Experiment.objects.select_related("plan__organisation__scope", "campaign")
        .filter(public_id=public_id)
        .first()
    )
    if experiment is None:
        raise Http404
    require(may_read_plan(person, experiment.plan.organisation))
    return experiment

"""What this room gives the others: acts to undo, a panel on the structure's page, what awaits the pair, dates."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.action_plans import services
from labqvt.action_plans.models import Experiment
from labqvt.action_plans.policy import may_read_plan, may_write_plan
from labqvt.action_plans.queries import experiments_of
from labqvt.foundation.registries import DatedItem, Panel, Span, Task, acts, awaiting, dated_items, panels
from labqvt.people.models import Function, Organisation, Scope
from labqvt.people.policy import held_in

acts.register("action_plans.remove_experiment", services.remove_experiment)
acts.register("action_plans.unmove_experiment", services.unmove_experiment)
acts.register("action_plans.reopen_experiment", services.reopen_experiment)


def _plan_panel(person: Any, structure: Organisation) -> Panel | None:
    if not may_read_plan(person, structure):
        return None
    context = {
        "structure": structure,
        "experiments": experiments_of(structure),
        "may_write": may_write_plan(person, structure),
    }
    return Panel(
        title=_("Ce que nous essayons"), template="action_plans/panel.html", context=context, order=60
    )


def _verdicts_awaited(person: Any) -> Iterable[Task]:
    scopes = held_in(person, {Function.DIRECTOR, Function.EMPLOYEE})
    running = Experiment.objects.filter(plan__organisation__scope__in=scopes, verdict="") if scopes else []
    for experiment in running:
        if experiment.awaits_a_verdict:
            yield Task(
                sentence=_("L’essai « %(title)s » est arrivé à son terme.") % {"title": experiment.title},
                url=reverse("action_plans:judge", args=[experiment.public_id]),
                action=_("Dire ce qu’il a appris"),
                due=experiment.current.last if experiment.current else None,
            )


def _dated(person: Any, scopes: Iterable[Scope], _span: Span) -> Iterable[DatedItem]:
    readable = set(held_in(person, {Function.DIRECTOR, Function.EMPLOYEE, Function.CONSULTANT}))
    wanted = [scope for scope in scopes if scope in readable]
    for experiment in Experiment.objects.filter(plan__organisation__scope__in=wanted).prefetch_related(
        "moves"
    ):
        if experiment.current:
            yield DatedItem(
                uid=f"action_plans.experiment.{experiment.public_id}",
                title=experiment.title,
                period=experiment.current,
                standing=experiment.standing(),
                planned=experiment.planned,
                replanned=experiment.replanned,
                moves=len(experiment.moves.all()),
                kind=_("expérimentation"),
                sequence=experiment.sequence,
                url=reverse("action_plans:experiment", args=[experiment.public_id]),
            )


panels.register("people.structure:plan", _plan_panel)
awaiting.register("action_plans.verdicts", _verdicts_awaited)
dated_items.register("action_plans", _dated)

"""Acts on a structure's plan."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from labqvt.action_plans.models import Experiment, ExperimentMove, Plan
from labqvt.action_plans.policy import may_judge, may_write_plan
from labqvt.campaigns.models import Campaign
from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation


@transaction.atomic
def add_experiment(
    *, structure: Organisation, by: Any, campaign: Campaign | None = None, **facts: Any
) -> tuple[Experiment, JournalEntry]:
    """Add something to try to the structure's plan."""
    require(may_write_plan(by, structure))
    plan, _created = Plan.objects.get_or_create(organisation=structure)
    experiment = Experiment(plan=plan, campaign=campaign, **facts)
    experiment.full_clean()
    experiment.save()
    entry = journal.record(
        act="action_plans.add_experiment", by=by, on=experiment, sentence=gettext_noop("Expérimentation ajoutée : %(title)s"),
        undo=("action_plans.remove_experiment", {"public_id": experiment.public_id}), title=experiment.title,
    )  # fmt: skip
    return experiment, entry


@transaction.atomic
def remove_experiment(*, public_id: str, by: Any) -> str:
    """Take an unjudged experiment out of the plan (the reverse of adding it)."""
    experiment = Experiment.objects.select_related("plan__organisation__scope").get(public_id=public_id)
    require(may_judge(by, experiment))
    experiment.delete()
    return experiment.title


@transaction.atomic
def move_experiment(
    *, experiment: Experiment, new: Period, cause: str, by: Any
) -> tuple[Experiment, JournalEntry]:
    """Give new dates, and say why; the former ones stay readable."""
    require(may_judge(by, experiment))
    former = experiment.replanned
    move = ExperimentMove(
        experiment=experiment, previous=experiment.current, new=new, cause=cause, recorded_by=by
    )
    move.full_clean()
    move.save()
    experiment.replanned = new
    experiment.save(update_fields=["replanned"])
    entry = journal.record(
        act="action_plans.move_experiment", by=by, on=experiment, sentence=gettext_noop("« %(title)s » déplacée : %(new)s"),
        undo=("action_plans.unmove_experiment", {"public_id": experiment.public_id, "move": move.pk, "former": former.text if former else ""}),
        title=experiment.title, new=new,
    )  # fmt: skip
    return experiment, entry


@transaction.atomic
def unmove_experiment(*, public_id: str, move: int, former: str, by: Any) -> str:
    """Come back to the dates before a move."""
    experiment = Experiment.objects.select_related("plan__organisation__scope").get(public_id=public_id)
    require(may_judge(by, experiment))
    experiment.moves.filter(pk=move).delete()
    experiment.replanned = Period.read(former) if former else None
    experiment.save(update_fields=["replanned"])
    return experiment.title


@transaction.atomic
def judge_experiment(
    *, experiment: Experiment, verdict: str, learned: str, by: Any
) -> tuple[Experiment, JournalEntry]:
    """Say what the trial showed: keep, adjust, stop. Stopping is not failing."""
    require(may_judge(by, experiment))
    experiment.verdict, experiment.learned = verdict, learned
    experiment.full_clean()
    experiment.save(update_fields=["verdict", "learned"])
    entry = journal.record(
        act="action_plans.judge_experiment", by=by, on=experiment, sentence=gettext_noop("« %(title)s » : %(verdict)s"),
        undo=("action_plans.reopen_experiment", {"public_id": experiment.public_id}),
        title=experiment.title, verdict=experiment.get_verdict_display(),
    )  # fmt: skip
    return experiment, entry


@transaction.atomic
def reopen_experiment(*, public_id: str, by: Any) -> str:
    """Take a verdict back."""
    experiment = Experiment.objects.select_related("plan__organisation__scope").get(public_id=public_id)
    require(may_write_plan(by, experiment.plan.organisation))
    experiment.verdict, experiment.learned = "", ""
    experiment.save(update_fields=["verdict", "learned"])
    return experiment.title

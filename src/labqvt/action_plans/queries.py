"""Reads of a structure's plan."""

from django.db.models import QuerySet

from labqvt.action_plans.models import Experiment
from labqvt.people.models import Organisation


def experiments_of(structure: Organisation) -> QuerySet[Experiment]:
    return (
        Experiment.objects.filter(plan__organisation=structure)
        .select_related("campaign")
        .prefetch_related("moves")
    )

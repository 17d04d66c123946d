"""The count cube of a network: how many people gave each answer, group by group, counted once."""

from collections.abc import Sequence

import numpy as np

from labqvt_stats.aggregation import Coded, PackedAggregator, Snapshot
from labqvt_stats.answers import Answers
from labqvt_stats.diagnosis.options import Json
from labqvt_stats.planner import PlannedVariable


def snapshot_of(answers: Answers, variables: Sequence[PlannedVariable]) -> Snapshot:
    """Columns to count: every question, and every variable planned."""
    return Snapshot(
        {
            item.id: Coded(np.ascontiguousarray(answers.positions[:, column]), len(item.codes))
            for column, item in enumerate(answers.instrument.items)
        },
        # Variables are named apart from questions: a profile question may be both.
        {f"by:{variable.name}": Coded(variable.partition, len(variable.labels)) for variable in variables},
    )


def counts_of(
    answers: Answers, structures: np.ndarray, variables: Sequence[PlannedVariable]
) -> list[list[Json]]:
    """For each variable, for each of its groups: ``structures`` and ``counts`` of each question.

    Counts are in the order of the question's codes, people without an answer last. Only for groups told plainly.
    """
    table = PackedAggregator(snapshot_of(answers, variables)).counts([f"by:{v.name}" for v in variables])
    return [
        [
            {
                "structures": len(np.unique(structures[variable.rows(group)])),
                "counts": {
                    item.id: [int(number) for number in table[f"by:{variable.name}", item.id][group]]
                    for item in answers.instrument.items
                },
            }
            for group in range(len(variable.labels))
        ]
        for variable in variables
    ]

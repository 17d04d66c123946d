"""Groups side by side: breakdowns, units of a network, and the mirror of direction and employees."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from labqvt_stats.answers import NOT_STATED, Column
from labqvt_stats.cells import is_network_cell, plain_groups
from labqvt_stats.cuts import plan_cuts
from labqvt_stats.diagnosis.cube import counts_of
from labqvt_stats.diagnosis.options import Group, Json, finite
from labqvt_stats.diagnosis.whole import (
    displayed_estimate,
    displayed_score,
    interval_of,
    items_of,
    plain_estimate,
    scales_of,
)
from labqvt_stats.planner import MERGED, PlannedVariable, plan_groups
from labqvt_stats.scores import describe


def breakdowns_of(group: Group, columns: list[Column]) -> tuple[list[Json], list[str]]:
    """Breakdowns of a group by each variable that can be shown whole; the names of those withheld.

    In a network whose structures are known, groups are cuts told plainly, closed between structures.
    """
    if group.is_cell and group.structures is not None:
        cuts = plan_cuts(columns, [str(s) for s in group.structures], group.options.told)
        counted = counts_of(group.answers, group.structures, cuts.shown)
        return [
            _with_counts(_breakdown(group, variable), counts)
            for variable, counts in zip(cuts.shown, counted, strict=True)
        ], list(cuts.withheld)
    whole = {
        column.name: variable for column in columns if (variable := _all_cells(group, column)) is not None
    }
    found, withheld = displayed_breakdowns_of(group, [c for c in columns if c.name not in whole])
    displayed = {entry["by"]: entry for entry in found}
    told = {name: _breakdown(group, variable) for name, variable in whole.items()} | displayed
    return [told[c.name] for c in columns if c.name in told], withheld


def _with_counts(breakdown: Json, counts: list[Json]) -> Json:
    categories = [one | more for one, more in zip(breakdown["categories"], counts, strict=True)]
    return breakdown | {"categories": categories}


def displayed_breakdowns_of(group: Group, columns: list[Column]) -> tuple[list[Json], list[str]]:
    """The same by groups closed to subtraction between people, as their own release displays them."""
    plan = plan_groups(columns, group.n, group.protection)
    return [_breakdown(group, variable) for variable in plan.shown], list(plan.withheld)


def _all_cells(group: Group, column: Column) -> PlannedVariable | None:
    """The variable as it is, when every category of it has the people of a network cell: its user holds the answers."""
    if not group.is_cell:
        return None
    labels, codes = np.unique(np.asarray(column.stated(), dtype=object).astype(str), return_inverse=True)
    rows = [np.flatnonzero(codes == number) for number in range(len(labels))]
    if len(labels) < 2 or not all(plain_groups(rows, group.structures)):
        return None
    return PlannedVariable(column.name, tuple(str(label) for label in labels), codes, merged=False)


def _breakdown(group: Group, variable: PlannedVariable) -> Json:
    groups = [variable.rows(number) for number in range(len(variable.labels))]
    plain = plain_groups(groups, group.structures) if group.is_cell else [False] * len(groups)
    populations = group.options.population_by.get(variable.name, {})
    return {
        "by": variable.name,
        "merged": variable.merged,
        "categories": [
            _category(group, group.take(rows, _population(populations, label)), label, plain=is_plain)
            for rows, label, is_plain in zip(groups, variable.labels, plain, strict=True)
        ],
    }


def _population(populations: Mapping[str, int], label: str) -> int | None:
    """People asked in a group; of values put together, when each is known."""
    parts = [populations.get(part) for part in label.split(MERGED)]
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


def _category(whole: Group, part: Group, label: str, *, plain: bool) -> Json:
    scales = {scale_id: _score_of(whole, part, scale_id, plain=plain) for scale_id in part.scores}
    return {"value": label, "n": part.n, "plain": plain, "scales": scales}


def _score_of(whole: Group, part: Group, scale_id: str, *, plain: bool) -> Json | None:
    """Mean and interval of one scale in one group, with the spread of the network around it."""
    if plain:
        described = describe(part.scores[scale_id], part.weights)
        if described.n < part.protection.threshold:
            return None
        shown = (described.mean, described.mean)
        estimate = plain_estimate(part, part.scores[scale_id])
        return {"mean": finite(described.mean), "n": described.n} | interval_of(part, shown, estimate)
    display = displayed_score(part, scale_id)
    if display is None:
        return None
    estimate = displayed_estimate(part, scale_id, display, whole.spread(scale_id))
    return {"mean": list(display.interval), "text": display.text} | interval_of(
        part, display.interval, estimate
    )


def units_of(group: Group) -> list[Json] | None:
    """Each structure of the file as its own release displays it; None without a structure column.

    Structures without result must not be told by what surrounds them. The whole minus everybody else's scores
    tells the mean of those left: they are at least as many as a result needs, the smallest structures joining
    them until then. Items are told only if those left are nobody or a network cell: counts subtract exactly.
    """
    if group.structures is None or group.options.structure is None:
        return None
    labels, codes = np.unique(group.structures, return_inverse=True)
    rows = {str(label): np.flatnonzero(codes == number) for number, label in enumerate(labels)}
    left = _left_out({label: len(part) for label, part in rows.items()}, group.protection.threshold)
    hidden = np.concatenate([rows[label] for label in left]) if left else np.empty(0, dtype=np.intp)
    with_items = not left or is_network_cell(len(hidden), group.structures[hidden])
    populations = group.options.population_by.get(group.options.structure.name, {})
    spreads = {scale_id: group.spread(scale_id)[0] for scale_id in group.scores}
    inside = replace(group, options=replace(group.options, spreads=spreads)) if group.is_cell else group
    return [
        _unit(
            inside.take(part, populations.get(label)), label, shown=label not in left, with_items=with_items
        )
        for label, part in rows.items()
    ]


def _left_out(sizes: Mapping[str, int], threshold: int) -> list[str]:
    """Structures without result, chosen from their sizes alone: nobody, or together enough for a result."""
    left = [label for label, size in sizes.items() if size < threshold or label == NOT_STATED]
    others = sorted((label for label in sizes if label not in left), key=lambda label: (sizes[label], label))
    while left and others and sum(sizes[label] for label in left) < threshold:
        left.append(others.pop(0))
    return left


def _unit(unit: Group, label: str, *, shown: bool, with_items: bool) -> Json:
    return {
        "id": label,
        "n": unit.n if shown else None,
        "shown": shown,
        "items": items_of(unit, plain=False) if shown and with_items else None,
        "scales": scales_of(unit, plain=False) if shown else None,
    }


def mirror_of(employees: Group, direction: Group) -> list[Json]:
    """Direction and employees scale by scale, from what each side displays.

    Under six members the direction is shown only if its members agreed to it for this release; their score is
    then their own word, told as displayed values are.
    """
    if direction.n and direction.options.direction_consents and direction.n < direction.protection.threshold:
        said: Mapping[str, Json | None] = {
            scale_id: _consented(direction, scale_id) for scale_id in direction.scores
        }
    else:
        said = {s: _score_of(employees, direction, s, plain=direction.is_cell) for s in direction.scores}
    found = []
    for scale_id in employees.scores:
        theirs = _score_of(employees, employees, scale_id, plain=employees.is_cell)
        found.append(
            {"scale": scale_id, "direction": said[scale_id], "employees": theirs}
            | _gap(said[scale_id], theirs)
        )
    return found


def _consented(direction: Group, scale_id: str) -> Json | None:
    described = describe(direction.scores[scale_id])
    if described.n < direction.n:
        return None  # a mean over some of them would not be the word of all who agreed
    rounded = float(np.floor(described.mean + 0.5))
    return {"mean": rounded, "n": direction.n, "ci95": None, "bounds": None, "text": f"{rounded:.0f}"}


def _gap(direction: Json | None, employees: Json | None) -> Json:
    """Direction minus employees; the interval is that of the employees' side alone."""
    if direction is None or employees is None:
        return {"gap": None, "gap_ci95": None}
    centre = _middle(direction["mean"])
    around = employees["ci95"]
    return {
        "gap": centre - _middle(employees["mean"]),
        "gap_ci95": None if around is None else [centre - around[1], centre - around[0]],
    }


def _middle(mean: float | list[float]) -> float:
    return (mean[0] + mean[1]) / 2 if isinstance(mean, list) else float(mean)

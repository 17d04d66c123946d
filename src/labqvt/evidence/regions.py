"""Regional editions of a pooled campaign. Pure: sheets in, released contents out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from labqvt.evidence.displays import DIRECTION, Json, Sheet, Terms, content_of, structure_columns_of
from labqvt.evidence.network_cuts import REGION, StructureCut
from labqvt.people.regions import REGIONS
from labqvt_forms import Questionnaire
from labqvt_stats.cells import is_network_cell
from labqvt_stats.cuts import plan_cuts


def is_a_pool(sheets: Sequence[Sheet]) -> bool:
    """Whether employees are many and mixed enough for anything to be told."""
    structures = _structures_of(sheets)
    return is_network_cell(len(structures), np.array(structures, dtype=str))


def regions_together(sheets: Sequence[Sheet], cuts: Sequence[StructureCut]) -> list[frozenset[str]]:
    """The structures of each group of regions that could be told, were no structure told apart."""
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    where = Terms(None, cuts=tuple(cut for cut in cuts if cut.id == REGION))
    columns = structure_columns_of(employees, where)
    structures = np.array(_structures_of(sheets), dtype=str)
    return [
        frozenset(str(name) for name in structures[variable.rows(group)])
        for variable in plan_cuts(columns, [str(name) for name in structures]).shown
        for group in range(len(variable.labels))
    ]


def contents_by_region(
    content: Json, sheets: Sequence[Sheet], form: Questionnaire, terms: Terms
) -> dict[str, Json]:
    """The edition of each region that the whole tells apart; regions put together have none of their own.

    No cut inside a region, nor its directions: crossed with it, they would be another family.
    """
    told = [one for one in content["breakdowns"] if one["by"] == REGION]
    if not told:
        return {}
    [cut] = [cut for cut in terms.cuts if cut.id == REGION]
    found = {}
    for region in (category["value"] for category in told[0]["categories"]):
        if region not in REGIONS:
            continue
        inside = [
            sheet for sheet in sheets if sheet.audience != DIRECTION and cut.of.get(sheet.structure) == region
        ]
        asked = None if terms.population is None else cut.asked[region]
        there = replace(terms, population=asked, cuts=(), profile=(), told=frozenset())
        edition = content_of(inside, form, there)
        if edition is not None:
            found[region] = edition
    return found


def _structures_of(sheets: Sequence[Sheet]) -> list[str]:
    return [sheet.structure for sheet in sheets if sheet.audience != DIRECTION]

"""Cuts of a network: what enumeration of signed combinations finds, the audit of structures as units must refuse."""

from itertools import product

import numpy as np
import pytest

from labqvt_stats import Column, InvalidAnswersError
from labqvt_stats.cells import is_network_cell
from labqvt_stats.cuts import cuts_are_closed, is_closed_between_structures, plan_cuts
from labqvt_stats.support import family_of


def network(sizes):
    """Structure of each person."""
    return np.repeat([f"s{rank:02}" for rank in range(len(sizes))], sizes)


def of_structures(groups, sizes):
    """Group number of each person when groups are made of whole structures."""
    return np.repeat(np.asarray(groups, dtype=np.intp), sizes)


def narrow_combination(family, structures, weights=(-2, -1, 0, 1, 2)):
    """A signed combination whose support is no network cell, by trying small weights; None when there is none."""
    atoms, of_atom = np.unique(family, axis=1, return_inverse=True)
    for signs in product(weights, repeat=len(family)):
        support = (np.array(signs) @ atoms.astype(float) != 0)[of_atom.reshape(-1)]
        if support.any() and not is_network_cell(int(support.sum()), structures[support]):
            return signs
    return None


def test_two_cuts_that_differ_by_three_structures_are_refused_together():
    """Regions and federations, each a cell: their difference is the sum over three structures."""
    sizes = [8] * 16
    structures = network(sizes)
    region = of_structures([0] * 8 + [1] * 8, sizes)
    federation = of_structures([0] * 7 + [1] * 9, sizes)
    assert cuts_are_closed([region], structures)
    assert cuts_are_closed([federation], structures)
    assert narrow_combination(family_of(128, [region, federation]), structures) is not None
    assert not cuts_are_closed([region, federation], structures)
    plan = plan_cuts(
        [Column("region", [str(g) for g in region]), Column("federation", [str(g) for g in federation])],
        list(structures),
    )
    assert [v.name for v in plan.shown] == ["region"]
    assert plan.withheld == ("federation",)


def test_a_structure_told_apart_leaves_its_region_a_cell():
    """Whoever subtracts the results of three told structures from their region reads the other five, or four."""
    sizes = [8] * 16
    structures, region = network(sizes), of_structures([0] * 8 + [1] * 8, sizes)
    assert cuts_are_closed([region], structures, told={"s00", "s01", "s02"})
    assert not cuts_are_closed([region], structures, told={"s00", "s01", "s02", "s03"})
    # A region told structure by structure: its exact sum would give back what their displays round.
    assert not cuts_are_closed([region], structures, told={f"s{rank:02}" for rank in range(8)})


def test_one_large_structure_hides_in_no_combination():
    """Each cut is made of cells; without the fifty of one structure, what a combination leaves of it is too few."""
    sizes = [50, *[6] * 20]
    structures = network(sizes)
    first = of_structures([0] * 11 + [1] * 10, sizes)
    second = of_structures([0] * 6 + [1] * 15, sizes)
    assert cuts_are_closed([first], structures)
    assert not cuts_are_closed([second], structures)  # fifty of eighty
    third = of_structures([0, *[1] * 9, *[0] * 11], sizes)
    assert cuts_are_closed([third], structures)
    assert narrow_combination(family_of(170, [first, third]), structures) is not None
    assert not cuts_are_closed([first, third], structures)


def test_questions_about_people_count_the_structures_they_touch():
    """Forty people of one occupation, all in four structures: not a cell, whatever their number."""
    structures = network([20] * 8)
    spread = np.tile([0, 1], 80)
    gathered = np.where(np.arange(160) < 80, np.tile([0, 1], 80), 1)
    assert cuts_are_closed([spread], structures)
    assert not cuts_are_closed([gathered], structures)


def drawn(seed):
    draw = np.random.default_rng(seed)
    sizes = draw.integers(2, 12, int(draw.integers(9, 22)))
    if draw.random() < 0.4:
        sizes[0] = draw.integers(20, 45)
    structures = network(sizes)
    partitions = []
    for _ in range(int(draw.integers(1, 4))):
        groups = int(draw.integers(2, 4))
        partition = (
            of_structures(draw.integers(0, groups, len(sizes)), sizes)
            if draw.random() < 0.6
            else draw.integers(0, groups, len(structures))
        )
        partitions.append(np.unique(partition, return_inverse=True)[1])
    return structures, partitions


@pytest.mark.parametrize("block", range(6))
def test_whatever_enumeration_finds_the_audit_refuses(block):
    refused = found = kept = 0
    for seed in range(40 * block, 40 * block + 40):
        structures, partitions = drawn(seed)
        family = family_of(len(structures), partitions)
        closed = is_closed_between_structures(family, structures)
        narrow = narrow_combination(family, structures, (-1, 0, 1))
        assert not (closed and narrow), (seed, narrow)
        refused += not closed
        found += narrow is not None
        kept += closed
    # The audit is not merely strict: it refuses little that enumeration does not find, and keeps something.
    assert refused - found <= 4
    assert kept >= 3


def test_groups_are_put_together_before_a_variable_is_dropped():
    sizes = [8] * 20
    sector = np.repeat(["aide"] * 8 + ["sport"] * 6 + ["habitat"] * 3 + ["culture"] * 3, sizes)
    plan = plan_cuts([Column("sector", list(sector))], list(network(sizes)))
    assert plan.shown[0].labels == ("aide", "sport", "autres")
    assert plan.shown[0].merged


def test_columns_hold_one_value_a_person():
    with pytest.raises(InvalidAnswersError, match="3 valeurs pour 4"):
        plan_cuts([Column("region", ["a", "b", "c"])], ["s"] * 4)

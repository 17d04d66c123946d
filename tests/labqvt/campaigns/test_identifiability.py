"""Counting who could be picked out, against counting everything by hand."""

from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt.campaigns.identifiability import Asked, Isolated, check, finest_grouping, isolated, people_under

LEAST = 6
counts = st.lists(st.integers(0, 14), min_size=2, max_size=6).filter(lambda c: sum(c) >= 20)


def contiguous(size: int) -> Iterator[list[tuple[int, ...]]]:
    for cuts in range(1, size):
        for where in combinations(range(1, size), cuts):
            edges = (0, *where, size)
            yield [tuple(range(start, end)) for start, end in pairwise(edges)]


def tables(rows: list[int], columns: list[int]) -> Iterator[list[list[int]]]:
    """Every crossing with these margins."""
    if not rows:
        if not any(columns):
            yield []
        return
    for first in product(*(range(min(rows[0], c) + 1) for c in columns)):
        if sum(first) == rows[0]:
            left = [c - n for c, n in zip(columns, first, strict=True)]
            for rest in tables(rows[1:], left):
                yield [list(first), *rest]


@given(cells=st.lists(st.integers(0, 30), max_size=9), least=st.integers(2, 12))
def test_isolated_people_are_counted_one_by_one(cells, least):
    people = [(cell, n) for cell, n in enumerate(cells) for _ in range(n)]
    assert isolated(cells, least) == Isolated(
        alone=sum(n == 1 for _cell, n in people), under=sum(n < least for _cell, n in people)
    )


@given(counts=counts)
def test_an_ordered_question_merges_neighbours_and_as_little_as_possible(counts):
    sizes = lambda blocks: [sum(counts[i] for i in block) for block in blocks]  # noqa: E731
    possible = [b for b in contiguous(len(counts)) if min(n for n in sizes(b)) >= LEAST]
    found = finest_grouping(counts, ordered=True, least=LEAST)
    if not possible:
        assert found is None
        return
    most = max(len(blocks) for blocks in possible)
    assert found is not None
    assert list(found) in [list(blocks) for blocks in contiguous(len(counts))], "des voisines seulement"
    assert len(found) == most
    evenest = max(min(sizes(blocks)) for blocks in possible if len(blocks) == most)
    assert min(sizes(found)) == evenest


@given(counts=counts, least=st.integers(6, 9))
def test_a_question_without_order_keeps_whole_groups(counts, least):
    found = finest_grouping(counts, ordered=False, least=least)
    if found is None:
        largest = max(counts)
        assert largest < least or sum(counts) - largest < least
        return
    assert sorted(place for group in found for place in group) == list(range(len(counts)))
    assert all(sum(counts[place] for place in group) >= least for group in found)


@settings(max_examples=40)
@given(data=st.data(), least=st.integers(2, 6))
def test_margins_bound_what_a_crossing_isolates_exactly(data, least):
    rows = data.draw(st.lists(st.integers(0, 7), min_size=1, max_size=3))
    total = sum(rows)
    cut = sorted(data.draw(st.lists(st.integers(0, total), min_size=1, max_size=2)))
    columns = [end - start for start, end in pairwise([0, *cut, total])]
    under = [
        isolated((n for row in table for n in row), least).under for table in tables(list(rows), columns)
    ]
    found = people_under(rows, columns, least)
    assert (found.at_least, found.at_most) == (min(under), max(under))


def test_eleven_people_by_sex_and_seniority():
    """« Avec 11 salariés, sexe × ancienneté isole 7 personnes » : l’exemple du ticket, compté."""
    sex = Asked("sexe", (7, 4), ((0,), (1,)))
    seniority = Asked("anciennete", (3, 4, 4), ((0,), (1,), (2,)), ordered=True)
    found = check([sex, seniority], {("sexe", "anciennete"): ((2, 1, 4), (1, 3, 0))}, people=11, least=6)
    [crossing] = found.crossings
    assert (crossing.alone.at_least, crossing.under.at_least) == (2, 11)
    assert found.questions[0].isolated == Isolated(0, 4)
    assert not found.is_safe


@pytest.mark.parametrize(
    ("table", "refused", "merged"),
    [
        (((10, 0), (0, 10)), False, False),  # the same two groups under two names: nothing more is told
        (((10, 1), (0, 12)), True, False),  # one person tells the two groups apart
        (((7, 7), (7, 7)), False, False),
    ],
)
def test_two_questions_side_by_side(table, refused, merged):
    margins = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    first, second = (Asked(n, tuple(m), ((0,), (1,))) for n, m in zip("ab", margins, strict=True))
    found = check([first, second], {("a", "b"): table}, people=sum(margins[0]), least=6)
    assert (found.crossings[0].refused, bool(found.crossings[0].merges)) == (refused, merged)


def test_a_merge_is_proposed_where_it_lets_both_be_shown():
    first = Asked("a", (20, 20), ((0,), (1,)))
    second = Asked("b", (19, 2, 19), ((0,), (1,), (2,)), ordered=True)
    table = ((10, 1, 9), (9, 1, 10))
    [crossing] = check([first, second], {("a", "b"): table}, people=40, least=6).crossings
    assert not crossing.refused
    assert dict(crossing.merges)["b"] in {((0, 1), (2,)), ((0,), (1, 2))}

"""Structures of a pooled campaign: their own results, and nothing that subtraction would tell of the others."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.evidence.queries import release_of, structure_release_of, with_own_results
from labqvt.evidence.structures import remainder_is_a_cell, shown_structures
from labqvt.foundation import jobs
from labqvt.people.models import Organisation
from tests.labqvt.evidence.factories import closed_pooled_campaign

sizes = st.dictionaries(st.sampled_from([f"s{n}" for n in range(14)]), st.integers(1, 20), max_size=14)


@given(sizes=sizes, data=st.data())
def test_those_left_are_always_a_network_cell(sizes, data):
    safe = data.draw(st.lists(st.sampled_from(sorted(sizes)), unique=True)) if sizes else []
    shown = shown_structures(sizes, safe)
    assert set(shown) <= set(safe)
    left = [sizes[name] for name in sizes if name not in shown]
    if shown:
        assert len(left) >= 5
        assert sum(left) >= 30
        assert max(left) <= sum(left) / 2
    elif safe and remainder_is_a_cell(sizes, [max(safe, key=lambda name: (sizes[name], name))]):
        pytest.fail("one could have been shown")


@given(sizes=sizes)
def test_subtracting_any_structures_from_the_pool_leaves_nobody_or_a_cell(sizes):
    """Whatever is taken away, what is left holds everyone who has no results of their own: never fewer than thirty."""
    shown = shown_structures(sizes, [name for name, size in sizes.items() if size >= 6])
    for some in itertools.islice(itertools.combinations(shown, min(2, len(shown))), 30):
        assert not shown or sum(size for name, size in sizes.items() if name not in some) >= 30


@pytest.mark.django_db
def test_a_structure_of_a_pooled_campaign_gets_its_own_results_when_large_enough():
    small = dict.fromkeys("ABCDEFGH", "2345")
    campaign = closed_pooled_campaign({**small, "Grande": "2345234523", "Moyenne": "45"})
    jobs.run_due()
    release = release_of(campaign)
    assert release.shown
    assert release.content["units"] is None  # the pool names nobody
    large = Organisation.objects.get(name="Grande")
    own = structure_release_of(campaign, large)
    assert own.content["n_responses"] == 10
    assert own.content["n_population"] == 12
    assert not own.content["network_cell"]
    assert own.content["spread_source"] == "network"
    assert all(isinstance(s["mean"], list) for s in own.content["scales"] if s["mean"] is not None)
    assert with_own_results(campaign, Organisation.objects.all()) == {large.pk}
    assert structure_release_of(campaign, Organisation.objects.get(name="Moyenne")) is None


@pytest.mark.django_db
def test_when_those_left_are_too_few_no_structure_has_its_own_results():
    """Any of the five shown would leave four: too few to be told plainly, which subtraction would do."""
    campaign = closed_pooled_campaign({**dict.fromkeys("ABCD", "23452345"), "E": "4"})
    jobs.run_due()
    assert release_of(campaign).shown
    assert with_own_results(campaign, Organisation.objects.all()) == set()

"""A pooled campaign told by region, size and sector: what each part tells, and what subtraction would."""

import pytest

from labqvt.evidence.network_cuts import REGION, SIZE, cuts_of
from labqvt.evidence.queries import regional_edition_of, regions_told, release_of, structure_release_of
from labqvt.evidence.structures import remainder_is_a_cell, shown_structures
from labqvt.foundation import jobs
from labqvt.people.models import Organisation
from tests.labqvt.evidence.factories import closed_pooled_campaign, two_regions

pytestmark = pytest.mark.django_db


def told(content, by):
    return {one["value"]: one for b in content["breakdowns"] if b["by"] == by for one in b["categories"]}


def test_each_region_has_its_edition_and_the_whole_tells_them_side_by_side():
    campaign = two_regions()
    jobs.run_due()
    content = release_of(campaign).content
    assert [str(edition) for edition in regions_told(campaign)] == ["Bretagne", "Provence-Alpes-Côte d’Azur"]
    groups = told(content, REGION)
    assert {code: (g["n"], g["structures"], g["labels"]["fr"]) for code, g in groups.items()} == {
        "53": (40, 8, "Bretagne"), "93": (40, 8, "Provence-Alpes-Côte d’Azur"),
    }  # fmt: skip
    west = regional_edition_of(campaign, "53").content
    assert (west["n_responses"], west["n_population"], west["breakdowns"], west["mirror"]) == (
        40,
        96,
        [],
        None,
    )
    assert [s["mean"] for s in west["scales"]] == [
        groups["53"]["scales"][s["id"]]["mean"] for s in west["scales"]
    ]


def test_what_regions_count_adds_up_to_the_whole():
    campaign = two_regions()
    jobs.run_due()
    content = release_of(campaign).content
    for item in content["items"]:
        parts = [group["counts"][item["id"]] for group in told(content, REGION).values()]
        assert [sum(column) for column in zip(*parts, strict=True)][:-1] == list(item["counts"].values())
        assert [sum(column) for column in zip(*parts, strict=True)][-1] == item["n_missing"]


def test_a_region_of_too_few_structures_is_told_with_others_or_not_at_all():
    """Three structures of a third region: alone they would be read by subtraction."""
    more = dict.fromkeys(("G0", "G1", "G2"), "23452")
    campaign = two_regions(more=more, where=dict.fromkeys(more, "44"))
    jobs.run_due()
    groups = told(release_of(campaign).content, REGION)
    assert "44" not in groups
    assert regional_edition_of(campaign, "44") is None
    assert sum(g["n"] for g in groups.values()) == 95
    assert all(g["structures"] >= 5 for g in groups.values())


def test_sizes_are_classes_of_people_invited_and_one_class_alone_is_no_cut():
    campaign = two_regions()
    jobs.run_due()
    assert [cut.id for cut in cuts_of(campaign)] == [REGION]
    assert told(release_of(campaign).content, SIZE) == {}


def test_structures_that_have_their_own_results_leave_each_region_a_cell():
    more = dict.fromkeys(("OG0", "OG1", "SG0"), "2345234523")
    where = {name: "53" if name.startswith("O") else "93" for name in more}
    campaign = two_regions(more=more, where=where)
    jobs.run_due()
    assert {edition.region for edition in regions_told(campaign)} == {"53", "93"}
    apart = [name for name in more if structure_release_of(campaign, Organisation.objects.get(name=name))]
    assert apart == ["OG0", "OG1", "SG0"]


def test_the_smallest_gives_way_where_its_region_would_be_too_few_without_it():
    sizes = {f"a{n}": 6 for n in range(6)} | {f"b{n}": 9 for n in range(8)}
    west = {name for name in sizes if name.startswith("a")}
    everybody_safe = list(sizes)
    assert remainder_is_a_cell(sizes, shown_structures(sizes, everybody_safe))
    shown = shown_structures(sizes, everybody_safe, [west, set(sizes) - west])
    assert len(west - set(shown)) >= 5
    assert len(set(sizes) - west - set(shown)) >= 5


def test_a_pool_without_regions_is_told_as_a_whole():
    campaign = closed_pooled_campaign({f"S{n}": "23452" for n in range(8)})
    jobs.run_due()
    assert release_of(campaign).content["breakdowns"] == []
    assert regions_told(campaign) == []


def test_a_headcount_smaller_than_the_answers_loses_nobody_their_results():
    """A mistake of ours in the list: the region is told without the bounds that its headcount would give."""
    campaign = two_regions(headcount=6)
    for population in campaign.populations.filter(organisation__region="53"):
        population.headcount = 4
        population.save()
    jobs.run_due()
    content = release_of(campaign).content
    assert set(told(content, REGION)) == {"53", "93"}
    assert regional_edition_of(campaign, "53").content["n_population"] is None
    assert regional_edition_of(campaign, "93").content["n_population"] == 48

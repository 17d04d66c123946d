"""A pool answered by an open link: released as a network cell or not at all, never by structure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import way_in_suits, yields_structure_results
from labqvt.campaigns.services import close_campaign
from labqvt.campaigns.ways_models import SpentEntry
from labqvt.evidence.displays import Sheet
from labqvt.evidence.open_link import is_mixed_enough
from labqvt.evidence.preparing import terms_of
from labqvt.evidence.queries import release_of
from labqvt.foundation import jobs
from labqvt.people.models import Organisation
from labqvt.responses.services import submit_by_link
from tests.factories import AccountFactory
from tests.labqvt.campaigns.ways import by_link


def answered(structures: list[int], *, sectors: tuple[str, ...] = ()) -> Campaign:
    """A pool where each structure was named so many times; the last number is of those who did not say."""
    campaign = by_link(structures=len(structures) - 1)
    for row, sector in zip(campaign.populations.all(), sectors, strict=False):
        Organisation.objects.filter(pk=row.organisation_id).update(sector=sector, region="93")
    names = [row.organisation.public_id for row in campaign.populations.all()] + [""]
    form = campaign.version.form
    rank = 0
    for name, count in zip(names, structures, strict=True):
        for _ in range(count):
            sheet = {v.id: v.choices.codes[rank % 5] for v in form.answer_variables if v.choices}
            submit_by_link(word=campaign.link.word, once=str(rank), structure=name, answers=sheet)
            rank += 1
    campaign = close_campaign(campaign=campaign, by=AccountFactory(regional_of=campaign.scope))
    jobs.run_due()
    return campaign


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("structures", "shown"),
    [
        ([7, 7, 6, 6, 6, 0], True),
        ([7, 7, 6, 6, 6, 4], True),
        ([8, 8, 8, 8, 0, 8], False),  # four structures named: who said nothing is not a fifth
        ([9, 7, 6, 6, 6, 20], False),  # those who said nothing could all be of the first one
        ([5, 5, 5, 5, 5, 0], False),  # fewer than thirty people
    ],
)
def test_a_pool_by_link_is_a_network_cell_or_nothing(structures, shown):
    campaign = answered(structures)
    release = release_of(campaign)
    assert release.shown is shown
    assert not SpentEntry.objects.filter(campaign=campaign).exists()
    if shown:
        assert release.content["n_population"] is None  # nobody knows who received a link
        assert release.content["n_responses"] == sum(structures)
        assert release.content["units"] is None
        names = {row.organisation.name for row in campaign.populations.all()}
        assert not [name for name in names if name in str(release.content)]


@pytest.mark.django_db
def test_a_link_never_yields_the_report_of_a_structure():
    campaign = by_link()
    assert terms_of(campaign).population is None
    assert not yields_structure_results(campaign)
    assert not way_in_suits(Campaign.WayIn.OPEN_LINK, pooled=False, expected=500)
    assert not way_in_suits(Campaign.WayIn.PERSONAL_CODES, pooled=True, expected=500)
    assert not way_in_suits(Campaign.WayIn.PERSONAL_CODES, pooled=False, expected=14)
    assert way_in_suits(Campaign.WayIn.PERSONAL_CODES, pooled=False, expected=15)


@given(named=st.lists(st.integers(0, 12), max_size=9), unsaid=st.integers(0, 30), where=st.integers(0, 8))
def test_wherever_those_who_said_nothing_work_no_structure_is_above_half(named, unsaid, where):
    sheets = [Sheet("employees", str(rank), {}) for rank, count in enumerate(named) for _ in range(count)]
    sheets += [Sheet("employees", "", {})] * unsaid
    if is_mixed_enough(sheets):
        told = [sheet.structure or str(where) for sheet in sheets]
        assert max(map(told.count, set(told))) <= len(told) / 2
        assert len({sheet.structure for sheet in sheets if sheet.structure}) >= 5


@pytest.mark.django_db
def test_a_link_tells_no_group_of_structures_for_want_of_knowing_who_works_where():
    """Two sectors of five structures and more than thirty people each: told of codes, not of what anyone may claim."""
    campaign = answered([20] * 10 + [3], sectors=("aide",) * 5 + ("sport",) * 5)
    release = release_of(campaign)
    assert release.shown
    assert release.content["breakdowns"] == []
    assert not release.regions.exists()

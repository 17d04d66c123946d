"""A network told part by part: cuts on the screen, editions of regions, waves of a barometer."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.diagnostics.crossing import crossing_of, sentence_of, themes_table
from labqvt.diagnostics.crossing_figures import charts_of, class_counts
from labqvt.evidence.queries import release_of
from labqvt.foundation import jobs
from labqvt.people.models import Scope
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.evidence.factories import (
    AFTER,
    answer,
    close,
    closed_campaign,
    closed_pooled_campaign,
    director_of,
    nearly,
    two_regions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def pooled():
    """Two regions that see their work very differently."""
    campaign = two_regions(west="55454", south="12121", headcount=6)
    jobs.run_due()
    return campaign


def leader_of(campaign):
    return campaign.scope.assignments.first().account


def get(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def test_a_cut_tells_which_groups_differ(pooled):
    found = crossing_of(release_of(pooled).content, "fr")
    assert [(group.label, group.verdict) for group in found.groups] == [
        ("Bretagne", "up"), ("Provence-Alpes-Côte d’Azur", "down"),
    ]  # fmt: skip
    assert "plus haut pour « Bretagne »" in sentence_of(found)
    assert any("plus haut" in str(cell) for row in themes_table(found).rows for cell in row)


def test_every_number_of_a_cut_opens_down_to_counts(pooled):
    content = release_of(pooled).content
    found = crossing_of(content, "fr")
    item = next(one for one in content["items"] if one["id"] == found.theme.questions[0].id)
    for group in found.groups:
        counted = class_counts(group.counts[item["id"]], item)
        assert sum(counted.values()) == group.n
    assert len(charts_of(found)) == 2 + len(found.theme.questions)


def test_what_is_chosen_is_in_the_address_and_what_does_not_exist_falls_back(pooled):
    content = release_of(pooled).content
    other = content["scales"][2]["id"]
    assert crossing_of(content, "fr", theme=other).theme.id == other
    fallen = crossing_of(content, "fr", cut="structure.salary", theme="nothing")
    assert (fallen.cut, fallen.theme.id) == ("structure.region", content["scales"][0]["id"])


def test_the_page_offers_cuts_and_says_what_is_withheld(client, pooled):
    page = get(client, leader_of(pooled), "diagnostics:analysis", pooled.public_id)
    body = page.content.decode()
    assert page.status_code == 200
    assert "Comparer selon" in body
    assert "Bretagne" in body
    assert "Structure 1" not in body


def test_the_workbook_holds_the_counts_of_each_group(client, pooled):
    answer = get(client, leader_of(pooled), "diagnostics:diagnosis_xlsx", pooled.public_id)
    book = openpyxl.load_workbook(BytesIO(answer.content), read_only=True)
    rows = list(book["Réponses par groupe"].iter_rows(values_only=True))
    content = release_of(pooled).content
    codes = sum(len(item["counts"]) + 1 for item in content["items"])
    assert len(rows) == 1 + 2 * codes
    assert sum(row[5] for row in rows[1:]) == content["n_responses"] * len(content["items"])


def test_a_pool_without_a_cut_says_so(client):
    campaign = closed_pooled_campaign({f"S{n}": "23452" for n in range(8)})
    jobs.run_due()
    body = get(client, leader_of(campaign), "diagnostics:analysis", campaign.public_id).content.decode()
    assert "Aucun groupe ne peut être montré" in body


def test_a_structure_has_no_network_page(client):

    campaign = closed_campaign(employees="23452345")
    jobs.run_due()
    assert get(client, director_of(campaign), "diagnostics:analysis", campaign.public_id).status_code == 404


def test_editions_are_read_by_the_network_its_regions_and_its_structures_and_by_nobody_else(client, pooled):
    below = Scope.objects.create(
        kind=Scope.Kind.EXPERIMENTATION,
        label="Bretagne",
        parent=pooled.scope,
        path=f"{pooled.scope.path}999/",
    )
    pair = AccountFactory(employee_of=pooled.populations.first().organisation)
    readers = [leader_of(pooled), AccountFactory(regional_of=below), pair]
    strangers = [AccountFactory(regional_of=ScopeFactory()), AccountFactory(director_of=StructureFactory()),
                 AccountFactory(administrator=True)]  # fmt: skip
    bodies = set()
    for name in ("diagnostics:regional_edition", "diagnostics:regional_edition_pdf"):
        for person in readers:
            answer = get(client, person, name, pooled.public_id, "53")
            assert answer.status_code == 200
            if name.endswith("pdf"):
                bodies.add(answer.content)
        for person in strangers:
            assert get(client, person, name, pooled.public_id, "53").status_code == 403
        assert get(client, readers[0], name, pooled.public_id, "75").status_code == 404
    assert len(bodies) == 1  # one edition, the same to the byte


def test_the_page_costs_the_same_whatever_the_number_of_groups(client, pooled, django_assert_max_num_queries):
    client.force_login(leader_of(pooled))
    with django_assert_max_num_queries(10):
        client.get(reverse("diagnostics:analysis", args=[pooled.public_id]))


# Waves


def next_wave(first: Campaign, said: dict[str, str]) -> Campaign:
    """The same structures, asked again a year later."""

    leader = leader_of(first)
    campaign = campaigns.prepare_pooled_campaign(
        scope=first.scope, title="Baromètre, la suite", version=first.version, opens_on=date(2026, 10, 1),
        closes_on=date(2026, 10, 20), by=leader, follows=first,
    )  # fmt: skip
    campaign = campaigns.open_campaign(campaign=campaign, by=leader, today=date(2026, 10, 1))
    for rank, population in enumerate(campaign.populations.all()):
        words = nearly(said[population.organisation.region], rank)
        answer(campaign, employees=words, structure=population.organisation)
    return close(campaign)


def test_the_next_wave_starts_with_the_structures_of_the_one_before(pooled):
    leader = leader_of(pooled)
    draft = campaigns.prepare_pooled_campaign(
        scope=pooled.scope, title="La suite", version=pooled.version, opens_on=AFTER, closes_on=AFTER, by=leader,
        follows=pooled,
    )  # fmt: skip
    assert {p.organisation_id: p.headcount for p in draft.populations.all()} == {
        p.organisation_id: p.headcount for p in pooled.populations.all()
    }


def test_a_barometer_tells_what_changed_and_what_cannot_be_concluded(client):
    first = two_regions(west="33333", south="34343", headcount=6)
    jobs.run_due()
    second = next_wave(first, {"53": "55555", "93": "34343"})
    jobs.run_due()
    person = leader_of(first)
    whole = get(client, person, "diagnostics:diagnosis", second.public_id).content.decode()
    assert "D’une enquête à l’autre" in whole
    assert "plus favorable" in whole
    south = get(client, person, "diagnostics:regional_edition", second.public_id, "93").content.decode()
    assert "on ne peut pas conclure" in south
    assert "plus favorable" not in south
    alone = get(client, person, "diagnostics:diagnosis", first.public_id).content.decode()
    assert "D’une enquête à l’autre" not in alone  # the first wave knows of no other


def test_a_wave_that_showed_nothing_is_not_compared(client):
    first = closed_pooled_campaign({f"S{n}": "2" for n in range(8)})
    jobs.run_due()
    assert not release_of(first).shown
    second = next_wave(first, {"": "23452"})
    jobs.run_due()
    body = get(client, leader_of(first), "diagnostics:diagnosis", second.public_id).content.decode()
    assert "D’une enquête à l’autre" not in body


def test_what_is_drawn_once_is_drawn_in_each_language_and_for_each_part(client, pooled):
    """Pages of a release are kept drawn: never those of another language, region or cut."""
    client.force_login(leader_of(pooled))
    whole = reverse("diagnostics:diagnosis", args=[pooled.public_id])
    west, south = (
        reverse("diagnostics:regional_edition", args=[pooled.public_id, code]) for code in ("53", "93")
    )
    pages = {}
    for address in (whole, west, south):
        for language in ("fr", "en", "fr"):
            client.cookies["django_language"] = language
            body = client.get(address, headers={"accept-language": language}).content.decode()
            pages.setdefault((address, language), body[body.index("<main") :])
            assert body[body.index("<main") :].count("<svg") == pages[address, language].count("<svg")
    assert "Phrase par phrase" in pages[whole, "fr"]
    assert "Phrase par phrase" not in pages[whole, "en"]
    drawn = {
        body[body.index('id="scores-title"') : body.index('id="discuter"')]
        for (_address, language), body in pages.items()
        if language == "fr"
    }
    assert len(drawn) == 3


def test_everybody_giving_the_same_answer_differs_from_nobody(client):
    """No spread at all: intervals of no width, and pages that still read."""
    campaign = closed_pooled_campaign(
        dict.fromkeys([f"O{n}" for n in range(8)] + [f"S{n}" for n in range(8)], "33333"), headcount=6,
        regions={f"O{n}": "53" for n in range(8)} | {f"S{n}": "93" for n in range(8)},
    )  # fmt: skip
    jobs.run_due()
    person = leader_of(campaign)
    page = get(client, person, "diagnostics:analysis", campaign.public_id).content.decode()
    assert "on ne peut pas dire qu’un groupe diffère des autres" in page
    assert get(
        client, person, "diagnostics:regional_edition_pdf", campaign.public_id, "53"
    ).content.startswith(b"%PDF")


@pytest.mark.parametrize("asked", ["structure.region × structure.size", "<script>", "é" * 3000, "\x00"])
def test_whatever_the_address_asks_for_the_page_is_that_of_a_cut_that_exists(client, pooled, asked):
    page = get(client, leader_of(pooled), "diagnostics:analysis", pooled.public_id, par=asked, theme=asked)
    body = page.content.decode()
    assert page.status_code == 200
    assert "Bretagne" in body
    assert "<script>" not in body[body.index("<main") : body.index("</main>")]

"""The page and the paper: the same for both sides of the pair, refused to others with a sentence."""

import pytest
from django.urls import reverse

from labqvt.campaigns import keys
from labqvt.foundation import jobs
from labqvt.foundation.registries import awaiting_of
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.evidence.factories import (
    closed_campaign,
    closed_pooled_campaign,
    director_of,
    open_campaign,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def released():
    """A campaign whose direction (5 everywhere) did not consent to the mirror: data that could leak."""
    campaign = closed_campaign(employees="23452345", direction="5")
    jobs.run_due()
    return campaign


def page_of(client, campaign, person, name="diagnostics:diagnosis"):
    client.force_login(person)
    return client.get(reverse(name, args=[campaign.public_id]))


def without_token(response):
    """The body without what changes from one session to another."""
    import re

    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
    return body[body.index("<main") : body.index("</main>")]


def test_direction_and_employee_read_the_same_page(client, released):
    employee = AccountFactory(employee_of=released.organisation)
    pages = [page_of(client, released, person) for person in (director_of(released), employee)]
    assert [page.status_code for page in pages] == [200, 200]
    assert without_token(pages[0]) == without_token(pages[1])


def test_the_paper_is_the_same_to_the_byte(client, released):
    employee = AccountFactory(employee_of=released.organisation)
    papers = [
        page_of(client, released, person, "diagnostics:diagnosis_pdf")
        for person in (director_of(released), employee)
    ]
    assert papers[0].content.startswith(b"%PDF")
    assert papers[0].content == papers[1].content


@pytest.mark.parametrize("name", ["diagnostics:diagnosis", "diagnostics:diagnosis_pdf"])
def test_others_are_refused_with_a_sentence(client, released, name):
    stranger = AccountFactory(director_of=StructureFactory())
    partner = AccountFactory(partner_of=released.scope)
    for person in (stranger, partner, AccountFactory(administrator=True)):
        refused = page_of(client, released, person, name)
        assert refused.status_code == 403
        assert "binôme" in refused.content.decode()
        assert "Où en est chaque thème" not in refused.content.decode()
    client.logout()
    assert client.get(reverse(name, args=[released.public_id])).status_code == 302


def test_the_direction_s_view_is_nowhere_without_consent(client, released):
    body = page_of(client, released, director_of(released)).content.decode()
    assert "Deux regards" not in body
    assert "losange" not in body


def test_with_consent_both_views_are_on_one_line(client):
    campaign = closed_campaign(employees="23452345", direction="5", consent=True)
    jobs.run_due()
    assert "Deux regards" in page_of(client, campaign, director_of(campaign)).content.decode()


def test_before_closing_the_page_says_when(client):
    campaign = open_campaign()
    page = page_of(client, campaign, director_of(campaign))
    assert page.status_code == 200
    assert "20 octobre 2026" in page.content.decode()
    assert page_of(client, campaign, director_of(campaign), "diagnostics:diagnosis_pdf").status_code == 404


def test_while_envelopes_are_being_opened_the_page_says_so(client):
    campaign = closed_campaign(employees="23452345")
    assert "Les enveloppes s’ouvrent" in page_of(client, campaign, director_of(campaign)).content.decode()


def test_a_missing_key_is_said(client):
    campaign = closed_campaign(employees="23452345")
    keys.path_of(campaign).unlink()
    assert (
        "La clé de cette campagne manque" in page_of(client, campaign, director_of(campaign)).content.decode()
    )


@pytest.mark.parametrize("employees", ["", "5", "55555"])
def test_too_few_answers_read_the_same_whatever_the_cause(client, employees):
    campaign = closed_campaign(employees=employees)
    jobs.run_due()
    body = without_token(page_of(client, campaign, director_of(campaign)))
    assert "Pas assez de réponses" in body
    assert body.replace(campaign.public_id, "…") == REFERENCE.setdefault(
        "page", body.replace(campaign.public_id, "…")
    )


REFERENCE: dict[str, str] = {}


def test_a_network_reads_its_cell(client):
    campaign = closed_pooled_campaign(dict.fromkeys("ABCDE", "234555"))
    jobs.run_due()
    leader = campaign.scope.assignments.get(function="regional").account
    body = page_of(client, campaign, leader).content.decode()
    assert "ils ne disent rien d’une structure ni d’une équipe" in body
    assert not any(f">{name}<" in body for name in "ABCDE")


def test_the_number_of_queries_does_not_follow_the_answers(client, django_assert_num_queries):
    for number in (6, 18):
        campaign = closed_campaign(employees="234523" * (number // 6), headcount=24)
        jobs.run_due()
        client.force_login(director_of(campaign))
        with django_assert_num_queries(6):
            client.get(reverse("diagnostics:diagnosis", args=[campaign.public_id]))


def test_results_await_both_sides_of_the_pair(released):
    employee = AccountFactory(employee_of=released.organisation)
    stranger = AccountFactory(director_of=StructureFactory())
    address = reverse("diagnostics:diagnosis", args=[released.public_id])
    for person, expected in ((director_of(released), True), (employee, True), (stranger, False)):
        assert (address in {task.url for task in awaiting_of(person)}) is expected


def test_the_discussion_kit_needs_no_account(client):
    assert "Six cartes" in client.get(reverse("diagnostics:discussion_kit")).content.decode()
    paper = client.get(reverse("diagnostics:discussion_kit_pdf"))
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF")


def test_the_campaign_page_leads_to_its_results(client, released):
    address = reverse("diagnostics:diagnosis", args=[released.public_id])
    page = page_of(client, released, director_of(released), "campaigns:campaign").content.decode()
    assert address in page
    unshown = closed_campaign(employees="55555")
    jobs.run_due()
    page = page_of(client, unshown, director_of(unshown), "campaigns:campaign").content.decode()
    assert "sans risquer de montrer quelqu’un" in page
    assert reverse("diagnostics:discussion_kit") in page

"""A structure shows its results to its network when both sides of its pair agree, and only as long as they do."""

import pytest
from django.urls import reverse

from labqvt.evidence import sharing
from labqvt.evidence.queries import structure_release_of
from labqvt.foundation import jobs
from labqvt.people.models import Organisation
from tests.factories import AccountFactory, ScopeFactory
from tests.labqvt.evidence.factories import closed_pooled_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """A pool where one structure has its own results, its pair, and who leads the network."""
    campaign = closed_pooled_campaign({**dict.fromkeys("ABCDEFGH", "2345"), "Grande": "2345234523"})
    jobs.run_due()
    large = Organisation.objects.get(name="Grande")
    return {
        "campaign": campaign,
        "structure": large,
        "own": structure_release_of(campaign, large),
        "director": AccountFactory(director_of=large),
        "employee": AccountFactory(employee_of=large),
        "leader": campaign.scope.assignments.first().account,
        "elsewhere": AccountFactory(regional_of=ScopeFactory()),
    }


def page(client, cast, who):
    client.force_login(cast[who])
    return client.get(
        reverse(
            "diagnostics:structure_diagnosis", args=[cast["campaign"].public_id, cast["structure"].public_id]
        )
    )


def listed(client, cast, who):
    client.force_login(cast[who])
    return client.get(reverse("diagnostics:shared_results", args=[cast["campaign"].public_id]))


def say(client, cast, who, **form):
    client.force_login(cast[who])
    url = reverse("evidence:share", args=[cast["campaign"].public_id, cast["structure"].public_id])
    return client.post(url, form, follow=True)


def test_one_side_alone_shows_nothing(client, cast):
    answer = say(client, cast, "director")
    assert "Il manque l’accord de l’autre côté" in answer.content.decode()
    assert page(client, cast, "leader").status_code == 403
    assert "Grande" not in listed(client, cast, "leader").content.decode()


def test_both_sides_show_and_either_takes_it_back(client, cast):
    say(client, cast, "director")
    say(client, cast, "employee")
    assert page(client, cast, "leader").status_code == 200
    read_by_the_network = page(client, cast, "leader").content.decode()
    assert "Montrer ces résultats" not in read_by_the_network
    assert "Mettre cet essai au plan" not in read_by_the_network  # it reads, the structure acts
    assert "Mettre cet essai au plan" in page(client, cast, "director").content.decode()
    body = listed(client, cast, "leader").content.decode()
    assert "Grande" in body
    assert page(client, cast, "elsewhere").status_code == 403
    assert listed(client, cast, "elsewhere").status_code == 403
    say(client, cast, "employee", take_back="1")
    assert page(client, cast, "leader").status_code == 403
    assert "Grande" not in listed(client, cast, "leader").content.decode()


def test_the_director_cannot_agree_for_the_employees(cast):
    sharing.agree(found=cast["own"], by=cast["director"])
    sharing.agree(found=cast["own"], by=cast["director"])
    assert sharing.sides_agreed(cast["own"]) == {"direction"}
    assert not sharing.is_shared(cast["own"])


@pytest.mark.parametrize("who", ["leader", "elsewhere"])
def test_nobody_else_agrees_for_a_structure(client, cast, who):
    assert say(client, cast, who).status_code in {403, 404}
    assert sharing.sides_agreed(cast["own"]) == set()


def test_the_list_costs_the_same_whatever_its_length(client, cast, django_assert_max_num_queries):
    sharing.agree(found=cast["own"], by=cast["director"])
    sharing.agree(found=cast["own"], by=cast["employee"])
    client.force_login(cast["leader"])
    with django_assert_max_num_queries(9):
        client.get(reverse("diagnostics:shared_results", args=[cast["campaign"].public_id]))

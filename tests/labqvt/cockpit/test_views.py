import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labqvt.people.models import Function
from labqvt.people.services import assign
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.action_plans.factories import ExperimentFactory
from tests.labqvt.campaigns.factories import CampaignFactory

pytestmark = pytest.mark.django_db


def test_a_newcomer_without_function_is_told_who_can_help(client):
    client.force_login(AccountFactory())
    page = client.get("/espace/").content.decode()
    assert "Rien ne vous attend" in page
    assert "rattaché à aucun lieu" in page


def test_the_home_leads_to_each_place(client):
    structure = StructureFactory(name="Association des Tilleuls")
    client.force_login(AccountFactory(director_of=structure))
    page = client.get("/espace/").content.decode()
    assert f"/espace/structures/{structure.public_id}/" in page
    assert "direction" in page


def test_the_home_costs_the_same_whatever_the_number_of_places(client):
    def cost(places):
        person = AccountFactory()
        for _ in range(places):
            assign(account=person, function=Function.DIRECTOR, scope=StructureFactory().scope, by=None)
        client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            client.get("/espace/")
        return len(queries)

    assert cost(1) == cost(3)


def test_a_structure_page_is_for_its_pair_and_who_accompanies_it(client):
    structure = StructureFactory(name="Association des Tilleuls")
    url = f"/espace/structures/{structure.public_id}/"
    for allowed in (
        AccountFactory(director_of=structure), AccountFactory(employee_of=structure), AccountFactory(consultant_of=structure),
    ):  # fmt: skip
        client.force_login(allowed)
        assert client.get(url).status_code == 200
    for refused in (
        AccountFactory(director_of=StructureFactory()), AccountFactory(national_of=ScopeFactory()), AccountFactory(administrator=True),
    ):  # fmt: skip
        client.force_login(refused)
        response = client.get(url)
        assert response.status_code == 403
        assert "Tilleuls" not in response.content.decode()


def test_an_unknown_structure_is_a_404(client):
    client.force_login(AccountFactory())
    assert client.get("/espace/structures/zzzzzzzzzzzz/").status_code == 404


def test_the_structure_page_shows_what_each_room_offers(client):
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    ExperimentFactory(structure=structure, by=director, title="Un quart d’heure le lundi")
    CampaignFactory(structure=structure, title="Notre travail en mots")
    client.force_login(director)
    page = client.get(f"/espace/structures/{structure.public_id}/").content.decode()
    assert "Un quart d’heure le lundi" in page
    assert "Notre travail en mots" in page
    assert f"/espace/structures/{structure.public_id}/campagnes/nouvelle/" in page

import pytest

from labqvt.action_plans.models import Experiment
from labqvt.foundation.registries import awaiting_of
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.action_plans.factories import ExperimentFactory

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "Un quart d’heure", "determinant": "relations", "hypothesis": "Si nous nous parlons, alors…",
    "perimeter": "Une équipe", "criteria": "Deux sujets réglés", "lead": "la direction",
    "begins": "2030-01-07", "ends": "2030-03-29",
}  # fmt: skip


@pytest.fixture
def structure():
    return StructureFactory(name="Association des Tilleuls")


@pytest.fixture
def signed_in(client, structure):
    client.force_login(AccountFactory(employee_of=structure))
    return client


def plan_url(structure, end=""):
    return f"/espace/structures/{structure.public_id}/plan/{end}"


def test_an_experiment_is_added_and_can_be_undone(signed_in, structure):
    page = signed_in.post(plan_url(structure, "ajouter/"), GIVEN, follow=True).content.decode()
    assert "Un quart d’heure" in page
    assert "Annuler" in page
    assert Experiment.objects.get().planned.text == "2030-01-07/2030-03-29"


def test_a_wrong_date_says_so_and_loses_nothing(signed_in, structure):
    response = signed_in.post(plan_url(structure, "ajouter/"), GIVEN | {"ends": "2029-01-01"})
    page = response.content.decode()
    assert "La fin précède le début" in page
    assert "Si nous nous parlons, alors…" in page
    assert not Experiment.objects.exists()


def test_the_diagnosis_suggests_what_to_try(signed_in, structure):
    page = signed_in.get(plan_url(structure, "ajouter/?determinant=relations")).content.decode()
    assert "Un quart d’heure d’équipe, à jour fixe" in page
    assert signed_in.get(plan_url(structure, "ajouter/?determinant=<script>")).status_code == 200


def test_a_stranger_reads_the_reason_and_no_title(client, structure):
    ExperimentFactory(structure=structure, title="Sujet délicat")
    client.force_login(AccountFactory(director_of=StructureFactory()))
    response = client.get(plan_url(structure))
    assert response.status_code == 403
    assert "qu’à son binôme" in response.content.decode()
    assert "Sujet délicat" not in response.content.decode()


def test_the_consultant_reads_and_does_not_write(client, structure):
    ExperimentFactory(structure=structure)
    client.force_login(AccountFactory(consultant_of=structure))
    page = client.get(plan_url(structure)).content.decode()
    assert "Ajouter une expérimentation" not in page
    assert "s’écrit à deux" in page
    assert client.post(plan_url(structure, "ajouter/"), GIVEN).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_plan_costs_the_same_whatever_its_length(signed_in, structure, count, django_assert_num_queries):
    for _ in range(count):
        ExperimentFactory(structure=structure)
    with django_assert_num_queries(7):
        signed_in.get(plan_url(structure))


def test_an_experiment_at_its_end_awaits_the_pair(structure):
    experiment = ExperimentFactory(structure=structure, over=True)
    ExperimentFactory(structure=structure)
    ExperimentFactory(over=True)
    [task] = [task for task in awaiting_of(AccountFactory(director_of=structure)) if task.due]
    assert experiment.title in task.sentence
    assert awaiting_of(AccountFactory(consultant_of=structure)) == []


@pytest.mark.parametrize("end", ["", "deplacer/", "verdict/"])
def test_the_pages_of_an_experiment_open(signed_in, structure, end):
    experiment = ExperimentFactory(structure=structure)
    response = signed_in.get(f"/espace/essais/{experiment.public_id}/{end}")
    assert (response.status_code, experiment.title in response.content.decode()) == (200, True)

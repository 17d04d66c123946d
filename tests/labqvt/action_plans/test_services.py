import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from labqvt.action_plans import services
from labqvt.action_plans.models import Experiment
from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.action_plans.factories import ExperimentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def structure():
    return StructureFactory()


@pytest.fixture
def director(structure):
    return AccountFactory(director_of=structure)


ACTS = {
    "add": lambda experiment, by: ExperimentFactory(structure=experiment.plan.organisation, by=by),
    "move": lambda experiment, by: services.move_experiment(
        experiment=experiment, new=Period.read("2030-06"), cause="Congés", by=by
    ),
    "judge": lambda experiment, by: services.judge_experiment(
        experiment=experiment, verdict="keep", learned="On se parle mieux.", by=by
    ),
    "remove": lambda experiment, by: services.remove_experiment(public_id=experiment.public_id, by=by),
    "reopen": lambda experiment, by: services.reopen_experiment(public_id=experiment.public_id, by=by),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_a_plan_is_written_by_the_pair_and_by_nobody_else(act, structure):
    experiment = ExperimentFactory(structure=structure)
    for allowed in (AccountFactory(director_of=structure), AccountFactory(employee_of=structure)):
        if Experiment.objects.filter(pk=experiment.pk, verdict="").exists():
            act(experiment, allowed)
            experiment = ExperimentFactory(structure=structure)
    in_the_house = AccountFactory(consultant_of=structure)
    stranger = AccountFactory(director_of=StructureFactory())
    for refused in (in_the_house, stranger, AccountFactory(administrator=True)):
        with pytest.raises(PermissionDenied, match="s’écrit à deux"):
            act(experiment, refused)


def test_adding_is_undone_by_removing(structure, director):
    _experiment, entry = services.add_experiment(
        structure=structure, by=director, title="Essai", determinant="sante", hypothesis="Si…", perimeter="Tous",
        criteria="On verra", lead="La direction", planned=Period.read("2030-01"),
    )  # fmt: skip
    journal.undo(entry=entry, by=director)
    assert not Experiment.objects.exists()
    assert JournalEntry.objects.filter(reverses=entry).exists()


def test_moving_keeps_the_former_dates_and_their_cause(structure, director):
    experiment = ExperimentFactory(structure=structure, by=director)
    planned = experiment.planned
    services.move_experiment(
        experiment=experiment, new=Period.read("2030-05"), cause="Arrêt maladie", by=director
    )
    moved, entry = services.move_experiment(
        experiment=experiment, new=Period.read("2030-09"), cause="Été", by=director
    )
    assert moved.standing() == Standing.MOVED
    assert [(m.previous.text, m.new.text, m.cause) for m in moved.moves.all()] == [
        (planned.text, "2030-05", "Arrêt maladie"),
        ("2030-05", "2030-09", "Été"),
    ]
    journal.undo(entry=entry, by=director)
    moved.refresh_from_db()
    assert (moved.current.text, moved.moves.count()) == ("2030-05", 1)


def test_a_verdict_says_what_was_learned_and_is_given_once(structure, director):
    experiment = ExperimentFactory(structure=structure, by=director, over=True)
    assert experiment.awaits_a_verdict
    with pytest.raises(ValidationError, match="ce que l’essai a appris"):
        services.judge_experiment(experiment=experiment, verdict="stop", learned="", by=director)
    experiment.refresh_from_db()
    judged, entry = services.judge_experiment(
        experiment=experiment, verdict="stop", learned="Trop court.", by=director
    )
    assert not judged.awaits_a_verdict
    with pytest.raises(PermissionDenied, match="déjà son verdict"):
        services.judge_experiment(experiment=judged, verdict="keep", learned="Non", by=director)
    journal.undo(entry=entry, by=director)
    judged.refresh_from_db()
    assert judged.verdict == ""

"""Dates that move: planned, re-planned, actual, each with its cause, each undone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from labqvt.foundation import journal
from labqvt.foundation.models import Job, JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing
from labqvt.programmes import moving, services
from labqvt.programmes.models import Milestone
from tests.labqvt.programmes.factories import MilestoneFactory

NOVEMBER, DECEMBER = Period.read("2026-11-10"), Period.read("2026-12")


@pytest.fixture
def committee(cast):
    return MilestoneFactory(
        scope=cast.region.scope, title="Comité d’automne", planned=Period.read("2026-10-05")
    )


def move(milestone, by, new=NOVEMBER, cause="Salle indisponible", **more):
    moved = moving.move_milestone(milestone=milestone, new=new, cause=cause, by=by, **more)
    milestone.refresh_from_db()
    return moved


def test_a_move_keeps_the_first_plan_the_new_date_and_why(cast, committee):
    made, entry = move(committee, cast.lead)
    assert (committee.planned.text, committee.replanned, committee.actual) == ("2026-10-05", NOVEMBER, None)
    assert (made.previous.text, made.new, made.cause) == ("2026-10-05", NOVEMBER, "Salle indisponible")
    assert committee.standing() == Standing.MOVED
    assert "Salle indisponible" in str(entry)


def test_undoing_the_last_of_two_moves_puts_the_first_one_back(cast, committee):
    _first, first_entry = move(committee, cast.lead)
    _second, second_entry = move(committee, cast.lead, new=DECEMBER, cause="Grève")
    with pytest.raises(PermissionDenied, match="d’abord le dernier report"):
        journal.undo(entry=first_entry, by=cast.lead)
    journal.undo(entry=second_entry, by=cast.lead)
    committee.refresh_from_db()
    assert committee.replanned == NOVEMBER
    journal.undo(entry=first_entry, by=cast.lead)
    committee.refresh_from_db()
    assert (committee.replanned, committee.moves.count()) == (None, 0)
    assert JournalEntry.objects.filter(reverses=first_entry).count() == 1


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"new": Period.read("2026-09-01")}, "new", "déjà passée"),
        ({"new": Period.read("2026-10-05")}, "new", "déjà la date retenue"),
        ({"decided_on": date(2026, 9, 16)}, "decided_on", "à venir"),
        ({"cause": "   "}, "cause", ""),
    ],
    ids=["in the past", "same date", "decided tomorrow", "no cause"],
)
def test_a_move_that_makes_no_sense_is_refused_on_its_field(cast, committee, facts, field, sentence):
    with pytest.raises(ValidationError) as refused:
        move(committee, cast.lead, **facts)
    assert sentence in " ".join(refused.value.message_dict[field])
    committee.refresh_from_db()
    assert (committee.replanned, committee.moves.count()) == (None, 0)


def test_an_old_move_is_entered_with_the_day_it_was_decided(cast, committee):
    move(committee, cast.national, new=Period.read("2026-09-10"), decided_on=date(2026, 6, 23))
    assert committee.replanned.text == "2026-09-10"
    assert committee.standing() == Standing.LATE


@pytest.mark.parametrize("who", ["partner", "director", "other_lead", "stranger", "administrator"])
def test_only_those_who_steer_the_region_touch_its_dates(cast, committee, who):
    person = getattr(cast, who)
    acts = (
        lambda: move(committee, person),
        lambda: moving.record_actual(milestone=committee, actual=Period.read("2026-09-14"), by=person),
        lambda: moving.drop_milestone(milestone=committee, because="Trop tard", by=person),
        lambda: services.add_milestone(
            scope=committee.scope, kind="survey", title="Enquête", planned=DECEMBER, by=person
        ),
    )
    for act in acts:
        with pytest.raises(PermissionDenied, match="coordination nationale"):
            act()
    assert Milestone.objects.count() == 1


def test_noting_what_happened_is_undone_to_what_was_known(cast, committee):
    entry = moving.record_actual(
        milestone=committee, actual=Period.read("2026-09-14"), cause="Avancé d’un mois", by=cast.lead
    )
    committee.refresh_from_db()
    assert (committee.actual.text, committee.slip_cause, committee.standing()) == (
        "2026-09-14", "Avancé d’un mois", Standing.DONE
    )  # fmt: skip
    journal.undo(entry=entry, by=cast.lead)
    committee.refresh_from_db()
    assert (committee.actual, committee.slip_cause) == (None, "")


def test_what_is_to_come_has_not_happened(cast, committee):
    with pytest.raises(ValidationError, match="à venir"):
        moving.record_actual(milestone=committee, actual=NOVEMBER, by=cast.lead)


def test_giving_up_says_why_and_is_undone(cast, committee):
    with pytest.raises(ValidationError, match="pourquoi"):
        moving.drop_milestone(milestone=committee, because=" ", by=cast.lead)
    entry = moving.drop_milestone(milestone=committee, because="Versé au guide national", by=cast.lead)
    committee.refresh_from_db()
    assert committee.standing() == Standing.DROPPED
    journal.undo(entry=entry, by=cast.lead)
    committee.refresh_from_db()
    assert committee.standing() == Standing.PLANNED


def test_an_entry_made_by_mistake_goes_away_until_it_has_a_history(cast):
    _fresh, entry = services.add_milestone(
        scope=cast.region.scope, kind="survey", title="Enquête", planned=DECEMBER, by=cast.lead
    )
    moved, moved_entry = services.add_milestone(
        scope=cast.region.scope, kind="survey", title="Autre enquête", planned=DECEMBER, by=cast.lead
    )
    move(moved, cast.lead)
    journal.undo(entry=entry, by=cast.lead)
    with pytest.raises(PermissionDenied, match="déjà une histoire"):
        journal.undo(entry=moved_entry, by=cast.lead)
    assert list(Milestone.objects.all()) == [moved]


def test_what_is_held_asks_for_the_figures_once(cast, committee):
    moving.record_actual(milestone=committee, actual=Period.read("2026-09-14"), by=cast.lead)
    moving.record_actual(milestone=committee, actual=Period.read("2026-09-13"), by=cast.lead)
    assert Job.objects.filter(kind="indicators.project", subject=cast.region.scope.public_id).count() == 1


def test_a_thing_without_any_date_is_refused(cast):
    with pytest.raises(ValidationError, match="au moins une date"):
        services.add_milestone(scope=cast.region.scope, kind="survey", title="Enquête", by=cast.lead)

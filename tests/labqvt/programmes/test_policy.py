"""Who reads and who writes, each refusal with its sentence."""

import pytest
from django.http import Http404

from labqvt.foundation.periods import Period
from labqvt.foundation.registries import EVER
from labqvt.programmes import policy, queries
from labqvt.programmes.models import Milestone
from tests.labqvt.programmes.factories import MilestoneFactory


@pytest.mark.parametrize(
    ("who", "own", "neighbour", "programme"),
    [
        ("national", True, True, True),
        ("lead", True, True, True),
        ("other_lead", True, True, True),
        ("partner", True, False, True),
        ("director", True, False, True),
        ("administrator", True, True, True),
        ("stranger", False, False, False),
    ],
)
def test_reading_follows_the_scope(cast, who, own, neighbour, programme):
    person = getattr(cast, who)
    scopes = (cast.region.scope, cast.neighbour.scope, cast.programme.scope)
    assert [bool(policy.may_read(person, scope)) for scope in scopes] == [own, neighbour, programme]
    assert set(queries.regions_of(person)) == {
        region for region, readable in ((cast.region, own), (cast.neighbour, neighbour)) if readable
    }


@pytest.mark.parametrize(
    ("who", "own", "neighbour", "programme"),
    [
        ("national", True, True, True),
        ("lead", True, False, False),
        ("partner", False, False, False),
        ("director", False, False, False),
        ("administrator", False, False, False),
        ("stranger", False, False, False),
    ],
)
def test_steering_is_national_or_the_lead_of_the_region(cast, who, own, neighbour, programme):
    person = getattr(cast, who)
    scopes = (cast.region.scope, cast.neighbour.scope, cast.programme.scope)
    verdicts = [policy.may_steer(person, scope) for scope in scopes]
    assert [bool(verdict) for verdict in verdicts] == [own, neighbour, programme]
    assert all("coordination nationale" in str(verdict.reason) for verdict in verdicts if not verdict)


def test_dates_of_other_regions_do_not_leak_into_a_partners_calendar(cast):
    for scope, title in (
        (cast.region.scope, "Chez nous"), (cast.neighbour.scope, "Chez les voisins"), (cast.programme.scope, "National")
    ):  # fmt: skip
        MilestoneFactory(scope=scope, title=title)
    seen = [item.title for item in queries.dated_milestones(cast.partner, [cast.programme.scope], EVER)]
    assert sorted(seen) == ["Chez nous", "National"]
    assert list(queries.dated_milestones(cast.stranger, [cast.programme.scope], EVER)) == []


def test_a_gate_hides_what_one_may_not_read(cast):
    milestone = MilestoneFactory(scope=cast.neighbour.scope)
    assert policy.milestone_for(cast.lead, milestone.public_id) == milestone
    for gate, key in (
        (policy.milestone_for, milestone.public_id),
        (policy.experimentation_for, cast.neighbour.public_id),
        (policy.scope_for, cast.neighbour.scope.public_id),
    ):
        with pytest.raises(Http404):
            gate(cast.partner, key)
    with pytest.raises(Http404):
        policy.programme_for(cast.stranger, "essai")


@pytest.mark.parametrize(
    ("facts", "right", "reason"),
    [
        ({"actual": Period.read("2026-09-01")}, policy.may_move, "a déjà eu lieu"),
        ({"actual": Period.read("2026-09-01")}, policy.may_drop, "a déjà eu lieu"),
        ({"dropped_because": "trop tard"}, policy.may_move, "est abandonnée"),
        ({"dropped_because": "trop tard"}, policy.may_record_actual, "est abandonnée"),
        ({"dropped_because": "trop tard"}, policy.may_drop, "déjà abandonnée"),
    ],
)
def test_what_is_over_no_longer_moves(cast, facts, right, reason):
    milestone = MilestoneFactory(scope=cast.region.scope)
    Milestone.objects.filter(pk=milestone.pk).update(**facts)
    milestone.refresh_from_db()
    assert reason in str(right(cast.lead, milestone).reason)
    assert "coordination nationale" in str(right(cast.partner, milestone).reason)

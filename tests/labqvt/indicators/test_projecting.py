"""Facts taken from the timeline: once, kept right, gone when their origin goes."""

from datetime import date, timedelta

import pytest

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.foundation import jobs, journal
from labqvt.foundation.periods import Period
from labqvt.indicators.models import Fact, FactKind
from labqvt.indicators.projecting import project
from labqvt.instruments.queries import versions_for_employees
from labqvt.instruments.shipping import publish_six_determinants
from labqvt.people.services import create_organisation
from labqvt.programmes import moving, services
from labqvt.programmes.models import Milestone
from labqvt.structure_surveys import services as surveys
from labqvt.structure_surveys.calling_back import forget_what_is_due
from tests.factories import StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory
from tests.labqvt.indicators.factories import FactFactory
from tests.labqvt.programmes.factories import MilestoneFactory
from tests.labqvt.structure_surveys.factories import SurveyFactory, answered, lead_of

HELD = Period.read("2026-09-01")


def test_what_took_place_becomes_a_fact_once_and_what_is_planned_does_not(cast):
    MilestoneFactory(
        scope=cast.region.scope, title="Tenu", planned=None, actual=HELD, source="rapport.txt", source_line=12
    )
    MilestoneFactory(scope=cast.region.scope, title="À venir")
    MilestoneFactory(
        scope=cast.region.scope, title="Site ouvert", kind=Milestone.Kind.WEBSITE, planned=None, actual=HELD
    )
    assert project() == {"added": 1, "changed": 0, "same": 0, "removed": 0}
    assert project() == {"added": 0, "changed": 0, "same": 1, "removed": 0}
    fact = Fact.objects.get()
    assert (fact.kind, fact.label, fact.when, fact.source, fact.source_line, fact.origin) == (
        FactKind.MEETING, "Tenu", HELD, "rapport.txt", 12, Fact.Origin.PROJECTED
    )  # fmt: skip


def test_a_fact_follows_its_milestone_and_leaves_with_it(cast):
    milestone = MilestoneFactory(scope=cast.region.scope)
    entry = moving.record_actual(milestone=milestone, actual=HELD, by=cast.lead)
    jobs.run_due()
    moving.record_actual(milestone=milestone, actual=Period.read("2026-09-02"), by=cast.lead)
    jobs.run_due()
    assert [fact.when.text for fact in Fact.objects.all()] == ["2026-09-02"]
    journal.undo(entry=entry, by=cast.lead)
    jobs.run_due()
    assert not Fact.objects.exists()


def test_projecting_a_region_leaves_the_others_and_what_was_typed_alone(cast):
    typed = FactFactory(scope=cast.region.scope)
    for scope in (cast.region.scope, cast.neighbour.scope):
        MilestoneFactory(scope=scope, planned=None, actual=HELD)
    project()
    Milestone.objects.all().delete()
    project(cast.region.scope)
    assert set(Fact.objects.values_list("scope", "origin")) == {
        (cast.region.scope.pk, "manual"), (cast.neighbour.scope.pk, "projected")
    }  # fmt: skip
    assert typed in Fact.objects.all()


@pytest.mark.parametrize(
    ("kind", "fact_kind", "dimensions"),
    [
        (Milestone.Kind.SURVEY, FactKind.SURVEY, {}),
        (Milestone.Kind.AUDITION, FactKind.MEETING, {}),
        (Milestone.Kind.WEB_CONFERENCE, FactKind.EVENT, {"form": "web_conference"}),
        (Milestone.Kind.DELIVERABLE, FactKind.DELIVERABLE, {}),
    ],
)
def test_each_kind_of_date_gives_its_kind_of_fact(cast, kind, fact_kind, dimensions):
    MilestoneFactory(scope=cast.region.scope, kind=kind, planned=None, actual=HELD)
    project()
    assert list(Fact.objects.values_list("kind", "dimensions")) == [(fact_kind, dimensions)]


def test_organisations_that_take_part_are_facts_of_the_programmes_time(cast):
    services.involve(
        organisation=create_organisation(name="Anact", kind="public"),
        scope=cast.region.scope,
        role="committee",
        by=None,
    )
    project()
    fact = Fact.objects.get()
    assert (fact.kind, fact.dimensions, fact.organisation.name, fact.when) == (
        FactKind.INVOLVED, {"role": "committee"}, "Anact", cast.programme.period
    )  # fmt: skip


def test_a_pooled_campaign_is_told_once_closed_without_any_number_of_answers(cast):
    publish_six_determinants()
    campaign = campaigns.prepare_pooled_campaign(
        scope=cast.region.scope, title="Enquête du réseau", version=versions_for_employees().get(),
        opens_on=date(2026, 8, 1), closes_on=date(2026, 9, 1), by=cast.lead,
    )  # fmt: skip
    for _n in range(2):
        structure = StructureFactory(headcount=40, is_fictitious=True)
        campaigns.set_population(campaign=campaign, organisation=structure, headcount=40, by=cast.lead)
    project()
    assert not Fact.objects.exists()
    Campaign.objects.update(launched_on=date(2026, 8, 1), closed_on=date(2026, 9, 1))
    project()
    fact = Fact.objects.get()
    assert (fact.kind, fact.when.text, fact.quantity, fact.is_fictitious, fact.dimensions) == (
        FactKind.SURVEY, "2026-08-01/2026-09-01", 1, True, {"structures": 2}
    )  # fmt: skip


def test_the_campaign_of_one_structure_stays_in_its_space(cast):
    CampaignFactory(structure=StructureFactory(headcount=40))
    Campaign.objects.update(launched_on=date(2026, 8, 1), closed_on=date(2026, 9, 1))
    project()
    assert not Fact.objects.exists()


def test_a_closed_survey_of_structures_tells_how_many_answered_even_once_the_answers_are_erased(cast):
    survey = SurveyFactory(scope=cast.region.scope, open=True)
    answered(survey, "Un")
    answered(survey, "Deux", send=False)
    project()
    assert not Fact.objects.exists()
    surveys.close_survey(survey=survey, by=lead_of(survey))
    project()
    told = {fact.kind: int(fact.quantity) for fact in Fact.objects.all()}
    assert told == {FactKind.SURVEY: 1, FactKind.ANSWERS: 1}
    forget_what_is_due(today=survey.answers_until + timedelta(days=1))
    project()
    assert {fact.kind: int(fact.quantity) for fact in Fact.objects.all()} == told


def test_a_survey_that_carries_out_a_milestone_is_counted_once(cast):
    milestone = MilestoneFactory(
        scope=cast.region.scope, kind=Milestone.Kind.SURVEY, planned=None, actual=HELD
    )
    survey = SurveyFactory(scope=cast.region.scope, milestone=milestone, open=True)
    surveys.close_survey(survey=survey, by=lead_of(survey))
    project()
    assert Fact.objects.filter(kind=FactKind.SURVEY).count() == 1
    assert Fact.objects.filter(kind=FactKind.ANSWERS).count() == 1

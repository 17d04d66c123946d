"""The two surveys of structures of 2020: what is published is true, what is invented says so."""

from datetime import date

import pytest

from labqvt.demonstration.logins import Seat, open_accounts
from labqvt.demonstration.programme import load_programme
from labqvt.demonstration.structures import add_structures
from labqvt.demonstration.surveys import add_structure_surveys
from labqvt.indicators import projecting, queries
from labqvt.instruments.shipping import publish_shipped_packs
from labqvt.people.models import Function
from labqvt.structure_surveys import queries as surveys
from labqvt.structure_surveys.models import Interview, Quotation, Relay, Survey, SurveyedStructure
from tests.factories import AccountFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    programme = load_programme(by=AccountFactory(administrator=True))
    region = programme.experimentations.get(region="93")
    workshop, *_others = add_structures(by=None)
    seats = [
        Seat("Coordination", "national", Function.NATIONAL, programme.scope),
        Seat("Région", "region", Function.REGIONAL, region.scope),
        Seat("Partenaire", "partenaire", Function.PARTNER, region.scope),
    ]
    _logins, accounts = open_accounts(seats, "motdepasse")
    add_structure_surveys(
        programme, version=publish_shipped_packs()["structures-besoins"], lead=accounts["region"],
        national=accounts["national"], guest=accounts["partenaire"], known=workshop, today=date(2026, 11, 26),
    )  # fmt: skip
    projecting.project(programme.scope)
    return programme


def test_published_dates_numbers_and_extension_are_kept_and_everything_else_is_said_to_be_invented(programme):
    south, east = Survey.objects.order_by("opens_on")
    assert (south.planned.text, south.replanned, south.actual.text) == (
        "2020-02-11/2020-03-13", None, "2020-02-11/2020-03-13"
    )  # fmt: skip
    assert (east.planned.text, east.replanned.text, east.actual.text) == (
        "2020-06-10/2020-07-03", "2020-06-10/2020-10-23", "2020-06-10/2020-10-23"
    )  # fmt: skip
    assert [move.cause != "" for move in east.moves.all()] == [True]
    assert [surveys.total(one).answered for one in (south, east)] == [93, 29]
    assert Interview.objects.filter(structure__survey=south).count() == 6
    assert all(one.answers_are_simulated and one.source and one.source_line for one in (south, east))
    assert not SurveyedStructure.objects.filter(is_fictitious=False).exists()
    assert list(Relay.objects.filter(is_fictitious=False).values_list("name", flat=True).distinct()) == [
        "Adhérents de l’UDES"
    ]
    quotations = list(Quotation.objects.select_related("reply__structure"))
    assert quotations
    assert all(one.may_be_shown for one in quotations)

    # Figures: taken from the surveys, counted once, beside what was published.
    for region, count in (("93", 93), ("27", 29)):
        scope = programme.experimentations.get(region=region).scope
        figures = {one.measure.indicator.code: one for one in queries.figures_at(programme, scope).counted}
        assert figures["reponses_enquete"].measure.value == count
        assert figures["enquetes"].measure.value == 1
    sentences = [reading.sentence for reading in _answers(programme, "93").published]
    assert sentences.count("Le recensé dit la même chose.") == 1
    assert "Le recensé compte 1 de plus." in sentences


def _answers(programme, region):
    scope = programme.experimentations.get(region=region).scope
    return next(
        one
        for one in queries.figures_at(programme, scope).counted
        if one.measure.indicator.code == "reponses_enquete"
    )

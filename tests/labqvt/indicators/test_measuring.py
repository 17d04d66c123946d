"""Figures computed from facts, read against what was published."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labqvt.foundation.periods import Period
from labqvt.indicators import queries
from labqvt.indicators.measuring import Agreement, compare, facts_behind, measures_at
from labqvt.indicators.models import Fact, FactKind, Indicator, Statement
from labqvt.people.services import create_organisation
from tests.labqvt.indicators.factories import FactFactory, IndicatorFactory


def value_of(indicator, scope):
    (measure,) = measures_at(scope, [indicator])
    return measure.value


def test_facts_are_counted_where_they_are_held_and_added_up_for_the_programme(cast):
    meetings = IndicatorFactory(programme=cast.programme)
    for scope, count in ((cast.region.scope, 2), (cast.neighbour.scope, 3), (cast.programme.scope, 5)):
        for _n in range(count):
            FactFactory(scope=scope)
    national = IndicatorFactory(
        programme=cast.programme, level=Indicator.Level.PROGRAMME, regional_rule="none"
    )
    assert [
        value_of(meetings, scope) for scope in (cast.region.scope, cast.neighbour.scope, cast.programme.scope)
    ] == [2, 3, 5]
    assert (value_of(national, cast.programme.scope), value_of(national, cast.region.scope)) == (5, None)


def test_nothing_recorded_is_not_zero(cast):
    indicator = IndicatorFactory(programme=cast.programme)
    assert value_of(indicator, cast.region.scope) is None


def test_what_does_not_add_up_has_no_national_value(cast):
    indicator = IndicatorFactory(programme=cast.programme, regional_rule=Indicator.RegionalRule.NONE)
    FactFactory(scope=cast.region.scope)
    assert (value_of(indicator, cast.region.scope), value_of(indicator, cast.programme.scope)) == (1, None)


def test_an_organisation_present_in_two_regions_counts_once_for_the_programme(cast):
    indicator = IndicatorFactory(
        programme=cast.programme, fact_kind=FactKind.INVOLVED, regional_rule="distinct"
    )
    shared, own = (create_organisation(name=name, kind="other") for name in ("Partagée", "Propre"))
    for scope, organisation in (
        (cast.region.scope, shared), (cast.region.scope, shared), (cast.region.scope, own), (cast.neighbour.scope, shared)
    ):  # fmt: skip
        FactFactory(kind=FactKind.INVOLVED, scope=scope, organisation=organisation)
    assert (value_of(indicator, cast.region.scope), value_of(indicator, cast.programme.scope)) == (2, 2)


@pytest.fixture
def share(cast):
    known = IndicatorFactory(
        programme=cast.programme,
        kind="sum",
        fact_kind=FactKind.STRUCTURES,
        dimensions={"outcome": ["engaged", "not_engaged"]},
    )
    return IndicatorFactory(
        programme=cast.programme,
        kind="ratio",
        fact_kind=FactKind.STRUCTURES,
        dimensions={"outcome": "engaged"},
        denominator=known,
    )


def test_a_share_carries_its_two_parts_and_no_decimals(cast, share):
    for outcome, quantity in (("engaged", 4), ("not_engaged", 3), ("unknown", 9)):
        FactFactory(
            kind=FactKind.STRUCTURES,
            scope=cast.region.scope,
            quantity=Decimal(quantity),
            dimensions={"outcome": outcome},
        )
    (measure,) = measures_at(cast.region.scope, [share])
    assert (measure.numerator, measure.denominator) == (4, 7)
    assert measure.written == "57\u00a0%"
    assert queries.figure_of(cast.programme, cast.region.scope, share).ratio == "4 sur 7"


@pytest.mark.parametrize(
    "outcome", ["engaged", "unknown"], ids=["no denominator but itself", "nothing known"]
)
def test_a_share_of_what_is_not_known_is_not_zero(cast, share, outcome):
    FactFactory(
        kind=FactKind.STRUCTURES,
        scope=cast.region.scope,
        quantity=Decimal(5),
        dimensions={"outcome": outcome},
    )
    assert value_of(share, cast.region.scope) == (100 if outcome == "engaged" else None)


kinds = st.sampled_from([FactKind.MEETING, FactKind.EVENT])
dimensions = st.sampled_from(
    [{}, {"form": "webinar"}, {"form": "workshop"}, {"form": "workshop", "mode": "remote"}]
)
wanted = st.sampled_from([{}, {"form": "webinar"}, {"form": ["webinar", "workshop"]}, {"mode": "remote"}])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(facts=st.lists(st.tuples(kinds, dimensions, st.booleans()), max_size=8), kind=kinds, wants=wanted)
def test_the_list_behind_a_figure_is_the_facts_it_counts(cast, facts, kind, wants):
    Fact.objects.all().delete()
    for fact_kind, dims, near in facts:
        FactFactory(
            kind=fact_kind, dimensions=dims, scope=cast.region.scope if near else cast.neighbour.scope
        )
    indicator = IndicatorFactory(programme=cast.programme, code="essai", fact_kind=kind, dimensions=wants)
    for scope in (cast.region.scope, cast.programme.scope):
        (measure,) = measures_at(scope, [indicator])
        assert facts_behind(indicator, scope).count() == measure.facts == (measure.value or 0)


def test_the_period_covered_is_as_precise_as_its_facts(cast):
    indicator = IndicatorFactory(programme=cast.programme)
    for when in ("2026-03-17", "2026-autumn/2026-12", "2025"):
        Fact.objects.filter(pk=FactFactory(scope=cast.region.scope).pk).update(when=Period.read(when))
    assert (
        queries.figure_of(cast.programme, cast.region.scope, indicator).covers
        == "3 faits, 2025 – décembre 2026"
    )


def statement(value, qualifier, code="chiffre", **more):
    return Statement(
        value=Decimal(value), qualifier=qualifier, indicator_code=code, text="Ce qui est dit", **more
    )


@pytest.mark.parametrize(
    ("counted", "published", "reading"),
    [
        (93, (93, "exact"), (Agreement.AGREES, "93", "Le recensé dit la même chose.")),
        (92, (93, "exact"), (Agreement.DIFFERS, "93", "Le recensé compte 1 de moins.")),
        (13, (11, "exact"), (Agreement.DIFFERS, "11", "Le recensé compte 2 de plus.")),
        (
            380,
            (400, "max_approx"),
            (Agreement.AGREES, "près de 400", "est dans la marge : de 360 à moins de 400."),
        ),
        (
            400,
            (400, "max_approx"),
            (Agreement.DIFFERS, "près de 400", "sort de la marge : de 360 à moins de 400."),
        ),
        (121, (120, "min_strict"), (Agreement.AGREES, "plus de 120", "est dans la marge : plus de 120.")),
        (12, (15, "approx"), (Agreement.DIFFERS, "environ 15", "sort de la marge : de 13 à 17.")),
        (30, (24, "min_vague"), (Agreement.AGREES, "au moins 24", "est dans la marge : au moins 24.")),
        (4, (4, "planned"), (Agreement.FORECAST, "4 (prévision)", "ne dit pas ce qui a eu lieu")),
        (0, (11, "exact"), (Agreement.NOTHING_COUNTED, "11", "Aucun fait recensé")),
    ],
)
def test_a_published_figure_is_read_by_what_its_words_allow(cast, counted, published, reading):
    indicator = IndicatorFactory(programme=cast.programme, kind="sum")
    if counted:
        FactFactory(scope=cast.region.scope, quantity=Decimal(counted))
    (measure,) = measures_at(cast.region.scope, [indicator])
    agreement, said, sentence = reading
    comparison = compare(statement(*published), measure)
    assert (comparison.agreement, comparison.said) == (agreement, said)
    assert sentence in comparison.sentence


def test_a_figure_below_two_is_published_without_its_plural_unit():
    assert compare(statement(1, "exact", unit="vidéos"), None).said == "1"
    assert compare(statement(2, "exact", unit="vidéos"), None).said == "2\u00a0vidéos"


def test_a_figure_published_under_another_code_is_read_with_its_own(cast):
    indicator = IndicatorFactory(programme=cast.programme, code="reponses", aliases=["reponses_enquetes"])
    FactFactory(scope=cast.region.scope)
    for reference, code in (("A", "reponses"), ("B", "reponses_enquetes"), ("C", "autre")):
        statement(
            1,
            "exact",
            code,
            programme=cast.programme,
            scope=cast.region.scope,
            reference=reference,
            source=f"{code}.txt",
        ).save()
    figures = queries.figures_at(cast.programme, cast.region.scope)
    [figure] = figures.counted
    [reading] = figure.published
    assert figure.measure.indicator == indicator
    assert reading.cited == ["reponses.txt", "reponses_enquetes.txt"]
    assert [comparison.statement.reference for comparison in figures.only_published] == ["C"]

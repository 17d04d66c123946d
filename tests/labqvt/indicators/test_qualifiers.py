"""What published words allow: the examples people use, then properties that hold for every figure."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.indicators.qualifiers import allowed

figures = st.decimals(min_value=1, max_value=100_000, places=2)
whole = st.integers(1, 100_000).map(Decimal)


@pytest.mark.parametrize(
    ("value", "qualifier", "inside", "outside"),
    [
        (400, "max_approx", ["360", "399.9"], ["359.9", "400"]),  # près de 400
        (120, "min_strict", ["121", "100000"], ["120", "119"]),  # plus de 120
        (15, "approx", ["13", "17"], ["12", "18"]),  # une quinzaine
        (12, "approx", ["11", "13"], ["10", "14"]),  # une douzaine
        (20, "approx", ["18", "22"], ["17", "23"]),  # une vingtaine
        (50, "approx", ["45", "55"], ["44", "56"]),  # une cinquantaine
        (24, "min_vague", ["24", "300"], ["23"]),  # plusieurs dizaines
        (93, "exact", ["93"], ["92", "94", "92.9"]),
        (3, "approx", ["2", "4"], ["1", "5"]),
    ],
)
def test_words_allow_what_a_reader_understands(value, qualifier, inside, outside):
    margin = allowed(Decimal(value), qualifier)
    assert [text for text in inside if Decimal(text) not in margin] == []
    assert [text for text in outside if Decimal(text) in margin] == []


def test_a_forecast_allows_nothing_to_be_said():
    assert allowed(Decimal(4), "planned") is None


def test_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="Qualificatif inconnu"):
        allowed(Decimal(4), "à peu près")


@given(figures, st.sampled_from(["exact", "approx", "min_vague"]))
def test_the_figure_itself_is_allowed_by_words_that_include_it(value, qualifier):
    assert value in allowed(value, qualifier)


@given(figures, st.sampled_from(["max_approx", "min_strict"]))
def test_the_figure_itself_is_left_out_by_just_under_and_more_than(value, qualifier):
    assert value not in allowed(value, qualifier)


@given(whole)
def test_whole_figures_have_whole_margins_of_one_at_least(value):
    margin = allowed(value, "approx")
    assert margin.low == margin.low.to_integral_value()
    assert margin.high - value == value - margin.low >= 1


@given(figures, figures, st.sampled_from(["exact", "approx", "max_approx", "min_strict", "min_vague"]))
def test_what_is_allowed_is_one_stretch(value, other, qualifier):
    """Between two allowed values, everything is allowed."""
    margin = allowed(value, qualifier)
    if other in margin and margin.low is not None and margin.low in margin:
        assert (other + margin.low) / 2 in margin


@given(figures, figures)
def test_exact_is_the_strictest_word(value, other):
    assert other not in allowed(value, "exact") or other in allowed(value, "approx")


@given(
    figures,
    st.decimals(min_value="0.01", max_value="0.3", places=2),
    st.decimals(min_value="0", max_value="0.3", places=2),
)
def test_a_wider_tolerance_never_forbids_more(value, tolerance, more):
    tight, wide = allowed(value, "approx", tolerance), allowed(value, "approx", tolerance + more)
    assert (wide.low <= tight.low, wide.high >= tight.high) == (True, True)

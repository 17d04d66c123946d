import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.foundation.periods import Period
from labqvt.programmes.typed_dates import TypedDateField, read_typed, typed


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("17/03/2026", "2026-03-17"),
        ("1er mars 2026", "2026-03-01"),
        ("17 mars 2026", "2026-03-17"),
        ("Août 2026", "2026-08"),
        ("03/2026", "2026-03"),
        ("automne 2026", "2026-autumn"),
        ("Été 2026", "2026-summer"),
        ("2026", "2026"),
        ("2e semestre 2026", "2026-s2"),
        ("1er trimestre 2027", "2027-q1"),
        ("du 17/03/2026 au 20/03/2026", "2026-03-17/2026-03-20"),
        ("octobre 2025 – mars 2026", "2025-10/2026-03"),
        ("de novembre 2025 à mai 2026", "2025-11/2026-05"),
        ("du 1er octobre 2025 au 3 mars 2026", "2025-10-01/2026-03-03"),
        ("17 March 2026", "2026-03-17"),
        ("2026-03-17", "2026-03-17"),
        ("2026-03/2026-05", "2026-03/2026-05"),
    ],
)
def test_dates_are_read_as_people_type_them(text, canonical):
    assert read_typed(text) == Period.read(canonical)


@pytest.mark.parametrize(
    "text", ["bientôt", "31/02/2026", "mars", "17/3", "du 20/03/2026 au 17/03/2026", "32 mars 2026", "/"]
)
def test_what_is_not_a_date_is_told_with_an_example(text):
    with pytest.raises(ValueError, match="par exemple 17/03/2026"):
        read_typed(text)


@given(st.dates(), st.dates())
def test_a_period_typed_again_is_the_same_period(one, other):
    first, last = sorted([one, other])
    for period in (Period.day(one), Period.days(first, last)):
        assert (read_typed(typed(period)).first, read_typed(typed(period)).last) == (
            period.first,
            period.last,
        )


@pytest.mark.parametrize("text", ["2026-autumn", "2026-q2", "2026-s1", "2026", "2026-03", "2025-10/2026-03"])
def test_a_vague_period_fills_its_field_again_as_it_was(text):
    field = TypedDateField()
    assert field.clean(field.prepare_value(Period.read(text))).text == text

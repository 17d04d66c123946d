from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from labqvt.foundation.periods import Period


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2020-06-23", date(2020, 6, 23), date(2020, 6, 23), "23 juin 2020"),
        ("2019-04", date(2019, 4, 1), date(2019, 4, 30), "avril 2019"),
        ("2020-autumn", date(2020, 9, 1), date(2020, 11, 30), "automne 2020"),
        ("2020-winter", date(2020, 12, 1), date(2021, 2, 28), "hiver 2020"),
        ("2021-s1", date(2021, 1, 1), date(2021, 6, 30), "1er semestre 2021"),
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021"),
        ("2020-02-11/2020-03-13", date(2020, 2, 11), date(2020, 3, 13), "du 11 février 2020 au 13 mars 2020"),
        ("2019-10/2020-03", date(2019, 10, 1), date(2020, 3, 31), "octobre 2019 – mars 2020"),
    ],
)
def test_a_period_keeps_its_precision(text, first, last, words):
    period = Period.read(text)
    assert (period.first, period.last, period.words(), period.text) == (first, last, words, text)


@pytest.mark.parametrize("text", ["", "hier", "2020-13", "2020-02-30", "2021/2020", "2020/2021/2022"])
def test_what_is_not_a_date_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"lisible|précède"):
        Period.read(text)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 2000))
def test_days_survive_storage(first, length):
    last = date.fromordinal(first.toordinal() + length)
    period = Period.days(first, last)
    assert (Period.read(period.text).first, Period.read(period.text).last) == (first, last)


def test_the_first_of_the_month_is_written_as_french_does():
    assert Period.read("2021-07-01").words() == "1er juillet 2021"
    assert Period.read("2021-07-11").words() == "11 juillet 2021"
    with translation.override("en"):
        assert Period.read("2021-07-01").words() == "1 July 2021"

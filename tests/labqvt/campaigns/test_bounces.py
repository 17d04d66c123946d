"""Recorded delivery reports of several mail services, and anything that is not one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import bounces
from labqvt.campaigns.bounces import Bounce

REPORTS = Path(__file__).parent / "reports"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("postfix", [Bounce("personne5@equipe.invalid", bounces.UNKNOWN, "7KXM3TQH")]),
        ("exchange", [Bounce("personne7@equipe.invalid", bounces.FULL)]),
        ("no-status", [Bounce("personne9@equipe.invalid", bounces.REFUSED)]),
    ],
)
def test_a_report_gives_who_and_why_and_the_code_that_came_back(name, expected):
    assert bounces.read_report((REPORTS / f"{name}.eml").read_bytes()) == expected


def test_an_ordinary_message_is_no_report():
    assert bounces.read_report(b"From: a@b.fr\r\nSubject: bonjour\r\n\r\nVotre code 7KXM-3TQH") == []


@given(content=st.binary(max_size=2000))
def test_anything_else_says_nothing(content):
    assert bounces.read_report(content) == []


@given(cut=st.integers(0, 1500))
def test_a_report_cut_anywhere_never_stops_the_reading(cut):
    content = (REPORTS / "postfix.eml").read_bytes()[:cut]
    assert len(bounces.read_report(content)) <= 1

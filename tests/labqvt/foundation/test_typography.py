"""French spaces, apostrophes and numbers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labqvt.foundation.typography import (
    format_number,
    format_percent,
    format_range,
    typo,
    typo_fr,
)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui décide ?", "Qui décide\u202f?"),
        ("Bravo!", "Bravo\u202f!"),
        ("Vraiment ?!", "Vraiment\u202f?!"),
        ("un ; deux", "un\u202f; deux"),
        ("Source : mars", "Source\u00a0: mars"),
        ("Source: mars", "Source\u00a0: mars"),
        ("«oui»", "«\u202foui\u202f»"),
        ("« oui » ?", "«\u202foui\u202f»\u202f?"),
        ("l'écoute d'abord", "l’écoute d’abord"),
        ("50 % et 12%", "50\u00a0% et 12\u00a0%"),
        ("1 234 567 heures", "1\u202f234\u202f567 heures"),
        ("12 345,5 €", "12\u202f345,5\u00a0€"),
        ("mardi 1 décembre 2026", "mardi 1er décembre 2026"),
        ("le 1er mars", "le 1er mars"),
        ("du 11 mai au 21 mars", "du 11 mai au 21 mars"),
    ],
)
def test_french_is_set(typed, set_):
    assert typo_fr(typed) == set_


@pytest.mark.parametrize(
    "text",
    [
        "à 10:30 précises",
        "https://exemple.org/a?b=1;c:d!e",
        "contact@exemple.org",
        "&nbsp;&#8239;&amp;",
        '<a href="x?y">lien</a>',
        "%(total)s lieux",
        "{nom}",
        "75011 Paris",
        "le 06 12 34 56 78",
        "en 2025 123 lieux",
        "(?)",
        "?",
        "a::b",
        "",
    ],
)
def test_what_is_not_prose_is_left_alone(text):
    assert typo_fr(text) == text


@given(st.text(alphabet="ab1290 ;:!?«»%€'’&<>()/.,\u00a0\u202f\n-@{}#x", max_size=40))
@example("« 1 234 » : 10:30 ?")
@example("a ;; b")
def test_typography_is_idempotent(text):
    once = typo_fr(text)
    assert typo_fr(once) == once


@given(st.text(alphabet="ab12 ;:!?«»%'\u00a0\u202f", max_size=40))
def test_only_spaces_and_apostrophes_change(text):
    def bare(string):
        return "".join(c for c in string if c not in " \t\u00a0\u202f").replace("'", "’")

    assert bare(typo_fr(text)) == bare(text)


def test_english_keeps_its_spaces():
    assert typo("Who decides? It's 50%: fine", "en") == "Who decides? It’s 50%: fine"


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (1234567, 0, "1\u202f234\u202f567", "1,234,567"),
        (41.25, 1, "41,3", "41.3"),
        (0.5, 0, "1", "1"),
        (-3.14159, 2, "−3,14", "−3.14"),
        (-0.2, 0, "0", "0"),
        (2.675, 2, "2,68", "2.68"),
    ],
)
def test_numbers(value, decimals, french, english):
    assert format_number(value, decimals) == french
    assert format_number(value, decimals, "en") == english


def test_percents_and_ranges():
    assert format_percent(62) == "62\u00a0%"
    assert format_percent(62, language="en") == "62%"
    assert format_range(0, 2) == "0\u00a0à\u00a02"
    assert format_range(0, 2, language="en") == "0\u00a0to\u00a02"
    assert format_range(1.04, 1.02, 1) == "1,0"

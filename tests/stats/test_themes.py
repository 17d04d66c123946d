"""Themes of free answers: who is told by rare words and full counts, and what thirty answers are needed for."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt_stats import InvalidAnswersError, NotEnoughDataError, Protection
from labqvt_stats.french import words_of
from labqvt_stats.themes import _told, coders_agree, factorise, hand_coded, themes_of, vocabulary_of

LOAD = [
    "La charge de travail augmente",
    "trop de charge, des délais courts",
    "délais intenables, charge lourde",
]
TEAM = ["une équipe soudée, de l’entraide", "l’entraide fait tenir l’équipe", "bonne équipe et entraide"]
PAY = ["les salaires sont bas", "le salaire n’évolue pas, peu de reconnaissance", "reconnaissance et salaire"]


def said(times):
    return [text for texts in (LOAD, TEAM, PAY) for text in texts] * times


def test_words_that_go_together_are_found():
    themes = themes_of(said(5))
    heads = [set(theme.terms) for theme in themes]
    assert any({"charge", "délais"} <= terms for terms in heads)
    assert any({"équipe", "entraide"} <= terms for terms in heads)
    assert any("reconnaissance" in terms for terms in heads)
    assert not any({"charge", "entraide"} <= terms for terms in heads)


def test_the_same_answers_give_the_same_themes_in_any_order():
    texts = said(5)
    shuffled = [texts[i] for i in np.random.default_rng(1).permutation(len(texts))]
    assert themes_of(texts) == themes_of(shuffled)


def test_under_thirty_answers_themes_are_coded_by_hand():
    with pytest.raises(NotEnoughDataError, match="reçu 27 : à coder à la main"):
        themes_of([*said(3), None, "  "])
    with pytest.raises(NotEnoughDataError, match="assez de personnes"):
        themes_of([f"mot{chr(97 + n)}{chr(97 + n)}" for n in range(26)] + ["", *"jklm"] + ["oui"] * 5)


def test_a_word_of_too_few_people_is_nowhere():
    texts = [*said(5), *["le commissaire de la piscine"] * 5]
    told = " ".join(term for theme in themes_of(texts, number=8) for term in theme.terms)
    assert "piscine" not in told
    assert "piscine" in " ".join(t for theme in themes_of([*texts, texts[-1]], number=8) for t in theme.terms)


def test_a_form_that_few_wrote_is_cut_to_its_stem():
    texts = ["je suis fatigué", *["fatiguée par le bruit"] * 4, *["fatigués, du bruit"] * 2]
    vocabulary = vocabulary_of(texts, least_authors=6)
    assert vocabulary.forms == ("fatigu…", "bruit")
    assert list(vocabulary.authors) == [7, 6]


@given(st.integers(10, 80), st.integers(6, 12), st.integers(0, 80))
def test_a_number_of_authors_is_told_to_five_and_never_as_everybody(n, threshold, authors):
    if not threshold <= authors <= n:
        return
    lo, hi = _told(authors, n, threshold)
    assert threshold <= lo <= authors <= hi <= n
    assert hi < n or lo < n or n == threshold
    told = {a for a in range(threshold, n + 1) if _told(a, n, threshold) == (lo, hi)}
    assert told == set(range(lo, hi + 1))


def test_numbers_are_plain_in_a_network_cell_only():
    texts = said(5)
    assert all(theme.shown[0] == theme.shown[1] for theme in themes_of(texts, plain=True))
    assert all(theme.shown[0] < theme.shown[1] for theme in themes_of(texts))


def test_hand_coded_themes_of_few_authors_are_not_named():
    codes = [{"temps"}] * 7 + [{"temps", "salaire"}] * 4 + [None, set(), {"salaire"}]
    (theme,) = hand_coded(codes)
    assert (theme.terms, theme.shown) == (("temps",), (6, 13))
    assert hand_coded(codes, protection=Protection(others=12)) == []
    with pytest.raises(NotEnoughDataError, match="10 réponses écrites"):
        hand_coded([{"temps"}] * 9)


def test_coding_is_compared_on_the_same_answers():
    assert coders_agree("aabb", "aabb") == 1
    assert coders_agree("abab", "aabb") == 0
    with pytest.raises(InvalidAnswersError, match="longueur"):
        coders_agree("aa", "aab")
    with pytest.raises(NotEnoughDataError, match="deux thèmes"):
        coders_agree("aaa", "aaa")


@given(st.integers(0, 10_000))
def test_factors_are_not_negative_and_fit_better_than_nothing(seed):
    table = np.random.default_rng(seed).random((12, 7))
    w, h = factorise(table, 3)
    assert (w >= 0).all()
    assert (h >= 0).all()
    assert np.linalg.norm(table - w @ h) < np.linalg.norm(table - table.mean())
    with pytest.raises(NotEnoughDataError, match="8 thèmes"):
        factorise(table, 8)


def test_words_lose_their_elisions_and_keep_their_accents():
    assert words_of("L’équipe n’a qu’un CŒUR ; aujourd’hui, c’est dit 3 fois !") == [
        "équipe", "a", "un", "coeur", "aujourd'hui", "est", "dit", "fois",
    ]  # fmt: skip
    assert Counter(words_of("d'entraide, d’Entraide"))["entraide"] == 2

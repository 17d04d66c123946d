"""What is pointed at in a text, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.responses.recognising import recognised_in
from labqvt.verbatims.recognising import MASK, in_parts, marks_of, masked
from tests.labqvt.responses.test_recognising import TELLING


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Les blagues de Marco, ça suffit.", [("Marco", "name")]),
        ("Mme Dupont ne répond jamais.", [("Mme Dupont", "name")]),
        ("Le chef d’équipe répond à ma place.", [("Le chef d’équipe", "role")]),
        ("La directrice et notre comptable le savent.", [("La directrice", "role"), ("notre comptable", "role")]),
        ("Je suis fatiguée.", [("fatiguée", "gender")]),
        ("Je suis toujours la seule à nettoyer.", [("la seule", "gender")]),
        ("J’ai été oublié le 12 mars 2024.", [("oublié", "gender"), ("12 mars 2024", "date")]),
        ("Depuis 12 ans, tous les samedis à 14h30.", [("12 ans", "date"), ("14h30", "date")]),
        ("Appelez le 06 12 34 56 78 ou a.b@exemple.fr", [("06 12 34 56 78", "contact"), ("a.b@exemple.fr", "contact")]),
        ("Le travail est trop lourd. On manque de bras.", []),
        ("Rien à dire", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_is_pointed_at(text, found):
    assert [(words, mark.kind) for words, mark in in_parts(text) if mark] == found


@given(st.text(max_size=200))
def test_parts_make_the_text_again_and_marks_never_overlap(text):
    assert "".join(words for words, _mark in in_parts(text)) == text
    ends = [0, *(mark.end for mark in marks_of(text))]
    assert all(mark.start >= end for mark, end in zip(marks_of(text), ends, strict=False))


@given(st.lists(st.sampled_from(["Karim", "Léa", "parle", "trop", "."]), max_size=20))
def test_a_hidden_name_is_nowhere_left(words):
    text = " ".join(words)
    hidden = masked(text, {"Karim", "Léa"})
    assert "Karim" not in hidden
    assert "Léa" not in hidden
    assert hidden.count(MASK) == words.count("Karim") + words.count("Léa")


def test_words_between_two_brackets_are_hidden():
    assert masked("avec [[le petit\nnouveau]] et [un autre]") == "avec […] et [un autre]"
    assert masked("Karim et karimat", {"Karim"}) == "[…] et karimat"


@pytest.mark.parametrize("text", [*TELLING, "Écrivez à paul.martin@exemple.fr", "06 12 34 56 78"])
def test_what_the_writer_was_warned_of_is_marked_for_the_reader(text):
    marked = [text[mark.start : mark.end] for mark in marks_of(text)]
    for words in recognised_in(text):
        assert any(words in mark or mark in words for mark in marked), words

"""« Continuer plus tard »: the text and the letters give the answers back, and say what is wrong with them."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns.codes import SYMBOLS
from labqvt.responses import resuming, spelling
from labqvt.responses.resuming import ResumeError
from tests.labqvt.responses.questionnaires import answered, drawn, shipped
from tests.labqvt.responses.test_route import FORM

HERE = {"campaign": "abcdefghijkl", "version": "mnopqrstuvwx"}
ELSEWHERE = HERE | {"campaign": "autre-enquete"}
REWORDED = HERE | {"version": "autre-version"}


@given(seed=st.integers(0, 10**9))
def test_the_text_gives_every_answer_back(seed):
    draw = random.Random(seed)
    answers = answered(draw, drawn(draw))
    text = resuming.written(answers, **HERE)
    assert resuming.read(f"Bonjour,\r\n\r\n{text}\r\n", **HERE) == answers
    assert resuming.read(re.sub(r"\s", "", text), **HERE) == answers


@given(seed=st.integers(0, 10**9))
def test_the_letters_give_every_closed_answer_back(seed):
    draw = random.Random(seed)
    form = drawn(draw)
    answers = answered(draw, form)
    letters = spelling.spelled(form, answers, **HERE)
    closed = {id_: answer for id_, answer in answers.items() if form.variable(id_).choices is not None}
    assert sorted(spelling.not_held(form, answers)) == sorted(set(answers) - set(closed))
    if letters is not None:
        assert set(letters) <= set(SYMBOLS) | {"-"}
        assert spelling.heard(form, letters.lower().replace("-", " "), **HERE) == closed


@pytest.mark.parametrize("form", shipped(), ids=lambda form: form.id)
def test_shipped_questionnaires_are_spelled_in_few_groups_or_not_at_all(form):
    answers = answered(random.Random(5), form)
    letters = spelling.spelled(form, answers, **HERE)
    assert letters is None or letters.count("-") < spelling.GROUPS_AT_MOST
    assert resuming.read(resuming.written(answers, **HERE), **HERE) == answers


def test_the_usual_questionnaire_is_spelled_in_eight_groups():
    [form] = [form for form in shipped() if form.id == "six-determinants-salaries"]
    letters = spelling.spelled(form, {}, **HERE)
    assert letters is not None
    assert letters.count("-") + 1 == 8


@given(seed=st.integers(0, 10**9), place=st.integers(0, 200))
def test_a_letter_misread_is_told_and_never_gives_other_answers(seed, place):
    draw = random.Random(seed)
    form = drawn(draw)
    letters = (spelling.spelled(form, answered(draw, form), **HERE) or "").replace("-", "")
    if not letters:
        return
    place %= len(letters)
    other = draw.choice([sign for sign in SYMBOLS if sign != letters[place]])
    with pytest.raises(ResumeError):
        spelling.heard(form, letters[:place] + other + letters[place + 1 :], **HERE)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text[:60], "Il manque la fin"),
        (lambda text: text[:-3], "Il manque la fin"),
        (lambda text: text[30:], "Il manque le début"),
        (
            lambda text: text[:20] + ("A" if text[20] != "A" else "B") + text[21:],
            "Un signe du texte a changé",
        ),
        (lambda text: "LABQVT1.4.AAAA.9ad95c5f", "changé|autre site"),
        (lambda text: "n’importe quoi", "signe"),
        (lambda text: "LABQVT1." + "9" * 2_200_000, "trop long"),
    ],
)
def test_a_spoiled_text_is_told_in_a_sentence(spoil, sentence):
    text = resuming.written({"moves": "yes", "word": "un mot"}, **HERE)
    spoiled = spoil(text)
    with pytest.raises(ResumeError, match=sentence):
        _read(spoiled)


def _read(kept):
    """As the page does."""
    if resuming.is_resume_text(kept):
        return resuming.read(kept, **HERE)
    return spelling.heard(FORM, kept, **HERE)


def test_a_text_of_another_survey_or_wording_is_told(settings):
    text = resuming.written({"moves": "yes"}, **HERE)
    letters = spelling.spelled(FORM, {"moves": "yes"}, **HERE)
    with pytest.raises(ResumeError, match="autre enquête"):
        resuming.read(text, **ELSEWHERE)
    with pytest.raises(ResumeError, match="autre version"):
        resuming.read(text, **REWORDED)
    for about in (ELSEWHERE, REWORDED):
        with pytest.raises(ResumeError, match="autre enquête, ou d’une autre version"):
            spelling.heard(FORM, letters, **about)
    settings.SECRET_KEY = "une autre installation"
    with pytest.raises(ResumeError, match="autre site"):
        resuming.read(text, **HERE)


def test_neither_shows_an_answer_nor_repeats_itself():
    answers = {"moves": "yes", "word": "secret"}
    one, two = resuming.written(answers, **HERE), resuming.written(answers, **HERE)
    assert one != two
    assert "secret" not in one
    # One answer changed, most letters change: a list of letters is not read by eye.
    yes = spelling.spelled(FORM, {"moves": "yes"}, **HERE)
    no = spelling.spelled(FORM, {"moves": "no"}, **HERE)
    assert sum(a != b for a, b in zip(yes, no, strict=True)) > len(yes) // 2

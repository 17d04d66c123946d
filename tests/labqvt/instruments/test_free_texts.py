"""Free words of every kind: texts, the words of « Autre », comments – and nothing else of a sheet."""

from labqvt.instruments.free_texts import text_in, text_keys, words_asked
from labqvt.instruments.sheet_parts import keys_of
from labqvt_forms import Kind
from labqvt_forms.answers import DECLINED_CODE
from tests.labqvt.instruments.every_kind import every_kind

FORM = every_kind()


def test_texts_other_answers_and_comments_are_free_words_and_nothing_else_is():
    expected = {variable.id for variable in FORM.answer_variables if variable.kind is Kind.TEXT}
    expected |= {key for variable in FORM.answer_variables for key in keys_of(variable) if "[" in key}
    assert set(text_keys(FORM)) == expected
    assert any(key.endswith("[other]") for key in expected)
    assert any(key.endswith("[comment]") for key in expected)


def test_each_is_read_apart_with_what_was_asked():
    for key in text_keys(FORM):
        french, english = words_asked(FORM, key, "fr"), words_asked(FORM, key, "en")
        assert french
        assert english
        assert french.endswith("– autre réponse") == key.endswith("[other]")
        assert english.endswith("– comments") == key.endswith("[comment]")


def test_a_refusal_is_no_text_but_beside_an_answer_the_same_signs_are_words():
    texts = [key for key in text_keys(FORM) if "[" not in key]
    beside = [key for key in text_keys(FORM) if "[" in key]
    assert [text_in(FORM, key, {key: DECLINED_CODE}) for key in texts] == [""] * len(texts)
    assert [text_in(FORM, key, {key: f" {DECLINED_CODE} "}) for key in beside] == [DECLINED_CODE] * len(
        beside
    )

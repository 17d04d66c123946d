"""The questions answered in one’s own words, and those words on a sheet."""

from collections.abc import Mapping

from labqvt.instruments.asking import is_declined
from labqvt_forms import Kind, Questionnaire, Variable


def text_questions(form: Questionnaire) -> tuple[Variable, ...]:
    """What is answered in free words, in the order it is asked."""
    return tuple(variable for variable in form.answer_variables if variable.kind is Kind.TEXT)


def text_in(form: Questionnaire, question: str, sheet: Mapping[str, object]) -> str:
    """The words written to a question; nothing when it was left blank or declined."""
    answer = sheet.get(question)
    if not isinstance(answer, str) or is_declined(form, question, answer):
        return ""
    return answer.strip()


def question_words(variable: Variable, language: str) -> str:
    """A question of free words as it is read apart from its page: a row with what was asked above it."""
    words = variable.label.pick(language)
    return f"{variable.item.label.pick(language)} – {words}" if variable.row is not None else words

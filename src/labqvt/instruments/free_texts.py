"""What is answered in one’s own words, and those words on a sheet: free texts, the words of « Autre », comments."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from labqvt.instruments.asking import is_declined
from labqvt.instruments.sheet_parts import comment_of, keys_of, other_of
from labqvt_forms import Kind, Questionnaire, Variable


def text_keys(form: Questionnaire) -> tuple[str, ...]:
    """Every key of a sheet that holds free words, in the order they are asked."""
    return tuple(
        key
        for variable in form.answer_variables
        for key in keys_of(variable)
        if key != variable.id or variable.kind is Kind.TEXT
    )


def text_in(form: Questionnaire, key: str, sheet: Mapping[str, object]) -> str:
    """The words kept under a key; nothing when it was left blank or declined."""
    words = sheet.get(key)
    if not isinstance(words, str) or (_is_answer(form, key) and is_declined(form, key, words)):
        return ""
    return words.strip()


def words_asked(form: Questionnaire, key: str, language: str) -> str:
    """What was asked, as it is read apart from its page: a row with what was above it, « Autre » with its question."""
    variable = next(one for one in form.variables if key in keys_of(one))
    words = _question(variable, language)
    with override(language):
        if key == other_of(variable.id):
            return _("%(question)s – autre réponse") % {"question": words}
        if key == comment_of(variable.id):
            return _("%(question)s – commentaires") % {"question": words}
    return words


def _question(variable: Variable, language: str) -> str:
    words = variable.label.pick(language)
    return f"{variable.item.label.pick(language)} – {words}" if variable.row is not None else words


def _is_answer(form: Questionnaire, key: str) -> bool:
    return any(variable.id == key for variable in form.variables)

"""Conditions in words, in the language of the page where it can."""

from django.utils.translation import get_language

from labqvt_forms import Formula, Questionnaire
from labqvt_forms.sentences import condition_sentence


def condition_in_words(form: Questionnaire, formula: Formula | None) -> str:
    """« Afficher si « Ancienneté » est « Moins d’un an » »; empty when always shown."""
    if formula is None:
        return ""
    return condition_sentence(formula, form, language_of(form))


def language_of(form: Questionnaire) -> str:
    """The language of the page when the questionnaire speaks it, else its own."""
    spoken = (get_language() or "fr")[:2]
    return spoken if spoken in form.languages else form.language

"""Conditions in words, in the language of the page where it can."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt_forms import Formula, Questionnaire
from labqvt_forms.editing import Dependant
from labqvt_forms.sentences import condition_sentence
from labqvt_forms.spots import Use


def condition_in_words(form: Questionnaire, formula: Formula | None) -> str:
    """« Afficher si « Ancienneté » est « Moins d’un an » »; empty when always shown."""
    if formula is None:
        return ""
    return condition_sentence(formula, form, language_of(form))


def dependants_in_words(found: tuple[Dependant, ...]) -> list[str]:
    """What uses a part, told before it goes."""
    told = {
        Use.CONDITION: _("La condition de « %(name)s »"),
        Use.VALIDATION: _("La règle de réponse de « %(name)s »"),
        Use.CALCULATION: _("Le calcul « %(name)s »"),
        None: _("Le score « %(name)s »"),
    }
    return list(dict.fromkeys(told[one.use] % {"name": one.name} for one in found))


def language_of(form: Questionnaire) -> str:
    """The language of the page when the questionnaire speaks it, else its own."""
    spoken = (get_language() or "fr")[:2]
    return spoken if spoken in form.languages else form.language

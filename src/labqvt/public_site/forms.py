from django import forms
from django.utils.translation import gettext_lazy as _

from labqvt.public_site.routes import LARGEST_SERVED


class HeadcountForm(forms.Form):
    """The one question that decides where to begin."""

    headcount = forms.IntegerField(
        label=_("Combien de personnes travaillent dans votre structure ?"),
        help_text=_(
            "Salariées et salariés, tous contrats compris, sans la direction. Un ordre de grandeur suffit."
        ),
        min_value=1,
        max_value=LARGEST_SERVED,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Indiquez un nombre : la première étape proposée en dépend."),
            "invalid": _("Écrivez un nombre en chiffres, par exemple 9."),
            "min_value": _("Il faut au moins une personne salariée pour commencer."),
            "max_value": _(
                "L’outil est fait pour les petites structures : au-delà de 5 000 personnes, écrivez-nous."
            ),
        },
    )

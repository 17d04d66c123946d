"""Forms of the directory of organisations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from labqvt.people.directory import FACTS
from labqvt.people.models import Organisation
from labqvt.people.regions import REGIONS

_DATE = {"type": "date", "class": "control--short"}


class OrganisationForm(forms.ModelForm):
    """Every fact may be written by hand, whatever a service said."""

    region = forms.ChoiceField(
        label=_("Région"), choices=[("", _("non précisée")), *REGIONS.items()], required=False
    )

    class Meta:
        model = Organisation
        fields = FACTS
        labels = {
            "name": _("Nom"), "kind": _("Nature"), "siret": _("SIRET"), "sector": _("Activité"), "naf": _("Code NAF"),
            "naf_revision": _("Nomenclature du code NAF"), "idcc": _("Convention collective (IDCC)"), "opco": _("OPCO"),
            "legal_form": _("Forme juridique"), "headcount": _("Effectif"), "headcount_on": _("Effectif à la date du"),
            "headcount_method": _("Effectif compté en"),
        }  # fmt: skip
        help_texts = {
            "siret": _("Quatorze chiffres, avec ou sans espaces."), "naf": _("Par exemple 88.10A."),
            "idcc": _("Un à quatre chiffres, par exemple 2941 pour l’aide à domicile."),
        }  # fmt: skip
        widgets = {"headcount_on": forms.DateInput(attrs=_DATE, format="%Y-%m-%d")}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None and data.get("siret"):
            data = data.copy()
            data["siret"] = "".join(data["siret"].split())
        super().__init__(data, **kwargs)
        for name in ("naf_revision", "headcount_method"):
            self.fields[name].choices = [("", _("non précisé")), *list(self.fields[name].choices)[1:]]

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class NameForm(forms.Form):
    name = forms.CharField(
        label=_("Autre nom"), max_length=200, help_text=_("Un sigle, un ancien nom, celui des documents.")
    )
    since = forms.DateField(
        label=_("Depuis le"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Jusqu’au"), required=False, widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d")
    )


class ListForm(forms.Form):
    text = forms.CharField(
        label=_("La liste, collée"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Une organisation par ligne : nom ; SIRET ; nature ; région ; activité ; effectif. Seul le nom est nécessaire."),
    )  # fmt: skip
    file = forms.FileField(label=_("Ou un fichier CSV ou XLSX"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("text") and not values.get("file"):
            self.add_error("text", _("Collez une liste, ou choisissez un fichier."))
        return values

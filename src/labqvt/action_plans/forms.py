from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.action_plans.models import Experiment, determinant_choices
from labqvt.diagnostics.determinants import CARDS
from labqvt.foundation.periods import Period


def suggestion(determinant: str) -> dict[str, Any]:
    """What the diagnosis proposes to try for a determinant, to be rewritten freely; nothing for another word."""
    card = next((card for card in CARDS if card.id == determinant), None)
    if card is None:
        return {}
    trial = card.trial
    return {
        "determinant": card.id,
        "title": trial.title,
        "hypothesis": trial.hypothesis,
        "criteria": trial.criterion,
    }


class DatesForm(forms.Form):
    """Two days; the end cannot come first."""

    begins = forms.DateField(
        label=_("Début"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends = forms.DateField(
        label=_("Fin"),
        help_text=_("Deux à trois mois suffisent le plus souvent pour voir un effet."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends < begins:
            self.add_error("ends", _("La fin précède le début : choisissez une date plus tardive."))
        return cleaned

    @property
    def period(self) -> Period:
        return Period.days(self.cleaned_data["begins"], self.cleaned_data["ends"])


class ExperimentForm(DatesForm, forms.ModelForm):
    """One experiment, asked in the order in which a pair talks about it."""

    class Meta:
        model = Experiment
        fields = ("title", "determinant", "hypothesis", "perimeter", "criteria", "lead")
        help_texts = {
            "title": _("En quelques mots : « Une heure de passage de consignes le lundi »."),
            "hypothesis": _("« Si nous…, alors… » : le changement, et l’effet que vous en attendez."),
            "perimeter": _("Qui essaie ? Une équipe, un site, un métier. Petit, c’est mieux."),
            "criteria": _(
                "Choisis par les personnes concernées, avant de commencer : à quoi verra-t-on que c’est mieux ?"
            ),
            "lead": _("Une fonction suffit : « la cheffe de service »."),
        }
        widgets = {
            "hypothesis": forms.Textarea(attrs={"rows": 3}),
            "criteria": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["determinant"].choices = [("", _("Choisissez un déterminant")), *determinant_choices()]
        self.fields["begins"].initial = today
        self.fields["ends"].initial = today + timedelta(days=75)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {"planned": self.period}


class MoveForm(DatesForm):
    cause = forms.CharField(
        label=_("Pourquoi ?"), max_length=500, help_text=_("Une phrase : elle sera relue au bilan."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Que fait-on maintenant ?"), choices=Experiment.Verdict.choices, widget=forms.RadioSelect
    )
    learned = forms.CharField(
        label=_("Ce que l’essai a appris"),
        help_text=_(
            "Ce qui a changé pour les personnes, pour le service rendu, pour l’organisation. Arrêter apprend aussi."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

"""Forms of this room: what a person types to open, to plan, to move, to note."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.people.models import Organisation
from labqvt.people.regions import REGIONS
from labqvt.programmes.models import Amendment, Experimentation, Milestone, Programme
from labqvt.programmes.typed_dates import TypedDateField


class ProgrammeForm(forms.ModelForm):
    period = TypedDateField(label=_("Durée du programme"), required=False)

    class Meta:
        model = Programme
        fields = ("title", "acronym", "slug", "bearer", "period", "summary", "has_public_calendar")
        labels = {
            "title": _("Titre"),
            "acronym": _("Sigle"),
            "slug": _("Nom dans les adresses"),
            "bearer": _("Organisation porteuse"),
            "summary": _("Le programme en quelques phrases"),
            "has_public_calendar": _("Ses dates se lisent et se suivent sans compte"),
        }
        help_texts = {"slug": _("Court, sans espace ni accent : labqvt.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bearer"].queryset = Organisation.objects.exclude(kind=Organisation.Kind.STRUCTURE)


class ExperimentationForm(forms.ModelForm):
    region = forms.ChoiceField(
        label=_("Région"), choices=[("", _("Choisissez une région")), *REGIONS.items()]
    )
    headcount_min = forms.IntegerField(label=_("Effectif au moins"), min_value=0, required=False)
    headcount_max = forms.IntegerField(label=_("Effectif au plus"), min_value=0, required=False)
    sectors = forms.CharField(
        label=_("Activités visées"), required=False, max_length=300,
        help_text=_("Séparées par des virgules ; rien pour toutes les activités de l’ESS."),
    )  # fmt: skip
    note = forms.CharField(label=_("Précision sur le public visé"), required=False, max_length=300)

    class Meta:
        model = Experimentation
        fields = ("region", "title", "theme", "purpose")
        labels = {
            "title": _("Titre"),
            "theme": _("Thème"),
            "purpose": _("Objet : ce que l’on tente, et pour quoi"),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("headcount_min"), cleaned.get("headcount_max")
        if low is not None and high is not None and high < low:
            self.add_error(
                "headcount_max", _("L’effectif au plus ne peut pas être inférieur à l’effectif au moins.")
            )
        return cleaned

    def targets(self) -> list[dict[str, Any]]:
        """The target public as the service takes it; nothing typed is no restriction."""
        values = self.cleaned_data
        sectors = [sector.strip() for sector in values["sectors"].split(",") if sector.strip()]
        target = {
            "headcount_min": values["headcount_min"], "headcount_max": values["headcount_max"],
            "sectors": sectors, "note": values["note"],
        }  # fmt: skip
        return [target] if any(value not in (None, "", []) for value in target.values()) else []


class AmendForm(forms.Form):
    field = forms.ChoiceField(label=_("Ce qui change"), choices=Amendment.Field.choices)
    after = forms.CharField(
        label=_("Ce qui est écrit désormais"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ce qui était écrit avant reste lisible, avec la date et la raison."),
    )  # fmt: skip
    cause = forms.CharField(label=_("Pourquoi"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    decided_on = TypedDateField(
        label=_("Quand ce fut décidé"), required=False,
        help_text=_("Aujourd’hui si vous ne dites rien ; au mois ou à l’année près s’il le faut : juin 2020."),
    )  # fmt: skip


class MilestoneForm(forms.Form):
    kind = forms.ChoiceField(label=_("Nature"), choices=Milestone.Kind.choices)
    title = forms.CharField(label=_("Intitulé"), max_length=200)
    planned = TypedDateField(label=_("Date prévue"))
    place = forms.CharField(
        label=_("Lieu"), max_length=120, required=False, help_text=_("Une ville, ou « en ligne ».")
    )
    is_public = forms.BooleanField(
        label=_("Paraît au calendrier public du programme, s’il en a un"), required=False, initial=True
    )


class MoveForm(forms.Form):
    new = TypedDateField(label=_("Nouvelle date"))
    cause = forms.CharField(
        label=_("Cause du report"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une phrase suffit : elle reste lisible dans la chronologie."),
    )  # fmt: skip
    decided_on = forms.DateField(
        label=_("Décidé le"), initial=timezone.localdate, required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "control--short"}, format="%Y-%m-%d"),
        help_text=_("Le jour où le report a été décidé, s’il ne date pas d’aujourd’hui."),
    )  # fmt: skip


class ActualForm(forms.Form):
    actual = TypedDateField(label=_("A eu lieu"))
    cause = forms.CharField(
        label=_("Pourquoi cette date n’est pas celle prévue"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class DropForm(forms.Form):
    because = forms.CharField(
        label=_("Pourquoi cette échéance est abandonnée"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Une action abandonnée reste dans la chronologie, avec ce qu’elle a appris."),
    )  # fmt: skip

"""Forms of surveys of structures."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.people.models import Account, Organisation, Scope, check_siret
from labqvt.programmes.models import Milestone
from labqvt.structure_surveys import policy, queries
from labqvt.structure_surveys.asked import FUNCTIONS
from labqvt.structure_surveys.importing import department_of
from labqvt.structure_surveys.models import (
    Approach,
    ContactConsent,
    Grant,
    Relay,
    Sending,
    SizeBand,
    Survey,
    SurveyedStructure,
    check_department,
)

USUAL_LENGTH = timedelta(days=42)  # small structures answer late: six weeks, and relaunching
KEPT_AFTER = timedelta(days=365)


def _day(**kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "control--short"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, **kwargs)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SurveyForm(forms.Form):
    """Everything the first page will say."""

    title = forms.CharField(
        label=_("Nom de l’enquête"), max_length=200, help_text=_("Tel que les structures le liront.")
    )
    version = forms.ModelChoiceField(label=_("Questionnaire"), queryset=None, empty_label=None)
    milestone = forms.ModelChoiceField(
        label=_("Échéance du programme"), queryset=None, required=False,
        help_text=_("Si l’enquête est déjà dans la chronologie : elle n’y paraîtra pas deux fois."),
    )  # fmt: skip
    asked_by = forms.CharField(
        label=_("Qui pose les questions"), max_length=200, help_text=_("Une organisation, par son nom.")
    )
    purpose = forms.CharField(
        label=_("À quoi serviront les réponses"), max_length=600, widget=_lines(3),
        help_text=_("Par exemple : à écrire le cahier des charges de l’accompagnement."),
    )  # fmt: skip
    readers = forms.CharField(
        label=_("Qui lira les réponses"), max_length=600, widget=_lines(2),
        help_text=_("Toutes les personnes, par leur fonction. La première page le dit aux structures."),
    )  # fmt: skip
    help_line = forms.CharField(
        label=_("À qui poser une question"), max_length=300, help_text=_("Une fonction, une adresse, un numéro.")
    )  # fmt: skip
    opens_on = _day(label=_("Ouverture"))
    closes_on = _day(label=_("Dernier jour pour répondre"))
    contacts_until = _day(
        label=_("Coordonnées gardées jusqu’au"),
        help_text=_("Celles des personnes qui veulent bien être rappelées, rangées à part des réponses."),
    )
    answers_until = _day(label=_("Réponses gardées jusqu’au"))

    def __init__(self, *args: Any, scope: Scope, survey: Survey | None = None, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {
            "opens_on": today, "closes_on": today + USUAL_LENGTH, "contacts_until": today + USUAL_LENGTH + KEPT_AFTER,
            "answers_until": today + USUAL_LENGTH + 3 * KEPT_AFTER,
            "readers": gettext("La référence régionale et la coordination nationale du programme."),
        } | (kwargs.get("initial") or {})  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = queries.versions_for_structures(scope)
        self.fields["version"].label_from_instance = lambda version: version.title
        free = Milestone.objects.filter(scope=scope, kind=Milestone.Kind.SURVEY).exclude(
            structure_survey__isnull=False
        )
        if survey is not None and survey.milestone_id:
            free |= Milestone.objects.filter(pk=survey.milestone_id)
        self.fields["milestone"].queryset = free
        if not free.exists():
            del self.fields["milestone"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        days = [
            ("opens_on", "closes_on"),
            ("closes_on", "contacts_until"),
            ("contacts_until", "answers_until"),
        ]
        for before, after in days:
            first, last = values.get(before), values.get(after)
            if first and last and last < first:
                self.add_error(after, gettext("Ce jour doit suivre le précédent."))
        if (version := values.get("version")) and not (verdict := policy.questionnaire_suits(version)):
            self.add_error("version", str(verdict.reason))
        return values


class ExtensionForm(forms.Form):
    closes_on = _day(label=_("Nouveau dernier jour pour répondre"))
    cause = forms.CharField(
        label=_("Pourquoi"), max_length=500, widget=_lines(3),
        help_text=_("Reste lisible à côté des dates. Par exemple : des structures débordées n’ont pas pu répondre."),
    )  # fmt: skip


class RelayForm(forms.Form):
    name = forms.CharField(label=_("Nom du relais"), max_length=200)
    organisation = forms.ModelChoiceField(
        label=_("Organisation connue de l’outil"), required=False, queryset=Organisation.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.exclude(kind=Organisation.Kind.STRUCTURE)


class SendingForm(forms.Form):
    on = _day(label=_("Envoyé le"))
    how = forms.ChoiceField(label=_("Comment"), choices=Sending.How.choices)
    what = forms.CharField(label=_("Quoi"), max_length=200, help_text=_("Par exemple : première invitation."))
    reached = forms.IntegerField(
        label=_("À combien de structures"), required=False, min_value=0, max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip


class DepartmentField(forms.CharField):
    """« 4 », « 04 » or a postcode."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=5, widget=forms.TextInput(attrs={"class": "control--short"}), **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        text = department_of(text)
        check_department(text)
        return text


class SiretField(forms.CharField):
    """Fourteen digits, spaced or not, whose key is right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = "".join(str(super().clean(value)).split())
        if text:
            check_siret(text)
        return text


BANDS = [("", _("Non précisé")), *SizeBand.choices]


class StructureForm(forms.Form):
    """One invited structure."""

    name = forms.CharField(label=_("Nom de la structure"), max_length=200)
    siret = SiretField(label=_("SIRET"))
    department = DepartmentField(
        label=_("Département"), required=False, help_text=_("Par exemple 04, 2A ou 974.")
    )
    band = forms.ChoiceField(label=_("Taille"), required=False, choices=BANDS)
    sector = forms.CharField(label=_("Activité"), required=False, max_length=120)
    relay = forms.ModelChoiceField(label=_("Relais"), required=False, queryset=Relay.objects.none())
    email = forms.EmailField(
        label=_("Adresse de la structure"), required=False,
        help_text=_("Une adresse générale de la structure, pas celle d’une personne."),
    )  # fmt: skip
    phone = forms.CharField(label=_("Téléphone de la structure"), required=False, max_length=30)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relay"].queryset = survey.relays.all()


class ListForm(forms.Form):
    """Many invited structures at once."""

    pasted = forms.CharField(
        label=_("Coller une liste"), required=False, widget=_lines(8), max_length=2_000_000,
        help_text=_("Depuis un tableur, la ligne des titres comprise : Nom, SIRET, Département, Effectif, Activité, Relais, Courriel, Téléphone. Seul le nom est nécessaire."),
    )  # fmt: skip
    file = forms.FileField(label=_("Ou un fichier CSV ou XLSX"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not values.get("pasted", "").strip() and not values.get("file"):
            raise ValidationError(gettext("Collez une liste, ou choisissez un fichier."))
        return values


class ApproachForm(forms.Form):
    on = _day(label=_("Le"), initial=timezone.localdate)
    how = forms.ChoiceField(label=_("Comment"), choices=Approach.How.choices, initial=Approach.How.PHONE)
    note = forms.CharField(label=_("Ce qui s’est dit"), required=False, max_length=300)
    next_step = forms.CharField(label=_("Suite"), required=False, max_length=200)
    next_on = _day(label=_("Suite prévue le"), required=False)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("État noté par l’équipe"), required=False,
        choices=[("", _("Rien de particulier")), *SurveyedStructure.Outcome.choices],
    )  # fmt: skip


class InterviewForm(forms.Form):
    on = _day(label=_("Entretien du"), initial=timezone.localdate)
    notes = forms.CharField(
        label=_("Notes"), max_length=8000, widget=_lines(6),
        help_text=_("Lues par l’équipe seule. Écrivez ce que dit la structure, jamais l’état d’une personne."),
    )  # fmt: skip


class CallForm(forms.Form):
    call = forms.ChoiceField(label=_("Rappel"), choices=ContactConsent.Call.choices)
    note = forms.CharField(label=_("Ce qui en est sorti"), required=False, max_length=500)


class GrantForm(forms.Form):
    account = forms.ModelChoiceField(
        label=_("Personne"), queryset=None, empty_label=None, to_field_name="public_id"
    )
    right = forms.ChoiceField(label=_("Ce qu’elle pourra faire"), choices=Grant.Right.choices)
    until = _day(label=_("Jusqu’au"), required=False)

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guests = policy.guests_of(survey)
        self.has_guests = bool(guests)
        self.fields["account"].queryset = Account.objects.filter(pk__in=[one.pk for one in guests])


class IdentityForm(forms.Form):
    """The first page: which structure answers. Never the name of a person."""

    name = forms.CharField(
        label=_("Nom de votre structure"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    siret = SiretField(
        label=_("SIRET"), help_text=_("Quatorze chiffres. Il évite de compter deux fois la même structure."),
    )  # fmt: skip
    department = DepartmentField(label=_("Département"), help_text=_("Par exemple 13, ou votre code postal."))
    band = forms.ChoiceField(label=_("Combien de personnes salariées ?"), required=False, choices=BANDS)
    function = forms.ChoiceField(
        label=_("Qui répond pour la structure ?"), choices=FUNCTIONS, widget=forms.RadioSelect,
        help_text=_("Une fonction, jamais un nom."),
    )  # fmt: skip


class FunctionForm(forms.Form):
    """The same, for a structure known by its link."""

    function = forms.ChoiceField(
        label=_("Qui répond pour la structure ?"), choices=FUNCTIONS, widget=forms.RadioSelect,
        help_text=_("Une fonction, jamais un nom."),
    )  # fmt: skip

"""What the pair fills in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import policy
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways import ways
from labqvt.instruments import queries as instruments
from labqvt.instruments.models import Questionnaire
from labqvt.people.models import Organisation, Scope

# Two weeks and a half: long enough for part-timers and holidays, short enough to be remembered.
USUAL_LENGTH = timedelta(days=18)


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", "class": "control--short"}, format="%Y-%m-%d")


class VersionField(forms.ModelChoiceField):
    """The questionnaires a campaign may be made of, by where they come from, those of the tool first."""

    def __init__(self) -> None:
        super().__init__(label=_("Questionnaire"), queryset=None, empty_label=None)

    def offer(self, scope: Scope) -> None:
        """What this structure or network may use; ticked in advance, the first of the tool."""
        self.queryset = instruments.versions_for_employees(scope)
        offered = list(self.queryset.defer("content", "words"))
        groups: dict[str, list[tuple[int, str]]] = {}
        for version in offered:
            groups.setdefault(_heading(version.questionnaire), []).append((version.pk, version.title))
        self.choices = list(groups.items()) if len(groups) > 1 else next(iter(groups.values()), [])
        self.initial = instruments.usual_version()


def _heading(questionnaire: Questionnaire) -> str:
    if questionnaire.origin == Questionnaire.Origin.SHIPPED:
        return gettext("Livrés avec l’outil")
    if questionnaire.origin == Questionnaire.Origin.ADAPTED:
        return gettext("Complétés par votre structure")
    return gettext("Écrits dans votre réseau")


class WayInField(forms.ChoiceField):
    """The ways in that suit, each with its consequences, the safest ticked."""

    def __init__(self, *, pooled: bool) -> None:
        super().__init__(
            label=_("Comment entre-t-on ?"),
            choices=lambda: [(way.id, f"{way.label}. {way.consequences}") for way in ways(pooled=pooled)],
            initial=Campaign.WayIn.HAT_CODES,
            widget=forms.RadioSelect,
        )


class _Dated(forms.Form):
    opens_on = forms.DateField(label=_("Ouverture"), widget=_date_input())
    closes_on = forms.DateField(
        label=_("Dernier jour pour répondre"), widget=_date_input(),
        help_text=_("Les résultats se préparent le lendemain, ou dès que la direction clôt la campagne."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("Le dernier jour pour répondre doit suivre l’ouverture."))
        if last and last < timezone.localdate():
            self.add_error("closes_on", _("Ce jour est déjà passé."))
        return values


class CampaignForm(_Dated):
    """A structure's own campaign."""

    field_order = (
        "title",
        "version",
        "headcount",
        "direction_members",
        "with_mirror",
        "way_in",
        "keyed_by",
        "opens_on",
        "closes_on",
    )
    title = forms.CharField(
        label=_("Nom de la campagne"),
        max_length=200,
        help_text=_("Tel que les personnes le liront sur leur téléphone."),
    )
    version = VersionField()
    headcount = forms.IntegerField(
        label=_("Combien de personnes peuvent répondre ?"), min_value=1, max_value=5000,
        help_text=_("Tout l’effectif invité, direction comprise. Un code par personne, pas un de plus."),
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip
    direction_members = forms.IntegerField(
        label=_("Dont membres de la direction"), min_value=0, max_value=50, initial=1,
        help_text=_("Leurs réponses ne sont jamais mêlées à celles de l’équipe."),
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip
    with_mirror = forms.BooleanField(
        label=_("Poser aussi les questions à la direction, pour croiser les regards"), required=False, initial=True,
        help_text=_("Son regard ne paraît qu’avec l’accord de chacun de ses membres."),
    )  # fmt: skip

    way_in = WayInField(pooled=False)
    keyed_by = forms.ChoiceField(
        label=_("Qui saisit les feuilles de papier ou du téléphone ?"), choices=Campaign.KeyedBy.choices,
        initial=Campaign.KeyedBy.NOBODY, widget=forms.RadioSelect,
        help_text=_("Pour les personnes sans écran. Celle qui saisit lit la feuille ; c’est dit avant de répondre. Ce n’est jamais la direction."),
    )  # fmt: skip

    def __init__(self, *args: Any, structure: Organisation, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {
            "title": gettext("Qualité de vie au travail, %(month)s") % {"month": date_format(today, "F Y")},
            "headcount": structure.headcount,
            "opens_on": today,
            "closes_on": today + USUAL_LENGTH,
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["version"].offer(structure.scope)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        headcount, direction = values.get("headcount"), values.get("direction_members")
        if headcount is None or direction is None:
            return values
        if direction > headcount:
            self.add_error(
                "direction_members",
                _("La direction fait partie de l’effectif : elle ne peut pas le dépasser."),
            )
            return values
        enough = policy.enough_people(headcount - direction, pooled=False)
        if not enough:
            self.add_error("headcount", str(enough.reason))
        suits = policy.way_in_suits(values.get("way_in", ""), pooled=False, expected=headcount)
        if not suits:
            self.add_error("way_in", str(suits.reason))
        return values

    def values(self) -> dict[str, Any]:
        """What ``services.prepare_campaign`` and ``services.edit_draft`` take."""
        values = dict(self.cleaned_data)
        with_mirror = values.pop("with_mirror")
        return values | {"mirror": instruments.mirror_of(values["version"]) if with_mirror else None}


class PooledCampaignForm(_Dated):
    """A campaign whose answers are put in common."""

    field_order = ("title", "version", "way_in", "opens_on", "closes_on")
    title = forms.CharField(label=_("Nom de la campagne"), max_length=200)
    version = VersionField()
    way_in = WayInField(pooled=True)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"opens_on": today, "closes_on": today + USUAL_LENGTH})
        super().__init__(*args, **kwargs)
        self.fields["version"].offer(scope)


class PopulationForm(forms.Form):
    """One structure of a pooled campaign."""

    organisation = forms.ModelChoiceField(label=_("Structure"), queryset=None)
    headcount = forms.IntegerField(
        label=_("Personnes invitées"), min_value=0, max_value=5000, help_text=_("Zéro retire la structure."),
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(kind=Organisation.Kind.STRUCTURE)


class ExtensionForm(forms.Form):
    """More days, and why."""

    closes_on = forms.DateField(label=_("Nouveau dernier jour pour répondre"), widget=_date_input())
    cause = forms.CharField(
        label=_("Pourquoi"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lu par toutes les personnes concernées. Par exemple : congés, équipe en tournée."),
    )  # fmt: skip

"""What the pair fills in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import headcounts, policy, services, waves
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.queries import possible_readers
from labqvt.campaigns.ways import ways
from labqvt.instruments import queries as instruments
from labqvt.instruments.models import Questionnaire
from labqvt.people.models import Account, Function, Organisation, Scope

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
        "cause",
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

    cause = forms.CharField(
        label=_("Pourquoi ces dates changent-elles ?"), required=False, max_length=500,
        help_text=_("Quelqu’un a déjà signé ces dates : elles restent lisibles, avec la cause."),
    )  # fmt: skip
    way_in = WayInField(pooled=False)
    keyed_by = forms.ChoiceField(
        label=_("Qui saisit les feuilles de papier ou du téléphone ?"), choices=Campaign.KeyedBy.choices,
        initial=Campaign.KeyedBy.NOBODY, widget=forms.RadioSelect,
        help_text=_("Pour les personnes sans écran. Celle qui saisit lit la feuille ; c’est dit avant de répondre. Ce n’est jamais la direction."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        structure: Organisation,
        draft: Campaign | None = None,
        follows: Campaign | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft, self.follows = draft, follows
        today = timezone.localdate()
        kwargs["initial"] = (
            {
                "title": gettext("Qualité de vie au travail, %(month)s")
                % {"month": date_format(today, "F Y")},
                "headcount": structure.headcount,
                "opens_on": today,
                "closes_on": today + USUAL_LENGTH,
            }
            | _of_wave(follows)
            | (kwargs.get("initial") or {})
        )
        super().__init__(*args, **kwargs)
        self.fields["version"].offer(structure.scope)
        if follows is not None:
            self.fields["version"].initial = follows.version
        if draft is None or not services.dates_were_promised(draft):
            del self.fields["cause"]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self._check_cause(values)
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

    def _check_cause(self, values: dict[str, Any]) -> None:
        if "cause" not in self.fields or self.draft is None or values.get("cause", "").strip():
            return
        moved = (values.get("opens_on"), values.get("closes_on")) != (
            self.draft.opens_on,
            self.draft.closes_on,
        )
        if moved:
            self.add_error("cause", _("Ces dates étaient signées : dites pourquoi elles changent."))

    def essential(self) -> list[forms.BoundField]:
        """What only the pair knows; everything else has a good answer already."""
        return [self[name] for name in ("headcount", "direction_members", "cause") if name in self.fields]

    def others(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in {"headcount", "direction_members", "cause"}]

    def unfolded(self) -> bool:
        """Everything in sight: a draft is being changed, or an error is among the fields folded away."""
        return self.draft is not None or any(field.errors for field in self.others())

    def values(self) -> dict[str, Any]:
        """What ``services.prepare_campaign`` and ``services.edit_draft`` take."""
        values = dict(self.cleaned_data)
        with_mirror = values.pop("with_mirror")
        return values | {"mirror": instruments.mirror_of(values["version"]) if with_mirror else None}


def _of_wave(before: Campaign | None) -> dict[str, Any]:
    """The next wave asks the same people the same thing."""
    if before is None:
        return {}
    population = before.populations.first()
    return {
        "title": gettext("%(title)s, la suite") % {"title": before.title[:180]},
        "headcount": population.headcount if population else None,
        "direction_members": before.direction_members,
        "with_mirror": before.mirror_id is not None,
    }


class PooledCampaignForm(_Dated):
    """A campaign whose answers are put in common."""

    field_order = ("title", "follows", "version", "way_in", "opens_on", "closes_on", "analysis_days")
    title = forms.CharField(label=_("Nom de la campagne"), max_length=200)
    follows = forms.ModelChoiceField(
        label=_("Vague précédente"), queryset=None, required=False, empty_label=_("Aucune : c’est une première fois"),
        help_text=_("Un baromètre se lit d’une vague à l’autre. Ses structures et leurs effectifs sont repris, à corriger."),
    )  # fmt: skip
    version = VersionField()
    way_in = WayInField(pooled=True)
    analysis_days = forms.TypedChoiceField(
        label=_("Comparer d’autres groupes de structures après l’ouverture"), coerce=int, empty_value=0,
        choices=[(0, _("Non : tout est détruit quand les résultats paraissent")), (30, _("Pendant 30 jours")), (90, _("Pendant 90 jours"))],
        help_text=_("Une copie mélangée et chiffrée des réponses, sans code ni texte, est alors gardée ce temps-là. C’est dit à chaque personne avant qu’elle réponde."),
        required=False, initial=0,
    )  # fmt: skip

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs.setdefault("initial", {"opens_on": today, "closes_on": today + USUAL_LENGTH})
        super().__init__(*args, **kwargs)
        self.fields["version"].offer(scope)
        earlier = waves.pooled_that_may_be_followed(scope)
        if earlier.exists():
            self.fields["follows"].queryset = earlier
        else:
            del self.fields["follows"]


class PopulationForm(forms.Form):
    """One structure of a pooled campaign."""

    organisation = forms.ModelChoiceField(label=_("Structure"), queryset=None)
    headcount = forms.IntegerField(
        label=_("Personnes invitées"), min_value=0, max_value=5000, help_text=_("Zéro retire la structure."),
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip
    direction_members = forms.IntegerField(
        label=_("Dont membres de la direction"), min_value=0, max_value=50, initial=0, required=False,
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(kind=Organisation.Kind.STRUCTURE)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        headcount = values.get("headcount")
        direction = values["direction_members"] = values.get("direction_members") or 0
        if headcount and direction > headcount:
            self.add_error(
                "direction_members",
                _("La direction fait partie de l’effectif : elle ne peut pas le dépasser."),
            )
        return values


class HeadcountsForm(forms.Form):
    """Many structures at once: pasted from a spreadsheet, or a file."""

    many = forms.CharField(widget=forms.HiddenInput, initial="1")
    text = forms.CharField(
        label=_("Collez une ligne par structure"), required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Son nom, puis son effectif, puis si vous le savez le nombre de membres de la direction : « Régie du Clos ; 12 ; 1 »."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Ou un fichier"), required=False, help_text=_("CSV ou classeur : les mêmes colonnes, dans cet ordre."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls"}),
    )  # fmt: skip

    rows: list[tuple[Organisation, int, int]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        text, file = values.get("text", ""), values.get("file")
        if not text and not file:
            self.add_error("text", _("Collez des lignes ou choisissez un fichier."))
            return values
        structures = Organisation.objects.filter(kind=Organisation.Kind.STRUCTURE)
        known = headcounts.names_of(structures.values_list("pk", "name", "public_id"))
        reading = headcounts.read_file(file.read(), known) if file else headcounts.read_text(text, known)
        for fault in reading.faults:
            self.add_error("file" if file else "text", fault)
        found = structures.in_bulk([row.structure for row in reading.rows])
        self.rows = [(found[row.structure], row.headcount, row.direction) for row in reading.rows]
        return values


class ReaderForm(forms.Form):
    """Who, outside the structure, reads the free texts."""

    reader = forms.ChoiceField(label=_("Qui lira les textes libres ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        candidates = possible_readers(campaign)
        self._accounts = {account.public_id: account for account, _function in candidates}
        kwargs["initial"] = {"reader": campaign.reader.public_id if campaign.reader else ""}
        super().__init__(*args, **kwargs)
        labels = {
            account.public_id: gettext("%(name)s, %(function)s")
            % {"name": account, "function": Function(function).label}
            for account, function in candidates
        }
        nobody = gettext("Personne : les textes seront détruits sans être lus")
        self.fields["reader"].choices = [*labels.items(), ("", nobody)]
        self.fields["reader"].required = False

    @property
    def has_candidates(self) -> bool:
        return bool(self._accounts)

    def chosen(self) -> Account | None:
        return self._accounts.get(self.cleaned_data["reader"])


class ExtensionForm(forms.Form):
    """More days, and why."""

    closes_on = forms.DateField(label=_("Nouveau dernier jour pour répondre"), widget=_date_input())
    cause = forms.CharField(
        label=_("Pourquoi"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lu par toutes les personnes concernées. Par exemple : congés, équipe en tournée."),
    )  # fmt: skip

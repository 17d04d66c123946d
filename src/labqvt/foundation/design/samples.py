"""What the catalogue shows: invented, close to the trade, so that a layout is judged on real words."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.forms_rendering import ScaleSelect
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import DatedItem, Task
from labqvt.foundation.schedule import Standing

COLOURS = (
    "ink",
    "ink-soft",
    "paper",
    "surface",
    "sunken",
    "line",
    "primary",
    "primary-soft",
    "accent",
    "accent-soft",
    "band",
    "error",
    "warning",
    "success",
    "favourable",
    "neutral",
    "unfavourable",
    "unanswered",
)


@dataclass(frozen=True, slots=True)
class SampleJob:
    """Stands for ``foundation.models.Job`` without a database."""

    public_id: str = "exemple"
    title: str = "Préparation des résultats"
    state: str = "running"
    percent: int = 62
    step: str = "Étape 2 sur 3 : vérification que personne n’est reconnaissable"
    error: str = ""
    is_finished: bool = True  # the sample never asks again
    result: dict[str, Any] = field(default_factory=dict)

    def get_state_display(self) -> str:
        return gettext("en cours")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Nom de la structure"),
        help_text=_("Tel qu’il paraîtra sur l’affiche."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    headcount = forms.IntegerField(
        label=_("Nombre de personnes au travail"),
        help_text=_("Salariées, en apprentissage ou mises à disposition, le jour de l’enquête."),
        min_value=1,
    )
    opens = forms.DateField(
        label=_("Ouverture"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    region = forms.ChoiceField(
        label=_("Région"),
        choices=[("", _("Choisir")), ("n", "Normandie"), ("g", "Grand Est"), ("b", "Bretagne")],
    )
    way = forms.ChoiceField(
        label=_("Comment les codes sont-ils donnés ?"),
        help_text=_("Tirés au chapeau, ils ne disent rien de personne."),
        choices=[("hat", _("Tirés au chapeau")), ("mail", _("Par courriel")), ("open", _("Lien ouvert"))],
        widget=forms.RadioSelect,
    )
    agreement = forms.ChoiceField(
        label=_("Dans l’équipe, on s’entraide quand la charge monte."),
        choices=[
            ("1", _("Pas du tout")),
            ("2", _("Plutôt non")),
            ("3", _("Entre les deux")),
            ("4", _("Plutôt oui")),
            ("5", _("Tout à fait")),
        ],
        widget=ScaleSelect,
        required=False,
    )
    wishes = forms.MultipleChoiceField(
        label=_("Ce que vous voulez recevoir"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("poster", _("L’affiche")), ("codes", _("Les codes")), ("guide", _("Le guide de réunion"))],
    )
    remarks = forms.CharField(label=_("Remarques"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(
        label=_("Le groupe de pilotage est d’accord"),
        help_text=_("La date de l’accord sera notée au compte rendu."),
    )


def tasks() -> list[Task]:
    today = timezone.localdate()
    return [
        Task(
            _("Elle devait être tenue avant la fin du mois."),
            "#cockpit",
            _("Dater la visite aux Tilleuls"),
            today - timedelta(days=6),
        ),
        Task(
            _("Ensuite, tout le monde reçoit les résultats à la même heure."),
            "#cockpit",
            _("Clore la campagne de mars"),
            today + timedelta(days=2),
        ),
        Task(
            _("Le chapeau attend douze codes ; comptez dix minutes."),
            "#cockpit",
            _("Imprimer les codes et l’affiche"),
            today + timedelta(days=9),
        ),
        Task(
            _("Deux expériences n’ont pas encore de critère."),
            "#cockpit",
            _("Dire à quoi on verra que ça marche"),
        ),
    ]


@dataclass(frozen=True, slots=True)
class SampleItem(DatedItem):
    """A dated item that says why it moved."""

    cause: str = ""


def items() -> list[SampleItem]:
    return [
        SampleItem(
            "s1",
            gettext("Enquête auprès des structures"),
            Period.day(date(2020, 3, 13)),
            Standing.DONE,
            planned=Period.day(date(2020, 3, 13)),
        ),
        SampleItem(
            "s2",
            gettext("Séminaire sur le numérique"),
            Period.day(date(2020, 10, 12)),
            Standing.DONE,
            planned=Period.day(date(2020, 6, 6)),
            replanned=Period.day(date(2020, 10, 12)),
        ),
        SampleItem(
            "s3",
            gettext("Rencontres dans les territoires"),
            Period.day(date(2021, 3, 15)),
            Standing.MOVED,
            planned=Period.day(date(2020, 10, 5)),
            replanned=Period.day(date(2021, 3, 15)),
            cause=gettext("Les visites n’ont pas pu se tenir à l’automne."),
        ),
        SampleItem(
            "s4",
            gettext("Guide des bonnes pratiques"),
            Period.day(date(2020, 12, 15)),
            Standing.LATE,
            planned=Period.day(date(2020, 12, 15)),
        ),
        SampleItem(
            "s5",
            gettext("Restitution nationale"),
            Period.day(date(2021, 10, 14)),
            Standing.PLANNED,
            planned=Period.day(date(2021, 10, 14)),
        ),
    ]


def sentences() -> list[dict[str, str]]:
    return [
        {
            "heading": gettext("Ce qui tient"),
            "text": gettext("On s’entraide : presque tout le monde le dit, et le dit de la même façon."),
        },
        {
            "heading": gettext("À discuter en premier"),
            "text": gettext("La charge de travail, là où les réponses sont les plus réservées."),
        },
        {
            "heading": gettext("Ce qu’on ne peut pas dire"),
            "text": gettext("Si cela a changé depuis l’an dernier : huit réponses n’y suffisent pas."),
        },
    ]


def figures() -> list[dict[str, str]]:
    return [
        {
            "value": "93",
            "unit": "",
            "name": gettext("structures ont répondu à l’enquête"),
            "source": gettext("Provence-Alpes-Côte d’Azur, mars 2020"),
            "href": "#chiffres",
        },
        {
            "value": "62",
            "unit": gettext("sur 100"),
            "name": gettext("pour l’entraide dans l’équipe"),
            "source": gettext("8 réponses sur 12, arrondi à 5 près"),
            "href": "",
        },
        {
            "value": "5 à 9",
            "unit": gettext("réponses"),
            "name": gettext("reçues à ce jour"),
            "source": gettext("chiffre arrondi, mis à jour une fois par jour"),
            "href": "",
        },
    ]


def determinants() -> list[tuple[str, str]]:
    return [
        ("relations", gettext("Relations au travail")),
        ("contenu", gettext("Contenu du travail")),
        ("sante", gettext("Santé au travail")),
        ("competences", gettext("Compétences et parcours")),
        ("egalite", gettext("Égalité au travail")),
        ("management", gettext("Management et engagement")),
    ]


def rows() -> list[dict[str, Any]]:
    names = dict(determinants())
    return [
        {
            "name": "Les Tilleuls",
            "about": gettext("Aide à domicile, Normandie"),
            "state": "going",
            "word": gettext("campagne ouverte"),
            "headcount": 12,
            "answers": "5 à 9",
            "determinant": "relations",
            "determinant_name": names["relations"],
        },
        {
            "name": "L’Atelier du Port",
            "about": gettext("Insertion, Bretagne"),
            "state": "done",
            "word": gettext("résultats rendus"),
            "headcount": 48,
            "answers": "41",
            "determinant": "contenu",
            "determinant_name": names["contenu"],
        },
        {
            "name": "Petits Pas",
            "about": gettext("Petite enfance, Grand Est"),
            "state": "planned",
            "word": gettext("en préparation"),
            "headcount": 9,
            "answers": "–",
            "determinant": "sante",
            "determinant_name": names["sante"],
        },
    ]


def filters() -> list[dict[str, Any]]:
    return [
        {
            "before": gettext("Les structures"),
            "name": "state",
            "label": gettext("État"),
            "value": "",
            "options": [("", gettext("toutes")), ("open", gettext("avec une campagne ouverte"))],
        },
        {
            "before": gettext("situées dans"),
            "name": "region",
            "label": gettext("Région"),
            "value": "",
            "options": [("", gettext("toutes les régions")), ("n", "Normandie"), ("b", "Bretagne")],
        },
        {
            "before": gettext("rangées par"),
            "name": "sort",
            "label": gettext("Ordre"),
            "value": "name",
            "options": [("name", gettext("nom")), ("date", gettext("date de clôture"))],
        },
    ]


def questions() -> list[dict[str, Any]]:
    scale = [
        ("1", gettext("Pas du tout d’accord")),
        ("2", gettext("Plutôt pas d’accord")),
        ("3", gettext("Entre les deux")),
        ("4", gettext("Plutôt d’accord")),
        ("5", gettext("Tout à fait d’accord")),
    ]
    refusal = ("refuse", gettext("Je préfère ne pas répondre"))
    return [
        {
            "name": "r1",
            "legend": gettext("Dans mon équipe, on s’aide quand la charge monte."),
            "options": scale,
            "scale": True,
            "refusal": refusal,
        },
        {
            "name": "r2",
            "legend": gettext("Je peux dire un désaccord sans que cela me soit reproché."),
            "options": scale,
            "scale": True,
            "refusal": refusal,
            "chosen": "4",
        },
        {
            "name": "r3",
            "legend": gettext("Qu’est-ce qui aide le plus ?"),
            "many": True,
            "hint": gettext("Plusieurs réponses possibles."),
            "refusal": refusal,
            "chosen": ["b"],
            "options": [
                ("a", gettext("Les réunions d’équipe")),
                ("b", gettext("Les moments informels")),
                ("c", gettext("L’organisation des plannings")),
            ],
            "error": gettext("Cochez une réponse ou préférez ne pas répondre, pas les deux."),
        },
    ]

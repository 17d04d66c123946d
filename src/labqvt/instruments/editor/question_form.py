"""The form of one question: its fields follow what the question is."""

from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labqvt.instruments.editor.forms import LONGEST_WORDS, DayField, FormulaField, LinesField
from labqvt_forms import (
    Computed,
    Date,
    Item,
    Number,
    Numbers,
    Questionnaire,
    Rating,
    Required,
    Role,
    Rows,
    Text,
)
from labqvt_forms.choices import ChoiceList
from labqvt_forms.editing import options_of, scorable
from labqvt_forms.items import YES_NO, MultipleChoice, Question, choice_lists
from labqvt_forms.questionnaire import variables_of

SEVERAL: Final = "…"  # rows of one block counted in different scores: chosen on the page of scores
# Texts a question may have besides its words and its hint, in the order shown.
_TEXTS: Final = {
    "unit": (
        gettext_lazy("Unité, écrite après le nombre"),
        gettext_lazy("« heures par semaine », « salariés »"),
    ),
    "low_label": (gettext_lazy("Ce que veut dire la note la plus basse"), gettext_lazy("« Pas du tout »")),
    "high_label": (gettext_lazy("Ce que veut dire la note la plus haute"), gettext_lazy("« Tout à fait »")),
    "first_label": (gettext_lazy("Titre de la première échelle"), ""),
    "second_label": (gettext_lazy("Titre de la seconde échelle"), ""),
}
_SWITCHES: Final = {
    "integer": (gettext_lazy("Nombre entier seulement"), ""),
    "long": (gettext_lazy("Plusieurs lignes pour répondre"), ""),
    "enps": (
        gettext_lazy("Lire la note comme une recommandation (eNPS)"),
        gettext_lazy("0 à 6 défavorable, 7 et 8 neutre, 9 et 10 favorable."),
    ),
    "reverse": (
        gettext_lazy("Se lit à l’envers : répondre « oui » ou noter haut est défavorable"),
        gettext_lazy("Le calcul du score en tient compte ; les mots ne changent pas."),
    ),
    "random_order": (gettext_lazy("Présenter dans un ordre tiré au sort"), ""),
    "other": (
        gettext_lazy("Proposer « Autre » avec un texte libre"),
        gettext_lazy("Des mots libres peuvent désigner qui les écrit. Une réponse « Autre » dans la liste suffit souvent."),
    ),
    "comment": (
        gettext_lazy("Demander un commentaire à côté de la réponse"),
        gettext_lazy("Des mots libres peuvent désigner qui les écrit, surtout à côté de sa réponse."),
    ),
    "declinable": (
        gettext_lazy("Proposer « Je préfère ne pas répondre » dans les fichiers et sur papier"),
        gettext_lazy("À l’écran, ce choix est toujours proposé."),
    ),
    "profile": (
        gettext_lazy("C’est une question de profil : âge, métier, site, ancienneté…"),
        gettext_lazy("Elle décrit la personne. Croisée avec d’autres, elle peut la désigner : Lab’QVT en tient compte avant de montrer un résultat. Deux ou trois au plus dans une petite équipe."),
    ),
}  # fmt: skip
_REQUIRED: Final = (
    (Required.NO.value, gettext_lazy("Non, la personne passe si elle veut")),
    (Required.SOFT.value, gettext_lazy("Le rappeler une fois, puis laisser passer")),
)
_ROLES: Final = (
    (Role.ANSWER.value, gettext_lazy("compte comme une réponse")),
    (Role.ASIDE.value, gettext_lazy("à part : « ne sait pas », « sans objet »")),
    (Role.DECLINES.value, gettext_lazy("refus de répondre")),
)


class QuestionForm(forms.Form):
    """``initial`` is the question as it was shown, so that only what was changed is written on what it is now."""

    label = forms.CharField(
        label=gettext_lazy("La question"), required=False, max_length=LONGEST_WORDS,
        error_messages={"required": gettext_lazy("Écrivez la question.")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "control--words"}),
    )  # fmt: skip
    hint = forms.CharField(
        label=gettext_lazy("Une précision pour aider à répondre"), required=False, max_length=LONGEST_WORDS
    )

    def __init__(self, *args: Any, item: Item, form: Questionnaire, was: Item | None = None, **kwargs: Any):
        self.item, self.questionnaire = item, form
        self.lists = list(enumerate(choice_lists(item)))
        kwargs["initial"] = initial_of(was or item, form)
        super().__init__(*args, **kwargs)
        if isinstance(item, Rows):
            self.fields["label"].label = _("La consigne, au-dessus des phrases")
        else:
            self.fields["label"].required = True
        self._add_texts()
        self._add_rows()
        self._add_choices()
        if isinstance(item, Question):
            self._add_settings()
            self._add_rule()
        if isinstance(item, Computed):
            self.fields["calculation"] = FormulaField(
                label=_("Formule du calcul"), kept=str(item.formula or ""),
                help_text=_("${femmes} + ${hommes} : les réponses d’autres questions, par leur code."),
            )  # fmt: skip

    def _add_texts(self) -> None:
        for name, (label, help_text) in _TEXTS.items():
            if isinstance(getattr(self.item, name, None), Text):
                self.fields[name] = forms.CharField(
                    label=label, help_text=help_text, required=False, max_length=LONGEST_WORDS
                )

    def _add_rows(self) -> None:
        if not isinstance(self.item, Rows):
            return
        for row in self.item.rows:
            self.fields[f"row.{row.id}.label"] = forms.CharField(
                label=_("Phrase"), required=False, max_length=LONGEST_WORDS
            )
            self.fields[f"row.{row.id}.reverse"] = forms.BooleanField(
                label=_("se lit à l’envers"), required=False
            )
        self.fields["row.new"] = LinesField(
            label=_("Ajouter des phrases, une par ligne"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _add_choices(self) -> None:
        for number, choices in self.lists:
            for choice in choices.choices:
                stem = f"choice.{number}.{choice.code}"
                self.fields[f"{stem}.label"] = forms.CharField(
                    label=_("Réponse"), required=False, max_length=LONGEST_WORDS
                )
                self.fields[f"{stem}.value"] = forms.FloatField(label=_("Vaut"), required=False)
                self.fields[f"{stem}.role"] = forms.ChoiceField(label=_("Rôle"), choices=_ROLES)
                if isinstance(self.item, MultipleChoice):
                    self.fields[f"{stem}.exclusive"] = forms.BooleanField(
                        label=_("cochée, elle exclut les autres"), required=False
                    )
            self.fields[f"choice.{number}.new"] = LinesField(
                label=_("Ajouter des réponses, une par ligne"), required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        if self.shared:
            self.fields["everywhere"] = forms.BooleanField(
                label=_("Changer aussi les réponses de ces autres questions"), required=False
            )

    def _add_settings(self) -> None:
        known = options_of(self.item)
        for name, (label, help_text) in _SWITCHES.items():
            if name in known and self._is_offered(name):
                self.fields[name] = forms.BooleanField(label=label, help_text=help_text, required=False)
        if isinstance(self.item, Date):
            self.fields["earliest"] = DayField(label=_("Pas avant le"))
            self.fields["latest"] = DayField(label=_("Pas après le"))
        for name, label in self._bounds().items():
            whole = not isinstance(self.item, Number | Numbers)
            field = forms.IntegerField if whole else forms.FloatField
            attrs = {"class": "control--short"}
            self.fields[name] = field(
                label=label,
                required=isinstance(self.item, Rating),
                error_messages={"required": _("Une note va d’un nombre à un autre : écrivez-le.")},
                widget=forms.NumberInput(attrs=attrs | ({} if whole else {"step": "any"})),
            )
        offered = _REQUIRED
        if self.item.required is Required.YES:  # type: ignore[attr-defined]  # a Question
            offered = (
                *_REQUIRED,
                (Required.YES.value, gettext_lazy("Oui, exigée (reprise d’un autre outil)")),
            )
        self.fields["required"] = forms.ChoiceField(
            label=_("Faut-il y répondre ?"), choices=offered, widget=forms.RadioSelect
        )
        if self.questionnaire.scales and any(map(scorable, variables_of(self.item))):
            self.fields["scale"] = forms.ChoiceField(
                label=_("Compte dans le score"), required=False, choices=self._scales()
            )

    def _add_rule(self) -> None:
        """Bounds say most rules; a formula says the others, and those another tool wrote."""
        self.fields["rule"] = FormulaField(
            label=_("Règle que la réponse doit suivre"), kept=self.initial.get("rule", ""),
            help_text=_("« . » est la réponse elle-même, ${effectif} celle d’une autre question : « . <= ${effectif} ». Vide : aucune règle."),
        )  # fmt: skip
        self.fields["rule_message"] = forms.CharField(
            label=_("Phrase lue quand elle n’est pas suivie"), required=False, max_length=LONGEST_WORDS,
            help_text=_("« Le nombre de femmes ne peut pas dépasser l’effectif. »"),
        )  # fmt: skip

    def _is_offered(self, name: str) -> bool:
        return name != "enps" or self._may_be_enps()

    def _may_be_enps(self) -> bool:
        return isinstance(self.item, Rating) and (self.item.least, self.item.most, self.item.step) == (
            0,
            10,
            1,
        )

    def _bounds(self) -> dict[str, str]:
        known = options_of(self.item)
        if isinstance(self.item, MultipleChoice):
            return {
                "least": _("Au moins combien de réponses ?"),
                "most": _("Au plus combien de réponses ?"),
            }
        if isinstance(self.item, Rating):
            return {"least": _("De"), "most": _("À")}
        named = {"least": _("Pas moins de"), "most": _("Pas plus de"), "longest": _("Signes au plus")}
        return {name: label for name, label in named.items() if name in known}

    def _scales(self) -> list[tuple[str, str]]:
        language = self.questionnaire.language
        named = [(scale.id, scale.label.pick(language) or scale.id) for scale in self.questionnaire.scales]
        several = (
            [(SEVERAL, _("plusieurs scores, selon la phrase"))]
            if self.initial.get("scale") == SEVERAL
            else []
        )
        return [("", _("aucun")), *several, *named]

    @property
    def shared(self) -> int:
        """How many other questions have the same answers."""
        ids = {choices.id for _number, choices in self.lists if choices.id != YES_NO.id}
        if not hasattr(self, "_shared"):
            self._shared = sum(
                any(choices.id in ids for choices in choice_lists(other))
                for other in self.questionnaire.items
                if other.id != self.item.id
            )
        return self._shared

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        least, most = values.get("least"), values.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("Ce nombre doit être plus grand que le premier."))
        first, last = values.get("earliest"), values.get("latest")
        if first and last and DayField.TODAY not in {first, last} and first > last:
            self.add_error("latest", _("Cette date doit suivre la première."))
        if values.get("rule_message") and not values.get("rule") and "rule" not in self.errors:
            self.add_error(
                "rule", _("Cette phrase attend sa règle : écrivez la formule, ou effacez la phrase.")
            )
        return values

    @property
    def changed(self) -> dict[str, Any]:
        """What the author changed since the question was shown."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}

    @property
    def orphans(self) -> list[str]:
        """Words typed in a line that somebody removed meanwhile."""
        return [
            value.strip()
            for name, value in self.data.items()
            if name.endswith(".label") and name not in self.fields and value.strip()
        ]

    # For the template

    def row_lines(self) -> Iterator[dict[str, Any]]:
        rows = self.item.rows if isinstance(self.item, Rows) else ()
        for rank, row in enumerate(rows):
            yield {
                "id": row.id,
                "label": self[f"row.{row.id}.label"],
                "reverse": self[f"row.{row.id}.reverse"],
                "relevant": row.relevant,
                "first": rank == 0,
                "last": rank == len(rows) - 1,
                "alone": len(rows) == 1,
                "number": rank + 1,
            }

    def choice_lists(self) -> Iterator[dict[str, Any]]:
        for number, choices in self.lists:
            yield {
                "number": number,
                "lines": list(self._choice_lines(number, choices)),
                "new": self[f"choice.{number}.new"],
            }

    def _choice_lines(self, number: int, choices: ChoiceList) -> Iterator[dict[str, Any]]:
        worth = choices.values()
        for rank, choice in enumerate(choices.choices):
            stem = f"choice.{number}.{choice.code}"
            yield {
                "code": choice.code,
                "label": self[f"{stem}.label"],
                "value": self[f"{stem}.value"],
                "role": self[f"{stem}.role"],
                "exclusive": self[f"{stem}.exclusive"] if f"{stem}.exclusive" in self.fields else None,
                "worth": worth.get(choice.code),
                "first": rank == 0,
                "last": rank == len(choices.choices) - 1,
                "number": rank + 1,
            }

    def some(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def text_fields(self) -> list[BoundField]:
        return self.some(*_TEXTS)

    @property
    def bound_fields(self) -> list[BoundField]:
        return self.some("least", "most", "longest", "earliest", "latest")

    @property
    def has_rule(self) -> bool:
        return bool(self.initial.get("rule") or {"rule", "rule_message"} & self.errors.keys())

    @property
    def switches(self) -> list[BoundField]:
        return self.some("integer", "long", "enps", "reverse", "random_order", "other", "comment")


def initial_of(item: Item, form: Questionnaire) -> dict[str, Any]:
    """What the fields show for a question."""
    language = form.language
    values: dict[str, Any] = {
        name: getattr(item, name).get(language) or ""
        for name in ("label", "hint", *_TEXTS)
        if isinstance(getattr(item, name, None), Text)
    }
    for name in (*_SWITCHES, "least", "most", "longest", "earliest", "latest"):
        if hasattr(item, name):
            values[name] = getattr(item, name)
    if isinstance(item, Question):
        values["required"] = item.required.value
        values["rule"] = str(item.validation.formula) if item.validation else ""
        values["rule_message"] = (item.validation.message.get(language) or "") if item.validation else ""
    if isinstance(item, Computed):
        values["calculation"] = str(item.formula or "")
    if isinstance(item, Rows):
        for row in item.rows:
            values[f"row.{row.id}.label"] = row.label.get(language) or ""
            values[f"row.{row.id}.reverse"] = row.reverse
    for number, choices in enumerate(choice_lists(item)):
        for choice in choices.choices:
            stem = f"choice.{number}.{choice.code}"
            values[f"{stem}.label"] = choice.label.get(language) or ""
            values[f"{stem}.value"] = choice.value
            values[f"{stem}.role"] = choice.role.value
            values[f"{stem}.exclusive"] = choice.exclusive
    values["scale"] = _scale_of(item, form)
    return values


def _scale_of(item: Item, form: Questionnaire) -> str:
    counted = {
        scale.id if (scale := form.scale_of(variable.id)) else ""
        for variable in variables_of(item)
        if scorable(variable)
    }
    if len(counted) > 1:
        return SEVERAL
    return counted.pop() if counted else ""

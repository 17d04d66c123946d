"""What an author fills in, page by page. The form of one question is in ``question_form``."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.instruments.editor.kinds import ASKS, Way
from labqvt_forms import Formula, Group, Kind

LONGEST_WORDS = 2000
MOST_LINES = 60


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 5})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        lines = [" ".join(line.split()).lstrip("-•* ") for line in text.splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise forms.ValidationError(_("Au plus %(most)s lignes à la fois."), params={"most": MOST_LINES})


class DayField(forms.CharField):
    """A day that bounds an answer: a date, or the day of answering, kept as questionnaires keep it."""

    TODAY: Final = "today"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False, max_length=40, widget=forms.TextInput(attrs={"class": "control--short"}),
            help_text=_("JJ/MM/AAAA, ou « aujourd’hui » : le jour où la personne répond."), **kwargs,
        )  # fmt: skip

    def prepare_value(self, value: Any) -> Any:
        """What is kept, as one writes it; what another tool wrote stays as it is."""
        if value == self.TODAY:
            return gettext("aujourd’hui")
        try:
            return f"{date.fromisoformat(value or ''):%d/%m/%Y}"
        except ValueError:
            return value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if text.lower().replace("'", "’") in {"aujourd’hui", self.TODAY, str(_("aujourd’hui"))}:
            return self.TODAY
        return text

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return text if text in {"", self.TODAY} else forms.DateField(input_formats=["%d/%m/%Y", "%Y-%m-%d"], error_messages={"invalid": _("Écrivez une date, comme 31/12/2026, ou « aujourd’hui ».")}).clean(text).isoformat()  # fmt: skip

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(data) not in {initial or "", self.prepare_value(initial) or ""}


class FormulaField(forms.CharField):
    """A formula of our subset, or the reason why it is not one."""

    widget = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "control--code-line"})

    def __init__(self, *, kept: str = "", **kwargs: Any) -> None:
        self.kept = kept  # what another tool wrote stays word for word, as long as nobody touches it
        super().__init__(required=False, max_length=4000, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text not in {"", self.kept} and (outside := Formula(text).outside):
            raise forms.ValidationError(outside)
        return text


class NewQuestionForm(forms.Form):
    """One screen: how it is answered, what it asks, its sentences or its answers."""

    kind = forms.ChoiceField(
        label=_("Comment y répond-on ?"),
        error_messages={"required": _("Choisissez comment on y répond.")},
    )
    label = forms.CharField(
        label=_("Votre question"), error_messages={"required": _("Écrivez votre question.")}, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "control--words"}),
    )  # fmt: skip
    rows = LinesField(
        label=_("Les lignes, une par ligne"), error_messages={"required": _("Écrivez au moins une ligne : chacune est une question.")},
        help_text=_("Pour un accord : une phrase par ligne, à la première personne, une seule idée par phrase."),
    )  # fmt: skip
    answers = LinesField(
        label=_("Les réponses proposées, une par ligne"), error_messages={"required": _("Écrivez au moins deux réponses, une par ligne.")},
        help_text=_("Dans l’ordre où elles seront lues."),
    )  # fmt: skip

    def __init__(self, *args: Any, ways: Sequence[Way], room_left: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.room_left = room_left
        self.fields["kind"].choices = [(way.kind.value, way.name) for way in ways]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        """What this way of answering does not ask is not missing."""
        values = super().clean() or self.cleaned_data
        asks = ASKS[Kind(values["kind"])] if values.get("kind") else ""
        for name in ("rows", "answers"):
            if asks != name:
                self.errors.pop(name, None)
                values[name] = []
        if asks == "rows" and not self.data.get("label", "").strip():
            self.errors.pop("label", None)
            values["label"] = ""
        if len(values.get("answers", [])) == 1:
            self.add_error("answers", self.fields["answers"].error_messages["required"])
        self._refuse_too_many(len(values.get("rows", [])) if asks == "rows" else 1)
        return values

    def _refuse_too_many(self, asked: int) -> None:
        if self.room_left is not None and asked > self.room_left:
            self.add_error(
                None,
                forms.ValidationError(
                    _("Il vous reste %(left)s question(s) à ajouter : écrivez-en moins, les personnes répondront plus volontiers."),
                    params={"left": self.room_left},
                ),
            )  # fmt: skip


class PageForm(forms.Form):
    """A page of the questionnaire: its title, what it is about."""

    title = forms.CharField(
        label=_("Titre de la page"), max_length=300, required=False,
        help_text=_("Un thème par page : « Votre équipe », « Votre santé au travail »."),
    )  # fmt: skip
    description = forms.CharField(
        label=_("Son sens, en une phrase"), required=False, max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2, "class": "control--words"}),
        help_text=_("Pourquoi ces questions, à quoi serviront les réponses."),
    )  # fmt: skip
    random_order = forms.BooleanField(
        label=_("Présenter ses questions dans un ordre tiré au sort"), required=False,
        help_text=_("Utile pour de longues séries de phrases. À éviter si une question en suit une autre."),
    )  # fmt: skip

    def __init__(self, *args: Any, group: Group, language: str, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": group.title.get(language) or "",
            "description": group.description.get(language) or "",
            "random_order": group.random_order,
        }
        super().__init__(*args, **kwargs)

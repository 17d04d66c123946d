"""What the reader and the second pair of eyes fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.evidence.kept_texts import KeptText
from labqvt.evidence.models import TextReading
from labqvt.instruments.asking import LONGEST_TEXT
from labqvt.verbatims import services, themes
from labqvt.verbatims.extracts import Entry
from labqvt.verbatims.recognising import in_parts

KINDS = {
    "name": _("un nom"),
    "date": _("une date, une durée"),
    "role": _("une fonction"),
    "contact": _("une façon de joindre quelqu’un"),
    "gender": _("un accord au féminin ou au masculin"),
}


class TreatForm(forms.Form):
    """One text on the reader’s table."""

    hidden = forms.MultipleChoiceField(
        label=_("Ce qui pourrait faire reconnaître quelqu’un"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Repéré par des règles simples : elles se trompent, et ne voient pas tout."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Le texte tel qu’il paraîtrait"), max_length=LONGEST_TEXT,
        error_messages={"required": _("Il ne reste rien de ce texte : mettez-le plutôt de côté.")},
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "true", "autocomplete": "off"}),
        help_text=_("Raccourcissez, dites-le autrement, gardez le sens. Deux crochets masquent un mot : [[mot]]."),
    )  # fmt: skip
    themes = forms.MultipleChoiceField(
        label=_("De quoi parle-t-il ?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, reading: TextReading, text: KeptText, **kwargs: Any) -> None:
        kwargs["initial"] = {"words": text.words, "themes": text.themes}
        super().__init__(*args, **kwargs)
        # Hiding is by words, wherever they come back: the same words are offered once.
        marks = {words: KINDS[mark.kind] for words, mark in in_parts(text.words) if mark is not None}
        self._marked = list(marks)
        self.fields["hidden"].choices = [
            (str(rank), gettext("« %(words)s » : %(kind)s") % {"words": words, "kind": kind})
            for rank, (words, kind) in enumerate(marks.items())
        ]
        if not marks:
            del self.fields["hidden"]
        self.fields["themes"].choices = [(theme["id"], theme["label"]) for theme in themes.offered(reading)]
        if not self.fields["themes"].choices:
            del self.fields["themes"]

    def to_hide(self) -> set[str]:
        """The words of the marks that were ticked."""
        return {self._marked[int(rank)] for rank in self.cleaned_data.get("hidden", [])}


class AsideForm(forms.Form):
    """Why a text is set aside."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"), widget=forms.RadioSelect,
        choices=[
            (services.RECOGNISED, _("On reconnaîtrait quelqu’un, quoi que l’on masque")),
            (services.OFF_TOPIC, _("Hors sujet, ou attaque contre une personne")),
            (services.DANGER, _("Quelqu’un est peut-être en danger")),
        ],
        error_messages={"required": _("Dites pourquoi ce texte est mis de côté.")},
    )  # fmt: skip


class ThemeForm(forms.Form):
    label = forms.CharField(label=_("Nom du thème"), max_length=themes.LONGEST, help_text=_("Quelques mots, sans nom de personne : il pourra paraître."))  # fmt: skip


class ReviewForm(forms.Form):
    """Each extract and each theme, one by one: nothing is ticked in advance."""

    def __init__(self, *args: Any, entries: list[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in entries:
            self.fields[entry.key] = forms.ChoiceField(
                label=(gettext("Thème : %(words)s") if entry.is_theme else gettext("« %(words)s »"))
                % {"words": entry.words},
                widget=forms.RadioSelect,
                choices=[("yes", gettext("Peut paraître")), ("no", gettext("À retirer"))],
                error_messages={
                    "required": gettext("Dites si cet extrait peut paraître ou s’il est retiré.")
                },
            )

    def answers(self) -> dict[str, bool]:
        return {key: answer == "yes" for key, answer in self.cleaned_data.items()}

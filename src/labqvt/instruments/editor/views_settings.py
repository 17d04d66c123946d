"""What surrounds the questions: title, welcome, end, who answers, from how many answers something is shown."""

from typing import Any, Final

from django import forms
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from labqvt.instruments import services
from labqvt.instruments.editor.desk import (
    UNPROCESSABLE,
    act,
    back_to,
    form_as_shown,
    on_draft,
    page,
    require_touchable,
    steps_of,
)
from labqvt.instruments.editor.forms import LONGEST_WORDS
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Questionnaire as Form
from labqvt_forms import editing
from labqvt_forms.languages import OWN_NAMES
from labqvt_forms.spots import WHOLE

_TEXTS: Final = ("title", "description", "welcome", "end")


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "control--words"})


class SettingsForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Titre"), max_length=200)
    description = forms.CharField(
        label=gettext_lazy("En une phrase, à quoi il sert"), required=False, max_length=LONGEST_WORDS,
        help_text=gettext_lazy("Lue par les personnes qui choisissent un questionnaire."), widget=_words(2),
    )  # fmt: skip
    welcome = forms.CharField(
        label=gettext_lazy("Mot d’accueil"), required=False, max_length=LONGEST_WORDS,
        help_text=gettext_lazy("Avant la première page : pourquoi cette enquête, qui lira quoi, combien de temps."),
        widget=_words(4),
    )  # fmt: skip
    end = forms.CharField(
        label=gettext_lazy("Mot de la fin"), required=False, max_length=LONGEST_WORDS,
        help_text=gettext_lazy("Après l’envoi : merci, et ce qui se passe ensuite."), widget=_words(3),
    )  # fmt: skip
    min_group = forms.IntegerField(
        label=gettext_lazy("Rien ne se montre en dessous de ce nombre de réponses"), required=False, max_value=1000,
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip

    def __init__(self, *args: Any, version: QuestionnaireVersion, form: Form, **kwargs: Any) -> None:
        self.least = max(site.MIN_GROUP, services.raised_to(version))
        kwargs["initial"] = {
            **{name: getattr(form, name).get(form.language) or "" for name in _TEXTS},
            "min_group": form.min_group,
        }
        super().__init__(*args, **kwargs)
        least = self.fields["min_group"]
        least.help_text = _(
            "Vide : la règle de la maison, %(least)s. Ce nombre ne peut que monter, jamais descendre."
        ) % {"least": self.least}

    def clean_min_group(self) -> int | None:
        asked: int | None = self.cleaned_data["min_group"]
        if asked is not None and asked < self.least:
            raise forms.ValidationError(
                _(
                    "La règle est déjà de %(least)s : ce nombre ne peut que monter, pour protéger les personnes."
                ),
                params={"least": self.least},
            )
        return asked


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def settings(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    require_touchable(version, "")
    sent = request.POST if request.method == "POST" else None
    bound = SettingsForm(sent, version=version, form=form_as_shown(request, version))
    if request.method == "POST":
        why_not = _kept(request, version, bound) if bound.is_valid() else ""
        if "autosave" in request.POST:
            wrong = why_not or next((str(error) for errors in bound.errors.values() for error in errors), "")
            context = {"version": version, "wrong": wrong, **steps_of(version)}
            return render(request, "instruments/editor/saved.html", context)
        if bound.is_valid() and not why_not:
            return back_to("edit_settings", version)
        if why_not:
            bound.add_error(None, why_not)
    form = version.form
    return page(
        request, "settings", version, status=UNPROCESSABLE if bound.errors else 200, form=bound,
        anonymous=form.anonymous, languages=[OWN_NAMES.get(code, code) for code in form.languages],
    )  # fmt: skip


def _kept(request: HttpRequest, version: QuestionnaireVersion, bound: SettingsForm) -> str:
    changed = {name: bound.cleaned_data[name] for name in bound.changed_data if name in bound.cleaned_data}

    def change(form: Form) -> Form:
        for name in _TEXTS:
            if name in changed:
                form = editing.set_text(form, WHOLE, name, changed[name], form.language)
        if "min_group" in changed:
            form = editing.set_min_group(form, changed["min_group"])
        return form

    return act(request, version, change, _("Réglages modifiés"))

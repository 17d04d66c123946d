"""What is asked of who writes, copies, completes or brings a questionnaire."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.instruments.models import Questionnaire
from labqvt.people.models import Organisation, Scope

Kind = Questionnaire.Kind
LANGUAGES: Final = (("fr", _("français")), ("en", _("anglais")))
LARGEST_UPLOAD: Final = 20 * 1024 * 1024
ACCEPTED: Final = ".xlsx,.xls,.lss,.lsa,.lsg,.lsq,.txt,.tsv,.json,.xml,.sav"
NATURES: Final = {
    Kind.EMPLOYEES: _("Pour les salariées et salariés : réponses anonymes"),
    Kind.DIRECTION: _("Pour la direction, en regard de l’équipe : réponses anonymes"),
    Kind.PARTICIPANTS: _("Pour les personnes d’un parcours collectif : réponses anonymes"),
    Kind.STRUCTURES: _("Pour les structures : chacune répond en son nom et peut être rappelée"),
}


class _Kept(forms.Form):
    """Who a questionnaire is for, and who keeps it."""

    def __init__(self, *args: Any, scopes: Sequence[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keepers = {scope.public_id: scope for scope in scopes}
        self._keepers = keepers
        self.fields["scope"] = forms.ChoiceField(
            label=_("Où il est gardé"),
            choices=[(key, scope.label) for key, scope in keepers.items()],
            help_text=_("Les personnes qui y coordonnent ou accompagnent pourront le modifier."),
        )
        self.order_fields(self.field_order)

    def clean_scope(self) -> Scope:
        return self._keepers[self.cleaned_data["scope"]]


def _kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Qui répondra"), choices=list(NATURES.items()), widget=forms.RadioSelect,
        help_text=_("Un questionnaire est anonyme ou nominatif, jamais les deux."),
    )  # fmt: skip


class WritingForm(_Kept):
    """A questionnaire from nothing."""

    title = forms.CharField(
        label=_("Titre"), max_length=200, help_text=_("Les personnes qui répondent le liront.")
    )
    kind = _kind_field()
    language = forms.ChoiceField(
        label=_("Langue dans laquelle vous l’écrivez"),
        choices=LANGUAGES,
        help_text=_("D’autres s’ajoutent ensuite."),
    )

    field_order = ("title", "kind", "language", "scope")


class CopyForm(_Kept):
    """A questionnaire from another."""

    title = forms.CharField(label=_("Titre de la copie"), max_length=200)

    field_order = ("title", "scope")


class FileForm(forms.Form):
    """The file to understand."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("Un questionnaire XLSForm, LimeSurvey, SurveyJS, DDI ou Lab’QVT, sans les réponses. 20 Mo au plus."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_UPLOAD:
            raise forms.ValidationError(
                gettext("« %(name)s » pèse %(size)s Mo ; la limite est de %(limit)s Mo. Retirez-en les images ou les réponses.")
                % {"name": file.name, "size": round(file.size / 2**20), "limit": LARGEST_UPLOAD // 2**20}
            )  # fmt: skip
        return file


class KeepingForm(_Kept):
    """What to do of what was understood; ``understood`` carries it, signed, since nothing is stored yet."""

    understood = forms.CharField(widget=forms.HiddenInput)
    kind = _kind_field()
    licence = forms.CharField(
        label=_("Licence"), max_length=200, required=False,
        help_text=_("Par exemple « CC BY 4.0 ». Vide : tous droits réservés à qui l’a écrit."),
    )  # fmt: skip

    field_order = ("understood", "kind", "scope", "licence")


class CompletingForm(forms.Form):
    """The structure that adds its own questions."""

    structure = forms.ChoiceField(label=_("Structure"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, structures: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._structures = {one.public_id: one for one in structures}
        field = self.fields["structure"]
        field.choices = [(key, one.name) for key, one in self._structures.items()]
        if len(self._structures) == 1:
            field.initial, field.widget = next(iter(self._structures)), forms.HiddenInput()

    def clean_structure(self) -> Organisation:
        return self._structures[self.cleaned_data["structure"]]

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.wrong_tries import WrongTries
from labqvt.people.models import HelpContact

wrong_passwords: Final = WrongTries(20)
_PHONE: Final = re.compile(r"\+?[0-9][0-9 .]{2,28}")


class SignInForm(AuthenticationForm):
    """E-mail address and password; the error never says which of the two is wrong."""

    username = forms.EmailField(
        label=_("Adresse électronique"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis essayez de nouveau."
        ),
        "inactive": _("Ce compte est fermé. Demandez à l’administration de l’outil de le rouvrir."),
        "too_many": _(
            "Trop d’essais pour cette adresse. Attendez une heure, ou demandez un nouveau mot de passe à l’administration de l’outil."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Guessing is stopped before the password is looked at: past the limit the right one says nothing either."""
        tried = str(self.cleaned_data.get("username", "")).casefold()
        if tried and wrong_passwords.too_many(self.request, tried):
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        return super().clean()

    def get_invalid_login_error(self) -> ValidationError:
        wrong_passwords.note(self.request, str(self.cleaned_data.get("username", "")).casefold())
        return super().get_invalid_login_error()


class HelpForm(forms.Form):
    """Whom one may call, kind by kind: three short fields each, none of them needed."""

    PARTS: Final = ("who", "phone", "about")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in HelpContact.Kind:
            for part in self.PARTS:
                self.fields[f"{kind}_{part}"] = self._field(kind, part)

    @staticmethod
    def _field(kind: HelpContact.Kind, part: str) -> forms.CharField:
        name = {"kind": kind.label}
        label, longest, about = {
            "who": (_("%(kind)s : qui"), 120, _("Un service ou une fonction. Un nom de personne seulement si elle l’accepte.")),
            "phone": (_("%(kind)s : téléphone"), 30, ""),
            "about": (_("%(kind)s : où et quand"), 200, _("Adresse, jours, courriel.")),
        }[part]  # fmt: skip
        return forms.CharField(label=label % name, max_length=longest, required=False, help_text=about)

    @classmethod
    def initial_of(cls, contacts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
        return {f"{kind}_{part}": told[part] for kind, told in contacts.items() for part in cls.PARTS}

    @property
    def contacts(self) -> dict[str, dict[str, str]]:
        """Kinds that were filled in."""
        given = {
            str(kind): {part: self.cleaned_data[f"{kind}_{part}"] for part in self.PARTS}
            for kind in HelpContact.Kind
        }
        return {kind: told for kind, told in given.items() if told["who"]}

    def clean(self) -> dict[str, Any]:
        """A number of nobody would ring nowhere."""
        values = super().clean() or self.cleaned_data
        for kind in HelpContact.Kind:
            said = {part: values.get(f"{kind}_{part}", "") for part in self.PARTS}
            if not said["who"] and (said["phone"] or said["about"]):
                self.add_error(f"{kind}_who", gettext("Dites qui l’on joint à ce numéro."))
            if said["phone"] and not _PHONE.fullmatch(said["phone"]):
                self.add_error(
                    f"{kind}_phone", gettext("Écrivez un numéro de téléphone, par exemple 04 00 00 00 00.")
                )
        return values

from typing import Any, Final

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from labqvt.foundation.wrong_tries import WrongTries

wrong_passwords: Final = WrongTries(20)


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

"""What the pair and the network fill in around the ways in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import addresses, bounces
from labqvt.campaigns.models import AccessCode
from labqvt.campaigns.ways_models import RelaySending, Reminder
from labqvt_forms.errors import FileError


class AddressesForm(forms.Form):
    """A list pasted, or a file with a column of addresses."""

    audience = forms.ChoiceField(
        label=_("Pour qui ?"), choices=AccessCode.Audience.choices, initial=AccessCode.Audience.EMPLOYEES,
        widget=forms.RadioSelect,
    )  # fmt: skip
    pasted = forms.CharField(
        label=_("Adresses à coller"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("Une par ligne, ou séparées par des virgules."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Ou un fichier (.csv, .xlsx)"), required=False,
        help_text=_("La colonne des adresses est trouvée d’elle-même ; les autres ne sont pas lues. Le fichier n’est pas gardé."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        upload, pasted = values.get("file"), values.get("pasted", "")
        if not upload and not pasted.strip():
            raise ValidationError(gettext("Collez des adresses, ou choisissez un fichier qui en contient."))
        try:
            found = (
                addresses.in_file(upload.read(addresses.MOST_BYTES + 1))
                if upload
                else addresses.in_text(pasted)
            )
        except FileError as error:
            raise ValidationError(str(error)) from error
        if not found.addresses:
            raise ValidationError(gettext("Aucune adresse lisible dans cette liste."))
        return values | {"found": found}


class ReportForm(forms.Form):
    """A message that came back, as the mail program saves it."""

    report = forms.FileField(
        label=_("Message revenu (.eml)"),
        help_text=_("Le message « non remis » enregistré depuis votre messagerie. Il est lu puis oublié ; le code qu’il contient est annulé."),
    )  # fmt: skip

    def clean_report(self) -> list[bounces.Bounce]:
        found = bounces.read_report(self.cleaned_data["report"].read(addresses.MOST_BYTES))
        if not found:
            raise ValidationError(
                gettext(
                    "Ce fichier ne dit pas qu’un message est revenu. Notez-le à la main, à côté de l’adresse."
                )
            )
        return found


REASONS = (
    (bounces.UNKNOWN, _("adresse inconnue")),
    (bounces.FULL, _("boîte pleine")),
    (bounces.REFUSED, _("message refusé")),
    (bounces.OTHER, _("autre raison")),
)


class BouncedForm(forms.Form):
    why = forms.ChoiceField(label=_("Pourquoi est-il revenu ?"), choices=REASONS)


class AgainForm(forms.Form):
    address = forms.EmailField(label=_("Adresse corrigée"), max_length=254)


class ReminderForm(forms.Form):
    way = forms.ChoiceField(label=_("Comment le rappel a-t-il été fait ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, by_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [choice for choice in Reminder.By.choices if by_mail or choice[0] != Reminder.By.MAIL]
        self.fields["way"].choices = ways  # type: ignore[attr-defined] - a ChoiceField, three lines above
        self.fields["way"].initial = ways[0][0]


class RelayForm(forms.Form):
    name = forms.CharField(
        label=_("Organisme relais"), max_length=120,
        help_text=_("Un organisme, pas une personne : une fédération, un OPCO, une union locale."),
    )  # fmt: skip


class SendingForm(forms.Form):
    kind = forms.ChoiceField(label=_("Qu’a-t-il fait ?"), choices=RelaySending.Kind.choices, widget=forms.RadioSelect, initial=RelaySending.Kind.PASSED_ON)  # fmt: skip
    on = forms.DateField(
        label=_("Quel jour ?"), widget=forms.DateInput(attrs={"type": "date", "class": "control--short"}, format="%Y-%m-%d"), initial=timezone.localdate,
    )  # fmt: skip
    reached = forms.IntegerField(
        label=_("À combien de destinataires ?"), min_value=1, max_value=1_000_000, required=False,
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip

    def clean_on(self) -> Any:
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(gettext("Ce jour n’est pas encore venu : notez ce qui a été fait."))
        return day


class HatForm(forms.Form):
    left = forms.IntegerField(
        label=_("Combien de codes restent dans le chapeau ?"), min_value=0, max_value=5000,
        help_text=_("Ceux de l’équipe, dépliés ou non. Recomptez le dernier jour : c’est ce nombre qui sert à la clôture."),
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip

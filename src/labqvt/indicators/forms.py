from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from labqvt.foundation import files
from labqvt.indicators.models import Indicator
from labqvt.programmes.models import Programme
from labqvt.programmes.typed_dates import TypedDateField


class FactForm(forms.Form):
    """A fact, told by the figure it counts for: nobody has to know its kind nor its dimensions."""

    indicator = forms.ModelChoiceField(
        label=_("Chiffre concerné"), queryset=Indicator.objects.none(), to_field_name="code",
        empty_label=_("Choisissez un chiffre"),
    )  # fmt: skip
    label = forms.CharField(label=_("Ce qui s’est passé"), max_length=200)
    when = TypedDateField(label=_("Quand"))
    quantity = forms.DecimalField(
        label=_("Quantité"), initial=1, min_value=Decimal(0), max_digits=12, decimal_places=2, localize=True,
        help_text=_("Laissez 1 pour une chose unique : une réunion, un guide."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "control--short"}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), max_length=120, required=False,
        help_text=_("Le document où on le lit : compte rendu, article, rapport. Ou joignez une preuve."),
    )  # fmt: skip
    source_line = forms.IntegerField(
        label=_("Ligne ou page"), min_value=1, max_value=1_000_000, required=False,
        widget=forms.NumberInput(attrs={"class": "control--short"}),
    )  # fmt: skip
    proof = forms.FileField(
        label=_("Preuve"), required=False,
        help_text=_("PDF, image, document ou tableur, 20 Mo au plus. Lue par les personnes qui voient ces chiffres."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Indicator.objects.filter(programme=programme, level=Indicator.Level.REGION)
        self.fields["indicator"].queryset = choices.exclude(kind=Indicator.Kind.RATIO)

    def clean_proof(self) -> UploadedFile | None:
        proof = self.cleaned_data["proof"]
        if proof:
            files.check(proof)
        return proof

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("source") and not cleaned.get("proof") and "proof" not in self.errors:
            self.add_error(
                "source", _("Dites d’où vient ce fait : un document, ou un fichier joint qui le prouve.")
            )
        return cleaned

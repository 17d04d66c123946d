"""What this room keeps of an answer, told on the page of what the server keeps."""

from django.utils.translation import gettext_lazy as _

from labqvt.evidence.models import SealedText
from labqvt.responses.kept import elsewhere

elsewhere.append(
    (
        _("Les textes libres, après l’ouverture"),
        _(
            "Seulement si une personne extérieure a été choisie pour les lire, et le temps annoncé. Une ligne est un texte "
            "seul : rien ne le relie à une feuille ni à un autre texte."
        ),
        SealedText,
    )
)

"""Numbers one may call from anywhere in France, whoever one works for. Checked against their sources in November 2026.

They are told beside what a structure adds of its own (``HelpContact``), and alone when it adds nothing.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Helpline:
    """One number: what it is for, when it answers, and where that is published."""

    number: str
    name: str | Promise
    about: str | Promise
    source: str

    @property
    def dialled(self) -> str:
        return self.number.replace(" ", "")


HELPLINES: Final = (
    Helpline(
        "112",
        _("Danger immédiat"),
        _("Secours et police, à toute heure, gratuit. Par message écrit : le 114."),
        "https://www.service-public.gouv.fr/particuliers/vosdroits/F33954",
    ),
    Helpline(
        "3114",
        _("Idées noires, souffrance qui déborde"),
        _("Numéro national de prévention du suicide : des soignants répondent à toute heure, gratuit."),
        "https://3114.fr/",
    ),
    Helpline(
        "3919",
        _("Violences faites aux femmes, au travail aussi"),
        _("Violences Femmes Info : à toute heure, anonyme et gratuit."),
        "https://solidaritefemmes.org/appeler-le-3919/",
    ),
    Helpline(
        "116 006",
        _("Agression, harcèlement, discrimination"),
        _("France Victimes : tous les jours, gratuit."),
        "https://www.france-victimes.fr/",
    ),
    Helpline(
        "0806 000 126",
        _("Une question sur vos droits au travail"),
        _(
            "Renseignements en droit du travail, service public : aux heures de bureau, prix d’un appel local."
        ),
        "https://travail-emploi.gouv.fr/les-services-de-renseignements-en-droit-du-travail",
    ),
)

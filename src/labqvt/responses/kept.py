"""What the server keeps of an answer, read from the tables themselves rather than told from memory."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from labqvt.campaigns.models import AccessCode, ParticipationReading
from labqvt.campaigns.ways_models import InvitedAddress, KeyedCount, RelayOpenings, SpentEntry
from labqvt.responses.models import SealedSheet


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table of the database: what it is for, and every column it has."""

    title: str
    purpose: str
    columns: tuple[tuple[str, str], ...]


# What rooms above keep of an answer: its title, its purpose, its table.
elsewhere: list[tuple["str | Promise", "str | Promise", type[models.Model]]] = []


def kept_tables() -> list[KeptTable]:
    """Every column that has to do with answering; a new column appears here by itself."""
    return [
        KeptTable(_("Les codes"), _("Pour qu’un code ne serve qu’une fois."), _columns(AccessCode)),
        KeptTable(_("Les feuilles"), _("Vos réponses, dans une enveloppe fermée."), _columns(SealedSheet)),
        KeptTable(
            _("Les entrées par un lien ouvert"),
            _("Pour que le même envoi, parti deux fois, ne soit gardé qu’une."),
            _columns(SpentEntry),
        ),
        KeptTable(
            _("Les adresses"),
            _(
                "Seulement quand les codes partent par courriel. Rien n’y dit quel code est parti où ; détruites à la clôture."
            ),
            _columns(InvitedAddress),
        ),
        KeptTable(
            _("Les liens des relais"),
            _(
                "Environ combien de fois un lien a été ouvert, par jour : une ouverture sur cinq, au hasard, compte pour cinq."
            ),
            _columns(RelayOpenings),
        ),
        KeptTable(
            _("Les feuilles saisies pour d’autres"),
            _("Un nombre par personne qui saisit, sans jour et sans lien avec une feuille."),
            _columns(KeyedCount),
        ),
        KeptTable(
            _("La participation"),
            _("Un nombre arrondi, relevé une fois par jour."),
            _columns(ParticipationReading),
        ),
        *(KeptTable(str(title), str(purpose), _columns(model)) for title, purpose, model in elsewhere),
    ]


def _columns(model: type[models.Model]) -> tuple[tuple[str, str], ...]:
    return tuple((_name(field), str(field.help_text)) for field in model._meta.concrete_fields)


def _name(field: models.Field) -> str:
    return (
        _("Numéro de la ligne") if isinstance(field, models.AutoField) else str(capfirst(field.verbose_name))
    )


def has_a_time(model: type[models.Model]) -> bool:
    """True when a column could tell when someone answered (a test refuses it on codes and sheets)."""
    times = (models.DateField, models.TimeField, models.DurationField)  # DateTimeField is a DateField
    return any(isinstance(field, times) for field in model._meta.concrete_fields)

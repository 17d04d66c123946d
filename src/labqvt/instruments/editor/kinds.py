"""The ways of answering, in the words of someone who never made a survey."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from labqvt.instruments.adapting import OWN_KINDS
from labqvt_forms import Kind
from labqvt_forms.items import ITEM_CLASSES


@dataclass(frozen=True, slots=True)
class Way:
    """One way of answering. ``asks``: what is typed at once beside the question (rows, answers, or nothing)."""

    kind: Kind
    name: "str | Promise"
    example: "str | Promise" = ""
    answers: tuple["str | Promise", ...] = ()
    asks: str = ""


_AGREE: Final = (_("Pas du tout d’accord"), _("Plutôt d’accord"), _("Tout à fait d’accord"))
WAYS: Final = (
    Way(Kind.BLOCK, _("Des phrases, avec un degré d’accord"), _("« Je peux compter sur mes collègues. »"), _AGREE, "rows"),
    Way(Kind.SINGLE, _("Une réponse parmi plusieurs"), _("Comment venez-vous au travail ?"), (_("À pied"), _("En bus"), _("En voiture")), "answers"),
    Way(Kind.MULTIPLE, _("Plusieurs réponses possibles"), _("Qu’est-ce qui vous aiderait ?"), (_("Du temps"), _("Une formation"), _("Du matériel")), "answers"),
    Way(Kind.YES_NO, _("Oui ou non"), _("Avez-vous eu un entretien cette année ?"), (_("Oui"), _("Non"))),
    Way(Kind.RATING, _("Une note, de 0 à 10"), _("Recommanderiez-vous de travailler ici ?"), ("0", "…", "10")),
    Way(Kind.NUMBER, _("Un nombre"), _("Combien de personnes travaillent chez vous ?"), ("12",)),
    Way(Kind.TEXT, _("Un texte libre"), _("Que changeriez-vous en premier ?"), (_("Quelques phrases, librement"),)),
    Way(Kind.DATE, _("Une date"), _("Depuis quel jour êtes-vous ici ?"), (_("3 mars 2024"),)),
    Way(Kind.NOTE, _("Quelques mots à lire, sans réponse"), _("« Les questions qui suivent parlent de votre équipe. »")),
)  # fmt: skip
RARER: Final = (
    Way(Kind.NUMBERS, _("Plusieurs nombres"), _("Effectif : femmes, hommes"), ("8", "4"), "rows"),
    Way(Kind.TEXTS, _("Plusieurs textes courts"), _("Vos trois priorités"), (_("Première"), _("Deuxième"), _("Troisième")), "rows"),
    Way(Kind.RANKING, _("Un classement"), _("Qu’est-ce qui compte le plus pour vous ?"), (_("Le salaire"), _("Les horaires"), _("L’équipe")), "answers"),
    Way(Kind.DUAL, _("Des phrases notées deux fois"), _("Aujourd’hui, et l’importance pour vous"), _AGREE, "rows"),
)  # fmt: skip
# What another tool wrote may hold these: nobody can answer them here, or they are not asked at all.
_READ_ONLY: Final = (
    Way(Kind.COMPUTED, _("Un calcul, que personne ne remplit")),
    Way(Kind.FILE, _("Un fichier à joindre")),
    Way(Kind.LANGUAGE, _("Le choix de la langue")),
)
NAMES: Final = {way.kind: way.name for way in (*WAYS, *RARER, *_READ_ONLY)}
ASKS: Final = {way.kind: way.asks for way in (*WAYS, *RARER)}
_OWN: Final = frozenset(cls.kind for cls in ITEM_CLASSES if issubclass(cls, OWN_KINDS))


def ways_of(*, adapted: bool) -> tuple[Way, ...]:
    """What may be added: a structure's own questions are closed ones."""
    return tuple(way for way in (*WAYS, *RARER) if not adapted or way.kind in _OWN)

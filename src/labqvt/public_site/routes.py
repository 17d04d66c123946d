"""« Par quoi commencer ? »: one route for a headcount, with its time, its cost and who will see what.

The bounds are those of docs/decisions/0003-porte-etroite.md: a result needs six answers, breakdowns twenty,
and under twelve people a discussion teaches more than a questionnaire.
"""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

SMALLEST_SURVEYED: Final = 6
DISCUSSION_UNDER: Final = 12
BREAKDOWNS_FROM: Final = 20
LARGEST_SERVED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, how long it takes, and for whom."""

    what: str
    time: str


@dataclass(frozen=True, slots=True)
class Route:
    """What we advise, in the order a busy person asks."""

    title: str
    why: str
    steps: tuple[Step, ...]
    time: str
    cost: str
    who_sees: str
    action: str
    action_url: str
    instead: str = ""
    instead_url: str = ""
    instead_action: str = ""


def route_for(headcount: int) -> Route:
    """The first route to propose to a structure of this size (the director is not counted)."""
    return _discussion(headcount) if headcount < DISCUSSION_UNDER else _survey(headcount)


def _discussion(headcount: int) -> Route:
    if headcount < SMALLEST_SURVEYED:
        instead = _(
            "Un questionnaire n’aurait pas de sens chez vous : sous six réponses, aucun résultat ne peut paraître sans "
            "désigner quelqu’un. Vos réponses peuvent en revanche compter dans une enquête commune à plusieurs structures."
        )
        url = action = ""
    else:
        instead = _(
            "Un questionnaire reste possible : il faudrait au moins six réponses, et les scores seraient arrondis "
            "à cinq points près."
        )
        url, action = reverse("cockpit:home"), _("Préparer tout de même une enquête")
    return Route(
        title=_("Le diagnostic par la discussion"),
        why=_(
            "Dans une équipe de %(headcount)s, on se connaît trop pour qu’un questionnaire protège chacun. Deux heures "
            "d’échange bien préparées en disent davantage, et l’on repart avec une première expérimentation."
        ) % {"headcount": headcount},
        steps=(
            Step(_("Imprimer les six cartes et le guide de réunion"), _("10 minutes")),
            Step(_("Choisir ensemble qui anime : un binôme, direction et équipe"), _("15 minutes")),
            Step(_("Tenir la réunion : dire, noter sans nommer, choisir"), _("2 heures")),
            Step(_("Lancer une expérimentation, puis en reparler"), _("2 à 3 mois")),
        ),
        time=_("Deux heures et demie, en une fois"),
        cost=_("Gratuit, hors temps de réunion"),
        who_sees=_(
            "Ce qui est noté se lit par toutes les personnes présentes, sans le nom de qui l’a dit. "
            "Rien n’est envoyé à quiconque."
        ),
        action=_("Voir et imprimer le kit"),
        action_url=reverse("diagnostics:discussion_kit"),
        instead=instead,
        instead_url=url,
        instead_action=action,
    )  # fmt: skip


def _survey(headcount: int) -> Route:
    if headcount >= BREAKDOWNS_FROM:
        detail = _(
            "Une seule image, celle de toute la structure : des résultats par groupe (métier, ancienneté) ne sont "
            "possibles qu’à partir de vingt réponses, et notre questionnaire ne demande pas le groupe."
        )
    else:
        detail = _(
            "Une seule image, celle de toute la structure : sous vingt réponses, aucun détail par groupe."
        )
    return Route(
        title=_("L’enquête auprès de toute l’équipe"),
        why=_(
            "Dans une équipe de %(headcount)s, un questionnaire court donne une image que personne ne peut contester, la "
            "même pour tout le monde. %(detail)s"
        ) % {"headcount": headcount, "detail": detail},
        steps=(
            Step(_("Préparer la campagne, à deux : direction et équipe"), _("10 minutes")),
            Step(_("Imprimer les codes, les faire tirer au chapeau"), _("15 minutes")),
            Step(_("Répondre, sur un téléphone ou un poste partagé"), _("8 minutes chacun")),
            Step(_("Lire les résultats ensemble, choisir deux expérimentations"), _("1 h 30")),
        ),
        time=_("Trois semaines, dont une demi-journée de votre temps"),
        cost=_("Gratuit"),
        who_sees=_(
            "Personne ne voit une réponse. Un résultat ne paraît que s’il réunit au moins six réponses, à la même heure "
            "pour tout le monde, puis les feuilles sont détruites."
        ),
        action=_("Me connecter et préparer l’enquête"),
        action_url=reverse("cockpit:home"),
        instead=_("Peu de temps, ou un climat tendu ? Le diagnostic par la discussion se tient aussi à votre taille, par équipe."),
        instead_url=reverse("diagnostics:discussion_kit"),
        instead_action=_("Voir le kit de discussion"),
    )  # fmt: skip

"""The three ways in, in words: one sentence to the respondent, the consequences to who chooses."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.rules import PERSONAL_CODES_FROM


@dataclass(frozen=True, slots=True)
class Way:
    """One way in as the preparing screen offers it."""

    id: str
    label: str
    consequences: str
    told: str  # to the respondent, in one sentence


def ways(*, pooled: bool) -> list[Way]:
    """The ways that suit, the safest first."""
    found = [_hat()]
    return [*found, _link()] if pooled else [*found, _personal()]


def told_to_respondents(campaign: Campaign) -> str:
    """The sentence of the way in, the same on the rules, the poster and the first page."""
    return {way.id: way.told for way in (_hat(), _link(), _personal())}[campaign.way_in]


def _hat() -> Way:
    return Way(
        Campaign.WayIn.HAT_CODES,
        _("Codes tirés dans un chapeau"),
        _("Un code imprimé par personne, tiré au sort : personne ne sait qui a lequel. L’enquête est anonyme. "
          "Il faut une imprimante et un moment où l’équipe se croise."),
        _("Vous entrez avec un code imprimé, tiré dans un chapeau tenu par le côté salarié : personne ne sait lequel vous avez."),
    )  # fmt: skip


def _link() -> Way:
    return Way(
        Campaign.WayIn.OPEN_LINK,
        _("Lien ouvert, ou carré à scanner"),
        _("Une seule adresse pour tout le monde, facile à relayer. L’enquête est anonyme, mais une personne peut "
          "répondre plusieurs fois : elle ne donne que le résultat de l’ensemble, jamais celui d’une structure, "
          "et le taux de réponse n’est pas connu."),
        _("Vous entrez par un lien ouvert à tout le monde : il ne donne que des résultats mis en commun, jamais ceux d’une structure."),
    )  # fmt: skip


def _personal() -> Way:
    return Way(
        Campaign.WayIn.PERSONAL_CODES,
        _("Codes personnels par courriel"),
        _("Un code envoyé à chaque adresse, à partir de %(least)s personnes. L’enquête est confidentielle, pas "
          "anonyme : le prestataire de courriel voit passer l’adresse et le code ensemble. Réservez cette voie aux "
          "équipes où chaque personne lit seule sa boîte.") % {"least": PERSONAL_CODES_FROM},
        _("Vous entrez avec un code envoyé à votre adresse : l’enquête est confidentielle, pas anonyme, car le "
          "service de courriel a vu passer l’adresse et le code ensemble."),
    )  # fmt: skip

"""The rules of the game: who asks, who sees what, from how many, until when. Frozen at launch."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.campaigns.models import Campaign, Population
from labqvt.campaigns.sheet_size import sheet_size

OTHERS: Final = 5
INSIDERS: Final = 1
LEAST: Final = OTHERS + INSIDERS
# Under this many people invited, discussion is proposed first (confidentiality: « Ways in »).
DISCUSSION_FIRST_UNDER: Final = 12
PERSONAL_CODES_FROM: Final = 15
# Up to this many expected answers, the order of both tables is shuffled at each submission.
SHUFFLED_UP_TO: Final = 200


def min_group(campaign: Campaign) -> int:
    """From how many answers a result appears: raisable by the installation or the questionnaire, never lowered."""
    return max(LEAST, settings.MIN_GROUP, campaign.version.form.min_group or 0)


def minutes(campaign: Campaign) -> int:
    """How long answering takes, as the questionnaire says or as it is estimated."""
    return int(campaign.version.facts["minutes"])


def frozen(campaign: Campaign, populations: list[Population]) -> dict[str, Any]:
    """What is written down at launch and shown to every respondent before the first question."""
    forms = [campaign.version.form] + ([campaign.mirror.form] if campaign.mirror else [])
    return {
        "min_group": min_group(campaign),
        "others": OTHERS,
        "insiders": INSIDERS,
        "expected": sum(population.headcount for population in populations),
        "structures": len(populations),
        "opens_on": campaign.opens_on.isoformat(),
        "closes_on": campaign.closes_on.isoformat(),
        "way_in": campaign.way_in,
        "keyed_by": campaign.keyed_by,
        "questionnaire": campaign.version.public_id,
        "mirror": campaign.mirror.public_id if campaign.mirror else None,
        "profile": [variable.id for variable in campaign.version.form.answer_variables if variable.profile],
        "minutes": minutes(campaign),
        "sheet_size": sheet_size(*forms),
    }


BREAKDOWNS_FROM: Final = 20
PLAIN_SCORES_FROM: Final = 10
WAVES_FROM: Final = 30


def limits_of(employees: int) -> list[str]:
    """What a survey of this many employees cannot show, said before it is launched."""
    limits = []
    spare = employees - LEAST
    if spare < LEAST:
        limits.append(
            ngettext("Une seule absence, et le résultat tient encore ; deux, et rien ne paraît.",
                     "Il faut au moins six réponses : au-delà de %(spare)s absences, rien ne paraît.", spare) % {"spare": spare}
            if spare else _("Il faut que les six personnes répondent : une seule absence, et rien ne paraît.")
        )  # fmt: skip
    if employees < PLAIN_SCORES_FROM:
        limits.append(
            _(
                "Les scores seront arrondis à 5 points près, et le détail des réponses regroupé en trois classes."
            )
        )
    if employees < BREAKDOWNS_FROM:
        limits.append(
            _("Aucune comparaison entre métiers, sites ou anciennetés : il faudrait vingt réponses.")
        )
    if employees < WAVES_FROM:
        limits.append(_("Une comparaison avec une autre année dira souvent « on ne peut pas conclure »."))
    return limits

"""The rules of the game: who asks, who sees what, from how many, until when. Frozen at launch."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.campaigns.models import AccessCode, Campaign, Population, TrustedKey
from labqvt.campaigns.profile import asked_form
from labqvt.campaigns.sheet_size import sheet_size
from labqvt.instruments.free_texts import text_keys
from labqvt.instruments.queries import easier_of

OTHERS: Final = 5
INSIDERS: Final = 1
LEAST: Final = OTHERS + INSIDERS
# Under this many people invited, discussion is proposed first (confidentiality: « Ways in »).
DISCUSSION_FIRST_UNDER: Final = 12
PERSONAL_CODES_FROM: Final = 15
# Up to this many expected answers, the order of both tables is shuffled at each submission.
SHUFFLED_UP_TO: Final = 200
# Sheets that nobody could open, its key lost or never brought, are destroyed unread after this long.
KEPT_AT_MOST: Final = timedelta(days=30)


def keep_until(closed_on: date) -> date:
    """The last day closed envelopes may wait to be opened."""
    return closed_on + KEPT_AT_MOST


def trusted_key_of(campaign: Campaign) -> TrustedKey | None:
    """The key a person holds, or None when the server keeps its own in a file."""
    return TrustedKey.objects.filter(campaign=campaign).first()


def min_group(campaign: Campaign) -> int:
    """From how many answers a result appears: raisable by the installation, the questionnaire or the pair, never lowered."""
    return max(LEAST, settings.MIN_GROUP, campaign.version.form.min_group or 0, campaign.least)


def minutes(campaign: Campaign) -> int:
    """How long answering takes, as the questionnaire says or as it is estimated."""
    return int(campaign.version.facts["minutes"])


def frozen(campaign: Campaign, populations: list[Population], *, reader: str = "") -> dict[str, Any]:
    """What is written down at launch and shown to every respondent before the first question.

    ``reader`` is the function of the person who reads free texts, when one was chosen.
    """
    plain = [campaign.version, *([campaign.mirror] if campaign.mirror else [])]
    easier = {version: one for version in plain if (one := easier_of(version)) is not None}
    forms = [
        *(campaign.form_for(audience) for audience in AccessCode.Audience),
        *(asked_form(one.form, campaign.profile_plan) for one in easier.values()),
    ]
    key = trusted_key_of(campaign)
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
        # The same questions in easy words, wording by wording: an answer to one is an answer to the other.
        "easy": {version.public_id: one.public_id for version, one in easier.items()},
        "profile": [question.as_json() for question in campaign.profile_plan],
        "key": {"side": key.side, "held_by": key.held_by} if key else None,
        "follows": campaign.follows.public_id if campaign.follows else None,
        "kept_until": keep_until(campaign.closes_on).isoformat(),
        "minutes": minutes(campaign),
        "sheet_size": sheet_size(*forms),
        "texts": text_plan(campaign, reader),
        "analysis_days": campaign.analysis_days if campaign.is_pooled else 0,
    }


# How long a network may compare other groups of structures, once its results are out; zero: everything is destroyed.
ANALYSIS_DAYS: Final = (0, 30, 90)


def analysis_days_of(campaign: Campaign) -> int:
    """As frozen once launched, as prepared before."""
    if campaign.is_draft:
        return campaign.analysis_days if campaign.is_pooled else 0
    return int(campaign.parameters.get("analysis_days", 0))


# Free texts are read from this many answers of the team, and shown from this many of them to one question.
TEXTS_FROM: Final = 10
TEXTS_SHOWN_FROM: Final = 3
READING_DAYS: Final = 21
REVIEW_DAYS: Final = 7


def asks_for_texts(campaign: Campaign) -> bool:
    return bool(_text_keys(campaign))


def _text_keys(campaign: Campaign) -> tuple[str, ...]:
    """Of the questionnaire as this campaign asks it: no free words beside a profile question."""
    return text_keys(campaign.form_for(AccessCode.Audience.EMPLOYEES))


def text_plan(campaign: Campaign, reader: str) -> dict[str, Any] | None:
    """What becomes of free texts, ``reader`` being the function of who reads them; None: they are destroyed unread."""
    if not reader or not asks_for_texts(campaign):
        return None
    least = min_group(campaign)
    return {
        "reader": reader,
        "questions": list(_text_keys(campaign)),
        "from": max(TEXTS_FROM, least),
        "shown_from": TEXTS_SHOWN_FROM,
        "named_from": least,
        "reading_days": READING_DAYS,
        "review_days": REVIEW_DAYS,
    }


BREAKDOWNS_FROM: Final = 20
PLAIN_SCORES_FROM: Final = 10
WAVES_FROM: Final = 30
BETWEEN_WAVES: Final = timedelta(days=90)


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

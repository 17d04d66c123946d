"""Coming in by an open link: nothing is spent, so each page that enters draws a token that serves once.

The token travels in the page, encrypted; only its digest is kept, when its sheet is, in a table of digests that
nothing orders. The same page sent twice, from two tabs or after a lost reply, is kept once. Someone who opens the
link again draws another token: an open link counts on good faith, and its results say so.
"""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from labqvt.campaigns import links
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.ways_models import OpenLink, SpentEntry
from labqvt.foundation.wrong_tries import WrongTries
from labqvt.people.models import Organisation
from labqvt.responses.refusals import CodeRefused, Refusal

SENDS_AN_HOUR: Final = 30  # a whole break room may share one address
sends: Final = WrongTries(SENDS_AN_HOUR)


@dataclass(frozen=True, slots=True)
class LinkEntry:
    """One entry by the link, as the pages of the questionnaire need it."""

    campaign: Campaign
    once: str
    structure: str = ""  # public id, or nothing when the person does not say
    audience: str = AccessCode.Audience.EMPLOYEES


def new_token() -> str:
    return secrets.token_hex(16)


def admit_by_link(*, word: str, once: str, structure: str = "", today: date | None = None) -> LinkEntry:
    """The entry, if its campaign takes answers today; ``CodeRefused`` otherwise. Nothing is written."""
    campaign, _relay = links.campaign_behind(word)
    if campaign is None or not campaign.is_by_link:
        raise CodeRefused(Refusal.UNKNOWN)
    if not campaign.is_open or (today or timezone.localdate()) > campaign.closes_on:
        raise CodeRefused(Refusal.CLOSED, campaign)
    if not campaign.takes_answers(today):
        raise CodeRefused(Refusal.NOT_YET, campaign)
    return LinkEntry(campaign, once, structure)


def hold(word: str) -> None:
    """Wait for the opening of the envelopes, and make it wait: called first in the transaction of an answer."""
    list(OpenLink.objects.select_for_update().filter(word=word).values_list("pk"))


def spend(entry: LinkEntry) -> None:
    """The unique digest decides which of two simultaneous sends is the one."""
    try:
        with transaction.atomic():
            SpentEntry.objects.create(campaign=entry.campaign, digest=links.digest_of_entry(entry.once))
    except IntegrityError as error:
        raise CodeRefused(Refusal.USED, entry.campaign) from error


def structures_offered(campaign: Campaign) -> list[Organisation]:
    return [row.organisation for row in campaign.populations.select_related("organisation")]

"""The intake: one transaction spends the code and keeps the sealed sheet, or does neither."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from labqvt.campaigns.codes import digest_of, normalised
from labqvt.campaigns.dealing import wait_in_turn
from labqvt.campaigns.links import entries_of
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.queries import is_small
from labqvt.campaigns.rules import SHUFFLED_UP_TO
from labqvt.foundation import sealed
from labqvt.responses import entrance, shuffling
from labqvt.responses.asked import launched, population_of
from labqvt.responses.envelope import seal
from labqvt.responses.models import SealedSheet
from labqvt.responses.refusals import CodeRefused, Refusal

__all__ = ["CodeRefused", "Refusal", "admit", "submit", "submit_by_link"]

Answers = Mapping[str, str | list[str]]


# Asked at every page, and written by hand for that: composing it costs ten times its execution. It reads the code
# and all that may change between two pages; the rest of a launched campaign is frozen (asked.launched).
_ADMISSION: Final = (
    "SELECT code.id, code.population_id, code.audience, code.spent, "
    "campaign.public_id, campaign.status, campaign.opens_on, campaign.closes_on "
    "FROM campaigns_accesscode AS code JOIN campaigns_campaign AS campaign ON campaign.id = code.campaign_id "
    "WHERE code.digest = %s"
)


def admit(*, code: str, today: date | None = None) -> AccessCode:
    """The code, if it opens a questionnaire today; ``CodeRefused`` otherwise. Nothing is written."""
    typed = normalised(code)
    found = _known(digest_of(typed)) if typed else None
    if found is None:
        raise CodeRefused(Refusal.UNKNOWN)
    campaign = found.campaign
    if not campaign.is_open or (today or timezone.localdate()) > campaign.closes_on:
        raise CodeRefused(Refusal.CLOSED, campaign, spent=found.spent)
    if not campaign.takes_answers(today):
        raise CodeRefused(Refusal.NOT_YET, campaign)
    if found.spent:
        raise CodeRefused(Refusal.USED, campaign, spent=True)
    return found


def _known(digest: str) -> AccessCode | None:
    with connection.cursor() as cursor:
        cursor.execute(_ADMISSION, [digest])
        row = cursor.fetchone()
    if row is None:
        return None
    number, population, audience, spent, public_id, *state = row
    campaign = launched(public_id, *state, int(time.monotonic()) // 60)
    return AccessCode(
        pk=number, campaign=campaign, population=population_of(public_id, population),
        audience=audience, spent=bool(spent), digest=digest,
    )  # fmt: skip


def submit(*, code: str, answers: Answers, today: date | None = None) -> Campaign:
    """Spend the code and keep the sheet. Sent twice, from two tabs or after a lost reply, it is kept once."""
    with transaction.atomic():
        access = admit(code=code, today=today)
        if is_small(access.campaign) and connection.features.has_select_for_update:
            wait_in_turn(access.campaign)
            access = admit(code=code, today=today)  # the answer before dealt it again, under another key
        while not _spent_now(access):
            # Dealt again meanwhile: this finds where it now is, and refuses one that has served.
            access = admit(code=code, today=today)
        _keep(access.campaign, access.audience, access.population.organisation.public_id, answers)
        if is_small(access.campaign):
            _shuffle(access.campaign)
    if is_small(access.campaign):
        shuffling.forget_history()
    return access.campaign


def submit_by_link(
    *, word: str, once: str, structure: str, answers: Answers, today: date | None = None
) -> Campaign:
    """Keep the sheet of an entry by the open link, once per page that entered. The structure goes in the sheet alone."""
    with transaction.atomic():
        entrance.hold(word)
        entry = entrance.admit_by_link(word=word, once=once, structure=structure, today=today)
        campaign = entry.campaign
        entrance.spend(entry)
        _keep(campaign, entry.audience, entry.structure, answers)
        small = entries_of(campaign) <= SHUFFLED_UP_TO
        if small:
            _shuffle(campaign)
    if small:
        shuffling.forget_history()
    return campaign


def _spent_now(access: AccessCode) -> bool:
    """The UPDATE decides which of two simultaneous sends is the one."""
    return bool(AccessCode.objects.filter(pk=access.pk, spent=False).update(spent=True))


def _keep(campaign: Campaign, audience: str, structure: str, answers: Answers) -> None:
    content: dict[str, Any] = {"audience": audience, "structure": structure, "answers": dict(answers)}
    blob = seal(campaign.public_key, content, int(campaign.parameters["sheet_size"]))
    with sealed.opened("intake"):
        SealedSheet(campaign=campaign, ciphertext=blob).save(force_insert=True)


def _shuffle(campaign: Campaign) -> None:
    with sealed.opened("intake"):
        shuffling.shuffle(campaign.pk, by_link=campaign.is_by_link)

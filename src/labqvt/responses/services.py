"""The intake: one transaction spends the code and keeps the sealed sheet, or does neither."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from labqvt.campaigns.codes import digest_of, normalised
from labqvt.campaigns.links import entries_of
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.queries import is_small
from labqvt.campaigns.rules import SHUFFLED_UP_TO
from labqvt.foundation import sealed
from labqvt.responses import entrance, shuffling
from labqvt.responses.envelope import seal
from labqvt.responses.models import SealedSheet
from labqvt.responses.refusals import CodeRefused, Refusal

__all__ = ["CodeRefused", "Refusal", "admit", "submit", "submit_by_link"]

Answers = Mapping[str, str | list[str]]


def admit(*, code: str, today: date | None = None) -> AccessCode:
    """The code, if it opens a questionnaire today; ``CodeRefused`` otherwise. Nothing is written."""
    digest = digest_of(normalised(code)) if normalised(code) else ""
    found = (
        AccessCode.objects.select_related(
            "campaign__organisation", "campaign__version", "campaign__mirror", "population__organisation"
        )
        # The wording is read once a process (asked.form_of): it is most of the row.
        .defer("campaign__version__content", "campaign__mirror__content")
        .filter(digest=digest)
        .order_by()
        .first()
    )
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


def submit(*, code: str, answers: Answers, today: date | None = None) -> Campaign:
    """Spend the code and keep the sheet. Sent twice, from two tabs or after a lost reply, it is kept once."""
    with transaction.atomic():
        access = admit(code=code, today=today)
        _spend(access)
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


def _spend(access: AccessCode) -> None:
    """The UPDATE decides which of two simultaneous sends is the one."""
    if not AccessCode.objects.filter(pk=access.pk, spent=False).update(spent=True):
        raise CodeRefused(Refusal.USED, access.campaign, spent=True)


def _keep(campaign: Campaign, audience: str, structure: str, answers: Answers) -> None:
    content: dict[str, Any] = {"audience": audience, "structure": structure, "answers": dict(answers)}
    blob = seal(campaign.public_key, content, int(campaign.parameters["sheet_size"]))
    with sealed.opened("intake"):
        SealedSheet(campaign=campaign, ciphertext=blob).save(force_insert=True)


def _shuffle(campaign: Campaign) -> None:
    with sealed.opened("intake"):
        shuffling.shuffle(campaign.pk, by_link=campaign.is_by_link)

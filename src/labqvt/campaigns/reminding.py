"""Reminders: to everyone, never more than twice a week, on days proposed from the dates of the campaign."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import posting, ways_policy, wording
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.posting import Fate
from labqvt.campaigns.ways_models import InvitedAddress, Reminder
from labqvt.campaigns.ways_policy import REMINDERS_A_WEEK, WEEK
from labqvt.foundation import jobs, journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account

FIRST_DAYS: Final = (3, 5)
BEFORE_THE_END: Final = 2


def suggested_days(opens_on: date, closes_on: date) -> list[date]:
    """D+3, D+5, then once a week, and two days before the end; never at a weekend, nor more than two in seven days.

    >>> [day.day for day in suggested_days(date(2026, 3, 1), date(2026, 3, 20))]
    [4, 6, 13, 18]
    """
    kept: list[date] = []
    for wished in _wished(opens_on, closes_on):
        day = _on_a_weekday(wished, closes_on)
        crowded = sum(day - WEEK < other < day + WEEK for other in kept) >= REMINDERS_A_WEEK
        if opens_on < day <= closes_on and day not in kept and not crowded:
            kept.append(day)
    return sorted(kept)


def _wished(opens_on: date, closes_on: date) -> Iterator[date]:
    """The days one would choose, the most useful first."""
    yield from (opens_on + timedelta(days=days) for days in FIRST_DAYS)
    if closes_on - timedelta(days=BEFORE_THE_END) > opens_on:
        yield closes_on - timedelta(days=BEFORE_THE_END)
    week = opens_on + timedelta(days=FIRST_DAYS[-1]) + WEEK
    while week < closes_on:
        yield week
        week += WEEK


def _on_a_weekday(day: date, closes_on: date) -> date:
    """Nobody reads a reminder on a Sunday: the Monday after or, when that is too late, the Friday before."""
    past_friday = day.weekday() - 4
    if past_friday <= 0:
        return day
    monday = day + timedelta(days=3 - past_friday)
    return monday if monday < closes_on else day - timedelta(days=past_friday)


@transaction.atomic
def remind(
    *, campaign: Campaign, way: str, by: Account, address: str = "", today: date | None = None
) -> Reminder:
    """Write down a reminder to everyone; by mail, ask for it to leave."""
    today = today or timezone.localdate()
    by_mail = way == Reminder.By.MAIL
    verdict = ways_policy.may_remind_by_mail if by_mail else ways_policy.may_remind
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two at once would be three in a week
    require(verdict(by, campaign, today))
    reminder = Reminder(campaign=campaign, way=way, on=today, by=by)
    reminder.full_clean()
    reminder.save()
    journal.record(
        act="campaigns.remind", by=by, on=campaign, way=reminder.get_way_display(),
        sentence=gettext_noop("Rappel à tout le monde : %(way)s"),
        undo=None if by_mail else ("campaigns.forget_reminder", {"campaign": campaign.public_id, "reminder": reminder.public_id}),
    )  # fmt: skip
    if by_mail:
        jobs.enqueue(
            "campaigns.send_reminder",
            title=_("Rappel de « %(title)s »") % {"title": campaign.title},
            by=by,
            subject=f"reminder:{reminder.public_id}",
            reminder=reminder.public_id,
            address=address,
        )
    return reminder


@transaction.atomic
def forget_reminder(*, campaign: Campaign, reminder: str, by: Account) -> None:
    """Noted by mistake. One that left by mail stays: it did leave."""
    require(ways_policy.may_keep_relays(by, campaign))
    Reminder.objects.filter(campaign=campaign, public_id=reminder).exclude(way=Reminder.By.MAIL).delete()


def deliver_reminder(reminder: Reminder, address: str, progress: Any = None) -> dict[str, int]:
    """To each address whose code left, whoever answered. Run again after a crash, it goes on where it stopped."""
    campaign = reminder.campaign
    lines = InvitedAddress.objects.filter(campaign=campaign, state=InvitedAddress.State.SENT)
    waiting = list(lines.exclude(last_reminder__gte=reminder.pk))
    if not campaign.is_open or not waiting:
        return {"sent": 0}
    connection = posting.opened_mail()
    message = wording.reminder(campaign, address)
    sent = 0
    try:
        for rank, line in enumerate(waiting):
            told = posting.hand_over(connection, line.address, message)
            # A reminder received twice does no harm; one never received does: only « later » is tried again.
            changes: dict[str, Any] = {} if told.fate is Fate.LATER else {"last_reminder": reminder.pk}
            if told.fate is Fate.REFUSED:
                changes |= {"state": InvitedAddress.State.BOUNCED, "why": told.why}
            if changes:
                InvitedAddress.objects.filter(pk=line.pk).update(**changes)
            sent += told.fate is Fate.LEFT
            if progress is not None:
                progress(100 * (rank + 1) // len(waiting))
    finally:
        connection.close()
    if lines.exclude(last_reminder__gte=reminder.pk).exists():
        raise posting.MailDownError(
            _("Le serveur de courriel demande de revenir plus tard : l’envoi sera repris.")
        )
    return {"sent": sent}

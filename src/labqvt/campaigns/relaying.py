"""Relays: who passes the invitation on, with which link, when, to how many, and about how many openings came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from labqvt.campaigns import links, ways_policy
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways_models import Relay, RelaySending
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account

# Under this many, a count by fives drawn one time in five says nothing, and could point at someone.
SHOWN_FROM: Final = 20


@dataclass(frozen=True, slots=True)
class Followed:
    """One relay as its page shows it."""

    relay: Relay
    sendings: Sequence[RelaySending]
    reached: int
    about: int | None  # openings before today; None under the least shown
    days: Sequence[tuple[date, int]]  # days whose own count is shown


def followed(campaign: Campaign, today: date | None = None) -> list[Followed]:
    """Every relay with what came of it until yesterday: a count of the day would say who just came."""
    today = today or timezone.localdate()
    relays = campaign.relays.prefetch_related("sendings__by", "openings")
    return [_followed(relay, today) for relay in relays]


def _followed(relay: Relay, today: date) -> Followed:
    days = [(row.day, row.about) for row in relay.openings.all() if row.day < today]
    total = sum(about for _day, about in days)
    return Followed(
        relay=relay,
        sendings=list(relay.sendings.all()),
        reached=sum(sending.reached or 0 for sending in relay.sendings.all()),
        about=total if total >= SHOWN_FROM else None,
        days=[(day, about) for day, about in days if about >= SHOWN_FROM],
    )


@transaction.atomic
def add_relay(*, campaign: Campaign, name: str, by: Account) -> Relay:
    """A partner and the word of its own link."""
    require(ways_policy.may_keep_relays(by, campaign))
    relay = Relay(campaign=campaign, name=name.strip(), word=links.new_word())
    relay.full_clean()
    relay.save()
    journal.record(
        act="campaigns.add_relay", by=by, on=campaign, name=relay.name, sentence=gettext_noop("Relais ajouté : %(name)s"),
        undo=("campaigns.remove_relay", {"relay": relay.public_id}),
    )  # fmt: skip
    return relay


@transaction.atomic
def remove_relay(*, relay: Relay, by: Account) -> None:
    """Take a relay out, its counts and its journal of sendings with it. Undoing gives the same word back."""
    campaign = relay.campaign
    require(ways_policy.may_keep_relays(by, campaign))
    sendings = [{"kind": s.kind, "on": s.on.isoformat(), "reached": s.reached} for s in relay.sendings.all()]
    again = {"campaign": campaign.public_id, "name": relay.name, "word": relay.word, "sendings": sendings}
    relay.delete()
    journal.record(
        act="campaigns.remove_relay", by=by, on=campaign, name=again["name"], sentence=gettext_noop("Relais retiré : %(name)s"),
        undo=("campaigns.restore_relay", again),
    )  # fmt: skip


@transaction.atomic
def restore_relay(
    *, campaign: Campaign, name: str, word: str, sendings: Sequence[dict[str, object]], by: Account
) -> Relay:
    """Put a relay back with its link and its sendings. What was counted of it is gone."""
    require(ways_policy.may_keep_relays(by, campaign))
    relay = Relay.objects.create(campaign=campaign, name=name, word=word)
    for sending in sendings:
        RelaySending.objects.create(
            relay=relay, by=by, kind=sending["kind"], on=date.fromisoformat(str(sending["on"])), reached=sending["reached"]
        )  # fmt: skip
    return relay


@transaction.atomic
def record_sending(
    *, relay: Relay, kind: str, by: Account, on: date | None = None, reached: int | None = None
) -> RelaySending:
    """A relay passed the message on, or was chased: when, to how many, by whom."""
    require(ways_policy.may_keep_relays(by, relay.campaign))
    sending = RelaySending(relay=relay, kind=kind, on=on or timezone.localdate(), reached=reached, by=by)
    sending.full_clean()
    sending.save()
    journal.record(
        act="campaigns.record_sending", by=by, on=relay.campaign, name=relay.name, what=sending.get_kind_display(),
        sentence=gettext_noop("%(name)s %(what)s"),
        undo=("campaigns.remove_sending", {"sending": sending.public_id}),
    )  # fmt: skip
    return sending


@transaction.atomic
def remove_sending(*, sending: RelaySending, by: Account) -> None:
    require(ways_policy.may_keep_relays(by, sending.relay.campaign))
    sending.delete()

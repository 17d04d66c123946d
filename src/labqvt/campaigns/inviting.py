"""Personal codes by e-mail: addresses on one side, codes on the other, tied in the message alone.

A code is drawn at random in memory when its message leaves, and kept by its digest among all the others of the
campaign, dealt again. The line of the address says « sent », never which code. Whoever kills the process between
two messages loses the codes that had not left, which nobody had seen: the next run draws others. A message cut in
the middle is not sent twice (two codes would answer twice): its line says so, and a person decides
(docs/decisions/0020-voies-d-entree.md).
"""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import codes, posting, ways_policy, wording
from labqvt.campaigns.addresses import tidy
from labqvt.campaigns.bounces import Bounce
from labqvt.campaigns.dealing import deal_again
from labqvt.campaigns.models import AccessCode, Campaign, Population
from labqvt.campaigns.posting import Fate
from labqvt.campaigns.ways_models import InvitedAddress
from labqvt.foundation import jobs, journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account

State = InvitedAddress.State


@transaction.atomic
def add_addresses(
    *,
    campaign: Campaign,
    by: Account,
    addresses: Sequence[str],
    audience: str = AccessCode.Audience.EMPLOYEES,
) -> int:
    """Add those not there yet, as many as the headcount at most. Returns how many were added."""
    require(ways_policy.may_hold_addresses(by, campaign))
    lines = InvitedAddress.objects.select_for_update().filter(campaign=campaign)
    known = set(lines.values_list("address", flat=True))
    new = [address for address in dict.fromkeys(map(tidy, addresses)) if address and address not in known]
    room = _invited(campaign, audience) - lines.filter(audience=audience).count()
    if len(new) > room:
        raise ValidationError(
            _("Il y a %(n)s adresses nouvelles, et de la place pour %(room)s : un code par personne invitée, pas un de plus. "
              "Corrigez la liste, ou l’effectif avant le lancement.") % {"n": len(new), "room": max(room, 0)}
        )  # fmt: skip
    made = InvitedAddress.objects.bulk_create(
        InvitedAddress(campaign=campaign, audience=audience, address=address) for address in new
    )
    if made:
        journal.record(
            act="campaigns.add_addresses", by=by, on=campaign, n=len(made), sentence=gettext_noop("Adresses ajoutées : %(n)s"),
            undo=("campaigns.remove_addresses", {"campaign": campaign.public_id, "lines": [line.pk for line in made]}),
        )  # fmt: skip
    return len(made)


def _invited(campaign: Campaign, audience: str) -> int:
    direction = audience == AccessCode.Audience.DIRECTION
    return sum(p.direction_members if direction else p.employees for p in campaign.populations.all())


@transaction.atomic
def remove_addresses(*, campaign: Campaign, by: Account, lines: Iterable[int] | None = None) -> int:
    """Take out the lines whose code has not left: all of them, or those asked for."""
    require(ways_policy.may_hold_addresses(by, campaign))
    waiting = InvitedAddress.objects.filter(campaign=campaign, state=State.WAITING, replaced=0)
    if lines is not None:
        waiting = waiting.filter(pk__in=list(lines))
    removed, _rows = waiting.delete()
    if removed:
        # Nothing undoes it: the addresses are gone, and the journal must not keep them.
        journal.record(
            act="campaigns.remove_addresses", by=by, on=campaign, n=removed,
            sentence=gettext_noop("Adresses retirées : %(n)s"),
        )  # fmt: skip
    return removed


@transaction.atomic
def send_codes(*, campaign: Campaign, by: Account, address: str) -> None:
    """Ask for a code to leave for each waiting address. ``address``: that of the page where codes are written."""
    require(ways_policy.may_send_codes(by, campaign))
    waiting = InvitedAddress.objects.filter(campaign=campaign, state=State.WAITING).count()
    journal.record(
        act="campaigns.send_codes", by=by, on=campaign, n=waiting, sentence=gettext_noop("Envoi des codes demandé : %(n)s adresses"),
    )  # fmt: skip
    jobs.enqueue(
        "campaigns.send_codes",
        title=_("Envoi des codes de « %(title)s »") % {"title": campaign.title},
        by=by,
        subject=f"codes:{campaign.public_id}",
        campaign=campaign.public_id,
        address=address,
    )


def deliver_codes(campaign: Campaign, address: str, progress: Any = None) -> dict[str, int]:
    """Draw, keep the digests, send, line by line in random order. Safe to run again after a crash."""
    lines = list(InvitedAddress.objects.filter(campaign=campaign, state=State.WAITING))
    if not campaign.is_open or not lines:
        return {"sent": 0}
    connection = posting.opened_mail()
    secrets.SystemRandom().shuffle(lines)
    drawn = [codes.drawn_at_random() for _line in lines]
    _keep_digests(campaign, lines, drawn)
    sent, unseen = 0, []
    try:
        for rank, (line, code) in enumerate(zip(lines, drawn, strict=True)):
            fate = _deliver(connection, campaign, line, code, address)
            sent += fate is Fate.LEFT
            if fate in {Fate.REFUSED, Fate.LATER, None}:
                unseen.append(code)
            if progress is not None:
                progress(100 * (rank + 1) // len(lines))
    finally:
        connection.close()
    _forget_digests(campaign, unseen)
    if InvitedAddress.objects.filter(campaign=campaign, state=State.WAITING).exists():
        raise posting.MailDownError(
            _("Le serveur de courriel demande de revenir plus tard : l’envoi sera repris.")
        )
    return {"sent": sent}


def _deliver(
    connection: Any, campaign: Campaign, line: InvitedAddress, code: str, address: str
) -> Fate | None:
    row = InvitedAddress.objects.filter(pk=line.pk)
    if not row.filter(state=State.WAITING).update(state=State.LEAVING):
        return None  # another run took it, or it was removed
    message = wording.invitation(campaign, address, code)
    told = posting.hand_over(connection, line.address, message, code=code)
    after = {
        Fate.LEFT: State.SENT,
        Fate.REFUSED: State.BOUNCED,
        Fate.LATER: State.WAITING,
        Fate.UNKNOWN: State.LEAVING,
    }[told.fate]
    row.update(state=after, why=told.why)
    return told.fate


@transaction.atomic
def _keep_digests(campaign: Campaign, lines: Sequence[InvitedAddress], drawn: Sequence[str]) -> None:
    population = Population.objects.get(campaign=campaign)
    new = [
        AccessCode(
            campaign=campaign, population=population, audience=line.audience, digest=codes.digest_of(code)
        )
        for line, code in zip(lines, drawn, strict=True)
    ]
    deal_again(campaign, new)


@transaction.atomic
def _forget_digests(campaign: Campaign, unseen: Sequence[str]) -> None:
    """Codes that nobody saw open nothing."""
    if unseen:
        deal_again(campaign, without=frozenset(map(codes.digest_of, unseen)))


# What comes back


@transaction.atomic
def record_bounces(*, campaign: Campaign, bounces: Iterable[Bounce]) -> int:
    """Mark the lines whose message came back, and cancel the codes that came back with them."""
    marked, returned = 0, set()
    for bounce in bounces:
        marked += InvitedAddress.objects.filter(
            campaign=campaign, address=bounce.address, state__in=[State.SENT, State.LEAVING]
        ).update(state=State.BOUNCED, why=bounce.why)
        if bounce.code:
            returned.add(codes.digest_of(bounce.code))
    if returned:
        deal_again(campaign, without=frozenset(returned))
    return marked


@transaction.atomic
def take_reports(*, campaign: Campaign, by: Account, bounces: Sequence[Bounce]) -> int:
    """What a person of the pair read in the returned messages."""
    require(ways_policy.may_hold_addresses(by, campaign))
    marked = record_bounces(campaign=campaign, bounces=bounces)
    if marked:
        journal.record(
            act="campaigns.record_bounces", by=by, on=campaign, n=marked, sentence=gettext_noop("Messages revenus : %(n)s"),
        )  # fmt: skip
    return marked


@transaction.atomic
def mark_bounced(*, campaign: Campaign, line: InvitedAddress, why: str, by: Account) -> None:
    """A message came back to a person, who says so by hand."""
    require(ways_policy.may_hold_addresses(by, campaign))
    before = line.state
    row = InvitedAddress.objects.filter(pk=line.pk, campaign=campaign, state__in=[State.SENT, State.LEAVING])
    if row.update(state=State.BOUNCED, why=why):
        journal.record(
            act="campaigns.mark_bounced", by=by, on=campaign, sentence=gettext_noop("Un message est noté comme revenu"),
            undo=("campaigns.unmark_bounced", {"campaign": campaign.public_id, "line": line.pk, "state": before}),
        )  # fmt: skip


@transaction.atomic
def unmark_bounced(*, campaign: Campaign, line: InvitedAddress, state: str, by: Account) -> None:
    require(ways_policy.may_hold_addresses(by, campaign))
    InvitedAddress.objects.filter(pk=line.pk, state=State.BOUNCED).update(state=state, why="")


@transaction.atomic
def send_again(*, campaign: Campaign, line: InvitedAddress, address: str, by: Account) -> None:
    """Give a line another address, and soon a code nobody has seen. The former one cannot be named, nor found."""
    line = InvitedAddress.objects.select_for_update().get(pk=line.pk, campaign=campaign)
    require(ways_policy.may_send_again(by, line, campaign))
    tidied = tidy(address)
    if not tidied:
        raise ValidationError({"address": _("Ce n’est pas une adresse électronique.")})
    if InvitedAddress.objects.filter(campaign=campaign, address=tidied).exclude(pk=line.pk).exists():
        raise ValidationError({"address": _("Cette adresse est déjà dans la liste : elle a son code.")})
    InvitedAddress.objects.filter(pk=line.pk).update(
        address=tidied, state=State.WAITING, why="", replaced=F("replaced") + 1
    )
    journal.record(
        act="campaigns.send_again", by=by, on=campaign,
        sentence=gettext_noop("Un code de plus est demandé, pour un message revenu ou un envoi interrompu"),
    )  # fmt: skip


def codes_sent_again(campaign: Campaign) -> int:
    """Codes that left beyond one per line: as many answers could be one person's second."""
    return InvitedAddress.objects.filter(campaign=campaign).aggregate(n=Sum("replaced"))["n"] or 0

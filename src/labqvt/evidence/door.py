"""The narrow door: opens the envelopes of one campaign, once, and destroys them in the same act.

Sheets are decrypted in memory and everything that takes time is computed there, while the rest of the tool goes on
writing. Then, in one transaction, what is written is the release, displayed values only, and, when a reader was
chosen at launch, the free texts one by one, out of their sheet (``kept_texts``). Either everything is
done (release kept, sheets and codes deleted, destruction journalled) or nothing is: a crash leaves the
envelopes closed and the job starts again. The key file goes last, once the deletion is sure.
"""

from datetime import timedelta
from random import SystemRandom
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import keys
from labqvt.campaigns.dealing import wait_in_turn
from labqvt.campaigns.holding_key import record_use
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.queries import with_everything
from labqvt.campaigns.services import record_release
from labqvt.campaigns.ways_models import OpenLink, SpentEntry
from labqvt.evidence import kept_texts, snapshots
from labqvt.evidence.displays import Sheet
from labqvt.evidence.gate import Said
from labqvt.evidence.models import (
    Analysis,
    Destruction,
    RegionalEdition,
    Release,
    StructureRelease,
    TextReading,
)
from labqvt.evidence.preparing import Prepared, prepare
from labqvt.foundation import jobs, journal
from labqvt.foundation.sealed import opened
from labqvt.responses.envelope import EnvelopeError, seal, unseal
from labqvt.responses.models import SealedSheet


class KeyAwaitedError(RuntimeError):
    """The key of this campaign is held by a person who has not brought it yet."""


def open_envelopes(public_id: str, said: Said = lambda _share: None) -> Release:
    """Release the results of a closed campaign and destroy its answers. Safe to run again at any point.

    ``said`` is told the share done, from 0 to 1.
    """
    campaign = with_everything(public_id)
    release = Release.objects.filter(campaign=campaign).first()
    if release is None:
        if keys.await_a_person(campaign):
            raise KeyAwaitedError(public_id)
        release = _released(campaign, said)
    _destroy_key(campaign)
    return release


@transaction.atomic
def hand_over(*, campaign: Campaign, private_key: bytes, by: Any) -> None:
    """Open with the key a person just typed, close again at once under a fresh key of ours, and ask for the results.

    The key typed lives for the length of this call. What takes long, and may be started again, then needs nobody.
    """
    campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
    if campaign.status != Campaign.Status.CLOSED or not keys.await_a_person(campaign):
        raise PermissionDenied(_("Ces enveloppes ne se confient qu’une fois, après la clôture."))
    _wait_for_last_answers(campaign)
    blobs = list(_rows(campaign).values())
    public_key = keys.make_for_opening(campaign)
    size = int(campaign.parameters["sheet_size"])
    closed_again = [_closed_again(private_key, blob, public_key, size) for blob in blobs]
    SystemRandom().shuffle(closed_again)
    with opened("door"):
        SealedSheet.objects.filter(campaign=campaign).delete()
        SealedSheet.objects.bulk_create(
            SealedSheet(campaign=campaign, ciphertext=blob) for blob in closed_again
        )
    campaign.public_key = public_key
    campaign.save(update_fields=["public_key"])
    record_use(campaign=campaign, by=by)
    ask_for_release(campaign)


def _closed_again(private_key: bytes, blob: bytes, public_key: str, size: int) -> bytes:
    """The same sheet under another key; one that does not open stays as it is, to be counted as unreadable."""
    try:
        return seal(public_key, unseal(private_key, blob), size)
    except EnvelopeError:
        return blob


def destroy_unopened(campaign: Campaign) -> Release | None:
    """The day announced has passed and nobody brought the key: destroy unread. Safe to run again."""
    with transaction.atomic():
        campaign = Campaign.objects.select_for_update(of=("self",), no_key=True).get(pk=campaign.pk)
        if campaign.status != Campaign.Status.CLOSED or Release.objects.filter(campaign=campaign).exists():
            return None
        release = Release.objects.create(campaign=campaign, shown=False, content={}, certificate={})
        _destroy(campaign, Destruction.Rule.UNOPENED)
        record_release(campaign=campaign, shown=False)
        _follow_up(campaign)
    _destroy_key(campaign)
    return release


def destroy_keys_left() -> int:
    """Destroy the keys of released campaigns that a crash left after the deletion of their sheets."""
    left = [campaign for campaign in Campaign.objects.exclude(release=None) if keys.exist(campaign)]
    for campaign in left:
        _destroy_key(campaign)
    return len(left)


def _destroy_key(campaign: Campaign) -> None:
    """The file last, and the day it went on the certificate."""
    keys.destroy(campaign)
    Destruction.objects.filter(campaign=campaign, key_at=None).update(key_at=timezone.now())


def ask_for_release(campaign: Campaign) -> None:
    """Ask for what closing asked for, as long as it has not come."""
    jobs.enqueue(
        "evidence.release",
        title=_("Résultats de « %(title)s »") % {"title": campaign.title},
        subject=f"campaign:{campaign.public_id}",
        campaign=campaign.public_id,
    )


def _released(campaign: Campaign, said: Said) -> Release:
    """Prepare outside any transaction, then write at once; again, should an answer have been kept in between."""
    while True:
        with transaction.atomic():
            _wait_for_last_answers(campaign)
        rows, prepared = _prepared(campaign, said)
        if release := _write(campaign, rows, prepared):
            return release


def _prepared(campaign: Campaign, said: Said) -> tuple[frozenset[int], Prepared]:
    """Which envelopes were opened, and what comes of them."""
    rows, sheets, unreadable = _opened_sheets(campaign)
    return rows, prepare(campaign, sheets, unreadable, said)


@transaction.atomic
def _write(campaign: Campaign, rows: frozenset[int], prepared: Prepared) -> Release | None:
    """Write the release and destroy what made it; nothing when the sheets are no longer those it was made of."""
    _wait_for_last_answers(campaign)
    if frozenset(_rows(campaign)) != rows:
        return None
    release = Release.objects.create(
        campaign=campaign,
        shown=prepared.content is not None,
        content=prepared.content or {},
        certificate=prepared.certificate,
    )
    organisations = {p.organisation.public_id: p.organisation for p in campaign.populations.all()}
    StructureRelease.objects.bulk_create(
        StructureRelease(
            release=release, organisation=organisations[public_id], content=content, certificate=certificate
        )
        for public_id, (content, certificate) in prepared.structures.items()
    )
    RegionalEdition.objects.bulk_create(
        RegionalEdition(release=release, region=region, content=content)
        for region, content in prepared.regions.items()
    )
    if release.shown:
        _put_texts_away(campaign, prepared.texts)
    if prepared.snapshot is not None:
        snapshots.keep(campaign, prepared.snapshot)
        days = timedelta(days=int(campaign.parameters["analysis_days"]))
        Analysis.objects.create(campaign=campaign, keep_until=timezone.localdate() + days)
    _destroy(campaign, Destruction.Rule.RELEASED)
    record_release(campaign=campaign, shown=release.shown)
    _follow_up(campaign)
    return release


def _wait_for_last_answers(campaign: Campaign) -> None:
    """Let answers being sent at the very minute of closing end: each holds its code, or the link, until it is kept."""
    wait_in_turn(campaign)
    list(AccessCode.objects.select_for_update().filter(campaign=campaign).values_list("pk"))
    list(OpenLink.objects.select_for_update().filter(campaign=campaign).values_list("pk"))


def _rows(campaign: Campaign) -> dict[int, bytes]:
    """Closed envelopes by random key, in its order."""
    with opened("door"):
        found = SealedSheet.objects.filter(campaign=campaign).order_by("pk")
        return {pk: bytes(blob) for pk, blob in found.values_list("pk", "ciphertext")}


def _opened_sheets(campaign: Campaign) -> tuple[frozenset[int], list[Sheet], int]:
    """Which envelopes, every sheet in clear in the order of their random keys, and how many do not open."""
    private_key = keys.read(campaign).private_key
    rows = _rows(campaign)
    sheets = []
    for blob in rows.values():
        try:
            content = unseal(private_key, blob)
            sheets.append(Sheet(content["audience"], content["structure"], content["answers"]))
        except (EnvelopeError, KeyError):
            # One damaged row must not lose everybody's answers; the certificate says how many.
            continue
    if rows and not sheets:
        # Not one opens: this is not the key of these envelopes. Nothing is destroyed on that account.
        raise keys.KeyLostError(
            _("La clé de « %(title)s » n’ouvre aucune de ses enveloppes : remettez celle du lancement.")
            % {"title": campaign.title}
        )
    return frozenset(rows), sheets, len(rows) - len(sheets)


def _put_texts_away(campaign: Campaign, texts: dict[str, list[str]]) -> None:
    """Keep the texts for the reader chosen at launch, apart from everything else, until the announced day."""
    kept_texts.keep(campaign, texts)
    if not texts:
        return
    days = int(campaign.parameters["texts"]["reading_days"])
    TextReading.objects.create(campaign=campaign, read_until=timezone.localdate() + timedelta(days=days))
    jobs.enqueue(
        "verbatims.call_reader",
        title=_("Lecture des textes de « %(title)s »") % {"title": campaign.title},
        subject=f"campaign:{campaign.public_id}",
        campaign=campaign.public_id,
    )


# The number of sheets is left out: under the threshold it would say what the release keeps silent.
_DESTROYED: Final = {
    Destruction.Rule.RELEASED: gettext_noop(
        "Enveloppes ouvertes une fois, puis feuilles, codes et clé détruits : %(title)s"
    ),
    Destruction.Rule.UNOPENED: gettext_noop(
        "Feuilles et codes détruits sans avoir été ouverts, au terme annoncé : %(title)s"
    ),
}


def _destroy(campaign: Campaign, rule: Destruction.Rule) -> None:
    with opened("door"):
        SealedSheet.objects.filter(campaign=campaign).delete()
    AccessCode.objects.filter(campaign=campaign).delete()
    SpentEntry.objects.filter(campaign=campaign).delete()
    Destruction.objects.create(campaign=campaign, rule=rule)
    journal.record(
        act="evidence.destroy", by=None, on=campaign, sentence=_DESTROYED[rule], title=campaign.title
    )


def _follow_up(campaign: Campaign) -> None:
    """Ask, in the same transaction, for what cannot be done inside it."""
    subject = f"campaign:{campaign.public_id}"
    jobs.enqueue(
        "evidence.announce",
        title=_("Annonce des résultats de « %(title)s »") % {"title": campaign.title},
        subject=subject,
        campaign=campaign.public_id,
    )
    jobs.enqueue("evidence.forget", title=_("Effacement des pages libérées de la base"), subject="database")

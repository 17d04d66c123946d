"""The narrow door: opens the envelopes of one campaign, once, and destroys them in the same act.

Sheets are decrypted in memory; what is written is the release, displayed values only, and, when a reader was
chosen at launch, the free texts one by one, out of their sheet (``kept_texts``). Either everything is
done (release kept, sheets and codes deleted, destruction journalled) or nothing is: a crash leaves the
envelopes closed and the job starts again. The key file goes last, once the deletion is sure.
"""

from collections.abc import Mapping
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
from labqvt.campaigns.policy import yields_structure_results
from labqvt.campaigns.queries import mirror_is_consented, with_everything
from labqvt.campaigns.rules import INSIDERS, OTHERS
from labqvt.campaigns.services import record_release
from labqvt.campaigns.ways_models import OpenLink, SpentEntry
from labqvt.evidence import kept_texts
from labqvt.evidence.displays import Sheet, Terms, certificate_of, content_of, passes_the_gate
from labqvt.evidence.models import Destruction, Release, StructureRelease, TextReading
from labqvt.evidence.open_link import is_mixed_enough
from labqvt.evidence.queries import spreads_for
from labqvt.evidence.structures import contents_by_structure
from labqvt.evidence.texts import taken_out
from labqvt.foundation import jobs, journal
from labqvt.foundation.sealed import opened
from labqvt.responses.envelope import EnvelopeError, seal, unseal
from labqvt.responses.models import SealedSheet
from labqvt_forms import Questionnaire


class KeyAwaitedError(RuntimeError):
    """The key of this campaign is held by a person who has not brought it yet."""


def open_envelopes(public_id: str) -> Release:
    """Release the results of a closed campaign and destroy its answers. Safe to run again at any point."""
    campaign = with_everything(public_id)
    release = Release.objects.filter(campaign=campaign).first()
    if release is None:
        if keys.await_a_person(campaign):
            raise KeyAwaitedError(public_id)
        release = _release(campaign)
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
    blobs = _blobs(campaign)
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


@transaction.atomic
def _release(campaign: Campaign) -> Release:
    _wait_for_last_answers(campaign)
    sheets, unreadable = _opened_sheets(campaign)
    terms, form = terms_of(campaign), campaign.form_for(AccessCode.Audience.EMPLOYEES)
    content = content_of(sheets, form, terms)
    if campaign.is_by_link and not is_mixed_enough(sheets):
        content = None
    if content is not None and not passes_the_gate(sheets, form, terms):
        content = None  # not safe means no report, with the same words as for too few answers
    certificate = {} if content is None else certificate_of(content, terms) | {"unreadable": unreadable}
    release = Release.objects.create(
        campaign=campaign, shown=content is not None, content=content or {}, certificate=certificate
    )
    if release.shown and campaign.is_pooled:
        _release_structures(release, sheets, form, release.content["spreads"])
    if release.shown:
        _put_texts_away(campaign, taken_out(sheets, campaign.version.form, campaign.parameters.get("texts")))
    _destroy(campaign, Destruction.Rule.RELEASED)
    record_release(campaign=campaign, shown=release.shown)
    _follow_up(campaign)
    return release


def _release_structures(
    release: Release, sheets: list[Sheet], form: Questionnaire, spreads: Mapping[str, float]
) -> None:
    """Give each structure of a pooled campaign that may have them its own results, in the same act as the pool."""
    campaign = release.campaign
    if not yields_structure_results(campaign):
        return
    structures = {p.organisation.public_id: p for p in campaign.populations.all()}
    threshold = int(campaign.parameters.get("min_group", 0))
    terms = {
        public_id: Terms(
            population=population.employees, spreads=spreads, others=max(OTHERS, threshold - INSIDERS), insiders=INSIDERS
        )
        for public_id, population in structures.items()
    }  # fmt: skip
    contents = contents_by_structure(sheets, form, terms)
    StructureRelease.objects.bulk_create(
        StructureRelease(
            release=release, organisation=structures[public_id].organisation, content=content,
            certificate=certificate_of(content, terms[public_id]),
        )
        for public_id, content in contents.items()
    )  # fmt: skip


def _wait_for_last_answers(campaign: Campaign) -> None:
    """Let answers being sent at the very minute of closing end: each holds its code, or the link, until it is kept."""
    wait_in_turn(campaign)
    list(AccessCode.objects.select_for_update().filter(campaign=campaign).values_list("pk"))
    list(OpenLink.objects.select_for_update().filter(campaign=campaign).values_list("pk"))


def terms_of(campaign: Campaign) -> Terms:
    """What was frozen at launch. An open link has no headcount: nobody knows who received it."""
    counted = not campaign.is_by_link
    threshold = int(campaign.parameters.get("min_group", 0))
    return Terms(
        population=sum(population.employees for population in campaign.populations.all())
        if counted
        else None,
        pooled=campaign.is_pooled,
        direction_consents=mirror_is_consented(campaign),
        spreads={} if campaign.is_pooled else spreads_for(campaign.version),
        others=max(OTHERS, threshold - INSIDERS),
        insiders=INSIDERS,
        profile=campaign.profile_plan,
    )


def _blobs(campaign: Campaign) -> list[bytes]:
    """Closed envelopes, in the order of their random key."""
    with opened("door"):
        found = SealedSheet.objects.filter(campaign=campaign).order_by("pk")
        return [bytes(blob) for blob in found.values_list("ciphertext", flat=True)]


def _opened_sheets(campaign: Campaign) -> tuple[list[Sheet], int]:
    """Every sheet in clear, in memory only, in the order of its random key; and how many do not open."""
    private_key = keys.read(campaign).private_key
    blobs = _blobs(campaign)
    sheets = []
    for blob in blobs:
        try:
            content = unseal(private_key, blob)
            sheets.append(Sheet(content["audience"], content["structure"], content["answers"]))
        except (EnvelopeError, KeyError):
            # One damaged row must not lose everybody's answers; the certificate says how many.
            continue
    if blobs and not sheets:
        # Not one opens: this is not the key of these envelopes. Nothing is destroyed on that account.
        raise keys.KeyLostError(
            _("La clé de « %(title)s » n’ouvre aucune de ses enveloppes : remettez celle du lancement.")
            % {"title": campaign.title}
        )
    return sheets, len(blobs) - len(sheets)


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

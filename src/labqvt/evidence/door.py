"""The narrow door: opens the envelopes of one campaign, once, and destroys them in the same act.

Sheets are decrypted in memory; what is written is the release, displayed values only. Either everything is
done (release kept, sheets and codes deleted, destruction journalled) or nothing is: a crash leaves the
envelopes closed and the job starts again. The key file goes last, once the deletion is sure.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import keys
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.queries import mirror_is_consented, with_everything
from labqvt.campaigns.rules import INSIDERS, OTHERS
from labqvt.campaigns.services import record_release
from labqvt.campaigns.ways_models import OpenLink, SpentEntry
from labqvt.evidence.displays import Sheet, Terms, certificate_of, content_of, passes_the_gate
from labqvt.evidence.models import Release
from labqvt.evidence.open_link import is_mixed_enough
from labqvt.evidence.queries import spreads_for
from labqvt.foundation import jobs, journal
from labqvt.foundation.sealed import opened
from labqvt.responses.envelope import EnvelopeError, unseal
from labqvt.responses.models import SealedSheet


def open_envelopes(public_id: str) -> Release:
    """Release the results of a closed campaign and destroy its answers. Safe to run again at any point."""
    campaign = with_everything(public_id)
    release = Release.objects.filter(campaign=campaign).first() or _release(campaign)
    keys.destroy(campaign)
    return release


def destroy_keys_left() -> int:
    """Destroy the keys of released campaigns that a crash left after the deletion of their sheets."""
    left = [campaign for campaign in Campaign.objects.exclude(release=None) if keys.exist(campaign)]
    for campaign in left:
        keys.destroy(campaign)
    return len(left)


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
    terms = terms_of(campaign)
    content = content_of(sheets, campaign.version.form, terms)
    if campaign.is_by_link and not is_mixed_enough(sheets):
        content = None
    if content is not None and not passes_the_gate(sheets, campaign.version.form, terms):
        content = None  # not safe means no report, with the same words as for too few answers
    certificate = {} if content is None else certificate_of(content, terms) | {"unreadable": unreadable}
    release = Release.objects.create(
        campaign=campaign, shown=content is not None, content=content or {}, certificate=certificate
    )
    _destroy(campaign)
    record_release(campaign=campaign, shown=release.shown)
    _follow_up(campaign)
    return release


def _wait_for_last_answers(campaign: Campaign) -> None:
    """Let answers being sent at the very minute of closing end: each holds its code, or the link, until it is kept."""
    list(AccessCode.objects.select_for_update().filter(campaign=campaign).values_list("pk"))
    list(OpenLink.objects.select_for_update().filter(campaign=campaign).values_list("pk"))


def terms_of(campaign: Campaign) -> Terms:
    """What was frozen at launch. An open link has no headcount: nobody knows who received it."""
    counted = campaign.way_in != Campaign.WayIn.OPEN_LINK
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
    )


def _opened_sheets(campaign: Campaign) -> tuple[list[Sheet], int]:
    """Every sheet in clear, in memory only, in the order of its random key; and how many do not open."""
    private_key = keys.read(campaign).private_key
    with opened("door"):
        blobs = list(
            SealedSheet.objects.filter(campaign=campaign).order_by("pk").values_list("ciphertext", flat=True)
        )
    sheets = []
    for blob in blobs:
        try:
            content = unseal(private_key, bytes(blob))
            sheets.append(Sheet(content["audience"], content["structure"], content["answers"]))
        except (EnvelopeError, KeyError):
            # One damaged row must not lose everybody's answers; the certificate says how many.
            continue
    return sheets, len(blobs) - len(sheets)


def _destroy(campaign: Campaign) -> None:
    with opened("door"):
        SealedSheet.objects.filter(campaign=campaign).delete()
    AccessCode.objects.filter(campaign=campaign).delete()
    SpentEntry.objects.filter(campaign=campaign).delete()
    journal.record(
        act="evidence.destroy",
        by=None,
        on=campaign,
        # The number of sheets is left out: under the threshold it would say what the release keeps silent.
        sentence=gettext_noop(
            "Enveloppes ouvertes une fois, puis feuilles, codes et clé détruits : %(title)s"
        ),
        title=campaign.title,
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

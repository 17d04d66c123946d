"""Jobs of the door: release, announce to everyone at once, wipe what the database file still holds."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.rules import keep_until
from labqvt.evidence import analysing, door, forgetting, kept_texts, services
from labqvt.evidence.added_cuts import name_of
from labqvt.evidence.models import Destruction, Release
from labqvt.evidence.verification import attacked, attacks_on
from labqvt.foundation.jobs import Progress, job


@job("evidence.release")
def release(progress: Progress, *, campaign: str) -> dict[str, Any]:
    """Open the envelopes of a closed campaign; they wait, without fault, for a key that a person holds."""

    def said(share: float) -> None:
        progress(round(100 * share), _("contrôle de ce qui peut paraître"))

    said(0)
    try:
        return {"shown": door.open_envelopes(campaign, said).shown}
    except door.KeyAwaitedError:
        return {"awaits_key": True}


@job("evidence.release_late", every=timedelta(hours=1), title=_("Reprise des résultats encore dus"))
def release_late(_progress: Progress) -> dict[str, Any]:
    """Ask again for results that are owed: a key file put back, a machine down for longer than the retries.

    What a release promised to destroy is owed too.
    """
    owed = Campaign.objects.filter(status=Campaign.Status.CLOSED, release=None)
    asked = [campaign for campaign in owed if not keys.await_a_person(campaign)]
    for campaign in asked:
        door.ask_for_release(campaign)
    keys_destroyed = door.destroy_keys_left() + kept_texts.destroy_keys_left()
    return {"asked": len(asked), "keys_destroyed": keys_destroyed}


@job("evidence.destroy_unopened", every=timedelta(hours=12), title=_("Destruction au terme annoncé"))
def destroy_unopened(_progress: Progress) -> dict[str, Any]:
    """Destroy unread the sheets whose key was not brought in time."""
    late = Campaign.objects.filter(status=Campaign.Status.CLOSED, release=None)
    passed = [c for c in late if keys.await_a_person(c) and keep_until(c.closed_on) < timezone.localdate()]
    for campaign in passed:
        door.destroy_unopened(campaign)
    return {"destroyed": len(passed)}


@job("evidence.announce")
def announce(_progress: Progress, *, campaign: str) -> dict[str, Any]:
    """Tell the pair, together, that the results are there."""
    return {"messages": services.announce(campaign=campaign)}


@job("evidence.forget")
def forget(_progress: Progress) -> None:
    """Rewrite the database file so that deleted sheets are nowhere in it."""
    forgetting.rewrite_database()
    Destruction.objects.filter(file_at=None).update(file_at=timezone.now())


@job("evidence.verify")
def verify(progress: Progress, *, release: str) -> dict[str, Any]:
    """Attack a release theme after theme, and write down what was found."""
    found = Release.objects.select_related("campaign__version").get(public_id=release)
    attacks = attacks_on(found.content, found.campaign.version.form, found.certificate)

    def said(done: int, total: int) -> None:
        progress(100 * done // total, _("thème %(rank)s sur %(total)s") % {"rank": done, "total": total})

    services.record_verification(release=found, found=attacked(attacks, said))
    return {"url": reverse("evidence:verification", args=[found.campaign.public_id])}


@job("evidence.cross")
def cross(progress: Progress, *, campaign: str, first: str, second: str) -> dict[str, Any]:
    """Cross two cuts of a network, closed with what was told before."""
    progress(5, _("lecture de la copie chiffrée"))
    analysing.cross(campaign, first, second)
    return {"url": f"{reverse('diagnostics:analysis', args=[campaign])}?par={quote(name_of(first, second))}"}


@job("evidence.end_analyses", every=timedelta(hours=12), title=_("Destruction des copies chiffrées"))
def end_analyses(_progress: Progress) -> dict[str, Any]:
    """Destroy what was kept of networks, on the day announced."""
    return {"destroyed": analysing.end_what_is_over()}

"""Open links and tracked links: words anyone may know. They count openings by fives and spend nothing."""

import hashlib
import secrets
from datetime import date
from typing import Final

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from labqvt.campaigns.codes import SYMBOLS
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways_models import WORD_LENGTH, OpenLink, Relay, RelayOpenings, SpentEntry

STEP: Final = 5


def new_word() -> str:
    """Six signs, as readable as a code and too short to be taken for one."""
    while True:
        word = "".join(secrets.choice(SYMBOLS) for _ in range(WORD_LENGTH))
        if not (OpenLink.objects.filter(word=word).exists() or Relay.objects.filter(word=word).exists()):
            return word


def word_of(typed: str) -> str:
    """What was typed, when it can be the word of a link; else nothing."""
    word = "".join(sign for sign in typed.upper() if sign.isalnum())
    return word if len(word) == WORD_LENGTH and set(word) <= set(SYMBOLS) else ""


def digest_of_entry(once: str) -> str:
    """What is kept of the token a page drew on entering: keyed by the installation's secret."""
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), person=b"labqvt.entry").digest()
    return hashlib.blake2b(once.encode(), key=key, digest_size=16).hexdigest()


def open_for(campaign: Campaign) -> OpenLink:
    """Draw the word of a campaign at its launch."""
    return OpenLink.objects.create(campaign=campaign, word=new_word())


def campaign_behind(word: str) -> tuple[Campaign | None, Relay | None]:
    """The campaign a word leads to, and the relay that gave it, if it is a tracked one."""
    known = {"organisation", "scope", "version", "mirror"}
    campaigns = Campaign.objects.select_related(*known).defer("version__content", "mirror__content")
    if (campaign := campaigns.filter(link__word=word).first()) is not None:
        return campaign, None
    relay = Relay.objects.filter(word=word).first()
    return (campaigns.filter(pk=relay.campaign_id).first(), relay) if relay else (None, None)


def count_opening(relay: Relay, today: date | None = None) -> None:
    """One opening in five, drawn at random, adds five: nobody can tell from the count that someone came."""
    if secrets.randbelow(STEP):
        return
    add_openings(relay, today or timezone.localdate(), STEP)


def add_openings(relay: Relay, day: date, about: int) -> None:
    """Add to the count of a day."""
    row, _new = RelayOpenings.objects.get_or_create(relay=relay, day=day)
    RelayOpenings.objects.filter(pk=row.pk).update(about=F("about") + about)


def entries_of(campaign: Campaign) -> int:
    """Sheets sent by the link so far; for the order hygiene and the daily reading, never for a screen."""
    return SpentEntry.objects.filter(campaign=campaign).count()


def refresh_reading(campaign: Campaign, today: date) -> int:
    """Read once a day, by fives, how many answered by the link: of the campaign, never of a structure."""
    link = OpenLink.objects.filter(campaign=campaign).exclude(read_on=today)
    sent = entries_of(campaign)
    return link.update(read_on=today, at_least=sent - sent % STEP)

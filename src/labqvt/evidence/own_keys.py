"""What is kept of a campaign after its opening lies under a key of its own, in a file beside the database."""

import base64
from pathlib import Path

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from labqvt.campaigns import keys
from labqvt.campaigns.models import Campaign


def path_of(campaign: Campaign, kind: str) -> Path:
    return Path(settings.KEYS_DIR) / f"{campaign.public_id}.{kind}"


def draw(campaign: Campaign, kind: str) -> None:
    """A fresh key. One already there was left by an opening that was cut short: what it opened was never written."""
    keys.wipe(path_of(campaign, kind))
    keys.write_once(path_of(campaign, kind), base64.b64encode(random(SecretBox.KEY_SIZE)).decode())


def box(campaign: Campaign, kind: str, *, lost: str) -> SecretBox:
    """What seals and opens; ``KeyLostError`` with the sentence ``lost`` when the file is gone or unreadable."""
    try:
        return SecretBox(base64.b64decode(path_of(campaign, kind).read_text(encoding="ascii")))
    except (OSError, ValueError, CryptoError) as error:
        raise keys.KeyLostError(lost % {"title": campaign.title}) from error

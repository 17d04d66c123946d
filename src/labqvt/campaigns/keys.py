"""The key file of a campaign: beside the database, never in it, never in a backup.

It holds the private key that opens the sheets and the secret the codes are derived from, so that sheets of
codes can be printed again while the database knows only their digests. Destroying it ends both.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from nacl.public import PrivateKey

from labqvt.campaigns.models import Campaign

_SECRET_BYTES: Final = 32


class KeyLostError(RuntimeError):
    """The key file of a campaign is missing or unreadable: its sheets cannot be opened any more."""


@dataclass(frozen=True, slots=True)
class CampaignKeys:
    """What the key file holds. ``private_key`` is empty when a person holds it."""

    private_key: bytes
    secret: bytes


def path_of(campaign: Campaign) -> Path:
    return Path(settings.KEYS_DIR) / f"{campaign.public_id}.key"


def make(campaign: Campaign, *, held_elsewhere: str = "") -> str:
    """Draw the keys of a campaign, keep them in its file and return the public one (base64).

    ``held_elsewhere``: the public half of a key that a person holds; the file then keeps the secret of codes alone.
    """
    private = PrivateKey.generate()
    content = {
        "private_key": "" if held_elsewhere else base64.b64encode(bytes(private)).decode(),
        "secret": base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode(),
    }
    _write(campaign, content)
    return held_elsewhere or base64.b64encode(bytes(private.public_key)).decode()


def make_for_opening(campaign: Campaign) -> str:
    """A fresh pair for envelopes a person's key just opened: kept in the file until the results appear."""
    private = PrivateKey.generate()
    destroy(campaign)
    _write(campaign, {"private_key": base64.b64encode(bytes(private)).decode(), "secret": ""})
    return base64.b64encode(bytes(private.public_key)).decode()


def await_a_person(campaign: Campaign) -> bool:
    """Whether the envelopes cannot be opened before someone brings the key."""
    if not campaign.parameters.get("key"):
        return False
    try:
        private = read(campaign).private_key
    except KeyLostError:
        return True
    # A file left by a handing over that was cut short holds a key that opens nothing: the person is still awaited.
    return (
        not private or base64.b64encode(bytes(PrivateKey(private).public_key)).decode() != campaign.public_key
    )


def _write(campaign: Campaign, content: dict[str, str]) -> None:
    write_once(path_of(campaign), json.dumps(content))


def read(campaign: Campaign) -> CampaignKeys:
    """The keys in service; ``KeyLostError`` with a sentence when the file is gone."""
    try:
        content = json.loads(path_of(campaign).read_text(encoding="ascii"))
        return CampaignKeys(
            private_key=base64.b64decode(content["private_key"]), secret=base64.b64decode(content["secret"])
        )
    except (OSError, ValueError, KeyError) as error:
        raise KeyLostError(
            _("Le fichier de clé de la campagne « %(title)s » manque ou est illisible : ses feuilles ne peuvent "
              "plus être ouvertes, ni ses codes réimprimés.") % {"title": campaign.title}
        ) from error  # fmt: skip


def exist(campaign: Campaign) -> bool:
    return path_of(campaign).is_file()


def destroy(campaign: Campaign) -> None:
    """Overwrite the file, then remove it. What it opened is lost for everyone, which is the point."""
    wipe(path_of(campaign))


def write_once(path: Path, content: str) -> None:
    """Write a secret that only this account reads. A secret in service is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def wipe(path: Path) -> None:
    """Overwrite a secret, then remove it; nothing to do when it is gone."""
    if not path.is_file():
        return
    with path.open("r+b") as out:
        out.write(secrets.token_bytes(path.stat().st_size))
        out.flush()
        os.fsync(out.fileno())
    path.unlink()

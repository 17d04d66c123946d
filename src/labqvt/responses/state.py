"""What the browser carries from page to page instead of the server: signed, encrypted, and soon out of date.

Nothing about an answer is written on the server before « envoyer »; each page forgets as soon as it has replied.
"""

import base64
import binascii
import hashlib
import json
import time
import zlib
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Self

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from labqvt.instruments.turning import Place

MAX_AGE: Final = 12 * 3600  # a working day; each page starts it again
KIOSK_IDLE: Final = 10 * 60  # nobody touched a shared device: whoever comes next must find nothing
_KIOSK_GRACE: Final = 60  # a page sent at the very last moment still arrives
LARGEST: Final = (
    1024 * 1024
)  # every free text full, what was typed too long included; 44 items of a scale take 2 kB


class StateError(ValueError):
    """The hidden field was tampered with, cut, or made by another installation, or for another visit."""


class StateExpiredError(StateError):
    """The page stayed open too long."""


@dataclass(frozen=True, slots=True)
class State:
    """One person's way through the questionnaire. ``page``: the one on screen, whose answers come next; 0 for none.

    ``device`` is the visit of a shared device (``kiosk``): the field then opens in that visit only.
    """

    code: str
    language: str = "fr"
    page: int = 0
    answers: dict[str, str | list[str]] = field(default_factory=dict)
    typed: dict[str, list[str]] = field(default_factory=dict)
    nudged: tuple[int, ...] = ()
    easy: bool = False
    device: str = ""
    # By an open link ``code`` is its word, ``once`` the token this page drew, ``structure`` what the person said.
    once: str = ""
    structure: str = ""

    def with_(self, **changes: Any) -> Self:
        return replace(self, **changes)

    @property
    def place(self) -> Place:
        return Place(self.page, self.answers, self.typed, self.nudged)

    def at(self, place: Place) -> Self:
        return replace(
            self, page=place.page, answers=place.answers, typed=place.typed, nudged=tuple(place.nudged)
        )

    def token(self) -> str:
        """The text of the hidden field."""
        values = {name: getattr(self, name) for name in _CARRIED}
        values = {name: value for name, value in values.items() if value or name == "code"}
        content = json.dumps([int(time.time()), values], ensure_ascii=False, separators=(",", ":"))
        sealed = _box(self.device).encrypt(zlib.compress(content.encode(), 9))
        return base64.urlsafe_b64encode(sealed).decode()

    @classmethod
    def read(cls, token: str, device: str = "", *, expires: bool = True) -> Self:
        """The state a page carried.

        ``device`` is the visit under way on a shared device: what an earlier visit left does not open any more.
        ``expires=False``: for sending what the browser kept beside the token. Twelve hours protect the answers that
        are *in* the token. A sheet that waits for a network has its answers beside it: its token only tells the
        code, which the campaign's own dates protect.
        """
        if len(token) > LARGEST:
            raise StateError("trop long")
        try:
            content = _box(device).decrypt(base64.urlsafe_b64decode(token.encode()))
            issued, values = json.loads(zlib.decompress(content))
        except (CryptoError, ValueError, binascii.Error, zlib.error) as error:
            raise StateError("illisible") from error
        if expires and time.time() - issued > (KIOSK_IDLE + _KIOSK_GRACE if device else MAX_AGE):
            raise StateExpiredError("périmé")
        return cls(**values | {"nudged": tuple(values.get("nudged", ())), "device": device})


# The visit of a shared device is the key of the field, and not in it.
_CARRIED: Final = tuple(one.name for one in fields(State) if one.name != "device")


def _box(device: str) -> SecretBox:
    key = hashlib.blake2b(
        device.encode(), key=installation_key(b"labqvt.state"), digest_size=SecretBox.KEY_SIZE
    )
    return SecretBox(key.digest())


def installation_key(purpose: bytes) -> bytes:
    """A key of this installation for one purpose (sixteen bytes at most)."""
    return hashlib.blake2b(
        settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=purpose
    ).digest()

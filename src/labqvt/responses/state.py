"""What the browser carries from page to page instead of the server: signed, encrypted, and soon out of date.

Nothing about an answer is written on the server before « envoyer »; each page forgets as soon as it has replied.
"""

import base64
import binascii
import hashlib
import json
import time
import zlib
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

MAX_AGE: Final = 12 * 3600  # a working day; each page starts it again
LARGEST: Final = 64 * 1024  # long free texts included; 44 items of a scale take under 2 kB


class StateError(ValueError):
    """The hidden field was tampered with, cut, or made by another installation."""


class StateExpiredError(StateError):
    """The page stayed open too long."""


@dataclass(frozen=True, slots=True)
class State:
    """One person's way through the questionnaire. ``page``: the one on screen, whose answers come next; 0 for none."""

    code: str
    language: str = "fr"
    page: int = 0
    answers: dict[str, str | list[str]] = field(default_factory=dict)

    def with_(self, **changes: Any) -> Self:
        return replace(self, **changes)

    def token(self) -> str:
        """The text of the hidden field."""
        values = {"code": self.code, "language": self.language, "page": self.page, "answers": self.answers}
        content = json.dumps([int(time.time()), values], ensure_ascii=False, separators=(",", ":"))
        sealed = _box().encrypt(zlib.compress(content.encode(), 9))
        return base64.urlsafe_b64encode(sealed).decode()

    @classmethod
    def read(cls, token: str) -> Self:
        if len(token) > LARGEST:
            raise StateError("trop long")
        try:
            content = _box().decrypt(base64.urlsafe_b64decode(token.encode()))
            issued, values = json.loads(zlib.decompress(content))
        except (CryptoError, ValueError, binascii.Error, zlib.error) as error:
            raise StateError("illisible") from error
        if time.time() - issued > MAX_AGE:
            raise StateExpiredError("périmé")
        return cls(**values)


def _box() -> SecretBox:
    key = hashlib.blake2b(
        settings.SECRET_KEY.encode(), digest_size=SecretBox.KEY_SIZE, person=b"labqvt.state"
    ).digest()
    return SecretBox(key)

"""How often a secret may be tried wrong from one place: counted in memory, for an hour, and never written."""

import hashlib
import secrets
import threading
import time
from collections import Counter
from typing import Final

from django.http import HttpRequest

_HOUR: Final = 3600


class WrongTries:
    """Wrong tries of the current hour, by place hashed under a salt that is forgotten with the hour.

    A place is an address, and what was tried there when several may be (an account).
    """

    def __init__(self, an_hour: int) -> None:
        self.an_hour = an_hour
        self._lock = threading.Lock()
        self._renew()

    def _renew(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._since = time.monotonic()
        self._tries: Counter[bytes] = Counter()

    def _key(self, request: HttpRequest, tried: str) -> bytes:
        if time.monotonic() - self._since > _HOUR:
            self._renew()
        place = f"{request.META.get('REMOTE_ADDR', '')}|{tried}".encode()
        return hashlib.blake2b(place, key=self._salt, digest_size=16).digest()

    def too_many(self, request: HttpRequest, tried: str = "") -> bool:
        with self._lock:
            return self._tries[self._key(request, tried)] >= self.an_hour

    def note(self, request: HttpRequest, tried: str = "") -> None:
        with self._lock:
            self._tries[self._key(request, tried)] += 1

    def forget(self) -> None:
        """Start afresh (tests)."""
        with self._lock:
            self._renew()

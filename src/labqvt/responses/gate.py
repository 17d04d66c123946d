"""What stands before ``/r/``: where a form may come from, and how often a wrong code may be tried."""

import hashlib
import secrets
import threading
import time
from collections import Counter
from typing import Final
from urllib.parse import urlsplit

from django.http import HttpRequest

WRONG_CODES_AN_HOUR: Final = 30  # a whole break room may share one address
_HOUR: Final = 3600


def comes_from_here(request: HttpRequest) -> bool:
    """True when the form was sent from one of our own pages.

    No cookie gives any right here, so that another site could only send its own code; it is refused all the
    same. Under ``no-referrer`` browsers give ``Origin: null``: then ``Sec-Fetch-Site``, when given, decides.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or urlsplit(origin).netloc == request.get_host()


class WrongCodes:
    """Wrong tries of the current hour, by an address hashed under a salt that is forgotten with the hour."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._renew()

    def _renew(self) -> None:
        self._salt = secrets.token_bytes(16)
        self._since = time.monotonic()
        self._tries: Counter[bytes] = Counter()

    def _key(self, request: HttpRequest) -> bytes:
        if time.monotonic() - self._since > _HOUR:
            self._renew()
        address = request.META.get("REMOTE_ADDR", "").encode()
        return hashlib.blake2b(address, key=self._salt, digest_size=16).digest()

    def too_many(self, request: HttpRequest) -> bool:
        with self._lock:
            return self._tries[self._key(request)] >= WRONG_CODES_AN_HOUR

    def note(self, request: HttpRequest) -> None:
        with self._lock:
            self._tries[self._key(request)] += 1

    def forget(self) -> None:
        """Start afresh (tests)."""
        with self._lock:
            self._renew()


wrong_codes: Final = WrongCodes()

"""The key a trusted person holds: from its words to curve25519, and the trial that proves they have it.

The same derivation runs in the browser (static/campaigns/trusted-key.js): what is made there opens here.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from django.core import signing
from nacl.bindings import crypto_scalarmult
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from labqvt.campaigns.key_words import SEED_BYTES, seed_of, words_of

_DERIVATION: Final = b"labqvt.trusted-key/1"
_TRIAL: Final = b"labqvt.key-trial/1"
_SALT: Final = "labqvt.campaigns.key-trial"
TRIAL_LASTS: Final = 3600
KEY_BYTES: Final = 32


def private_key_of(seed: bytes) -> bytes:
    return hashlib.sha256(_DERIVATION + seed).digest()


def public_key_of(seed: bytes) -> str:
    """Base64, as campaigns keep it."""
    return base64.b64encode(bytes(PrivateKey(private_key_of(seed)).public_key)).decode()


def made_here() -> tuple[list[str], str]:
    """Words and public key drawn by the server, for who has no script: shown once, kept nowhere."""
    seed = secrets.token_bytes(SEED_BYTES)
    return words_of(seed), public_key_of(seed)


def is_public_key(text: str) -> bool:
    """32 bytes in base64, and not one of the points that make every secret the same."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return False
    if len(key) != KEY_BYTES:
        return False
    try:
        crypto_scalarmult(secrets.token_bytes(KEY_BYTES), key)
    except (CryptoError, RuntimeError):
        return False
    return True


def opens(typed: str, public_key: str) -> bool:
    """Whether these words open an envelope closed with this key: one is closed, then opened, for good.

    ``WordsError`` when they are not the words of a key at all.
    """
    test = secrets.token_bytes(KEY_BYTES)
    envelope = SealedBox(PublicKey(base64.b64decode(public_key))).encrypt(test)
    try:
        return bool(SealedBox(PrivateKey(private_key_of(seed_of(typed)))).decrypt(envelope) == test)
    except CryptoError:
        return False


@dataclass(frozen=True, slots=True)
class Trial:
    """What a browser needs to prove it holds a key without sending it."""

    point: str
    token: str


def trial_for(public_key: str) -> Trial:
    """A fresh point: only the holder of the key finds the secret it shares with the server."""
    fresh = PrivateKey.generate()
    shared = crypto_scalarmult(bytes(fresh), base64.b64decode(public_key))
    token = signing.dumps({"key": public_key, "seen": _seen(_proof(shared))}, salt=_SALT)
    return Trial(base64.b64encode(bytes(fresh.public_key)).decode(), token)


def proves(proof: str, token: str, public_key: str) -> bool:
    """Whether the browser found the secret of its trial, within the hour, for this very key."""
    try:
        asked = signing.loads(token, salt=_SALT, max_age=TRIAL_LASTS)
    except signing.BadSignature:
        return False
    return asked["key"] == public_key and hmac.compare_digest(asked["seen"], _seen(proof))


def _proof(shared: bytes) -> str:
    return hashlib.sha256(_TRIAL + shared).hexdigest()


def _seen(proof: str) -> str:
    return hashlib.sha256(proof.encode()).hexdigest()

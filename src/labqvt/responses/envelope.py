"""One envelope, opened once: a sheet padded to a fixed size, sealed to the campaign's public key (libsodium)."""

import base64
import json
from typing import Any, Final

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

_LENGTH_BYTES: Final = 4


class EnvelopeError(ValueError):
    """A sheet does not fit its envelope, or does not open."""


def seal(public_key: str, content: dict[str, Any], size: int) -> bytes:
    """Pad to ``size`` bytes, then seal: every sheet of a campaign has the same length."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > size:
        raise EnvelopeError(f"Une feuille de {len(plain)} octets dépasse l’enveloppe de {size}.")
    padded = len(plain).to_bytes(_LENGTH_BYTES, "big") + plain + bytes(size - len(plain))
    return SealedBox(PublicKey(base64.b64decode(public_key))).encrypt(padded)


def unseal(private_key: bytes, blob: bytes) -> dict[str, Any]:
    """Open a sheet. Called by ``evidence.door`` and nowhere else (tests/architecture)."""
    try:
        padded = SealedBox(PrivateKey(private_key)).decrypt(bytes(blob))
    except (CryptoError, ValueError) as error:
        raise EnvelopeError("Cette feuille ne s’ouvre pas avec la clé de cette campagne.") from error
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    return dict(json.loads(padded[_LENGTH_BYTES : _LENGTH_BYTES + length]))

"""What the browser keeps of a sheet not sent yet: locked with a key that only this server makes from the code.

A code is short (2^33): a key derived from it alone would be found by trying. The installation's secret is mixed
in, so that a stolen phone holds bytes that no computing opens; the key is given with the questionnaire to whoever
types the code, while the code is good. On the phone it lives in the memory of the page, never in its storage.
"""

import base64
import binascii
import hashlib
from typing import Final

from django.http import QueryDict
from nacl.bindings import crypto_aead_aes256gcm_decrypt
from nacl.exceptions import CryptoError, UnavailableError

from labqvt.responses.state import LARGEST, installation_key

_NONCE: Final = 12
DAYS_KEPT: Final = 7


class BoxError(ValueError):
    """What was kept on the device does not open here: altered, of another code, or this machine cannot."""


def slot_of(code: str) -> str:
    """The name under which the browser keeps the sheet of this code: says nothing of it."""
    return hashlib.blake2b(code.encode(), key=installation_key(b"labqvt.slot"), digest_size=9).hexdigest()


def key_of(code: str) -> str:
    """The AES-256 key of this code's sheet, in base64, for the memory of the page."""
    return base64.b64encode(_key(code)).decode()


def fields_of(code: str, box: str) -> QueryDict:
    """The fields the browser locked away when it could not send them."""
    if len(box) > 2 * LARGEST:
        raise BoxError("trop long")
    try:
        sealed = base64.b64decode(box.encode(), validate=True)
        fields = crypto_aead_aes256gcm_decrypt(sealed[_NONCE:], None, sealed[:_NONCE], _key(code))
    except (CryptoError, UnavailableError, ValueError, TypeError, binascii.Error) as error:
        raise BoxError("illisible") from error
    return QueryDict(fields.rstrip(b"&"))  # padded, so that its length tells little


def _key(code: str) -> bytes:
    return hashlib.blake2b(code.encode(), key=installation_key(b"labqvt.box"), digest_size=32).digest()

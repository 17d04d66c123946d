"""A sheet begun, in the hands of the person alone: a text that holds the answers and can be read here only.

It holds neither the access code nor anything of it: it is typed again on resuming, so that whoever finds the text
alone reads nothing. Nothing is written on the server. Bound to one campaign and one wording of its questionnaire.
"""

import base64
import binascii
import json
import re
import zlib
from typing import Final

from django.utils.translation import gettext as _
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from labqvt.instruments.asking import Answers
from labqvt.responses.state import LARGEST, installation_key

_MARK: Final = "LABQVT1"
_SHAPE: Final = re.compile(rf"{_MARK}\.(\d{{1,6}})\.([A-Za-z0-9_-]*)(?:\.([0-9a-f]{{0,8}}))?")
_LINE: Final = 24
_LONGER_THAN_LETTERS: Final = 100


class ResumeError(ValueError):
    """The text does not give the answers back; the sentence says why and what to do."""


def is_resume_text(typed: str) -> bool:
    """True for the long text or a piece of it, false for the letters of ``spelling.py``."""
    return _MARK in typed or sum(map(str.isalnum, typed)) > _LONGER_THAN_LETTERS


def written(answers: Answers, *, campaign: str, version: str) -> str:
    """The text to keep, in lines of one width."""
    content = json.dumps([campaign, version, answers], ensure_ascii=False, separators=(",", ":")).encode()
    sealed = SecretBox(installation_key(b"labqvt.resume")).encrypt(zlib.compress(content, 9))
    body = base64.urlsafe_b64encode(sealed).decode().rstrip("=")
    text = f"{_MARK}.{len(body)}.{body}.{zlib.crc32(body.encode()):08x}"
    return "\n".join(text[start : start + _LINE] for start in range(0, len(text), _LINE))


def read(text: str, *, campaign: str, version: str) -> Answers:
    """The answers of a text, whatever was pasted around it; ``ResumeError`` says what is wrong with it."""
    body = _body(text)
    try:
        sealed = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        content = zlib.decompress(SecretBox(installation_key(b"labqvt.resume")).decrypt(sealed))
    except (CryptoError, ValueError, binascii.Error, zlib.error) as error:
        raise ResumeError(
            _("Ce texte vient d’un autre site que celui-ci : il ne s’ouvre pas ici.")
        ) from error
    of_campaign, of_version, answers = json.loads(content)
    if of_campaign != campaign:
        raise ResumeError(
            _("Ce texte vient d’une autre enquête : il ne va pas avec le code que vous avez écrit.")
        )
    if of_version != version:
        raise ResumeError(other_version())
    return dict(answers)


def other_version() -> str:
    return _(
        "Ce texte vient d’une autre version du questionnaire : ses réponses n’y ont plus leur place. "
        "Recommencez avec votre seul code."
    )


def _body(text: str) -> str:
    bare = re.sub(r"\s", "", text)
    if len(bare) > LARGEST * 2:
        raise ResumeError(_("Ce texte est trop long pour être celui que nous vous avons donné."))
    found = _SHAPE.search(bare)
    if found is None:
        raise ResumeError(
            _("Il manque le début du texte : il commence par « %(mark)s ». Copiez-le en entier.")
            % {"mark": _MARK}
        )
    length, body, check = int(found[1]), found[2], found[3] or ""
    if len(body) < length or len(check) < 8:
        raise ResumeError(
            _("Il manque la fin du texte : %(got)s signes sur %(length)s. Copiez-le en entier.")
            % {"got": min(len(body), length), "length": length}
        )
    if len(body) > length or f"{zlib.crc32(body.encode()):08x}" != check:
        raise ResumeError(
            _("Un signe du texte a changé en chemin. Copiez-le de nouveau, ou prenez le fichier.")
        )
    return body

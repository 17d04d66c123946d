"""One gate for every upload, private and public files behind it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from labqvt.foundation.models import StoredFile
from labqvt.foundation.registries import Registry
from labqvt.foundation.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Accepted:
    """A type of file the gate lets through: what it is called, how it begins, how big it may be."""

    media_type: str
    extensions: tuple[str, ...]
    beginnings: tuple[bytes, ...]
    max_bytes: int


_MB: Final = 1024 * 1024
_ZIP: Final = (b"PK\x03\x04",)
ACCEPTED: Final = (
    Accepted("application/pdf", (".pdf",), (b"%PDF-",), 20 * _MB),
    Accepted("image/png", (".png",), (b"\x89PNG\r\n\x1a\n",), 8 * _MB),
    Accepted("image/jpeg", (".jpg", ".jpeg"), (b"\xff\xd8\xff",), 8 * _MB),
    Accepted("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",), _ZIP, 20 * _MB),
    Accepted(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",), _ZIP, 20 * _MB
    ),
    Accepted("application/vnd.oasis.opendocument.text", (".odt",), _ZIP, 20 * _MB),
)

# « room.kind » -> (person, file) -> Verdict: who may read a private file, answered by the room that keeps it.
readers: Registry[Callable[[Any, StoredFile], Verdict]] = Registry()


def check(upload: UploadedFile) -> Accepted:
    """What the file is, judged on its content; ``ValidationError`` with a sentence otherwise."""
    name = PurePath(upload.name or "").name
    extension = PurePath(name).suffix.lower()
    kind = next((kind for kind in ACCEPTED if extension in kind.extensions), None)
    if kind is None:
        allowed = ", ".join(ext for accepted in ACCEPTED for ext in accepted.extensions)
        raise ValidationError(
            _("« %(name)s » n’est pas d’un type accepté. Déposez l’un de ceux-ci : %(allowed)s.")
            % {"name": name, "allowed": allowed}
        )
    if not upload.size:
        raise ValidationError(
            _("« %(name)s » est vide : vérifiez le fichier et déposez-le de nouveau.") % {"name": name}
        )
    if upload.size > kind.max_bytes:
        raise ValidationError(
            _(
                "« %(name)s » pèse %(size)s Mo ; la limite est de %(limit)s Mo. Réduisez-le avant de le déposer."
            )
            % {"name": name, "size": round(upload.size / _MB), "limit": kind.max_bytes // _MB}
        )
    upload.seek(0)
    beginning = upload.read(16)
    upload.seek(0)
    if not beginning.startswith(kind.beginnings):
        raise ValidationError(
            _("« %(name)s » porte l’extension %(extension)s mais n’en a pas le contenu. Enregistrez-le de nouveau "
              "depuis le logiciel qui l’a produit.") % {"name": name, "extension": extension}
        )  # fmt: skip
    return kind


def path_of(stored: StoredFile) -> Path:
    return Path(settings.FILES_DIR) / stored.visibility / stored.public_id[:2] / stored.public_id


def accept(
    upload: UploadedFile, *, kept_by: str, by: Any, visibility: str = StoredFile.Visibility.PRIVATE
) -> StoredFile:
    """Let a file through the gate and keep it."""
    kind = check(upload)
    digest = hashlib.sha256()
    stored = StoredFile(
        name=PurePath(upload.name or "").name[:200], media_type=kind.media_type, size=upload.size,
        visibility=visibility, kept_by=kept_by, added_by=by,
    )  # fmt: skip
    target = path_of(stored)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        for chunk in upload.chunks():
            digest.update(chunk)
            out.write(chunk)
    stored.sha256 = digest.hexdigest()
    stored.save()
    return stored


def may_read(person: Any, stored: StoredFile) -> Verdict:
    """Public files are for everyone; a private one follows the room that keeps it, and nobody else."""
    if stored.visibility == StoredFile.Visibility.PUBLIC:
        return Verdict(allowed=True)
    if stored.kept_by not in readers:
        return Verdict(allowed=False, reason=_("Ce fichier n’est ouvert à personne."))
    return readers[stored.kept_by](person, stored)

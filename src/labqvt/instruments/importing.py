"""A questionnaire read from someone's file, shown before anything is kept.

Between « here is what was understood » and « keep it », nothing is stored: the reading travels in the person's own
page, compressed, signed for them alone, and good for a day's work. A questionnaire is small (500 questions in five
languages take some 60 kB so), and what nobody confirms leaves no trace to clean.
"""

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from labqvt.instruments.taking_packs import facts_of_questionnaire, facts_of_version
from labqvt_forms import FileError, Place, Questionnaire, read_bytes
from labqvt_forms.checking import check_logic
from labqvt_forms.errors import placed
from labqvt_forms.formats import json_form
from labqvt_forms.packs import SCHEMA, read_pack

# Under DATA_UPLOAD_MAX_MEMORY_SIZE, with room for the other fields of the form.
LARGEST_SEALED: Final = 1_500_000
_BEGINNING: Final = 512  # bytes where a pack says that it is one
# A pack says these too, and the person who brings it decides.
_DECIDED_HERE: Final = ("kind", "licence", "reviewed_by_readers")
GOOD_FOR: Final = 12 * 60 * 60  # seconds, as long as a session


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file was understood to say, and what of it could not be taken as it was.

    ``pack`` is what a pack says beside its questions: public, licence, attestation, reference values.
    """

    file: str
    form: Questionnaire
    warnings: tuple[str, ...]
    pack: dict[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept of a pack without asking: the right to use, and how scores are read."""
        return {name: value for name, value in self.pack.items() if name not in _DECIDED_HERE}


def understand(upload: UploadedFile) -> Understood:
    """Read an uploaded file.

    Raises
    ------
    FormError
        One sentence: file, place, what is wrong, what to do.
    """
    name = PurePath(upload.name or "").name[:120]
    upload.seek(0)
    content = upload.read()
    with placed(Place(file=name)):
        if SCHEMA.encode() in content[:_BEGINNING]:
            pack = read_pack(content)
            warnings = check_logic(pack.questionnaire)
            return Understood(
                name, pack.questionnaire, warnings, facts_of_questionnaire(pack) | facts_of_version(pack)
            )
        reading = read_bytes(content, name=PurePath(name).stem or "questionnaire")
    return Understood(name, reading.questionnaire, reading.warnings)


def sealed(understood: Understood, person: Any) -> str:
    """The reading as a text only this server writes and only this person hands back."""
    told = {
        "file": understood.file,
        "form": json_form.to_json(understood.form),
        "warnings": list(understood.warnings),
        "pack": understood.pack,
    }
    text = signing.dumps(told, salt=_salt(person), compress=True)
    if len(text) > LARGEST_SEALED:
        raise FileError(
            "ce questionnaire est trop long pour être repris ici : coupez-le en plusieurs fichiers.",
            Place(file=understood.file),
        )
    return text


def unsealed(text: str, person: Any) -> Understood:
    """The reading handed back; refused when it is not ours, not theirs, or too old."""
    try:
        told = signing.loads(text, salt=_salt(person), max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise PermissionDenied(
            _("La lecture de ce fichier n’est plus valable : choisissez-le de nouveau.")
        ) from error
    return Understood(told["file"], json_form.from_json(told["form"]), tuple(told["warnings"]), told["pack"])


def _salt(person: Any) -> str:
    return f"labqvt.instruments.importing.{person.public_id}"

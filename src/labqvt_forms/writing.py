"""Write a questionnaire in an exchange format."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from labqvt_forms.errors import FileError, FormatError, Place, placed
from labqvt_forms.formats import json_form
from labqvt_forms.formats.ddi.writer import write_ddi
from labqvt_forms.formats.limesurvey.writer import (
    write_lime_tsv,
    write_lsa,
    write_lsg,
    write_lsq,
    write_lss,
)
from labqvt_forms.formats.paper.writer import DEFAULT_TYPEFACE, Typeface, write_pdf
from labqvt_forms.formats.surveyjs.writer import write_surveyjs
from labqvt_forms.formats.written import Written
from labqvt_forms.formats.xlsform.writer import write_xlsform
from labqvt_forms.questionnaire import Questionnaire


def _write_json(questionnaire: Questionnaire) -> Written:
    return Written(json_form.dumps(questionnaire).encode())


FORMATS: Final[dict[str, Callable[[Questionnaire], Written]]] = {
    "xlsform": write_xlsform,
    "lss": write_lss,
    "lsa": write_lsa,
    "lsg": write_lsg,
    "lsq": write_lsq,
    "tsv": write_lime_tsv,
    "json": _write_json,
    "surveyjs": write_surveyjs,
    "ddi": write_ddi,
}
"""What can be written and read again."""
PRINTED: Final = {"pdf": write_pdf}
"""What is written for people only, in one language and one typeface."""
EXTENSIONS: Final = {
    ".xlsx": "xlsform",
    ".lss": "lss",
    ".lsa": "lsa",
    ".lsg": "lsg",
    ".lsq": "lsq",
    ".txt": "tsv",
    ".tsv": "tsv",
    ".json": "json",
    ".xml": "ddi",
    ".pdf": "pdf",
}


def to_bytes(
    questionnaire: Questionnaire,
    format_: str,
    *,
    language: str = "",
    typeface: Typeface = DEFAULT_TYPEFACE,
) -> Written:
    """Return a file of FORMATS or PRINTED, and what that format does not say of the questionnaire.

    ``language`` (the main one when empty) and ``typeface`` are for what is printed; other formats hold every
    language.
    """
    if format_ in PRINTED:
        return PRINTED[format_](questionnaire, language=language, typeface=typeface)
    if format_ not in FORMATS:
        known = ", ".join([*FORMATS, *PRINTED])
        raise FormatError(f"format « {format_} » inconnu. Formats écrits : {known}.")
    return FORMATS[format_](questionnaire)


def write(
    questionnaire: Questionnaire,
    path: str | Path,
    *,
    format_: str = "",
    language: str = "",
    typeface: Typeface = DEFAULT_TYPEFACE,
) -> tuple[str, ...]:
    """Write a file, in the format of its extension unless told, and return the warnings.

    The file appears whole or not at all. ``language`` and ``typeface``: see ``to_bytes``.
    """
    path = Path(path)
    with placed(Place(file=path.name)):
        chosen = format_ or EXTENSIONS.get(path.suffix.lower(), "")
        if not chosen:
            known = ", ".join(EXTENSIONS)
            raise FormatError(f"extension « {path.suffix} » inconnue. Extensions écrites : {known}.")
        written = to_bytes(questionnaire, chosen, language=language, typeface=typeface)
        put_in_place(written.content, path)
    return written.warnings


def put_in_place(content: bytes, path: Path) -> None:
    """Write a file beside its place, then move it there whole; FileError when the folder does not let it."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            draft.write(content)
        place = Path(draft.name)
        place.chmod(0o644)
        place.replace(path)
    except OSError as error:
        raise FileError(f"ce fichier ne peut pas être écrit ({error.strerror}).") from error

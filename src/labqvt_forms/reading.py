"""Open a questionnaire file whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from labqvt_forms.answers.sav_questionnaire import is_sav, read_sav_questionnaire
from labqvt_forms.checking import check_logic
from labqvt_forms.errors import FileError, Place, QuestionnaireError, placed
from labqvt_forms.formats import json_form
from labqvt_forms.formats.ddi.reader import read_ddi
from labqvt_forms.formats.ddi.tree import is_codebook
from labqvt_forms.formats.limesurvey import reader as limesurvey
from labqvt_forms.formats.limesurvey.responses_reader import is_archive
from labqvt_forms.formats.limesurvey.tsv_reader import looks_like_tsv
from labqvt_forms.formats.surveyjs.reader import is_surveyjs, read_surveyjs
from labqvt_forms.formats.xlsform.reader import read_xlsform
from labqvt_forms.intake import bounded, bounded_bytes, decode_text
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spreadsheets import is_spreadsheet


@dataclass(frozen=True, slots=True)
class Reading:
    """A questionnaire, and what its file said that the model could not take as it was."""

    questionnaire: Questionnaire
    warnings: tuple[str, ...] = ()


def read(path: str | Path, *, language: str = "") -> Reading:
    """Read a questionnaire of any known format, recognised by its content then its extension.

    Parameters
    ----------
    path
        XLSForm (.xlsx, .xls), LimeSurvey .lss, .lsa, .lsg, .lsq or structure .txt/.tsv, SurveyJS .json,
        DDI-Codebook .xml, our .json; and what an SPSS .sav says of its own variables.
    language
        Code of the language of texts that do not name theirs; guessed between French and English when empty.

    Raises
    ------
    FormError
        One sentence: file, place, what is wrong, what to do.
    """
    path = Path(path)
    with placed(Place(file=path.name)):
        return read_bytes(bounded_bytes(path), name=path.stem, language=language)


def read_bytes(content: bytes, *, name: str, language: str = "") -> Reading:
    """Do the same from the content of a file; ``name`` is for a questionnaire that has none of its own."""
    reading = _by_content(bounded(content), name, language)
    if not reading.questionnaire.items:
        raise QuestionnaireError("ce questionnaire ne contient aucune question : ajoutez-en au moins une.")
    noticed = dict.fromkeys((*reading.warnings, *check_logic(reading.questionnaire)))
    return Reading(reading.questionnaire, tuple(noticed))


def _by_content(content: bytes, name: str, language: str) -> Reading:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(_UTF16):
        start = decode_text(content[:512]).lstrip("\ufeff \t\r\n").encode()
    if content.startswith(b"PK") and is_archive(content):
        return Reading(*limesurvey.read_lsa(content, name=name))
    if is_sav(content):
        return Reading(*read_sav_questionnaire(content, name=name, language=language))
    if is_spreadsheet(content):
        return Reading(*read_xlsform(content, name=name, language=language))
    if start.startswith(b"<"):
        return _of_xml(content, name, language)
    if start.startswith(b"{"):
        return _of_json(json_form.parsed(decode_text(content)), name, language)
    if looks_like_tsv(text := decode_text(content)):
        return Reading(*limesurvey.read_lime_tsv(text, name=name))
    raise FileError(
        "format non reconnu. Questionnaires lus : XLSForm (.xlsx, .xls), LimeSurvey (.lss, .lsa, .txt), SurveyJS, "
        "DDI-Codebook (.xml), JSON ; un fichier de réponses se donne à part du questionnaire."
    )


_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def _of_xml(content: bytes, name: str, language: str) -> Reading:
    if is_codebook(content):
        return Reading(*read_ddi(content, name=name, language=language))
    return Reading(*limesurvey.read_lss(content, name=name))


def _of_json(document: object, name: str, language: str) -> Reading:
    if is_surveyjs(document):
        return Reading(*read_surveyjs(document, name=name, language=language))
    return Reading(json_form.from_json(document))

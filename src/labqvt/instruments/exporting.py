"""The formats a questionnaire leaves in, in words: what each is, for whom, and its file name."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from labqvt.documents.fonts import FONT_FOLDER
from labqvt.foundation.design.tokens import FONT_FAMILY
from labqvt_forms import Questionnaire, to_bytes
from labqvt_forms.formats.paper.writer import Typeface
from labqvt_forms.formats.written import Written
from labqvt_forms.writing import EXTENSIONS, FORMATS, PRINTED

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA_TYPES: Final = {
    ".xlsx": _XLSX, ".json": "application/json", ".pdf": "application/pdf", ".xml": "application/xml",
    ".lss": "application/xml", ".lsg": "application/xml", ".lsq": "application/xml",
    ".txt": "text/plain; charset=utf-8", ".tsv": "text/tab-separated-values; charset=utf-8",
}  # fmt: skip
OTHER_MEDIA: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Format:
    """One way out."""

    id: str
    name: str | Promise
    about: str | Promise
    extension: str

    @property
    def in_one_language(self) -> bool:
        """Printed: the language is chosen; every other format holds them all."""
        return self.id in PRINTED


# In the order people look for them: what one fills in first, then what other tools read, then archives.
_TOLD: Final = {
    "pdf": (_("Questionnaire papier (PDF)"), _("À imprimer, pour les personnes sans téléphone ni ordinateur."), ".pdf"),
    "xlsform": (_("XLSForm (.xlsx)"), _("Pour KoboToolbox, ODK et SurveyCTO, ou pour relire le questionnaire dans un tableur."), ".xlsx"),
    "lss": (_("LimeSurvey, enquête (.lss)"), _("Pour créer l’enquête dans LimeSurvey en un seul import."), ".lss"),
    "lsa": (_("LimeSurvey, archive (.lsa)"), _("Pour restaurer une enquête LimeSurvey entière."), ".lsa"),
    "lsg": (_("LimeSurvey, une page (.lsg)"), _("Pour ajouter une page à une enquête LimeSurvey qui existe déjà."), ".lsg"),
    "lsq": (_("LimeSurvey, une question (.lsq)"), _("Pour ajouter une question à une enquête LimeSurvey qui existe déjà."), ".lsq"),
    "tsv": (_("LimeSurvey, texte (.txt)"), _("La même enquête, à relire ou à corriger dans un tableur."), ".txt"),
    "surveyjs": (_("SurveyJS (.json)"), _("Pour un site qui affiche ses formulaires avec SurveyJS."), ".json"),
    "ddi": (_("DDI-Codebook 2.5 (.xml)"), _("Pour déposer le questionnaire dans une archive de données."), ".xml"),
    "json": (_("Lab’QVT (.json)"), _("Pour une autre installation de Lab’QVT : rien ne se perd."), ".json"),
}  # fmt: skip


def formats(form: Questionnaire) -> list[Format]:
    """Every format this questionnaire can leave in, those we have words for first.

    LimeSurvey has a file for a single page and one for a single question: of use for those alone.
    """
    parts = {"lsg": form.groups, "lsq": form.items}
    every = [id_ for id_ in (*FORMATS, *PRINTED) if id_ not in parts or len(parts[id_]) == 1]
    known = [Format(id_, *told) for id_, told in _TOLD.items() if id_ in every]
    return known + [_untold(id_) for id_ in every if id_ not in _TOLD]


def format_named(id_: str, form: Questionnaire) -> Format | None:
    return next((one for one in formats(form) if one.id == id_), None)


def _untold(id_: str) -> Format:
    extension = next((suffix for suffix, format_ in EXTENSIONS.items() if format_ == id_), f".{id_}")
    return Format(id_, id_.upper(), "", extension)


def written(form: Questionnaire, chosen: Format, language: str) -> Written:
    """The file, and what this format does not say of the questionnaire; paper speaks one language."""
    return to_bytes(form, chosen.id, language=language, typeface=Typeface(FONT_FAMILY, (FONT_FOLDER,)))


def language_among(form: Questionnaire, wanted: str) -> str:
    """The language asked for when the questionnaire has it, else its main one."""
    return wanted if wanted in form.languages else form.language


def file_name(title: str, number: int, chosen: Format, language: str) -> str:
    """« six-determinants-salaries-v1.xlsx »: readable, and without a sign that a system would refuse."""
    spoken = f"-{slugify(language)}" if chosen.in_one_language else ""
    return f"{slugify(title)[:80] or 'questionnaire'}-v{number}{spoken}{chosen.extension}"


def media_type(chosen: Format) -> str:
    return MEDIA_TYPES.get(chosen.extension, OTHER_MEDIA)

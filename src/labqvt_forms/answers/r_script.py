"""An R script that reads our CSV and gives its columns their types and labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from labqvt_forms.answers.asking import conditions
from labqvt_forms.answers.delimited import write_csv
from labqvt_forms.answers.dictionary import declined_words, not_asked_words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.guarding import guarded
from labqvt_forms.answers.layout import Field, Shape
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import AnswerSheet
from labqvt_forms.answers.table import NOT_ASKED_CODE, OTHER
from labqvt_forms.choices import DECLINED_CODE
from labqvt_forms.items import Kind, SingleChoice

DATA: Final = "-donnees.csv"
"""Ending of the name of the data: never that of the script alone, which may be where the answers came from."""
_SIGNS = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_r(prepared: Prepared, language: str, stem: str) -> Export:
    """Write the script, and the CSV it reads beside it."""
    read = write_csv(prepared, language, stem)
    data = f"{stem}{DATA}"
    return Export(script(read.sheet, data).encode(), {data: read.content}, read.sheet, read.dictionary)


def script(sheet: AnswerSheet, data: str) -> str:
    conditional = frozenset(conditions(sheet.prepared.questionnaire))
    lines = [
        '# Écrit par Lab’QVT. À lancer depuis son dossier : source(<ce fichier>, encoding = "UTF-8")',
        f'reponses <- read.csv({_quoted(data)}, encoding = "UTF-8", colClasses = "character",',
        '  na.strings = "", check.names = FALSE, strip.white = FALSE)',
        "libelles <- list()",
    ]
    for field in sheet.fields:
        lines += _typed(field, sheet.language, conditional=field.variable.id in conditional)
        if label := field.label(sheet.language):
            lines.append(f"libelles[[{_quoted(field.name)}]] <- {_quoted(label)}")
    lines.append('for (nom in names(libelles)) attr(reponses[[nom]], "label") <- libelles[[nom]]')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + "".join(_SIGNS.get(sign, sign) for sign in text if sign >= " " or sign in _SIGNS) + '"'


def _typed(field: Field, language: str, *, conditional: bool) -> Iterator[str]:
    column = f"reponses[[{_quoted(field.name)}]]"
    if field.variable.kind in (Kind.NUMBER, Kind.RATING):
        yield f'{column}[{column} %in% c("{DECLINED_CODE}", "{NOT_ASKED_CODE}")] <- NA'
        yield f"{column} <- as.numeric({column})"
    elif field.free or field.variable.choices is None:
        yield f'{column} <- sub("^\'(\'*[=+@\\t\\r-])", "\\\\1", {column})'
    else:
        levels = _answers(field, language)
        aside = _not_answers(field, language, conditional=conditional)
        ordered = (
            field.variable.row is not None and len(levels) == len(field.variable.choices.codes) and not aside
        )
        levels |= aside
        yield f"{column} <- factor({column},"
        yield f"  levels = c({', '.join(_quoted(guarded(code)) for code in levels)}),"
        yield f"  labels = c({', '.join(map(_quoted, levels.values()))}){', ordered = TRUE' if ordered else ''})"


def _answers(field: Field, language: str) -> dict[str, str]:
    """Labels of the choices by code; the code goes with a label that does not name one choice alone."""
    assert field.variable.choices is not None
    if field.shape is Shape.OPTION:
        return {"0": "No", "1": "Yes"} if language == "en" else {"0": "Non", "1": "Oui"}
    levels = {choice.code: choice.label.pick(language) for choice in field.variable.choices.choices}
    labels = list(levels.values())
    return {
        code: label if label and labels.count(label) == 1 else f"{code} – {label}".removesuffix(" – ")
        for code, label in levels.items()
    }


def _not_answers(field: Field, language: str, *, conditional: bool) -> dict[str, str]:
    """Levels of what is not an answer of the list, so that a blank stays the only NA."""
    variable = field.variable
    assert variable.choices is not None
    levels = {}
    if isinstance(variable.item, SingleChoice) and variable.item.other:
        levels[OTHER] = f"{'Other' if language == 'en' else 'Autre'} ({OTHER})"
    if variable.declinable and (variable.choices.declining is None):
        levels[DECLINED_CODE] = f"{declined_words(language)} ({DECLINED_CODE})"
    if conditional:
        levels[NOT_ASKED_CODE] = f"{not_asked_words(language)} ({NOT_ASKED_CODE})"
    return levels

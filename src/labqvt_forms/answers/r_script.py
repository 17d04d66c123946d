"""An R script that reads our CSV and gives its columns their types and labels."""

from __future__ import annotations

from collections.abc import Iterator

from labqvt_forms.answers.delimited import write_csv
from labqvt_forms.answers.dictionary import NOT_ASKED_WORDS, declined_words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.layout import Field, Shape
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import AnswerSheet
from labqvt_forms.answers.table import DECLINED_CODE, NOT_ASKED_CODE
from labqvt_forms.items import Kind

_SIGNS = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def write_r(prepared: Prepared, language: str, stem: str) -> Export:
    """Write the script, and the CSV it reads beside it."""
    read = write_csv(prepared, language, stem)
    data = f"{stem}.csv"
    return Export(script(read.sheet, data).encode(), {data: read.content}, read.sheet, read.dictionary)


def script(sheet: AnswerSheet, data: str) -> str:
    lines = [
        '# Écrit par Lab’QVT. À lancer depuis son dossier : source(<ce fichier>, encoding = "UTF-8")',
        f'reponses <- read.csv({_quoted(data)}, encoding = "UTF-8", fileEncoding = "UTF-8",',
        '  colClasses = "character", na.strings = "", check.names = FALSE, strip.white = FALSE)',
        "libelles <- list()",
    ]
    for field in sheet.fields:
        lines += _typed(field, sheet.language)
        if label := field.label(sheet.language):
            lines.append(f"libelles[[{_quoted(field.name)}]] <- {_quoted(label)}")
    lines.append('for (nom in names(libelles)) attr(reponses[[nom]], "label") <- libelles[[nom]]')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return '"' + "".join(_SIGNS.get(sign, sign) for sign in text if sign >= " " or sign in _SIGNS) + '"'


def _typed(field: Field, language: str) -> Iterator[str]:
    column = f"reponses[[{_quoted(field.name)}]]"
    if field.variable.kind is Kind.NUMBER:
        yield f'{column}[{column} %in% c("{DECLINED_CODE}", "{NOT_ASKED_CODE}")] <- NA'
        yield f"{column} <- as.numeric({column})"
    elif field.free or field.variable.choices is None:
        yield f'{column} <- sub("^\'(\'*[=+@\\t\\r-])", "\\\\1", {column})'
    else:
        levels = _levels(field, language)
        ordered = ", ordered = TRUE" if field.variable.row is not None and not _beside(field) else ""
        yield f"{column} <- factor({column},"
        yield f"  levels = c({', '.join(_quoted(code) for code in levels)}),"
        yield f"  labels = c({', '.join(_quoted(label) for label in levels.values())}){ordered})"


def _beside(field: Field) -> bool:
    """Say whether some choices stand outside the scale: an order among all of them would be false."""
    choices = field.variable.choices
    return choices is not None and len(choices.codes) != len(choices.choices)


def _levels(field: Field, language: str) -> dict[str, str]:
    """Labels by code, each label once; what is not an answer has its level too."""
    variable = field.variable
    assert variable.choices is not None
    if field.shape is Shape.OPTION:
        yes, no = ("Yes", "No") if language == "en" else ("Oui", "Non")
        levels = {"0": no, "1": yes}
    else:
        levels = {choice.code: choice.label.pick(language) for choice in variable.choices.choices}
    labels = list(levels.values())
    levels = {
        code: label if label and labels.count(label) == 1 else f"{code} – {label}".removesuffix(" – ")
        for code, label in levels.items()
    }
    if (
        variable.kind is not Kind.RATING
        and getattr(variable.item, "other", False)
        and field.shape is Shape.WHOLE
    ):
        levels["-oth-"] = "Autre (-oth-)"
    levels.setdefault(DECLINED_CODE, f"{declined_words(language)} ({DECLINED_CODE})")
    levels.setdefault(
        NOT_ASKED_CODE, f"{NOT_ASKED_WORDS.get(language, NOT_ASKED_WORDS['fr'])} ({NOT_ASKED_CODE})"
    )
    return levels

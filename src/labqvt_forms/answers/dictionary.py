"""The dictionary that goes with every export: one line per column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from labqvt_forms.answers.asking import conditions
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.guarding import guarded
from labqvt_forms.answers.layout import Field, Layout, Shape, ours
from labqvt_forms.items import Kind
from labqvt_forms.questionnaire import Questionnaire

HEADER: Final = (
    "variable",
    "question",
    "libelle",
    "type",
    "mesure",
    "codes",
    "echelle",
    "inverse",
    "manquants",
    "condition",
)
FILE_NAME: Final = "dictionnaire.csv"
_TYPES: Final = {
    Kind.SINGLE: "choix unique",
    Kind.YES_NO: "oui / non",
    Kind.MULTIPLE: "choix multiple",
    Kind.NUMBER: "nombre",
    Kind.RATING: "note",
    Kind.TEXT: "texte libre",
    Kind.RANKING: "classement",
    Kind.DATE: "date",
    Kind.FILE: "fichier",
    Kind.LANGUAGE: "langue",
}
_SHAPES: Final = {
    Shape.OPTION: "option d’un choix multiple",
    Shape.RANK: "rang d’un classement",
    Shape.PLACE: "rang donné à un choix",
    Shape.OTHER: "texte libre (« Autre »)",
}
DECLINED_WORDS: Final = {"fr": "Ne souhaite pas répondre", "en": "Prefer not to answer"}
NOT_ASKED_WORDS: Final = {"fr": "Non posé", "en": "Not asked"}
MEASURES: Final = {"nominal": "nominale", "ordinal": "ordinale", "scale": "numérique", "": "texte"}


def measure(column: Field) -> str:
    """Level of measurement, as SPSS names them: a scale of statements is ordinal; empty for words."""
    variable = column.variable
    if column.shape in (Shape.OPTION, Shape.RANK):
        return "nominal"
    if column.shape is Shape.PLACE:
        return "ordinal"
    if column.free or variable.kind in (Kind.DATE, Kind.LANGUAGE):
        return ""
    if variable.kind in (Kind.NUMBER, Kind.RATING):
        return "scale"
    return "ordinal" if variable.row is not None else "nominal"


def dictionary_rows(
    questionnaire: Questionnaire, columns: Sequence[Field], words: Words, language: str = ""
) -> list[tuple[str, ...]]:
    """Return the header and one row per column."""
    language = language or questionnaire.language
    asked = conditions(questionnaire)
    rows: list[tuple[str, ...]] = [HEADER]
    for column in columns:
        variable = column.variable
        scales = [scale.id for scale in questionnaire.scales if variable.id in scale.items]
        said = [formula.text for formula in asked.get(variable.id, ())]
        rows.append(
            (
                column.name,
                variable.id,
                column.label(language),
                _SHAPES.get(column.shape) or _TYPES[variable.kind],
                MEASURES[measure(column)],
                " | ".join(_codes(column, words, language)),
                " ".join(scales),
                "oui" if variable.reverse else "",
                " | ".join(_missing(column, words, language, conditional=bool(said))),
                " and ".join(f"({text})" for text in said) if len(said) > 1 else "".join(said),
            )
        )
    return rows


def _codes(column: Field, words: Words, language: str) -> Iterator[str]:
    variable = column.variable
    if column.shape is Shape.OPTION:
        yield f"{words.ticked} = oui"
        yield f"{words.unticked or 'vide'} = non"
    elif variable.choices is not None and column.shape in (Shape.WHOLE, Shape.RANK):
        for choice in variable.choices.choices:
            written = words.code(variable, choice.code)
            label = choice.label.pick(language) or choice.code
            beside = "" if written in (choice.code, label) else f" [{choice.code}]"
            yield f"{written} = {label}{beside}"


def _missing(column: Field, words: Words, language: str, *, conditional: bool) -> Iterator[str]:
    variable = column.variable
    if column.shape is Shape.OTHER:
        return
    yield "vide = sans réponse"
    own = variable.choices.declining if variable.choices is not None else None
    if own is not None and column.shape in (Shape.WHOLE, Shape.RANK):
        yield f"{words.code(variable, own.code)} = {own.label.pick(language) or declined_words(language)}"
    elif own is None and variable.declinable:
        yield f"{words.declined_in(variable)} = {declined_words(language)}"
    if conditional and (mark := words.not_asked_in(variable)):
        yield f"{mark} = {not_asked_words(language)}"


def declined_words(language: str) -> str:
    """Words of a refusal to answer, French where we have no others."""
    return DECLINED_WORDS.get(language, DECLINED_WORDS["fr"])


def not_asked_words(language: str) -> str:
    """Words of a question that a condition left out, French where we have no others."""
    return NOT_ASKED_WORDS.get(language, NOT_ASKED_WORDS["fr"])


def dictionary_csv(rows: Sequence[Sequence[str]], *, french: bool = False) -> bytes:
    """Write the dictionary as UTF-8 CSV; ``french`` for the Excel of a French computer (mark, semicolons)."""
    page = io.StringIO(newline="")
    csv.writer(page, delimiter=";" if french else ",", lineterminator="\r\n").writerows(
        [guarded(cell) for cell in row] for row in rows
    )
    return page.getvalue().encode("utf-8-sig" if french else "utf-8")


def answers_dictionary(questionnaire: Questionnaire, *, language: str = "", french: bool = False) -> bytes:
    """Return the dictionary of the files of answers of a questionnaire, in our own names and codes."""
    layout: Layout = ours(questionnaire)
    rows = dictionary_rows(questionnaire, layout.fields(questionnaire), Words(), language)
    return dictionary_csv(rows, french=french)

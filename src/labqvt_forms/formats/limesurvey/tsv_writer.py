"""Print the tables of a survey as the tab-separated structure LimeSurvey imports."""

from __future__ import annotations

import csv
import io

from labqvt_forms.formats.limesurvey.tables import (
    STRUCTURE_COLUMNS,
    LimeGroup,
    LimeQuestion,
    LimeSurvey,
    Option,
)

Row = dict[str, str]


def print_tsv(survey: LimeSurvey) -> bytes:
    """Return the UTF-8 text, with its mark as LimeSurvey writes it."""
    rows = [
        *({"class": "S", "name": name, "text": value} for name, value in survey.settings.items()),
        *(
            {"class": "SL", "name": name, "text": text, "language": language}
            for name, texts in survey.texts.items()
            for language, text in texts.items()
        ),
    ]
    for language in survey.languages:
        for number, group in enumerate(survey.groups, start=1):
            rows += _group(group, number, language)
    attributes = sorted({name for row in rows for name in row} - set(STRUCTURE_COLUMNS))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, [*STRUCTURE_COLUMNS, *attributes], delimiter="\t", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _group(group: LimeGroup, number: int, language: str) -> list[Row]:
    head = {
        "class": "G",
        "type/scale": str(number),
        "name": group.titles.get(language, ""),
        "text": group.descriptions.get(language, ""),
        "relevance": group.relevance,
        "language": language,
        "random_group": group.random_group,
    }
    return [head, *(row for question in group.questions for row in _question(question, language))]


def _question(question: LimeQuestion, language: str) -> list[Row]:
    row = {
        "class": "Q",
        "type/scale": question.type,
        "name": question.code,
        "relevance": question.relevance,
        "text": question.texts.get(language, ""),
        "help": question.help.get(language, ""),
        "language": language,
        "validation": question.preg,
        "mandatory": question.mandatory,
        "other": "Y" if question.other else "N",
        "default": question.default,
    }
    for name, values in question.attributes.items():
        row[name] = values.get(language, values.get("", ""))
    options = [_option("SQ", option, language) for option in question.subquestions]
    return [row, *options, *(_option("A", answer, language) for answer in question.answers)]


def _option(class_: str, option: Option, language: str) -> Row:
    return {
        "class": class_,
        "type/scale": str(option.scale),
        "name": option.code,
        "relevance": option.relevance,
        "text": option.texts.get(language, ""),
        "language": language,
        **({"assessment_value": f"{option.value:g}"} if class_ == "A" else {}),
    }

"""The tab-separated structure of LimeSurvey: one row per setting, group, question, sub-question, answer."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest

from labqvt_forms.errors import FileError, Place, QuestionnaireError
from labqvt_forms.formats.limesurvey.tables import (
    STRUCTURE_COLUMNS,
    LimeGroup,
    LimeQuestion,
    LimeSurvey,
    Option,
)

FIRST_COLUMNS = ("class", "type/scale", "name", "relevance", "text")


def looks_like_tsv(text: str) -> bool:
    header = text[:4000].split("\n", 1)[0].replace('"', "").split("\t")
    return {"class", "type/scale", "name"} <= {cell.strip() for cell in header}


def parse_tsv(text: str) -> LimeSurvey:
    """Read the rows of a structure file."""
    csv.field_size_limit(10_000_000)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    except csv.Error as error:
        raise FileError(f"ce texte tabulé est abîmé ({error}).") from error
    header = [cell.strip() for cell in lines[0]]
    if missing := [column for column in FIRST_COLUMNS if column not in header]:
        raise QuestionnaireError(
            f"il manque la colonne « {missing[0]} » : ce n’est pas une structure LimeSurvey."
        )
    rows = _Rows()
    for number, line in enumerate(lines[1:], start=2):
        cells = (cell.strip() for cell in line[: len(header)])
        rows.take(dict(zip_longest(header, cells, fillvalue="")), Place(row=number))
    rows.survey.languages = list(dict.fromkeys([rows.survey.settings.get("language", ""), *rows.languages]))
    return rows.survey


class _Rows:
    """Rows of several languages repeat the same groups and questions in the same order."""

    def __init__(self) -> None:
        self.survey = LimeSurvey()
        self.languages: list[str] = []
        self._rank: dict[str, int] = {}
        self._questions: dict[str, LimeQuestion] = {}
        self._question: LimeQuestion | None = None
        self._group: LimeGroup | None = None

    def take(self, row: dict[str, str], place: Place) -> None:
        match row.get("class", ""):
            case "S":
                self.survey.settings[row["name"]] = row.get("text", "")
            case "SL":
                self.survey.texts.setdefault(row["name"], {})[row.get("language", "")] = row.get("text", "")
            case "G":
                self._add_group(row)
            case "Q":
                self._add_question(row, place)
            case "SQ" | "A":
                self._add_option(row, place)
            case "AS":
                self.survey.beside.add("évaluations")
            case "QTA" | "QTAM" | "QTALS":
                self.survey.beside.add("quotas")
            case "C":
                self.survey.beside.add("anciennes conditions")
            case "":
                return
            case other:
                raise QuestionnaireError(f"classe de ligne « {other} » inconnue.", place)

    def _add_group(self, row: dict[str, str]) -> None:
        language = row.get("language", "")
        self._see(language)
        rank = self._rank[language] = self._rank.get(language, -1) + 1
        while len(self.survey.groups) <= rank:
            self.survey.groups.append(LimeGroup(relevance=row.get("relevance", "")))
        self._group = self.survey.groups[rank]
        self._group.titles[language] = row.get("name", "")
        self._group.descriptions[language] = row.get("text", "")
        self._group.random_group = row.get("random_group", "") or self._group.random_group

    def _add_question(self, row: dict[str, str], place: Place) -> None:
        code, language = row.get("name", ""), row.get("language", "")
        if not code:
            raise QuestionnaireError("cette question n’a pas de code (colonne « name »).", place)
        if self._group is None:
            raise QuestionnaireError("cette question précède tout groupe (classe G).", place)
        self._see(language)
        known = self._questions.get(code)
        if known is None:
            known = self._questions[code] = LimeQuestion(
                code=code,
                type=row.get("type/scale", ""),
                relevance=row.get("relevance", ""),
                mandatory=row.get("mandatory", "N"),
                other=row.get("other") == "Y",
                preg=row.get("validation", ""),
                default=row.get("default", ""),
            )
            self._group.questions.append(known)
        if language in known.texts:
            raise QuestionnaireError(f"une autre question porte déjà le code « {code} » : changez-le.", place)
        known.texts[language] = row.get("text", "")
        known.help[language] = row.get("help", "")
        for name, value in row.items():
            if name not in STRUCTURE_COLUMNS and value:
                known.attributes.setdefault(name, {})[language] = value
        self._question = known

    def _add_option(self, row: dict[str, str], place: Place) -> None:
        if self._question is None:
            raise QuestionnaireError("cette ligne (classe SQ ou A) précède toute question.", place)
        language, code = row.get("language", ""), row.get("name", "")
        answer = row["class"] == "A"
        scale = int(row["type/scale"]) if row.get("type/scale", "").isdecimal() else 0
        options = self._question.answers if answer else self._question.subquestions
        option = next((o for o in options if o.code == code and o.scale == scale), None)
        if option is None:
            value = _value(row.get("assessment_value", "") or row.get("relevance", "")) if answer else 0.0
            option = Option(code, scale, relevance="" if answer else row.get("relevance", ""), value=value)
            options.append(option)
        option.texts[language] = row.get("text", "")

    def _see(self, language: str) -> None:
        if language and language not in self.languages:
            self.languages.append(language)


def _value(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        return 0.0

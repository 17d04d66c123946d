"""The answers inside a LimeSurvey archive, under the names of our variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labqvt_forms.errors import FileError
from labqvt_forms.formats.limesurvey.extension import read_extensions
from labqvt_forms.formats.limesurvey.tables import LimeQuestion, LimeSurvey
from labqvt_forms.formats.limesurvey.xml_reader import opened, parse_lss, rows_of
from labqvt_forms.intake import opened_zip

OTHER = "-oth-"
"""What stands for « Autre » in the column of a question; its words have a column of their own."""
COLUMN = re.compile(r"_?(?:\d+X\d+X|Q)(\d.*)")
"""``_42X7X13SQ1`` (survey, group, question, row), or ``Q13_SQ1`` from version 7 on."""


def is_archive(content: bytes) -> bool:
    """Say whether a zip is a LimeSurvey archive (.lsa)."""
    with opened_zip(content) as archive:
        return any(member.endswith(".lss") for member in archive.namelist())


def read_responses(content: bytes) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the headers and the columns of the answers of an archive (.lsa)."""
    with opened_zip(content) as archive:
        names = archive.namelist()
        members = [next((name for name in names if name.endswith(end)), "") for end in (".lss", ".lsr")]
        if not all(members):
            raise FileError("cette archive LimeSurvey ne contient pas de réponses (.lsr).")
        structure, responses = (archive.read(member) for member in members)
    survey = parse_lss(structure)
    read_extensions(survey)
    known = dict(_known(survey))
    block = opened(responses).find("responses")
    rows = rows_of(block) if block is not None else []
    tags = list(dict.fromkeys(tag for row in rows for tag in row))
    headers = [_header(tag, known) for tag in tags]
    codes = [_codes(header, survey) for header in headers]
    cells = [
        tuple(told.get(row.get(tag, ""), row.get(tag, "")) for row in rows)
        for tag, told in zip(tags, codes, strict=True)
    ]
    for question in _questions(survey):
        _fill_other(question, headers, cells)
    return headers, cells


def _fill_other(question: LimeQuestion, headers: list[str], cells: list[tuple[str, ...]]) -> None:
    """Put the words of « Autre » in the column of the question, in place of the mark of LimeSurvey."""
    words = f"{question.id}[other]"
    if question.other and {question.id, words} <= set(headers):
        own, free = headers.index(question.id), headers.index(words)
        cells[own] = tuple(
            text if code == OTHER else code for code, text in zip(cells[own], cells[free], strict=True)
        )


def _header(tag: str, known: dict[str, str]) -> str:
    found = COLUMN.fullmatch(tag)
    return known.get(found[1].replace("-", "#"), tag) if found else tag


def _known(survey: LimeSurvey) -> Iterator[tuple[str, str]]:
    """Yield what ends the name of each column of answers, and the name it has for us."""
    for question in _questions(survey):
        rows = [option.code for option in question.subquestions if option.scale == 0]
        yield question.number, question.id
        yield from _both(question, {"other": f"{question.id}[other]"})
        if question.type == "R":
            places = range(1, len(question.answers or question.subquestions) + 1)
            yield from _both(question, {str(place): f"{question.id}[{place}]" for place in places})
        elif question.type in "MP":
            yield from _both(
                question, {code: f"{question.id}[{question.choice_code(code)}]" for code in rows}
            )
        elif question.type == "1":
            for side in (0, 1):
                yield from _both(
                    question, {f"{code}#{side}": f"{question.row_id(code)}_{side + 1}" for code in rows}
                )
        elif question.type in ":;":
            columns = [option.code for option in question.subquestions if option.scale == 1]
            yield from _both(
                question,
                {f"{row}_{column}": f"{question.row_id(row)}_{column}" for row in rows for column in columns},
            )
        else:
            yield from _both(question, {code: question.row_id(code) for code in rows})


def _both(question: LimeQuestion, ends: dict[str, str]) -> Iterator[tuple[str, str]]:
    for end, name in ends.items():
        yield f"{question.number}{end}", name
        yield f"{question.number}_{end}", name


def _questions(survey: LimeSurvey) -> Iterator[LimeQuestion]:
    for group in survey.groups:
        yield from group.questions


def _codes(header: str, survey: LimeSurvey) -> dict[str, str]:
    """Codes that LimeSurvey was too strict for, by what they became, for the column of one variable."""
    for question in _questions(survey):
        names = {question.id: 0}
        names |= {f"{question.id}[{place}]": 0 for place in range(1, len(question.answers) + 1)}
        for option in question.subquestions:
            row = question.row_id(option.code)
            names |= {row: 0, f"{row}_1": 0, f"{row}_2": 1}
        if header in names:
            told: dict[str, str] = question.ours.get("codes", {})
            side = f"{names[header]}:"
            return {key.removeprefix(side): code for key, code in told.items() if key.startswith(side)}
    return {}

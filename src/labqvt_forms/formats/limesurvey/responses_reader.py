"""The answers inside a LimeSurvey archive, under the names of our variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labqvt_forms.errors import FileError
from labqvt_forms.formats.limesurvey.extension import read_extensions
from labqvt_forms.formats.limesurvey.tables import LimeQuestion, LimeSurvey, Option
from labqvt_forms.formats.limesurvey.xml_reader import open_document, parse_lss, table_rows
from labqvt_forms.intake import opened_zip

OTHER = "-oth-"
"""What stands for « Autre » in the column of a question; its words have a column of their own."""
COLUMN = re.compile(r"_?(?:\d+X\d+X|Q)(\d.*)")
"""``_42X7X13SQ1`` (survey, group, question, row), or ``Q13_S14`` by numbers alone from version 7 on."""


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
            raise FileError(
                "cette archive LimeSurvey ne contient que la structure : exportez-la avec ses réponses."
            )
        structure, responses = (archive.read(member) for member in members)
    survey = parse_lss(structure)
    read_extensions(survey)
    # The number of a question wins over that of another followed by the code of its row.
    known = dict(_known(survey)) | {question.number: question.id for question in _questions(survey)}
    block = open_document(responses).find("responses")
    rows = table_rows(block) if block is not None else []
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
        for extra in ("other", "comment", "filecount"):
            yield from _named(question, (extra, f"_{extra}", f"_C{extra}"), f"{question.id}[{extra}]")
        for ends, name in _parts(question):
            yield from _named(question, ends, name)


def _named(question: LimeQuestion, ends: tuple[str, ...], name: str) -> Iterator[tuple[str, str]]:
    return ((f"{question.number}{end}", name) for end in ends)


def _parts(question: LimeQuestion) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the ends that each column of a question with several may bear, and its name for us."""
    rows = [option for option in question.subquestions if option.scale == 0]
    if question.type == "R":
        ranked = question.answers or question.subquestions
        for place, option in enumerate(ranked, start=1):
            yield (str(place), f"_{place}", f"_S{option.number}"), f"{question.id}[{place}]"
    elif question.type in "MP":
        for option in rows:
            name = f"{question.id}[{question.choice_code(option.code)}]"
            yield _ends(option), name
            yield tuple(f"{end}comment" for end in _ends(option)), f"{name.removesuffix(']')}comment]"
    elif question.type == "1":
        for option in rows:
            for side in (0, 1):
                ends = tuple(f"{end}#{side}" for end in _ends(option))
                yield ends, f"{question.row_id(option.code)}_{side + 1}"
    elif question.type in ":;":
        columns = [option for option in question.subquestions if option.scale == 1]
        for row in rows:
            for column in columns:
                ends = (
                    f"{row.code}_{column.code}",
                    f"_{row.code}_{column.code}",
                    f"_S{row.number}_S{column.number}",
                )
                yield ends, f"{question.row_id(row.code)}_{column.code}"
    else:
        for option in rows:
            yield _ends(option), question.row_id(option.code)


def _ends(option: Option) -> tuple[str, ...]:
    return option.code, f"_{option.code}", f"_S{option.number}"


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

"""Answers inside a LimeSurvey archive (.lsa), with the codes of its structure for headers.

Columns of a response table are named by numbers that change at each import (``785499X27X659SQ001`` until
version 6, ``Q659_S1234`` from version 7): the structure beside says which question each stands for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from labqvt_forms.errors import FileError
from labqvt_forms.formats.limesurvey.xml_reader import open_document, table_rows
from labqvt_forms.intake import opened_zip

_OLD = re.compile(r"_?\d{1,20}X\d{1,20}X(\d{1,20})(.*)")
_NEW = re.compile(r"_?Q(\d+)(?:_S(\d+))?(?:_S(\d+))?(?:_C?(other|comment|filecount))?(?:[#-]([01]))?")
_SUFFIXES = ("", "other", "comment", "_filecount")


@dataclass(slots=True)
class _Question:
    code: str
    type: str
    subquestions: dict[str, str] = field(default_factory=dict)
    """Codes by number, in order."""


Answers = tuple[list[str], list[tuple[str, ...]], int, int]


def archived_answers(content: bytes) -> Answers:
    """Return headers, columns, number of answers and number of the first: a table like those of other files."""
    with opened_zip(content) as archive:
        names = archive.namelist()
        structure = next(name for name in names if name.endswith(".lss"))
        responses = [name for name in names if name.endswith(".lsr")]
        if not responses:
            raise FileError(
                "cette archive LimeSurvey ne contient que la structure : exportez-la avec ses réponses."
            )
        questions = _questions(archive.read(structure))
        document = open_document(archive.read(responses[0]))
    block = document.find("responses")
    rows = table_rows(block) if block is not None else []
    fields = [node.text or "" for node in block.iterfind("fields/fieldname")] if block is not None else []
    fields = fields or list(dict.fromkeys(name for row in rows for name in row))
    tags = [_tag(name) for name in fields]
    columns = [tuple(row.get(tag, "") for row in rows) for tag in tags]
    return [_header(name, questions) for name in fields], columns, len(rows), 1


def _tag(name: str) -> str:
    """Name of the element of a field: XML takes no digit first and no ``#``."""
    return (f"_{name}" if name[:1].isdigit() else name).replace("#", "-")


def _questions(structure: bytes) -> dict[str, _Question]:
    """Questions by number, each once whatever the number of languages."""
    document = open_document(structure)
    tables = {block.tag: table_rows(block) for block in document if isinstance(block.tag, str)}
    rows = [*tables.get("questions", ()), *tables.get("subquestions", ())]
    found: dict[str, _Question] = {}
    parents: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        parent = row.get("parent_qid", "0")
        if parent in ("", "0"):
            found.setdefault(row.get("qid", ""), _Question(row.get("title", ""), row.get("type", "")))
        else:
            parents[parent].append(row)
    for parent, below in parents.items():
        if parent in found:
            for row in below:
                found[parent].subquestions.setdefault(row.get("qid", ""), row.get("title", ""))
    return found


def _header(name: str, questions: dict[str, _Question]) -> str:
    """Return the header LimeSurvey's own exports give this column; the name itself when it is no question's."""
    if old := _OLD.fullmatch(name):
        return _old_header(old[1], old[2], questions) or name
    new = _NEW.fullmatch(name)
    if new is None or new[1] not in questions:
        return name
    question = questions[new[1]]
    if question.type == "R" and new[2] in question.subquestions:
        return f"{question.code}[{list(question.subquestions).index(new[2]) + 1}]"
    parts = [question.subquestions.get(number, number) for number in (new[2], new[3]) if number]
    suffix = (new[4] or "") if parts else ""
    header = f"{question.code}[{'_'.join(parts)}{suffix}]" if parts else question.code
    if new[4] and not parts:
        header = f"{question.code}[{new[4]}]"
    return f"{header}[{int(new[5]) + 1}]" if new[5] else header


def _old_header(number: str, rest: str, questions: dict[str, _Question]) -> str:
    """Part the number of a question from the code that follows it: a code may start with digits."""
    candidates = [
        (number[:length], number[length:] + rest)
        for length in range(len(number), 0, -1)
        if number[:length] in questions
    ]
    if not candidates:
        return ""
    known = [pair for pair in candidates if _is_suffix(pair[1], questions[pair[0]])]
    qid, suffix = (known or candidates)[0]
    code = questions[qid].code
    sided = re.fullmatch(r"(.*)[#-]([01])", suffix)
    if sided:
        return f"{code}[{sided[1]}][{int(sided[2]) + 1}]"
    return f"{code}[{suffix.removeprefix('_')}]" if suffix else code


def _is_suffix(suffix: str, question: _Question) -> bool:
    bare = re.sub(r"[#-][01]$", "", suffix)
    codes = set(question.subquestions.values())
    if question.type == "R" and bare.isdecimal():
        return True
    if bare in _SUFFIXES or bare in codes or bare.removesuffix("comment") in codes:
        return True
    first, _, second = bare.partition("_")
    return bool(second) and first in codes and second in codes

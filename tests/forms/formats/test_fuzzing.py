"""Damaged files give a questionnaire or a sentence, in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from labqvt_forms import (
    FormError,
    Questionnaire,
    answers_to_bytes,
    read,
    read_answers,
    read_bytes,
    to_bytes,
)
from labqvt_forms.answers import DIALECTS
from labqvt_forms.spreadsheets import is_spreadsheet
from labqvt_forms.writing import FORMATS
from tests.forms.answer_tables import answers_to
from tests.forms.questionnaires import Maker, held_by
from tests.forms.shared_files import SHARED

WORDS = [
    b"<",
    b"]]>",
    b"\t",
    b"\n",
    b'"',
    b"{",
    b"}",
    b"\xff",
    b"\x00",
    b"1e999",
    b"-1",
    b"select_one",
    b"labqvt",
    b"&#0;",
    b"null",
]

JSON_WORDS = [b'"type":"matrix",', b'"visibleIf":"{q1} = 1",', b"[]", b'"labqvt":{},', b"true"]


def samples() -> list[bytes]:
    """One file of each format we write, and the real ones when they are there."""
    questionnaire = Maker(12).questionnaire()
    made = [to_bytes(held_by(format_, questionnaire), format_).content for format_ in FORMATS]
    real = [SHARED / "forms" / name for name in ("qvt.lss", "qvt.lsa", "widgets.xls", "table-list.xls")]
    return made + [path.read_bytes() for path in real if path.exists()]


def mutated(content: bytes, draw: random.Random) -> bytes:
    """Change a few bytes or cut a piece; inside a zip, change one member as often as the zip itself."""
    if content.startswith(b"PK") and draw.random() < 0.7:
        return _mutated_member(content, draw)
    damaged = bytearray(content)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(damaged))
        match draw.randrange(4):
            case 0:
                damaged[at] = draw.randrange(256)
            case 1:
                del damaged[at : at + draw.randint(1, 200)]
            case 2:
                damaged[at:at] = draw.choice(WORDS + JSON_WORDS if content.startswith(b"{") else WORDS)
            case _:
                damaged[at:at] = damaged[at : at + draw.randint(1, 300)]
        if not damaged:
            break
    return bytes(damaged)


def _mutated_member(content: bytes, draw: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as damaged:
        names = archive.namelist()
        chosen = draw.choice(
            [name for name in names if "sheet" in name or name.endswith((".lss", ".lsr"))] or names
        )
        for name in names:
            body = archive.read(name)
            damaged.writestr(name, mutated(body, draw) if name == chosen and body else body)
    return buffer.getvalue()


def survive(seconds: float, count: int, seed: int) -> dict[str, int]:
    draw = random.Random(seed)
    files = samples()
    outcomes = {"read": 0, "refused": 0}
    for _ in range(count):
        chosen = draw.choice(files)
        while is_spreadsheet(chosen) and draw.random() < 0.8:
            chosen = draw.choice(files)  # each workbook is read in a process of its own: fewer of them
        content = mutated(chosen, draw)
        start = time.process_time()
        try:
            read_bytes(content, name="abîmé")
        except FormError as refusal:
            assert str(refusal).strip()  # noqa: PT017 - both outcomes are right
            outcomes["refused"] += 1
        else:
            outcomes["read"] += 1
        assert time.process_time() - start < seconds
    return outcomes


@pytest.mark.thorough
def test_damaged_questionnaires_are_read_or_refused() -> None:
    outcomes = survive(seconds=3, count=2000, seed=1)
    assert min(outcomes.values()) > 100


@pytest.mark.long
def test_a_hundred_thousand_damaged_questionnaires() -> None:
    outcomes = survive(seconds=3, count=100_000, seed=2)
    assert sum(outcomes.values()) == 100_000


@pytest.mark.thorough
def test_damaged_answers_are_read_or_refused(tmp_path: Path) -> None:
    """Files of every dialect, and the real archive of LimeSurvey when it is there."""
    draw = random.Random(3)
    questionnaire = Maker(4).questionnaire(["single", "multiple", "ranking", "number", "text", "date"])
    table = answers_to(questionnaire, draw, 6)
    for dialect in DIALECTS.values():
        content = answers_to_bytes(table, questionnaire, dialect.name, with_texts=True).content
        if not dialect.data:
            # A .sav is read by a process of its own, which takes a while to start.
            count = 4 if dialect.name == "sav" else 30
            _survive_as_answers(content, questionnaire, tmp_path / f"b{dialect.extension}", draw, count)
    archive = SHARED / "forms" / "qvt.lsa"
    if archive.exists():
        real = read(archive).questionnaire
        _survive_as_answers(archive.read_bytes(), real, tmp_path / "b.lsa", draw, 10)


def test_a_file_that_kills_its_reader_is_refused(tmp_path: Path) -> None:
    """The C library that opens .sav files stops the process on this one: here, only the reading of it stops."""
    killer = Path(__file__).parent / "data" / "stops_its_reader.sav"
    with pytest.raises(FormError, match=r"ce fichier SPSS ne se lit pas \(fichier abîmé"):
        read_answers(killer, Maker(4).questionnaire(["single"]))


@pytest.mark.parametrize("name", ["stops_its_reader.xls", "stops_its_reader.xlsx"])
def test_a_workbook_that_kills_its_reader_is_refused(name: str) -> None:
    """The same of workbooks: their reader ends the process there."""
    killer = (Path(__file__).parent / "data" / name).read_bytes()
    with pytest.raises(FormError, match="ce classeur est abîmé"):
        read_bytes(killer, name="abîmé")


@pytest.mark.long
def test_two_thousand_damaged_spss_files(tmp_path: Path) -> None:
    draw = random.Random(4)
    questionnaire = Maker(4).questionnaire(["single", "multiple", "ranking", "number", "text", "date"])
    content = answers_to_bytes(
        answers_to(questionnaire, draw, 6), questionnaire, "sav", with_texts=True
    ).content
    _survive_as_answers(content, questionnaire, tmp_path / "b.sav", draw, 2000)


def _survive_as_answers(
    content: bytes, questionnaire: Questionnaire, path: Path, draw: random.Random, count: int
) -> None:
    for _ in range(count):
        path.write_bytes(mutated(content, draw))
        start = time.process_time()
        try:
            read_answers(path, questionnaire)
        except FormError as refusal:
            assert str(refusal).strip()  # noqa: PT017 - both outcomes are right
        assert time.process_time() - start < 3

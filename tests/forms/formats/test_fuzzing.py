"""Damaged files give a questionnaire or a sentence, in bounded time."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

from labqvt_forms import FormError, read_answers, read_bytes, to_bytes
from tests.forms.questionnaires import Maker
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


def samples() -> list[bytes]:
    """One file of each format we write, and the real ones when they are there."""
    questionnaire = Maker(12).questionnaire()
    made = [to_bytes(questionnaire, format_).content for format_ in ("lss", "tsv", "json", "xlsform", "ddi")]
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
                damaged[at:at] = draw.choice(WORDS)
            case _:
                damaged[at:at] = damaged[at : at + draw.randint(1, 300)]
        if not damaged:
            break
    return bytes(damaged)


def _mutated_member(content: bytes, draw: random.Random) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as damaged:
        names = archive.namelist()
        chosen = draw.choice([name for name in names if "sheet" in name or name.endswith(".lss")] or names)
        for name in names:
            body = archive.read(name)
            damaged.writestr(name, mutated(body, draw) if name == chosen and body else body)
    return buffer.getvalue()


def survive(seconds: float, count: int, seed: int) -> dict[str, int]:
    draw = random.Random(seed)
    files = samples()
    outcomes = {"read": 0, "refused": 0}
    for _ in range(count):
        content = mutated(draw.choice(files), draw)
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


def test_damaged_questionnaires_are_read_or_refused() -> None:
    outcomes = survive(seconds=3, count=2000, seed=1)
    assert min(outcomes.values()) > 100


@pytest.mark.long
def test_a_hundred_thousand_damaged_questionnaires() -> None:
    outcomes = survive(seconds=3, count=100_000, seed=2)
    assert sum(outcomes.values()) == 100_000


def test_damaged_answers_in_binary_formats_are_read_or_refused(tmp_path: Path) -> None:
    draw = random.Random(3)
    questionnaire = Maker(4).questionnaire(["single", "number", "text"])
    header = [variable.id for variable in questionnaire.answer_variables]
    import polars
    import pyreadstat

    frame = polars.DataFrame({name: ["1", "2", ""] for name in header})
    frame.write_parquet(tmp_path / "a.parquet")
    pyreadstat.write_sav(frame, str(tmp_path / "a.sav"))
    for name in ("a.parquet", "a.sav"):
        content = (tmp_path / name).read_bytes()
        for _ in range(150):
            path = tmp_path / f"b{Path(name).suffix}"
            path.write_bytes(mutated(content, draw))
            try:
                read_answers(path, questionnaire)
            except FormError as refusal:
                assert str(refusal).strip()  # noqa: PT017 - both outcomes are right

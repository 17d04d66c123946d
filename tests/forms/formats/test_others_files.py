"""Files as people really have them: half broken, saved by another tool, or made to harm."""

from __future__ import annotations

import json
import time

import pytest

from labqvt_forms import FormError, read_bytes, to_bytes

TEXT_FORMATS = ("json", "surveyjs", "xlsform", "lss", "lsa", "tsv", "ddi")
STRUCTURE = (
    '<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>'
    "<languages><language>fr</language></languages><questions><rows><row><qid>1</qid><gid>1</gid>"
    "<parent_qid>0</parent_qid><type>S</type><title>Q1</title><question>Votre avis</question>"
    "<language>fr</language></row></rows></questions></document>"
)


def refusal(content: bytes) -> str:
    with pytest.raises(FormError) as refused:
        read_bytes(content, name="x")
    return str(refused.value)


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_half_an_emoji_in_a_json_can_be_written_everywhere(format_: str) -> None:
    cut = b'{"elements": [{"type": "text", "name": "q", "title": "Avis \\ud83d"}]}'
    questionnaire = read_bytes(cut, name="x").questionnaire
    assert questionnaire.items[0].label.pick("fr") == "Avis \ufffd"
    again = read_bytes(to_bytes(questionnaire, format_).content, name="x").questionnaire
    assert again.items[0].label == questionnaire.items[0].label


def test_a_whole_emoji_written_as_escapes_stays_whole() -> None:
    document = {"elements": [{"type": "text", "name": "q", "title": "Avis 🙂"}]}
    questionnaire = read_bytes(json.dumps(document).encode(), name="x").questionnaire
    assert questionnaire.items[0].label.pick("fr") == "Avis 🙂"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"pages":\n[}', "ligne 2 : ce n’est pas du JSON lisible au signe 2"),
        (b'{"pages":' + b"[" * 100_000, "trop imbriqué"),
        (b'{"pages":' + b"9" * 5000 + b"}", "nombre démesuré"),
        (STRUCTURE[:-20].encode(), "ligne 1 : ce XML est abîmé"),
    ],
)
def test_damage_is_told_in_french_with_its_line(content: bytes, words: str) -> None:
    told = refusal(content)
    assert words in told
    assert not {"line", "expecting", "limit", "token"} & set(told.lower().split())


@pytest.mark.parametrize(
    "content",
    [
        b"\n\n  " + STRUCTURE.encode(),
        b"\xef\xbb\xbf\r\n" + STRUCTURE.encode(),
        STRUCTURE.replace("Votre", "\x0bVotre\x02").encode(),
        STRUCTURE.replace("UTF-8", "UTF-16").encode("utf-16"),
    ],
    ids=["blank lines before", "mark and blank", "control characters", "utf-16"],
)
def test_a_structure_another_tool_has_touched_is_read(content: bytes) -> None:
    (item,) = read_bytes(content, name="x").questionnaire.items
    assert (item.id, item.label.pick("fr")) == ("Q1", "Votre avis")


def test_json_saved_as_utf_16_is_read() -> None:
    content = '{"elements": [{"type": "text", "name": "é"}]}'.encode("utf-16")
    assert [item.id for item in read_bytes(content, name="x").questionnaire.items] == ["é"]


@pytest.mark.parametrize(
    "content",
    [
        b"<a " + b'x="1" ' * 500_000 + b"/>",
        b"<codeBook><dataDscr>" + b"<varGrp>" * 30_000 + b"</varGrp>" * 30_000 + b"</dataDscr></codeBook>",
    ],
    ids=["one endless tag", "groups in groups"],
)
def test_a_vast_xml_is_refused_at_once(content: bytes) -> None:
    started = time.process_time()
    refusal(content)
    assert time.process_time() - started < 6


@pytest.mark.parametrize("format_", TEXT_FORMATS)
def test_a_sign_no_xml_can_hold_comes_back_from_everywhere(format_: str) -> None:
    strange = b'{"title": "T\\u0001", "elements": [{"type": "text", "name": "q", "title": "Avis\\u000b"}]}'
    questionnaire = read_bytes(strange, name="x").questionnaire
    again = read_bytes(to_bytes(questionnaire, format_).content, name="x").questionnaire
    assert (again.title, again.items[0].label) == (questionnaire.title, questionnaire.items[0].label)

"""Groups, questions and quotas of LimeSurvey."""

from __future__ import annotations

import dataclasses

import pytest

from labqvt_forms import (
    Choice,
    ChoiceList,
    FormatError,
    FreeText,
    Group,
    Item,
    MultipleChoice,
    Questionnaire,
    QuestionnaireError,
    Quota,
    Scale,
    SingleChoice,
    Text,
    only_group,
    only_question,
    read_bytes,
    to_bytes,
)
from tests.forms.questionnaires import Maker

LISTE = ChoiceList("liste", (Choice("1", Text.of(fr="Un")), Choice("très-long", Text.of(fr="Deux"))))


def questionnaire(*items: Item, **fields: object) -> Questionnaire:
    return Questionnaire(id="42", groups=(Group(id="g1", items=items),), **fields)  # type: ignore[arg-type]  # passed on as given


def test_a_group_file_holds_one_group_and_says_which_to_choose() -> None:
    whole = Maker(3).questionnaire(["single", "text", "note", "number", "block", "date"])
    assert len(whole.groups) > 1
    with pytest.raises(FormatError, match=r"porte un seul groupe, ce questionnaire en a \d .*--group"):
        to_bytes(whole, "lsg")
    group = whole.groups[1]
    back = read_bytes(to_bytes(only_group(whole, group.id), "lsg").content, name="x").questionnaire
    assert back.groups == (group,)
    with pytest.raises(
        QuestionnaireError, match=r"le groupe « absent » n’existe pas\. Groupes de ce questionnaire : g1"
    ):
        only_group(whole, "absent")


def test_a_question_file_holds_one_question() -> None:
    whole = questionnaire(SingleChoice(id="a", choices=LISTE), FreeText(id="b", longest=7))
    with pytest.raises(
        FormatError, match=r"porte une seule question, ce questionnaire en a 2 \(a, b\) .*--question"
    ):
        to_bytes(whole, "lsq")
    for item in whole.items:
        content = to_bytes(only_question(whole, item.id), "lsq").content
        assert b"<LimeSurveyDocType>Question<" in content
        assert b"<groups>" not in content
        assert read_bytes(content, name="x").questionnaire.items == (item,)
    with pytest.raises(QuestionnaireError, match="la question « c » n’existe pas"):
        only_question(whole, "c")


def test_a_part_keeps_the_scales_and_quotas_of_what_it_asks() -> None:
    items = (SingleChoice(id="a", choices=LISTE), SingleChoice(id="b", choices=LISTE))
    scale = Scale(id="s", items=("a", "b"))
    quotas = tuple(Quota(id=f"q{id_}", limit=1, demands=((id_, "1"),)) for id_ in "ab")
    part = only_question(questionnaire(*items, scales=(scale,), quotas=quotas), "b")
    assert part.scales == (dataclasses.replace(scale, items=("b",)),)
    assert part.quotas == quotas[1:]


OLD_GROUP = """<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>{kind}</LimeSurveyDocType><DBVersion>177</DBVersion>
<languages><language>fr</language></languages>{group}
<questions><rows><row><qid>7</qid><parent_qid>0</parent_qid><gid>3</gid><type>L</type><title>Q1</title>
<question>Quel contrat ?</question><help/><language>fr</language><mandatory>Y</mandatory></row></rows></questions>
<answers><rows><row><qid>7</qid><code>A1</code><answer>CDI</answer><sortorder>1</sortorder><language>fr</language>
</row></rows></answers></document>"""
OLD_GROUPS = """<groups><rows><row><gid>3</gid><group_name>Vous</group_name><group_order>0</group_order>
<description/><language>fr</language></row></rows></groups>"""


@pytest.mark.parametrize(("kind", "group", "title"), [("Group", OLD_GROUPS, "Vous"), ("Question", "", "")])
def test_parts_of_the_old_layout_are_read(kind: str, group: str, title: str) -> None:
    content = OLD_GROUP.format(kind=kind, group=group).encode()
    (read_group,) = read_bytes(content, name="x").questionnaire.groups
    (item,) = read_group.items
    assert str(read_group.title) == title
    assert isinstance(item, SingleChoice)
    assert (str(item.label), str(item.choices.choices[0].label)) == ("Quel contrat ?", "CDI")


def test_quotas_travel_both_ways() -> None:
    quota = Quota(
        id="femmes",
        limit=12,
        demands=(("a", "très-long"), ("m", "1")),
        label=Text.of(fr="Femmes"),
        message=Text.of(fr="Merci, le nombre est atteint."),
    )
    asked = questionnaire(
        SingleChoice(id="a", choices=LISTE), MultipleChoice(id="m", choices=LISTE), quotas=(quota,)
    )
    written = to_bytes(asked, "lss")
    assert b"<qlimit><![CDATA[12]]></qlimit>" in written.content
    assert not any("quotas" in warning for warning in written.warnings)
    assert read_bytes(written.content.replace(b"[12]", b"[20]"), name="x").questionnaire.quotas == (
        dataclasses.replace(quota, limit=20),
    )


def test_a_quota_that_counts_an_unknown_answer_is_left_and_told() -> None:
    asked = questionnaire(
        SingleChoice(id="a", choices=LISTE), quotas=(Quota(id="q", limit=1, demands=(("a", "1"),)),)
    )
    content = to_bytes(asked, "lss").content.replace(
        b"<quota_id><![CDATA[1]]></quota_id>\n    <code><![CDATA[A1]]>",
        b"<quota_id><![CDATA[1]]></quota_id>\n    <code><![CDATA[Z9]]>",
    )
    reading = read_bytes(content, name="x")
    assert reading.questionnaire.quotas == ()
    assert any("le quota « q », qui compte une réponse inconnue" in warning for warning in reading.warnings)

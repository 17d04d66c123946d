"""Codebooks: ours validate and come back whole; those of others are read as they are."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Computed,
    FileError,
    FormatError,
    Formula,
    FreeText,
    Group,
    MultipleChoice,
    Nature,
    Note,
    Number,
    Questionnaire,
    QuestionnaireError,
    Rating,
    Role,
    Row,
    Scale,
    SingleChoice,
    Text,
    YesNo,
    read,
    read_bytes,
    to_bytes,
)
from tests.forms.questionnaires import Maker, drawn
from tests.forms.shared_files import shared

ODD = ["a  b", " bord ", "ligne\nautre", "<b>gras</b> & co", "\x0b\ufffe", "&lt;", "]]>", "fin\r\n", "\ud800"]
FREQUENCY = ChoiceList("frequence", (Choice("1", Text.of(fr="Jamais")), Choice("2", Text.of(fr="Toujours"))))


@pytest.fixture(scope="module")
def valid() -> Callable[[bytes], bool]:
    etree = pytest.importorskip("lxml.etree", reason="lxml absent: the schema cannot judge")
    schema = etree.XMLSchema(etree.parse(str(shared("ddi-xsd/codebook.xsd"))))

    def judge(content: bytes) -> bool:
        schema.assertValid(etree.fromstring(content))
        return True

    return judge


def odd(maker: Maker) -> Iterator[Text]:
    while True:
        yield Text.of({language: maker.draw.choice(ODD) for language in maker.languages})


def of(*items: object, **fields: object) -> Questionnaire:
    return Questionnaire(id="q", groups=(Group(id="g", items=items),), **fields)  # type: ignore[arg-type]  # items of tests


def back(questionnaire: Questionnaire) -> Questionnaire:
    return read_bytes(to_bytes(questionnaire, "ddi").content, name="retour").questionnaire


def test_what_we_write_is_valid(valid: Callable[[bytes], bool]) -> None:
    for seed in range(25):
        assert valid(to_bytes(drawn(seed), "ddi").content), seed


def test_texts_xml_cannot_hold_come_back(valid: Callable[[bytes], bool]) -> None:
    for seed in range(15):
        maker = Maker(seed)
        texts = odd(maker)
        items = [
            dataclasses.replace(item, label=next(texts), hint=next(texts))
            for item in maker.questionnaire().items
        ]
        questionnaire = of(*items, title=next(texts), welcome=next(texts), languages=maker.languages)
        assert back(questionnaire) == questionnaire, seed
        assert valid(to_bytes(questionnaire, "ddi").content)


def test_codes_and_languages_no_archive_would_have_come_back(valid: Callable[[bytes], bool]) -> None:
    strange = ChoiceList(
        "l", tuple(Choice(code, Text.of(fr=code)) for code in ("a b", "<i>", "x]", "é", "_", "-98"))
    )
    tight = ChoiceList("m", tuple(choice for choice in strange.choices if " " not in choice.code))
    questionnaire = of(
        SingleChoice(id="été", choices=strange, declinable=True),
        MultipleChoice(id="1x", choices=tight, label=Text.of({"pt_BR": "Sim", "中文": "是"})),
        Note(id="n1", label=Text.of(fr="Lire")),
        Block(id="n0", choices=tight, rows=(Row(id="1"), Row(id="V1"))),
        languages=("中文", "fr", "pt_BR"),
    )
    assert back(questionnaire) == questionnaire
    assert valid(to_bytes(questionnaire, "ddi").content)


def test_an_identifier_xml_cannot_hold_is_refused_by_name() -> None:
    with pytest.raises(FormatError, match="refuse l’identifiant « q » : retirez-en le signe invisible"):
        to_bytes(of(FreeText(id="q\x01")), "ddi")


def test_what_other_tools_read_is_in_the_ordinary_elements() -> None:
    scale = Scale(id="s", label=Text.of(fr="Climat"), items=("r1",))
    block = Block(
        id="b",
        label=Text.of(fr="À quel point ?"),
        choices=FREQUENCY,
        rows=(Row(id="r1", label=Text.of(fr="On m’écoute")),),
    )
    questionnaire = of(
        block,
        Number(id="age", integer=True, least=16.0, most=99.0, unit=Text.of(fr="ans"), declinable=True),
        Computed(id="double", formula=Formula("${age} * 2"), relevant=Formula("${r1} = '1'")),
        MultipleChoice(id="m", choices=FREQUENCY, random_order=True),
        title=Text.of(fr="Enquête", en="Survey"),
        languages=("fr", "en"),
        nature=Nature.NOMINATIVE,
        scales=(scale,),
    )
    content = to_bytes(questionnaire, "ddi").content.decode()
    for written in (
        '<titl xml:lang="fr">Enquête</titl>',
        '<parTitl xml:lang="en">Survey</parTitl>',
        '<anlyUnit unit="organization">',
        'type="grid" name="b" var="V1"',
        'type="multipleResp" name="m" var="V4 V5"',
        'type="analysis" name="s" var="V1"',
        '<preQTxt xml:lang="fr">À quel point ?</preQTxt><qstnLit xml:lang="fr">On m’écoute</qstnLit>',
        'name="age" intrvl="contin" nature="ratio" dcml="0" measUnit="ans"',
        '<range UNITS="INT" min="16" max="99" />',
        '<item VALUE="-98" />',
        '<drvcmd syntax="xpath">${age} * 2</drvcmd>',
        "<universe level=\"xpath\">${r1} = '1'</universe>",
        "tiré au hasard : m.</sampProc>",
        "<catValu>2</catValu>",
    ):
        assert written in content
    assert "catStat" not in content
    assert to_bytes(questionnaire, "ddi").warnings == ()


def test_the_study_is_described_in_the_language_of_the_questionnaire() -> None:
    choice = SingleChoice(id="a", choices=FREQUENCY, random_order=True)
    content = to_bytes(of(choice, languages=("en",), min_group=5), "ddi").content.decode()
    assert "<confDec>Anonymous survey: no answer is linked to a person.</confDec>" in content
    assert "<sampProc>Order of choices or lines drawn at random: a.</sampProc>" in content
    assert "<restrctn>No result for a group of fewer than 5 answers.</restrctn>" in content


def test_an_edit_made_by_an_archive_wins_over_what_we_kept_beside() -> None:
    scale = ChoiceList("s", (Choice("1", Text.of(fr="Non"), value=3.0), Choice("2", Text.of(fr="Oui"))))
    questionnaire = of(SingleChoice(id="a", choices=scale, reverse=True), SingleChoice(id="b", choices=scale))
    content = to_bytes(questionnaire, "ddi").content.replace(b"Oui", b"Certes", 1)
    edited, kept = read_bytes(content, name="q").questionnaire.items
    assert isinstance(edited, SingleChoice)
    assert [choice.label.pick() for choice in edited.choices.choices] == ["Non", "Certes"]
    assert (edited.choices.choices[0].value, edited.reverse) == (3.0, True)
    assert isinstance(kept, SingleChoice)
    assert (kept.choices.id, kept.choices.choices) == ("s_2", scale.choices)  # no longer the same list


def test_a_mark_taken_out_elsewhere_makes_another_kind_of_question() -> None:
    content = to_bytes(of(Rating(id="reco", enps=True)), "ddi").content
    start = content.index(b"   <catgry")
    shorter = content[:start] + content[content.index(b"</catgry>\n") + 10 :]
    reading = read_bytes(shorter, name="q")
    assert isinstance(reading.questionnaire.items[0], SingleChoice)
    assert "« reco » a changé de genre : « enps » laissé de côté." in reading.warnings


DATAVERSE = """<?xml version="1.0"?>
<!DOCTYPE codeBook SYSTEM "http://www.icpsr.umich.edu/DDI/Version2-1.dtd">
<!-- exported -->
<codeBook version="2.1" xml-lang="en">
 <docDscr><citation><titlStmt><titl>Document</titl></titlStmt></citation></docDscr>
 <stdyDscr><citation><titlStmt><titl>
    Working
    life</titl><IDNo agency="doi">doi:10.5072/FK2/ABC</IDNo></titlStmt><unknown/></citation></stdyDscr>
 <dataDscr>
  <varGrp ID="VG1" var="v1 v9" type="subject"><labl>You</labl></varGrp>
  <varGrp ID="VG2" var="v3 v4" type="multipleResp" name="why"><labl>Why?</labl></varGrp>
  <var ID="v1" name="age" intrvl="contin"><location fileid="f1"/><labl level="variable">Age</labl>
   <sumStat type="mean">41.2</sumStat><varFormat type="numeric" schema="other"/><notes type="VDC:UNF">UNF:6:x</notes></var>
  <var ID="v2" name="happy" intrvl="discrete"><labl>happy short</labl>
   <qstn><preQTxt>Thinking of work.</preQTxt><qstnLit><![CDATA[<p>Are you <b>happy</b>?</p>]]></qstnLit></qstn>
   <universe>All employees</universe>
   <catgry missing="N"><catValu>1</catValu><labl level="category">Yes</labl><catStat type="freq">12</catStat></catgry>
   <catgry missing="N"><catValu>2</catValu><labl level="category">No</labl></catgry>
   <catgry missing="Y"><catValu>9</catValu><labl level="category">Refused</labl></catgry>
   <catgry><labl>no code</labl></catgry>
   <varFormat type="numeric"/></var>
  <var ID="v3" name="why_pay"><labl>Pay</labl></var>
  <var ID="v4" name="why_team"><labl>Team</labl></var>
  <var ID="v5" name="open text"><labl>Say more</labl><varFormat type="character"/></var>
  <var name="mark"><qstn>How much?</qstn><valrng><range min="0" max="10"/></valrng>
   %s<varFormat type="numeric"/></var>
  <var ID="v7" name="index"><labl>Index</labl><derivation><drvdesc>Mean of a and b</drvdesc></derivation></var>
 </dataDscr>
</codeBook>"""
MARKS = "".join(
    f"<catgry><catValu>{mark}</catValu><labl>{ {0: 'Low', 10: 'High'}.get(mark, '') }</labl></catgry>"
    for mark in range(11)
)


def test_a_codebook_that_does_not_validate_is_read() -> None:
    reading = read_bytes((DATAVERSE % MARKS).encode(), name="ab")
    questionnaire = reading.questionnaire
    assert questionnaire.title == Text.of(en="Working\nlife")
    assert (questionnaire.languages, questionnaire.id) == (("en",), "doi:10.5072_FK2_ABC")
    assert [[item.id for item in group.items] for group in questionnaire.groups] == [
        ["age"],
        ["happy", "why", "open_text", "mark", "index"],
    ]
    age, happy, why, said, mark, index = questionnaire.items
    assert isinstance(age, Number)
    assert isinstance(happy, SingleChoice)
    assert happy.label == Text.of(en="Thinking of work.\nAre you happy?")
    assert [(choice.code, choice.role) for choice in happy.choices.choices] == [
        ("1", Role.ANSWER),
        ("2", Role.ANSWER),
        ("9", Role.DECLINES),
    ]
    assert isinstance(why, MultipleChoice)
    assert [choice.code for choice in why.choices.choices] == ["pay", "team"]
    assert isinstance(said, FreeText)
    assert mark == Rating(
        id="mark", label=Text.of(en="How much?"), low_label=Text.of(en="Low"), high_label=Text.of(en="High")
    )
    assert index == Computed(id="index", label=Text.of(en="Index"))
    assert set(reading.warnings) == {
        "le fichier ne dit pas si l’enquête est anonyme : elle est tenue pour anonyme.",
        "la variable « open text » devient « open_text ».",
        "le calcul de « index » n’est pas repris : « Mean of a and b ».",
        "univers en mots, non repris comme condition : « All employees » (happy).",
    }


def test_versions_prefixes_and_languages_of_elements() -> None:
    content = """<ddi:codeBook xmlns:ddi="http://www.icpsr.umich.edu/DDI" xml:lang="fr"><ddi:stdyDscr/><ddi:dataDscr>
      <ddi:var name="q"><ddi:labl>Content ?</ddi:labl><ddi:labl xml:lang="en">Happy?</ddi:labl>
      <ddi:catgry><ddi:catValu>O</ddi:catValu></ddi:catgry><ddi:catgry><ddi:catValu>N</ddi:catValu></ddi:catgry></ddi:var>
      <ddi:var name="q"/></ddi:dataDscr></ddi:codeBook>"""
    reading = read_bytes(content.encode(), name="xy")
    first, second = reading.questionnaire.items
    assert isinstance(first, YesNo)
    assert first.label == Text.of(fr="Content ?", en="Happy?")
    assert reading.questionnaire.languages == ("fr", "en")
    assert second.id == "q_2"
    assert "la variable « q » devient « q_2 »." in reading.warnings


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    content = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?><codeBook><var name='a'><labl>Été</labl></var></codeBook>"
    assert read_bytes(content.encode(encoding), name="x").questionnaire.items[0].label == Text.of(fr="Été")


def test_what_archives_do_that_no_version_allows() -> None:
    content = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate/><GetRecord><metadata>
      <codeBook xmlns="ddi:codebook:2_5" xml:lang="en"><var name="Q1"><labl>Age</labl>
      <qstnLit>How old are you?</qstnLit><catgry missing="Yes"><catValu>
         9 </catValu></catgry><catgry><catValu>1</catValu></catgry></var></codeBook></metadata></GetRecord></OAI-PMH>"""
    (item,) = read_bytes(content.encode(), name="x").questionnaire.items
    assert isinstance(item, SingleChoice)
    assert item.label == Text.of(en="How old are you?")
    assert [(choice.code, choice.role) for choice in item.choices.choices] == [
        ("9", Role.ASIDE),
        ("1", Role.ANSWER),
    ]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><codeBook>&x;</codeBook>', FileError, "entités"),
        ("<codeBook><stdyDscr>", FileError, "abîmé"),
        ("<codeBook/>", QuestionnaireError, "aucune question"),
        (
            '<codeBook><dataDscr><var name="a"><notes type="labqvt">{"fields":1}</notes></var></dataDscr></codeBook>',
            QuestionnaireError,
            "« a » : note « labqvt » abîmée",
        ),
    ],
)
def test_a_bad_codebook_is_refused_in_a_sentence(content: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        read_bytes(content.encode(), name="x")


def test_every_real_file_becomes_a_valid_codebook_and_comes_back(
    valid: Callable[[bytes], bool], tmp_path: Path
) -> None:
    for name in ("qvt.lss", "widgets.xls", "citric_survey.lss", "xlsform_spec_test.xlsx"):
        questionnaire = read(shared(f"forms/{name}")).questionnaire
        content = to_bytes(questionnaire, "ddi").content
        assert valid(content)
        (tmp_path / "a.xml").write_bytes(content)
        assert read(tmp_path / "a.xml").questionnaire == questionnaire


def test_a_thousand_shuffled_items_keep_their_order() -> None:
    draw = random.Random(4)
    items = [
        Note(id=f"n{number}") if draw.random() < 0.5 else FreeText(id=f"t{number}") for number in range(1000)
    ]
    questionnaire = of(*items)
    assert [item.id for item in back(questionnaire).items] == [item.id for item in items]


def test_the_empty_cells_of_nesstar_are_no_choice_and_a_jump_is_told() -> None:
    codebook = (
        '<codeBook version="1.2.2"><dataDscr><var ID="V1" name="sexe"><labl>Sexe</labl><qstn>'
        '<qstnLit>Vous êtes ?</qstnLit><forward qstn="V3">Si femme, aller en 3</forward></qstn>'
        "<catgry><catValu>1</catValu><labl>Homme</labl></catgry><catgry><catValu>2</catValu>"
        '<labl>Femme</labl></catgry><catgry missing="Y"><catValu>Sysmiss</catValu></catgry></var>'
        "</dataDscr></codeBook>"
    )
    reading = read_bytes(codebook.encode(), name="x")
    (item,) = reading.questionnaire.items
    assert isinstance(item, SingleChoice)
    assert item.choices.codes == ("1", "2")
    assert (
        "« sexe » : renvoi en mots, non repris comme condition : « Si femme, aller en 3 »."
        in reading.warnings
    )

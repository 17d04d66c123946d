"""The printed questionnaire: tagged, complete, with the codes of the screen."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from labqvt.documents.fonts import FONT_FOLDER
from labqvt.foundation.design.tokens import FONT_FAMILY
from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Computed,
    Date,
    FormatError,
    Formula,
    FreeText,
    Group,
    MultipleChoice,
    Nature,
    Note,
    Number,
    Question,
    Questionnaire,
    Ranking,
    Rating,
    Row,
    SingleChoice,
    Text,
    Typeface,
    YesNo,
    read,
    to_bytes,
    write,
)
from labqvt_forms.formats.paper.conditions import ConditionWriter
from labqvt_forms.formats.written import Written
from tests.forms.questionnaires import KINDS, Maker
from tests.forms.shared_files import shared

ATKINSON = Typeface(FONT_FAMILY, (FONT_FOLDER,))
FRUITS = ChoiceList(
    "fruits", (Choice("1", Text.of(fr="Pomme", en="Apple")), Choice("2", Text.of(fr="Poire", en="Pear")))
)


def printed(questionnaire: Questionnaire, language: str = "") -> Written:
    return to_bytes(questionnaire, "pdf", language=language, typeface=ATKINSON)


def pages(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def bare(text: str) -> str:
    """Leave out spaces and hyphenation, which belong to the page and not to the words."""
    return re.sub(r"[\s\u00a0\u202f\u00ad\ufffe\u2010-]+", "", text)


def of(*items: object, **fields: object) -> Questionnaire:
    return Questionnaire(id="q", groups=(Group(id="g", items=items),), **fields)  # type: ignore[arg-type]  # items of tests


def test_the_page_is_tagged_and_says_its_title_and_language() -> None:
    content = printed(
        of(Note(id="n", label=Text.of(fr="Bonjour")), title=Text.of(fr="Enquête « A »"))
    ).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "fr-FR"
        assert str(pdf.docinfo.Title) == "Enquête «\u202fA\u202f»"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert pdf.Root.StructTreeRoot.K


def test_tables_and_headings_are_known_as_such_and_the_second_copy_is_decoration() -> None:
    block = Block(id="b", choices=FRUITS, rows=(Row(id="r1"), Row(id="r2")))
    group = Group(id="g", title=Text.of(fr="Partie"), items=(block,))
    content = printed(Questionnaire(id="q", groups=(group,))).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags = [
            str(node.S)
            for node in pdf.objects
            if isinstance(node, pikepdf.Dictionary) and "/S" in node and "/P" in node
        ]
    assert {"/Title", "/H1", "/Table", "/THead", "/TH", "/TD"} <= set(tags)
    assert (tags.count("/Table"), tags.count("/TD")) == (1, 2 * 3)


@pytest.mark.parametrize("seed", range(6))
def test_every_label_and_code_is_on_the_sheet(seed: int) -> None:
    maker = Maker(seed, languages=("fr",))
    questionnaire = maker.questionnaire([cls.kind.value for cls in KINDS])
    text = bare("".join(pages(printed(questionnaire).content))).replace("?", "")
    for variable in questionnaire.variables:
        if not isinstance(variable.item, Question | Note) or variable.kind == "language":
            continue
        said = [
            variable.item.label,
            variable.label,
            *(c.label for c in getattr(variable.choices, "choices", ())),
        ]
        for label in said if variable.kind != "rating" else said[:2]:
            drawable = re.sub("[中文?]", "", bare(label.pick("fr")))
            assert drawable in text, (variable.id, drawable)
        for choice in getattr(variable.choices, "choices", ()):
            assert bare(choice.code) in text


def test_what_paper_cannot_hold_is_named() -> None:
    questionnaire = of(
        SingleChoice(id="f", choices=FRUITS, random_order=True),
        FreeText(id="why", pattern="[a-z]+", relevant=Formula("${f} = '1'")),
        FreeText(id="odd", relevant=Formula("${f} + 1 > 2")),
        Computed(id="c", formula=Formula("1 + 1")),
        languages=("fr", "en"),
    )
    assert set(printed(questionnaire).warnings) == {
        "Le papier ne dit pas : langues (en).",
        "Le papier ne dit pas : ordre au hasard (f).",
        "Le papier ne dit pas : condition appliquée d’elle-même (why).",
        "Le papier ne dit pas : motif imposé (why).",
        "Le papier ne dit pas : condition (odd).",
        "Le papier ne dit pas : calcul (c).",
    }


def test_a_short_form_is_printed_twice_on_a_sheet_and_a_long_one_on_numbered_pages() -> None:
    short = printed(of(YesNo(id="oui", label=Text.of(fr="Êtes-vous d’accord ?")))).content
    (page,) = pypdfium2.PdfDocument(short)
    assert page.get_width() > page.get_height()
    (text,) = pages(short)
    assert text.count("oui") == 2
    long = pages(
        printed(of(*(FreeText(id=f"t{number}", long=True) for number in range(30)), version="7")).content
    )
    assert len(long) > 2
    for number, text in enumerate(long, start=1):
        assert f"page {number} / {len(long)}" in text
        assert "q · version 7" in text


def test_who_answers_is_said_and_the_language_chosen() -> None:
    item = SingleChoice(
        id="f", label=Text.of(fr="Quel fruit ?", en="Which fruit?"), choices=FRUITS, declinable=True
    )
    questionnaire = of(item, languages=("fr", "en"))
    french, english = pages(printed(questionnaire).content)[0], pages(printed(questionnaire, "en").content)[0]
    assert "N’écrivez pas votre nom" in french
    assert "Quel fruit\u202f?" in french
    assert "-98" in french
    assert "Je préfère ne pas répondre" in french
    assert ("Which fruit?" in english, "Pear" in english, "Do not write your name" in english) == (
        True,
        True,
        True,
    )
    named = of(item, nature=Nature.NOMINATIVE)
    assert "au nom de votre structure" in pages(printed(named).content)[0]
    with pytest.raises(FormatError, match=r"n’existe pas en « de »\. Ses langues : fr, en"):
        printed(questionnaire, "de")


def test_nothing_typed_is_ever_evaluated_and_no_sign_stops_the_press() -> None:
    words = "#panic() *gras* $x$ \\u{41} <a> @b [c] // 🙂 中\x00\u200b"
    written = printed(of(FreeText(id="t", label=Text.of(fr=words))))
    assert "#panic() *gras* $x$ \\u{41} <a> @b [c] // ? ?" in pages(written.content)[0]
    assert written.warnings == ("Le papier ne dit pas : signes que la police ne dessine pas (中 🙂).",)


def test_a_title_that_cannot_be_drawn_leaves_its_place_to_the_identifier() -> None:
    written = printed(of(Note(id="n", label=Text.of(fr="Lire")), title=Text.of(fr="\x00 \u200d")))
    with pikepdf.open(io.BytesIO(written.content)) as pdf:
        assert str(pdf.docinfo.Title) == "q"


def test_without_a_typeface_the_compiler_has_its_own(tmp_path: Path) -> None:
    assert (
        write(of(Number(id="âge", label=Text.of(fr="Âge")), title=Text.of(fr="Œuvre")), tmp_path / "q.pdf")
        == ()
    )
    assert "Œuvre" in pages((tmp_path / "q.pdf").read_bytes())[0]


CONDITIONS = {
    "${f} = '2'": "vous avez répondu « Poire » à la question 1",
    "${f} != '2'": "vous n’avez pas répondu « Poire » à la question 1",
    "not(${f} = '2')": "vous n’avez pas répondu « Poire » à la question 1",
    "'2' = ${f}": "vous avez répondu « Poire » à la question 1",
    "${m} != ''": "vous avez répondu à la question 2",
    "selected(${m}, '1')": "vous avez coché « Pomme » à la question 2",
    "not(selected(${m}, '1'))": "vous n’avez pas coché « Pomme » à la question 2",
    "selected(${f}, '1')": "vous avez répondu « Pomme » à la question 1",
    "count-selected(${m}) >= 2": "vous avez coché au moins 2 choix à la question 2",
    "count-non-empty(${n}) > 0": "vous avez répondu à la question 3",
    "18 <= ${n}": "votre réponse à la question 3 est au moins 18",
    "not(${n} > 3)": "votre réponse à la question 3 est au plus 3",
    "${b2} = 1": "vous avez répondu « Pomme » à la question 4b",
    "${n} > 3 and ${f} = '1' and ${n} < 9": "votre réponse à la question 3 est supérieure à 3 et vous avez répondu "
    "« Pomme » à la question 1 et votre réponse à la question 3 est inférieure à 9",
    "not(${n} > 3 or ${n} < 1)": "votre réponse à la question 3 est au plus 3 et votre réponse à la question 3 est au moins 1",
    "${n} > 3 and ${f} = '1' or ${n} = 0": "soit votre réponse à la question 3 est supérieure à 3 et vous avez répondu "
    "« Pomme » à la question 1, soit votre réponse à la question 3 est 0",
}


@pytest.mark.parametrize("written", CONDITIONS)
def test_a_condition_becomes_a_sentence(written: str) -> None:
    assert _conditions("fr").sentence(Formula(written)) == CONDITIONS[written]


@pytest.mark.parametrize(
    "written",
    ["${f} + 1 > 2", "${n} > 1 and (${n} < 2 or ${f} = '1')", "${gone} = 1", "true()", "score('s') > 3"],
)
def test_a_condition_without_plain_words_has_none(written: str) -> None:
    assert _conditions("fr").sentence(Formula(written)) is None


def test_conditions_in_english() -> None:
    said = _conditions("en").sentence(Formula("${f} = '2' or count-selected(${m}) < 2"))
    assert said == "you answered “Pear” to question 1 or you ticked fewer than 2 choices in question 2"


def _conditions(language: str) -> ConditionWriter:
    questionnaire = of(
        SingleChoice(id="f", choices=FRUITS),
        MultipleChoice(id="m", choices=FRUITS),
        Number(id="n"),
        Block(id="b", choices=FRUITS, rows=(Row(id="b1"), Row(id="b2"))),
        Ranking(id="r", choices=FRUITS),
        languages=("fr", "en"),
    )
    return ConditionWriter(
        questionnaire, {"f": "1", "m": "2", "n": "3", "b1": "4a", "b2": "4b", "r": "5"}, language
    )


def test_a_recalled_answer_becomes_the_number_of_its_question() -> None:
    recall = Note(id="n", label=Text.of(fr="Vous avez dit ${a}, puis ${zz}."))
    written = printed(of(FreeText(id="a", label=Text.of(fr="Votre avis")), recall))
    assert "Vous avez dit [votre réponse à la question 1], puis […]." in pages(written.content)[0]
    assert written.warnings == ("Le papier ne dit pas : réponse rappelée dans un texte (a, zz).",)


def test_what_is_taller_than_a_page_goes_on_over_it() -> None:
    many = ChoiceList("l", tuple(Choice(str(n), Text.of(fr=f"Commune n° {n}.")) for n in range(200)))
    questionnaire = of(
        SingleChoice(id="x", choices=many),
        Note(id="n", label=Text.of(fr="Lire. " * 900)),
        Block(
            id="b",
            choices=FRUITS,
            rows=tuple(Row(id=f"r{n}", label=Text.of(fr=f"Ligne {n}.")) for n in range(70)),
        ),
    )
    sheets = pages(printed(questionnaire).content)
    text = bare("".join(sheets))
    assert text.count("Lire.") == 900
    assert all(f"Communen°{n}." in text for n in range(200))
    assert all(f"Ligne{n}." in text for n in range(70))
    assert sum("Pomme" in sheet for sheet in sheets) > 1  # the header of the table, repeated


def test_a_sheet_nobody_would_print_is_refused() -> None:
    wide = ChoiceList("l", tuple(Choice(str(n)) for n in range(300)))
    with pytest.raises(FormatError, match="la limite est de 30000 : imprimez-la en plusieurs"):
        printed(of(Block(id="b", choices=wide, rows=tuple(Row(id=f"r{n}") for n in range(120)))))


def test_boxes_are_as_many_as_the_characters() -> None:
    questionnaire = of(
        Number(id="n", integer=True, most=120.0), Date(id="d"), Rating(id="r", least=0, most=100)
    )
    (text,) = pages(printed(questionnaire).content)
    assert ("120 ou moins." in text, "jour / mois / année" in text, "De 0 à 100." in text) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize("name", ["qvt.lss", "widgets.xls", "xlsform_spec_test.xlsx", "tutorial.xls"])
def test_real_files_are_printed(name: str) -> None:
    questionnaire = read(shared(f"forms/{name}")).questionnaire
    text = bare("".join(pages(printed(questionnaire).content)))
    assert bare(questionnaire.title.pick() or questionnaire.id) in text

"""Model → format → model is the identity, and what other tools will not see is told."""

from __future__ import annotations

import csv
import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from labqvt_forms import (
    Block,
    Date,
    FormatError,
    FormError,
    Formula,
    FreeText,
    Group,
    Item,
    Note,
    Question,
    Questionnaire,
    Row,
    SingleChoice,
    Text,
    read,
    read_bytes,
    to_bytes,
    write,
)
from labqvt_forms.formats import json_form
from labqvt_forms.items import ITEM_CLASSES
from labqvt_forms.logic.tree import ARITHMETIC, COMPARISONS, FUNCTIONS, LOGICAL, Call, Operation, walk
from labqvt_forms.spots import formulas
from labqvt_forms.writing import FORMATS
from tests.forms.questionnaires import KINDS, Maker
from tests.forms.shared_files import shared

REAL = [
    "forms/qvt.lss",
    "forms/qvt.lsa",
    "forms/qvt_structure.txt",
    "forms/citric_survey.lss",
    "forms/citric_limesurvey_survey_432535.lss",
    "forms/tutorial.xls",
    "forms/table-list.xls",
    "forms/widgets.xls",
    "forms/xlsform_spec_test.xlsx",
    "real/lq2002.xlsx",
]


def without_empty_groups(questionnaire: Questionnaire) -> Questionnaire:
    groups = tuple(group for group in questionnaire.groups if group.items)
    return dataclasses.replace(questionnaire, groups=groups)


def features(item: Item) -> Iterator[str]:
    """What of the exchange table one item is about, beyond its kind."""
    told = ("relevant", "validation", "unit", "pattern", "accept", "default", "latest")
    bounds = ("least", "most", "longest")
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value is True or (field.name in bounds and value is not None) or (field.name in told and value):
            yield field.name
    if isinstance(item, Question):
        yield f"required {item.required}"
    if isinstance(item, Date):
        yield f"to the {item.precision}"
    if any(row.relevant for row in getattr(item, "rows", ())):
        yield "relevant row"


@pytest.mark.thorough
def test_the_generator_covers_every_kind_and_the_whole_logic_often() -> None:
    seen: Counter[str] = Counter()
    for seed in range(1400):
        questionnaire = Maker(seed).questionnaire()
        seen.update(item.kind.value for item in questionnaire.items)
        seen.update(feature for item in questionnaire.items for feature in features(item))
        seen.update("quota" for _ in questionnaire.quotas)
        seen.update(
            "random page" for group in questionnaire.groups if group.random_order or group.random_group
        )
        seen.update("relevant group" for group in questionnaire.groups if group.relevant)
        for _, _, formula in formulas(questionnaire):
            assert formula.tree is not None
            parts = list(walk(formula.tree))
            seen.update(part.name for part in parts if isinstance(part, Call))
            seen.update(part.operator for part in parts if isinstance(part, Operation))
    assert set(KINDS) == set(ITEM_CLASSES)
    wanted = {*FUNCTIONS, *COMPARISONS, *ARITHMETIC, *LOGICAL, *(cls.kind.value for cls in KINDS)}
    wanted |= {
        "quota",
        "random page",
        "random_order",
        "relevant",
        "relevant group",
        "relevant row",
        "validation",
    }
    wanted |= {"required yes", "required soft", "other", "comment", "least", "most", "reverse", "profile"}
    assert {feature for feature in wanted if seen[feature] < 200} == set()


def whole(format_: str) -> bool:
    """Say whether a file of this format holds a whole questionnaire."""
    return format_ not in ("lsg", "lsq")


@cache
def real(name: str) -> Questionnaire:
    return read(shared(name)).questionnaire


@pytest.mark.parametrize("format_", [name for name in sorted(FORMATS) if whole(name)])
@pytest.mark.parametrize("name", REAL)
def test_every_real_file_goes_to_every_format_and_back(name: str, format_: str) -> None:
    questionnaire = real(name)
    back = read_bytes(to_bytes(questionnaire, format_).content, name="retour").questionnaire
    assert without_empty_groups(back) == without_empty_groups(questionnaire)


@pytest.mark.thorough
def test_through_all_formats_in_a_chain() -> None:
    draw = random.Random(11)
    formats = [name for name in sorted(FORMATS) if whole(name)]
    for seed in range(20):
        questionnaire = Maker(1000 + seed).questionnaire()
        back = questionnaire
        for format_ in draw.sample(formats, len(formats)):
            back = read_bytes(to_bytes(back, format_).content, name="retour").questionnaire
        assert back == questionnaire, seed


def test_an_edit_made_in_another_tool_wins_over_what_we_kept_beside() -> None:
    item = FreeText(id="avis", label=Text.of(fr="Votre avis"), longest=200)
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=(item,)),))
    for format_ in ("lss", "tsv", "json", "surveyjs"):
        content = to_bytes(questionnaire, format_).content.replace(b"Votre avis", b"Votre idee")
        (back,) = read_bytes(content, name="q").questionnaire.items
        assert back == dataclasses.replace(item, label=Text.of(fr="Votre idee"))


def test_what_other_tools_will_not_see_is_told() -> None:
    item = FreeText(id="avis", longest=200, declinable=True, relevant=Formula("score('s') > 3"))
    questionnaire = Questionnaire(id="42", min_group=8, groups=(Group(id="g1", items=(item,)),))
    assert to_bytes(questionnaire, "xlsform").warnings == (
        "XLSForm ne dit pas : libellé (avis).",
        "XLSForm ne dit pas : « je préfère ne pas répondre » (avis).",
        "XLSForm ne dit pas : longueur maximale (avis).",
        "XLSForm ne dit pas : titre (questionnaire).",
    )
    assert to_bytes(questionnaire, "lss").warnings == (
        "LimeSurvey ne dit pas : condition (avis).",
        "LimeSurvey ne dit pas : « je préfère ne pas répondre » (avis).",
        "LimeSurvey ne dit pas : groupe minimal (questionnaire).",
    )
    assert to_bytes(questionnaire, "json").warnings == ()


def test_limesurvey_gets_codes_it_accepts_and_conditions_it_understands() -> None:
    agree = Maker(1, languages=("fr",)).lists[0]
    block = Block(id="mon-bloc", choices=agree, rows=(Row(id="RECO_1"), Row(id="mon-bloc_S2")))
    asked = SingleChoice(
        id="contrat_type", choices=agree, relevant=Formula(f"${{RECO_1}} = '{agree.codes[0]}'")
    )
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=(block, asked)),))
    text = to_bytes(questionnaire, "tsv").content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter="\t"))
    named = {row[2]: row[4] for row in rows if row[2] in ("Q", "SQ")}
    assert named == {"Q": "contrattype", "SQ": "S2"}
    assert [row[5] for row in rows if row[4] == "contrattype"] == [
        f'monbloc_SQ001.NAOK == "{agree.codes[0]}"'
    ]


def test_texts_are_html_in_limesurvey_and_words_here() -> None:
    words = "Moins de 3 ans : < 3 & plus\nou « jamais »"
    note = Note(id="n", label=Text.of(fr=words))
    questionnaire = Questionnaire(id="7", groups=(Group(id="g1", items=(note,)),))
    content = to_bytes(questionnaire, "lss").content.decode()
    assert "&lt; 3 &amp; plus<br />ou « jamais »" in content
    assert read_bytes(content.encode(), name="q").questionnaire.items == (note,)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    questionnaire = Maker(5).questionnaire()
    assert write(questionnaire, tmp_path / "q.json") == ()
    assert json_form.loads((tmp_path / "q.json").read_text(encoding="utf-8")) == questionnaire
    with pytest.raises(FormatError, match=r"q\.odt : extension « \.odt » inconnue"):
        write(questionnaire, tmp_path / "q.odt")
    with pytest.raises(FormError, match=r"q\.json : ce fichier ne peut pas être écrit"):
        write(questionnaire, tmp_path / "absent" / "q.json")
    assert [path.name for path in tmp_path.iterdir()] == ["q.json"]


def test_pyxform_accepts_our_workbooks(tmp_path: Path) -> None:
    from pyxform import xls2xform

    kinds = [cls.kind.value for cls in KINDS]
    for seed in range(6):
        path = tmp_path / f"{seed}.xlsx"
        write(Maker(seed).questionnaire(kinds), path)
        assert xls2xform.convert(str(path)).xform

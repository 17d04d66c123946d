"""The value objects: what they refuse, the classes and values they give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import labqvt_forms
from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Dialect,
    DualBlock,
    FormError,
    Formula,
    Group,
    ModelError,
    MultipleChoice,
    Note,
    Number,
    Opinion,
    Questionnaire,
    Quota,
    Rating,
    Role,
    Row,
    Scale,
    SingleChoice,
    Text,
    YesNo,
)
from labqvt_forms.formats import json_form
from labqvt_forms.formats.json_schema import json_schema
from labqvt_forms.questionnaire import both


def choice_list(size: int, id_: str = "accord", first: int = 1) -> ChoiceList:
    return ChoiceList(
        id_, tuple(Choice(str(n), Text.of(fr=f"choix {n}")) for n in range(first, first + size))
    )


def classes(choices: ChoiceList, *, reverse: bool = False) -> str:
    """One letter per code, in the order shown."""
    opinions = choices.opinions(reverse=reverse)
    return "".join(opinions[code].value[0] for code in choices.codes)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (1, "n"),
        (2, "uf"),
        (3, "unf"),
        (4, "unnf"),
        (5, "uunff"),
        (6, "uunnff"),
        (7, "uunnnff"),
        (11, "uuuunnnffff"),
    ],
)
def test_opinions_of_a_scale(size: int, expected: str) -> None:
    assert classes(choice_list(size)) == expected
    assert classes(choice_list(size), reverse=True) == expected[::-1]


def test_opinions_follow_the_value_and_not_the_order_shown() -> None:
    upside_down = ChoiceList("accord", tuple(reversed(choice_list(5).choices)))
    assert classes(upside_down) == "ffnuu"


def test_opinions_are_as_declared_when_every_choice_declares_one() -> None:
    declared = ChoiceList(
        "d", (Choice("a", opinion=Opinion.FAVOURABLE), Choice("b", opinion=Opinion.NEUTRAL))
    )
    assert classes(declared) == "fn"
    assert classes(declared, reverse=True) == "un"


def test_values_are_declared_or_numbers_or_ranks() -> None:
    assert choice_list(3, first=0).values() == {"0": 0.0, "1": 1.0, "2": 2.0}
    assert ChoiceList("l", (Choice("A1"), Choice("A2"))).values() == {"A1": 1.0, "A2": 2.0}
    assert ChoiceList("l", (Choice("A1", value=4), Choice("A2", value=2))).values() == {"A1": 4.0, "A2": 2.0}


def test_a_choice_outside_the_scale_has_neither_value_nor_opinion() -> None:
    choices = ChoiceList(
        "l", (*choice_list(5).choices, Choice("99", role=Role.DECLINES), Choice("9", role=Role.ASIDE))
    )
    assert choices.codes == ("1", "2", "3", "4", "5")
    assert classes(choices) == "uunff"
    assert choices.declining is not None
    assert choices.declining.code == "99"


def test_an_enps_has_its_own_classes() -> None:
    enps = Rating(id="enps", enps=True)
    assert classes(enps.choices) == "uuuuuuunnff"


def test_variables_are_the_answer_columns() -> None:
    first, second = choice_list(5), choice_list(3, "frequence")
    rows = (Row(id="r1"), Row(id="r2", reverse=True))
    questionnaire = Questionnaire(
        id="q",
        groups=(
            Group(
                id="g",
                items=(
                    Block(id="b", choices=first, rows=(Row(id="b1"), Row(id="b2", reverse=True))),
                    DualBlock(id="d", first=first, second=second, rows=rows),
                    MultipleChoice(id="m", choices=second),
                    Note(id="n"),
                ),
            ),
        ),
        scales=(Scale(id="s", items=("b1", "b2", "r1_2")),),
    )
    ids = [variable.id for variable in questionnaire.variables]
    assert ids == ["b1", "b2", "r1_1", "r1_2", "r2_1", "r2_2", "m", "n"]
    assert [variable.id for variable in questionnaire.answer_variables] == ids[:-1]
    assert questionnaire.variable("b2").opinions()["1"] is Opinion.FAVOURABLE
    assert questionnaire.variable("r1_2").choices is second
    assert questionnaire.choice_lists == (first, second)
    assert questionnaire.scale_of("b2") is questionnaire.scales[0]


def test_conditions_of_item_and_row_hold_together() -> None:
    row = Row(id="r", relevant=Formula("${y} = 'b'"))
    block = Block(id="b", choices=choice_list(5), rows=(row, Row(id="s")), relevant=Formula("${x} = 'a'"))
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=(block,)),))
    assert str(questionnaire.variable("r").relevant) == "(${x} = 'a') and (${y} = 'b')"
    assert str(questionnaire.variable("s").relevant) == "${x} = 'a'"


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: SingleChoice(id="a b", choices=choice_list(2)), "contient une espace"),
        (lambda: Number(id="Q1[SQ1]"), "signe réservé"),
        (lambda: ChoiceList("l", ()), "est vide"),
        (lambda: ChoiceList("l", (Choice("1"), Choice("1"))), "deux fois le code « 1 »"),
        (lambda: Choice(" 1"), "entouré d’espaces"),
        (lambda: Block(id="b", choices=choice_list(5), rows=()), "aucune ligne"),
        (lambda: YesNo(id="y", choices=choice_list(3)), "exactement deux réponses"),
        (lambda: Number(id="n", least=5, most=2), "plus grand que son maximum"),
        (lambda: Rating(id="r", least=0, most=0), "échelle impossible"),
        (lambda: Rating(id="r", most=5, enps=True), "de 0 à 10"),
        (lambda: Scale(id="s", items=("a", "a")), "deux fois le même item"),
        (lambda: Scale(id="s", missing_rule=0), "au moins une"),
        (lambda: Questionnaire(id="q", scales=(Scale(id="s", items=("x",)),)), "« x », qui n’existe pas"),
        (lambda: Questionnaire(id="q", languages=("fr", "fr")), "chacune une fois"),
        (
            lambda: Questionnaire(id="q", groups=(Group(id="g"), Group(id="g"))),
            "groupe « g » est employé deux fois",
        ),
        (lambda: Formula("  "), "formule"),
        (lambda: Text((("fr", ""),)), "non vide"),
    ],
)
def test_impossible_values_are_refused_with_a_sentence(build, words) -> None:  # type: ignore[no-untyped-def]  # lambdas of many classes
    with pytest.raises(ModelError) as refusal:
        build()
    assert words in str(refusal.value)


def test_two_lists_of_one_name_must_be_the_same() -> None:
    items = (SingleChoice(id="a", choices=choice_list(5)), SingleChoice(id="b", choices=choice_list(4)))
    with pytest.raises(
        ModelError, match=r"Deux listes de choix différentes portent l’identifiant « accord »"
    ):
        Questionnaire(id="q", groups=(Group(id="g", items=items),))


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ('{"schema": "labqvt/questionnaire/2"}', "f.json, « schema » : la clé « schema » doit valoir"),
        ('{"schema"', "f.json, ligne 1 : ce n’est pas du JSON lisible"),
        ('{"schema": "labqvt/questionnaire/1"}', "f.json, « id » : clé absente"),
        ('{"schema": "labqvt/questionnaire/1", "id": "q", "titre": {}}', "f.json, « titre » : clé inconnue"),
        (
            '{"schema": "labqvt/questionnaire/1", "id": "q", "groups": '
            '[{"id": "g", "items": [{"kind": "x"}]}]}',
            'f.json, « groups[0].items[0].kind » : trouvé "x", attendu l’un de single',
        ),
        (
            '{"schema": "labqvt/questionnaire/1", "id": "q", "groups": '
            '[{"id": "g", "items": [{"kind": "single", "id": "i", "choices": "l"}]}]}',
            "f.json, « groups[0].items[0].choices » : la liste de choix « l » n’est pas dans",
        ),
        (
            '{"schema": "labqvt/questionnaire/1", "id": "q", "groups": '
            '[{"id": "g", "items": [{"kind": "number", "id": "i", "least": 3, "most": 1}]}]}',
            "f.json, « groups[0].items[0] » : L’item « i » a un minimum (3) plus grand que son maximum (1).",
        ),
    ],
)
def test_a_wrong_document_is_refused_by_its_key(document: str, sentence: str) -> None:
    with pytest.raises(FormError) as refusal:
        json_form.loads(document, file="f.json")
    assert str(refusal.value).startswith(sentence)


def test_the_published_schema_is_the_one_of_the_classes() -> None:
    published = Path(labqvt_forms.__file__).parent / "schema" / "questionnaire-1.schema.json"
    assert json.loads(published.read_text(encoding="utf-8")) == json_schema()


def test_yes_is_worth_more_than_no_in_any_order() -> None:
    for codes in (("oui", "non"), ("N", "Y")):
        choices = ChoiceList("l", tuple(Choice(code) for code in codes))
        yes = next(code for code in codes if code in ("oui", "Y"))
        assert choices.values()[yes] == 1.0
        assert choices.opinions()[yes] is Opinion.FAVOURABLE


@pytest.mark.parametrize(
    ("limit", "demands", "words"),
    [
        (-1, (("a", "1"),), "une limite négative"),
        (3, (), "ne dit pas quelles réponses il compte"),
        (3, (("absent", "1"),), "cite « absent », qui n’est pas une question"),
        (3, (("note", "1"),), "cite « note », qui n’est pas une question"),
        (3, (("a", "9"),), "cite « 9 », qui n’est pas un code de « a »"),
    ],
)
def test_an_impossible_quota_is_refused(limit: int, demands: tuple[tuple[str, str], ...], words: str) -> None:
    asked = SingleChoice(id="a", choices=ChoiceList("l", (Choice("1"), Choice("2"))))
    groups = (Group(id="g", items=(asked, Note(id="note"))),)
    with pytest.raises(ModelError) as refusal:
        Questionnaire(id="e", groups=groups, quotas=(Quota(id="q", limit=limit, demands=demands),))
    assert words in str(refusal.value)


def test_a_condition_of_another_tool_makes_the_joint_one_of_that_tool() -> None:
    ours, theirs = Formula("${a} = 1"), Formula("rand(1, 2) == 1", Dialect.EXPRESSIONSCRIPT)
    assert both(ours, theirs) == Formula("(${a} = 1) and (rand(1, 2) == 1)", Dialect.EXPRESSIONSCRIPT)
    assert both(theirs, ours).dialect is Dialect.EXPRESSIONSCRIPT
    assert both(ours, None) == ours

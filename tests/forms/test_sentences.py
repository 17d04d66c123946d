"""Conditions told in words, and built from a form."""

from __future__ import annotations

import random
import re

import pytest

from labqvt_forms import (
    Choice,
    ChoiceList,
    Date,
    Formula,
    FreeText,
    Group,
    ModelError,
    MultipleChoice,
    Note,
    Number,
    Questionnaire,
    Rating,
    Scale,
    SingleChoice,
    Text,
    YesNo,
)
from labqvt_forms.logic import OutsideSubset, print_xpath
from labqvt_forms.sentences import condition_sentence
from labqvt_forms.simple_conditions import (
    Joined,
    Operator,
    Simple,
    build,
    operator_words,
    operators_for,
    parse,
    simple,
)
from tests.forms.logic.expressions import random_node

AGO = ChoiceList(
    "anciennete",
    (
        Choice("1", Text.of(fr="moins d’un an", en="less than a year")),
        Choice("2", Text.of(fr="d’un à cinq ans", en="one to five years")),
        Choice("3", Text.of(fr="plus de cinq ans", en="more than five years")),
    ),
)
NEEDS = ChoiceList("besoins", (Choice("a", Text.of(fr="du temps")), Choice("b", Text.of(fr="des outils"))))
QUESTIONNAIRE = Questionnaire(
    id="q",
    languages=("fr", "en"),
    groups=(
        Group(
            id="g",
            items=(
                SingleChoice(id="anc", label=Text.of(fr="Ancienneté", en="Seniority"), choices=AGO),
                Number(id="age", label=Text.of(fr="Âge", en="Age")),
                MultipleChoice(id="besoins", label=Text.of(fr="Besoins"), choices=NEEDS),
                Date(id="entree", label=Text.of(fr="Entrée")),
                Rating(id="note", label=Text.of(fr="Note")),
                FreeText(id="mot", label=Text.of(fr="Un mot")),
                YesNo(id="cadre"),
                Note(id="fin"),
            ),
        ),
    ),
    scales=(Scale(id="climat", label=Text.of(fr="Climat", en="Climate"), items=("note",)),),
)


@pytest.mark.parametrize(
    ("formula", "french", "english"),
    [
        ("${anc} = '1' and ${age} >= 30", "Afficher si « Ancienneté » est « moins d’un an » et « Âge » est au moins 30",
         "Show if “Seniority” is “less than a year” and “Age” is at least 30"),
        ("selected(${anc}, '2')", "Afficher si « Ancienneté » est « d’un à cinq ans »",
         "Show if “Seniority” is “one to five years”"),
        ("not(selected(${besoins}, 'a')) or ${besoins} = ''",
         "Afficher si « Besoins » ne contient pas « du temps » ou « Besoins » n’a pas de réponse",
         "Show if “Besoins” does not include “du temps” or “Besoins” has no answer"),
        ("${anc} != '' and (${age} < 18 or 65 < ${age})",
         "Afficher si « Ancienneté » a une réponse et (« Âge » est moins de 18 ou « Âge » est plus de 65)",
         "Show if “Seniority” has an answer and (“Age” is less than 18 or “Age” is more than 65)"),
        ("${entree} >= '2020-01-31'", "Afficher si « Entrée » est à partir de 31/01/2020",
         "Show if “Entrée” is on or after 2020-01-31"),
        ("score('climat') < 50.5", "Afficher si le score de « Climat » est moins de 50,5",
         "Show if the score of “Climate” is less than 50.5"),
        ("${anc} >= 2", "Afficher si « Ancienneté » est au moins « d’un à cinq ans »",
         "Show if “Seniority” is at least “one to five years”"),
        ("${cadre} = 'yes'", "Afficher si « cadre » est « Oui »", "Show if “cadre” is “Yes”"),
        ("count-selected(${besoins}) > 1", "Afficher si le nombre de choix cochés à « Besoins » est plus de 1",
         "Show if the number of choices ticked in “Besoins” is more than 1"),
        ("not(${age} > 3 and ${note} = 2)",
         "Afficher s’il n’est pas vrai que (« Âge » est plus de 3 et « Note » est 2)",
         "Show if it is not true that (“Age” is more than 3 and “Note” is 2)"),
        ("(${age} + 1) * 2 > ${note}", "Afficher si (« Âge » + 1) × 2 est plus de « Note »",
         "Show if (“Age” + 1) × 2 is more than “Note”"),
        ("pulldata(${age})", "Condition que l’on ne sait pas lire, jamais évaluée : « pulldata(${age}) »",
         "Condition we cannot read, never evaluated: “pulldata(${age})”"),
    ],
)  # fmt: skip
def test_a_condition_is_told_with_the_labels_of_the_questionnaire(
    formula: str, french: str, english: str
) -> None:
    assert condition_sentence(Formula(formula), QUESTIONNAIRE, "fr") == french
    assert condition_sentence(Formula(formula), QUESTIONNAIRE, "en") == english


def test_any_formula_of_the_subset_has_a_sentence_in_both_languages() -> None:
    draw = random.Random(7)
    told = 0
    for _ in range(1000):
        try:
            formula = Formula(print_xpath(random_node(draw, 4)))
        except OutsideSubset:
            continue
        for language in ("fr", "en", "es"):
            assert condition_sentence(formula, QUESTIONNAIRE, language)
        told += 1
    assert told > 500


def drawn(draw: random.Random) -> Simple:
    variable = draw.choice([each for each in QUESTIONNAIRE.variables if operators_for(each)])
    if draw.random() < 0.1:
        return Simple("climat", Operator.SCORE_AT_LEAST, float(draw.randint(0, 100)))
    operator = draw.choice(operators_for(variable))
    codes = [choice.code for choice in variable.choices.choices] if variable.choices else ["12"]
    value = "2024-02-29" if isinstance(variable.item, Date) else draw.choice(codes)
    return simple(QUESTIONNAIRE, variable.id, operator, value)


def test_what_a_form_builds_it_reads_back() -> None:
    draw = random.Random(11)
    for _ in range(500):
        conditions = tuple(drawn(draw) for _ in range(draw.randint(1, 4)))
        joined = draw.choice(list(Joined))
        formula = build(conditions, joined)
        expected = joined if len(conditions) > 1 else Joined.ALL
        assert parse(formula) == (conditions, expected), formula.text
        assert parse(formula, QUESTIONNAIRE) == (conditions, expected), formula.text


@pytest.mark.parametrize(
    "formula",
    [
        "${anc} = '1' and (${age} > 1 or ${age} < 0)",
        "${age} + 1 > 2",
        "not(${age} > 2)",
        "pulldata('x')",
        "true()",
    ],
)
def test_what_a_form_could_not_show_is_left_as_text(formula: str) -> None:
    assert parse(Formula(formula)) is None


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("selected(${anc}, '1')", Simple("anc", Operator.IS, "1")),
        ("${anc} = 1", Simple("anc", Operator.IS, "1")),
        ("30 <= ${age}", Simple("age", Operator.AT_LEAST, 30.0)),
        ("not(selected(${anc}, '3'))", Simple("anc", Operator.IS_NOT, "3")),
    ],
)
def test_other_ways_of_writing_the_same_are_understood(formula: str, expected: Simple) -> None:
    assert parse(Formula(formula), QUESTIONNAIRE) == ((expected,), Joined.ALL)


@pytest.mark.parametrize(
    ("question", "operator", "value", "said"),
    [
        ("absent", Operator.IS, "1", "« absent » n’existe pas"),
        ("anc", Operator.IS, "9", "« 9 » n’est pas un choix"),
        ("anc", Operator.CONTAINS, "x", "ne se compare pas ainsi"),
        ("age", Operator.AT_LEAST, "vieux", "« vieux » n’est pas un nombre"),
        ("age", Operator.AT_LEAST, "2020-01-01", "n’est pas un nombre"),
        ("age", Operator.AT_LEAST, " ", "la valeur manque"),
        ("entree", Operator.AT_LEAST, "hier", "n’est pas une date"),
        ("mot", Operator.CONTAINS, 'l\'"un"', "à la fois une apostrophe droite"),
        ("note", Operator.SCORE_AT_LEAST, "3", "L’échelle « note » n’existe pas"),
    ],
)
def test_what_a_form_cannot_compare_is_refused(
    question: str, operator: Operator, value: str, said: str
) -> None:
    with pytest.raises(ModelError, match=re.escape(said)):
        simple(QUESTIONNAIRE, question, operator, value)


def test_every_comparison_has_words_in_both_languages() -> None:
    for language in ("fr", "en"):
        assert all(operator_words(operator, language) for operator in Operator)

"""Two versions of a questionnaire, side by side."""

from __future__ import annotations

import random

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Formula,
    Kind,
    Questionnaire,
    Role,
    Row,
    Spot,
    Text,
    editing,
)
from labqvt_forms.comparing import REASONS, Change, Comparison, Verdict, compare
from labqvt_forms.spots import WHOLE
from tests.forms.editing.test_random_edits import EDITS, tried
from tests.forms.questionnaires import Maker


def base() -> Questionnaire:
    made = editing.blank("Baromètre", "fr")
    made = editing.add_language(made, "en")
    agree = ChoiceList(
        "accord",
        (
            Choice("1", Text.of(fr="Non")),
            Choice("2", Text.of(fr="Oui")),
            Choice("98", Text.of(fr="Je préfère ne pas répondre"), role=Role.DECLINES),
        ),
    )
    rows = tuple(Row(id=f"R{n}", label=Text.of(fr=f"Phrase {n}")) for n in range(1, 5))
    made = editing.add_item(made, "G1", Block(id="R", choices=agree, rows=rows))
    for label in ("Âge", "Contrat", "Métier"):
        item = editing.fresh(made, editing.example_item(Kind.SINGLE), "G1")
        made = editing.add_item(made, "G1", item)
        made = editing.set_text(made, Spot.item(item.id), "label", label, "fr")
    made = editing.add_scale(made, Text.of(fr="Climat"))
    for row in rows:
        made = editing.put_in_scale(made, "climat", row.id)
    return made


def told(after: Questionnaire, language: str = "fr") -> list[str]:
    return [each.sentence(language) for each in compare(base(), after).differences]


def verdict(after: Questionnaire) -> tuple[Verdict, tuple[str, ...]]:
    (scale,) = compare(base(), after).scales
    return scale.verdict, scale.reasons


def test_the_same_questionnaire_has_no_difference() -> None:
    comparison = compare(base(), base())
    assert comparison.differences == ()
    assert comparison.comparable
    assert [scale.sentence() for scale in comparison.scales] == [
        "« Climat » : les scores des deux versions se comparent."
    ]


def test_a_correction_of_words_is_told_by_language_and_left_to_check() -> None:
    after = editing.set_text(base(), Spot.row("R", "R1"), "label", "Phrase une", "fr")
    after = editing.set_text(after, Spot.row("R", "R1"), "label", "Sentence one", "en")
    assert told(after) == [
        "La ligne « Phrase une » : texte « Phrase 1 » devenu « Phrase une » (fr).",
        "La ligne « Phrase une » : texte « rien » devenu « Sentence one » (en).",
    ]
    assert told(after, "en")[1] == "The row “Phrase une”: text “nothing” became “Sentence one” (en)."
    assert verdict(after) == (Verdict.TO_CHECK, ("words",))
    assert compare(base(), after).comparable
    (scale,) = compare(base(), after).scales
    assert scale.sentence() == "« Climat » : à vérifier avant de comparer (mots changés)."


def test_what_comes_goes_and_moves_is_told() -> None:
    after = editing.remove_item(base(), "G1Q2")
    after = editing.move_item(after, "G1Q4", "G1", 0)
    after = editing.add_group(after, Text.of(fr="Fin"))
    assert told(after) == [
        "Le groupe « Fin » : ajout.",
        "La question « Âge » : retrait.",
        "La question « Métier » : changement de place.",
    ]
    assert verdict(after) == (Verdict.COMPARABLE, ())
    after = editing.move_item(after, "G1Q4", "fin", 0)
    assert told(after)[-1] == "La question « Métier » : changement de place."


@pytest.mark.parametrize(
    ("edit", "reasons"),
    [
        (lambda q: editing.take_out_of_scale(q, "climat", "R1"), ("items",)),
        (lambda q: editing.set_missing_rule(q, "climat", "all"), ("missing_rule",)),
        (lambda q: editing.set_row_reverse(q, "R", "R2", True), ("reverse",)),
        (lambda q: editing.add_choice(q, "accord", Text.of(fr="Peut-être")), ("codes", "words")),
        (lambda q: editing.set_role(q, "accord", "98", Role.ANSWER), ("codes",)),
        (lambda q: editing.remove_row(q, "R", "R4", with_dependants=True), ("items",)),
        (lambda q: editing.remove_scale(q, "climat"), ("removed",)),
    ],
)
def test_scores_that_do_not_compare_say_why(edit: object, reasons: tuple[str, ...]) -> None:
    assert callable(edit)
    after = edit(base())
    assert verdict(after) == (Verdict.NOT_COMPARABLE, reasons)
    assert not compare(base(), after).comparable


@pytest.mark.parametrize(
    ("edit", "reasons"),
    [
        (lambda q: editing.move_row(q, "R", "R4", 0), ("order",)),
        (lambda q: editing.set_text(q, Spot.choice("accord", "1"), "label", "Pas du tout", "fr"), ("words",)),
        (lambda q: editing.set_condition(q, Spot.row("R", "R2"), Formula("${R1} = '1'")), ("conditions",)),
    ],
)
def test_scores_to_check_say_why(edit: object, reasons: tuple[str, ...]) -> None:
    assert callable(edit)
    assert verdict(edit(base())) == (Verdict.TO_CHECK, reasons)


def test_conditions_choices_and_settings_are_told() -> None:
    after = editing.set_condition(base(), Spot.item("G1Q2"), Formula("${R1} = '2'"))
    after = editing.set_options(after, "G1Q3", required="yes", profile=True)
    after = editing.add_choice(after, "choix", Text.of(fr="Autre"))
    after = editing.set_text(after, WHOLE, "title", "Baromètre 2027", "fr")
    assert told(after) == [
        "Le questionnaire « Baromètre 2027 » : texte « Baromètre » devenu « Baromètre 2027 » (fr).",
        "La question « Âge » : condition rien devenue “« Phrase 1 » est « Oui »”.",
        "La question « Contrat » : réponse obligatoire, no devenu yes.",
        "La question « Contrat » : question de profil, rien devenu ✓.",
        "La liste de choix « choix » : choix 1, 2, 3 devenus 1, 2, 3, 4.",
    ]


def test_any_edit_that_changes_something_is_told_in_both_languages() -> None:
    seen: set[Change] = set()
    for seed in range(60):
        draw = random.Random(seed)
        before = Maker(seed).questionnaire()
        for name in draw.sample(list(EDITS), k=8):
            after = tried(name, draw, before)
            if not isinstance(after, Questionnaire):
                continue
            comparison: Comparison = compare(before, after)
            if not comparison.differences:
                # Only the name of a list of choices may change without a reader seeing it.
                assert before == after or name in ("own_list", "use_list", "rename"), (seed, name)
            assert before != after or not comparison.differences
            for each in comparison.differences:
                assert each.sentence("fr") != each.sentence("en")
                seen.add(each.change)
            for scale in comparison.scales:
                assert set(scale.reasons) <= set(REASONS)
                assert scale.sentence("fr") != scale.sentence("en")
            before = after
    assert seen >= set(Change) - {Change.RULE}

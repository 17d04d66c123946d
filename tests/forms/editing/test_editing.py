"""What each edit does, and what it refuses."""

from __future__ import annotations

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Computed,
    Determinant,
    Dialect,
    DualBlock,
    Formula,
    FreeText,
    Group,
    Kind,
    ModelError,
    MultipleChoice,
    Number,
    Questionnaire,
    QuestionnaireError,
    Quota,
    Rating,
    Required,
    Role,
    Row,
    Scale,
    SingleChoice,
    Text,
    Validation,
    YesNo,
    editing,
)
from labqvt_forms.spots import WHOLE, Spot

STATUS = ChoiceList("statut", (Choice("cdi", Text.of(fr="CDI")), Choice("cdd", Text.of(fr="CDD"))))
AGREE = ChoiceList("accord", tuple(Choice(str(n), Text.of(fr=f"accord {n}")) for n in range(1, 6)))


def questionnaire() -> Questionnaire:
    return Questionnaire(
        id="enquete",
        languages=("fr", "en"),
        groups=(
            Group(
                id="profil",
                title=Text.of(fr="Vous"),
                items=(
                    SingleChoice(id="statut", label=Text.of(fr="Votre contrat"), choices=STATUS),
                    Number(id="age", label=Text.of(fr="Âge"), relevant=Formula("${statut} = 'cdi'")),
                ),
            ),
            Group(
                id="travail",
                title=Text.of(fr="Votre travail"),
                relevant=Formula("${age} >= 18 or ${statut} = 'cdd'"),
                items=(
                    Block(
                        id="REL",
                        rows=(
                            Row(id="REL1", label=Text.of(fr="On s’entraide")),
                            Row(id="REL2", label=Text.of(fr="On se parle"), relevant=Formula("${REL1} > 2")),
                        ),
                        choices=AGREE,
                    ),
                    Rating(
                        id="note",
                        label=Text.of(fr="Note"),
                        validation=Validation(Formula(". >= ${REL1}"), Text.of(fr="Trop bas")),
                    ),
                    Computed(id="double", formula=Formula("${note} * 2 + score('climat')")),
                    SingleChoice(id="autre", choices=STATUS),
                ),
            ),
        ),
        scales=(Scale(id="climat", label=Text.of(fr="Climat"), items=("REL1", "REL2", "note")),),
    )


def ids(edited: Questionnaire) -> list[list[str]]:
    return [[item.id for item in group.items] for group in edited.groups]


def test_a_questionnaire_is_made_from_nothing() -> None:
    made = editing.blank("Baromètre de l’équipe", "fr")
    assert (made.id, made.languages, ids(made)) == ("barometreEquipe", ("fr",), [[]])
    for kind in Kind:
        made = editing.add_item(made, "G1", editing.fresh(made, editing.example_item(kind), "G1"))
    assert len(made.items) == len(Kind)
    assert ids(made)[0][:3] == ["G1Q1", "G1Q2", "G1Q3"]


def test_ids_come_from_labels_and_stay_short() -> None:
    made = editing.blank("", "fr")
    label = Text.of(fr="Depuis quand travaillez-vous dans la structure ?")
    for _ in range(2):
        made = editing.add_item(made, "G1", editing.fresh(made, FreeText(id="x", label=label), "G1"))
    assert ids(made) == [["quandTravaillez", "quandTravaillez2"]]
    long_word = editing.new_item_id(made, "G1", "Anticonstitutionnellement parlant, 12 œuvres ?")
    assert long_word == "anticonstitutionne"


def test_rows_and_lists_of_a_new_question_get_names_of_their_own() -> None:
    made = questionnaire()
    block = editing.fresh(made, editing.example_item(Kind.BLOCK), "travail")
    assert isinstance(block, Block)
    assert [row.id for row in block.rows] == ["accordPhrases1", "accordPhrases2"]
    assert block.choices.id == "accord2"
    made = editing.add_item(made, "travail", block)
    again = editing.fresh(made, editing.example_item(Kind.BLOCK), "travail")
    assert isinstance(again, Block)
    assert again.choices is block.choices


def test_groups_move_and_are_copied_with_their_conditions() -> None:
    made = questionnaire()
    assert [group.id for group in editing.move_group(made, "travail", 0).groups] == ["travail", "profil"]
    copied = editing.duplicate_group(made, "profil")
    assert [group.id for group in copied.groups] == ["profil", "G3", "travail"]
    assert ids(copied)[1] == ["contrat", "age2"]
    assert copied.groups[1].items[1].relevant == Formula("${contrat} = 'cdi'")


def test_a_question_moves_within_and_between_groups() -> None:
    made = questionnaire()
    assert ids(editing.move_item(made, "age", "profil", 0))[0] == ["age", "statut"]
    assert ids(editing.move_item(made, "age", "travail", 1)) == [
        ["statut"],
        ["REL", "age", "note", "double", "autre"],
    ]
    assert ids(editing.shift_item(made, "age", 1)) == [["statut"], ["age", "REL", "note", "double", "autre"]]
    assert ids(editing.shift_item(made, "REL", -1)) == [["statut", "age", "REL"], ["note", "double", "autre"]]
    with pytest.raises(ModelError, match="à l’extrémité"):
        editing.shift_item(made, "statut", -1)
    with pytest.raises(ModelError, match="La place 9 n’existe pas"):
        editing.move_item(made, "age", "travail", 8)


@pytest.mark.parametrize(
    ("removed", "told"),
    [
        ("statut", ["la condition de « Âge »", "la condition de « Votre travail »"]),
        ("age", ["la condition de « Votre travail »"]),
        ("profil", ["la condition de « Votre travail »"]),
        ("REL", ["la règle de « Note »", "l’échelle « Climat »"]),
        ("REL1", ["la condition de « On se parle »", "la règle de « Note »", "l’échelle « Climat »"]),
        ("climat", ["la valeur calculée « double »"]),
        ("travail", ["l’échelle « Climat »"]),
        ("autre", []),
    ],
)
def test_what_uses_a_part_is_told(removed: str, told: list[str]) -> None:
    assert [str(dependant) for dependant in editing.dependants(questionnaire(), removed)] == told


def test_what_is_used_is_not_removed_by_surprise() -> None:
    made = questionnaire()
    with pytest.raises(ModelError) as refused:
        editing.remove_item(made, "statut")
    assert str(refused.value) == (
        "« Votre contrat » sert encore ailleurs (la condition de « Âge », la condition de « Votre travail ») : "
        "retirez d’abord ce lien, ou retirez tout."
    )
    freed = editing.remove_item(made, "statut", with_dependants=True)
    assert ids(freed)[0] == ["age"]
    assert freed.groups[0].items[0].relevant is None
    assert freed.groups[1].relevant == Formula("${age} >= 18")
    freed = editing.remove_item(made, "REL", with_dependants=True)
    assert freed.scales[0].items == ("note",)
    note = freed.groups[1].items[0]
    assert isinstance(note, Rating)
    assert note.validation is None


def test_a_choice_a_condition_compares_with_is_kept() -> None:
    made = questionnaire()
    assert [str(each) for each in editing.dependants(made, Spot.choice("statut", "cdd"))] == [
        "la condition de « Votre travail »"
    ]
    with pytest.raises(ModelError, match=r"« CDD » sert encore ailleurs \(la condition de « Votre travail »"):
        editing.remove_choice(made, "statut", "cdd")
    freed = editing.remove_choice(made, "statut", "cdd", with_dependants=True)
    assert freed.groups[1].relevant == Formula("${age} >= 18")
    with pytest.raises(ModelError, match="garde au moins un choix"):
        editing.remove_choice(freed, "statut", "cdi", with_dependants=True)


def test_choices_change_wherever_the_list_is_used_or_in_a_copy() -> None:
    made = editing.set_text(
        questionnaire(), Spot.choice("statut", "cdi"), "label", "Durée indéterminée", "fr"
    )
    labels = {
        item.id: item.choices.choices[0].label.pick("fr")
        for item in made.items
        if isinstance(item, SingleChoice)
    }
    assert labels == {"statut": "Durée indéterminée", "autre": "Durée indéterminée"}
    made = editing.own_list(made, "autre", "statut")
    made = editing.add_choice(made, "statut2", Text.of(fr="Bénévole"))
    made = editing.add_choice(made, "statut2", role=Role.DECLINES)
    mine = next(item for item in made.items if item.id == "autre")
    assert isinstance(mine, SingleChoice)
    assert [choice.code for choice in mine.choices.choices] == ["cdi", "cdd", "A1", "98"]
    assert mine.choices.choices[-1].label.pick("fr") == "Je préfère ne pas répondre"
    assert editing.users_of_list(made, "statut") == ("statut",)
    with pytest.raises(ModelError, match="offre déjà"):
        editing.add_choice(made, "statut2", role=Role.DECLINES)


def test_an_answer_is_added_before_what_stands_apart_with_the_next_code() -> None:
    made = editing.add_choice(questionnaire(), "accord", role=Role.ASIDE)
    made = editing.add_choice(made, "accord", Text.of(fr="Plus encore"))
    assert [choice.code for choice in made.choice_lists[1].choices] == ["1", "2", "3", "4", "5", "6", "99"]
    made = editing.move_choice(made, "accord", "6", 0)
    assert made.choice_lists[1].codes == ("6", "1", "2", "3", "4", "5")


def test_texts_are_written_one_language_at_a_time() -> None:
    made = editing.set_text(questionnaire(), Spot.item("statut"), "label", " Your contract ", "en")
    assert made.items[0].label == Text.of(fr="Votre contrat", en="Your contract")
    made = editing.set_text(made, Spot.item("statut"), "label", "", "fr")
    assert made.items[0].label == Text.of(en="Your contract")
    made = editing.set_text(made, WHOLE, "welcome", "Bonjour", "fr")
    assert made.welcome == Text.of(fr="Bonjour")
    made = editing.set_text(made, Spot.item("note"), "message", "Too low", "en")
    assert "message" in editing.text_fields(made.groups[1].items[1])
    assert editing.text_of(made.groups[1].items[1], "message") == Text.of(fr="Trop bas", en="Too low")
    with pytest.raises(ModelError, match="n’est pas écrit en « de »"):
        editing.set_text(made, WHOLE, "title", "Titel", "de")
    with pytest.raises(ModelError, match="n’a pas de texte « prix »"):
        editing.set_text(made, Spot.group("profil"), "prix", "x", "fr")


def test_languages_come_and_go() -> None:
    made = editing.add_language(questionnaire(), "es", copied_from="fr")
    assert made.languages == ("fr", "en", "es")
    assert made.items[0].label.get("es") == "Votre contrat"
    assert editing.remove_language(made, "es") == questionnaire()
    assert editing.set_main_language(made, "es").language == "es"
    with pytest.raises(ModelError, match="n’est pas un code de langue"):
        editing.add_language(made, "espagnol!")
    alone = editing.remove_language(editing.remove_language(made, "en"), "es")
    with pytest.raises(ModelError, match="au moins une langue"):
        editing.remove_language(alone, "fr")


def test_rows_are_added_moved_and_removed() -> None:
    made = editing.add_row(questionnaire(), "REL", Text.of(fr="On se respecte"), at=0)
    block = made.groups[1].items[0]
    assert isinstance(block, Block)
    assert [row.id for row in block.rows] == ["REL3", "REL1", "REL2"]
    made = editing.set_row_reverse(editing.move_row(made, "REL", "REL3", 2), "REL", "REL3", True)
    assert made.variable("REL3").reverse
    made = editing.remove_row(made, "REL", "REL1", with_dependants=True)
    assert made.scales[0].items == ("REL2", "note")
    assert made.variable("REL2").relevant is None


def test_settings_are_those_of_the_kind() -> None:
    made = editing.set_options(questionnaire(), "age", required="yes", least=16, most=99, profile=True)
    age = made.items[1]
    assert isinstance(age, Number)
    assert (age.required, age.least, age.most, age.profile) == (Required.YES, 16.0, 99.0, True)
    with pytest.raises(ModelError, match="n’a pas de réglage « dropdown »"):
        editing.set_options(made, "age", dropdown=True)
    with pytest.raises(ModelError, match="plus grand que son maximum"):
        editing.set_options(made, "age", least=120)
    with pytest.raises(QuestionnaireError, match='« least » : trouvé "deux", attendu un nombre'):
        editing.set_options(made, "age", least="deux")
    assert "random_order" in editing.options_of(made.groups[1].items[0])


def test_a_condition_must_read_questions_that_exist() -> None:
    made = editing.set_condition(questionnaire(), Spot.row("REL", "REL1"), Formula("${statut} = 'cdi'"))
    assert made.variable("REL1").relevant == Formula("${statut} = 'cdi'")
    assert editing.set_condition(made, Spot.row("REL", "REL1"), None) == questionnaire()
    with pytest.raises(ModelError, match="cite « x », qui n’est pas une question"):
        editing.set_condition(made, Spot.group("profil"), Formula("${x} = 1"))


def test_scales_take_what_can_be_scored() -> None:
    made = editing.add_scale(
        questionnaire(), Text.of(fr="Charge de travail"), determinant=Determinant.CONTENU
    )
    made = editing.put_in_scale(editing.put_in_scale(made, "chargeTravail", "note"), "chargeTravail", "REL1")
    assert made.scales[1].items == ("REL1", "note")
    whole = editing.put_in_scale(made, "chargeTravail", "REL")
    assert whole.scales[1].items == ("REL1", "REL2", "note")
    assert editing.take_out_of_scale(whole, "chargeTravail", "REL").scales[1].items == ("note",)
    made = editing.set_missing_rule(made, "chargeTravail", 2)
    made = editing.set_determinant(made, "chargeTravail", Determinant.SANTE)
    assert (made.scales[1].missing_rule, made.scales[1].determinant) == (2, Determinant.SANTE)
    with pytest.raises(ModelError, match="n’a que 2 question"):
        editing.set_missing_rule(made, "chargeTravail", 3)
    with pytest.raises(ModelError, match="ne donne pas de note"):
        editing.put_in_scale(made, "chargeTravail", "age")
    assert editing.take_out_of_scale(made, "chargeTravail", "note").scales[1].items == ("REL1",)
    with pytest.raises(
        ModelError, match=r"« Climat » sert encore ailleurs \(la valeur calculée « double »\)"
    ):
        editing.remove_scale(made, "climat")


def test_a_new_name_is_written_everywhere() -> None:
    made = editing.rename(questionnaire(), Spot.row("REL", "REL1"), "entraide")
    note = made.groups[1].items[1]
    assert isinstance(note, Rating)
    assert note.validation is not None
    assert note.validation.formula == Formula(". >= ${entraide}")
    assert made.scales[0].items == ("entraide", "REL2", "note")
    made = editing.rename(made, Spot.scale("climat"), "ambiance")
    assert made.variable("double").item == Computed(
        id="double", formula=Formula("${note} * 2 + score('ambiance')")
    )
    made = editing.rename(made, Spot.item("statut"), "contrat")
    assert made.groups[1].relevant == Formula("${age} >= 18 or ${contrat} = 'cdd'")
    with pytest.raises(ModelError, match="employé deux fois"):
        editing.rename(made, Spot.item("contrat"), "age")


def test_a_name_inside_quotes_is_not_one() -> None:
    made = editing.set_condition(
        questionnaire(), Spot.item("note"), Formula("${ statut } = 'statut' or 'a' = '${statut}'")
    )
    made = editing.rename(made, Spot.item("statut"), "s")
    assert made.variable("note").item.relevant == Formula("${ s } = 'statut' or 'a' = '${statut}'")
    foreign = Formula("statut.NAOK == 'statut' && statut2 > 1", Dialect.EXPRESSIONSCRIPT)
    made = editing.rename(
        editing.set_condition(questionnaire(), Spot.item("note"), foreign), Spot.item("statut"), "s"
    )
    assert made.variable("note").item.relevant == Formula(
        "s.NAOK == 'statut' && statut2 > 1", Dialect.EXPRESSIONSCRIPT
    )


def test_one_choice_becomes_several_and_conditions_follow() -> None:
    made = editing.change_kind(questionnaire(), "statut", Kind.MULTIPLE)
    assert isinstance(made.items[0], MultipleChoice)
    assert made.items[0].choices == STATUS
    assert made.items[1].relevant == Formula("selected(${statut}, 'cdi')")
    back = editing.change_kind(made, "statut", Kind.SINGLE)
    assert back.items[0] == questionnaire().items[0]


def test_a_question_becomes_the_row_of_a_block_and_back() -> None:
    made = editing.change_kind(questionnaire(), "note", Kind.BLOCK)
    block = made.groups[1].items[1]
    assert isinstance(block, Block)
    assert [(row.id, row.label.pick("fr")) for row in block.rows] == [("note1", "Note")]
    assert block.choices.codes == tuple(map(str, range(11)))
    assert made.scales[0].items == ("REL1", "REL2", "note1")
    back = editing.change_kind(made, "note", Kind.RATING)
    rating = back.groups[1].items[1]
    assert isinstance(rating, Rating)
    assert (rating.least, rating.most, rating.label) == (0, 10, Text.of(fr="Note"))
    assert back.scales == questionnaire().scales


def test_a_change_that_a_condition_could_not_survive_is_refused() -> None:
    with pytest.raises(ModelError, match="sert encore ailleurs"):
        editing.change_kind(questionnaire(), "statut", Kind.NUMBER)
    made = editing.change_kind(questionnaire(), "statut", Kind.TEXT, with_dependants=True)
    assert isinstance(made.items[0], FreeText)
    assert made.items[1].relevant is None
    with pytest.raises(ModelError, match="ne peut pas prendre cette forme"):
        editing.change_kind(questionnaire(), "REL", Kind.FILE)


def test_a_block_gets_a_second_scale() -> None:
    made = editing.remove_scale(questionnaire(), "climat", with_dependants=True)
    made = editing.change_kind(made, "REL", Kind.DUAL, with_dependants=True)
    dual = made.groups[1].items[0]
    assert isinstance(dual, DualBlock)
    assert dual.first == AGREE


def test_yes_and_no_keep_their_words_when_a_language_goes() -> None:
    made = editing.blank("Essai", "fr")
    for _ in range(2):
        made = editing.add_item(made, "G1", editing.fresh(made, YesNo(id="x"), "G1"))
    made = editing.add_language(made, "en")
    assert editing.remove_language(made, "en").choice_lists == (YesNo(id="x").choices,)


def test_spots_are_read_as_they_are_written() -> None:
    for spot in (WHOLE, Spot.group("g"), Spot.row("a", "b"), Spot.choice("l/1", "c"), Spot.scale("s")):
        assert Spot.read(str(spot)) == spot
    for written in ("", "item", "row:a", "chose:x"):
        with pytest.raises(ModelError, match="ne désigne aucun endroit"):
            Spot.read(written)


def test_quotas_follow_what_they_count() -> None:
    sex = SingleChoice(id="sexe", choices=ChoiceList("s", (Choice("f"), Choice("h"))))
    counted = Questionnaire(
        id="q",
        groups=(Group(id="g", items=(sex, YesNo(id="autre"))),),
        quotas=(Quota(id="femmes", limit=3, demands=(("sexe", "f"),), label=Text.of(fr="Femmes")),),
    )
    renamed = editing.rename(counted, Spot.item("sexe"), "genre")
    assert renamed.quotas[0].demands == (("genre", "f"),)
    with pytest.raises(ModelError, match=r"sert encore ailleurs \(le quota « Femmes »\)"):
        editing.remove_item(counted, "sexe")
    with pytest.raises(ModelError, match=r"sert encore ailleurs \(le quota"):
        editing.remove_choice(counted, "s", "f")
    assert editing.remove_choice(counted, "s", "h").quotas == counted.quotas
    assert editing.remove_item(counted, "sexe", with_dependants=True).quotas == ()
    assert editing.add_language(counted, "en", copied_from="fr").quotas[0].label.get("en") == "Femmes"
    said = editing.set_text(counted, Spot.quota("femmes"), "message", "Merci, c’est complet.", "fr")
    assert said.quotas[0].message.get("fr") == "Merci, c’est complet."

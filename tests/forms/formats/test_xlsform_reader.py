"""XLSForm workbooks as questionnaires."""

from __future__ import annotations

from pathlib import Path

import pytest

from labqvt_forms import (
    Block,
    Determinant,
    FormError,
    Kind,
    Nature,
    Number,
    Questionnaire,
    Rating,
    Reading,
    Required,
    Role,
    SingleChoice,
    Text,
    read,
)
from labqvt_forms.formats.xlsform.columns import canonical
from labqvt_forms.formats.xlsform.types import row_type
from tests.forms.shared_files import shared
from tests.forms.workbooks import AGREE, Table, workbook


def form(path: Path, *rows: list[object], columns: str = "type name label::fr", **sheets: Table) -> Reading:
    """Read a form whose survey sheet holds these rows."""
    survey: Table = [list(columns.split()), *rows]
    return read(workbook(path / "enquete.xlsx", survey=survey, **{"choices": AGREE, **sheets}))


def ids(questionnaire: Questionnaire) -> list[str]:
    return [variable.id for variable in questionnaire.variables]


@pytest.mark.parametrize(
    ("written", "word", "list_name"),
    [
        ("select_one accord", "one", "accord"),
        ("select one from accord", "one", "accord"),
        ("select1 accord", "one", "accord"),
        ("Select_One accord or_other", "one", "accord"),
        ("select all that apply from accord", "many", "accord"),
        ("select_multiple  accord or specify other", "many", "accord"),
        ("rank accord", "rank", "accord"),
        ("string", "text", ""),
        ("date time", "", ""),
        ("dateTime", "datetime", ""),
        ("begin lgroup", "begin", ""),
        ("end_repeat", "end", ""),
        ("deviceid", "metadata", ""),
        ("uri:deviceid", "metadata", ""),
        ("text audit", "metadata", ""),
        ("sensor_statistic mean_light_level", "metadata", ""),
        ("get phone number", "metadata", ""),
        ("q picture", "image", ""),
        ("q select one from accord", "one", "accord"),
    ],
)
def test_types_are_read_under_all_their_names(written: str, word: str, list_name: str) -> None:
    kind = row_type(written)
    assert (kind.word, kind.list_name) == (word, list_name)
    assert kind.other == ("other" in written)


@pytest.mark.parametrize(
    ("header", "name", "language"),
    [
        ("label::Français (fr)", "label", "fr"),
        ("Label:English", "label", "en"),
        ("caption", "label", ""),
        ("relevance", "relevant", ""),
        ("bind:relevant", "relevant", ""),
        ("bind::jr:constraintMsg", "constraint_message", ""),
        ("constraint-msg", "constraint_message", ""),
        ("requiredMsg", "required_message", ""),
        ("list name", "list_name", ""),
        ("read only", "read_only", ""),
        ("media::audio::chinese", "audio", "zh"),
    ],
)
def test_columns_are_read_under_all_their_names(header: str, name: str, language: str) -> None:
    column = canonical(header)
    assert (column.name, column.language) == (name, language)


def test_a_table_list_is_a_block_with_its_scale(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["begin_group", "grille", "Dans mon travail", "", "", "table-list"],
        ["select_one accord", "r1", "Je suis écouté", "RECO", "no", ""],
        ["select_one accord", "r2", "On m’ignore", "RECO", "yes", ""],
        ["end_group"],
        columns="type name label::fr scale reverse appearance",
        scales=[
            ["name", "label", "missing_rule", "determinant"],
            ["RECO", "Reconnaissance", "all", "relations"],
        ],
        settings=[["form_title", "form_id", "version", "min_group"], ["Enquête", "enq", "3", 8]],
    )
    questionnaire = reading.questionnaire
    (block,) = questionnaire.items
    assert isinstance(block, Block)
    assert (block.id, block.label, [row.reverse for row in block.rows]) == (
        "grille",
        Text.of(fr="Dans mon travail"),
        [False, True],
    )
    (scale,) = questionnaire.scales
    assert (scale.items, scale.missing_rule, scale.determinant) == (
        ("r1", "r2"),
        "all",
        Determinant.RELATIONS,
    )
    assert (questionnaire.id, questionnaire.version, questionnaire.min_group) == ("enq", "3", 8)
    assert questionnaire.languages == ("fr", "en")
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("columns", "said", "languages"),
    [
        ("type name label", {}, ("fr",)),
        ("type name label label::English(en)", {}, ("fr", "en")),
        ("type name label::English(en) label", {"default_language": "Français (fr)"}, ("fr", "en")),
        ("type name label::en label::fr", {}, ("en", "fr")),
        ("type name label::en label::fr", {"default_language": "fr"}, ("fr", "en")),
    ],
)
def test_texts_that_name_no_language_have_one_all_the_same(
    tmp_path: Path, columns: str, said: dict[str, str], languages: tuple[str, ...]
) -> None:
    words = {"label": "Êtes-vous écouté par votre équipe ?", "label::fr": "Êtes-vous écouté ?"}
    texts = [words.get(column, "Are you heard by your team?") for column in columns.split()[2:]]
    reading = form(
        tmp_path,
        ["text", "q", *texts],
        columns=columns,
        choices=[["list_name", "name", "label"]],
        settings=[["form_id", *said], ["f", *said.values()]],
    )
    questionnaire = reading.questionnaire
    assert questionnaire.languages == languages
    assert questionnaire.items[0].label.languages == tuple(sorted(languages))


def test_declining_stands_apart_from_the_scale(tmp_path: Path) -> None:
    (item,) = form(tmp_path, ["select_one accord", "r1", "Je suis écouté"]).questionnaire.items
    assert isinstance(item, SingleChoice)
    assert item.choices.codes == ("1", "2", "3", "4", "5")
    assert item.choices.choices[-1].role is Role.DECLINES


def test_ranges_required_and_names(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["range", "enps", "Recommandation", "start=0 end=10 step=1", "yes"],
        ["range", "pas_fin", "Curseur", "start=0;end=1;step=0.1", ""],
        ["integer", "age", "Âge", "", "${enps} > 3"],
        columns="type name label::fr parameters required",
    )
    enps, fine, age = reading.questionnaire.items
    assert isinstance(enps, Rating)
    assert (enps.enps, enps.required, enps.least, enps.most) == (True, Required.YES, 0, 10)
    assert isinstance(fine, Number)
    assert (fine.least, fine.most) == (0.0, 1.0)
    assert isinstance(age, Number)
    assert (age.integer, age.required) == (True, Required.SOFT)
    assert "ligne 3, colonne « parameters » : le pas de 0.1" in reading.warnings[0]
    assert "ligne 4, colonne « required »" in reading.warnings[1]


def test_metadata_are_dropped_with_the_reason(tmp_path: Path) -> None:
    rows: Table = [["start", "debut", ""], ["username", "qui", ""], ["text", "avis", "Avis"]]
    reading = form(tmp_path, *rows)
    assert ids(reading.questionnaire) == ["avis"]
    assert len(reading.warnings) == 2
    assert all("anonyme" in warning for warning in reading.warnings)
    named = form(tmp_path, *rows, settings=[["form_id", "anonymous"], ["f", "no"]])
    assert named.questionnaire.nature is Nature.NOMINATIVE
    assert ids(named.questionnaire) == ["avis"]
    assert "anonyme" not in named.warnings[0]


def test_an_unsupported_type_becomes_its_nearest_and_is_told(tmp_path: Path) -> None:
    reading = form(
        tmp_path, ["geopoint", "lieu", "Où ?"], ["acknowledge", "ok", "Compris"], ["n_importe", "x", "X"]
    )
    assert [(v.id, v.kind) for v in reading.questionnaire.variables] == [
        ("lieu", Kind.TEXT),
        ("ok", Kind.SINGLE),
        ("x", Kind.TEXT),
    ]
    assert len(reading.warnings) == 3


def test_nested_groups_follow_one_another_with_their_conditions(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["begin group", "a", "A", "${x} = '1'"],
        ["text", "a1", "a1", ""],
        ["begin group", "b", "B", "${y} = '2'"],
        ["text", "b1", "b1", ""],
        ["end group"],
        ["text", "a2", "a2", ""],
        ["end group"],
        columns="type name label::fr relevant",
    )
    groups = reading.questionnaire.groups
    assert [(group.id, [item.id for item in group.items], str(group.relevant)) for group in groups] == [
        ("a", ["a1"], "${x} = '1'"),
        ("b", ["b1"], "(${x} = '1') and (${y} = '2')"),
        ("a_2", ["a2"], "${x} = '1'"),
    ]
    assert "groupes imbriqués" in reading.warnings[0]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [["select_one inconnue", "q", "Q"]],
            "ligne 2, colonne « type » : la liste de choix « inconnue » n’existe",
        ),
        ([["text", "", "Q"]], "ligne 2 : la colonne « name » est vide"),
        ([["", "q", "Q"]], "ligne 2 : la colonne « type » est vide"),
        ([["text", "q", "Q"], ["text", "q", "R"]], "ligne 3 : le nom « q » est déjà pris"),
        ([["text", "q q", "Q"]], "ligne 2 : L’identifiant d’item « q q »"),
        ([["begin group", "g", "G"], ["text", "q", "Q"]], "ligne 2 : le groupe « g » n’est jamais fermé"),
        ([["text", "q", "Q"], ["end group"]], "ligne 3 : ce « end » ne ferme aucun groupe"),
        ([], "ne contient aucune question"),
    ],
)
def test_broken_forms_are_refused_at_their_place(tmp_path: Path, rows: Table, words: str) -> None:
    with pytest.raises(FormError) as refusal:
        form(tmp_path, *rows)
    assert str(refusal.value).startswith("enquete.xlsx")
    assert words in str(refusal.value)


def test_a_column_twice_and_a_code_twice_are_refused(tmp_path: Path) -> None:
    with pytest.raises(
        FormError, match=r"feuille « survey », ligne 1 : la colonne « label::fr » figure deux fois"
    ):
        form(tmp_path, ["text", "q", "Q", "R"], columns="type name label::fr label::fr")
    doubled: Table = [["list_name", "name", "label"], ["l", "1", "Un"], ["l", "1", "Deux"]]
    with pytest.raises(
        FormError, match=r"feuille « choices », ligne 3 : la liste « l » porte deux fois le code « 1 »"
    ):
        form(tmp_path, ["select_one l", "q", "Q"], choices=doubled)


def test_the_real_form_is_read_whole() -> None:
    reading = read(shared("real/lq2002.xlsx"))
    questionnaire = reading.questionnaire
    assert reading.warnings == ()
    assert len(questionnaire.variables) == 20
    assert [(scale.id, len(scale.items)) for scale in questionnaire.scales] == [
        ("LEAD", 11),
        ("TSIG", 3),
        ("HOSTIL", 5),
    ]
    hostility = questionnaire.variable("HOSTIL01")
    assert hostility.choices is not None
    assert hostility.choices.values() == {str(code): float(code) for code in range(5)}
    assert hostility.label == Text.of(fr="Hostilité, énoncé 1", en="Hostility, item 1")


@pytest.mark.parametrize(
    ("name", "rows", "warned"),
    [
        ("tutorial.xls", 10, 1),
        ("table-list.xls", 5, 4),
        ("widgets.xls", 32, 10),
        ("xlsform_spec_test.xlsx", 40, 27),
    ],
)
def test_the_samples_of_the_format_are_read_and_nothing_vanishes(name: str, rows: int, warned: int) -> None:
    reading = read(shared(f"forms/{name}"))
    # Rows of the sheet that are neither groups nor dropped metadata.
    assert len(reading.questionnaire.variables) == rows
    assert len(reading.warnings) == warned


def test_a_surveycto_form_asks_nothing_of_the_device_nor_what_was_disabled(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["devicephonenum", "tel", "", ""],
        ["comments", "remarques", "", ""],
        ["text", "ancienne", "Ancienne", "yes"],
        ["text", "avis", "Avis", ""],
        columns="type name label::fr disabled",
    )
    assert ids(reading.questionnaire) == ["avis"]
    assert [warning.partition(" : ")[2].partition(" ")[0] for warning in reading.warnings] == ["«"] * 3
    assert "colonne « disabled » : « ancienne » est désactivé" in reading.warnings[2]


def test_choices_taken_from_a_repeated_part_become_a_text(tmp_path: Path) -> None:
    reading = form(tmp_path, ["select_one ${prenom}", "qui", "Qui ?"])
    assert str(reading.questionnaire.items[0].kind) == "text"
    assert "« select_one ${prenom} » non pris en charge" in reading.warnings[0]


def test_what_a_row_says_and_we_do_not_is_named(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["date", "jour", "Quel jour ?", "today()", "Il le faut", "${nom}"],
        ["text", "nom", "Nom (usuel)", "Léa (ou Zoé)", "", ""],
        columns="type name label::fr default required_message::fr trigger",
    )
    day, name = reading.questionnaire.items
    assert (getattr(day, "default", None), getattr(name, "default", None)) == ("", "Léa (ou Zoé)")
    assert [warning.partition(" : ")[0].rpartition(" « ")[2] for warning in reading.warnings] == [
        "trigger »",
        "required_message »",
        "default »",
    ]


def test_markup_becomes_words_and_a_cited_answer_is_told(tmp_path: Path) -> None:
    reading = form(
        tmp_path,
        ["text", "nom", 'Votre <b style="color:red">nom</b> ?'],
        ["note", "merci", "Merci ${nom} !<script>alert(1)</script>"],
    )
    assert [item.label.pick("fr") for item in reading.questionnaire.items] == [
        "Votre nom ?",
        "Merci ${nom} !",
    ]
    told = [warning.partition("« label » : ")[2] for warning in reading.warnings]
    assert told == [
        "la mise en forme d’un texte n’est pas reprise (b).",
        "un script contenu dans un texte est retiré.",
        "un texte cite « ${nom} » : il est montré tel quel, sans sa valeur.",
    ]

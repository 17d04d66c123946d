"""Answers → every dialect → the same answers, up to the committed tables of losses."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from labqvt_forms import (
    DECLINED,
    AnswersError,
    AnswerTable,
    Date,
    FormatError,
    Formula,
    FreeText,
    Group,
    Kind,
    MultipleChoice,
    Nature,
    Number,
    Questionnaire,
    SingleChoice,
    answers_to_bytes,
    read,
    read_answers,
    write_answers,
)
from labqvt_forms.answers import DIALECTS, OTHER, Cell
from labqvt_forms.answers.losses import FEATURES, TABLES, table_of
from tests.forms.answer_tables import answers_to
from tests.forms.answers.test_answers import AGREE, CONTRACT
from tests.forms.questionnaires import KINDS, Maker
from tests.forms.shared_files import shared

LOSING = frozenset({"blank_last_rows", "long_texts", "heavy_texts", "precise_numbers", "signs"})
"""Features of the tables whose loss changes what is read back; the others change what other tools see."""


@cache
def drawn() -> tuple[tuple[int, Questionnaire, AnswerTable], ...]:
    return tuple(_drawn())


def _drawn() -> Iterator[tuple[int, Questionnaire, AnswerTable]]:
    kinds = [cls.kind.value for cls in KINDS]
    for seed in range(25):
        chosen = random.Random(seed).sample(kinds, 5)
        # « Autre » and its words are what dialects find hardest: single choices are always among them.
        questionnaire = Maker(seed).questionnaire([*chosen, "single", "single"])
        if questionnaire.answer_variables:
            yield seed, questionnaire, answers_to(questionnaire, random.Random(seed), 12)


def written(
    table: AnswerTable, questionnaire: Questionnaire, dialect: str, folder: Path, **options: bool
) -> tuple[Path, tuple[str, ...]]:
    """Write a dialect and return the file that holds its answers."""
    known = DIALECTS[dialect]
    path = folder / f"r{known.extension}"
    warnings = write_answers(table, questionnaire, path, dialect=dialect, **options)
    return known.data_file(path), warnings


def as_shown(table: AnswerTable, questionnaire: Questionnaire) -> dict[str, tuple[Cell, ...]]:
    """What any export with texts holds: dates of an anonymous questionnaire stop at their month."""
    columns = dict(table.columns)
    for variable in questionnaire.answer_variables:
        item = variable.item
        if isinstance(item, Date) and questionnaire.anonymous and item.precision.value != "time":
            columns[variable.id] = tuple(
                cell[:7] if isinstance(cell, str) else cell for cell in columns[variable.id]
            )
    return columns


@pytest.mark.thorough
@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_there_and_back_is_the_same_answers(dialect: str, tmp_path: Path) -> None:
    for seed, questionnaire, table in drawn():
        path, warnings = written(table, questionnaire, dialect, tmp_path, with_texts=True)
        assert not [sentence for sentence in warnings if "ne se relit pas" in sentence], seed
        if dialect in ("sav", "parquet") and seed % 12:
            continue  # read back by the writer itself just now; a process of its own for each is slow
        back = read_answers(path, questionnaire)
        expected = as_shown(table, questionnaire)
        if any("entièrement vides de la fin" in sentence for sentence in warnings):
            expected = {id_: cells[: back.n] for id_, cells in expected.items()}
        assert dict(back.columns) == expected, seed


def test_the_generator_covers_what_dialects_find_hard() -> None:
    kinds: set[Kind] = set()
    declined = others = not_asked = 0
    for _, questionnaire, table in drawn():
        kinds |= {variable.kind for variable in questionnaire.answer_variables}
        for variable in questionnaire.answer_variables:
            cells = table.columns[variable.id]
            declined += cells.count(DECLINED)
            codes = [choice.code for choice in variable.choices.choices] if variable.choices else []
            if isinstance(variable.item, SingleChoice) and variable.item.other:
                others += sum(isinstance(cell, str) and cell not in codes for cell in cells)
        told = answers_to_bytes(table, questionnaire, "kobo", with_texts=True).warnings
        not_asked += any("« non posé »" in sentence for sentence in told)
    assert kinds == {
        Kind.SINGLE, Kind.YES_NO, Kind.MULTIPLE, Kind.NUMBER, Kind.RATING, Kind.TEXT, Kind.RANKING, Kind.DATE,
        Kind.FILE, Kind.LANGUAGE,
    }  # fmt: skip
    assert min(declined, others, not_asked) > 5


def test_each_dialect_has_its_table_of_losses() -> None:
    assert {path.stem for path in TABLES.glob("*.csv")} == set(DIALECTS)
    for dialect in DIALECTS:
        told = table_of(dialect)
        assert set(told) == set(FEATURES)
        assert all(bool(why) is not kept for kept, why in told.values()), dialect


@pytest.mark.thorough
def test_the_real_answers_come_back_from_every_dialect(tmp_path: Path) -> None:
    questionnaire = read(shared("forms/qvt.lss")).questionnaire
    table = read_answers(shared("forms/qvt200_csv.csv"), questionnaire)
    for dialect in DIALECTS:
        path, _ = written(table, questionnaire, dialect, tmp_path, with_texts=True)
        assert dict(read_answers(path, questionnaire).columns) == dict(table.columns), dialect


EDGES = {
    "long_texts": ("x" * 32_768, "7"),
    "heavy_texts": ("é" * 20_000, "7"),
    "precise_numbers": ("x", "1234567890123456789"),
    "blank_last_rows": (None, None),
    "signs": ("a\rb\r\nc\x0bd", "7"),
    "": ("_x0041_ 😀 <b>&amp; {x}", "0.1"),
}
"""One answer that uses each feature whose loss changes what comes back, then answers that use none."""


@pytest.mark.thorough
@pytest.mark.parametrize("dialect", sorted(DIALECTS))
def test_what_comes_back_changed_is_in_the_table_and_told(dialect: str, tmp_path: Path) -> None:
    assert set(EDGES) == LOSING | {""}
    questionnaire = only(FreeText(id="t"), Number(id="n"), nature=Nature.NOMINATIVE)
    for feature, (text, number) in EDGES.items():
        table = AnswerTable(2, {"t": ("début", text), "n": ("1", number)})
        path, warnings = written(table, questionnaire, dialect, tmp_path)
        same = read_answers(path, questionnaire).columns == table.columns
        kept, why = table_of(dialect).get(feature, (True, ""))
        if feature == "long_texts" and dialect == "sav":
            kept, why = table_of(dialect)["heavy_texts"]
        assert same is kept, feature
        assert kept or any(why in sentence for sentence in warnings), feature


def only(*items: object, nature: Nature = Nature.ANONYMOUS) -> Questionnaire:
    return Questionnaire(id="q", nature=nature, groups=(Group(id="g", items=items),))  # type: ignore[arg-type]  # items of any kind


@pytest.mark.thorough
def test_free_texts_and_days_stay_out_of_anonymous_exports(tmp_path: Path) -> None:
    items = (
        SingleChoice(id="c", choices=CONTRACT, other=True),
        FreeText(id="avis"),
        Date(id="d"),
    )
    table = AnswerTable(
        3, {"c": ("cdi", "intérim", None), "avis": ("bien", None, None), "d": ("2026-03-14", "hier", None)}
    )
    for dialect in DIALECTS:
        path, warnings = written(table, only(*items), dialect, tmp_path)
        assert warnings[:2] == (
            "enquête anonyme : les dates sont réduites à leur mois, ou vidées si elles n’en disent pas (d).",
            "textes libres laissés de côté, car quelques mots suffisent à reconnaître quelqu’un "
            "(c, « Autre », avis) : demandez-les expressément s’il les faut.",
        )
        back = read_answers(path, only(*items))
        n = back.n
        assert back.columns == {
            "c": ("cdi", OTHER, None)[:n],
            "avis": (None,) * n,
            "d": ("2026-03", None, None)[:n],
        }, dialect
        assert b"bien" not in path.read_bytes()
    named = only(*items, nature=Nature.NOMINATIVE)
    path, _ = written(table, named, "parquet", tmp_path)
    assert read_answers(path, named).columns == table.columns


def test_declined_not_asked_and_blank_stay_apart(tmp_path: Path) -> None:
    questionnaire = only(
        SingleChoice(id="a", choices=CONTRACT, declinable=True),
        SingleChoice(id="b", choices=AGREE, relevant=Formula("${a} = 'cdi'")),
        Number(id="age", integer=True, declinable=True, relevant=Formula("${a} = 'cdi'")),
    )
    table = AnswerTable(
        4,
        {
            "a": ("cdi", "cdd", DECLINED, "cdi"),
            "b": (DECLINED, None, None, None),
            "age": (DECLINED, None, None, None),
        },
    )
    path, _ = written(table, questionnaire, "csv", tmp_path)
    assert path.read_text().splitlines() == ["a,b,age", "cdi,9,-98", "cdd,-99,-99", "-98,-99,-99", "cdi,,"]
    path, _ = written(table, questionnaire, "limesurvey-vv", tmp_path)
    assert path.read_text().splitlines()[3].split("\t")[2:] == ["cdd", *["{question_not_shown}"] * 2]
    path, warnings = written(table, questionnaire, "kobo", tmp_path)
    assert path.read_text().splitlines()[2] == "cdd,,"
    assert warnings == (
        "CSV de Kobo et ODK : « non posé » y devient une réponse vide (b, age).",
        "CSV de Kobo et ODK : « ne souhaite pas répondre » y est écrit par notre code -98, que les autres outils "
        "prendront pour une réponse hors liste (a, age).",
    )


def test_formulas_are_made_inert_and_numbers_are_not(tmp_path: Path) -> None:
    questionnaire = only(FreeText(id="t"), Number(id="n"), SingleChoice(id="c", choices=CONTRACT, other=True))
    table = AnswerTable(
        3, {"t": ("=1+1", "'-2+x", "@a"), "n": ("-3", "-4.5", None), "c": ("+33", "cdi", None)}
    )
    path, _ = written(table, questionnaire, "csv-fr", tmp_path, with_texts=True)
    assert path.read_bytes().decode("utf-8").splitlines() == [
        "\ufefft;n;c;c[other]",
        "'=1+1;-3;-oth-;+33",
        "''-2+x;-4,5;cdi;",
        "'@a;;;",
    ]
    assert read_answers(path, questionnaire).columns == table.columns


def test_a_number_that_looks_like_our_code_is_told(tmp_path: Path) -> None:
    questionnaire = only(Number(id="t", declinable=True))
    table = AnswerTable(2, {"t": ("-98", "3")})
    _, warnings = written(table, questionnaire, "csv", tmp_path)
    assert warnings == ("CSV : « t » ne se relit pas à l’identique (1 réponse).",)
    assert written(table, questionnaire, "sav", tmp_path)[1] == ()


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    questionnaire = only(MultipleChoice(id="m", choices=CONTRACT))
    table = AnswerTable(1, {"m": ("cdi interim",)})
    with pytest.raises(AnswersError, match="« cdi interim » n’est pas une réponse possible à « m »"):
        answers_to_bytes(table, questionnaire, "csv")
    with pytest.raises(FormatError, match="dialecte « excel » inconnu"):
        answers_to_bytes(table, questionnaire, "excel")
    with pytest.raises(FormatError, match=r"r\.ods : extension « \.ods » inconnue"):
        write_answers(table, questionnaire, tmp_path / "r.ods")
    with pytest.raises(FormatError, match="ce nom est celui d’un fichier écrit à côté"):
        write_answers(AnswerTable(1, {"m": ("cdi",)}), questionnaire, tmp_path / "dictionnaire.csv")
    with pytest.raises(AnswersError, match="il ne reste aucune colonne à écrire"):
        answers_to_bytes(AnswerTable(1, {"t": ("x",)}), only(FreeText(id="t")), "csv")
    assert list(tmp_path.iterdir()) == []

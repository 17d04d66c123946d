"""Packs: read, refused by their key, written whole, described by their published schema."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import labqvt_forms
from labqvt_forms import Block, Choice, ChoiceList, FormError, Group, Nature, Questionnaire, Row, Scale, Text
from labqvt_forms.formats import json_form
from labqvt_forms.packs import (
    LARGEST_PACK,
    SCHEMA,
    Licence,
    Pack,
    Public,
    ReferenceValue,
    pack_schema,
    read_pack,
    read_pack_file,
    write_pack,
)

AGREE = ChoiceList("accord", (Choice("1"), Choice("2"), Choice("3")))
ROWS = (Row(id="A1", label=Text.of(fr="Première")), Row(id="A2", label=Text.of(fr="Seconde")))
FORM = Questionnaire(
    id="essai",
    title=Text.of(fr="Essai"),
    groups=(Group(id="g", items=(Block(id="A", rows=ROWS, choices=AGREE),)),),
    scales=(Scale(id="theme", items=("A1", "A2")),),
)
RESTRICTED = Licence(
    id="LicenseRef-editeur",
    text=Text.of(fr="Réservé aux titulaires d’un contrat."),
    attestation=Text.of(fr="J’atteste que ma structure a le droit d’employer ce questionnaire."),
)
MEANS = ReferenceValue(
    scale="theme", population=Text.of(fr="Salariées et salariés"), n=1200, mean=61.5, sd=18.0,
    quartiles=(50.0, 62.5, 75.0), source="Rapport d’étude", url="https://exemple.fr/rapport",
    edition="2", collected="printemps 2024",
)  # fmt: skip
PACK = Pack(
    questionnaire=FORM, public=Public.EMPLOYEES, licence=RESTRICTED, authors=("Une autrice",), edition="3",
    date="2026-03-01", minutes=2, scoring_note=Text.of(fr="Moyenne."), reference_values=(MEANS,),
)  # fmt: skip


def _document() -> dict[str, Any]:
    return json.loads(write_pack(PACK))


def _read(document: object) -> Pack:
    return read_pack(json.dumps(document).encode())


def test_what_is_written_reads_back_the_same():
    assert read_pack(write_pack(PACK)) == PACK
    assert PACK.id == "essai"
    assert not PACK.licence.open


@given(
    means=st.lists(st.floats(0, 100, allow_nan=False), max_size=4),
    minutes=st.none() | st.integers(1, 90),
    easy=st.booleans(),
    # A NUL is taken out of any JSON that is read: no database keeps one.
    words=st.text(
        st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=40
    ),
)
def test_any_pack_travels_as_one_file(means, minutes, easy, words):
    licence = Licence(id="CC-BY-4.0", text=Text.of(fr=words))
    pack = Pack(
        questionnaire=FORM, public=Public.PARTICIPANTS, licence=licence, authors=("Nous",), edition="1",
        date="2026-01-31", minutes=minutes, easy_read_of="autre" if easy else "", reviewed_by_readers=easy,
        reference_values=tuple(
            ReferenceValue(scale="theme", population=Text.of(en="All"), n=n, mean=mean, source="S")
            for n, mean in enumerate(means, start=1)
        ),
    )  # fmt: skip
    assert read_pack(write_pack(pack)) == pack


def _with(**changes: Any) -> dict[str, Any]:
    return _document() | changes


def _reference(**changes: Any) -> dict[str, Any]:
    return _with(reference_values=[_document()["reference_values"][0] | changes])


def _licence(**changes: Any) -> dict[str, Any]:
    return _with(licence=_document()["licence"] | changes)


WRONG = [
    ([], "« schema » : la clé « schema » doit valoir « labqvt/pack/1 »."),
    (_with(schema="labqvt/questionnaire/1"), "« schema » : la clé « schema » doit valoir"),
    (_with(licenc={}), "« licenc » : clé inconnue"),
    ({key: value for key, value in _document().items() if key != "licence"}, "« licence » : clé absente"),
    (_with(public="tout le monde"), "« public » : trouvé \"tout le monde\", attendu l’un de employees"),
    (_with(public="structures"), "« public » : seules les structures répondent par leur nom"),
    (_with(questionnaire="essai.json"), "« questionnaire » : ce pack nomme son questionnaire"),
    (_with(questionnaire={"schema": "x"}), "« questionnaire.schema » : la clé « schema »"),
    (
        _with(questionnaire={"schema": "labqvt/questionnaire/1", "id": "q", "groups": [{}]}),
        "« questionnaire.groups[0].id » : clé absente",
    ),
    (
        _with(questionnaire={"schema": "labqvt/questionnaire/1", "id": "q"}),
        "« questionnaire » : ce questionnaire ne contient aucune question.",
    ),
    (_with(authors=[]), "« authors » : les auteurs sont absents"),
    (_with(edition=" "), "« edition » : l’édition est vide"),
    (_with(date="1er mars"), "« date » : « 1er mars » n’est pas une date"),
    (_with(minutes=0), "« minutes » : un questionnaire prend au moins une minute."),
    (_with(mirrors="essai"), "« mirrors » : « essai » se cite lui-même"),
    (_with(reviewed_by_readers=True), "« reviewed_by_readers » : seule une version facile à lire"),
    (_with(kept_apart=["A1"]), "« kept_apart » : un questionnaire anonyme ne demande pas"),
    (_licence(id="CC BY"), "« licence » : « CC BY » n’est pas un identifiant SPDX"),
    (_licence(text={}), "« licence » : la licence n’a pas de texte"),
    (_licence(url="www.exemple.fr"), "« licence » : « www.exemple.fr » n’est pas une adresse"),
    (_licence(attestation={}), "« licence » : l’attestation est vide"),
    (_reference(scale="autre"), "« reference_values[0].scale » : l’échelle « autre » n’existe pas."),
    (_reference(mean=101), "« reference_values[0] » : 101 sort de l’échelle, qui va de 0 à 100."),
    (_reference(mean=None, quartiles=None), "« reference_values[0] » : ni moyenne ni quartiles"),
    (_reference(quartiles=[60, 50, 70]), "« reference_values[0] » : les trois quartiles"),
    (_reference(quartiles=[60, 70]), "« reference_values[0].quartiles » : trouvé [60, 70], attendu une liste de 3"),
    (_reference(sd=-1), "« reference_values[0] » : un écart-type n’est jamais négatif"),
    (_reference(n=0), "« reference_values[0] » : 0 personne"),
    (_reference(source=""), "« reference_values[0] » : la source est vide"),
    (_reference(population={}), "« reference_values[0] » : la population est absente"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "sentence"), WRONG, ids=[sentence for _document, sentence in WRONG])
def test_a_wrong_pack_is_refused_by_its_key(document, sentence):
    with pytest.raises(FormError) as refusal:
        _read(document)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"schema": NaN}',
        b"PK\x03\x04",
        b" " * (LARGEST_PACK + 1),
    ],
    ids=["empty", "cut", "bytes", "deep", "nan", "zip", "heavy"],
)
def test_a_file_that_is_no_pack_gets_a_sentence(content):
    with pytest.raises(FormError):
        read_pack(content)


@given(at=st.integers(0, len(write_pack(PACK)) - 1), byte=st.integers(0, 255))
def test_a_damaged_file_gets_a_pack_or_a_sentence(at, byte):
    content = bytearray(write_pack(PACK))
    content[at] = byte
    with suppress(FormError):
        assert read_pack(bytes(content)).id


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kept_apart": ["A9"]}, "« kept_apart » : « A9 » n’est pas une question"),
        ({"kept_apart": ["A1"]}, "« kept_apart » : « A1 » entre dans un score"),
        ({"public": "employees"}, "« public » : seules les structures"),
    ],
)
def test_answers_by_name_are_for_structures_and_those_kept_apart_score_nothing(changes, sentence):
    by_name = json_form.to_json(FORM) | {"nature": Nature.NOMINATIVE.value}
    with pytest.raises(FormError) as refusal:
        _read(_with(questionnaire=by_name, public="structures") | changes)
    assert str(refusal.value).startswith(sentence)


def test_a_pack_of_a_folder_may_name_its_questionnaire(tmp_path):
    (tmp_path / "essai.json").write_text(json_form.dumps(FORM), encoding="utf-8")
    path = tmp_path / "essai.pack.json"
    path.write_text(json.dumps(_with(questionnaire="essai.json")), encoding="utf-8")
    assert read_pack_file(path) == PACK


@pytest.mark.parametrize("name", ["../essai.json", "/etc/passwd", "autre.json", "essai.txt"])
def test_it_may_name_nothing_else(tmp_path, name):
    path = tmp_path / "essai.pack.json"
    path.write_text(json.dumps(_with(questionnaire=name)), encoding="utf-8")
    with pytest.raises(FormError) as refusal:
        read_pack_file(path)
    assert str(refusal.value).startswith("essai.pack.json, « questionnaire » : ")


def test_the_published_schema_is_the_one_of_the_classes():
    published = Path(labqvt_forms.__file__).parent / "schema" / "pack-1.schema.json"
    schema = json.loads(published.read_text(encoding="utf-8"))
    assert schema == pack_schema()
    assert schema["properties"]["schema"] == {"const": SCHEMA}
    assert set(_document()) <= set(schema["properties"])

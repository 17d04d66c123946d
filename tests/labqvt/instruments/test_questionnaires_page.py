"""``docs/questionnaires.md`` says what the packs say, and its example is a pack."""

import json
import re
from pathlib import Path

import pytest

from labqvt.instruments.frameworks import place_in
from labqvt_forms import Block, Choice, ChoiceList, Determinant, Group, Questionnaire, Row, Scale
from labqvt_forms.formats import json_form
from labqvt_forms.packs import read_pack
from tests.labqvt.instruments.shipped import STANDARD, pack

PAGE = (Path(__file__).parents[3] / "docs" / "questionnaires.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\|.*\| (\d+)[^|]*\| (\d+) \| (\d+) \| `([\w-]+)` \|$", re.MULTILINE)


def test_each_questionnaire_has_its_line():
    assert {match[4] for match in ROW.finditer(PAGE)} == set(STANDARD)


@pytest.mark.parametrize("line", ROW.findall(PAGE), ids=lambda line: line[3])
def test_its_line_counts_as_the_pack_does(line):
    questions, minutes, easy_minutes, id_ = line
    assert int(questions) == len(pack(id_).questionnaire.answer_variables)
    assert int(minutes) == pack(id_).minutes
    assert int(easy_minutes) == pack(f"{id_}-facile").minutes


def test_the_example_is_a_pack():
    example = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
    agree = ChoiceList("accord", (Choice("1"), Choice("2")))
    form = Questionnaire(
        id=example["questionnaire"]["id"],
        groups=(Group(id="g", items=(Block(id="C", rows=(Row(id="C1"),), choices=agree),)),),
        scales=(Scale(id="charge", items=("C1",)),),
    )
    example["questionnaire"] = json_form.to_json(form)
    read = read_pack(json.dumps(example).encode())
    assert not read.licence.open
    assert read.reference_values[0].n == 1200


def test_the_table_of_lists_is_the_correspondence():
    for determinant in Determinant:
        places = [place_in(id_, determinant) for id_ in ("qvct-2023", "paca-2020")]
        labels = [
            place.label.pick("fr").split(" au travail")[0].lower() if place else "(absent)"
            for place in places
        ]
        assert any(
            f"| {labels[0]}" in line and f"| {labels[1]}" in line for line in PAGE.lower().splitlines()
        ), labels

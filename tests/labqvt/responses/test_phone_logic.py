"""Browser and server show the same questions: on the shipped questionnaires, and on ones drawn at random."""

import random
from dataclasses import replace

import pytest
from django.http import QueryDict

from labqvt.instruments.route import route_of
from labqvt.instruments.sheet_parts import OTHER, keys_of
from labqvt.instruments.turning import faults_of_whole, take_whole
from labqvt.responses.whole import logic_of
from labqvt_forms import (
    Block,
    DualBlock,
    MultipleChoice,
    Number,
    Numbers,
    Questionnaire,
    Rating,
    SingleChoice,
    YesNo,
)
from labqvt_forms.formats import json_form
from tests.labqvt.instruments.every_kind import every_kind
from tests.labqvt.responses.phone import worked_out
from tests.labqvt.responses.questionnaires import answered, drawn, shipped
from tests.labqvt.responses.test_route import FORM

COMPUTED = json_form.from_json({
    "schema": "labqvt/questionnaire/1", "id": "calcul", "title": {"fr": "Calcul"}, "languages": ["fr"],
    "choice_lists": [],
    "groups": [
        {"id": "one", "title": {"fr": "Un"}, "items": [
            {"kind": "number", "id": "km", "label": {"fr": "Kilomètres ?"}},
            {"kind": "computed", "id": "far", "label": {"fr": "Loin"}, "formula": "${km} * 2 > 100"},
            {"kind": "computed", "id": "twice", "label": {"fr": "Double"}, "formula": "${km} * 2"},
            {"kind": "text", "id": "a", "label": {"fr": "Si vrai"}, "relevant": "${far} = 'true'"},
            {"kind": "text", "id": "b", "label": {"fr": "Si 25"}, "relevant": "${twice} = 25"},
        ]},
    ],
})  # fmt: skip


def test_browser_and_server_ask_the_same_questions(tmp_path):
    draw = random.Random(11)
    forms = [*shipped(), FORM, COMPUTED, *(drawn(draw) for _ in range(150))]
    assert any(form.items[0].relevant or len(form.groups) > 1 for form in forms)
    cases = [(form, answered(draw, form)) for form in forms for _ in range(20)]
    theirs = worked_out(
        tmp_path,
        [
            (
                "route",
                {
                    "logic": logic_of(form, "fr"),
                    "given": {id_: [a] if isinstance(a, str) else a for id_, a in answers.items()},
                },
            )
            for form, answers in cases
        ],
    )
    hidden = 0
    for (form, answers), (shown, pages) in zip(cases, theirs, strict=True):
        ours = route_of(form, answers)
        assert sorted(ours.shown) == shown, (form.id, answers)
        assert [number for number, _group in ours.pages] == pages
        hidden += len(form.answer_variables) > len(ours.shown)
    assert hidden > 300  # the agreement is about something


def test_the_shipped_questionnaires_have_conditions_to_agree_on():
    assert len(shipped()) >= 10
    assert sum(any(row[3] for row in logic_of(form, "fr")["rows"]) for form in shipped()) >= 4


@pytest.mark.parametrize(("km", "shown"), [("60", {"km", "a"}), ("12.5", {"km", "b"}), ("1", {"km"})])
def test_a_computed_truth_reads_as_formulas_say_it(km, shown):
    assert route_of(COMPUTED, {"km": km}).shown == shown


def sent_at_random(draw: random.Random, form: Questionnaire) -> dict[str, list[str]]:
    """What a browser may post: good answers, odd ones, several where one is asked, words beside."""
    sent: dict[str, list[str]] = {}
    for variable in form.answer_variables:
        codes = (
            list(variable.choices.codes) if variable.choices else ["", "12", "-3", "1,5", "13", "901", "abc"]
        )
        one = not isinstance(variable.item, MultipleChoice)
        sent[variable.id] = draw.sample(codes, min(len(codes), 1 if one else draw.randrange(5)))
        if draw.random() < 0.3:
            sent[variable.id] = []
        for key in keys_of(variable):
            if key != variable.id and draw.random() < 0.4:
                sent[key] = [draw.choice(["", " ", "autre chose"])]
                if key.endswith("[other]") and draw.random() < 0.5 and not (one and sent[variable.id]):
                    sent[variable.id] = [*sent[variable.id], OTHER]
    return sent


def test_browser_and_server_find_the_same_faults(tmp_path):
    """Dates, ranks and texts are the server’s alone; everything else is said in the same words before the page turns."""
    draw, form = random.Random(23), every_kind()
    form = replace(form, groups=tuple(replace(g, relevant=None) for g in form.groups))
    theirs_too = {
        v.id for v in form.answer_variables
        if isinstance(v.item, SingleChoice | MultipleChoice | YesNo | Number | Numbers | Block | DualBlock | Rating)
    }  # fmt: skip
    cases = [sent_at_random(draw, form) for _ in range(1500)]
    theirs = worked_out(
        tmp_path, [("faults", {"logic": logic_of(form, "fr"), "given": given}) for given in cases]
    )
    met = set()
    for given, found in zip(cases, theirs, strict=True):
        data = QueryDict(mutable=True)
        for key, values in given.items():
            data.setlist(f"a.{key}", values)
        place, errors = take_whole(form, data)
        ours = faults_of_whole(form, place, errors, "fr")
        expected = {id_: why for id_, why in ours.items() if id_ in theirs_too}
        assert {id_: why for id_, why in found.items() if id_ in theirs_too} == expected, given
        met |= set(expected.values())
    assert len(met) >= 8, met

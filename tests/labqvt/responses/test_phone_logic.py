"""Browser and server show the same questions: on the shipped questionnaires, and on ones drawn at random."""

import random

import pytest

from labqvt.instruments.route import route_of
from labqvt.responses.whole import logic_of
from labqvt_forms.formats import json_form
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
                    "logic": logic_of(form),
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
    assert sum(any(row[3] for row in logic_of(form)["rows"]) for form in shipped()) >= 4


@pytest.mark.parametrize(("km", "shown"), [("60", {"km", "a"}), ("12.5", {"km", "b"}), ("1", {"km"})])
def test_a_computed_truth_reads_as_formulas_say_it(km, shown):
    assert route_of(COMPUTED, {"km": km}).shown == shown

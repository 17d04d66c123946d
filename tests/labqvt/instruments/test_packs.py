"""The six determinants delivered with the tool: balanced, the same seen from both sides, published once."""

import json
from collections import Counter

import pytest

from labqvt.instruments import queries, shipping
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Determinant, Questionnaire
from labqvt_forms.formats import json_form

EMPLOYEES, DIRECTION = "six-determinants-salaries", "six-determinants-direction"


def _pack(name: str) -> Questionnaire:
    return json_form.loads((shipping.PACKS_DIR / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(params=[EMPLOYEES, DIRECTION])
def form(request: pytest.FixtureRequest) -> Questionnaire:
    return _pack(request.param)


def test_six_determinants_with_four_or_five_items_each(form):
    assert {scale.determinant for scale in form.scales} == set(Determinant)
    assert {len(scale.items) for scale in form.scales} <= {4, 5}
    assert len(form.answer_variables) == 25
    assert Counter(item for scale in form.scales for item in scale.items) == Counter(
        variable.id for variable in form.answer_variables
    )
    assert all(scale.missing_rule == "half" for scale in form.scales)


def test_some_items_are_reversed_and_never_most_of_a_scale(form):
    reversed_ids = {variable.id for variable in form.answer_variables if variable.reverse}
    assert len(reversed_ids) == 4
    for scale in form.scales:
        assert len(reversed_ids & set(scale.items)) * 2 < len(scale.items)


def test_five_codes_and_a_way_not_to_answer(form):
    for variable in form.answer_variables:
        assert variable.choices.codes == ("1", "2", "3", "4", "5")
        assert variable.declinable


def test_one_short_sentence_at_a_time(form):
    for variable in form.answer_variables:
        words = variable.label.pick("fr").split()
        assert len(words) <= 15, variable.label
        assert " et/ou " not in variable.label.pick("fr")


def test_employees_and_direction_answer_the_same_items():
    employees, direction = _pack(EMPLOYEES), _pack(DIRECTION)
    sides = [
        [(variable.id, variable.reverse) for variable in form.variables] for form in (employees, direction)
    ]
    assert sides[0] == sides[1]
    assert [(s.id, s.items) for s in employees.scales] == [(s.id, s.items) for s in direction.scales]


@pytest.mark.django_db
def test_publishing_twice_publishes_once():
    first = shipping.publish_six_determinants()
    again = shipping.publish_six_determinants()
    assert [version.pk for version in first] == [version.pk for version in again]
    assert QuestionnaireVersion.objects.count() == 2
    employees, direction = first
    assert direction.mirrors == employees
    assert queries.mirror_of(employees) == direction
    assert list(queries.versions_for_employees()) == [employees]


@pytest.mark.django_db
def test_a_new_wording_is_a_new_version(tmp_path, monkeypatch):
    before, _mirror = shipping.publish_six_determinants()
    for path in shipping.PACKS_DIR.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    content = json.loads((tmp_path / f"{EMPLOYEES}.json").read_text(encoding="utf-8"))
    content["title"]["fr"] = "Six déterminants – autre titre"
    (tmp_path / f"{EMPLOYEES}.json").write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.setattr(shipping, "PACKS_DIR", tmp_path)
    after, mirror = shipping.publish_six_determinants()
    before.refresh_from_db()
    assert (before.status, after.number, mirror.mirrors) == ("retired", 2, after)


def test_the_instrument_scores_agreement_as_the_questionnaire_says():
    instrument = instrument_of(_pack(EMPLOYEES))
    assert len(instrument.items) == 25
    assert [scale.id for scale in instrument.scales] == [str(determinant) for determinant in Determinant]
    by_id = {item.id: item for item in instrument.items}
    assert by_id["REL1"].scores == (0, 25, 50, 75, 100)
    assert by_id["REL4"].scores == (100, 75, 50, 25, 0)
    assert by_id["REL4"].class_of("5") == "unfavourable"


def test_what_is_not_a_code_is_no_answer():
    instrument = instrument_of(_pack(EMPLOYEES))
    answers = answers_of(instrument, [{"REL1": "5", "REL2": "je ne veux pas", "CON1": None}, {"REL1": ["1"]}])
    assert answers.positions[0, :2].tolist() == [4, -1]
    assert answers.positions[1, 0] == -1

"""Conditions are worked out on the server: a question not asked is neither shown nor kept."""

import json

import pytest
from django.http import QueryDict

from labqvt.campaigns.sheet_size import sheet_size
from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.answering import answers_from
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.route import route_of
from labqvt_forms.formats import json_form
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import enter

DOCUMENT = {
    "schema": "labqvt/questionnaire/1", "id": "conditions", "title": {"fr": "Conditions"}, "languages": ["fr"],
    "choice_lists": [
        {"id": "tools", "choices": [{"code": "car", "label": {"fr": "Voiture"}}, {"code": "bike", "label": {"fr": "Vélo"}},
                                    {"code": "none", "label": {"fr": "Aucun"}, "exclusive": True}]},
    ],
    "groups": [
        {"id": "one", "title": {"fr": "Déplacements"}, "items": [
            {"kind": "yes_no", "id": "moves", "label": {"fr": "Vous déplacez-vous ?"}},
            {"kind": "number", "id": "km", "label": {"fr": "Combien de kilomètres ?"}, "least": 0, "most": 900,
             "relevant": "${moves} = 'yes'"},
        ]},
        {"id": "two", "title": {"fr": "Moyens"}, "relevant": "${moves} = 'yes'", "items": [
            {"kind": "multiple", "id": "tools", "label": {"fr": "Avec quoi ?"}, "choices": "tools"},
        ]},
        {"id": "three", "title": {"fr": "Pour finir"}, "items": [
            {"kind": "text", "id": "word", "label": {"fr": "Un mot ?"}, "long": True},
            {"kind": "rating", "id": "mark", "label": {"fr": "Une note ?"}},
            {"kind": "date", "id": "day", "label": {"fr": "Un jour ?"}},
        ]},
    ],
}  # fmt: skip
FORM = json_form.from_json(DOCUMENT)


def test_the_route_follows_the_answers():
    assert unanswerable(FORM) == []
    assert [number for number, _group in route_of(FORM, {}).pages] == [1, 3]
    assert route_of(FORM, {}).total == 3
    route = route_of(FORM, {"moves": "yes", "km": "12", "tools": ["car"]})
    assert [number for number, _group in route.pages] == [1, 2, 3]
    turned = route_of(FORM, {"moves": "no", "km": "12", "tools": ["car"], "word": "ouf"})
    assert turned.answers == {"moves": "no", "word": "ouf"}
    assert (turned.at_or_after(2), turned.at_or_before(2), turned.rank(3)) == (3, 1, 2)


@pytest.mark.django_db
def test_a_person_is_asked_what_their_answers_call_for():
    campaign = CampaignFactory(open=True, mirrored=False)
    version = QuestionnaireVersion.objects.create(
        questionnaire=campaign.version.questionnaire, number=9, content=DOCUMENT, status="retired"
    )
    campaign.version = version
    campaign.parameters["sheet_size"] = sheet_size(FORM)
    campaign.save()

    walker = enter(codes_of(campaign)[0]).press("Commencer")
    assert "kilomètres" not in walker.text
    assert walker.title.startswith("Page 1 sur 3")
    walker.press("Page suivante", **{"a.moves": "yes"})
    assert "Une question s’est ajoutée" in walker.text
    assert walker.title.startswith("Page 1 sur 4")
    walker.press("Page suivante", **{"a.km": "mille"})
    assert walker.status == 422
    assert walker.page.find(attrs={"name": "a.km"})["value"] == "mille"
    walker.press("Page suivante", **{"a.km": "1 200"})
    assert "au plus 900" in walker.text
    walker.press("Page suivante", **{"a.km": "12,5"})
    assert walker.heading == "Moyens"
    walker.press("Page suivante", **{"a.tools": ["car", "none"]})
    assert "exclut les autres" in walker.text
    walker.press("Page suivante", **{"a.tools": ["car", "bike"]})
    walker.press("Page suivante", **{"a.word": "x" * 1001})
    assert "Raccourcissez" in walker.text
    walker.press("Page suivante", **{"a.word": "bien\x07", "a.mark": "10", "a.day": ["-98"]})
    assert "6 questions sur 6" not in walker.text
    walker.press("Envoyer mes réponses")
    assert walker.status == 200
    [sheet] = opened_sheets(campaign)
    assert sheet["answers"] == {
        "moves": "yes", "km": "12.5", "tools": ["car", "bike"], "word": "bien", "mark": "10", "day": "-98"
    }  # fmt: skip


def test_the_longest_sheet_fits_its_envelope():
    """The size is worked out from the questionnaire; a sheet filled to the brim must enter it."""
    full = {
        "moves": "yes",
        "km": "1" * 32,
        "tools": ["bike", "car", "none"],
        "word": "\U0001f600" * 1000,
        "mark": "10",
        "day": "2026-03-17",
    }
    content = {"audience": "employees", "structure": "x" * 12, "answers": full}
    assert len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()) <= sheet_size(FORM)
    quotes = content | {"answers": full | {"word": '"\\' * 500}}
    assert len(json.dumps(quotes, ensure_ascii=False, separators=(",", ":")).encode()) <= sheet_size(FORM)


def test_no_answer_is_read_from_fields_the_page_does_not_have():
    data = QueryDict("a.moves=no&a.tools=car&state=x&autre=1")
    assert answers_from(data, FORM.groups[0])[0] == {"moves": "no"}

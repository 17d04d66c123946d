"""Pages drawn once for all: the very pages each person would be drawn, and nothing a person said among them."""

import copy
import random
import re
from types import SimpleNamespace

import pytest

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.sheet_size import sheet_size
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.sheet_parts import DECLINED
from labqvt.responses import drawn_once, respondent
from labqvt.responses.gate import wrong_codes
from labqvt_forms.formats import json_form
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_route import DOCUMENT
from tests.labqvt.responses.test_whole import whole
from tests.labqvt.responses.walk import Walker, enter

pytestmark = pytest.mark.django_db

# One more question on the last page, which adds no page.
_ASKED = copy.deepcopy(DOCUMENT)
_ASKED["groups"][0]["items"].append({"kind": "yes_no", "id": "stays", "label": {"fr": "Restez-vous ?"}})
_ASKED["groups"][2]["items"].append(
    {"kind": "text", "id": "why", "label": {"fr": "Pourquoi rester ?"}, "relevant": "${stays} = 'yes'"}
)
_OWN = re.compile(r'name="state" value="[^"]*"|data-(?:slot|key)="[^"]*"')
_LABELS = ("Commencer", "Page suivante", "Envoyer mes réponses")


@pytest.fixture(autouse=True)
def _nothing_drawn_yet(monkeypatch) -> None:
    """And the minute does not pass."""
    wrong_codes.forget()
    monkeypatch.setattr(drawn_once._kept, "minute", -1)
    monkeypatch.setattr(drawn_once, "time", SimpleNamespace(monotonic=lambda: 0.0))


@pytest.fixture
def campaign() -> Campaign:
    campaign = CampaignFactory(open=True, mirrored=False, headcount=12)
    campaign.version = QuestionnaireVersion.objects.create(
        questionnaire=campaign.version.questionnaire, number=9, content=_ASKED, status="retired"
    )
    campaign.parameters["sheet_size"] = sheet_size(json_form.from_json(_ASKED))
    campaign.save()
    return campaign


def kept() -> str:
    return "\n".join(drawn_once._kept.pages.values())


def _said(chance: random.Random) -> dict[str, str]:
    """What one person types, page after page; conditions, refusals and faults included."""
    if chance.random() < 0.5:  # nothing left out, and for some more was asked
        return {
            "a.moves": "no",
            "a.word": "bien",
            "a.mark": "10",
            "a.why": "parce que",
            "a.day": "2026-03-17",
        }
    every = {
        "a.moves": chance.choice(["", "yes", "no", DECLINED]),
        "a.stays": chance.choice(["", "yes", "no"]),
        "a.km": chance.choice(["", "12", "12", "mille"]),
        "a.tools": chance.choice(["", "car", "car"]),
        "a.word": chance.choice(["", "Sophie du vestiaire"]),
        "a.mark": chance.choice(["", "3", "10"]),
        "a.day": chance.choice(["", "2026-03-17"]),
    }
    return {name: value for name, value in every.items() if value}


def _walked(code: str, said: dict[str, str]) -> list[str]:
    walker, pages = enter(code), []
    back = False
    for _turn in range(24):
        pages.append(_OWN.sub("", walker.response.content.decode()))
        if walker.heading == "Avant d’envoyer" and not back:
            back = True  # once, from the first page again: it holds what was answered
            walker.press("Déplacements")
            continue
        button = next((label for label in _LABELS if label in walker.text), None)
        if button is None:
            break
        here = {name: value for name, value in said.items() if walker.page.find(attrs={"name": name})}
        if walker.status == 422:
            here["a.km"] = "7"
        walker.press(button, **here)
    return pages


@pytest.mark.parametrize("seed", range(12))
def test_each_person_gets_the_page_they_would_be_drawn(campaign, monkeypatch, seed):
    """Two people say anything: the second, served by what the first made the server keep, sees no difference."""
    first, second, third = codes_of(campaign)[:3]
    chance = random.Random(seed)
    said = _said(chance)
    _walked(first, _said(chance))
    served = _walked(second, said)
    monkeypatch.setattr(respondent, "drawn_once", lambda _name, own, draw: draw(own))
    assert served == _walked(third, said)


@pytest.mark.parametrize("seed", range(12))
def test_no_page_kept_depends_on_an_answer(campaign, seed):
    """What is kept after anything was said is what a person who left all blank, or filled all, makes it keep."""
    chance = random.Random(seed)
    codes = codes_of(campaign)
    _walked(codes[0], {})
    _walked(
        codes[1], {"a.moves": "no", "a.stays": "no", "a.word": "bien", "a.mark": "3", "a.day": "2026-03-17"}
    )
    assert "Avant d’envoyer" in kept()
    before = dict(drawn_once._kept.pages)
    for code in codes[2:5]:
        _walked(code, _said(chance))
    assert drawn_once._kept.pages == before
    assert "Sophie" not in kept()
    assert " checked" not in kept()
    assert "kilomètres" not in kept()
    assert "Pourquoi rester" not in kept()


def test_neither_a_state_nor_the_key_of_a_sheet_is_kept(campaign):
    first, second = codes_of(campaign)[:2]
    sheets = [whole(code) for code in (first, second)]
    form = [sheet.page.find(id="feuille") for sheet in sheets]
    assert form[0]["data-key"] != form[1]["data-key"]
    assert form[0]["data-slot"] != form[1]["data-slot"]
    for sheet, one in zip(sheets, form, strict=True):
        assert one["data-key"] not in kept()
        assert one["data-slot"] not in kept()
        assert str(sheet.page.find("input", attrs={"name": "state"})["value"]) not in kept()


def test_a_sheet_taken_up_is_drawn_for_its_person_alone(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("Page suivante", **{"a.moves": "no"}).press("Page suivante", **{"a.word": "Le vestiaire"})
    token = str(walker.page.find("input", attrs={"name": "state"})["value"])
    sheet = Walker()
    sheet._received(sheet.client.post("/r/feuille/", {"state": token}))
    assert "Le vestiaire" in sheet.response.content.decode()
    assert "Le vestiaire" not in kept()


def test_a_campaign_prolonged_is_told_at_once(campaign):
    first, second = codes_of(campaign)[:2]
    assert "2031" not in enter(first).text
    day = campaign.closes_on.replace(year=2031, month=5, day=17)
    Campaign.objects.filter(pk=campaign.pk).update(closes_on=day)
    assert "17 mai" in enter(second).text


def test_a_new_minute_draws_every_page_again(campaign, monkeypatch):
    enter(codes_of(campaign)[0])
    assert drawn_once._kept.pages
    monkeypatch.setattr(drawn_once, "time", SimpleNamespace(monotonic=lambda: 60.0))
    assert drawn_once._kept.of_this_minute() == {}


def test_what_is_put_in_is_escaped():
    assert drawn_once.drawn_once("une page", {"state": '"><b>'}, lambda own: f'<i x="{own["state"]}">') == (
        '<i x="&quot;&gt;&lt;b&gt;">'
    )

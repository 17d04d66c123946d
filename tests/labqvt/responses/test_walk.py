"""An employee answers on a phone, without JavaScript."""

import time
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.responses.gate import WRONG_CODES_AN_HOUR, wrong_codes
from labqvt.responses.kept import has_a_time
from labqvt.responses.models import SealedSheet
from labqvt.responses.state import State
from tests.factories import AccountFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import Walker, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_try_yet() -> None:
    wrong_codes.forget()


@pytest.fixture
def campaign() -> Campaign:
    return CampaignFactory(open=True)


def to_the_end(walker: Walker, **answers: str) -> Walker:
    walker.press("Commencer")
    while "Avant d’envoyer" not in walker.heading:
        here = {name: value for name, value in answers.items() if walker.page.find(attrs={"name": name})}
        walker.press("Page suivante", **here)
    return walker


def test_from_the_code_to_the_receipt(campaign):
    walker = enter(codes_of(campaign)[0])
    assert walker.status == 200
    assert campaign.organisation.name in walker.text
    assert "au moins six réponses" in walker.text
    assert "anonyme" in walker.text
    assert "Qui tient plusieurs codes voit plus" in walker.text

    walker.press("Commencer")
    assert walker.title.startswith("Page 1 sur 7 : Relations")
    assert walker.checked() == {}
    walker.press("Page suivante", **{"a.REL1": "4", "a.REL2": "-98"})
    assert walker.title.startswith("Page 2 sur 7 : ")
    for _ in range(5):
        walker.press("Page suivante")
    assert walker.heading == "Avant d’envoyer"
    assert "répondu à 1 question sur 25" in walker.text
    assert "préféré ne pas répondre à 1 question" in walker.text
    with_nothing_sent = opened_sheets(campaign)
    walker.press("Envoyer mes réponses")

    assert with_nothing_sent == []
    assert walker.status == 200
    assert "Et maintenant" in walker.text
    assert [sheet["answers"] for sheet in opened_sheets(campaign)] == [{"REL1": "4", "REL2": "-98"}]


def test_every_question_can_be_declined_and_none_is_ticked(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    for _ in range(6):
        groups = walker.page.select("fieldset.question")
        assert groups
        for group in groups:
            assert "Je préfère ne pas répondre" in group.get_text()
            assert not group.select("input[checked]")
        assert "Qui verra mes réponses" in walker.text
        walker.press("Page suivante")


def test_going_back_keeps_what_was_answered_and_forgets_what_was_unticked(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("Page suivante", **{"a.REL1": "4"})
    second = walker.page.select_one("input[type=radio]")["name"]
    walker.press("Revenir à la page 1", **{second: "2"})
    assert walker.checked() == {"a.REL1": "4"}

    walker.press("Page suivante", **{"a.REL1": []})
    assert walker.checked() == {second: "2"}
    walker.press("Revenir à la page 1")
    assert walker.checked() == {}


def test_who_sees_my_answers_is_one_tap_away_and_loses_nothing(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("Qui verra mes réponses", **{"a.REL1": "5"})
    assert walker.heading == "Qui verra mes réponses ?"
    walker.press("Revenir à la page 1")
    assert walker.checked() == {"a.REL1": "5"}


def test_the_language_changes_on_any_page_and_keeps_the_answers(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("English", **{"a.REL1": "5"})
    assert walker.page.html["lang"] == "en"
    assert "I can ask my colleagues for help." in walker.text
    assert walker.checked() == {"a.REL1": "5"}


def test_direction_answers_the_mirror(campaign):
    [code] = codes_of(campaign, "direction")
    walker = enter(code)
    assert "questionnaire de la direction" in walker.text
    walker.press("Commencer")
    assert "In the team" not in walker.text
    assert "Dans l’équipe" in walker.text


def test_a_wrong_code_is_said_beside_the_field_and_in_the_summary(campaign):
    walker = enter("2345-6789")
    assert walker.status == 422
    assert walker.title.startswith("Erreur :")
    assert walker.page.select_one(".error-summary a")["href"] == "#code"
    assert walker.page.find(id="code")["value"] == "2345-6789"
    assert enter("").status == 422


def test_too_many_wrong_codes_from_one_place_must_wait(campaign):
    code = codes_of(campaign)[0]
    for _ in range(WRONG_CODES_AN_HOUR):
        assert enter("2345-6789").status == 422
    assert enter(code).status == 429
    wrong_codes.forget()
    assert enter(code).status == 200


def test_a_used_code_is_told_kindly_at_the_door_and_at_sending(campaign):
    first, second = enter(codes_of(campaign)[0]), enter(codes_of(campaign)[0])
    to_the_end(first).press("Envoyer mes réponses")
    to_the_end_of_second = enter(codes_of(campaign)[0])
    assert to_the_end_of_second.status == 409
    assert "tout est en ordre" in to_the_end_of_second.text

    token = State(code=codes_of(campaign)[0], page=7, answers={"REL1": "1"}).token()
    sent_again = second.client.post("/r/envoyer/", {"state": token})
    assert sent_again.status_code == 409
    assert "comptée deux fois" in sent_again.content.decode()
    assert len(opened_sheets(campaign)) == 1


def test_a_closed_campaign_takes_nothing_more(campaign):
    code = codes_of(campaign)[0]
    walker = to_the_end(enter(code))
    campaigns.close_campaign(campaign=campaign, by=AccountFactory(director_of=campaign.organisation))

    walker.press("Envoyer mes réponses")

    assert walker.status == 410
    assert "terminée" in walker.text
    assert enter(code).status == 410
    assert opened_sheets(campaign) == []


def test_a_campaign_not_yet_open_says_when(campaign):
    tomorrow = timezone.localdate() + timezone.timedelta(days=1)
    Campaign.objects.filter(pk=campaign.pk).update(opens_on=tomorrow)
    walker = enter(codes_of(campaign)[0])
    assert walker.status == 403
    assert "Gardez votre code" in walker.text


def test_what_was_tampered_with_is_refused_and_spends_nothing(campaign):
    token = State(code=codes_of(campaign)[0]).token()
    client = Walker().client
    for spoiled in (
        "",
        "x",
        token[:-6],
        token[:40] + ("A" if token[40] != "A" else "B") + token[41:],
        "A" * 100_000,
    ):
        for address in ("/r/page/1/", "/r/envoyer/", "/r/qui-verra/"):
            assert client.post(address, {"state": spoiled}).status_code == 400
    assert not AccessCode.objects.filter(spent=True).exists()


def test_a_page_left_open_too_long_is_forgotten(campaign, monkeypatch):
    walker = enter(codes_of(campaign)[0])
    later = time.time() + 13 * 3600
    monkeypatch.setattr("labqvt.responses.state.time.time", lambda: later)
    walker.press("Commencer")
    assert walker.status == 400
    assert "trop longtemps" in walker.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://ailleurs.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 200),
        ({"Origin": "http://testserver"}, 200),
        ({}, 200),
    ],
)
def test_a_form_comes_from_our_own_pages(campaign, headers, status):
    walker = Walker().get()
    walker.press("Continuer", headers=headers, code=codes_of(campaign)[0])
    assert walker.status == status


def test_an_answer_that_is_not_proposed_is_not_kept(campaign):
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("Page suivante", **{"a.REL1": "99"})
    assert walker.status == 422
    assert walker.page.select_one(".error-summary a")["href"] == "#c-a.REL1"
    walker.press("Page suivante", **{"a.REL1": "3"})
    assert walker.status == 200


def test_nothing_about_the_person_is_in_an_address(campaign):
    code = codes_of(campaign)[0]
    walker = enter(code)
    while "Avant d’envoyer" not in walker.heading:
        for element in walker.page.select("[href], [action], [formaction]"):
            for attribute in ("href", "action", "formaction"):
                assert code not in element.get(attribute, "")
                assert campaign.public_id not in element.get(attribute, "")
        assert code not in walker.response.content.decode()
        walker.press("Commencer" if walker.page.find("button", string="Commencer") else "Page suivante")


def test_no_page_is_kept_by_anyone(campaign):
    walker = enter(codes_of(campaign)[0])
    for address in ("/r/", "/r/qui-verra/", "/r/ce-que-garde-le-serveur/"):
        walker.get(address)
        assert walker.status == 200
        assert walker.response["Cache-Control"] == "no-store"
        assert walker.response["Referrer-Policy"] == "no-referrer"
        policy = walker.response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert ("connect-src" in policy) == (address == "/r/")


def test_first_page_and_its_sheet_weigh_under_25_kilobytes(campaign):
    walker = Walker().get()
    sheets = [link["href"] for link in walker.page.select("link[rel=stylesheet]")]
    elsewhere = [
        e
        for e in walker.page.select("script[src], img, link")
        if e.get("href") != "data:," and e.get("rel") != ["stylesheet"]
    ]
    assert len(sheets) == 1
    assert elsewhere == []
    style = Path(finders.find("foundation/respond.css")).stat().st_size
    for page in (walker.response.content, enter(codes_of(campaign)[0]).response.content):
        assert len(page) + style <= 25_000
    themed = enter(codes_of(campaign)[0]).press("Commencer").response.content
    assert len(themed) + style <= 25_000, len(themed)


def test_state_of_44_answers_stays_small():
    answers = {f"QUESTION{n}": str(n % 5 + 1) for n in range(44)}
    assert len(State(code="2345FHJK", answers=answers).token()) <= 8 * 1024


def test_what_the_server_keeps_is_told_from_the_tables():
    text = Walker().get("/r/ce-que-garde-le-serveur/").text
    for model in (AccessCode, SealedSheet):
        for field in model._meta.concrete_fields:
            assert str(field.verbose_name).lower() in text.lower()


def test_codes_and_sheets_have_no_column_of_time():
    assert not has_a_time(AccessCode)
    assert not has_a_time(SealedSheet)

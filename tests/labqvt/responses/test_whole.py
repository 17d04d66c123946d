"""The whole sheet, asked for and sent by the script: the server believes nothing of what it says."""

import base64
import gzip
import json
import secrets
import time
from urllib.parse import urlencode

import pytest
from nacl.bindings import crypto_aead_aes256gcm_encrypt

from labqvt.campaigns.models import AccessCode
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.responses import drawn_once
from labqvt.responses import state as states
from labqvt.responses.asked import launched
from labqvt.responses.box import key_of, slot_of
from labqvt.responses.gate import wrong_codes
from labqvt.responses.scripts import FORMULAS, SHEET, START, digests, hash_of, written_digests
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.test_route import DOCUMENT
from tests.labqvt.responses.walk import Walker, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_try_yet() -> None:
    wrong_codes.forget()


@pytest.fixture
def campaign():
    return CampaignFactory(open=True)


def whole(code: str, **more: str) -> Walker:
    walker = Walker()
    return walker._received(walker.client.post("/r/", {"code": code, "whole": "1", **more}))


def send(token: str, **fields: object) -> Walker:
    walker = Walker()
    return walker._received(walker.client.post("/r/envoyer/", {"state": token, "language": "fr", **fields}))


def token_of(walker: Walker) -> str:
    return str(walker.page.find("input", attrs={"name": "state"})["value"])


def boxed(code: str, **fields: str) -> str:
    """What the browser keeps: the same cipher as WebCrypto’s, padded with « & »."""
    nonce, plain = secrets.token_bytes(12), urlencode(fields).ljust(2048, "&").encode()
    sealed = crypto_aead_aes256gcm_encrypt(plain, None, nonce, base64.b64decode(key_of(code)))
    return base64.b64encode(nonce + sealed).decode()


def test_the_script_weighs_little():
    """No page carries two of the first; the last comes with conditions only."""
    assert len(gzip.compress(SHEET.encode(), 9)) <= 5_000
    assert len(gzip.compress(START.encode(), 9)) <= 1_400
    assert len(gzip.compress(FORMULAS.encode(), 9)) <= 1_000


def scripts_of(walker: Walker) -> list[str]:
    return [
        script.string for script in walker.page.find_all("script") if script.get("type") in {None, "module"}
    ]


def test_a_page_carries_the_script_it_needs(campaign):
    code = codes_of(campaign)[0]
    assert scripts_of(enter(code)) == [START]
    assert scripts_of(whole(code)) == [SHEET]
    campaign.version = QuestionnaireVersion.objects.create(
        questionnaire=campaign.version.questionnaire, number=9, content=DOCUMENT, status="retired"
    )
    campaign.save()
    launched.cache_clear()
    drawn_once._kept.minute = -1
    assert scripts_of(whole(code)) == [FORMULAS, SHEET]


def test_what_is_served_was_shortened_from_what_is_written():
    """After a change of the script: « labqvt manage respondent_script »."""
    assert digests() == written_digests()
    assert SHEET.strip()
    assert START.strip()
    assert FORMULAS.strip()


def test_the_whole_questionnaire_comes_with_the_code_and_nothing_of_the_code(campaign):
    code = codes_of(campaign)[0]
    walker = whole(code)
    assert walker.status == 200
    sections = walker.page.select("[data-page]")
    assert [section["data-page"] for section in sections] == [
        *map(str, range(8)),
        "who",
        "help",
        "wait",
        "elsewhere",
    ]
    assert [section.has_attr("hidden") for section in sections] == [False] + [True] * 11
    assert len(walker.page.select("fieldset.question")) == 25
    assert walker.checked() == {}
    assert code not in walker.response.content.decode()
    policy = walker.response["Content-Security-Policy"]
    assert hash_of(SHEET) in policy
    assert hash_of(START) in policy
    assert "connect-src 'self'" in policy
    assert "default-src 'none'" in policy
    assert walker.response["Cache-Control"] == "no-store"


def test_without_its_module_the_page_leads_to_the_pages_one_by_one(campaign):
    walker = whole(codes_of(campaign)[0]).press("Commencer", **{"a.REL1": "4"})
    assert walker.title.startswith("Page 1 sur 7")
    assert walker.checked() == {}
    walker.press("Page suivante", **{"a.REL1": "4"})
    assert walker.title.startswith("Page 2 sur 7")


def test_a_whole_sheet_is_kept_once(campaign):
    token = token_of(whole(codes_of(campaign)[0]))
    sent = send(token, whole="1", **{"a.REL1": "4", "a.CON1": "-98"})
    assert (sent.status, sent.response["Labqvt-Outcome"]) == (200, "sent")
    second = send(token, whole="1", **{"a.REL1": "2"})
    assert (second.status, second.response["Labqvt-Outcome"]) == (409, "used")
    assert [sheet["answers"] for sheet in opened_sheets(campaign)] == [{"REL1": "4", "CON1": "-98"}]


def test_sent_again_after_a_lost_reply_it_gets_a_receipt_that_claims_no_more_than_is_known(campaign):
    token = token_of(whole(codes_of(campaign)[0]))
    send(token, whole="1", **{"a.REL1": "4"})
    again = send(token, whole="1", again="1", **{"a.REL1": "4"})
    assert (again.status, again.response["Labqvt-Outcome"]) == (200, "sent")
    assert again.heading == "C’est dans l’enveloppe. Merci."
    assert "aucun lien entre un code et une feuille" in again.text
    assert len(opened_sheets(campaign)) == 1
    assert AccessCode.objects.filter(campaign=campaign, spent=True).count() == 1


def test_a_wrong_answer_brings_the_whole_sheet_back_with_what_was_typed(campaign):
    token = token_of(whole(codes_of(campaign)[0]))
    wrong = send(token, whole="1", **{"a.REL1": "4", "a.CON1": "99"})
    assert (wrong.status, wrong.response["Labqvt-Outcome"]) == (422, "errors")
    assert wrong.page.find(id="feuille")["data-at"] == "2"
    assert wrong.page.select_one(".error-summary a")["href"] == "#c-a.CON1"
    assert wrong.checked() == {"a.REL1": "4"}
    assert opened_sheets(campaign) == []


def test_a_box_is_opened_by_the_server_only_with_the_token_of_its_code(campaign):
    one, two = codes_of(campaign)[:2]
    token, other = token_of(whole(one)), token_of(whole(two))
    box = boxed(one, **{"a.REL1": "5"})
    assert send(other, box=box).response["Labqvt-Outcome"] == "retype"
    assert send(token, box=box[:-8] + "AAAAAAA=").response["Labqvt-Outcome"] == "retype"
    assert send(token, box="pas une boîte").response["Labqvt-Outcome"] == "retype"
    assert opened_sheets(campaign) == []
    assert send(token, box=box).response["Labqvt-Outcome"] == "sent"
    assert [sheet["answers"] for sheet in opened_sheets(campaign)] == [{"REL1": "5"}]


def test_whoever_holds_a_box_without_the_code_reads_no_answer(campaign):
    """A sheet with a mistake goes back to its person with its answers; never to a stolen phone."""
    code = codes_of(campaign)[0]
    reply = send(token_of(whole(code)), box=boxed(code, **{"a.REL1": "5", "a.CON1": "99"}))
    assert (reply.status, reply.response["Labqvt-Outcome"]) == (422, "retype")
    assert reply.checked() == {}
    assert "CON1" not in reply.response.content.decode()


def test_a_sheet_that_waited_for_days_still_leaves_while_the_survey_is_open(campaign, monkeypatch):
    code, now = codes_of(campaign)[0], time.time()
    token = token_of(whole(code))
    monkeypatch.setattr(states.time, "time", lambda: now + 5 * 24 * 3600)
    assert send(token).status == 400  # the answers of a page left open are forgotten
    assert Walker()._received(Walker().client.post("/r/feuille/", {"state": token})).status == 400
    assert send(token, box=boxed(code, **{"a.REL1": "5"})).response["Labqvt-Outcome"] == "sent"


def test_a_sheet_that_comes_after_the_end_is_told_what_is_known(campaign):
    first, second = (token_of(whole(code)) for code in codes_of(campaign)[:2])
    send(first, whole="1", **{"a.REL1": "4"})
    campaign.status = campaign.Status.CLOSED
    campaign.save(update_fields=["status"])
    kept = send(first, whole="1", again="1")
    assert (kept.response["Labqvt-Outcome"], kept.heading) == ("sent", "C’est dans l’enveloppe. Merci.")
    late = send(second, whole="1", again="1")
    assert (late.status, late.response["Labqvt-Outcome"]) == (410, "closed")
    assert "la vôtre n’est pas comptée" in late.text
    AccessCode.objects.filter(campaign=campaign).delete()
    gone = send(second, whole="1", again="1")
    assert (gone.status, gone.response["Labqvt-Outcome"]) == (404, "unknown")
    assert "On ne peut plus le savoir" in gone.text


def test_a_refused_code_makes_the_device_forget_its_sheet(campaign):
    code = codes_of(campaign)[0]
    send(token_of(whole(code)), whole="1")
    refused = enter(code)
    assert refused.page.select_one("[data-forget]")["data-forget"] == slot_of(code)
    assert enter("2345-6789").page.select_one("[data-forget]") is None


def test_the_key_of_a_sheet_is_made_from_its_code_and_from_this_installation(settings):
    assert len(base64.b64decode(key_of("2345FHJK"))) == 32
    assert key_of("2345FHJK") != key_of("2345FHJM")
    assert slot_of("2345FHJK") not in key_of("2345FHJK")
    before = key_of("2345FHJK"), slot_of("2345FHJK")
    settings.SECRET_KEY = "une autre"
    assert key_of("2345FHJK") != before[0]
    assert slot_of("2345FHJK") != before[1]


def test_the_other_language_keeps_the_answers_of_the_whole_sheet(campaign):
    token = token_of(whole(codes_of(campaign)[0]))
    page = Walker()._received(
        Walker().client.post(
            "/r/feuille/",
            {"state": token, "language": "en", "whole": "1", "at": "2", "a.REL1": "4", "a.CON1": "zzz"},
        )
    )
    assert page.status == 200
    assert page.page.find(id="feuille")["data-at"] == "2"
    assert page.checked() == {"a.REL1": "4"}


def test_an_answer_cannot_leave_its_place_in_the_page(campaign):
    hostile = '"><script>alert(1)</script>{{ 7|add:1 }}'
    token = token_of(whole(codes_of(campaign)[0]))
    wrong = send(token, whole="1", **{"a.REL1": hostile})
    assert wrong.status == 422
    assert "<script>alert(1)" not in wrong.response.content.decode()


def test_continuing_later_without_script_and_coming_back(campaign):
    code = codes_of(campaign)[0]
    walker = enter(code).press("Commencer").press("Page suivante", **{"a.REL1": "4", "a.REL2": "-98"})
    here = walker.page.select_one("input[type=radio]")["name"]
    later = walker.press("Continuer plus tard", **{here: "2"})
    assert later.heading == "Continuer plus tard"
    letters = later.page.select_one(".letters").get_text()
    text = later.page.select_one(".kept-text").get_text()
    assert code not in text.replace("\n", "")
    token = token_of(later)
    file = later.client.post("/r/plus-tard/", {"state": token, "file": "1"})
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Cache-Control"] == "no-store"
    assert code not in file.content.decode()
    later.press("Revenir où j’en étais")
    assert later.checked() == {here: "2"}

    for kept in (letters, text, file.content.decode()):
        back = Walker().get("/r/reprendre/").press("Reprendre", code=code, kept=kept)
        assert back.status == 200, back.text
        assert back.title.startswith("Page 1 sur 7")
        assert back.checked() == {"a.REL1": "4", "a.REL2": "-98"}
        assert back.press("Page suivante").checked()[here] == "2"


def test_coming_back_says_what_is_wrong_beside_its_field(campaign):
    code = codes_of(campaign)[0]
    page = Walker().get("/r/reprendre/")
    assert "écrivez ses lettres" in page.press("Reprendre", code=code, kept="").text
    wrong = page.press("Reprendre", code=code, kept="2345-6789")
    assert wrong.status == 422
    assert wrong.page.select_one(".error-summary a")["href"] == "#kept-words"
    assert wrong.page.find(id="kept-words")["aria-invalid"] == "true"
    unknown = page.press("Reprendre", code="2345-6789", kept="2345")
    assert unknown.page.select_one(".error-summary a")["href"] == "#code"
    assert AccessCode.objects.filter(campaign=campaign, spent=True).count() == 0


def test_the_logic_given_to_the_browser_is_data(campaign):
    data = json.loads(whole(codes_of(campaign)[0]).page.find(id="logic").string)
    assert {row[2] for row in data["rows"]} == {"answer"}
    assert len(data["rows"]) == 25

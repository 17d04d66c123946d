"""Several people on one device: what one leaves, the next cannot find, whatever the browser sends again."""

import time
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from labqvt.responses import kiosk
from labqvt.responses.gate import wrong_codes
from labqvt.responses.state import KIOSK_IDLE, State, StateError
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import Walker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_try_yet() -> None:
    wrong_codes.forget()


@pytest.fixture
def campaign():
    return CampaignFactory(open=True)


@dataclass
class Tablet(Walker):
    """A shared device: it keeps its one cookie, and remembers what it sent, as the history of a browser does."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def _received(self, response: Any) -> "Tablet":
        assert set(response.cookies) <= {kiosk.COOKIE}
        if response.wsgi_request.method == "POST":
            self.sent.append(
                (response.wsgi_request.path, {k: list(v) for k, v in response.wsgi_request.POST.lists()})
            )
        self.response = response
        return self

    def sends_again(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(path, data)


def visit(tablet: Tablet, code: str, answer: str = "") -> Tablet:
    """Someone comes, writes their code and answers the first page."""
    if tablet.response is None or "Recommencer" not in tablet.text:
        tablet.get("/r/borne/")
    else:
        tablet.get(next(a["href"] for a in tablet.page.select("a.button")))
    tablet.press("Continuer", code=code).press("Commencer")
    return tablet.press("Page suivante", **({"a.REL1": answer} if answer else {}))


def send(tablet: Tablet) -> Tablet:
    while "Avant d’envoyer" not in tablet.heading:
        tablet.press("Page suivante")
    return tablet.press("Envoyer mes réponses")


def test_three_people_in_a_row_and_nothing_left_behind(campaign):
    tablet, codes = Tablet(), codes_of(campaign)
    for rank, code in enumerate(codes[:3]):
        send(visit(tablet, code, str(rank + 1)))
        assert tablet.heading == "C’est envoyé. Merci."
        assert "Recommencer pour la personne suivante" in tablet.text
        assert "revient d’elle-même au début dans 30 secondes" in tablet.text
        assert tablet.response["Refresh"] == "30; url=/r/borne/?lang=fr"
    assert sorted(sheet["answers"]["REL1"] for sheet in opened_sheets(campaign)) == ["1", "2", "3"]
    for path, data in tablet.sent:
        again = tablet.sends_again(path, data)
        assert again.status_code == 400, path
        assert 'name="a.' not in again.content.decode()
        assert not any(code in again.content.decode() for code in codes)
    assert len(opened_sheets(campaign)) == 3


def test_leaving_in_the_middle_leaves_nothing_to_find(campaign):
    tablet, code = Tablet(), codes_of(campaign)[0]
    visit(tablet, code, "5")
    leave = next(a for a in tablet.page.select("footer a") if "Quitter et tout effacer" in a.get_text())
    tablet.get(leave["href"])
    assert tablet.heading == "Écrivez votre code"
    assert tablet.checked() == {}
    for path, data in tablet.sent:
        assert tablet.sends_again(path, data).status_code == 400
    # The code itself is still good, for whoever holds the paper.
    tablet.get("/r/borne/").press("Continuer", code=code)
    assert tablet.status == 200


def test_the_same_history_is_readable_on_a_device_of_ones_own(campaign):
    """What the protection is for: without it, sending again what the history holds shows the answers."""
    tablet = Tablet()
    tablet.get("/r/").press("Continuer", code=codes_of(campaign)[0]).press("Commencer")
    tablet.press("Page suivante", **{"a.REL1": "5"}).press("Revenir à la page 1")
    tablet.get("/r/")
    path, data = tablet.sent[-1]
    assert 'value="5" checked' in tablet.sends_again(path, data).content.decode()


def test_waiting_too_long_goes_back_by_itself_and_what_was_open_is_unreadable(campaign, monkeypatch):
    tablet = Tablet()
    visit(tablet, codes_of(campaign)[0], "4")
    assert tablet.response["Refresh"] == f"{KIOSK_IDLE}; url=/r/borne/?lang=fr"
    token = tablet.page.select_one("#feuille input[name=state]")["value"]
    visit_key = tablet.client.cookies[kiosk.COOKIE].value
    assert State.read(token, visit_key).answers == {"REL1": "4"}
    now = time.time()
    monkeypatch.setattr("labqvt.responses.state.time.time", lambda: now + KIOSK_IDLE + 61)
    tablet.press("Page suivante")
    assert tablet.status == 400
    assert "dix minutes" in tablet.text
    with pytest.raises(StateError):
        State.read(token, kiosk.new_visit())
    with pytest.raises(StateError):
        State.read(token)


def test_a_first_page_left_open_all_day_still_takes_a_code(campaign, monkeypatch):
    tablet = Tablet()
    tablet.get("/r/borne/")
    now = time.time()
    monkeypatch.setattr("labqvt.responses.state.time.time", lambda: now + 9 * 3600)
    tablet.press("Continuer", code=codes_of(campaign)[0])
    assert tablet.heading == campaign.title


def test_mistakes_at_the_door_keep_the_device_shared(campaign):
    tablet, codes = Tablet(), codes_of(campaign)
    tablet.get("/r/borne/").press("Continuer", code="2345-6789")
    assert tablet.status == 422
    tablet.press("Continuer", code=codes[0])
    assert tablet.page.select_one("form[data-shared]")
    send(tablet.press("Commencer"))
    tablet.get("/r/borne/").press("Continuer", code=codes[0])
    assert tablet.status == 409
    assert next(a["href"] for a in tablet.page.select("main a") if "code" in a.get_text()).startswith(
        "/r/borne/"
    )


def test_a_browser_that_refuses_cookies_is_told(campaign):
    tablet = Tablet()
    tablet.get("/r/borne/")
    tablet.client.cookies.clear()
    tablet.press("Continuer", code=codes_of(campaign)[0])
    assert tablet.status == 422
    assert "refuse les témoins" in tablet.text


def test_the_cookie_says_nothing_and_goes_with_the_mode(campaign):
    tablet = Tablet()
    tablet.get("/r/borne/")
    cookie = tablet.response.cookies[kiosk.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/r/",
        True,
        "Strict",
        "",
    )
    first = cookie.value
    assert tablet.get("/r/borne/").response.cookies[kiosk.COOKIE].value != first
    tablet.get("/r/aide/")
    assert next(a["href"] for a in tablet.page.select("main p a") if "code" in a.get_text()).startswith(
        "/r/borne/"
    )
    tablet.get("/r/")
    assert tablet.response.cookies[kiosk.COOKIE]["max-age"] == 0


def test_nothing_about_a_person_is_in_an_address_of_a_shared_device(campaign):
    code = codes_of(campaign)[0]
    tablet = visit(Tablet(), code, "4")
    for element in tablet.page.select("[href], [action], [formaction]"):
        for attribute in ("href", "action", "formaction"):
            address = element.get(attribute, "")
            assert code not in address
            assert tablet.client.cookies[kiosk.COOKIE].value not in address


def test_a_page_of_ones_own_opened_before_still_works_on_a_device_now_shared(campaign):
    tablet = Tablet()
    tablet.get("/r/").press("Continuer", code=codes_of(campaign)[0])
    intro = tablet.response
    tablet.get("/r/borne/")
    tablet.response = intro
    tablet.press("Commencer")
    assert tablet.title.startswith("Page 1 sur 7")


def test_pages_come_one_by_one_even_to_a_browser_with_the_script(campaign):
    tablet, codes = Tablet(), codes_of(campaign)
    """The visit protects each page; a script would keep the whole sheet in the memory of the browser."""
    tablet.get("/r/borne/").press("Continuer", code=codes[0], whole="1")
    assert tablet.status == 200
    assert not tablet.page.select("[data-page], [data-key]")
    assert tablet.page.find(id="feuille").has_attr("data-shared")


def test_nothing_is_resumed_nor_taken_away_on_a_shared_device(campaign):
    tablet, codes = Tablet(), codes_of(campaign)
    tablet.get("/r/borne/")
    assert "Reprendre" not in tablet.text
    assert tablet.client.get("/r/reprendre/").status_code == 302
    tablet.press("Continuer", code=codes[0])
    tablet.press("Commencer")
    assert "Continuer plus tard" not in tablet.text

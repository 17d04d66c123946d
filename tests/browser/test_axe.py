"""Every page of the role table and every page of a respondent: axe, overflow and the console, in both themes and languages.

``LABQVT_SCREENSHOTS=folder`` also keeps a picture of each screen (light, in French) to look at.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration

pytestmark = pytest.mark.browser

ADDRESSES = """
import json
from django.urls import reverse
from labqvt.bench.access import mailbox_of, rows
from labqvt.bench.addresses import arguments_of
found = {}
for row in rows():
    role = next((role for role, status in row.expected.items() if row.method == "GET" and status == 200), None)
    if role:
        found[row.url] = [mailbox_of(role, row.url), reverse(row.url, kwargs=arguments_of(row.url))]
print(json.dumps(found))
"""
# Codes of the open campaign that nobody drew; the one printed on the card is left to whoever reads the card.
UNUSED_CODES = """
import json
from labqvt.bench.addresses import OPEN_STRUCTURE
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.codes import digest_of
from labqvt.campaigns.services import printed_codes
from labqvt.people.models import Account
campaign = Campaign.objects.get(organisation__name=OPEN_STRUCTURE)
[(_structure, printed)] = printed_codes(campaign=campaign, by=Account.objects.get(email="direction.passerelle@labqvt.invalid"))
unspent = set(AccessCode.objects.filter(campaign=campaign, audience="employees", spent=False).values_list("digest", flat=True))
print(json.dumps([code.code for code in printed if digest_of(code.code) in unspent]))
"""
# Answers to machines, not pages.
NOT_PAGES = {"healthz", "readyz"}
# A refusal is written in the console by Chromium itself.
REFUSAL = "Failed to load resource: the server responded with a status of 4"


@dataclass
class Inspector:
    """One context, one language, one theme: each page at every width, and what was found."""

    page: Page
    language: str
    theme: str
    found: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        if REFUSAL not in message.text:
            self.said.append(message.text)

    def look(self, name: str) -> None:
        """The page on screen, at the three widths."""
        for screen, width in WIDTHS.items():
            self.page.set_viewport_size({"width": width, "height": 900})
            where = f"{name} [{self.language}, {self.theme}, {width}]"
            if (wide := self.page.evaluate("document.documentElement.scrollWidth")) > width:
                self.found.append(f"{where} déborde : {wide} px")
            self.found += [f"{where} {violation}" for violation in violations(self.page)]
            self._keep(name, screen)
        self.found += [f"{name} [{self.language}, {self.theme}] console : {text}" for text in self.said]
        self.said.clear()
        if (spoken := self.page.locator("html").get_attribute("lang")) != self.language:
            self.found.append(f"{name} : demandée en {self.language}, la page se dit en {spoken}")

    def _keep(self, name: str, screen: str) -> None:
        folder = os.environ.get("LABQVT_SCREENSHOTS")
        if folder and (self.language, self.theme) == ("fr", "light"):
            name = re.sub(r"\W+", "-", name)
            self.page.screenshot(path=Path(folder) / f"{name}-{screen}.png", full_page=True, caret="initial")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def inspector(
    browser: Browser, demo: Demonstration, language: str, theme: str
) -> Iterator[Callable[[], Inspector]]:
    contexts = []

    def new() -> Inspector:
        locale = {"fr": "fr-FR", "en": "en-GB"}[language]
        contexts.append(browser.new_context(base_url=demo.url, locale=locale, color_scheme=theme))
        return Inspector(contexts[-1].new_page(), language, theme)

    yield new
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def addresses(demo: Demonstration) -> dict[str, list[str | None]]:
    """Each address one may open, with an example in it, and the mailbox of someone who may."""
    return demo.ask(ADDRESSES)


def test_the_inspector_sees_faults(inspector):
    """A wall of zeros means something: a page with faults is not let through."""
    seen = inspector()
    seen.page.set_content("<html lang=de><body><img src='x.png'><p style='width:2000px;color:#ccc'>pâle</p>")
    seen.page.evaluate("console.error('cassé')")
    seen.look("fautive")
    told = " ".join(seen.found)
    for fault in (
        "déborde",
        "image-alt",
        "color-contrast",
        "document-title",
        "console : cassé",
        "se dit en de",
    ):
        assert fault in told


def test_pages_of_the_role_table(inspector, demo, addresses):
    found: list[str] = []
    by_mailbox: dict[str | None, list[tuple[str, str]]] = {}
    for name, (mailbox, address) in addresses.items():
        if name not in NOT_PAGES:
            by_mailbox.setdefault(mailbox, []).append((name, address))
    assert len(by_mailbox) > 3
    for mailbox, pages in by_mailbox.items():
        seen = inspector()
        if mailbox:
            sign_in(demo, seen, mailbox)
        for name, address in pages:
            if opened := _open(seen.page, address):
                assert opened.status == 200, f"{name} : {opened.status}"
                seen.look(name)
        found += seen.found
    assert found == [], _readable(found)


def sign_in(demo: Demonstration, seen: Inspector, mailbox: str) -> None:
    """The words of the form depend on the language: filled by what the fields are called."""
    page = seen.page
    page.goto("/connexion/")
    page.locator("[name=username]").fill(f"{mailbox}@labqvt.invalid")
    page.locator("[name=password]").fill(demo.password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/espace/")


def _open(page: Page, address: str) -> Response | None:
    """The page; nothing for a file, which is not one."""
    if not page.request.head(address).headers["content-type"].startswith("text/html"):
        return None
    return page.goto(address)


@pytest.fixture(scope="module")
def codes(demo: Demonstration) -> list[str]:
    return [code for code in demo.ask(UNUSED_CODES) if code != demo.code]


def test_pages_of_a_respondent(inspector, language, theme, codes):
    """From the first page to the receipt, the mistakes on the way included."""
    seen = inspector()
    page, code = seen.page, codes[("fr", "en").index(language) * 2 + ("light", "dark").index(theme)]
    page.goto("/r/")
    seen.look("répondre 01 code")
    _send_code(page, "AAAA2222")
    seen.look("répondre 02 code faux")
    _send_code(page, code)
    seen.look("répondre 03 avant de commencer")
    page.locator("main form .button").first.click()
    page.wait_for_url("**/page/1/")
    seen.look("répondre 04 page 1")
    page.locator("input[type=radio]").first.evaluate("ring => { ring.value = 'x'; ring.checked = true }")
    _go_on(page, "**/page/2/")
    seen.look("répondre 05 page 1 à revoir")
    page.locator("input[type=radio]").first.check()
    _go_on(page, "**/page/2/")
    for number in range(2, 7):
        seen.look(f"répondre {number + 4:02} page {number}")
        if number == 3:
            page.locator("header button").click()
            page.wait_for_url("**/qui-verra/")
            seen.look("répondre 06 qui verra")
            page.locator("main form .button").first.click()
            page.wait_for_url("**/page/3/")
        page.locator("input[type=radio]").nth(number).check()
        _go_on(page, f"**/page/{number + 1}/")
    seen.look("répondre 11 avant d’envoyer")
    _go_on(page, "**/envoyer/")
    seen.look("répondre 12 envoyé")
    page.goto("/r/")
    _send_code(page, code)
    seen.look("répondre 13 code déjà servi")
    assert seen.found == [], _readable(seen.found)


def _send_code(page: Page, code: str) -> None:
    """As a browser without scripts: page by page. The whole sheet has its own walk (test_script.py)."""
    page.evaluate("document.querySelectorAll('[name=whole]').forEach(field => field.remove())")
    page.locator("[name=code]").fill(code)
    with page.expect_navigation():
        page.locator("[name=code]").press("Enter")


def _go_on(page: Page, address: str) -> None:
    with page.expect_navigation(url=address):
        page.locator("main form .actions .button").first.click()


def test_pages_apart(inspector, demo):
    """An address that does not exist, a page that is not open to this person."""
    seen = inspector()
    page = seen.page
    page.goto("/nulle-part/")
    seen.look("apart 404")
    sign_in(demo, seen, "direction")
    page.goto("/espace/courriels/")
    seen.look("apart 403")
    assert seen.found == [], _readable(seen.found)


def _readable(found: list[str]) -> str:
    return f"{len(found)} défauts :\n" + "\n".join(found[:60])

"""Answering in every way a phone can ask: with a thumb, with a keyboard, on a shared device, on a slow phone."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration
from tests.browser.every_kind import codes_of_every_kind

pytestmark = pytest.mark.browser
SENT = "C’est envoyé. Merci."
SMALLEST_TARGET = 44
THROTTLE = 4
DCL_MS = 250
ROUNDS = 60


@pytest.fixture(scope="module")
def codes(demo: Demonstration) -> list[str]:
    return codes_of_every_kind(demo)


# Each test has codes of its own, whichever worker runs it.
MINE = {
    name: rank * 4
    for rank, name in enumerate(("thumb", "keys", "back", "kiosk", "fr", "en", "slow", "print", "wide"))
}


@pytest.fixture
def code(codes: list[str]) -> Callable[..., str]:
    return lambda name, rank=0: codes[MINE[name] + rank]


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def enter(page: Page, code: str, address: str = "/r/") -> None:
    page.goto(address)
    page.locator("[name=code]").fill(code)
    with page.expect_navigation():
        page.locator("[name=code]").press("Enter")


def begin(page: Page, code: str) -> None:
    enter(page, code)
    with page.expect_navigation():
        page.locator("main form .button").click()


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form .actions .button").first.click()


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f"input[name='a.{name}'][value='{value}']").check()


def fill(page: Page, name: str, value: str) -> None:
    page.locator(f".control[name='a.{name}']").fill(value)


def answer_page(page: Page, number: int) -> None:
    """What a hurried person answers to one page."""
    if number == 1:
        tick(page, "help", "4")
        tick(page, "calm_1", "2")
        tick(page, "calm_2", "3")
    elif number == 2:
        tick(page, "wish", "-oth-")
        fill(page, "wish[other]", "Un vrai bureau")
        page.locator("select[name='a.town']").select_option("t12")
        page.locator("select[name='a.order']").nth(0).select_option("team")
        tick(page, "moves", "no")
    elif number == 3:
        tick(page, "enps", "9")
        fill(page, "km", "12,5")
        fill(page, "day", "2020-03-17")
    else:
        fill(page, "job", "éducatrice")
        fill(page, "say", "Moins de réunions")


def test_without_script_a_thumb_goes_through_every_kind_of_question(phone, code):
    page = phone(javascript=False)
    enter(page, "AAAA2222")
    expect(page.locator("#code-error")).to_contain_text("n’est pas reconnu")
    begin(page, code("thumb"))
    for number in (1, 2, 3, 4):
        expect(page.get_by_text(f"Page {number} sur 5", exact=True)).to_be_visible()
        assert small_targets(page) == []
        answer_page(page, number)
        press(page, "Page suivante")
    heading(page, "Avant d’envoyer")
    press(page, "Envoyer mes réponses")
    heading(page, SENT)
    enter(page, code("thumb"))
    heading(page, "Ce code a déjà servi")


def small_targets(page: Page) -> list[str]:
    """What a thumb would miss; a link in running text is as tall as its line."""
    found = []
    for element in page.locator("main :is(label.choice, .control, button), footer :is(a, button)").all():
        box = element.bounding_box()
        if box and box["height"] < SMALLEST_TARGET - 0.5:
            found.append(f"{element.inner_text()[:40]} : {box['height']:.0f} px")
    return found


def test_with_the_keyboard_alone(phone, code):
    page = phone(javascript=False)
    page.goto("/r/")

    def reach(wanted: str) -> None:
        for _press in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(
                "e => (e = document.activeElement, (e.name || '') + '|' + e.innerText)"
            ).startswith(wanted):
                return
        raise AssertionError(f"« {wanted} » ne s’atteint pas au clavier")

    def enter_key() -> None:
        with page.expect_navigation():
            page.keyboard.press("Enter")

    reach("code|")
    page.keyboard.type(code("keys"))
    enter_key()
    reach("|Commencer")
    enter_key()
    reach("a.help|")
    page.keyboard.press("ArrowDown")
    reach("|Page suivante")
    enter_key()
    reach("|Page suivante")
    enter_key()
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link of the summary leads into the question
    expect(page.locator("[name='a.moves']").first).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator("[name='a.moves']").first).to_be_checked()
    reach("a.order|")
    page.keyboard.press("ArrowDown")
    assert page.locator("select[name='a.order']").first.input_value() == "pay"
    reach("|Page suivante")
    enter_key()
    expect(page.get_by_text("Une question s’est ajoutée")).to_be_visible()


def test_the_back_button_and_a_code_already_sent(phone, code):
    page = phone(javascript=False)
    begin(page, code("back"))
    for number in (1, 2, 3, 4):
        answer_page(page, number)
        press(page, "Page suivante")
        if number == 2:  # back to the page before, then on again: nothing was lost
            press(page, "Revenir à la page 2")
            assert page.locator(".control[name='a.wish[other]']").input_value() == "Un vrai bureau"
            press(page, "Page suivante")
    press(page, "Envoyer mes réponses")
    heading(page, SENT)
    for _step in range(3):
        back(page)
        assert page.locator("[name^='a.']").count() == 0
    enter(page, code("back"))
    heading(page, "Ce code a déjà servi")


def test_three_people_in_a_row_on_one_device(phone, code):
    page = phone(javascript=False)
    page.goto("/r/")
    page.get_by_role("link", name="Plusieurs personnes répondent sur cet appareil").click()
    for rank in range(3):
        page.locator("[name=code]").fill(code("kiosk", rank))
        press(page, "Continuer")
        expect(page.get_by_text("Appareil partagé")).to_be_visible()
        press(page, "Commencer")
        assert page.locator("main :checked:not(option)").count() == 0
        tick(page, "help", str(rank + 1))
        press(page, "Page suivante")
        if rank == 1:  # the second one leaves in the middle
            page.get_by_role("link", name="Quitter et tout effacer").click()
            heading(page, "Écrivez votre code")
            sees_nothing_of_the_last_one(page)
            continue
        tick(page, "moves", "no")
        for _page in (2, 3):
            press(page, "Page suivante")
        press(page, "Page suivante")
        press(page, "Page suivante")
        press(page, "Envoyer mes réponses")
        heading(page, SENT)
        sees_nothing_of_the_last_one(page)
        page.goto("/r/borne/")


def back(page: Page) -> None:
    """The back button, then sending again what the browser holds, as it proposes to."""
    with suppress(Error):  # a page that was sent is not shown again before the person confirms
        page.go_back()
    page.wait_for_timeout(300)  # the page of the browser that says so
    with suppress(Error):
        page.reload()
    page.wait_for_timeout(300)


def sees_nothing_of_the_last_one(page: Page) -> None:
    """Back, then reload as the browser proposes: no answer comes out."""
    for _step in range(3):
        back(page)
        assert page.locator("[name^='a.']").count() == 0
    page.goto("/r/borne/")


def test_a_shared_device_goes_back_to_its_first_page_by_itself(browser: Browser, demo: Demonstration, code):
    context = browser.new_context(base_url=demo.url, java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    enter(page, code("kiosk", 3), "/r/borne/")

    def hurry(route):  # thirty seconds are told as one
        response = route.fetch()
        route.fulfill(
            response=response,
            headers=response.headers | {"refresh": response.headers["refresh"].replace("30;", "1;")},
        )

    page.route("**/envoyer/", hurry)
    press(page, "Commencer")
    press(page, "Page suivante")
    tick(page, "moves", "no")
    for _page in (2, 3, 4, 4):
        press(page, "Page suivante")
    press(page, "Envoyer mes réponses")
    page.wait_for_url("**/r/borne/**", timeout=8_000)
    heading(page, "Écrivez votre code")
    context.close()


@pytest.fixture
def reader(browser: Browser, demo: Demonstration) -> Iterator[Callable[..., Page]]:
    contexts: list[BrowserContext] = []

    def new(language: str = "fr", *, script: bool = False, **options: object) -> Page:
        locale = {"fr": "fr-FR", "en": "en-GB"}[language]
        contexts.append(browser.new_context(base_url=demo.url, locale=locale, **options))
        if not script:  # a browser too old for the module: pages come one by one, and axe still runs
            contexts[-1].add_init_script("window.AbortController = undefined")
        return contexts[-1].new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_axe_finds_nothing_in_any_kind_of_question_nor_in_its_errors(reader, code, language):
    page = reader(language)
    found: list[str] = []

    def look(name: str) -> None:
        for width in (320, *WIDTHS.values()):
            page.set_viewport_size({"width": width, "height": 900})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"{name} [{width}] déborde : {wide} px")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found.extend(f"{name} [{scheme}] {one}" for one in violations(page))
        page.emulate_media(color_scheme="light")
        assert page.locator("html").get_attribute("lang") == language

    for address in ("/r/borne/", "/r/aide/", "/r/qui-verra/", "/r/"):
        page.goto(address)
        look(address)
    begin(page, code(language))
    look("page 1")
    page.locator("[name='a.help']").first.evaluate("ring => { ring.value = 'x'; ring.checked = true }")
    go_on(page)
    look("page 1 à revoir")
    page.locator("[name='a.help']").first.check()
    go_on(page)
    look("page 2")
    fill(page, "wish[comment]", "x" * 501)
    fill(page, "wish[other]", "Le lac")
    tick(page, "wish", "pay")
    for rank in (0, 1):
        page.locator("select[name='a.order']").nth(rank).select_option("pay")
    go_on(page)
    look("page 2 à revoir")
    page.locator("textarea[name='a.wish[comment]']").fill("")
    tick(page, "wish", "-oth-")
    page.locator("select[name='a.order']").nth(1).select_option("team")
    tick(page, "moves", "yes")
    go_on(page)
    look("page 2 et sa question ajoutée")
    for value in ("car", "bike", "none"):
        tick(page, "tools", value)
    go_on(page)
    look("page 2, trop de cases")
    page.locator("[name='a.tools'][value='none']").uncheck()
    go_on(page)
    look("page 3")
    for name in ("km", "near", "far"):
        fill(page, name, "mille")
    page.locator(".control[name='a.day']").evaluate(
        "field => { field.type = 'text'; field.value = 'demain' }"
    )
    page.locator("[name='a.enps']").first.evaluate("ring => { ring.value = 'x'; ring.checked = true }")
    go_on(page)
    look("page 3 à revoir")
    for name, value in {"km": "12", "near": "1", "far": "", "day": "2020-03-17"}.items():
        page.locator(f".control[name='a.{name}']").fill(value)
    page.locator("[name='a.enps']").first.check()
    go_on(page)
    look("page 4")
    go_on(page)
    look("page 4, une réponse souhaitée")
    fill(page, "job", "x" * 31)
    go_on(page)
    look("page 4 à revoir")
    fill(page, "job", "")
    go_on(page)
    look("avant d’envoyer")
    with page.expect_navigation(url="**/aide/"):
        page.locator("footer [formaction$='/aide/']").click()
    look("aide")
    with page.expect_navigation():
        page.locator("main form .button").click()
    go_on(page)
    look("envoyé")
    assert found == [], "\n".join(found)


def test_a_slow_phone_reads_its_first_questions_at_once_in_two_requests(reader, code):
    """Four times slower than this machine. The best of a few, of many if need be: another process may have the processor."""
    page = reader("fr", viewport={"width": 360, "height": 800})
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None
    )
    times: list[float] = []
    page.goto("/r/")
    assert len(asked) <= 2, asked
    times.append(ready(page))
    while min(times) > DCL_MS and len(times) < ROUNDS:
        page.reload()
        times.append(ready(page))
    begin(page, code("slow"))
    heading(page, "Des phrases")
    questions = [ready(page)]
    while min(questions) > DCL_MS and len(questions) < ROUNDS:
        with page.expect_navigation():
            page.get_by_role(
                "button", name="English" if page.locator("html").get_attribute("lang") == "fr" else "Français"
            ).click()
        questions.append(ready(page))
    print(f"DOMContentLoaded : {min(times):.0f} ms (code), {min(questions):.0f} ms (questions)")
    assert min(times) <= DCL_MS, times
    assert min(questions) <= DCL_MS, questions


def ready(page: Page) -> float:
    page.wait_for_load_state()
    return page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")


def test_a_printed_page_shows_questions_and_boxes(reader, code):
    page = reader("fr")
    begin(page, code("print"))
    page.emulate_media(media="print")
    expect(page.locator("fieldset.question legend").first).to_be_visible()
    ring = page.locator("[name='a.help']").first
    assert ring.evaluate("ring => getComputedStyle(ring).borderTopWidth") != "0px"
    expect(page.get_by_role("button", name="Page suivante")).to_be_hidden()
    page.emulate_media(media="screen")
    go_on(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Le salaire · Les horaires")).to_be_visible()


def test_four_hundred_per_cent_and_forced_colours(reader, code):
    """At 400 % a window of 1280 px is one of 320 px; forced colours keep what is ticked visible."""
    page = reader(
        "fr", viewport={"width": 320, "height": 256}, forced_colors="active", reduced_motion="reduce"
    )
    begin(page, code("wide"))
    for number in (1, 2, 3, 4):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        answer_page(page, number)
        if number == 1:
            ticked = page.locator("label.choice:has(:checked)").first
            assert "solid" in ticked.evaluate("label => getComputedStyle(label).outlineStyle")
        go_on(page)
    assert re.search("Avant d’envoyer", page.title() or page.locator("h1").inner_text(), re.IGNORECASE)

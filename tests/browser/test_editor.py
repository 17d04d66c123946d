"""A first questionnaire made from nothing: by keyboard alone, and by touch without scripts; then what a script adds."""

import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration

pytestmark = pytest.mark.browser
DRAFT = """
import json
from labqvt.instruments.models import QuestionnaireVersion
version = QuestionnaireVersion.objects.filter(status="draft").earliest("pk")
print(json.dumps(version.public_id))
"""


@dataclass
class Hands:
    """Someone at work: each key pressed and each act counted, so that the walk can say what it costs."""

    page: Page
    keys: int = 0
    acts: int = 0
    begun: float = field(default_factory=time.monotonic)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)
        self.acts += 1

    def reach(self, target: Locator, most: int = 90) -> None:
        """Walk to an element with the Tab key, as someone without a mouse does; its focus must be seen."""
        expect(target).to_be_visible()
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"hors d’atteinte au clavier : {target}")

    def go(self, target: Locator) -> None:
        """Reach a link or a button and press it: a page follows."""
        self.reach(target)
        self.acts += 1
        with self.page.expect_navigation():
            self.press("Enter")

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.begun


def keep(page: Page, name: str) -> None:
    """A picture at each width, when asked for."""
    if folder := os.environ.get("LABQVT_SCREENSHOTS"):
        size = page.viewport_size
        for screen, width in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"editeur-{name}-{screen}.png", full_page=True)
        page.set_viewport_size(size or {"width": 1440, "height": 900})


@pytest.fixture
def desk(demo: Demonstration, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Sit at a desk, with or without scripts; at the end, no page complained of anything."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def sit(*, javascript: bool = True, width: int = 1440) -> Page:
        context = browser.new_context(
            base_url=demo.url, java_script_enabled=javascript, locale="fr-FR",
            viewport={"width": width, "height": 900},
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(f"{page.url} : {message.text}"))
        page.on("pageerror", lambda error: complaints.append(f"{page.url} : {error}"))
        return page

    yield sit
    for context in contexts:
        context.close()
    assert [said for said in complaints if "the server responded with a status of 4" not in said] == []


@pytest.fixture
def draft(demo: Demonstration) -> str:
    return f"/espace/questionnaires/{demo.ask(DRAFT)}/ecrire/"


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=name)


def no_fault(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_first_questionnaire_by_keyboard_alone(desk, demo: Demonstration, capsys):
    """From the title to the publication, without touching a mouse."""
    page = desk()
    demo.sign_in(page, "region")
    page.goto("/espace/questionnaires/nouveau/")
    hands = Hands(page)
    hands.reach(page.get_by_label("Titre"))
    hands.write("Notre année de travail")
    hands.reach(page.locator("main form [type=radio]").first)
    hands.press("Space")
    hands.go(page.locator("main form button").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("Notre année de travail")
    keep(page, "01-vide")
    no_fault(page)

    _write(hands, "Des phrases, avec un degré d’accord", "", "Je sais ce que l’on attend de moi.\nJ’ai le temps de bien faire.")
    _write(hands, "Oui ou non", "Travaillez-vous parfois à distance ?")
    _write(hands, "Une note, de 0 à 10", "Comment se passe le travail à distance ?")
    _condition(hands)

    hands.reach(page.get_by_label("Ajouter une page"))
    hands.write("Et demain ?")
    with page.expect_response(re.compile(r"/pages/$")):
        hands.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Et demain ?")).to_be_visible()
    _write(hands, "Une réponse parmi plusieurs", "Quel sujet passe en premier ?", "Les horaires\nLes locaux\nLa formation", page_rank=1)
    _write(hands, "Un texte libre", "Une idée à partager ?", page_rank=1)
    expect(page.locator(".line")).to_have_count(5)
    keep(page, "02-cinq-questions")
    no_fault(page)

    # Moving by keyboard: the last question goes up, the focus stays on its line, then it comes back.
    up = page.get_by_role("button", name=re.compile("Monter « Une idée"))
    hands.reach(up)
    hands.press("Enter")
    expect(page.locator(".line").nth(3)).to_contain_text("Une idée à partager ?")
    expect(page.get_by_role("button", name=re.compile("Monter « Une idée"))).to_be_focused()
    hands.reach(page.locator("#undo"), most=200)
    hands.press("Enter")
    expect(page.locator(".line").nth(4)).to_contain_text("Une idée à partager ?")

    _translate(hands)
    _try(hands)
    _publish(hands)
    with capsys.disabled():
        print(
            f"\nPremier questionnaire au clavier : {hands.acts} gestes, {hands.keys} touches, {hands.seconds:.0f} s"
        )
    assert hands.seconds < 600


def _write(hands: Hands, way: str, words: str, lines: str = "", page_rank: int = 0) -> None:
    """Add one question: its way of answering, its words, its lines."""
    page = hands.page
    hands.go(link(page, "Écrire une question").nth(page_rank))
    rings = page.locator("[name=kind]")
    wanted = page.get_by_role("radio", name=way, exact=True)
    hands.reach(rings.first)
    hands.press("Space")
    while not wanted.is_checked():
        hands.press("ArrowDown")
    if words:
        hands.reach(page.get_by_label("Votre question"))
        hands.write(words)
    if lines:
        label = "Les lignes" if "degré" in way else "Les réponses proposées"
        hands.reach(page.get_by_label(label))
        hands.write(lines)
    hands.go(button(page, "Ajouter la question"))


def _condition(hands: Hands) -> None:
    """« Afficher si « Travaillez-vous parfois à distance ? » est Oui »."""
    page = hands.page
    hands.go(link(page, "Comment se passe le travail à distance ?"))
    hands.go(button(page, "L’afficher sous condition"))
    with page.expect_response(re.compile("condition/$")):
        hands.reach(page.get_by_label("Cette question"))
        page.keyboard.type("Travaillez")
        hands.press("Tab")
    hands.reach(page.get_by_label("à cette réponse"))
    page.keyboard.type("Oui")
    no_fault(page)
    keep(page, "03-condition")
    hands.go(button(page, "Enregistrer la condition"))
    expect(page.locator("main")).to_contain_text("Afficher si « Travaillez-vous parfois à distance ? » est « Oui »")
    keep(page, "04-question")
    no_fault(page)
    hands.go(button(page, "Enregistrer et revenir"))


def _translate(hands: Hands) -> None:
    page = hands.page
    hands.go(link(page, "Traduire"))
    hands.go(button(page, "Ajouter la langue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Traduire : English")
    field_ = page.get_by_label(re.compile("Notre année de travail"))
    hands.reach(field_)
    hands.write("Our year at work")
    hands.press("Tab")
    expect(page.locator(".kept")).to_contain_text("Enregistré à")
    keep(page, "05-traduire")
    no_fault(page)


def _try(hands: Hands) -> None:
    page = hands.page
    hands.go(link(page, "Essayer"))
    hands.go(button(page, "Commencer"))
    expect(page.get_by_text("Comment se passe le travail à distance ?")).to_have_count(0)
    keep(page, "06-essai")
    no_fault(page)
    hands.reach(page.get_by_role("radio", name="Oui"))
    hands.press("Space")
    hands.go(button(page, "Page suivante"))
    expect(page.get_by_text("Comment se passe le travail à distance ?")).to_be_visible()
    hands.go(button(page, "Page suivante"))
    hands.go(button(page, "Page suivante"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui serait gardé")
    keep(page, "07-garde")
    no_fault(page)
    hands.go(link(page, "Revenir à l’éditeur").last)


def _publish(hands: Hands) -> None:
    page = hands.page
    hands.go(link(page, "Vérifier"))
    keep(page, "08-verifier")
    no_fault(page)
    hands.go(page.get_by_role("navigation", name="Parties de l’éditeur").get_by_role("link", name="Publier"))
    keep(page, "09-publier")
    no_fault(page)
    hands.go(button(page, "Publier et figer cette version"))
    expect(page.locator("main")).to_contain_text("Version publiée")

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
            page.screenshot(
                path=Path(folder) / f"editeur-{name}-{screen}.png", full_page=True, caret="initial"
            )
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
    # Under the bar that stays in sight, a small box would count as hidden: what is read begins at the top.
    page.evaluate("scrollTo(0, 0)")
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

    _write(
        hands,
        "Des phrases, avec un degré d’accord",
        "",
        "Je sais ce que l’on attend de moi.\nJ’ai le temps de bien faire.",
    )
    _write(hands, "Oui ou non", "Travaillez-vous parfois à distance ?")
    _write(hands, "Une note, de 0 à 10", "Comment se passe le travail à distance ?")
    _condition(hands)

    hands.reach(page.get_by_label("Ajouter une page"))
    hands.write("Et demain ?")
    with page.expect_response(re.compile(r"/pages/$")):
        hands.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Et demain ?")).to_be_visible()
    _write(
        hands,
        "Une réponse parmi plusieurs",
        "Quel sujet passe en premier ?",
        "Les horaires\nLes locaux\nLa formation",
        page_rank=1,
    )
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
    expect(page.locator("main")).to_contain_text(
        "Afficher si « Travaillez-vous parfois à distance ? » est « Oui »"
    )
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


def test_a_first_questionnaire_by_touch_without_scripts(demo: Demonstration, desk, capsys):
    """The same on a phone of 360 px where no script runs: forms and links only."""
    page = desk(javascript=False, width=WIDTHS["phone"])
    demo.sign_in(page, "region")
    begun, taps = time.monotonic(), 0
    page.goto("/espace/questionnaires/nouveau/")
    page.get_by_label("Titre").fill("Nos réunions")
    page.locator("main form [type=radio]").first.check()
    page.locator("main form button").last.click()
    _add(page, "Oui ou non", "Les réunions sont-elles utiles ?")
    _add(page, "Une réponse parmi plusieurs", "Quel jour préférez-vous ?", "Lundi\nMardi\nJeudi")
    page.get_by_label("Ajouter une page").fill("Vos idées")
    button(page, "Ajouter la page").click()
    _add(page, "Une note, de 0 à 10", "Quelle note leur donnez-vous ?", page_rank=1)
    _add(page, "Un nombre", "Combien par mois ?", page_rank=1)
    _add(page, "Un texte libre", "Que faut-il changer ?", page_rank=1)
    expect(page.locator(".line")).to_have_count(5)
    no_overflow(page)

    # A condition without scripts: the question first, then its answers.
    link(page, "Que faut-il changer ?").click()
    button(page, "L’afficher sous condition").click()
    page.get_by_label("Cette question").select_option(label="Les réunions sont-elles utiles ?")
    button(page, "Continuer").click()
    button(page, "Enregistrer la condition").click()
    expect(page.locator("main")).to_contain_text("Une ligne de la condition est à compléter.")
    page.get_by_label("à cette réponse").select_option(label="Non")
    no_overflow(page)
    button(page, "Enregistrer la condition").click()
    button(page, "Enregistrer et revenir").click()
    expect(page.locator(".line").last).to_contain_text("est « Non »")

    # Nothing typed is lost by a button that does something else.
    link(page, "Quel jour préférez-vous ?").click()
    page.get_by_label("La question").fill("Quel jour vous arrange ?")
    page.get_by_label("Ajouter des réponses").fill("Vendredi")
    button(page, "Descendre la réponse 1").click()
    expect(page.get_by_label("La question")).to_have_value("Quel jour vous arrange ?")
    values = page.locator("[id^=c-] .edit-line > input")
    expect(values).to_have_count(4)
    assert [field_.input_value() for field_ in values.all()] == ["Mardi", "Lundi", "Jeudi", "Vendredi"]
    no_overflow(page)
    button(page, "Enregistrer et revenir").click()

    page.get_by_role("button", name=re.compile("Monter « Combien par mois")).click()
    expect(page.locator(".line").nth(2)).to_contain_text("Combien par mois ?")
    page.locator("summary", has_text="Autres gestes sur « Combien par mois").click()
    page.locator(".others[open]").get_by_role("button", name="Supprimer").click()
    expect(page.locator(".line")).to_have_count(4)
    button(page, "Annuler").click()
    expect(page.locator(".line")).to_have_count(5)

    link(page, "Traduire").click()
    button(page, "Ajouter la langue").click()
    page.get_by_label(re.compile("Nos réunions")).fill("Our meetings")
    page.locator("form.translation button.button").first.click()
    page.goto(page.url.split("traduire")[0] + "traduire/en/?page=_")
    expect(page.get_by_label(re.compile("Nos réunions"))).to_have_value("Our meetings")
    no_overflow(page)
    link(page, "Aperçu").click()
    expect(page.get_by_text("Les réunions sont-elles utiles ?")).to_be_visible()
    no_overflow(page)
    link(page, "Revenir à l’éditeur").click()
    link(page, "Essayer").click()
    button(page, "Commencer").click()
    page.get_by_role("radio", name="Non", exact=True).check()
    button(page, "Page suivante").click()
    expect(page.get_by_text("Que faut-il changer ?")).to_be_visible()
    button(page, "Page suivante").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ce qui serait gardé")
    no_overflow(page)
    link(page, "Revenir à l’éditeur").last.click()
    link(page, "Publier").click()
    page.get_by_label("Un mot pour qui choisira").fill("Écrit en dix minutes.")
    button(page, "Publier et figer cette version").click()
    expect(page.locator("main")).to_contain_text("Version publiée")
    with capsys.disabled():
        print(f"\nLe même sans script au téléphone : {time.monotonic() - begun:.0f} s{taps or ''}")


def _add(page: Page, way: str, words: str, answers: str = "", page_rank: int = 0) -> None:
    link(page, "Écrire une question").nth(page_rank).click()
    no_overflow(page)
    page.get_by_role("radio", name=way, exact=True).check()
    page.get_by_label("Votre question").fill(words)
    if answers:
        page.get_by_label("Les réponses proposées").fill(answers)
    button(page, "Ajouter la question").click()


def no_overflow(page: Page) -> None:
    """Without scripts the page cannot be asked: what sticks out would be wider than the window."""
    wide = [
        box["width"]
        for part in page.locator("main, main section, main form").all()
        if (box := part.bounding_box())
    ]
    assert max(wide) <= page.viewport_size["width"]


def test_what_a_script_adds(desk, demo: Demonstration, draft: str):
    """Words kept as they are typed, the phone that follows, a question moved by hand, undone and done again."""
    page = desk()
    demo.sign_in(page, "region")
    page.goto(draft)
    link(page, "Faut-il continuer cet essai ?").click()
    page.get_by_label("La question").fill("Faut-il poursuivre cet essai ?")
    page.get_by_label("La question").blur()
    phone = page.frame_locator("iframe")
    expect(phone.get_by_text("Faut-il poursuivre cet essai ?", exact=True)).to_be_visible()
    expect(page.locator(".kept")).to_contain_text("Enregistré à")
    page.reload()
    expect(page.get_by_label("La question")).to_have_value("Faut-il poursuivre cet essai ?")
    # The phone goes to the question; the page it stands on does not move.
    page.goto(page.url)
    expect(phone.get_by_text("Faut-il poursuivre cet essai ?", exact=True)).to_be_in_viewport()
    assert page.evaluate("scrollY") == 0

    # What cannot be kept is said, and stays on screen.
    page.get_by_label("La question").fill("")
    page.get_by_label("La question").blur()
    expect(page.locator(".kept")).to_contain_text("Pas encore enregistré : Écrivez la question.")
    page.get_by_label("La question").fill("Faut-il poursuivre cet essai ?")
    page.get_by_label("La question").blur()
    expect(page.locator(".kept")).to_contain_text("Enregistré à")

    page.set_viewport_size(
        {"width": 1440, "height": 1600}
    )  # both lines in sight: a mouse does not scroll here
    page.goto(draft)
    before = page.locator(".line .title").all_inner_texts()
    _drag(page, page.locator(".line").nth(3), page.locator(".line").nth(1))
    expect(page.locator(".line").nth(1)).to_contain_text("Faut-il poursuivre")
    page.locator("#undo").click()
    expect(page.locator(".line").nth(3)).to_contain_text("Faut-il poursuivre")
    page.locator("#redo").click()
    expect(page.locator(".line").nth(1)).to_contain_text("Faut-il poursuivre")
    page.reload()
    page.locator("#undo").click()
    expect(page.locator(".line").nth(3)).to_contain_text("Faut-il poursuivre")
    assert page.locator(".line .title").all_inner_texts() == before
    page.locator("#undo").click()
    expect(page.locator(".line").nth(3)).to_contain_text("Faut-il continuer")


def _drag(page: Page, line: Locator, target: Locator) -> None:
    grip, box = line.locator(".grip").bounding_box(), target.bounding_box()
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=6)
    page.mouse.move(box["x"] + 60, box["y"] + 5, steps=4)
    expect(target).to_have_class(re.compile("drop-before"))
    page.mouse.up()


def test_two_tabs(desk, demo: Demonstration, draft: str):
    """What vanished is said, and what was typed is given back; what was not touched is not overwritten."""
    page = desk()
    demo.sign_in(page, "region")
    page.goto(draft)
    page.locator("summary", has_text="Autres gestes sur « Que faudrait-il").click()
    page.locator(".others[open]").get_by_role("button", name="Dupliquer").click()
    expect(page.locator(".line")).to_have_count(6)
    other = page.context.new_page()
    other.goto(draft)
    other.locator(".line").last.get_by_role("link").first.click()
    page.locator(".line").last.locator("summary").click()
    page.locator(".others[open]").get_by_role("button", name="Supprimer").click()
    expect(page.locator(".line")).to_have_count(5)
    other.get_by_label("La question").evaluate("field => { field.value = 'Des mots à ne pas perdre' }")
    other.get_by_role("button", name="Enregistrer et revenir").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Ce que vous modifiiez n’existe plus")
    expect(other.locator("textarea").first).to_have_value("Des mots à ne pas perdre")
    no_fault(other)
    page.locator("#undo").click()
    page.locator("#undo").click()
    expect(page.locator(".line")).to_have_count(5)


def test_three_questions_of_a_structure(desk, demo: Demonstration):
    """The shipped part is locked, with the reason; what would be refused is not offered."""
    page = desk()
    demo.sign_in(page, "direction")
    page.goto("/espace/questionnaires/?q=six+d%C3%A9terminants+salari%C3%A9s")
    link(page, "Six déterminants – salariés").first.click()
    link(page, "Ajouter jusqu’à trois questions de votre structure").click()
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text("Le questionnaire livré reste le même")
    no_fault(page)
    keep(page, "10-structure")
    link(page, "Écrire une question").click()
    expect(page.locator("[name=kind]")).to_have_count(3)
    page.get_by_role("radio", name="Oui ou non", exact=True).check()
    page.get_by_label("Votre question").fill("Le télétravail vous convient-il ?")
    button(page, "Ajouter la question").click()
    expect(page.locator(".sheet:not(.sheet--locked) .line")).to_have_count(1)
    link(page, "Prendre dans la banque").click()
    no_fault(page)
    boxes = page.locator("[name=take]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    button(page, "Ajouter les questions cochées").click()
    expect(page.locator("main")).to_contain_text("Trois questions : c’est le plus qu’une structure ajoute.")
    expect(link(page, "Écrire une question")).to_have_count(0)
    no_fault(page)

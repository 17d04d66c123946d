"""People who answer: with a finger, with a keyboard, or with a browser that knows nothing but forms."""

import re
import urllib.error
import urllib.parse
import urllib.request

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Page, expect

SCALE = (
    "Pas du tout d’accord", "Plutôt pas d’accord", "Ni d’accord, ni pas d’accord", "Plutôt d’accord", "Tout à fait d’accord",
)  # fmt: skip
THEMES = 6
# What a team of eight may think of each theme, on the scale above; each person leans their own way.
TEAM = ((4, 4, 3, 4), (1, 1, 2, 1, 1), (3, 3, 2, 3), (2, 3, 2, 2), (3, 3, 3, 2), (3, 2, 3, 3))


def opinion(theme: int, rank: int, person: int) -> int:
    """Where on the scale this person puts their answer."""
    wanted = TEAM[theme][rank % len(TEAM[theme])] + ((person + rank) % 3 - 1)
    return max(0, min(len(SCALE) - 1, wanted))


def write_code(page: Page, code: str) -> None:
    page.goto("/r/")
    page.get_by_label("Votre code").fill(code)
    page.get_by_role("button", name="Continuer").tap()


def answer_page(page: Page, theme: int, person: int) -> None:
    """Tick one answer a question, then go on."""
    expect(page.get_by_text(f"Page {theme + 1} sur {THEMES + 1}", exact=True)).to_be_visible()
    for rank, question in enumerate(page.locator("fieldset.question:visible").all()):
        question.get_by_text(SCALE[opinion(theme, rank, person)], exact=True).tap()
    page.get_by_role("button", name="Page suivante").tap()


def answer_all(page: Page, person: int) -> None:
    page.get_by_role("button", name="Commencer").tap()
    for theme in range(THEMES):
        answer_page(page, theme, person)
    expect(page.get_by_role("heading", level=1)).to_have_text("Avant d’envoyer")
    page.get_by_role("button", name="Envoyer mes réponses").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est envoyé. Merci.")


class Keyboard:
    """Someone who never touches the screen: Tab, arrows, space, Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str, *, within: int = 40) -> None:
        """Press Tab until what is focused bears this name."""
        for _press in range(within):
            self.page.keyboard.press("Tab")
            if self._focused() == name:
                return
        raise AssertionError(f"« {name} » ne s’atteint pas au clavier")

    def _focused(self) -> str:
        said = self.page.evaluate("e => (e = document.activeElement, (e.labels?.[0] ?? e).innerText)")
        return re.sub(r"\s+", " ", said).strip()

    def _enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def press(self, name: str) -> None:
        self.reach(name)
        self._enter()

    def answer(self, code: str, person: int) -> None:
        self.page.goto("/r/")
        self.reach("Votre code")
        self.page.keyboard.type(code)
        self._enter()
        self.press("Commencer")
        for theme in range(THEMES):
            expect(self.page.get_by_text(f"Page {theme + 1} sur {THEMES + 1}", exact=True)).to_be_visible()
            for rank in range(self.page.locator("fieldset.question").count()):
                self.reach(SCALE[0])  # Tab enters a group of rings on its first one
                for _down in range(opinion(theme, rank, person)):
                    self.page.keyboard.press("ArrowDown")
                if opinion(theme, rank, person) == 0:
                    self.page.keyboard.press("Space")
            self.press("Page suivante")
        self.press("Envoyer mes réponses")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("C’est envoyé. Merci.")


class FormsOnly:
    """The oldest of phones: it reads a page, fills its form, sends it. No script, no cookie, no style."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.page = BeautifulSoup("", "html.parser")
        self.address = base

    def open(self, path: str) -> None:
        self._load(urllib.request.Request(urllib.parse.urljoin(self.base, path)))

    def press(self, button: str, **fields: str) -> None:
        [pressed] = [found for found in self.page.find_all("button") if found.get_text(strip=True) == button]
        form = pressed.find_parent("form") or self.page.find("form", id=pressed["form"])
        assert isinstance(form, Tag)
        data = {
            field["name"]: field.get("value", "") for field in form.find_all("input", type="hidden")
        } | fields
        target = urllib.parse.urljoin(
            self.address, str(pressed.get("formaction") or form.get("action") or "")
        )
        self._load(urllib.request.Request(target, data=urllib.parse.urlencode(data).encode()))

    def _load(self, request: urllib.request.Request) -> None:
        with urllib.request.urlopen(request) as response:
            assert "Set-Cookie" not in response.headers
            assert response.headers["Cache-Control"] == "no-store"
            self.page, self.address = BeautifulSoup(response.read(), "html.parser"), response.url

    @property
    def title(self) -> str:
        heading = self.page.find("h1")
        return heading.get_text(strip=True) if heading else ""

    def answer(self, code: str, person: int) -> None:
        self.open("/r/")
        self.press("Continuer", code=code)
        self.press("Commencer")
        for theme in range(THEMES):
            questions = [question.find("input")["name"] for question in self.page.select("fieldset.question")]
            ticked = {name: str(opinion(theme, rank, person) + 1) for rank, name in enumerate(questions)}
            self.press("Page suivante", **ticked)
        self.press("Envoyer mes réponses")
        assert self.title == "C’est envoyé. Merci."

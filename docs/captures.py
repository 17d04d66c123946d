"""Take the pictures of README and of the guides, on a demonstration that already runs.

    ./labqvt demo                     # in another terminal; it prints the password and the code
    .venv/bin/python docs/captures.py --url http://127.0.0.1:8000 --password … --code …

Nothing is started and nothing is sent: the code is not spent. For developers only: playwright and Pillow come with
``./labqvt test``; a Chromium is needed (``LABQVT_CHROMIUM``, else /usr/bin/chromium).
"""

import argparse
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

IMAGES: Final = Path(__file__).resolve().parent / "images"
HEAVIEST: Final = 150_000
MARGIN: Final = 24
OFFICE: Final = (1200, 1.5)  # width in CSS pixels, pixels for each of them
PHONE: Final = (360, 2.0)
STRUCTURE: Final = "Les Ateliers du Canal"
REGION: Final = "Provence-Alpes-Côte d’Azur"
DRAFT: Final = "Un an après"
# The band of the page that holds what is asked for: text and drawings count, the air around them does not.
_AROUND: Final = """([parts, margin]) => {
    const seen = [...document.querySelectorAll(parts)].flatMap(part => [part, ...part.querySelectorAll("*")])
        .filter(e => e.matches("header, hr, button, input, textarea, dt, dd, p, li, td, h1, h2, h3, summary, svg, .button"))
        .filter(e => e.checkVisibility({ visibilityProperty: true }))
        .map(e => e.getBoundingClientRect()).filter(box => box.width > 1 && box.height > 1);
    const top = Math.max(0, Math.min(...seen.map(box => box.top)) + scrollY - margin);
    const bottom = Math.max(...seen.map(box => box.bottom)) + scrollY + margin;
    return { x: 0, y: top, width: document.documentElement.clientWidth, height: bottom - top };
}"""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where to go as whom, then which parts of the page to keep."""

    name: str
    reach: Callable[[Page], None]
    parts: tuple[str, ...]
    account: str = ""
    width: tuple[int, float] = OFFICE


def _follow(*names: str) -> Callable[[Page], None]:
    """Click one link after the other, as a person does."""

    def reach(page: Page) -> None:
        for name in names:
            page.get_by_role("link", name=name).first.click()

    return reach


def _condition_of(question: str) -> Callable[[Page], None]:
    """Open the condition of a question of the draft."""

    def reach(page: Page) -> None:
        _follow("Questionnaires", "brouillon", DRAFT, "Continuer le brouillon", question)(page)
        page.wait_for_url("**/question/**")
        page.goto(f"{page.url.partition('?')[0]}condition/")

    return reach


def _go(path: str) -> Callable[[Page], None]:
    return lambda page: (page.goto(path), None)[1]


def _follow_from(path: str, *names: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.goto(path)
        _follow(*names)(page)

    return reach


def _asking_for_help(code: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        _answering(code, pages=1)(page)
        page.get_by_role("button", name="Besoin d’aide maintenant ?").click()

    return reach


def _answering(code: str, *, pages: int) -> Callable[[Page], None]:
    """Give the code, begin, tick a few answers, stop before sending."""

    def reach(page: Page) -> None:
        page.goto("/r/")
        page.get_by_label("Votre code").fill(code)
        page.get_by_role("button", name="Continuer").click()
        for number in range(pages):
            page.get_by_role("button", name="Commencer" if number == 0 else "Page suivante").click()
            if number == 0:
                page.locator("fieldset.question").first.get_by_text("Plutôt d’accord", exact=True).click()

    return reach


def shots(code: str) -> tuple[Shot, ...]:
    heading = ".page-head, main h1, .place"
    return (
        Shot("route", _go("/par-quoi-commencer/?headcount=9"), ("main",)),
        Shot(
            "discussion", _go("/diagnostic-par-la-discussion/"), (".opening", "main section:nth-of-type(2)")
        ),
        Shot("code", _go("/r/"), ("header", "main"), width=PHONE),
        Shot("regle", _answering(code, pages=0), ("header", "main"), width=PHONE),
        Shot(
            "question",
            _answering(code, pages=1),
            ("header", "main .asked:nth-of-type(2)", "h1"),
            width=PHONE,
        ),
        Shot("envoi", _answering(code, pages=7), ("header", "main"), width=PHONE),
        Shot("espace", _go("/espace/"), (heading, "main section"), account="direction"),
        Shot("diagnostic", _follow("Lire"), (heading, ".spoken", "#scores"), account="direction"),
        Shot("plan", _follow(STRUCTURE, "Voir le plan"), ("main",), account="direction"),
        Shot(
            "campagne",
            _follow("Campagnes", "Notre travail, nos mots"),
            ("main",),
            account="direction.passerelle",
        ),
        Shot(
            "messages",
            _follow("Campagnes", "Notre travail, nos mots", "Messages et papiers"),
            ("main",),
            account="direction.passerelle",
        ),
        Shot(
            "relais",
            _follow("Campagnes", "à main levée", "Relais de diffusion"),
            (heading, "main table"),
            account="region",
        ),
        Shot(
            "suivi",
            _follow("Enquêtes", "Besoins des structures"),
            (heading, "main section:nth-of-type(-n+3)"),
            account="region",
        ),
        Shot("lecture", _follow("Lire les textes", "Commencer la lecture"), ("main",), account="consultante"),
        Shot("borne", _follow_from("/r/", "Plusieurs personnes"), ("header", "main"), width=PHONE),
        Shot("aide", _asking_for_help(code), ("header", "main"), width=PHONE),
        Shot("region", _follow(REGION), (heading, "main .columns > :nth-child(-n+8)"), account="region"),
        Shot(
            "reseau",
            _follow(
                "Campagnes",
                "Baromètre simulé du réseau",
                "Lire le diagnostic partagé",
                "Comparer des groupes de structures",
            ),
            (heading, ".list-tools", "main .lead", "main .section:nth-of-type(-n+2)"),
            account="national",
        ),
        Shot("chiffre", _follow(REGION, "Voir les 2 faits"), ("main",), account="region"),
        Shot(
            "editeur",
            _follow("Questionnaires", "brouillon", DRAFT, "Continuer le brouillon"),
            (heading, "#desk"),
            account="region",
        ),
        Shot(
            "condition",
            _condition_of("comment se passe"),
            (heading, "#desk form"),
            account="region",
        ),
        Shot(
            "calendrier", _go("/espace/programmes/labqvt/"), ("main section:has(.track)",), account="national"
        ),
    )


def take(shot: Shot, page: Page) -> bytes:
    shot.reach(page)
    page.evaluate("document.fonts.ready")
    kept = "" if "header" in shot.parts else "body > header, "
    page.add_style_tag(content=f"{kept}footer, .demonstration {{ visibility: hidden !important }}")
    return page.screenshot(full_page=True, clip=page.evaluate(_AROUND, [", ".join(shot.parts), MARGIN]))


def light(png: bytes) -> bytes:
    """Flat colours need few: the picture is written with as many as its weight allows."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    weights = (_written(version) for version in (_fewer(picture, colours) for colours in (256, 128, 64)))
    return next((written for written in weights if len(written) < HEAVIEST), _written(_fewer(picture, 32)))


def _fewer(picture: Image.Image, colours: int) -> Image.Image:
    """Keep the colours met most often, exactly: paper, inks and hues stay what they are, only soft edges change."""
    met = sorted(picture.getcolors(picture.width * picture.height) or [], reverse=True)[:colours]
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for _count, colour in met for level in colour])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def _written(picture: Image.Image) -> bytes:
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()


@contextmanager
def _page_for(browser: Browser, shot: Shot, url: str, password: str) -> Iterator[Page]:
    width, scale = shot.width
    context = browser.new_context(
        base_url=url, locale="fr-FR", color_scheme="light", device_scale_factor=scale, bypass_csp=True,
        viewport={"width": width, "height": 900},
    )  # fmt: skip
    page = context.new_page()
    if shot.account:
        page.goto("/connexion/")
        page.get_by_label("Adresse électronique").fill(f"{shot.account}@labqvt.invalid")
        page.get_by_label("Mot de passe").fill(password)
        page.get_by_role("button", name="Entrer dans mon espace").click()
    yield page
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Refait les images de la documentation.")
    parser.add_argument("--url", required=True)
    parser.add_argument("--password", required=True, help="mot de passe des comptes de la démonstration")
    parser.add_argument("--code", required=True, help="code pour répondre, affiché par la démonstration")
    parser.add_argument("names", nargs="*", help="seulement ces images")
    args = parser.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("LABQVT_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for shot in shots(args.code):
            if not args.names or shot.name in args.names:
                with _page_for(browser, shot, args.url, args.password) as page:
                    picture = light(take(shot, page))
                (IMAGES / f"{shot.name}.png").write_bytes(picture)
                print(f"{shot.name}.png : {len(picture) // 1000} ko")
        browser.close()


if __name__ == "__main__":
    main()

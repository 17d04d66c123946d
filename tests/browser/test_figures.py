"""Figures in a real browser, under a policy that refuses any inline style: measured there, not by us."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

import labqvt.documents
import labqvt.foundation
from labqvt.documents.fonts import FONT_FOLDER
from tests.labqvt.documents.samples import MAKERS

pytestmark = pytest.mark.browser

ROOM, FOUNDATION = Path(labqvt.documents.__file__).parent, Path(labqvt.foundation.__file__).parent
POLICY = "default-src 'none'; style-src 'self'; font-src 'self'"
HOST = "http://figures.invalid"
FACE = "AtkinsonHyperlegibleNext_{}.ttf"
VISIBLE = "[...document.querySelectorAll('.chart-svg')].filter(svg => svg.checkVisibility())"
SHOWN = f"() => {VISIBLE}.map(svg => svg.classList[1])"
OVERFLOWS = f"""() => {VISIBLE}.flatMap(svg => [...svg.querySelectorAll('text')].filter(text => {{
  const words = text.getBBox();
  return words.x < -1 || words.x + words.width > svg.viewBox.baseVal.width + 1;
}}).map(text => text.textContent))"""


@pytest.fixture(scope="module")
def files() -> dict[str, tuple[str, bytes]]:
    """What the browser may ask for; nothing leaves the machine."""
    with override("fr"):
        figures = "".join(
            Template("{% load figures %}{% figure chart heading=2 %}").render(Context({"chart": maker()}))
            for maker in MAKERS
        )
    faces = "".join(
        f'@font-face{{font-family:"Atkinson Hyperlegible Next";font-weight:{weight};src:url({weight}.ttf)}}'
        for weight in (400, 700)
    )
    css = [FOUNDATION / "static/foundation/tokens.css", ROOM / "static/documents/charts.css"]
    page = (
        '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Figures</title>'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="page.css">'
        f"<body><main><h1>Figures</h1>{figures}</main></body></html>"
    )
    style = faces + "".join(path.read_text() for path in css) + "body{margin:1rem;font-family:var(--font)}"
    return {
        "/": ("text/html", page.encode()),
        "/page.css": ("text/css", style.encode()),
        "/400.ttf": ("font/ttf", (FONT_FOLDER / FACE.format("400Regular")).read_bytes()),
        "/700.ttf": ("font/ttf", (FONT_FOLDER / FACE.format("700Bold")).read_bytes()),
    }


@pytest.fixture
def figures(page, files) -> Iterator[object]:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def answer(route, request):
        kind, body = files.get(request.url.removeprefix(HOST), ("text/plain", b""))
        route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": POLICY})

    page.route("**/*", answer)
    page.goto(f"{HOST}/")
    page.evaluate("document.fonts.ready")
    yield page
    assert [text for text in complaints if "favicon" not in text] == []


@pytest.mark.parametrize(("width", "layout"), [(360, "chart-svg--phone"), (1200, "chart-svg--web")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_one_layout_is_shown_and_its_words_fit(figures, width, layout, scheme):
    figures.emulate_media(color_scheme=scheme)
    figures.set_viewport_size({"width": width, "height": 800})
    assert figures.evaluate(SHOWN) == [layout] * len(MAKERS)
    assert figures.evaluate(OVERFLOWS) == []
    assert figures.evaluate("document.documentElement.scrollWidth") <= width


def test_large_text_brings_the_phone_layout(figures):
    """Text at 200 % on a laptop: the drawing grows with it instead of staying small."""
    figures.set_viewport_size({"width": 1000, "height": 800})
    figures.evaluate("document.documentElement.setAttribute('class', 'large')")
    figures.evaluate("document.styleSheets[0].insertRule('.large{font-size:200%}')")
    assert set(figures.evaluate(SHOWN)) == {"chart-svg--phone"}


def test_colours_follow_the_theme(figures):
    fill = "() => getComputedStyle(document.querySelector('.chart-svg .fill-favourable')).fill"
    figures.emulate_media(color_scheme="light")
    light = figures.evaluate(fill)
    figures.emulate_media(color_scheme="dark")
    assert light != figures.evaluate(fill) != "rgb(0, 0, 0)"


def test_the_table_opens_without_a_script(figures):
    figures.set_viewport_size({"width": 1000, "height": 800})
    table = figures.locator(".figure-table").first
    assert not table.is_visible()
    figures.locator("summary").first.click()
    assert table.is_visible()

"""What holds for every chart, in every medium: named, described, measured, themed."""

import re
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

import labqvt.documents
from labqvt.documents.fonts import measure
from labqvt.foundation.design.tokens import DETERMINANTS, LIGHT
from tests.labqvt.documents.samples import MAKERS, likert

SVG = "{http://www.w3.org/2000/svg}"
CSS = (Path(labqvt.documents.__file__).parent / "static" / "documents" / "charts.css").read_text()
MEDIA = ("svg_for_web", "svg_for_phone", "svg_for_print")
every_drawing = pytest.mark.parametrize(
    ("maker", "medium"), [pytest.param(m, d, id=f"{m.__name__}-{d}") for m in MAKERS for d in MEDIA]
)


def drawn(maker, medium, language="fr"):
    return ElementTree.fromstring(getattr(maker(language), medium))


@dataclass(frozen=True)
class Words:
    text: str
    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other):
        return (
            self.left < other.right and other.left < self.right
            and self.top < other.bottom and other.top < self.bottom
        )  # fmt: skip


def words_of(svg):
    for node in svg.iter(f"{SVG}text"):
        size = float(node.get("font-size"))
        width = measure(node.text, size, int(node.get("font-weight", 400)))
        shift = {"start": 0, "middle": width / 2, "end": width}[node.get("text-anchor", "start")]
        x, y = float(node.get("x")) - shift, float(node.get("y"))
        yield Words(node.text, x, x + width, y - size * 0.7, y + size * 0.2)


@every_drawing
def test_a_drawing_is_named_and_described(maker, medium):
    svg = drawn(maker, medium)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert title.text
    assert description.text


@every_drawing
def test_words_stay_inside_the_drawing(maker, medium):
    svg = drawn(maker, medium)
    _x, _y, width, height = map(float, svg.get("viewBox").split())
    outside = [
        w.text
        for w in words_of(svg)
        if w.left < -0.5 or w.right > width + 0.5 or w.top < 0 or w.bottom > height
    ]
    assert outside == []


@every_drawing
def test_no_words_overlap(maker, medium):
    pairs = combinations(list(words_of(drawn(maker, medium))), 2)
    assert [(a.text, b.text) for a, b in pairs if a.touches(b)] == []


@every_drawing
def test_a_strict_content_security_policy_is_enough(maker, medium):
    svg = drawn(maker, medium)
    assert [node.tag for node in svg.iter() if node.get("style")] == []
    assert svg.find(f".//{SVG}style") is None
    assert svg.find(f".//{SVG}script") is None


@pytest.mark.parametrize("maker", MAKERS)
def test_ids_are_unique_in_a_page_that_holds_both_layouts(maker):
    chart = maker()
    ids = re.findall(r' id="([^"]+)"', chart.svg_for_web + chart.svg_for_phone)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("maker", MAKERS)
def test_on_screen_every_colour_comes_from_the_page(maker):
    chart = maker()
    drawings = chart.svg_for_web + chart.svg_for_phone
    assert not re.search(r'(?:fill|stroke)="#', drawings)
    used = {name for names in re.findall(r'class="([^"]+)"', drawings) for name in names.split()}
    assert [name for name in used if f".{name} " not in CSS] == []


@pytest.mark.parametrize("maker", MAKERS)
def test_on_paper_every_colour_is_a_token_and_none_is_an_error(maker):
    colours = set(re.findall(r"#[0-9a-f]{6}", maker().svg_for_print))
    assert colours
    assert LIGHT.error not in colours
    assert 'class="' not in maker().svg_for_print


@pytest.mark.parametrize("maker", MAKERS)
def test_the_table_says_at_least_as_much_as_the_drawing(maker):
    """Every figure drawn in bold as a value of a row is in the table too (numbers of a list apart)."""
    chart = maker()
    cells = {str(cell) for row in chart.table.rows for cell in row}
    svg = ElementTree.fromstring(chart.svg_for_web)
    numbers = {node.text.rstrip(".") for node in svg.iter(f"{SVG}text") if node.text.endswith(".")}
    values = [
        node.text for node in svg.iter(f"{SVG}text")
        if node.get("font-weight") == "700" and re.fullmatch(r"[\d\u202f\u00a0%]+", node.text)
        and node.text not in numbers
    ]  # fmt: skip
    said = " ".join(cells)
    assert [
        value for value in values if value.replace("\u202f", " ") not in said.replace("\u202f", " ")
    ] == []


def test_english_writes_its_own_numbers():
    assert "62%" in likert("en").svg_for_web
    assert "62\u00a0%" in likert("fr").svg_for_web


def test_the_css_names_only_properties_of_the_tokens():
    known = {name.replace("_", "-") for name in asdict(LIGHT)} | {f"det-{hue.id}" for hue in DETERMINANTS}
    used = set(re.findall(r"var\(--([a-z-]+)\)", CSS))
    assert used <= known
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b", CSS)

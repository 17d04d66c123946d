"""Vendor the typeface: add the one glyph French needs, and write the table of advances ``measure`` reads.

Run by hand when the typeface changes (needs fontTools, a development dependency)::

    python -m labqvt.documents.fonts.build FOLDER_OF_TTF

Atkinson Hyperlegible Next has no U+202F (narrow no-break space). Its licence, SIL OFL 1.1, reserves no font
name, so the vendored files carry that glyph, blank; nothing else is changed.
"""

import json
import sys
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from labqvt.foundation.design.tokens import FONT_FAMILY

HERE: Final = Path(__file__).parent
FACES: Final = {
    "400": "AtkinsonHyperlegibleNext_400Regular.ttf",
    "400italic": "AtkinsonHyperlegibleNext_400Regular_Italic.ttf",
    "700": "AtkinsonHyperlegibleNext_700Bold.ttf",
}
# European scripts, punctuation, symbols; beyond, nothing embedded draws anything.
CANDIDATES: Final = (
    (0x20, 0x7E),
    (0xA0, 0x52F),
    (0x1D00, 0x1DBF),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x202F, 0x2BFF),
    (0xFB00, 0xFB06),
)
NARROW_SPACE: Final = 0x202F
NARROW_ADVANCE: Final = 170  # thousandths of an em: a little over half a word space (280)


def add_narrow_space(font: TTFont) -> None:
    """Give the font a blank U+202F, unless it has one."""
    if NARROW_SPACE in font.getBestCmap():
        return
    name = "uni202F"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = Glyph()
    font["hmtx"].metrics[name] = (NARROW_ADVANCE, 0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[NARROW_SPACE] = name


def advances(font: TTFont) -> dict[str, int]:
    """Advance of each character, in thousandths of an em."""
    metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
    return {
        chr(code): round(metrics[glyph][0] * 1000 / em) for code, glyph in sorted(font.getBestCmap().items())
    }


def displayable() -> list[tuple[int, int]]:
    """Ranges of characters that the PDF compiler draws, with our files or with the fonts it carries."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(HERE)])
    ranges: list[tuple[int, int]] = []
    for first, last in CANDIDATES:
        for code in range(first, last + 1):
            if not _is_drawn(chr(code), fonts):
                continue
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1] = (ranges[-1][0], code)
            else:
                ranges.append((code, code))
    return ranges


def _is_drawn(character: str, fonts: typst.Fonts) -> bool:
    page = f"#set document(title: [t])\n#set text(font: {json.dumps(FONT_FAMILY)})\n#sys.inputs.c"
    try:
        typst.compile(
            page.encode(), format="pdf", font_paths=fonts, sys_inputs={"c": character}, pdf_standards=["a-2a"]
        )
    except typst.TypstError:
        return False
    return True


def build(source: Path) -> None:
    table = {}
    for face, file_name in FACES.items():
        font = TTFont(next(source.rglob(file_name)), recalcTimestamp=False)
        add_narrow_space(font)
        font.save(HERE / file_name)
        table[face] = advances(font)
    written = json.dumps(table, ensure_ascii=True, separators=(",", ":"))
    (HERE / "advances.json").write_text(written + "\n", encoding="ascii")
    (HERE / "displayable.json").write_text(json.dumps(displayable()) + "\n", encoding="ascii")


if __name__ == "__main__":
    build(Path(sys.argv[1]))

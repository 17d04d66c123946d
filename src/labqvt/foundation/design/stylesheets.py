"""Writes the stylesheets of the house: tokens as custom properties, sources joined without comments.

The files under ``static/foundation/`` are made here and nowhere else (``labqvt manage design_tokens``);
a test refuses a file that differs from what this module makes.
"""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Final

from labqvt.foundation.design.tokens import (
    DARK,
    DETERMINANTS,
    FONT_FAMILY,
    LIGHT,
    MEASURE,
    RADIUS,
    SPACE,
    SYSTEM_FONTS,
    TYPE_SCALE,
    Palette,
)

STATIC_DIR: Final = Path(__file__).resolve().parent.parent / "static" / "foundation"
_SOURCES: Final = Path(__file__).resolve().parent / "css"
# In reading order: later files may refine earlier ones.
_OFFICE: Final = (
    "fonts",
    "base",
    "actions",
    "layout",
    "choices",
    "forms",
    "messages",
    "pieces",
    "time",
    "lists",
    "catalogue",
    "paper",
)
_RESPOND: Final = ("respond", "choices", "respond-extras")
_NOTICE: Final = "/* Made by labqvt manage design_tokens; edit foundation/design/ instead. */\n"
# The system's own colours, when the person asks for them (browsers do not recolour drawings).
_FORCED: Final = {
    "paper": "Canvas",
    "surface": "Canvas",
    "sunken": "Canvas",
    "ink": "CanvasText",
    "ink-soft": "CanvasText",
    "line": "CanvasText",
    "hairline": "CanvasText",
    "primary": "Highlight",
    "on-primary": "HighlightText",
    "accent": "Highlight",
    "on-accent": "HighlightText",
    "link": "LinkText",
    "focus": "Highlight",
    "error": "CanvasText",
    "warning": "CanvasText",
    "success": "CanvasText",
    "band": "Canvas",
    "on-band": "CanvasText",
    "on-band-soft": "CanvasText",
}
# Ink is dear and paper is white.
_PRINTED: Final = {
    "paper": "#ffffff",
    "surface": "#ffffff",
    "sunken": "#ffffff",
    "ink": "#000000",
    "ink-soft": "#333333",
    "line": "#555555",
    "hairline": "#999999",
    "band": "#ffffff",
    "on-band": "#000000",
    "on-band-soft": "#333333",
}


def _colours(palette: Palette, theme: str) -> dict[str, str]:
    colours = {name.replace("_", "-"): value for name, value in asdict(palette).items()}
    return colours | {f"det-{d.id}": getattr(d, theme) for d in DETERMINANTS}


def _measures() -> dict[str, str]:
    return {
        "font": f'"{FONT_FAMILY}", {SYSTEM_FONTS}',
        "font-system": SYSTEM_FONTS,
        "radius": f"{RADIUS}px",
        "measure": MEASURE,
        **{f"step-{name}": f"{size}rem" for name, size in TYPE_SCALE.items()},
        **{f"space-{name}": f"{px / 16:g}rem" for name, px in SPACE.items()},
    }


def _rule(selector: str, values: dict[str, str], used: set[str] | None, *, scheme: str = "") -> str:
    kept = {name: value for name, value in values.items() if used is None or name in used}
    declarations = [f"--{name}:{value}" for name, value in kept.items()]
    if scheme:
        declarations.insert(0, f"color-scheme:{scheme}")
    return f"{selector}{{{';'.join(declarations)}}}\n"


def _tokens(used: set[str] | None = None) -> str:
    light, dark = _colours(LIGHT, "light"), _colours(DARK, "dark")
    return "".join(
        [
            _rule(":root", _measures(), used, scheme="light dark"),
            _rule(":root,[data-theme=light]", light, used),
            "@media screen and (prefers-color-scheme:dark){\n"
            + _rule(":root:not([data-theme])", dark, used)
            + "}\n",
            "@media screen{\n" + _rule("[data-theme=dark]", dark, used, scheme="dark") + "}\n",
            "[data-theme=light]{color-scheme:light}\n",
            "@media (forced-colors:active){\n"
            + _rule(":root:root,[data-theme][data-theme]", _FORCED, used)
            + "}\n",
            "@media print{\n" + _rule(":root,[data-theme]", _PRINTED, used) + "}\n",
        ]
    )


def _source(names: tuple[str, ...]) -> str:
    text = "\n".join((_SOURCES / f"{name}.css").read_text(encoding="utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _tightened(text: str) -> str:
    """Fewer bytes for a phone on a slow line; nothing here has strings holding two spaces or braces."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s*([{};,>])\s*", r"\1", text)
    return re.sub(r":\s+", ":", text).replace(";}", "}").replace("}", "}\n")


def tokens_css() -> str:
    """Every token, light, dark, forced colours and paper."""
    return _NOTICE + _tokens()


def office_css() -> str:
    """Public and office pages; read after ``tokens.css``."""
    return _NOTICE + _source(_OFFICE)


def respond_css() -> str:
    """Respondents' pages: alone, with only the tokens it uses, so that one short request is enough."""
    source = _source(_RESPOND)
    used = set(re.findall(r"var\(--([a-z0-9-]+)", source))
    return _NOTICE + _tightened(_tokens(used) + source)


def stylesheets() -> dict[str, str]:
    """Each file under ``static/foundation/`` that this module owns, with its text."""
    return {"tokens.css": tokens_css(), "office.css": office_css(), "respond.css": respond_css()}


def write_stylesheets(folder: Path = STATIC_DIR) -> list[Path]:
    """Write every stylesheet whose text changed; return those."""
    changed = []
    for name, text in stylesheets().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed

"""Print a questionnaire: a tagged PDF (PDF/UA-1 and PDF/A-2a), black on white, two to a sheet when it is short."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from labqvt_forms.errors import FormatError
from labqvt_forms.formats.paper.sheet import Sheet
from labqvt_forms.formats.written import Unseen, Written
from labqvt_forms.languages import base_of
from labqvt_forms.questionnaire import Questionnaire

TEMPLATE: Final = Path(__file__).parent / "form.typ"
STANDARDS: Final = ("ua-1", "a-2a")
FALLBACK: Final = ("Libertinus Serif", "DejaVu Sans Mono")
"""Families that come with the compiler."""
MISSING: Final = "?"
MOST_SIGNS: Final = 300
"""Signs tried one by one; a text with more of them undrawn is in a script the typeface does not have."""

MOST_MARKS: Final = 30_000


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font family and the folders where its files are; those that come with the compiler when not given."""

    family: str = ""
    folders: tuple[Path, ...] = ()


DEFAULT_TYPEFACE: Final = Typeface()


def write_pdf(
    questionnaire: Questionnaire, *, language: str = "", typeface: Typeface = DEFAULT_TYPEFACE
) -> Written:
    """Return the sheet in ``language`` (the main one when empty) and what paper cannot do of the questionnaire."""
    language = language or questionnaire.language
    if language not in questionnaire.languages:
        known = ", ".join(questionnaire.languages)
        raise FormatError(f"ce questionnaire n’existe pas en « {language} ». Ses langues : {known}.")
    unseen = Unseen("Le papier")
    data = Sheet(questionnaire, language, unseen).data()
    if (marks := _marks(data)) > MOST_MARKS:
        raise FormatError(
            f"cette feuille aurait {marks} cases ; la limite est de {MOST_MARKS} : imprimez-la en plusieurs."
        )
    press = _Press(typeface)
    undrawn = press.undrawn({sign for text in _texts(data) for sign in _composed(text)})
    if undrawn:
        unseen.add(" ".join(sorted(undrawn)[:20]), ["glyph"])
    drawable = _mapped(
        {**data, "fonts": press.families, "language": tag_of(language)}, lambda text: _without(text, undrawn)
    )
    # A tagged document has a title, whatever was taken out of this one.
    drawable["title"] = drawable["title"].strip() or _without(questionnaire.id, undrawn) or MISSING
    try:
        return Written(press.printed(TEMPLATE.read_bytes(), drawable), unseen.warnings())
    except press.typst.TypstError as error:
        raise FormatError(f"cette feuille ne peut pas être composée ({error.message}).") from error


class _Press:
    """The compiler, imported on first use: 80 MB."""

    def __init__(self, typeface: Typeface) -> None:
        import typst  # noqa: PLC0415 - loaded only when a PDF is asked for

        self.typst: Any = typst
        self.fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[str(folder) for folder in typeface.folders],
        )
        self.families = [typeface.family, *FALLBACK] if typeface.family else list(FALLBACK)

    def printed(self, source: bytes, data: dict[str, Any]) -> bytes:
        pdf: bytes = self.typst.compile(
            source,
            format="pdf",
            font_paths=self.fonts,
            pdf_standards=list(STANDARDS),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=0,
        )
        return pdf

    def undrawn(self, signs: set[str]) -> set[str]:
        """Return the signs no font has: one of them would stop the whole document."""
        doubtful = sorted(sign for sign in signs if ord(sign) > LATIN)
        if len(doubtful) > MOST_SIGNS:
            return set(doubtful)
        return {sign for sign in doubtful if not self._draws(sign)}

    def _draws(self, sign: str) -> bool:
        data = {"fonts": self.families, "sign": sign}
        try:
            self.printed(_ONE_SIGN, data)
        except self.typst.TypstError:
            return False
        return True


LATIN: Final = 0x17F
_ONE_SIGN: Final = b"""#let data = json(bytes(sys.inputs.data))
#set document(title: "x")
#set text(font: data.fonts)
#data.sign"""


def tag_of(language: str) -> str:
    """Return the two or three letters the compiler knows a language by."""
    letters = base_of(language).lower()
    return letters if letters.isascii() and letters.isalpha() and 2 <= len(letters) <= 3 else "fr"


def _composed(text: str) -> str:
    """Compose accents, and take out what has no drawing of its own."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        sign
        for sign in composed
        if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Cn", "Co")
    )


def _without(text: str, undrawn: set[str]) -> str:
    return "".join(MISSING if sign in undrawn else sign for sign in _composed(text))


def _marks(value: Any) -> int:
    """Count what is to be drawn, a table holding its lines times its columns."""
    if isinstance(value, dict) and "tables" in value:
        return sum(len(value["rows"]) * len(table["columns"]) for table in value["tables"])
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(_marks(part) for part in parts)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _texts(part)]


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    return [_mapped(part, change) for part in value] if isinstance(value, list) else value

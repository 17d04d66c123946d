"""Texts written as HTML by other tools, as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser

from labqvt_forms.errors import Place
from labqvt_forms.notices import Notices
from labqvt_forms.text import Text

_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
_CITED = re.compile(r"\$?\{[^\s{}][^{}]{0,200}\}")
"""An answer, a name or a computation put inside a text: ``${nom}``, ``{TOKEN:FIRSTNAME}``, ``{question1}``."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "table",
        "blockquote",
        "hr",
    ]
)
_SILENT = frozenset({"script", "style", "iframe", "object", "svg", "template", "noscript"})
_PLAIN = frozenset({"p", "br", "div", "span", "html", "body"})


class _Stripper(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.lost: set[str] = set()
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        if tag not in _PLAIN:
            self.lost.add(tag)
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()
        if tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data.replace("\n", " ") if data.strip() else " ")


def plain_text(written: str) -> tuple[str, frozenset[str]]:
    """Return the words of a text, with its line breaks, and the tags whose effect is lost.

    Nothing of a script, style or frame is kept.

    >>> plain_text("<p>Un &amp; <b>deux</b></p><script>alert(1)</script>")[0]
    'Un & deux'
    """
    if not _MARKUP.search(written):
        return written.strip(), frozenset()
    stripper = _Stripper()
    stripper.feed(written)
    stripper.close()
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in "".join(stripper.words).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), frozenset(stripper.lost)


def words_of(by_language: Mapping[str, str], about: str | Place, notices: Notices) -> Text:
    """Turn the HTML of each language into words; what is lost is told."""
    place = about if isinstance(about, Place) else Place(key=about)
    words: dict[str, str] = {}
    for language, written in by_language.items():
        words[language], lost = plain_text(written)
        if lost & {"script", "iframe", "object", "style"}:
            notices.add("un script contenu dans un texte est retiré.", place)
            lost -= {"script", "style"}
        if lost:
            tags = ", ".join(sorted(lost))
            notices.add(f"la mise en forme d’un texte n’est pas reprise ({tags}).", place)
        for cited in _CITED.findall(words[language]):
            notices.add(f"un texte cite « {cited} » : il est montré tel quel, sans sa valeur.", place)
    return Text.of(words)


def as_html(words: str) -> str:
    """Write plain words where HTML is awaited, without the signs no HTML nor XML can hold."""
    return html.escape(_ILLEGAL.sub("", words), quote=False).replace("\n", "<br />")

"""The XML of a codebook: opened without entities, told in local names, texts by language."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from labqvt_forms.errors import FileError
from labqvt_forms.formats.html_text import plain_text
from labqvt_forms.intake import damaged_xml, tidied_xml
from labqvt_forms.text import Text

NAMESPACE = "ddi:codebook:2_5"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
LONGEST_ENVELOPE = 30
"""Elements an answer of an archive (OAI-PMH) puts before the codebook."""
LONGEST_START = 2**18
"""Bytes where they hold; in a longer tag, a parser fed by pieces would start again at every piece."""
_LANGUAGE = ("{http://www.w3.org/XML/1998/namespace}lang", "xml:lang", "xml-lang")
_ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


# Reading


def is_codebook(content: bytes) -> bool:
    """Say whether an XML is a codebook, alone or in the envelope of an archive that sent it."""
    try:
        start = io.BytesIO(tidied_xml(content[:LONGEST_START]))
        starts = (_local(element.tag) for _, element in iterparse(start, events=("start",)))
        return "codeBook" in itertools.islice(starts, LONGEST_ENVELOPE)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return False


def parse(content: bytes) -> Element:
    """Return the root with every element under its local name.

    A DOCTYPE is let through, because the codebooks of version 1 and 2 have one; an entity is not.
    """
    try:
        root: Element = fromstring(tidied_xml(content))
    except DefusedXmlException:
        raise FileError("ce XML déclare des entités : refusé. Exportez-le de nouveau.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise damaged_xml(error) from error
    for element in root.iter():
        element.tag = _local(element.tag)
    return next(root.iter("codeBook"), root)


def _local(tag: object) -> str:
    """Return a name without its namespace; comments and instructions have none."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def raw(element: Element | None) -> str:
    """Return a code or a formula as it is, without what surrounds it."""
    return "" if element is None else "".join(element.itertext()).strip()


def words(element: Element | None) -> str:
    """Return the plain text of an element, whatever mark-up or indentation it holds."""
    if element is None:
        return ""
    text = plain_text("".join(element.itertext()))[0]
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def language_of(element: Element) -> str:
    return next((element.attrib[name].strip() for name in _LANGUAGE if element.get(name)), "")


def text_of(elements: Iterable[Element], language: str) -> Text:
    """Return the texts of sibling elements by language, the first of each; ``language`` where none is said."""
    found: dict[str, str] = {}
    for element in elements:
        own = language_of(element) or language
        found[own] = found.get(own) or words(element)
    return Text.of(found)


def split(references: str | None) -> list[str]:
    return (references or "").split()


# Writing


def legal(text: str) -> str:
    """Leave out what XML 1.0 cannot say."""
    return _ILLEGAL.sub("", text)


def escaped_json(text: str) -> str:
    """Write as JSON escapes what XML 1.0 cannot say."""
    return _ILLEGAL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """Add an element; an underscore at the end of an attribute keeps it clear of Python’s own words."""
    named = {name.rstrip("_"): legal(value) for name, value in attributes.items() if value}
    element = SubElement(parent, tag, named)
    if text:
        element.text = legal(text)
    return element


def add_texts(parent: Element, tag: str, text: Text, /, **attributes: str) -> None:
    """Add one element by language."""
    for language, translation in text:
        add(parent, tag, translation, **attributes).set("xml:lang", tag_of(language))


def tag_of(language: str) -> str:
    """Return a language code XML accepts.

    >>> tag_of("fr"), tag_of("中文")
    ('fr', 'x-6587')
    """
    if re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", language):
        return language
    return "x-" + "-".join(f"{ord(sign):x}" for sign in language[-1:])


def main_first(root: Element, language: str) -> None:
    """Put first, among siblings of one name, the text in the main language: many tools read only that one."""
    for element in root.iter():
        first: dict[str, int] = {}
        for place, child in enumerate(element):
            first.setdefault(child.tag, place)
        element[:] = sorted(
            element, key=lambda child: (first[child.tag], child.get("xml:lang", language) != language)
        )


def printed(root: Element) -> bytes:
    """Return the file, one element a line wherever white space is not text."""
    _indent(root, 0)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode() + b"\n"


_STUDY = ("stdyDscr", "citation", "titlStmt", "verStmt", "stdyInfo", "sumDscr", "method", "dataColl")
_DATA = ("dataDscr", "varGrp", "var", "catgry", "valrng", "invalrng", "derivation")
_HOLDERS = frozenset(("codeBook", *_STUDY, "dataAccs", "useStmt", *_DATA))


def _indent(element: Element, depth: int) -> None:
    """Only where the schema allows no text: a question (``qstn``) is mixed content."""
    if element.tag not in _HOLDERS or not len(element):
        return
    element.text = "\n" + " " * (depth + 1)
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + " " * (depth + 1)
    element[-1].tail = "\n" + " " * depth

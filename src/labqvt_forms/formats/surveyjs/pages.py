"""Pages and panels of a SurveyJS survey: nested in the file, one after the other in the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from labqvt_forms.errors import Place, QuestionnaireError
from labqvt_forms.formats.surveyjs.document import Source
from labqvt_forms.notices import Notices

PANELS = frozenset({"panel", "paneldynamic", "flowpanel"})
DEEPEST = 30


@dataclass(slots=True)
class Section:
    """Questions that follow each other in one page or panel.

    ``conditions`` are those of all that contains them; ``first`` is false for what comes after an inner panel.
    """

    container: Source
    conditions: tuple[str, ...]
    first: bool = True
    questions: list[Source] = field(default_factory=list)


def sections_of(document: Source, notices: Notices) -> list[Section]:
    """Return the sections in order; a document without pages is one page."""
    pages = document.parts("pages")
    if not pages:
        own: dict[str, Any] = {
            name: document.raw[name] for name in ("elements", "questions") if name in document.raw
        }
        pages = [Source({"name": "page1", **own})] if own else []
    return [section for page in pages for section in _Walk(notices).sections(page, (), 0)]


def conditions_of(source: Source) -> tuple[str, ...]:
    """Conditions under which something is shown and may be answered."""
    found = (source.word("visibleIf"), source.word("enableIf"))
    return tuple(condition for condition in found if condition)


class _Walk:
    def __init__(self, notices: Notices) -> None:
        self.notices = notices

    def sections(self, container: Source, outer: tuple[str, ...], depth: int) -> Iterator[Section]:
        if depth > DEEPEST:
            raise QuestionnaireError("des panneaux sont imbriqués trop profondément.")
        conditions = tuple(dict.fromkeys((*outer, *conditions_of(container))))
        current = Section(container, conditions)
        for element in self._elements(container, depth):
            if element.word("type") not in PANELS:
                current.questions.append(element)
                continue
            if current.questions:
                yield current
                current = Section(container, conditions, first=False)
            yield from self.sections(element, conditions, depth + 1)
        if current.questions or (current.first and not _has_panel(container)):
            yield current

    def _elements(self, container: Source, depth: int) -> Iterator[Source]:
        """Yield questions and the panels that say something; the others only group what is in them."""
        if depth > DEEPEST:
            raise QuestionnaireError("des panneaux sont imbriqués trop profondément.")
        for element in container.parts("elements", "questions", "templateElements"):
            kind = element.word("type")
            place = Place(key=f"panneau {element.word('name')}")
            if kind == "paneldynamic":
                self.notices.add("cette partie répétée n’est posée qu’une fois.", place)
            if kind in PANELS and not conditions_of(element) and element.value("title") is None:
                yield from self._elements(element, depth + 1)
                continue
            if kind in PANELS:
                self.notices.add(
                    "les panneaux imbriqués sont mis à la suite, avec les conditions de ce qui les contient."
                )
            yield element


def _has_panel(container: Source) -> bool:
    elements = container.parts("elements", "questions", "templateElements")
    return any(element.word("type") in PANELS for element in elements)

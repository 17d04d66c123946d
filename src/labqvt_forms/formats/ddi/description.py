"""What the elements of a codebook say: texts, conditions, names, choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from labqvt_forms.choices import DECLINED_CODE, Choice, ChoiceList, Role
from labqvt_forms.formats.ddi.tree import raw, text_of
from labqvt_forms.formats.extension import Told
from labqvt_forms.formats.json_form import with_fields
from labqvt_forms.ids import id_from
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.notices import Notices
from labqvt_forms.roles import role_of, settled
from labqvt_forms.text import NO_TEXT, Text

SYSTEM_MISSING = "Sysmiss"
"""The category Nesstar adds for empty cells: nobody chooses it."""


class Description:
    """What elements say; keeps what several items share: choice lists, names in use, notices."""

    def __init__(self, language: str, notices: Notices) -> None:
        self.language = language
        self.notices = notices
        self.lists: dict[str, ChoiceList] = {}
        self.by_content: dict[tuple[Choice, ...], ChoiceList] = {}
        self.universes: list[tuple[str, str]] = []
        self.items: set[str] = set()
        self.columns: set[str] = set()

    def text(self, elements: Any) -> Text:
        return text_of(elements, self.language)

    def label(self, var: Element) -> Text:
        asked = self.text(var.iter("qstnLit")) or self._bare_question(var)
        return asked or self.text(var.iterfind("labl"))

    def _bare_question(self, var: Element) -> Text:
        """Read a question written without ``qstnLit``, as version 1 had it."""
        return self.text(question for question in var.iterfind("qstn") if not len(question))

    def introduced(self, var: Element) -> Text:
        """Return the label with the text read before the question."""
        label, before = self.label(var), self.text(var.iterfind("qstn/preQTxt"))
        languages = dict.fromkeys((*before.languages, *label.languages))
        return Text.of({one: "\n".join(filter(None, (before.get(one), label.get(one)))) for one in languages})

    def hint(self, element: Element) -> Text:
        for path in ("qstn/postQTxt", "qstn/ivuInstr", "txt"):
            if found := self.text(element.iterfind(path)):
                return found
        return NO_TEXT

    def condition(self, element: Element) -> Formula | None:
        for universe in element.iterfind("universe"):
            text = raw(universe)
            level = universe.get("level", "")
            if text and level in list(Dialect):
                return Formula(text, Dialect(level))
            if text:
                self.universes.append((element.get("name") or "", text))
        return None

    def name(self, element: Element, *, among: tuple[set[str], ...]) -> str:
        """Return the name of an element as an identifier nobody has yet."""
        written = (element.get("name") or element.get("ID") or "").strip()
        name = stem = id_from(written, "v1")
        number = 2
        while any(name in taken for taken in among):
            name, number = f"{stem[:58]}_{number}", number + 1
        for taken in among:
            taken.add(name)
        if name != written:
            self.notices.add(f"la variable « {written} » devient « {name} ».")
        return name

    # Choices

    def choice_list(self, choices: Sequence[Choice], name: str, told: Told, scale: int = 0) -> ChoiceList:
        """Return the list of these choices, shared with the items that offer the same."""
        completed = tuple(self._completed(choice, told, scale) for choice in choices)
        names = told.get("lists", [])
        wanted = names[scale] if scale < len(names) and isinstance(names[scale], str) else ""
        if not wanted and completed in self.by_content:
            return self.by_content[completed]
        id_ = stem = wanted or name
        number = 2
        while id_ in self.lists and self.lists[id_].choices != completed:
            id_, number = f"{stem}_{number}", number + 1
        found = self.lists.setdefault(id_, ChoiceList(id_, completed))
        self.by_content.setdefault(completed, found)
        return found

    def _completed(self, choice: Choice, told: Told, scale: int) -> Choice:
        fields = told.get("choices", {}).get(f"{scale}:{choice.code}")
        return with_fields(choice, fields, {}) if isinstance(fields, dict) else choice

    def choices(self, var: Element) -> tuple[Choice, ...]:
        """Return the categories of a variable; those without a code or with one already met are left out."""
        found: dict[str, Choice] = {}
        guessed = True
        for category in var.iterfind("catgry"):
            code = raw(category.find("catValu"))
            if not code or code in found or code == SYSTEM_MISSING:
                continue
            label = self.text(category.iterfind("labl"))
            role = role_of(label)
            if missing := category.get("missing", "").upper()[:1]:
                guessed = False
                refused = category.get("missType") == "refusal" or role is Role.DECLINES
                role = Role.ANSWER if missing != "Y" else Role.DECLINES if refused else Role.ASIDE
            found[code] = Choice(code, label, role=role)
        return settled(tuple(found.values())) if guessed else tuple(found.values())

    def asking(self, var: Element) -> dict[str, Any]:
        """Say whether one may decline: a code of ours among the invalid ones that is no category."""
        declared = {item.get("VALUE") for item in var.iterfind("invalrng/item")}
        codes = {raw(value) for value in var.iterfind("catgry/catValu")}
        return {"declinable": DECLINED_CODE in declared - codes}

"""Choices of SurveyJS questions as lists of ours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from labqvt_forms.choices import Choice, ChoiceList, Role
from labqvt_forms.errors import Place
from labqvt_forms.formats.json_form import with_fields
from labqvt_forms.formats.surveyjs.document import Source, Texts, scalar
from labqvt_forms.roles import role_of, settled
from labqvt_forms.text import Text

SPECIAL = (
    ("showNoneItem", "hasNone", "noneText", "none", Text.of(fr="Aucun", en="None"), Role.ANSWER),
    ("showRefuseItem", "", "refuseText", "refused",
     Text.of(fr="Je préfère ne pas répondre", en="I prefer not to answer"), Role.DECLINES),
    ("showDontKnowItem", "", "dontKnowText", "dontknow",
     Text.of(fr="Je ne sais pas", en="I don’t know"), Role.ASIDE),
)  # fmt: skip
"""Choices that a question turns on by name: old name, text, the value SurveyJS stores, usual words, meaning."""
MOST_GENERATED = 200


class ChoiceLists:
    """Builds the lists; equal ones are shared under one name."""

    def __init__(self, texts: Texts, questions: dict[str, Source]) -> None:
        self.texts = texts
        self.by_id: dict[str, ChoiceList] = {}
        self._questions = questions
        self._by_content: dict[tuple[Choice, ...], ChoiceList] = {}

    def listed(self, question: Source, id_: str, *, codes: dict[str, str] | None = None) -> ChoiceList | None:
        """Return the choices of a question; None when it has none of its own that we can know."""
        choices = self._choices(question, id_, self._sources(question, id_), 0, codes or {})
        choices += self._specials(question, {choice.code for choice in choices})
        return self._shared(choices, question, id_, 0) if choices else None

    def scale(self, question: Source, sources: list[Source], id_: str, number: int = 0) -> ChoiceList | None:
        """Return the columns of a matrix, or the choices of one column, as a list."""
        choices = self._choices(question, id_, sources, number, {})
        return self._shared(choices, question, id_, number) if choices else None

    def _sources(self, question: Source, id_: str) -> list[Source]:
        """Choices written in the question, taken from another one, or numbers from and to."""
        other = self._questions.get(question.word("choicesFromQuestion"))
        if other is not None and other.parts("choices", "columns"):
            if question.word("choicesFromQuestionMode") in ("selected", "unselected"):
                self.texts.notices.add("tous les choix sont montrés.", Place(key=f"question {id_}"))
            return other.parts("choices", "columns")
        first, last = question.whole("choicesMin"), question.whole("choicesMax")
        if first is not None and last is not None and not question.parts("choices"):
            step = max(question.whole("choicesStep") or 1, 1)
            marks = range(first, last + 1, step)
            if len(marks) > MOST_GENERATED:
                self.texts.notices.add(
                    f"non repris : les choix au-delà de {marks[MOST_GENERATED - 1]}.",
                    Place(key=f"question {id_}"),
                )
            return [Source({"value": mark}) for mark in marks[:MOST_GENERATED]]
        return question.parts("choices")

    def _choices(
        self, question: Source, id_: str, sources: list[Source], number: int, codes: dict[str, str]
    ) -> list[Choice]:
        told = _told(question, number)
        about = f"question {id_}"
        read: dict[str, Choice] = {}
        for source in sources:
            written = scalar(source.value("value", "name"))
            code = codes.get(written, written)
            if not code:
                continue
            if code in read:
                self.texts.notices.add(f"le choix « {code} » est donné deux fois.", Place(key=about))
                continue
            label = self.texts.text(source.value("text", "title"), about)
            if not label and not source.raw.keys() & {"text", "title"}:
                label = self.texts.text(written, about)
            choice = Choice(code, label, role=role_of(label), exclusive=source.flag("isExclusive"))
            read[code] = with_fields(choice, told[code], {}) if code in told else choice
            for word in ("visibleIf", "enableIf"):
                if source.word(word):
                    self.texts.notices.add(
                        f"non repris : condition du choix « {code} » ({source.word(word)}).", Place(key=about)
                    )
        declared = {code for code in read if "role" in told.get(code, {})}
        return list(settled(list(read.values()), declared=declared))

    def _specials(self, question: Source, used: set[str]) -> Iterable[Choice]:
        for flag, old, text, code, usual, role in SPECIAL:
            if question.flag(flag, *([old] if old else [])) and code not in used:
                words = self.texts.text(question.value(text), question.word("name"))
                words = words or Text.of({k: v for k, v in usual if k in self.texts.languages}) or usual
                yield Choice(
                    code, words, role=role, exclusive=code == "none" and question.word("type") == "checkbox"
                )

    def _shared(self, choices: list[Choice], question: Source, id_: str, number: int) -> ChoiceList:
        """Give equal lists one name: the one our files keep, else that of the first question using it."""
        content = tuple(choices)
        names: Any = question.beside.get("lists")
        name = names[number] if isinstance(names, list) and number < len(names) else ""
        if not isinstance(name, str) or not name:
            if content in self._by_content:
                return self._by_content[content]
            name = id_
        while name in self.by_id and self.by_id[name].choices != content:
            name = f"{name}_{id_}"
        found = self.by_id.setdefault(name, ChoiceList(name, content))
        self._by_content.setdefault(content, found)
        return found


def _told(question: Source, number: int) -> dict[str, dict[str, Any]]:
    """Return what our files keep beside of the choices of one list, by code."""
    told: Any = question.beside.get("choices")
    side = f"{number}:"
    return {
        key.removeprefix(side): fields
        for key, fields in (told.items() if isinstance(told, dict) else ())
        if key.startswith(side) and isinstance(fields, dict)
    }

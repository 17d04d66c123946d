"""What « new questionnaire » and « add a question » start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from labqvt_forms.choices import Choice, ChoiceList, Opinion
from labqvt_forms.editing.naming import stem_of
from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    FreeTexts,
    Item,
    Kind,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Ranking,
    Rating,
    Row,
    SingleChoice,
    YesNo,
)
from labqvt_forms.questionnaire import Group, Nature, Questionnaire
from labqvt_forms.text import Text

_LOW, _MID, _HIGH = Opinion.UNFAVOURABLE, Opinion.NEUTRAL, Opinion.FAVOURABLE
AGREEMENT: Final = ChoiceList(
    "accord",
    (
        Choice("1", Text.of(fr="Pas du tout d’accord", en="Strongly disagree"), 1.0, opinion=_LOW),
        Choice("2", Text.of(fr="Plutôt pas d’accord", en="Disagree"), 2.0, opinion=_LOW),
        Choice(
            "3", Text.of(fr="Ni d’accord ni pas d’accord", en="Neither agree nor disagree"), 3.0, opinion=_MID
        ),
        Choice("4", Text.of(fr="Plutôt d’accord", en="Agree"), 4.0, opinion=_HIGH),
        Choice("5", Text.of(fr="Tout à fait d’accord", en="Strongly agree"), 5.0, opinion=_HIGH),
    ),
)
IMPORTANCE: Final = ChoiceList(
    "importance",
    (
        Choice("1", Text.of(fr="Pas important", en="Not important")),
        Choice("2", Text.of(fr="Peu important", en="Slightly important")),
        Choice("3", Text.of(fr="Important", en="Important")),
        Choice("4", Text.of(fr="Très important", en="Very important")),
    ),
)
UNWRITTEN: Final = ChoiceList("choix", (Choice("1"), Choice("2"), Choice("3")))
"""Choices whose words the author has to write."""


def blank(title: str, language: str = "fr", *, nature: Nature = Nature.ANONYMOUS) -> Questionnaire:
    """Make a new questionnaire: a title, one group without question."""
    return Questionnaire(
        id=stem_of(title) or "questionnaire",
        title=Text.of({language: title.strip()}),
        languages=(language,),
        nature=nature,
        groups=(Group(id="G1"),),
    )


def example_item(kind: Kind) -> Item:
    """Make a sensible new item of this kind; what only the author can write is left empty.

    Its ids are those of an example: ``fresh`` gives it its own before it is added.
    """
    return _EXAMPLES[kind]()


_ROWS: Final = (Row(id="question1"), Row(id="question2"))
_EXAMPLES: Final[dict[Kind, Callable[[], Item]]] = {
    Kind.SINGLE: lambda: SingleChoice(id="question", choices=UNWRITTEN),
    Kind.YES_NO: lambda: YesNo(id="question"),
    Kind.MULTIPLE: lambda: MultipleChoice(id="question", choices=UNWRITTEN),
    Kind.BLOCK: lambda: Block(
        id="question",
        label=Text.of(fr="Êtes-vous d’accord avec ces phrases ?", en="Do you agree with these sentences?"),
        rows=_ROWS,
        choices=AGREEMENT,
    ),
    Kind.DUAL: lambda: DualBlock(
        id="question",
        rows=_ROWS,
        first=AGREEMENT,
        second=IMPORTANCE,
        first_label=Text.of(fr="Aujourd’hui", en="Today"),
        second_label=Text.of(fr="Importance pour vous", en="Importance to you"),
    ),
    Kind.NUMBER: lambda: Number(id="question", integer=True, least=0.0),
    Kind.NUMBERS: lambda: Numbers(id="question", rows=_ROWS, integer=True, least=0.0),
    Kind.RATING: lambda: Rating(
        id="question",
        low_label=Text.of(fr="Pas du tout", en="Not at all"),
        high_label=Text.of(fr="Tout à fait", en="Completely"),
    ),
    Kind.TEXT: lambda: FreeText(id="question", long=True, longest=1000),
    Kind.TEXTS: lambda: FreeTexts(id="question", rows=_ROWS),
    Kind.RANKING: lambda: Ranking(id="question", choices=UNWRITTEN),
    Kind.DATE: lambda: Date(id="question"),
    Kind.COMPUTED: lambda: Computed(id="question"),
    Kind.NOTE: lambda: Note(id="question"),
    Kind.FILE: lambda: FileUpload(id="question", accept=("pdf", "odt", "docx"), most=1),
    Kind.LANGUAGE: lambda: LanguageChoice(
        id="question", label=Text.of(fr="Dans quelle langue ?", en="In which language?")
    ),
}

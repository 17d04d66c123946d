"""A questionnaire of 500 questions in 5 languages, for speed."""

from __future__ import annotations

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Formula,
    FreeText,
    Group,
    Item,
    MultipleChoice,
    Number,
    Questionnaire,
    Rating,
    Row,
    Scale,
    SingleChoice,
    Text,
    YesNo,
)

LANGUAGES = ("fr", "en", "es", "de", "pt")
SENTENCE = "je peux demander de l’aide à mes collègues quand mon travail me pèse trop"


def text(number: int, size: int = 11) -> Text:
    return Text.of({code: f"{number} {' '.join(SENTENCE.split()[:size])} ({code})" for code in LANGUAGES})


def large(size: int = 500) -> Questionnaire:
    """Ten groups of every common kind, one condition in four, a scale per group."""
    lists = [
        ChoiceList(f"liste{n}", tuple(Choice(str(rank), text(rank, 4)) for rank in range(1, 6)))
        for n in range(12)
    ]
    groups: list[Group] = []
    scales: list[Scale] = []
    for first in range(0, size, 50):
        items = tuple(item(number, lists) for number in range(first, first + 50))
        groups.append(Group(id=f"g{first}", title=text(first, 3), items=items))
        scored = tuple(one.id for one in items if isinstance(one, SingleChoice))
        scales.append(Scale(id=f"s{first}", label=text(first, 2), items=scored))
    return Questionnaire(
        id="grand",
        title=text(0),
        languages=LANGUAGES,
        groups=tuple(groups),
        scales=tuple(scales),
    )


def item(number: int, lists: list[ChoiceList]) -> Item:
    asked = f"${{q{number - number % 10}}}"
    condition = (
        Formula(f"{asked} = '{number % 5 + 1}' or selected({asked}, '2')") if number % 10 in (3, 7) else None
    )
    common = {"id": f"q{number}", "label": text(number), "hint": text(number, 6), "relevant": condition}
    choices = lists[number % len(lists)]
    match number % 10:
        case 0 | 1 | 2 | 3:
            made: Item = SingleChoice(**common, choices=choices)  # type: ignore[arg-type] # a table of keywords
        case 4:
            made = MultipleChoice(**common, choices=choices)  # type: ignore[arg-type] # idem
        case 5:
            made = Number(**common, least=0.0, most=99.0)  # type: ignore[arg-type] # idem
        case 6:
            made = Rating(**common)  # type: ignore[arg-type] # idem
        case 7:
            made = FreeText(**common)  # type: ignore[arg-type] # idem
        case 8:
            rows = tuple(Row(id=f"q{number}r{rank}", label=text(rank)) for rank in range(3))
            made = Block(**common, rows=rows, choices=choices)  # type: ignore[arg-type] # idem
        case _:
            made = YesNo(**common)  # type: ignore[arg-type] # idem
    return made

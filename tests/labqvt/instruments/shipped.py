"""The packs delivered with the tool, and the texts a person reads in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from labqvt.instruments.shipping import PACKS_DIR
from labqvt_forms import Kind, Questionnaire, Rating, Rows, Text, Variable
from labqvt_forms.items import Item, choice_lists
from labqvt_forms.packs import EXTENSION, Pack, read_pack_file

IDS = tuple(sorted(path.name.removesuffix(EXTENSION) for path in PACKS_DIR.glob(f"*{EXTENSION}")))


@cache
def pack(id_: str) -> Pack:
    return read_pack_file(PACKS_DIR / f"{id_}{EXTENSION}")


EASY = tuple(id_ for id_ in IDS if pack(id_).easy_read_of)
STANDARD = tuple(id_ for id_ in IDS if not pack(id_).easy_read_of)


def _of_item(item: Item) -> Iterator[Text]:
    yield item.label
    yield item.hint
    if isinstance(item, Rows):
        for row in item.rows:
            yield row.label
            yield row.hint
    if isinstance(item, Rating):
        yield from (item.low_label, item.high_label)
    if (validation := getattr(item, "validation", None)) is not None:
        yield validation.message


def sentences_read(form: Questionnaire) -> list[Text]:
    """What a person reads on the way, answers apart."""
    texts = [form.welcome, *(text for group in form.groups for text in (group.title, group.description))]
    texts += [text for item in form.items for text in _of_item(item)]
    return [text for text in texts if text]


def answers_read(form: Questionnaire) -> list[Text]:
    """The answers proposed, once per question or block of statements."""
    return [
        choice.label for item in form.items for choices in choice_lists(item) for choice in choices.choices
    ]


def all_texts(one: Pack) -> list[Text]:
    form = one.questionnaire
    around = [form.title, form.description, form.end, *(scale.label for scale in form.scales)]
    licence = [one.licence.text, one.scoring_note]
    return [*around, *licence, *sentences_read(form), *answers_read(form)]


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def sentences_of(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])\s+", text) if words_of(part)]


_SECONDS = {
    Kind.SINGLE: 4,
    Kind.YES_NO: 3,
    Kind.RATING: 5,
    Kind.MULTIPLE: 12,
    Kind.NUMBER: 8,
}
"""Time to decide once the sentence is read."""


def _seconds(variable: Variable) -> int:
    if variable.kind is Kind.TEXT:
        return 30 if getattr(variable.item, "long", False) else 15
    return _SECONDS[variable.kind]


def minutes(one: Pack) -> float:
    """Reading at 150 words a minute then deciding; 100 words, and half as long again, when easy to read.

    Questions that exclude one another are all counted: the estimate is on the long side.
    """
    form = one.questionnaire
    count = sum(len(words_of(text.pick("fr"))) for text in (*sentences_read(form), *answers_read(form)))
    speed, pace = (100, 1.5) if one.easy_read_of else (150, 1.0)
    return count / speed + pace * sum(_seconds(variable) for variable in form.answer_variables) / 60

"""A new question from what its author typed at once: the way of answering, its words, its rows or its answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from labqvt_forms import Block, Choice, ChoiceList, DualBlock, Item, Kind, Questionnaire, Row, Rows, Text
from labqvt_forms.editing import example_item, fresh
from labqvt_forms.editing.naming import new_list_id, with_list
from labqvt_forms.items import choice_lists


def new_item(form: Questionnaire, group_id: str, values: Mapping[str, Any]) -> Item:
    """The question, with ids of its own in this questionnaire."""
    language = form.language
    item = example_item(Kind(values["kind"]))
    item = replace(item, label=_label(item, values["label"], language))
    if isinstance(item, Rows):
        rows = tuple(
            Row(id=f"row{rank}", label=Text.of({language: words}))
            for rank, words in enumerate(values["rows"], start=1)
        )
        changed: Item = replace(item, rows=rows)
        item = changed
    if values["answers"]:
        [choices] = choice_lists(item)
        item = with_list(item, choices.id, _list(form, values["answers"], language))
    return fresh(form, item, group_id)


def _label(item: Item, words: str, language: str) -> Text:
    if words:
        return Text.of({language: words})
    return item.label if isinstance(item, Block | DualBlock) else Text()


def _list(form: Questionnaire, answers: list[str], language: str) -> ChoiceList:
    """Codes are ranks: short, the same in every language, and never seen by the author unless asked for."""
    name = new_list_id("reponses", (choices.id for choices in form.choice_lists))
    choices = (Choice(str(rank), Text.of({language: words})) for rank, words in enumerate(answers, start=1))
    return ChoiceList(name, tuple(choices))

"""Ids and codes made for the author: short, readable, with letters and digits every format takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import replace

from labqvt_forms.choices import ChoiceList, Role
from labqvt_forms.items import (
    Block,
    DualBlock,
    Item,
    MultipleChoice,
    Ranking,
    Rows,
    SingleChoice,
    YesNo,
    choice_lists,
)
from labqvt_forms.questionnaire import Questionnaire, variables_of

LONGEST = 18
"""LimeSurvey takes 20 letters and digits; two are left to tell homonyms apart."""
_SMALL_WORDS = frozenset(
    [
        "a",
        "au",
        "aux",
        "avec",
        "avez",
        "c",
        "ce",
        "ces",
        "cette",
        "d",
        "dans",
        "de",
        "des",
        "depuis",
        "diriez",
        "du",
        "en",
        "est",
        "et",
        "etes",
        "etre",
        "fait",
        "il",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "m",
        "ma",
        "me",
        "mes",
        "mon",
        "n",
        "ne",
        "nous",
        "on",
        "ou",
        "par",
        "pas",
        "pour",
        "qu",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "se",
        "ses",
        "son",
        "sont",
        "sur",
        "t",
        "un",
        "une",
        "vos",
        "votre",
        "vous",
        "y",
        "about",
        "an",
        "and",
        "are",
        "at",
        "be",
        "by",
        "do",
        "does",
        "for",
        "have",
        "how",
        "i",
        "in",
        "is",
        "it",
        "my",
        "of",
        "or",
        "our",
        "the",
        "their",
        "this",
        "to",
        "what",
        "when",
        "where",
        "which",
        "who",
        "with",
        "you",
        "your",
    ]
)


def words_of(label: str) -> list[str]:
    """Words of a label without accents, in lower case."""
    spelled = label.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", " ")
    bare = unicodedata.normalize("NFKD", spelled)
    return re.findall(r"[a-z0-9]+", bare.encode("ascii", "ignore").decode())


def stem_of(label: str) -> str:
    """Shorten a label to an id, or nothing when it has no word to keep.

    >>> stem_of("Depuis quand travaillez-vous dans la structure ?")
    'quandTravaillez'
    """
    kept: list[str] = []
    for word in words_of(label):
        if word in _SMALL_WORDS:
            continue
        if kept and (len(kept) == 3 or len("".join(kept)) + len(word) > LONGEST):
            break
        kept.append(word.capitalize() if kept else word[:LONGEST])
    stem = "".join(kept).lstrip("0123456789")
    return stem[:1].lower() + stem[1:]


def taken_ids(questionnaire: Questionnaire) -> set[str]:
    """Every id an item, a row or an answer column bears."""
    return {id_ for item in questionnaire.items for id_ in ids_of(item)}


def ids_of(item: Item) -> set[str]:
    """Ids an item takes: its own, its rows’, its answer columns’."""
    rows = {row.id for row in item.rows} if isinstance(item, Rows) else set()
    return {item.id, *rows, *(variable.id for variable in variables_of(item))}


def free(stem: str, taken: Container[str], *, first: int = 2) -> str:
    """Return ``stem``, or the first of ``stem2``, ``stem3``… that nothing bears."""
    if stem not in taken:
        return stem
    return numbered(f"{stem}x" if stem[-1:].isdigit() else stem, taken, first=first)


def numbered(stem: str, taken: Container[str], *, first: int = 1) -> str:
    number = first
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def new_item_id(questionnaire: Questionnaire, group_id: str, label: str = "") -> str:
    """Return a free id read from the label, or from the place (``G1Q3``) when it says nothing."""
    return free_item_id(questionnaire, group_id, label, taken_ids(questionnaire))


def free_item_id(questionnaire: Questionnaire, group_id: str, label: str, taken: Container[str]) -> str:
    """Do the same among ids already gathered."""
    if stem := stem_of(label):
        return free(stem, taken)
    ranks = [group.id for group in questionnaire.groups]
    rank = ranks.index(group_id) + 1 if group_id in ranks else len(ranks) + 1
    size = len(questionnaire.groups[rank - 1].items) if group_id in ranks else 0
    return numbered(f"G{rank}Q", taken, first=size + 1)


def new_group_id(questionnaire: Questionnaire, title: str = "") -> str:
    taken = {group.id for group in questionnaire.groups}
    stem = stem_of(title)
    return free(stem, taken) if stem else numbered("G", taken, first=len(taken) + 1)


def new_scale_id(questionnaire: Questionnaire, label: str = "") -> str:
    taken = {scale.id for scale in questionnaire.scales}
    stem = stem_of(label)
    return free(stem, taken) if stem else numbered("E", taken)


def new_row_id(item: Item, taken: set[str]) -> str:
    """Return a free row id, whose columns on either side of a dual block are free too."""
    stem = f"{item.id}L" if item.id[-1:].isdigit() else item.id
    number = 1
    while taken & {f"{stem}{number}", f"{stem}{number}_1", f"{stem}{number}_2"}:
        number += 1
    return f"{stem}{number}"


def new_list_id(wanted: str, taken: Iterable[str]) -> str:
    return free(wanted, set(taken))


def new_code(choices: ChoiceList, role: Role = Role.ANSWER) -> str:
    """Return the code of one more choice: the next number or rank, 98 and 99 for what stands apart."""
    taken = {choice.code for choice in choices.choices}
    apart = {Role.DECLINES: "98", Role.ASIDE: "99"}
    if role is not Role.ANSWER:
        return apart[role] if apart[role] not in taken else numbered(apart[role], taken)
    matches = [re.fullmatch(r"([A-Za-z]*)(\d{1,9})", code) for code in choices.codes]
    counted = [(match[1], int(match[2])) for match in matches if match]
    stem = counted[-1][0] if counted else "A"
    highest = max((number for prefix, number in counted if prefix == stem), default=0)
    return numbered(stem, taken, first=highest + 1)


def fresh(questionnaire: Questionnaire, item: Item, group_id: str = "") -> Item:
    """Return the item with ids of its own, ready to be added: item, rows, and lists that differ from ours."""
    label = item.label.pick(questionnaire.language)
    taken = taken_ids(questionnaire)
    id_ = free_item_id(questionnaire, group_id, label, taken)
    return with_own_lists(renumbered(item, id_, taken), questionnaire)


def renumbered(item: Item, id_: str, taken: set[str]) -> Item:
    """Return the item under this id, its rows under free ones."""
    renamed = replace(item, id=id_)
    if isinstance(renamed, Rows):
        taken = {*taken, id_}
        rows = []
        for row in renamed.rows:
            row_id = new_row_id(renamed, taken)
            taken |= {row_id, f"{row_id}_1", f"{row_id}_2"}
            rows.append(replace(row, id=row_id))
        renamed = replace(renamed, rows=tuple(rows))
    return renamed


def with_own_lists(item: Item, questionnaire: Questionnaire) -> Item:
    """Rename the lists of the item whose name already stands for other choices."""
    ours = {choices.id: choices for choices in questionnaire.choice_lists}
    for choices in choice_lists(item):
        if ours.get(choices.id, choices) != choices:
            twin = next((known for known in ours.values() if known.choices == choices.choices), None)
            renamed = twin or ChoiceList(new_list_id(choices.id, ours), choices.choices)
            item = with_list(item, choices.id, renamed)
            ours[renamed.id] = renamed
    return item


def with_list(item: Item, old_id: str, choices: ChoiceList) -> Item:
    """Put another list wherever the item uses the one of this id."""
    if isinstance(item, DualBlock):
        first = choices if item.first.id == old_id else item.first
        second = choices if item.second.id == old_id else item.second
        return replace(item, first=first, second=second)
    if (
        isinstance(item, SingleChoice | YesNo | MultipleChoice | Block | Ranking)
        and item.choices.id == old_id
    ):
        return replace(item, choices=choices)
    return item

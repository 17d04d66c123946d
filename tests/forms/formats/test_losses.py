"""Model → format → model is the identity up to the committed tables of losses, which say no more than is true."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from labqvt_forms import (
    Choice,
    ChoiceList,
    Computed,
    Date,
    DualBlock,
    Formula,
    Group,
    Item,
    Note,
    Questionnaire,
    Quota,
    Rating,
    Row,
    SingleChoice,
    Text,
    read_bytes,
    to_bytes,
)
from labqvt_forms.formats import losses
from labqvt_forms.formats.losses import Kept, features_of, permitted
from labqvt_forms.formats.paper.sheet import Sheet
from labqvt_forms.formats.written import WORDS, Unseen
from labqvt_forms.items import YES_NO
from labqvt_forms.writing import FORMATS, PRINTED
from tests.forms.questionnaires import KINDS, Maker, drawn, parts_held_by

SEEDS = range(80)
TABLES = sorted(path.stem for path in Path(losses.__file__).parent.glob("*.csv"))
LISTE = ChoiceList("liste", (Choice("1", Text.of(fr="Un")), Choice("2", Text.of(fr="Deux"))))
RARE = Questionnaire(
    id="rare",
    groups=(
        Group(
            id="g1",
            items=(
                SingleChoice(id="a", choices=LISTE, appearance="minimal"),
                SingleChoice(id="b", choices=LISTE, dropdown=True, comment=True),
                Note(id="c", relevant=Formula("${absent} = 1")),
                Computed(id="d", formula=Formula("score('s')")),
                Rating(id="e", least=0, most=10, low_label=Text.of(fr="bas"), high_label=Text.of(fr="haut")),
                Rating(id="f", enps=True, reverse=True),
                DualBlock(id="h", first=LISTE, second=LISTE, rows=(Row(id="h1"),)),
            ),
        ),
    ),
    quotas=(Quota(id="q", limit=3, demands=(("h1_2", "1"),)),),
)
"""What chance draws too seldom to be met each time."""
_TORN = Text.of({"pt_BR": " deux  espaces ", "fr": "\x0b"})
TORN = Questionnaire(
    id="torn", version="1\x0b", languages=("fr", "pt_BR"), title=_TORN, description=_TORN, welcome=_TORN, end=_TORN,
    groups=(
        Group(
            id="g1",
            items=(
                Rating(id="a", least=0, most=3, label=_TORN, low_label=_TORN, high_label=_TORN),
                Date(id="b", earliest="2026\x0b", latest="2027\x0b"),
                SingleChoice(id="c", choices=YES_NO),
            ),
        ),
    ),
)  # fmt: skip
SELDOM = {"ddi": (TORN,)}
"""What only some formats find hard: signs and spaces XML does not keep, kinds a variable does not tell."""


def differences(ours: Questionnaire, theirs: Questionnaire) -> set[str]:
    """Names of what differs: fields of the whole, of its groups and items, or the kind of an item."""
    found = {name for name in fields_of(ours) if getattr(ours, name) != getattr(theirs, name)} - {"groups"}
    for group, back in zip(ours.groups, theirs.groups, strict=True):
        found |= {name for name in fields_of(group) if getattr(group, name) != getattr(back, name)} - {
            "items"
        }
        for item, other in zip(group.items, back.items, strict=True):
            found |= of_items(item, other)
    return found


def of_items(item: Item, other: Item) -> set[str]:
    if type(item) is not type(other):
        return {item.kind.value}
    return {name for name in fields_of(item) if getattr(item, name) != getattr(other, name)}


def fields_of(value: Questionnaire | Group | Item) -> list[str]:
    return [field.name for field in dataclasses.fields(value) if field.compare]


@pytest.mark.thorough
@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_there_and_back_loses_what_the_table_permits_and_the_table_permits_nothing_else(format_: str) -> None:
    lost = {feature for feature, loss in permitted(format_).items() if loss.kept is Kept.LOST}
    told: Counter[str] = Counter()
    missed: set[str] = set()
    for questionnaire in (RARE, *SELDOM.get(format_, ()), *map(drawn, SEEDS)):
        for part in parts_held_by(format_, questionnaire):
            written = to_bytes(part, format_)
            told.update(features_of(written.warnings))
            differing = differences(part, read_bytes(written.content, name="retour").questionnaire)
            assert differing <= lost, part
            missed |= differing
    told.update(of_an_empty_group(format_))
    assert set(told) == set(permitted(format_))
    assert lost - {"empty_group"} == missed


def of_an_empty_group(format_: str) -> set[str]:
    """What a writer tells of a group without any item, which the model allows for drafts only."""
    if format_ in ("lsg", "lsq"):
        return set()
    draft = dataclasses.replace(RARE, groups=(*RARE.groups, Group(id="vide")))
    return features_of(to_bytes(draft, format_).warnings)


def test_there_is_no_table_without_a_writer() -> None:
    assert set(TABLES) <= {*FORMATS, *PRINTED}
    assert TABLES


@pytest.mark.parametrize("format_", TABLES)
def test_every_row_names_a_feature_and_says_why(format_: str) -> None:
    for loss in permitted(format_).values():
        assert loss.feature in WORDS
        assert len(loss.why) > 10


def test_two_features_are_never_told_in_the_same_words() -> None:
    assert len(set(WORDS.values())) == len(WORDS)


def test_the_table_of_paper_permits_what_it_does_not_say() -> None:
    kinds = [cls.kind.value for cls in KINDS]
    # The sheet says all that paper does not, but for signs the typeface lacks: composing each page adds nothing.
    unseen = Unseen("Le papier")
    for seed in range(12):
        made = Maker(seed).questionnaire(kinds)
        Sheet(made, made.language, unseen).data()
    told = features_of((*to_bytes(RARE, "pdf").warnings, *unseen.warnings()))
    assert len(told) > 5
    assert told <= set(permitted("pdf"))
    assert {loss.kept for loss in permitted("pdf").values()} == {Kept.LOST}

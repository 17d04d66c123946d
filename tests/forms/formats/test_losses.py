"""The committed tables of permitted losses say what is true, no more and no less."""

from __future__ import annotations

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from labqvt_forms import Group, Questionnaire, to_bytes
from labqvt_forms.formats import losses
from labqvt_forms.formats.losses import features_of, permitted
from labqvt_forms.formats.written import WORDS
from labqvt_forms.writing import FORMATS
from tests.forms.questionnaires import Maker, held_by

SEEDS = range(120)
TABLES = sorted(path.stem for path in Path(losses.__file__).parent.glob("*.csv"))


def with_an_empty_group(questionnaire: Questionnaire) -> Questionnaire:
    return dataclasses.replace(questionnaire, groups=(*questionnaire.groups, Group(id="vide")))


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_a_table_permits_what_its_writer_tells_and_nothing_else(format_: str) -> None:
    told: Counter[str] = Counter()
    for seed in SEEDS:
        questionnaire = held_by(format_, Maker(seed).questionnaire())
        told.update(features_of(to_bytes(questionnaire, format_).warnings))
    if format_ not in ("lsg", "lsq"):
        draft = with_an_empty_group(Maker(1).questionnaire())
        told.update(features_of(to_bytes(draft, format_).warnings))
    assert set(told) == set(permitted(format_))


def test_there_is_no_table_without_a_writer() -> None:
    assert set(TABLES) <= set(FORMATS)
    assert TABLES


@pytest.mark.parametrize("format_", TABLES)
def test_every_row_names_a_feature_and_says_why(format_: str) -> None:
    for loss in permitted(format_).values():
        assert loss.feature in WORDS
        assert len(loss.why) > 10


def test_two_features_are_never_told_in_the_same_words() -> None:
    assert len(set(WORDS.values())) == len(WORDS)

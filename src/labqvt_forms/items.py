"""The kinds of items a questionnaire is made of: one class per row of the exchange table.

Every kind is a frozen value. What all share is in ``Item``; ``Question`` adds what a person answers.
A block, a dual block, numbers and texts hold rows, each row being one answer column (two for a dual block).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

from labqvt_forms.choices import Choice, ChoiceList, Opinion, Role
from labqvt_forms.errors import ModelError
from labqvt_forms.ids import check_id
from labqvt_forms.logic import Formula
from labqvt_forms.text import NO_TEXT, Text


class Kind(StrEnum):
    SINGLE = "single"
    YES_NO = "yes_no"
    MULTIPLE = "multiple"
    BLOCK = "block"
    DUAL = "dual"
    NUMBER = "number"
    NUMBERS = "numbers"
    RATING = "rating"
    TEXT = "text"
    TEXTS = "texts"
    RANKING = "ranking"
    DATE = "date"
    COMPUTED = "computed"
    NOTE = "note"
    FILE = "file"
    LANGUAGE = "language"


class Required(StrEnum):
    NO = "no"
    SOFT = "soft"
    """The page asks once for the missing answer, then lets the person go on."""
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule on the answer (``.`` is the answer itself) and what to say when it does not hold."""

    formula: Formula
    message: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every item has.

    ``appearance`` is a presentation wish of the source file: carried, never relied on.
    """

    kind: ClassVar[Kind]

    id: str
    label: Text = NO_TEXT
    hint: Text = NO_TEXT
    relevant: Formula | None = None
    appearance: str = ""
    answer_columns: object = field(default=None, init=False, repr=False, compare=False)
    """Kept by ``variables_of``: an item that an edit did not touch is not read again."""

    def __post_init__(self) -> None:
        check_id(self.id, "d’item")

    @property
    def place(self) -> str:
        return f"item « {self.id} »"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Item):
    """An item a person answers.

    ``profile`` marks what describes the person (sex, seniority…), which the publication planner must know.
    ``declinable`` offers « je préfère ne pas répondre » where no choice list already does.
    """

    required: Required = Required.NO
    validation: Validation | None = None
    profile: bool = False
    declinable: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(Question):
    """One choice among a list. ``other`` adds a free « Autre », ``comment`` a comment beside the choice."""

    kind = Kind.SINGLE

    choices: ChoiceList
    reverse: bool = False
    dropdown: bool = False
    other: bool = False
    comment: bool = False
    random_order: bool = False


YES_NO = ChoiceList(
    "yes_no",
    (
        Choice("yes", Text.of(fr="Oui", en="Yes"), 1.0, opinion=Opinion.FAVOURABLE),
        Choice("no", Text.of(fr="Non", en="No"), 0.0, opinion=Opinion.UNFAVOURABLE),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Question):
    """Yes or no: a list of exactly two answers, yes first when the file does not say otherwise."""

    kind = Kind.YES_NO

    choices: ChoiceList = YES_NO
    reverse: bool = False

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        if len(self.choices.codes) != 2:
            raise ModelError(f"L’{self.place} est un oui / non : il lui faut exactement deux réponses.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Question):
    """Any number of choices among a list, between ``least`` and ``most`` when given."""

    kind = Kind.MULTIPLE

    choices: ChoiceList
    other: bool = False
    comment: bool = False
    least: int | None = None
    most: int | None = None
    random_order: bool = False

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        spaced = [c.code for c in self.choices.choices if any(sign.isspace() for sign in c.code)]
        if spaced:
            raise ModelError(
                f"L’{self.place} est à choix multiple : le code « {spaced[0]} » ne peut contenir d’espace."
            )
        check_bounds(self, self.least, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a block; its ``id`` is the name of its answer column."""

    id: str
    label: Text = NO_TEXT
    hint: Text = NO_TEXT
    relevant: Formula | None = None
    reverse: bool = False

    def __post_init__(self) -> None:
        check_id(self.id, "de ligne")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Question):
    """A question made of rows that share one way of answering."""

    rows: tuple[Row, ...]
    random_order: bool = False

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        if not self.rows:
            raise ModelError(f"L’{self.place} n’a aucune ligne : donnez-en au moins une.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Rows):
    """Statements answered on one scale of choices (Likert)."""

    kind = Kind.BLOCK

    choices: ChoiceList
    by_column: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DualBlock(Rows):
    """Statements answered on two scales side by side, columns ``<row>_1`` and ``<row>_2``."""

    kind = Kind.DUAL

    first: ChoiceList
    second: ChoiceList
    first_label: Text = NO_TEXT
    second_label: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Question):
    kind = Kind.NUMBER

    integer: bool = False
    least: float | None = None
    most: float | None = None
    unit: Text = NO_TEXT

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        check_bounds(self, self.least, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(Rows):
    kind = Kind.NUMBERS

    integer: bool = False
    least: float | None = None
    most: float | None = None

    def __post_init__(self) -> None:
        Rows.__post_init__(self)
        check_bounds(self, self.least, self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Question):
    """A mark on a whole-number scale, 0 to 10 by default.

    ``enps`` reads it as a recommendation: 0-6 unfavourable, 7-8 neutral, 9-10 favourable.
    """

    kind = Kind.RATING

    least: int = 0
    most: int = 10
    step: int = 1
    low_label: Text = NO_TEXT
    high_label: Text = NO_TEXT
    enps: bool = False
    reverse: bool = False

    def __post_init__(self) -> None:
        Question.__post_init__(self)
        if self.step < 1 or self.most <= self.least or (self.most - self.least) // self.step > 100:
            raise ModelError(
                f"L’{self.place} note de {self.least} à {self.most} par {self.step} : échelle impossible."
            )
        if self.enps and (self.least, self.most, self.step) != (0, 10, 1):
            raise ModelError(f"L’{self.place} est un eNPS : il se note de 0 à 10 par 1.")

    @property
    def choices(self) -> ChoiceList:
        """The marks as choices, so that a rating is counted like any scale."""
        ends = ((self.least, self.low_label), (self.most, self.high_label))
        marks = range(self.least, self.most + 1, self.step)
        return ChoiceList(f"{self.id}.marks", _marks(marks, ends, self.enps))


@lru_cache(maxsize=1024)
def _marks(marks: range, ends: tuple[tuple[int, Text], ...], enps: bool) -> tuple[Choice, ...]:
    return tuple(_mark(mark, dict(ends).get(mark, NO_TEXT), enps) for mark in marks)


def _mark(mark: int, end: Text, enps: bool) -> Choice:
    words = {language: f"{mark} – {text}" for language, text in end}
    opinion = None
    if enps:
        opinion = Opinion.UNFAVOURABLE if mark <= 6 else Opinion.NEUTRAL if mark <= 8 else Opinion.FAVOURABLE
    return Choice(str(mark), Text.of(words), float(mark), Role.ANSWER, opinion)


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText(Question):
    kind = Kind.TEXT

    long: bool = False
    longest: int | None = None
    pattern: str = ""
    """Regular expression the whole answer must match, as the source wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeTexts(Rows):
    kind = Kind.TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Question):
    """Choices put in order of preference, all of them or the first ``most``."""

    kind = Kind.RANKING

    choices: ChoiceList
    most: int | None = None


class Precision(StrEnum):
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    TIME = "time"
    """A time of day without a date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Question):
    """A date; bounds are ISO dates or words of the source (« today »)."""

    kind = Kind.DATE

    precision: Precision = Precision.DAY
    earliest: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed(Item):
    """A value worked out from other answers; nobody types it."""

    kind = Kind.COMPUTED

    formula: Formula | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Item):
    """A text to read."""

    kind = Kind.NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUpload(Question):
    kind = Kind.FILE

    accept: tuple[str, ...] = ()
    """File extensions without the dot."""
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageChoice(Question):
    """Lets the person change the language of the questionnaire."""

    kind = Kind.LANGUAGE


ITEM_CLASSES: tuple[type[Item], ...] = (
    SingleChoice,
    YesNo,
    MultipleChoice,
    Block,
    DualBlock,
    Number,
    Numbers,
    Rating,
    FreeText,
    FreeTexts,
    Ranking,
    Date,
    Computed,
    Note,
    FileUpload,
    LanguageChoice,
)


def check_bounds(item: Item, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and least > most:
        raise ModelError(f"L’{item.place} a un minimum ({least:g}) plus grand que son maximum ({most:g}).")


def choice_lists(item: Item) -> tuple[ChoiceList, ...]:
    """Choice lists written by the author that this item uses (the marks of a rating are not)."""
    if isinstance(item, SingleChoice | YesNo | MultipleChoice | Block | Ranking):
        return (item.choices,)
    if isinstance(item, DualBlock):
        return (item.first, item.second)
    return ()

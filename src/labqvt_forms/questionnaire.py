"""A questionnaire, its groups, its scales, and the answer columns it gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from labqvt_forms.choices import ChoiceList, Opinion
from labqvt_forms.errors import ModelError
from labqvt_forms.ids import check_id
from labqvt_forms.items import (
    Block,
    DualBlock,
    Item,
    Kind,
    MultipleChoice,
    Numbers,
    Question,
    Ranking,
    Rating,
    Required,
    Row,
    Rows,
    SingleChoice,
    YesNo,
    choice_lists,
)
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.text import NO_TEXT, Text


class Nature(StrEnum):
    """Who answers. Never both: the two kinds of survey are kept in different stores."""

    ANONYMOUS = "anonymous"
    """People, whose answers nobody may trace."""
    NOMINATIVE = "nominative"
    """Structures, which answer by name and may be called back."""


class Determinant(StrEnum):
    """The six determinants of quality of life at work a scale may speak of."""

    RELATIONS = "relations"
    CONTENU = "contenu"
    SANTE = "sante"
    COMPETENCES = "competences"
    EGALITE = "egalite"
    MANAGEMENT = "management"


MissingRule = Literal["half", "all"] | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Items whose mean is a score.

    ``items`` are ids of answer columns. ``missing_rule``: the score exists when at least half of the items
    are answered, when all are, or when at least that number are. ``range`` is what the score runs over.
    """

    id: str
    label: Text = NO_TEXT
    items: tuple[str, ...] = ()
    missing_rule: MissingRule = "half"
    range: tuple[float, float] = (0.0, 100.0)
    determinant: Determinant | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "d’échelle")
        if len(set(self.items)) != len(self.items):
            raise ModelError(f"L’échelle « {self.id} » cite deux fois le même item.")
        if isinstance(self.missing_rule, int) and self.missing_rule < 1:
            raise ModelError(
                f"L’échelle « {self.id} » demande {self.missing_rule} réponse : il en faut au moins une."
            )
        if self.range[0] >= self.range[1]:
            raise ModelError(
                f"L’échelle « {self.id} » va de {self.range[0]:g} à {self.range[1]:g} : étendue impossible."
            )

    @property
    def least_answered(self) -> int:
        """How many items must be answered for the score to exist."""
        if self.missing_rule == "all":
            return len(self.items)
        if self.missing_rule == "half":
            return (len(self.items) + 1) // 2
        return self.missing_rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """At most ``limit`` complete answers of a kind.

    ``demands`` are pairs (id of an answer column, code): the codes wanted of one column are alternatives, and
    the columns must all suit. ``message`` is what the people who come after read.
    """

    id: str
    limit: int
    demands: tuple[tuple[str, str], ...]
    label: Text = NO_TEXT
    message: Text = NO_TEXT

    def __post_init__(self) -> None:
        check_id(self.id, "de quota")
        if self.limit < 0:
            raise ModelError(f"Le quota « {self.id} » a une limite négative ({self.limit}).")
        if not self.demands:
            raise ModelError(f"Le quota « {self.id} » ne dit pas quelles réponses il compte.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Items shown together: one page, under one title."""

    id: str
    title: Text = NO_TEXT
    description: Text = NO_TEXT
    items: tuple[Item, ...] = ()
    relevant: Formula | None = None
    random_order: bool = False
    random_group: str = ""
    """Groups that bear the same name are shown in an order drawn at random among themselves."""

    def __post_init__(self) -> None:
        check_id(self.id, "de groupe")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One entry of a reading of the questionnaire: a question, a row of a block, a note, a calculation.

    ``id`` names its answer column; ``item`` is where it comes from and ``row`` the line of it, if any;
    ``side`` is 1 or 2 in a dual block, else 0.
    """

    id: str
    kind: Kind
    label: Text
    item: Item
    row: Row | None = None
    side: int = 0
    choices: ChoiceList | None = None
    reverse: bool = False

    @property
    def relevant(self) -> Formula | None:
        """Condition of the item and of the row together; the group's comes on top."""
        return both(self.item.relevant, self.row.relevant if self.row else None)

    @property
    def required(self) -> Required:
        return self.item.required if isinstance(self.item, Question) else Required.NO

    @property
    def profile(self) -> bool:
        return isinstance(self.item, Question) and self.item.profile

    @property
    def declinable(self) -> bool:
        """The person may say « je préfère ne pas répondre »."""
        offered = self.choices is not None and self.choices.declining is not None
        return offered or (isinstance(self.item, Question) and self.item.declinable)

    @property
    def answered(self) -> bool:
        """A person gives this one an answer (not a note, not a calculation)."""
        return isinstance(self.item, Question)

    def opinions(self) -> dict[str, Opinion]:
        """Class of each code after reversal; empty when there is nothing to agree with."""
        if self.choices is None or self.kind in (Kind.MULTIPLE, Kind.RANKING):
            return {}
        return self.choices.opinions(reverse=self.reverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A whole questionnaire. The first of ``languages`` is the main one."""

    id: str
    version: str = "1"
    title: Text = NO_TEXT
    description: Text = NO_TEXT
    welcome: Text = NO_TEXT
    end: Text = NO_TEXT
    languages: tuple[str, ...] = ("fr",)
    nature: Nature = Nature.ANONYMOUS
    groups: tuple[Group, ...] = ()
    scales: tuple[Scale, ...] = ()
    quotas: tuple[Quota, ...] = ()
    min_group: int | None = None
    variables: tuple[Variable, ...] = field(init=False, repr=False, compare=False)
    """Notes, calculations and answer columns, in order: one per question, per row of a block."""
    choice_lists: tuple[ChoiceList, ...] = field(init=False, repr=False, compare=False)
    """Every choice list in use, each once, in order of first use."""
    _by_id: dict[str, Variable] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_id(self.id, "du questionnaire")
        items = self.items
        variables = tuple(variable for item in items for variable in variables_of(item))
        object.__setattr__(self, "variables", variables)
        object.__setattr__(self, "_by_id", {variable.id: variable for variable in variables})
        if not self.languages or len(set(self.languages)) != len(self.languages):
            raise ModelError("Un questionnaire a une ou plusieurs langues, chacune une fois.")
        if self.min_group is not None and self.min_group < 1:
            raise ModelError(f"Le groupe minimal ({self.min_group}) doit être d’au moins une personne.")
        _refuse_twice([group.id for group in self.groups], "groupe")
        _refuse_twice([item.id for item in items], "item")
        _refuse_twice([variable.id for variable in variables], "item")
        _refuse_twice([scale.id for scale in self.scales], "échelle")
        _refuse_twice([quota.id for quota in self.quotas], "quota")
        self._check_scales()
        self._check_quotas()
        object.__setattr__(self, "choice_lists", _lists_of(items))

    def _check_scales(self) -> None:
        known = self._by_id
        for scale in self.scales:
            for item in scale.items:
                if item not in known:
                    raise ModelError(f"L’échelle « {scale.id} » cite l’item « {item} », qui n’existe pas.")
                if not known[item].answered:
                    raise ModelError(f"L’échelle « {scale.id} » cite « {item} », qui n’est pas une question.")

    def _check_quotas(self) -> None:
        for quota in self.quotas:
            for id_, code in quota.demands:
                variable = self._by_id.get(id_)
                if variable is None or not variable.answered:
                    raise ModelError(f"Le quota « {quota.id} » cite « {id_} », qui n’est pas une question.")
                codes = [choice.code for choice in variable.choices.choices] if variable.choices else [code]
                if code not in codes:
                    raise ModelError(
                        f"Le quota « {quota.id} » cite « {code} », qui n’est pas un code de « {id_} »."
                    )

    @property
    def anonymous(self) -> bool:
        return self.nature is Nature.ANONYMOUS

    @property
    def language(self) -> str:
        return self.languages[0]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for group in self.groups for item in group.items)

    @property
    def answer_variables(self) -> tuple[Variable, ...]:
        """Only what people answer."""
        return tuple(variable for variable in self.variables if variable.answered)

    def variable(self, id_: str) -> Variable:
        """Return the variable of this id; KeyError when there is none."""
        return self._by_id[id_]

    def group_of(self, item: Item) -> Group:
        return next(group for group in self.groups if any(each.id == item.id for each in group.items))

    def scale_of(self, variable_id: str) -> Scale | None:
        """Return the first scale the variable belongs to."""
        return next((scale for scale in self.scales if variable_id in scale.items), None)


def variables_of(item: Item) -> tuple[Variable, ...]:
    """Return what one item gives to answer or to read."""
    kept = item.answer_columns
    if not isinstance(kept, tuple):
        kept = tuple(_variables(item))
        object.__setattr__(item, "answer_columns", kept)
    return kept


def _variables(item: Item) -> Iterator[Variable]:
    match item:
        case DualBlock():
            for row in item.rows:
                yield _of_row(item, row, Kind.SINGLE, item.first, side=1)
                yield _of_row(item, row, Kind.SINGLE, item.second, side=2)
        case Block():
            yield from (_of_row(item, row, Kind.SINGLE, item.choices) for row in item.rows)
        case Rows():
            kind = Kind.NUMBER if isinstance(item, Numbers) else Kind.TEXT
            yield from (_of_row(item, row, kind) for row in item.rows)
        case SingleChoice() | YesNo() | Rating():
            yield Variable(
                id=item.id,
                kind=item.kind,
                label=item.label,
                item=item,
                choices=item.choices,
                reverse=item.reverse,
            )
        case MultipleChoice() | Ranking():
            yield Variable(id=item.id, kind=item.kind, label=item.label, item=item, choices=item.choices)
        case _:
            yield Variable(id=item.id, kind=item.kind, label=item.label, item=item)


def _of_row(item: Rows, row: Row, kind: Kind, choices: ChoiceList | None = None, side: int = 0) -> Variable:
    return Variable(
        id=f"{row.id}_{side}" if side else row.id,
        kind=kind,
        label=row.label,
        item=item,
        row=row,
        side=side,
        choices=choices,
        reverse=row.reverse,
    )


def both(outer: Formula | None, inner: Formula | None) -> Formula | None:
    """Join two conditions that must hold together.

    When one is of another tool, the whole is: half a condition evaluated would show what the author hides.
    """
    if outer is None or inner is None or outer == inner:
        return outer or inner
    foreign = next((one.dialect for one in (outer, inner) if one.dialect is not Dialect.XPATH), Dialect.XPATH)
    return Formula(f"({outer.text}) and ({inner.text})", foreign)


def _lists_of(items: tuple[Item, ...]) -> tuple[ChoiceList, ...]:
    seen: dict[str, ChoiceList] = {}
    for item in items:
        for choices in choice_lists(item):
            known = seen.setdefault(choices.id, choices)
            if known is not choices and known != choices:
                raise ModelError(f"Deux listes de choix différentes portent l’identifiant « {choices.id} ».")
    return tuple(seen.values())


def _refuse_twice(ids: list[str], what: str) -> None:
    if len(ids) != len(set(ids)):
        twice, _ = Counter(ids).most_common(1)[0]
        raise ModelError(
            f"L’identifiant de {what} « {twice} » est employé deux fois : donnez-en un à chacun."
        )

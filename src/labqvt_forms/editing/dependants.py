"""What conditions, validations, calculations, scales and quotas use, told before it is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from labqvt_forms.editing.formulas import cites_answer, cites_code, cites_score, with_formulas, without
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Item, Rows, choice_lists
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Questionnaire, Quota, variables_of
from labqvt_forms.spots import (
    Part,
    Spot,
    Use,
    formulas,
    group_at,
    item_at,
    list_at,
    name_of,
    row_at,
    scale_at,
)

_WORDS = {
    Use.CONDITION: "la condition de",
    Use.VALIDATION: "la règle de",
    Use.CALCULATION: "la valeur calculée",
}
_COUNTED = {Part.SCALE: "l’échelle", Part.QUOTA: "le quota"}


@dataclass(frozen=True, slots=True)
class Dependant:
    """A part that uses another; ``use`` is None when it is a scale or a quota that counts it."""

    spot: Spot
    use: Use | None
    name: str

    def __str__(self) -> str:
        if self.use is None:
            return f"{_COUNTED[self.spot.part]} « {self.name} »"
        return f"{_WORDS[self.use]} « {self.name} »"


@dataclass(frozen=True, slots=True)
class _Removed:
    """What goes away: answer columns, one code of them, or a score."""

    answers: frozenset[str] = frozenset()
    code: str | None = None
    scale: str = ""
    inside: frozenset[Spot] = frozenset()
    """Parts that go away with it."""

    def cited_by(self, formula: Formula) -> bool:
        if self.scale:
            return cites_score(formula, self.scale)
        if self.code is not None:
            return cites_code(formula, self.answers, self.code)
        return bool(self.answers) and cites_answer(formula, self.answers)

    def counted_by(self, quota: Quota) -> bool:
        return any(
            id_ in self.answers and (self.code is None or self.code == code) for id_, code in quota.demands
        )


def dependants(questionnaire: Questionnaire, removed: Spot | str) -> tuple[Dependant, ...]:
    """Return what uses a group, an item, a row, a scale or a choice, itself not counted.

    A plain id is looked for among items, then rows and answer columns, groups and scales.
    """
    spot = _found(questionnaire, removed) if isinstance(removed, str) else removed
    return tuple(_dependants(questionnaire, _removed(questionnaire, spot)))


def dependants_of_answers(questionnaire: Questionnaire, ids: frozenset[str]) -> tuple[Dependant, ...]:
    """Return what uses answer columns, wherever they come from."""
    return tuple(_dependants(questionnaire, _Removed(ids)))


def released(questionnaire: Questionnaire, removed: Spot, *, with_dependants: bool) -> Questionnaire:
    """Return the questionnaire where nothing uses this part any more.

    Raises
    ------
    ModelError
        Naming what uses it, unless ``with_dependants``.
    """
    return _released(questionnaire, _removed(questionnaire, removed), removed, with_dependants)


def released_answers(
    questionnaire: Questionnaire, ids: frozenset[str], about: Spot, *, with_dependants: bool
) -> Questionnaire:
    """Do the same for answer columns; ``about`` is the part the refusal names."""
    return _released(questionnaire, _Removed(ids), about, with_dependants)


def _released(
    questionnaire: Questionnaire, gone: _Removed, about: Spot, with_dependants: bool
) -> Questionnaire:
    using = tuple(_dependants(questionnaire, gone))
    if not using:
        return questionnaire
    if not with_dependants:
        name = name_of(questionnaire, about)
        users = ", ".join(str(dependant) for dependant in dict.fromkeys(using))
        raise ModelError(
            f"« {name} » sert encore ailleurs ({users}) : retirez d’abord ce lien, ou retirez tout."
        )
    questionnaire = with_formulas(questionnaire, _cleared(gone))
    # Half a quota would count other people.
    quotas = tuple(quota for quota in questionnaire.quotas if not gone.counted_by(quota))
    questionnaire = replace(questionnaire, quotas=quotas)
    if gone.scale or gone.code is not None:
        return questionnaire
    scales = tuple(
        replace(scale, items=tuple(id_ for id_ in scale.items if id_ not in gone.answers))
        for scale in questionnaire.scales
    )
    return replace(questionnaire, scales=scales)


def _cleared(gone: _Removed) -> Callable[[Spot, Use, Formula], Formula | None]:
    def change(spot: Spot, use: Use, formula: Formula) -> Formula | None:
        if use is not Use.CONDITION:
            # Half a validation or half a calculation would mean something else.
            return None if gone.cited_by(formula) else formula
        return without(formula, gone.cited_by)

    return change


def _dependants(questionnaire: Questionnaire, gone: _Removed) -> Iterator[Dependant]:
    for spot, use, formula in formulas(questionnaire):
        if spot not in gone.inside and gone.cited_by(formula):
            yield Dependant(spot, use, name_of(questionnaire, spot))
    if gone.code is None and not gone.scale:
        for scale in questionnaire.scales:
            if gone.answers.intersection(scale.items):
                spot = Spot.scale(scale.id)
                yield Dependant(spot, None, name_of(questionnaire, spot))
    for quota in questionnaire.quotas:
        if gone.counted_by(quota):
            spot = Spot.quota(quota.id)
            yield Dependant(spot, None, name_of(questionnaire, spot))


def _found(questionnaire: Questionnaire, id_: str) -> Spot:
    for item in questionnaire.items:
        if item.id == id_:
            return Spot.item(id_)
    for item in questionnaire.items:
        if isinstance(item, Rows):
            for row, columns in ((row, _columns(item, row.id)) for row in item.rows):
                if row.id == id_ or id_ in columns:
                    return Spot.row(item.id, row.id)
    if any(group.id == id_ for group in questionnaire.groups):
        return Spot.group(id_)
    return Spot.scale(scale_at(questionnaire, id_).id)


def _removed(questionnaire: Questionnaire, spot: Spot) -> _Removed:
    match spot.part:
        case Part.GROUP:
            items = group_at(questionnaire, spot.id).items
            inside = {spot, *(part for item in items for part in _inside(item))}
            return _Removed(
                frozenset(v.id for item in items for v in variables_of(item)), inside=frozenset(inside)
            )
        case Part.ITEM:
            item = item_at(questionnaire, spot.id)
            return _Removed(frozenset(v.id for v in variables_of(item)), inside=frozenset(_inside(item)))
        case Part.ROW:
            row_at(questionnaire, spot.owner, spot.id)
            columns = _columns(item_at(questionnaire, spot.owner), spot.id)
            return _Removed(columns, inside=frozenset({spot}))
        case Part.CHOICE:
            list_at(questionnaire, spot.owner)
            return _Removed(answers_of_list(questionnaire, spot.owner), code=spot.id)
        case Part.SCALE:
            return _Removed(scale=scale_at(questionnaire, spot.id).id)
        case _:
            raise ModelError(f"Rien ne peut dépendre de « {spot} ».")


def _inside(item: Item) -> Iterator[Spot]:
    yield Spot.item(item.id)
    if isinstance(item, Rows):
        yield from (Spot.row(item.id, row.id) for row in item.rows)


def _columns(item: Item, row_id: str) -> frozenset[str]:
    return frozenset(v.id for v in variables_of(item) if v.row is not None and v.row.id == row_id)


def answers_of_list(questionnaire: Questionnaire, list_id: str) -> frozenset[str]:
    """Ids of the answer columns whose choices are this list."""
    return frozenset(
        variable.id
        for variable in questionnaire.variables
        if variable.choices is not None
        and variable.choices.id == list_id
        and list_id in {choices.id for choices in choice_lists(variable.item)}
    )

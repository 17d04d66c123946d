"""What an author changed in the form of a question, written on the question as it is now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from labqvt.instruments.editor.parts import item_or_gone, row_or_gone
from labqvt.instruments.editor.question_form import SEVERAL
from labqvt_forms import (
    Choice,
    ChoiceList,
    Formula,
    Item,
    ModelError,
    Questionnaire,
    Role,
    Row,
    Rows,
    Text,
    editing,
)
from labqvt_forms.editing.choices import with_choice_list
from labqvt_forms.editing.naming import new_code, new_row_id, taken_ids
from labqvt_forms.editing.parts import with_item
from labqvt_forms.editing.texts import MESSAGE
from labqvt_forms.items import YES_NO, choice_lists
from labqvt_forms.questionnaire import variables_of
from labqvt_forms.spots import Spot

Values = Mapping[str, Any]
_NOT_OPTIONS: Final = frozenset({"label", "hint", "scale", "everywhere"})
_NUMBERS: Final = frozenset({"least", "most", "longest"})
_RULE: Final = frozenset({"rule", "rule_message"})


def written(form: Questionnaire, item_id: str, changed: Values, *, everywhere: bool) -> Questionnaire:
    """Write each changed field; what was not touched stays as it is now."""
    item = item_or_gone(form, item_id)
    taken = taken_ids(form)
    form = with_item(
        form, item_id, lambda each: _texts(_rows(each, changed, form.language, taken), changed, form.language)
    )
    options = _options(item, changed)
    if options:
        form = editing.set_options(form, item_id, **options)
    for number in range(len(choice_lists(item))):
        form = _choices(form, item_id, number, changed, everywhere=everywhere)
    if "calculation" in changed:
        form = editing.set_calculation(form, item_id, _formula(changed["calculation"]))
    if _RULE & changed.keys():
        form = _ruled(form, item_id, changed)
    if "scale" in changed and changed["scale"] != SEVERAL:
        form = _counted(form, item_id, changed["scale"])
    return form


def _ruled(form: Questionnaire, item_id: str, changed: Values) -> Questionnaire:
    if "rule" in changed:
        form = editing.set_validation(form, item_id, _formula(changed["rule"]))
    if "rule_message" in changed and getattr(item_or_gone(form, item_id), "validation", None):
        words = " ".join(changed["rule_message"].split())
        form = editing.set_text(form, Spot.item(item_id), MESSAGE, words, form.language)
    return form


def _formula(text: str) -> Formula | None:
    return Formula(text) if text else None


def _texts(item: Item, changed: Values, language: str) -> Item:
    texts = {
        name: Text.of({**dict(getattr(item, name)), language: " ".join(words.split()) if name != "label" else words.strip()})
        for name, words in changed.items()
        if isinstance(getattr(item, name, None), Text)
    }  # fmt: skip
    changed_item: Item = replace(item, **texts)  # type: ignore[arg-type]  # names of texts of this very item
    return changed_item if texts else item


def _options(item: Item, changed: Values) -> dict[str, Any]:
    known = editing.options_of(item)
    options = {name: value for name, value in changed.items() if name in known and name not in _NOT_OPTIONS}
    return {
        name: None if name in _NUMBERS and value in (None, "") else value for name, value in options.items()
    }


def _rows(item: Item, changed: Values, language: str, taken: set[str]) -> Item:
    if not isinstance(item, Rows):
        return item
    rows = [_row(row, changed, language) for row in item.rows]
    for words in changed.get("row.new", []):
        row_id = new_row_id(item, taken)
        taken |= {row_id, f"{row_id}_1", f"{row_id}_2"}
        rows.append(Row(id=row_id, label=Text.of({language: words})))
    changed_item: Item = replace(item, rows=tuple(rows))
    return item if tuple(rows) == item.rows else changed_item


def _row(row: Row, changed: Values, language: str) -> Row:
    words = changed.get(f"row.{row.id}.label")
    if words is not None:
        row = replace(row, label=Text.of({**dict(row.label), language: words.strip()}))
    return replace(row, reverse=changed.get(f"row.{row.id}.reverse", row.reverse))


def _choices(
    form: Questionnaire, item_id: str, number: int, changed: Values, *, everywhere: bool
) -> Questionnaire:
    before = choice_lists(item_or_gone(form, item_id))[number]
    choices = [
        _choice(choice, f"choice.{number}.{choice.code}", changed, form.language) for choice in before.choices
    ]
    for words in changed.get(f"choice.{number}.new", []):
        code = new_code(ChoiceList(before.id, tuple(choices)))
        rank = max((at for at, c in enumerate(choices, 1) if c.role is Role.ANSWER), default=0)
        choices.insert(rank, Choice(code, Text.of({form.language: words})))
    if tuple(choices) == before.choices:
        return form
    form, name = own_or_shared(form, item_id, number, everywhere=everywhere)
    return with_choice_list(form, ChoiceList(name, tuple(choices)))


def _choice(choice: Choice, stem: str, changed: Values, language: str) -> Choice:
    words = changed.get(f"{stem}.label")
    label = choice.label if words is None else Text.of({**dict(choice.label), language: words.strip()})
    return replace(
        choice,
        label=label,
        value=changed.get(f"{stem}.value", choice.value),
        role=Role(changed.get(f"{stem}.role", choice.role.value)),
        exclusive=changed.get(f"{stem}.exclusive", choice.exclusive),
    )


def own_or_shared(
    form: Questionnaire, item_id: str, number: int, *, everywhere: bool
) -> tuple[Questionnaire, str]:
    """The list to write in: the one others use too when asked for, else the question's own."""
    name = choice_lists(item_or_gone(form, item_id))[number].id
    users = editing.users_of_list(form, name)
    if name != YES_NO.id and (everywhere or len(users) == 1):
        return form, name
    form = editing.own_list(form, item_id, name)
    return form, choice_lists(item_or_gone(form, item_id))[number].id


def _counted(form: Questionnaire, item_id: str, scale_id: str) -> Questionnaire:
    """Count every sentence of the question in this score and in no other."""
    for variable in variables_of(item_or_gone(form, item_id)):
        if not editing.scorable(variable):
            continue
        for scale in form.scales:
            if variable.id in scale.items and scale.id != scale_id:
                form = editing.take_out_of_scale(form, scale.id, variable.id)
        if scale_id and variable.id not in next(s.items for s in form.scales if s.id == scale_id):
            form = editing.put_in_scale(form, scale_id, variable.id)
    return form


# Acts on one line of the form


def done(form: Questionnaire, item_id: str, what: str, *, everywhere: bool, sure: bool) -> Questionnaire:
    """``row.up:ID``, ``row.remove:ID``, ``choice.down:0:CODE``… on the question as it is now."""
    act, _colon, rest = what.partition(":")
    if act.startswith("row."):
        row_or_gone(form, item_id, rest)
        item = item_or_gone(form, item_id)
        assert isinstance(item, Rows)
        rank = [row.id for row in item.rows].index(rest)
        if act == "row.remove":
            return editing.remove_row(form, item_id, rest, with_dependants=sure)
        return editing.move_row(form, item_id, rest, _bounded(rank, act, len(item.rows)))
    number, _colon, code = rest.partition(":")
    lists = choice_lists(item_or_gone(form, item_id))
    if (
        not number.isdecimal()
        or int(number) >= len(lists)
        or code not in [c.code for c in lists[int(number)].choices]
    ):
        raise ModelError("Cette réponse n’existe plus : elle a été retirée entre-temps.")
    form, name = own_or_shared(form, item_id, int(number), everywhere=everywhere)
    if act == "choice.remove":
        return editing.remove_choice(form, name, code, with_dependants=sure)
    choices = choice_lists(item_or_gone(form, item_id))[int(number)].choices
    rank = [choice.code for choice in choices].index(code)
    return editing.move_choice(form, name, code, _bounded(rank, act, len(choices)))


def _bounded(rank: int, act: str, size: int) -> int:
    return min(max(rank + (1 if act.endswith("down") else -1), 0), size - 1)

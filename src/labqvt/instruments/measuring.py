"""From the questionnaire people read to the instrument ``labqvt_stats`` computes with. No Django here."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from labqvt_forms import Block, Kind, Questionnaire, Rating, Role, SingleChoice, Variable
from labqvt_forms import Scale as FormScale
from labqvt_forms.answers import OTHER
from labqvt_forms.items import YES_NO
from labqvt_stats import Answers, Instrument, Item, Scale

_ORDERED = (Block, Rating)
LEAST_ROWS: Final = 3


def instrument_of(form: Questionnaire, language: str = "fr") -> Instrument:
    """Keep what can be counted: closed questions with one answer, and the scales they form.

    A question outside any scale is ordered when it is a row of a block, a rating, or our own yes or no; any
    other list of choices (a profession, a site) is nominal: counted, never averaged.
    """
    form = with_themes(form)
    scored = {item for scale in form.scales for item in scale.items}
    items = tuple(
        _item(variable, form, language, ordered=variable.id in scored or _has_a_sense(variable))
        for variable in form.answer_variables
        if _is_counted(variable)
    )
    counted = {item.id for item in items}
    scales = tuple(
        Scale(
            id=scale.id,
            label=scale.label.pick(language) or scale.id,
            items=tuple(item for item in scale.items if item in counted),
            missing_rule=scale.missing_rule,
        )
        for scale in form.scales
        if any(item in counted for item in scale.items)
    )
    return Instrument(items, scales)


def with_themes(form: Questionnaire) -> Questionnaire:
    """The questionnaire itself, or, when it declares no scale at all, one per page of statements.

    LimeSurvey has no scales: rows of a block answered on one ordered list are then read as one theme. The
    diagnosis says so (``assumed_scales``).
    """
    if form.scales:
        return form
    blocks = [(group, item) for group in form.groups for item in group.items if isinstance(item, Block)]
    scales = tuple(
        FormScale(id=item.id, label=group.title or item.label, items=tuple(row.id for row in item.rows))
        for group, item in blocks
        if len(item.rows) >= LEAST_ROWS
    )
    return replace(form, scales=scales)


def answers_of(instrument: Instrument, sheets: Sequence[Mapping[str, object]]) -> Answers:
    """Turn sheets (one mapping item → code per person) into a matrix; what is not a code is no answer.

    A sheet holds what the intake accepted; « je préfère ne pas répondre », blanks and free words have no
    place in a count, hence the silence about them here.
    """
    columns = {item.id: [_code(sheet.get(item.id), item) for sheet in sheets] for item in instrument.items}
    return Answers.from_codes(instrument, columns)


def answers_of_columns(instrument: Instrument, columns: Mapping[str, Sequence[object]]) -> Answers:
    """The same from a table of columns, as ``labqvt_forms.answers`` reads files."""
    return Answers.from_codes(
        instrument, {i.id: [_code(cell, i) for cell in columns[i.id]] for i in instrument.items}
    )


def _code(value: object, item: Item) -> str | None:
    return value if isinstance(value, str) and value in item.codes else None


def _has_a_sense(variable: Variable) -> bool:
    """Whether some answers are better news than others, as the author knows.

    Our yes or no says so, and may be reversed; one read from a foreign file never said that yes is good.
    """
    return isinstance(variable.item, _ORDERED) or (variable.choices == YES_NO and not variable.profile)


def _is_counted(variable: Variable) -> bool:
    return variable.choices is not None and variable.kind not in (Kind.MULTIPLE, Kind.RANKING)


def _item(variable: Variable, form: Questionnaire, language: str, *, ordered: bool) -> Item:
    assert variable.choices is not None
    codes = [choice.code for choice in variable.choices.choices if choice.role is not Role.DECLINES]
    if isinstance(variable.item, SingleChoice) and variable.item.other:
        codes.append(OTHER)  # an answer, whatever its words, which nobody counts
    worth = variable.choices.values()
    scale = form.scale_of(variable.id)
    return Item(
        id=variable.id,
        label=variable.label.pick(language) or variable.id,
        codes=tuple(codes),
        # « Sans objet » is an answer without worth: it is counted apart and never averaged.
        values=tuple(worth.get(code, math.nan) for code in codes) if ordered and worth else None,
        reverse=variable.reverse,
        scale=scale.id if scale else None,
        classes={code: opinion.value for code, opinion in variable.opinions().items()} if ordered else {},
    )

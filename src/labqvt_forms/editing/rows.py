"""Rows of a block, of several numbers or of several texts."""

from __future__ import annotations

from dataclasses import replace

from labqvt_forms.editing.dependants import released
from labqvt_forms.editing.naming import new_row_id, taken_ids
from labqvt_forms.editing.parts import inserted, moved, with_row, with_rows
from labqvt_forms.errors import ModelError
from labqvt_forms.items import Row
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import Spot, row_at, rows_at
from labqvt_forms.text import NO_TEXT, Text


def add_row(
    questionnaire: Questionnaire, item_id: str, label: Text = NO_TEXT, *, at: int | None = None
) -> Questionnaire:
    """Add a row, last unless ``at`` says its place; its id is made from the question’s."""
    item = rows_at(questionnaire, item_id)
    row = Row(id=new_row_id(item, taken_ids(questionnaire)), label=label)
    return with_rows(questionnaire, item, inserted(item.rows, row, at))


def move_row(questionnaire: Questionnaire, item_id: str, row_id: str, to: int) -> Questionnaire:
    item = rows_at(questionnaire, item_id)
    rank = item.rows.index(row_at(questionnaire, item_id, row_id))
    if not 0 <= to < len(item.rows):
        raise ModelError(f"La place {to + 1} n’existe pas : il y a {len(item.rows)} ligne(s).")
    return with_rows(questionnaire, item, moved(item.rows, rank, to))


def remove_row(
    questionnaire: Questionnaire, item_id: str, row_id: str, *, with_dependants: bool = False
) -> Questionnaire:
    """Remove a row; refuse the last one, and while conditions or scales use it unless ``with_dependants``."""
    if len(rows_at(questionnaire, item_id).rows) == 1:
        raise ModelError("Il faut au moins une ligne : retirez plutôt la question entière.")
    freed = released(questionnaire, Spot.row(item_id, row_id), with_dependants=with_dependants)
    item = rows_at(freed, item_id)
    return with_rows(freed, item, tuple(row for row in item.rows if row.id != row_id))


def set_row_reverse(questionnaire: Questionnaire, item_id: str, row_id: str, reverse: bool) -> Questionnaire:
    """Say whether agreeing with this row is unfavourable."""
    return with_row(questionnaire, item_id, row_id, lambda row: replace(row, reverse=reverse))

"""What a codebook has no place for, kept in a ``notes type="labqvt"`` that other tools show and ignore.

A JSON object in the note of what it completes. For an item (its ``var`` or ``varGrp``): ``kind``, ``lists`` (names
of its choice lists), ``choices`` (by list and code), ``fields``; for a line of a block (its first ``var``):
``row``; for a group: ``fields`` and ``order``; for a scale and for the questionnaire: ``fields``.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree.ElementTree import Element

from labqvt_forms.errors import Place, QuestionnaireError
from labqvt_forms.formats.ddi.tree import add, escaped_json
from labqvt_forms.formats.extension import Told, as_json, told_by_json

TYPE = "labqvt"
_SHAPES: dict[str, type] = {
    "kind": str, "lists": list, "choices": dict, "fields": dict, "row": dict, "order": list,
}  # fmt: skip


def told_by(element: Element) -> Told:
    """Return what our note says beside an element; a damaged one is refused by name."""
    for note in element.iterfind("notes"):
        if note.get("type") == TYPE:
            return _opened("".join(note.itertext()), element)
    return {}


def _opened(written: str, element: Element) -> Told:
    told = told_by_json(written, _SHAPES)
    if told is None:
        about = element.get("name") or element.get("ID") or element.tag
        raise QuestionnaireError("note « labqvt » abîmée : videz-la.", Place(key=about))
    if any(not isinstance(part, dict) for part in told.get("choices", {}).values()):
        raise QuestionnaireError("note « labqvt » abîmée : videz-la.", Place(key="choices"))
    return told


def tell(element: Element, **told: Any) -> bool:
    """Complete our note beside an element, which is its last child as the schema wants; say if there was need."""
    added = {name: part for name, part in told.items() if part}
    if not added:
        return False
    note = next((note for note in element.iterfind("notes") if note.get("type") == TYPE), None)
    before = json.loads(note.text or "{}") if note is not None else {}
    if note is None:
        note = add(element, "notes", type=TYPE)
    note.text = escaped_json(as_json({**before, **added}))
    return True

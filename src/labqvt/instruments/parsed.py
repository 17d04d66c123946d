"""Drafts already read: an editor reads the same draft at each act, and a long one takes a tenth of a second."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Any, Final

from labqvt_forms import Questionnaire as Form
from labqvt_forms.formats import json_form

Key = tuple[str, int, datetime]
KEPT: Final = 32
_forms: "OrderedDict[Key, Form]" = OrderedDict()
_lock = Lock()


def form_of_draft(version: Any) -> Form:
    """The questionnaire of a draft; every change of a draft changes its step and its hour, hence the key."""
    with _lock:
        form = _forms.get(_key(version))
    if form is None:
        form = json_form.from_json(version.content)
        remember(version, form)
    return form


def remember(version: Any, form: Form) -> None:
    """Keep what a draft says now, known because it was just written."""
    with _lock:
        _forms[_key(version)] = form
        _forms.move_to_end(_key(version))
        while len(_forms) > KEPT:
            _forms.popitem(last=False)


def _key(version: Any) -> Key:
    return version.public_id, version.step, version.changed_at

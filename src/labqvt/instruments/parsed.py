"""Drafts already read: an editor reads the same draft at each act, and a long one takes a tenth of a second."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock
from typing import Any, Final

from labqvt_forms import Questionnaire as Form
from labqvt_forms.formats import json_form

Key = tuple[str, int, datetime]
KEPT: Final = 64
_forms: "OrderedDict[Key, Form]" = OrderedDict()
_lock = Lock()


def form_of_draft(version: Any) -> Form:
    """The questionnaire of a draft; every change of a draft changes its step and its hour, hence the key."""
    return _form((version.public_id, version.step, version.changed_at), version)


def form_of_step(version: Any, step: Any) -> Form:
    """The questionnaire as it was after one act."""
    return _form((f"{version.public_id}#", step.number, step.at), step)


def remember(version: Any, form: Form) -> None:
    """Keep what a draft says now, known because it was just written."""
    _keep((version.public_id, version.step, version.changed_at), form)


def remember_step(version: Any, step: Any, form: Form) -> None:
    _keep((f"{version.public_id}#", step.number, step.at), form)


def _form(key: Key, kept: Any) -> Form:
    with _lock:
        form = _forms.get(key)
    if form is None:
        form = json_form.from_json(kept.content)
        _keep(key, form)
    return form


def _keep(key: Key, form: Form) -> None:
    with _lock:
        _forms[key] = form
        _forms.move_to_end(key)
        while len(_forms) > KEPT:
            _forms.popitem(last=False)

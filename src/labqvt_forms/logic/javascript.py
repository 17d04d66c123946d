"""Print a formula for the phone.

A page under a strict content policy may not evaluate code, so what is printed is data: nested arrays
(valid JSON) that ``runtime.js`` walks: ``["and",["=",["$","age"],3],["selected",["$","m"],"cdi"]]``.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Negative, Node, Operation


def to_javascript(node: Node) -> str:
    """Return the formula as a JavaScript array, safe inside an HTML attribute once escaped."""
    return json.dumps(_array(node), ensure_ascii=False, separators=(",", ":"))


@cache
def runtime() -> str:
    """Return the module that evaluates what ``to_javascript`` prints: ``evaluate(tree, answers, …)``."""
    return (files("labqvt_forms.logic") / "runtime.js").read_text(encoding="utf-8")


def _array(node: Node) -> Any:
    match node:
        case Literal(value):
            whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e15
            return int(value) if whole else value
        case Answer(id_):
            return ["$", id_]
        case Itself():
            return ["."]
        case Negative(operand):
            return ["neg", _array(operand)]
        case Operation(operator, left, right):
            return [operator, _array(left), _array(right)]
        case Call(name, arguments):
            return [name, *map(_array, arguments)]

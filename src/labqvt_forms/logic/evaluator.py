"""Work out a formula on the server; ``runtime.js`` does the same on the phone."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from labqvt_forms.logic.numbers import date_of, number_of, text_of
from labqvt_forms.logic.tree import Answer, Call, Itself, Literal, Negative, Node, Operation

Value = str | float | bool


@dataclass(frozen=True, slots=True)
class Context:
    """What a formula may read. Answers that are not text (None, DECLINED) are blank."""

    answers: Mapping[str, object] = field(default_factory=dict)
    itself: str = ""
    today: dt.date = dt.date(1970, 1, 1)
    scores: Mapping[str, float | None] = field(default_factory=dict)


def evaluate(node: Node, context: Context) -> Value:
    """Return the value of a formula."""
    match node:
        case Literal(value):
            return value
        case Answer(id_):
            answer = context.answers.get(id_)
            return answer if isinstance(answer, str) else ""
        case Itself():
            return context.itself
        case Negative(operand):
            return -as_number(evaluate(operand, context))
        case Operation(operator, left, right):
            return _operation(operator, left, right, context)
        case Call(name, arguments):
            return _call(name, arguments, context)


def holds(node: Node, context: Context) -> bool:
    """Say whether a condition is true."""
    return as_truth(evaluate(node, context))


def as_number(value: Value) -> float:
    if isinstance(value, str):
        return number_of(value)
    return float(value)


def as_text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else text_of(value)


def as_truth(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value != ""
    return value != 0 and not math.isnan(value)


def _operation(operator: str, left: Node, right: Node, context: Context) -> Value:
    first = evaluate(left, context)
    if operator == "and":
        return as_truth(first) and as_truth(evaluate(right, context))
    if operator == "or":
        return as_truth(first) or as_truth(evaluate(right, context))
    second = evaluate(right, context)
    if operator == "=":
        return _same(first, second)
    if operator == "!=":
        return not _same(first, second)
    return _NUMERIC[operator](as_number(first), as_number(second))


def _same(first: Value, second: Value) -> bool:
    """Compare as truths if one is a truth, else as numbers if one is a number, else as texts."""
    if isinstance(first, bool) or isinstance(second, bool):
        return as_truth(first) == as_truth(second)
    if isinstance(first, float) or isinstance(second, float):
        return as_number(first) == as_number(second)
    return first == second


def _divide(dividend: float, divisor: float) -> float:
    if divisor != 0:
        return dividend / divisor
    if dividend == 0 or math.isnan(dividend):
        return math.nan
    return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)


def _remainder(dividend: float, divisor: float) -> float:
    return math.nan if divisor == 0 or math.isinf(dividend) else math.fmod(dividend, divisor)


_NUMERIC: dict[str, Callable[[float, float], Value]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "div": _divide,
    "mod": _remainder,
}


def _call(name: str, arguments: tuple[Node, ...], context: Context) -> Value:
    match name:
        case "if":
            chosen = arguments[1] if holds(arguments[0], context) else arguments[2]
            return evaluate(chosen, context)
        case "today":
            return context.today.isoformat()
        case "score":
            score = context.scores.get(as_text(evaluate(arguments[0], context)))
            return "" if score is None else score
        case _:
            return _FUNCTIONS[name](*(evaluate(argument, context) for argument in arguments))


def _words(value: Value) -> list[str]:
    return [word for word in re.split(r"[ \t\r\n]+", as_text(value)) if word]


def _round(value: Value, places: Value = 0.0) -> float:
    number, figures = as_number(value), as_number(places)
    if not math.isfinite(number):
        return number
    if not -1 < figures < 13:
        return math.nan
    unit = 10.0 ** math.trunc(figures)
    scaled = number * unit + 0.5
    return math.floor(scaled) / unit if math.isfinite(scaled) else number


def _extreme(values: tuple[Value, ...], choose: Callable[[list[float]], float]) -> float:
    numbers = [as_number(value) for value in values]
    # Adding zero makes -0 a 0, as the phone does.
    return math.nan if any(map(math.isnan, numbers)) else choose(numbers) + 0.0


def _int(value: Value) -> float:
    number = as_number(value)
    return float(math.trunc(number)) + 0.0 if math.isfinite(number) else number


def _sum(*values: Value) -> float:
    total = 0.0
    for value in values:
        if value != "":
            total += as_number(value)
    return total


def _regex(value: Value, pattern: Value) -> bool:
    """Say whether the whole text matches; a pattern that is not one never does."""
    try:
        return re.fullmatch(as_text(pattern), as_text(value), re.ASCII) is not None
    except (re.error, RecursionError, OverflowError):
        return False


def _date(value: Value) -> str:
    date = date_of(as_number(value))
    return date.isoformat() if date else ""


def _format_date(value: Value, shape: Value) -> str:
    date = date_of(as_number(value))
    if date is None:
        return ""
    parts = {
        "Y": f"{date.year:04d}",
        "m": f"{date.month:02d}",
        "n": str(date.month),
        "d": f"{date.day:02d}",
        "e": str(date.day),
    }
    return re.sub(r"%([Ymnde])", lambda match: parts[match[1]], as_text(shape))


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "true": lambda: True,
    "false": lambda: False,
    "not": lambda value: not as_truth(value),
    "coalesce": lambda first, second: first if as_text(first) else second,
    "selected": lambda value, code: as_text(code) in _words(value),
    "count-selected": lambda value: float(len(_words(value))),
    "count-non-empty": lambda *values: float(sum(as_text(value) != "" for value in values)),
    "sum": _sum,
    "min": lambda *values: _extreme(values, min),
    "max": lambda *values: _extreme(values, max),
    "concat": lambda *values: "".join(map(as_text, values)),
    "number": as_number,
    "string": as_text,
    "int": _int,
    "abs": lambda value: abs(as_number(value)),
    "round": _round,
    "string-length": lambda value: float(len(as_text(value))),
    "contains": lambda value, part: as_text(part) in as_text(value),
    "starts-with": lambda value, start: as_text(value).startswith(as_text(start)),
    "ends-with": lambda value, end: as_text(value).endswith(as_text(end)),
    "regex": _regex,
    "date": _date,
    "format-date": _format_date,
}

"""« On pourrait reconnaître quelqu’un » : names, dates, roles and addresses in a free answer, by local rules.

It advises the person who writes, and never blocks. The rules are data, shared with the browser.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from labqvt.instruments.asking import Answer
from labqvt.instruments.free_texts import text_in, text_keys
from labqvt_forms import Questionnaire


@cache
def patterns() -> tuple[str, ...]:
    """The rules as regular expressions that Python and JavaScript read alike."""
    return tuple(_rules().values())


@cache
def _rules() -> dict[str, str]:
    rules = json.loads(Path(__file__).with_name("recognisable.json").read_text(encoding="utf-8"))
    return {name: _filled(pattern, rules["lists"]) for name, pattern in rules["patterns"].items()}


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _rules().items())


def places_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and rule of each stretch that could tell who."""
    for name, pattern in _compiled():
        for match in pattern.finditer(text):
            yield *match.span(1), name


def recognised_in(text: str) -> list[str]:
    """The words of a text that could tell who, each once."""
    found = [text[start:end].strip() for start, end, _name in places_in(text)]
    return list(dict.fromkeys(found))


def asks_for_words(form: Questionnaire) -> bool:
    return bool(text_keys(form))


def recognised_among(form: Questionnaire, answers: Mapping[str, Answer]) -> list[list[str]]:
    """For each text where someone could be recognised, the words that could tell who."""
    found = [recognised_in(text_in(form, key, answers)) for key in text_keys(form)]
    return [words for words in found if words]

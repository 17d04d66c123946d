"""« On pourrait reconnaître quelqu’un » : names, dates, roles and addresses in a free answer, by local rules.

It advises the person who writes, and never blocks. The rules are data, shared with the browser.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from labqvt.instruments.asking import Answer
from labqvt.instruments.free_texts import text_in, text_keys
from labqvt_forms import Questionnaire


@cache
def patterns() -> tuple[str, ...]:
    """The rules as regular expressions that Python and JavaScript read alike."""
    rules = json.loads(Path(__file__).with_name("recognisable.json").read_text(encoding="utf-8"))
    return tuple(_filled(pattern, rules["lists"]) for pattern in rules["patterns"].values())


def _filled(pattern: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    return pattern


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns())


def recognised_in(text: str) -> list[str]:
    """The words of a text that could tell who, each once."""
    found = [match[1].strip() for pattern in _compiled() for match in pattern.finditer(text)]
    return list(dict.fromkeys(found))


def asks_for_words(form: Questionnaire) -> bool:
    return bool(text_keys(form))


def recognised_among(form: Questionnaire, answers: Mapping[str, Answer]) -> list[list[str]]:
    """For each text where someone could be recognised, the words that could tell who."""
    found = [recognised_in(text_in(form, key, answers)) for key in text_keys(form)]
    return [words for words in found if words]

"""« On pourrait reconnaître quelqu’un » : names, dates, roles and addresses in a free answer, by local rules.

It advises the person who writes, and never blocks. The rules are data, shared with the browser.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from labqvt.instruments.asking import Answer, is_declined, pages_of
from labqvt_forms import FreeText, FreeTexts, Questionnaire
from labqvt_forms.questionnaire import variables_of


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
    return any(isinstance(item, FreeText | FreeTexts) for item in form.items)


def recognised_by_page(
    form: Questionnaire, answers: Mapping[str, Answer]
) -> list[tuple[int, str, list[str]]]:
    """For each free answer where someone could be recognised: its page, its question, the words."""
    found = []
    for number, group in enumerate(pages_of(form), start=1):
        for variable in (variable for item in group.items for variable in variables_of(item)):
            answer = answers.get(variable.id)
            if not isinstance(variable.item, FreeText | FreeTexts) or not isinstance(answer, str):
                continue
            words = [] if is_declined(form, variable.id, answer) else recognised_in(answer)
            if words:
                found.append((number, variable.id, words))
    return found

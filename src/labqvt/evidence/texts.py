"""Free texts on their way out of the sheets. Pure: rows in, texts out, in an order that no two questions share."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from labqvt.evidence.displays import DIRECTION, Sheet
from labqvt.instruments.free_texts import text_in
from labqvt_forms import Questionnaire


def taken_out(
    sheets: Sequence[Sheet], form: Questionnaire, plan: Mapping[str, Any] | None
) -> dict[str, list[str]]:
    """The texts to keep, per question, each question shuffled on its own; nothing never says why.

    The direction is left out: alone or nearly, it would be recognised. A question that too few people wrote to
    could show nothing: it is not read either.
    """
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    if plan is None or len(employees) < plan["from"]:
        return {}
    written = {
        question: [text for sheet in employees if (text := text_in(form, question, sheet.answers))]
        for question in plan["questions"]
    }
    return {
        question: shuffled(texts) for question, texts in written.items() if len(texts) >= plan["shown_from"]
    }


def shuffled(texts: Sequence[str]) -> list[str]:
    """The same texts, in an order drawn from the system’s own chance."""
    dealt = list(texts)
    secrets.SystemRandom().shuffle(dealt)
    return dealt

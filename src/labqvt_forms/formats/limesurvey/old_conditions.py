"""The table ``conditions`` of LimeSurvey before relevance formulas, as the formulas it stands for."""

from __future__ import annotations

from collections import defaultdict

from labqvt_forms.formats.limesurvey.tables import LimeQuestion

Row = dict[str, str]
METHODS = frozenset({"==", "!=", "<", "<=", ">", ">="})


def relevance_of(rows: list[Row], questions: dict[str, LimeQuestion]) -> str:
    """Return the formula of the conditions of one question; empty when one of them cannot be said.

    Scenarios are alternatives. In a scenario, values wanted of one answer are alternatives too, and the
    answers must all suit.
    """
    scenarios: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        name = _name(row.get("cfieldname", ""), questions.get(row.get("cqid", "")), row.get("cqid", ""))
        comparison = _comparison(name, row.get("method", "").strip(), row.get("value", ""))
        if not comparison:
            return ""
        scenarios[row.get("scenario", "1")][name].append(comparison)
    alternatives = [
        " && ".join(f"({' || '.join(wanted)})" for wanted in answers.values())
        for answers in scenarios.values()
    ]
    return " || ".join(f"({alternative})" for alternative in alternatives)


def _comparison(name: str, method: str, value: str) -> str:
    if not name:
        return ""
    if method == "" or (value.strip() == "" and method == "=="):
        return f"is_empty({name}.NAOK)"
    if method not in METHODS or value.startswith(("@", "{")) or '"' in value:
        return ""
    return f'{name}.NAOK {method} "{value}"' if method in ("==", "!=") else f"{name}.NAOK {method} {value}"


def _name(field: str, question: LimeQuestion | None, qid: str) -> str:
    """Turn ``42X7X13SQ1`` (survey, group, question, then row) into ``Q1_SQ1``."""
    parts = field.removeprefix("+").split("X", 2)
    if question is None or len(parts) != 3 or not parts[2].startswith(qid):
        return ""
    row = parts[2].removeprefix(qid).replace("#", "_")
    return f"{question.code}_{row}" if row else question.code

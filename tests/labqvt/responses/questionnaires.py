"""Questionnaires and answers drawn at random, as people meet them on ``/r/``."""

import random
from pathlib import Path
from typing import Any

from labqvt.instruments import answerable
from labqvt.instruments.asking import Answer, Answers, declining_code
from labqvt_forms import Date, Kind, MultipleChoice, Number, Numbers, Questionnaire, Variable
from labqvt_forms.formats import json_form

_PACKS = Path(answerable.__file__).parent / "packs"
_WORDS = ("oui", "Sophie m’a dit", "12", "a b  c", "é\n&=%", "-98 ", "😀 « là »")


def shipped() -> list[Questionnaire]:
    """Every questionnaire of the house that ``/r/`` can ask."""
    forms = [
        json_form.loads(path.read_text(encoding="utf-8"))
        for path in sorted(_PACKS.glob("*.json"))
        if not path.name.endswith(".pack.json")
    ]
    return [form for form in forms if not answerable.unanswerable(form)]


def drawn(draw: random.Random) -> Questionnaire:
    """One of random pages, with conditions on what came before."""
    ids: list[str] = []
    lists = [
        {"id": f"l{rank}", "choices": _choices(draw, draw.randint(2, 7))}
        for rank in range(draw.randint(1, 3))
    ]
    groups = []
    for page in range(draw.randint(1, 4)):
        items = []
        for _rank in range(draw.randint(1, 5)):
            item = _item(draw, f"Q{len(ids)}", lists, ids)
            ids.append(item["id"])
            items.append(item)
        group = {"id": f"g{page}", "title": {"fr": f"Page {page}"}, "items": items}
        earlier = ids[: -len(items)]
        groups.append(group | _condition(draw, earlier))
    document = {
        "schema": "labqvt/questionnaire/1", "id": "tire", "title": {"fr": "Tiré"}, "languages": ["fr"],
        "choice_lists": lists, "groups": groups,
    }  # fmt: skip
    return json_form.from_json(document)


def _choices(draw: random.Random, count: int) -> list[dict[str, Any]]:
    return [{"code": str(rank + 1), "label": {"fr": f"Réponse {rank + 1}"}} for rank in range(count)]


def _item(draw: random.Random, id_: str, lists: list[Any], ids: list[str]) -> dict[str, Any]:
    kind = draw.choice(["single", "multiple", "yes_no", "number", "text", "date", "rating", "note"])
    item: dict[str, Any] = {"kind": kind, "id": id_, "label": {"fr": f"Question {id_} ?"}}
    if kind in {"single", "multiple"}:
        item["choices"] = draw.choice(lists)["id"]
    return item | _condition(draw, ids)


def _condition(draw: random.Random, ids: list[str]) -> dict[str, str]:
    if not ids or draw.random() < 0.5:
        return {}
    first, second = draw.choice(ids), draw.choice(ids)
    return {
        "relevant": draw.choice(
            [
                f"${{{first}}} = '1'",
                f"${{{first}}} != ''",
                f"selected(${{{first}}}, '2')",
                f"${{{first}}} > 3 and ${{{second}}} != 'yes'",
                f"${{{first}}} = 'yes' or count-selected(${{{second}}}) > 1",
                f"string-length(${{{first}}}) > 2",
            ]
        )
    }


def answered(draw: random.Random, form: Questionnaire) -> Answers:
    """What a person may have given: some left blank, some declined."""
    answers: Answers = {}
    for variable in form.answer_variables:
        if draw.random() < 0.25:
            continue
        if draw.random() < 0.1:
            answers[variable.id] = declining_code(variable)
        elif answer := _answer(draw, variable):
            answers[variable.id] = answer
    return answers


def _answer(draw: random.Random, variable: Variable) -> Answer:
    item = variable.item
    if variable.choices is not None:
        declined = declining_code(variable)
        codes = [code for code in variable.choices.codes if code != declined]
        if variable.kind is Kind.MULTIPLE:
            assert isinstance(item, MultipleChoice)
            return [code for code in codes if draw.random() < 0.4][: item.most or len(codes)]
        return draw.choice(codes)
    if isinstance(item, Number | Numbers):
        return draw.choice(["0", "1", "4", "12.5", "100"])
    if isinstance(item, Date):
        return draw.choice(["2026-03-12", "1999-12-31"])
    return draw.choice(_WORDS).strip()

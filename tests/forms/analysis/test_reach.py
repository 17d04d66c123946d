"""What is called impossible against every possible answer, tried one by one."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

import pytest

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Date,
    Formula,
    FreeText,
    Group,
    Item,
    MultipleChoice,
    Number,
    Questionnaire,
    Row,
    SingleChoice,
    Variable,
    YesNo,
)
from labqvt_forms.analysis import Reach
from labqvt_forms.logic import Context, OutsideSubset, holds, print_xpath
from tests.forms.logic.expressions import random_node

LIST = ChoiceList("l", (Choice("a"), Choice("b"), Choice("c")))
BOXES = ChoiceList("m", (Choice("x"), Choice("y"), Choice("z", exclusive=True)))


def boxes(variable: Variable) -> Iterator[str]:
    item = variable.item
    assert isinstance(item, MultipleChoice)
    for size in range(1, 4):
        for codes in combinations(("x", "y", "z"), size):
            if "z" in codes and size > 1:
                continue
            if (item.least or 1) <= size <= (item.most or 3):
                yield " ".join(codes)


def answers(variable: Variable) -> list[str]:
    match variable.kind:
        case "single" | "yes_no":
            assert variable.choices is not None
            return ["", *(choice.code for choice in variable.choices.choices)]
        case "multiple":
            return ["", *boxes(variable)]
        case "number":
            return ["", "0", "1", "2", "3"]
        case _:
            return ["", "a", "b", "2", "zut"]


class Maker:
    """Small questionnaires whose every world can be listed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.texts = seed % 2 == 0

    def atom(self, ids: dict[str, str]) -> str:
        id_ = self.draw.choice(list(ids))
        answer, sign = f"${{{id_}}}", self.draw.choice(["=", "!=", "<", ">=", "=", "="])
        match ids[id_]:
            case "single":
                forms = [
                    f"{answer} {self.draw.choice(['=', '!='])} '{self.draw.choice('abcd')}'",
                    f"selected({answer}, '{self.draw.choice('ab')}')",
                    f"{answer} != ''",
                    f"contains({answer}, 'a')",
                ]
            case "yes_no":
                forms = [f"{answer} = '{self.draw.choice(['yes', 'no'])}'", f"{answer} = ''"]
            case "multiple":
                forms = [
                    f"selected({answer}, '{self.draw.choice('xyz')}')",
                    f"{answer} != ''",
                    f"count-selected({answer}) {sign} {self.draw.randint(0, 3)}",
                    f"{answer} = 'x'",
                    answer,
                ]
            case "number":
                forms = [
                    f"{answer} {sign} {self.draw.choice([-1, 0, 1, 1.5, 2, 3, 4])}",
                    f"{answer} + 1 > 3",
                    f"{answer} {sign} '{self.draw.randint(0, 3)}'",
                    f"{answer} = ''",
                ]
            case _:
                forms = [
                    f"{answer} = '{self.draw.choice('ab')}'",
                    f"{answer} > 1",
                    f"{answer} != '2'",
                    f"{answer} = ''",
                ]
        if len(ids) > 1 and self.draw.random() < 0.1:
            forms = [f"{answer} = ${{{self.draw.choice(list(ids))}}}"]
        return self.draw.choice(forms)  # fmt: skip

    def condition(self, ids: dict[str, str], depth: int = 2) -> str:
        if depth == 0 or self.draw.random() < 0.25:
            atom = self.atom(ids)
            return f"not({atom})" if self.draw.random() < 0.2 else atom
        left, right = self.condition(ids, depth - 1), self.condition(ids, depth - 1)
        return f"({left} {self.draw.choice(['and', 'and', 'or'])} {right})"

    def questionnaire(self) -> Questionnaire:
        groups: list[Group] = []
        ids: dict[str, str] = {}
        for number in range(2):
            relevant = Formula(self.condition(ids)) if ids and self.draw.random() < 0.5 else None
            items: list[Item] = []
            for rank in range(2):
                condition = Formula(self.condition(ids)) if ids and self.draw.random() < 0.7 else None
                item = self.item(f"q{number}{rank}", condition, ids)
                items.append(item)
            groups.append(Group(id=f"g{number}", relevant=relevant, items=tuple(items)))
        return Questionnaire(id="q", groups=tuple(groups))

    def item(self, id_: str, condition: Formula | None, ids: dict[str, str]) -> Item:
        kind = self.draw.choice(["single", "yes_no", "multiple", "number", "block"] + ["text"] * self.texts)
        common = {"id": id_, "relevant": condition}
        if kind == "block":
            own = Formula(self.condition(ids)) if ids and self.draw.random() < 0.3 else None
            rows = (Row(id=f"{id_}r", relevant=own),)
            ids[f"{id_}r"] = "single"
            return Block(**common, rows=rows, choices=LIST)  # type: ignore[arg-type] # a table of keywords
        ids[id_] = kind
        made = {
            "single": lambda: SingleChoice(**common, choices=LIST),  # type: ignore[arg-type] # idem
            "yes_no": lambda: YesNo(**common),  # type: ignore[arg-type] # idem
            "multiple": lambda: MultipleChoice(
                **common,  # type: ignore[arg-type] # idem
                choices=BOXES,
                least=self.draw.choice([None, 2]),
                most=self.draw.choice([None, None, 2]),
            ),
            "number": lambda: Number(**common, integer=True, least=0.0, most=3.0),  # type: ignore[arg-type] # idem
            "text": lambda: FreeText(**common),  # type: ignore[arg-type] # idem
        }
        item: Item = made[kind]()
        return item


def worlds(questionnaire: Questionnaire, shown: dict[str, tuple[Formula, ...]]) -> Iterator[Context]:
    """Yield every way of answering where nothing hidden has an answer."""
    variables = questionnaire.variables
    for values in product(*(answers(variable) for variable in variables)):
        given = dict(zip((variable.id for variable in variables), values, strict=True))
        context = Context(given)
        if all(value == "" or all_hold(shown[id_], context) for id_, value in given.items()):
            yield context


def all_hold(conditions: tuple[Formula, ...], context: Context) -> bool:
    return all(condition.tree is not None and holds(condition.tree, context) for condition in conditions)


def compared(seeds: range) -> Counter[str]:
    """Compare with enumeration; count what is hidden, and what of it was found."""
    found: Counter[str] = Counter()
    for seed in seeds:
        maker = Maker(seed)
        questionnaire = maker.questionnaire()
        reach = Reach(questionnaire)
        seen: set[str] = set()
        not_always: set[str] = set()
        for context in worlds(questionnaire, reach.shown):
            for id_, conditions in reach.shown.items():
                (seen if all_hold(conditions, context) else not_always).add(id_)
        assert not reach.hidden & seen, (seed, reach.hidden & seen)
        for id_, conditions in reach.shown.items():
            if conditions and all(reach.always(condition) for condition in conditions):
                assert id_ not in not_always, (seed, id_)
        if not maker.texts:
            found["hidden"] += len(set(reach.shown) - seen)
            found["found"] += len(reach.hidden)
    return found


@pytest.mark.thorough
def test_what_is_called_hidden_is_never_shown() -> None:
    found = compared(range(150))
    assert found["hidden"] > 40
    assert found["found"] >= 0.9 * found["hidden"]


@pytest.mark.long
def test_what_is_called_hidden_is_never_shown_at_length() -> None:
    found = compared(range(10_000, 13_000))
    assert found["found"] >= 0.9 * found["hidden"]


def test_a_monstrous_condition_is_given_up_quickly() -> None:
    monstrous = " and ".join(f"(${{s{n}}} = 'a' or ${{s{n}}} = 'b' or ${{s{n}}} = 'c')" for n in range(40))
    items = [SingleChoice(id=f"s{n}", choices=LIST) for n in range(40)]
    items.append(SingleChoice(id="last", choices=LIST, relevant=Formula(monstrous)))
    questionnaire = Questionnaire(id="q", groups=(Group(id="g", items=tuple(items)),))
    start = time.process_time()
    assert Reach(questionnaire).hidden == set()
    assert time.process_time() - start < 3


CODES = ChoiceList("codes", tuple(Choice(code) for code in ("a", "cdi", "cdd", "3")))


def drawn_answers(draw: random.Random) -> dict[str, str]:
    """Answers that each kind of question lets people give."""
    codes = [choice.code for choice in CODES.choices]
    number = draw.choice(["0", "3", "3.5", "9", "0.1", " 7 ", "007"])
    return {
        "a": draw.choice(["", *codes]),
        "b": " ".join(draw.sample(codes, draw.randint(0, 4))),
        "age": draw.choice(["", number]),
        "statut": draw.choice(["", *codes, "autre chose", "2024-02-29", "-2"]),
        "jour": draw.choice(["", "2024-02-29", "1969-12-31", "2020-01-01"]),
    }


@pytest.mark.thorough
def test_any_formula_of_the_subset_is_judged_soundly_and_quickly() -> None:
    """Every function, on answers of every kind: « never » is never true, « always » never false."""
    judged: Counter[str] = Counter()
    slowest = 0.0
    for seed in range(600):
        draw = random.Random(seed)
        try:
            condition = Formula(print_xpath(random_node(draw, 3)))
        except OutsideSubset:
            continue
        if condition.tree is None:
            continue
        items: tuple[Item, ...] = (
            SingleChoice(id="a", choices=CODES),
            MultipleChoice(id="b", choices=CODES),
            Number(id="age", least=0.0, most=9.0),
            FreeText(id="statut"),
            Date(id="jour"),
            FreeText(id="z", relevant=condition),
        )
        start = time.process_time()
        reach = Reach(Questionnaire(id="q", groups=(Group(id="g", items=items),)))
        never, always = "z" in reach.hidden, reach.always(condition)
        slowest = max(slowest, time.process_time() - start)
        judged += Counter(never=never, always=always)
        for _ in range(60):
            told = holds(condition.tree, Context(drawn_answers(draw)))
            assert not (never and told), (seed, condition.text)
            assert not (always and not told), (seed, condition.text)
    assert min(judged.values()) > 20
    # An idle machine takes a hundredth of it: what is refused is a search that grows.
    assert slowest < 1

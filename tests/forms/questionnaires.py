"""Random questionnaires: every kind of item and every field of the model, often."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Computed,
    Date,
    Determinant,
    DualBlock,
    FileUpload,
    Formula,
    FreeText,
    FreeTexts,
    Group,
    Item,
    LanguageChoice,
    MultipleChoice,
    Nature,
    Note,
    Number,
    Numbers,
    Opinion,
    Precision,
    Question,
    Questionnaire,
    Quota,
    Ranking,
    Rating,
    Required,
    Role,
    Row,
    Scale,
    SingleChoice,
    Text,
    Validation,
    YesNo,
    only_group,
    only_question,
)
from labqvt_forms.logic import print_xpath
from labqvt_forms.logic.tree import LOGICAL, Operation
from labqvt_forms.questionnaire import variables_of
from tests.forms.logic.expressions import IDS, random_node

WORDS = [
    "travail",
    "équipe",
    "écouté",
    "d’accord",
    "œuvre",
    "«",
    "cadre",
    "»",
    "50",
    "%",
    "?",
    "ça-va",
    "<3",
    "&",
    "co",
    "中文",
    "l'an",
    '"dit"',
    "naïf",
]


class Maker:
    """Draws questionnaires from a seed. ``letters`` keeps ids to what LimeSurvey takes."""

    def __init__(self, seed: int, *, languages: tuple[str, ...] = ("fr", "en")) -> None:
        self.draw = random.Random(seed)
        self.languages = languages[: self.draw.randint(1, len(languages))]
        self.count = 0
        self.asked: list[str] = []
        self.lists = [self.choice_list(number) for number in range(1, 4)]

    def yes(self, chance: float = 0.3) -> bool:
        return self.draw.random() < chance

    def text(self, chance: float = 1.0) -> Text:
        if not self.yes(chance):
            return Text()
        return Text.of(
            {lang: " ".join(self.draw.choices(WORDS, k=self.draw.randint(1, 5))) for lang in self.languages}
        )

    def name(self, stem: str) -> str:
        self.count += 1
        return f"{stem}{self.count}"

    def choice_list(self, number: int) -> ChoiceList:
        numeric = self.yes(0.5)
        size = self.draw.randint(2, 6)
        valued = self.yes(0.2)
        choices = [
            Choice(
                str(rank) if numeric else f"A{rank}",
                self.text(),
                value=float(self.draw.randint(1, 9)) if valued else None,
                opinion=self.draw.choice(list(Opinion)) if self.yes(0.1) else None,
                exclusive=self.yes(0.1),
            )
            for rank in range(1, size + 1)
        ]
        if self.yes():
            declining = (
                Text.of({"fr": "Je préfère ne pas répondre"}) if self.languages == ("fr",) else self.text()
            )
            choices.append(Choice("99", declining, role=self.draw.choice([Role.DECLINES, Role.ASIDE])))
        return ChoiceList(f"liste{number}", tuple(choices))

    def formula(self, chance: float = 0.3) -> Formula | None:
        if not self.asked or not self.yes(chance):
            return None
        if self.yes(0.7):
            return self.any_formula()
        id_ = self.draw.choice(self.asked)
        patterns = (
            "${%s} = 'A1'",
            "${%s} != '' and not(${%s} = 3)",
            "count-non-empty(${%s}) > 0",
            "${%s} + 1 > 2",
        )
        pattern = self.draw.choice(patterns)
        return Formula(pattern.replace("%s", id_))

    def any_formula(self) -> Formula:
        """Any operator and function, on what has been asked so far."""
        node = random_node(self.draw, 3)
        for _ in range(self.draw.randint(1, 4)):
            node = Operation(self.draw.choice(LOGICAL), random_node(self.draw, 2), node)
        text = print_xpath(node)
        for id_ in IDS:
            text = text.replace(f"${{{id_}}}", f"${{{self.draw.choice(self.asked)}}}")
        return Formula(text)

    def common(self) -> dict[str, object]:
        return {
            "id": self.name("q"),
            "label": self.text(0.95),
            "hint": self.text(0.2),
            "relevant": self.formula(),
            "appearance": "minimal" if self.yes(0.05) else "",
        }

    def asking(self) -> dict[str, object]:
        validation = Validation(Formula(". != 'x'"), self.text(0.5)) if self.yes(0.15) else None
        return {
            **self.common(),
            "required": self.draw.choice(list(Required)),
            "validation": validation,
            "profile": self.yes(),
            "declinable": self.yes(0.2),
            "default": self.draw.choice(["", "", "1"]),
        }

    def rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                id=self.name("r"),
                label=self.text(0.95),
                hint=self.text(0.1),
                relevant=self.formula(0.2),
                reverse=self.yes(),
            )
            for _ in range(self.draw.randint(1, 4))
        )

    def item(self, kind: str) -> Item:
        a, lists = self.asking(), self.draw
        choices = lists.choice(self.lists)
        low, high = sorted((self.draw.randint(-5, 20), self.draw.randint(-5, 20)))
        limits = {
            "least": float(low) if self.yes(0.5) else None,
            "most": float(high) if self.yes(0.5) else None,
        }
        counted = {"least": 1 if self.yes() else None, "most": 2 if self.yes() else None}
        make = {
            "single": lambda: SingleChoice(**a, choices=choices, reverse=self.yes(), dropdown=self.yes(), other=self.yes(),
                                           comment=self.yes(), random_order=self.yes()),
            "yes_no": lambda: YesNo(**a, reverse=self.yes()),
            "multiple": lambda: MultipleChoice(**a, choices=choices, other=self.yes(), comment=self.yes(), **counted,
                                               random_order=self.yes()),
            "block": lambda: Block(**a, rows=self.rows(), choices=choices, by_column=self.yes(), random_order=self.yes()),
            "dual": lambda: DualBlock(**a, rows=self.rows(), first=choices, second=lists.choice(self.lists),
                                      first_label=self.text(0.5), second_label=self.text(0.5)),
            "number": lambda: Number(**a, integer=self.yes(), **limits, unit=self.text(0.3)),
            "numbers": lambda: Numbers(**a, rows=self.rows(), integer=self.yes(), **limits),
            "rating": lambda: Rating(**a, **({"enps": True} if self.yes() else {"least": 1, "most": self.draw.choice([5, 7])}),
                                     low_label=self.text(0.3), high_label=self.text(0.3), reverse=self.yes()),
            "text": lambda: FreeText(**a, long=self.yes(), longest=200 if self.yes() else None, pattern="[A-Z]+" if self.yes() else ""),
            "texts": lambda: FreeTexts(**a, rows=self.rows()),
            "ranking": lambda: Ranking(**a, choices=choices, most=2 if self.yes() else None),
            "date": lambda: Date(**a, precision=lists.choice(list(Precision)), earliest=lists.choice(["", "2020-01-01"]),
                                 latest=lists.choice(["", "2030-12-31", "today"])),
            "computed": lambda: Computed(**self.common(), formula=self.formula(0.9)),
            "note": lambda: Note(**self.common()),
            "file": lambda: FileUpload(**a, accept=("pdf", "odt") if self.yes() else (), most=3 if self.yes() else None),
            "language": lambda: LanguageChoice(**a),
        }  # fmt: skip
        item: Item = make[kind]()
        self.asked += [
            v.id
            for v in variables_of(item)
            if isinstance(item, Question) and kind not in ("file", "language", "dual")
        ]
        return item

    def quotas(self, groups: list[Group]) -> tuple[Quota, ...]:
        counted = [
            v
            for group in groups
            for item in group.items
            for v in variables_of(item)
            if v.answered and v.choices
        ]
        return tuple(
            Quota(
                id=f"quota{number}",
                limit=self.draw.randint(0, 50),
                demands=tuple((v.id, self.draw.choice(v.choices.choices).code) for v in chosen if v.choices),
                label=self.text(0.8),
                message=self.text(0.5),
            )
            for number in (1, 2)
            if (chosen := self.draw.sample(counted, min(len(counted), 2))) and self.yes(0.4)
        )

    def questionnaire(self, kinds: list[str] | None = None) -> Questionnaire:
        kinds = kinds or self.draw.choices([cls.kind.value for cls in KINDS], k=self.draw.randint(1, 8))
        groups, left = [], list(kinds)
        while left:
            size = self.draw.randint(1, len(left))
            items = tuple(self.item(kind) for kind in left[:size])
            left = left[size:]
            groups.append(
                Group(
                    id=f"g{len(groups) + 1}",
                    title=self.text(0.8),
                    description=self.text(0.3),
                    items=items,
                    relevant=self.formula(0.1),
                    random_order=self.yes(0.1),
                    random_group="tirage" if self.yes(0.1) else "",
                )
            )
        scored = [
            v.id for group in groups for item in group.items for v in variables_of(item) if v.opinions()
        ]
        scales = [
            Scale(
                id=f"s{number}",
                label=self.text(0.8),
                items=tuple(scored[number::2]),
                missing_rule=self.draw.choice(["half", "all", 2]),
                range=self.draw.choice([(0.0, 100.0), (1.0, 5.0)]),
                determinant=self.draw.choice([None, *Determinant]),
            )
            for number in (0, 1)
            if scored[number::2] and self.yes(0.6)
        ]
        return Questionnaire(
            id="enquete",
            quotas=self.quotas(groups),
            version=str(self.draw.randint(1, 9)),
            title=self.text(0.9),
            description=self.text(0.3),
            welcome=self.text(0.3),
            end=self.text(0.3),
            languages=self.languages,
            nature=self.draw.choice(list(Nature)),
            groups=tuple(groups),
            scales=tuple(scales),
            min_group=8 if self.yes() else None,
        )


@cache
def drawn(seed: int) -> Questionnaire:
    """Return what the maker of this seed draws first: once for all the formats that are tried on it."""
    return Maker(seed).questionnaire()


def held_by(format_: str, questionnaire: Questionnaire) -> Questionnaire:
    """Return what of a questionnaire a file of this format holds: all of it, one group, or one question."""
    return next(parts_held_by(format_, questionnaire))


def parts_held_by(format_: str, questionnaire: Questionnaire) -> Iterator[Questionnaire]:
    """Yield the questionnaires it takes to hold one in files of this format."""
    if format_ == "lsg":
        yield from (only_group(questionnaire, group.id) for group in questionnaire.groups if group.items)
    elif format_ == "lsq":
        yield from (only_question(questionnaire, item.id) for item in questionnaire.items)
    else:
        yield questionnaire


KINDS: tuple[type[Item], ...] = (
    SingleChoice, YesNo, MultipleChoice, Block, DualBlock, Number, Numbers, Rating, FreeText, FreeTexts, Ranking, Date,
    Computed, Note, FileUpload, LanguageChoice,
)  # fmt: skip

"""A questionnaire of ours as the JSON of a SurveyJS survey."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count
from typing import Any

from labqvt_forms.choices import ChoiceList
from labqvt_forms.formats.html_text import as_html
from labqvt_forms.formats.surveyjs.document import OWN_LANGUAGE, scalar
from labqvt_forms.formats.surveyjs.extension import PROPERTY
from labqvt_forms.formats.surveyjs.questions import INPUT_TYPES
from labqvt_forms.formats.surveyjs.rules import anchored
from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    Item,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Question,
    Ranking,
    Rating,
    Required,
    Row,
    Rows,
    SingleChoice,
    YesNo,
    choice_lists,
)
from labqvt_forms.languages import OWN_NAMES
from labqvt_forms.logic import Dialect, Formula, OutsideSubset, SurveyNames, print_surveyjs
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Group, Questionnaire
from labqvt_forms.text import Text

Json = dict[str, Any]
TODAY = "today"


class Structure:
    """Builds the document; ``by_item`` and ``pages`` are the objects that carry an extension."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.default = OWN_LANGUAGE if OWN_LANGUAGE in questionnaire.languages else questionnaire.language
        self.names = _names(questionnaire)
        self.by_item: dict[str, Json] = {}
        self.pages = [self._page(group) for group in questionnaire.groups]
        self.document = self._document()

    def _document(self) -> Json:
        questionnaire = self.questionnaire
        document: Json = {
            "locale": questionnaire.language,
            "title": self._text(questionnaire.title),
            "description": self._text(questionnaire.description),
            "completedHtml": self._html(questionnaire.end),
        }
        pages = self.pages
        if questionnaire.welcome:
            taken = {group.id for group in questionnaire.groups}
            name = next(name for name in _numbered("accueil") if name not in taken)
            note = {
                "type": "html",
                "name": _free_name(questionnaire),
                "html": self._html(questionnaire.welcome),
            }
            document["firstPageIsStartPage"] = True
            pages = [{"name": name, "elements": [note]}, *pages]
        return {**_filled(document), "pages": pages}

    def _text(self, text: Text) -> str | Json:
        """A text alone in the default language is a string."""
        words: Json = {("default" if key == self.default else key): told for key, told in text}
        return words.get("default", "") if set(words) <= {"default"} else words

    def _html(self, text: Text) -> str | Json:
        return self._text(Text.of({language: as_html(words) for language, words in text}))

    def _page(self, group: Group) -> Json:
        page = {
            "name": group.id,
            "title": self._text(group.title),
            "description": self._text(group.description),
            "visibleIf": self.expression(group.relevant),
            "questionOrder": "random" if group.random_order else "",
        }
        return {**_filled(page), "elements": [self._question(item) for item in group.items]}

    def expression(self, formula: Formula | None, itself: str = "") -> str:
        """Write a formula for SurveyJS; empty when there is none or when SurveyJS has no word for it."""
        if formula is None:
            return ""
        if formula.dialect is Dialect.SURVEYJS:
            return formula.text
        names = SurveyNames(self.names.answers, self.names.several, itself=itself)
        try:
            return print_surveyjs(formula.tree, names) if formula.tree is not None else ""
        except OutsideSubset:
            return ""

    def _question(self, item: Item) -> Json:
        own = self._own(item)
        head = {"type": own.pop("type"), "name": item.id}
        title: Json = {} if isinstance(item, Note) else {"title": self._text(item.label)}
        if title == {"title": ""}:
            title["titleLocation"] = "hidden"
        said = {
            "description": self._text(item.hint),
            "visibleIf": self.expression(item.relevant),
            "isRequired": isinstance(item, Question) and item.required is Required.YES,
            "defaultValue": _default(item),
            "validators": self._validators(item),
        }
        question = {**head, **title, **_filled(said), **_filled(own)}
        if lists := choice_lists(item):
            question[PROPERTY] = {"lists": [choices.id for choices in lists]}
        if isinstance(item, Rows) and (renamed := _renamed(item)):
            question.setdefault(PROPERTY, {})["rows"] = renamed
        self.by_item[item.id] = question
        return question

    def _validators(self, item: Item) -> list[Json]:
        written: list[Json] = []
        if isinstance(item, FreeText) and item.pattern:
            written.append({"type": "regex", "regex": anchored(item.pattern)})
        if isinstance(item, Question) and item.validation:
            itself = "" if isinstance(item, Rows) else item.id
            expression = self.expression(item.validation.formula, itself)
            rule = {"text": self._text(item.validation.message), "expression": expression}
            written += [{"type": "expression", **_filled(rule)}] if expression else []
        return written

    def _own(self, item: Item) -> Json:
        """Return what the kind of an item adds, its type with it."""
        match item:
            case SingleChoice() | MultipleChoice() | YesNo() | Ranking():
                own = self._chosen(item)
            case Rows():
                own = self._table(item)
            case Number():
                own = {"type": "text", "inputType": "number", **_bounds(item)}
            case Date():
                own = {"type": "text", "inputType": INPUT_TYPES[item.precision], **_limits(item)}
            case Rating():
                own = self._rating(item)
            case FreeText():
                own = {"type": "comment" if item.long else "text", "maxLength": item.longest}
            case Computed():
                own = {"type": "expression", "expression": self.expression(item.formula)}
            case FileUpload():
                own = _file(item)
            case LanguageChoice():
                languages = self.questionnaire.languages
                choices = [{"value": code, "text": OWN_NAMES.get(code, code)} for code in languages]
                own = {"type": "dropdown", "choices": choices}
            case _:
                own = {"type": "html", "html": self._html(item.label)}
        return own

    def _chosen(self, item: SingleChoice | MultipleChoice | YesNo | Ranking) -> Json:
        if isinstance(item, YesNo) and is_boolean(item.choices):
            yes, no = item.choices.choices
            return {
                "type": "boolean",
                "valueTrue": yes.code,
                "valueFalse": no.code,
                "labelTrue": self._text(yes.label),
                "labelFalse": self._text(no.label),
            }
        own: Json = {"choices": self._choices(item.choices, boxes=isinstance(item, MultipleChoice))}
        match item:
            case Ranking():
                ranked = {"selectToRankEnabled": item.most is not None, "maxSelectedChoices": item.most}
                return {"type": "ranking", **own, **ranked}
            case MultipleChoice():
                own |= {"minSelectedChoices": item.least, "maxSelectedChoices": item.most}
            case _:
                pass
        if isinstance(item, SingleChoice | MultipleChoice):
            own |= {"showOtherItem": item.other, "showCommentArea": item.comment}
            own["choicesOrder"] = "random" if item.random_order else ""
        kind = "dropdown" if isinstance(item, SingleChoice) and item.dropdown else "radiogroup"
        return {"type": "checkbox" if isinstance(item, MultipleChoice) else kind, **own}

    def _choices(self, choices: ChoiceList, *, boxes: bool = False) -> list[Json]:
        return [
            {"value": choice.code, "text": self._text(choice.label)}
            | ({"isExclusive": True} if boxes and choice.exclusive else {})
            for choice in choices.choices
        ]

    def _table(self, item: Rows) -> Json:
        shuffled = "random" if item.random_order else ""
        match item:
            case Block():
                required = item.required is Required.YES
                own: Json = {"type": "matrix", "columns": self._choices(item.choices)}
                own |= {"rows": self._rows(item), "rowOrder": shuffled, "eachRowRequired": required}
            case DualBlock():
                sides = (("1", item.first_label, item.first), ("2", item.second_label, item.second))
                columns = [
                    {"name": name, "title": self._text(title), "choices": self._choices(choices)}
                    for name, title, choices in sides
                ]
                own = {"type": "matrixdropdown", "cellType": "radiogroup", "columns": columns}
                own |= {"rows": self._rows(item), "rowOrder": shuffled}
            case _:
                number: Json = {}
                if isinstance(item, Numbers):
                    bounds = _bounds(item)
                    rule = _filled({"minValue": bounds["min"], "maxValue": bounds["max"]})
                    number = {"inputType": "number"}
                    number |= {"validators": [{"type": "numeric", **rule}]} if rule else {}
                items = [{"name": row.id, "title": self._text(row.label), **number} for row in item.rows]
                own = {"type": "multipletext", "items": items}
        return own

    def _rows(self, item: Rows) -> list[Json]:
        return [self._row(row) for row in item.rows]

    def _row(self, row: Row) -> Json:
        condition = self.expression(row.relevant)
        return {
            "value": row.id,
            "text": self._text(row.label),
            **({"visibleIf": condition} if condition else {}),
        }

    def _rating(self, item: Rating) -> Json:
        return {
            "type": "rating",
            "rateMin": item.least,
            "rateMax": item.most,
            "rateStep": item.step if item.step != 1 else None,
            "minRateDescription": self._text(item.low_label),
            "maxRateDescription": self._text(item.high_label),
        }


def is_boolean(choices: ChoiceList) -> bool:
    """Say whether a list can be the two sides of a switch: only two, the one that says yes first."""
    values = list(choices.values().values())
    return len(choices.choices) == 2 and len(values) == 2 and values[0] >= values[1]


def _filled(values: Json) -> Json:
    """Leave out what says nothing."""
    return {
        name: value
        for name, value in values.items()
        if value is not None and value is not False and value not in ("", [])
    }


def _names(questionnaire: Questionnaire) -> SurveyNames:
    """Name everything expressions may cite."""
    answers: dict[str, str] = {}
    several: set[str] = set()
    for item in questionnaire.items:
        if isinstance(item, DualBlock):
            sides = [(row.id, side) for row in item.rows for side in (1, 2)]
            answers |= {f"{item.id}.{id_}.{side}": f"{id_}_{side}" for id_, side in sides}
        elif isinstance(item, Rows):
            answers |= {f"{item.id}.{row.id}": row.id for row in item.rows}
        elif not isinstance(item, Note):
            answers[item.id] = item.id
        if isinstance(item, MultipleChoice | Ranking):
            several.add(item.id)
    return SurveyNames(answers, frozenset(several))


def _renamed(item: Rows) -> Json:
    """Ids of the rows that a reader would not guess from their value."""
    return {row.id: {"id": row.id} for row in item.rows if not row.id.startswith(f"{item.id}_")}


def _numbered(stem: str) -> Iterator[str]:
    return chain((stem,), (f"{stem}_{number}" for number in count(2)))


def _free_name(questionnaire: Questionnaire) -> str:
    taken = {item.id for item in questionnaire.items}
    return next(name for name in _numbered("texte_accueil") if name not in taken)


def _default(item: Item) -> Any:
    """Default answer as SurveyJS keeps it: a number, a list, or a text."""
    if not isinstance(item, Question) or isinstance(item, Rows | FileUpload) or not item.default:
        return None
    if isinstance(item, MultipleChoice | Ranking):
        return item.default.split()
    return plain_number(item.default) if isinstance(item, Number | Rating) else item.default


def _file(item: FileUpload) -> Json:
    several = item.most != 1
    kinds = ",".join(f".{kind}" for kind in item.accept)
    most = item.most if several else None
    return {"type": "file", "acceptedTypes": kinds, "allowMultiple": several, "maxFiles": most}


def plain_number(written: str) -> int | float | str:
    """Return the number a text says, when it comes back as it was."""
    for kind in (int, float):
        try:
            number = kind(written)
        except ValueError:
            continue
        if scalar(number) == written:
            return number
    return written


def _bounds(item: Number | Numbers) -> Json:
    least, most = (
        None if bound is None else plain_number(number_text(bound)) for bound in (item.least, item.most)
    )
    return {"min": least, "max": most, "step": 1 if item.integer else None}


def _limits(item: Date) -> Json:
    limits: Json = {}
    for name, bound in (("min", item.earliest), ("max", item.latest)):
        limits |= {f"{name}ValueExpression": "today()"} if bound == TODAY else {name: bound}
    return limits

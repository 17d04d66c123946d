"""The elements of a codebook that a questionnaire becomes, in the order its schema wants."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from labqvt_forms.choices import DECLINED_CODE, Choice, ChoiceList, Role
from labqvt_forms.formats.ddi.kinds import DATE_FORMATS
from labqvt_forms.formats.ddi.study import fill_study
from labqvt_forms.formats.ddi.tree import NAMESPACE, add, add_texts, main_first, tag_of
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
    Row,
    Rows,
    SingleChoice,
    YesNo,
)
from labqvt_forms.logic import Formula
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.questionnaire import Group, Questionnaire, Scale
from labqvt_forms.text import NO_TEXT, Text

DECLINED_WORDS = "je préfère ne pas répondre"


class Elements:
    """The tree under construction, and the element that stands for each item, row, group and scale."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.root = Element("codeBook", {"xmlns": NAMESPACE, "version": "2.5"})
        self.root.set("xml:lang", tag_of(questionnaire.language))
        self.study = add(self.root, "stdyDscr")
        self.data: list[Element] = []
        self.sets: list[Element] = []
        self.by_item: dict[str, Element] = {}
        self.by_row: dict[str, Element] = {}
        self.by_group: dict[str, Element] = {}
        self.by_scale: dict[str, Element] = {}
        self.columns: dict[str, Element] = {}
        """Element of each variable of the model."""
        fill_study(self.study, questionnaire)
        for group in questionnaire.groups:
            self._section(group)
        for scale in questionnaire.scales:
            self._scale(scale)
        if self.sets or self.data:
            add(self.root, "dataDscr").extend([*self.sets, *self.data])
        main_first(self.root, tag_of(questionnaire.language))

    # Groups and scales

    def _section(self, group: Group) -> None:
        section = Element("varGrp")
        section.attrib |= {"ID": self._set_id(section), "type": "section", "name": group.id}
        add_texts(section, "labl", group.title)
        add_texts(section, "txt", group.description)
        _universe(section, group.relevant)
        self.by_group[group.id] = section
        before, sets = len(self.data), len(self.sets)
        for item in group.items:
            self._item(item)
        _refer(section, "var", self.data[before:])
        _refer(section, "varGrp", self.sets[sets:])

    def _set_id(self, group: Element) -> str:
        self.sets.append(group)
        return f"G{len(self.sets)}"

    def _set(self, item: Item, type_: str, *, other: str = "", tag: str = "labl") -> Element:
        group = Element("varGrp")
        group.attrib |= {"ID": self._set_id(group), "type": type_}
        if other:
            group.set("otherType", other)
        group.set("name", item.id)
        add_texts(group, tag, item.label)
        if tag == "labl":
            add_texts(group, "txt", item.hint)
        _universe(group, item.relevant)
        self.by_item[item.id] = group
        return group

    def _scale(self, scale: Scale) -> None:
        group = Element("varGrp")
        group.attrib |= {"ID": self._set_id(group), "type": "analysis", "name": scale.id}
        add_texts(group, "labl", scale.label)
        if scale.determinant:
            add(group, "concept", scale.determinant.value, vocab="six déterminants de la QVCT")
        cited = [self.columns[id_] for id_ in scale.items]
        _refer(group, "var", [element for element in cited if element.tag == "var"])
        _refer(group, "varGrp", [element for element in cited if element.tag == "varGrp"])
        self.by_scale[scale.id] = group

    # Items

    def _item(self, item: Item) -> None:
        match item:
            case Note():
                self._set(item, "other", other="note", tag="txt")
            case MultipleChoice() | Ranking():
                self._options(item)
            case DualBlock():
                self._dual(item)
            case Rows():
                group = self._set(item, "grid")
                _refer(group, "var", [self._row(item, row, row.id) for row in item.rows])
            case _:
                self.by_item[item.id] = self._alone(item)

    def _variable(self, name: str, **attributes: str) -> Element:
        var = Element("var")
        var.attrib |= {"ID": f"V{len(self.data) + 1}", "name": name, **attributes}
        self.data.append(var)
        self.columns[name] = var
        return var

    def _options(self, item: MultipleChoice | Ranking) -> None:
        ranking = isinstance(item, Ranking)
        group = self._set(item, "other" if ranking else "multipleResp", other="ranking" if ranking else "")
        last = str(len(item.choices.choices))
        variables = []
        for choice in item.choices.choices:
            nature = (
                {"intrvl": "contin", "dcml": "0", "nature": "ordinal"} if ranking else {"nature": "nominal"}
            )
            var = self._variable(f"{item.id}_{choice.code}", **nature)
            self.columns.pop(f"{item.id}_{choice.code}")
            add_texts(var, "labl", choice.label)
            _question(var, "numeric" if ranking else "multiple", item.label)
            if ranking:
                add(add(var, "valrng"), "range", UNITS="INT", min="1", max=last)
            self._declinable(var, item)
            if not ranking:
                chosen = ChoiceList(
                    "chosen",
                    (Choice("1", Text.of(fr="Oui", en="Yes")), Choice("0", Text.of(fr="Non", en="No"))),
                )
                _categories(var, chosen.choices)
            add(var, "varFormat", type="numeric")
            variables.append(var)
        self.columns[item.id] = group
        _refer(group, "var", variables)

    def _dual(self, item: DualBlock) -> None:
        group = self._set(item, "grid")
        sides = []
        for number, (choices, label) in enumerate(
            ((item.first, item.first_label), (item.second, item.second_label)), start=1
        ):
            side = Element("varGrp")
            side.attrib |= {"ID": self._set_id(side), "type": "grid", "name": f"{item.id}_{number}"}
            add_texts(side, "labl", label)
            _refer(side, "var", [self._row(item, row, f"{row.id}_{number}", choices) for row in item.rows])
            sides.append(side)
        self.by_row |= {row.id: self.columns[f"{row.id}_1"] for row in item.rows}
        _refer(group, "varGrp", sides)

    def _row(self, item: Rows, row: Row, name: str, choices: ChoiceList | None = None) -> Element:
        offered = item.choices if isinstance(item, Block) else choices
        numeric = isinstance(item, Numbers)
        kind = {"nature": "ordinal"} if offered else {"intrvl": "contin"}
        var = self._variable(
            name, **kind, **({"dcml": "0"} if isinstance(item, Numbers) and item.integer else {})
        )
        add_texts(var, "labl", row.label)
        _question(
            var,
            "category" if offered else "numeric" if numeric else "text",
            row.label,
            before=item.label,
            after=row.hint,
        )
        if isinstance(item, Numbers):
            _bounds(var, _written(item.least), _written(item.most), whole=item.integer)
        self._declinable(var, item, offered)
        _universe(var, row.relevant)
        if offered:
            _categories(var, offered.choices)
        add(var, "varFormat", type="numeric" if numeric or (offered and _numeric(offered)) else "character")
        self.by_row[row.id] = var
        return var

    def _alone(self, item: Item) -> Element:
        var = self._variable(item.id, **_attributes(item))
        if isinstance(item, FreeText) and item.longest:
            add(var, "location", width=str(item.longest))
        if isinstance(item, Number) and item.unit:
            language = self.questionnaire.language
            if unit := item.unit.get(language):
                var.set("measUnit", unit)
        add_texts(var, "labl", item.label)
        _question(var, _domain(item), item.label, after=item.hint)
        _range(var, item)
        choices = item.choices if isinstance(item, SingleChoice | YesNo | Rating) else None
        if isinstance(item, Question):
            self._declinable(var, item, choices)
        _universe(var, item.relevant)
        if isinstance(item, Rating):
            ends = {str(item.least): item.low_label, str(item.most): item.high_label}
            _categories(
                var, [Choice(choice.code, ends.get(choice.code, NO_TEXT)) for choice in item.choices.choices]
            )
        elif choices:
            _categories(var, choices.choices)
        if isinstance(item, Computed):
            derivation = add(var, "derivation")
            if item.formula:
                add(derivation, "drvcmd", item.formula.text, syntax=item.formula.dialect.value)
        _format(var, item, choices)
        return var

    def _declinable(self, var: Element, item: Question, choices: ChoiceList | None = None) -> None:
        """Declare the codes that are no answer on the scale, and the one of who declines."""
        aside = [choice for choice in choices.choices if choice.role is not Role.ANSWER] if choices else []
        codes = {choice.code for choice in choices.choices} if choices else set()
        declined = item.declinable and DECLINED_CODE not in codes
        if not aside and not declined:
            return
        invalid = add(var, "invalrng")
        for choice in aside:
            add(invalid, "item", VALUE=choice.code)
        if declined:
            add(invalid, "item", VALUE=DECLINED_CODE)
            add(invalid, "key", f"{DECLINED_CODE} {DECLINED_WORDS}")


def _refer(element: Element, attribute: str, cited: Sequence[Element]) -> None:
    if cited:
        element.set(attribute, " ".join(one.get("ID", "") for one in cited))


def _universe(element: Element, formula: Formula | None) -> None:
    if formula:
        add(element, "universe", formula.text, level=formula.dialect.value)


def _question(
    var: Element, domain: str, label: Text, *, before: Text = NO_TEXT, after: Text = NO_TEXT
) -> None:
    question = add(var, "qstn")
    if domain in ("file", "language"):
        question.attrib |= {"responseDomainType": "other", "otherResponseDomainType": domain}
    elif domain:
        question.set("responseDomainType", domain)
    add_texts(question, "preQTxt", before)
    add_texts(question, "qstnLit", label)
    add_texts(question, "postQTxt", after)
    if not len(question) and not domain:
        var.remove(question)


def _categories(var: Element, choices: Sequence[Choice]) -> None:
    for choice in choices:
        category = add(var, "catgry", missing="N" if choice.role is Role.ANSWER else "Y")
        if choice.role is not Role.ANSWER:
            category.set("missType", "refusal" if choice.role is Role.DECLINES else "not applicable")
        add(category, "catValu", choice.code)
        add_texts(category, "labl", choice.label)


def _numeric(choices: ChoiceList) -> bool:
    return all(choice.code.lstrip("-").replace(".", "", 1).isdecimal() for choice in choices.choices)


def _attributes(item: Item) -> dict[str, str]:
    match item:
        case Number():
            return {"intrvl": "contin", "nature": "ratio", **({"dcml": "0"} if item.integer else {})}
        case Rating():
            return {"intrvl": "discrete", "nature": "ordinal"}
        case SingleChoice() | YesNo():
            return {"intrvl": "discrete", "nature": "nominal"}
        case _:
            return {"intrvl": "contin"}


def _domain(item: Item) -> str:
    match item:
        case SingleChoice() | YesNo():
            return "category"
        case Number() | Rating():
            return "numeric"
        case Date():
            return "datetime"
        case FileUpload() | LanguageChoice():
            return item.kind.value
        case Computed():
            return ""
        case _:
            return "text"


def _range(var: Element, item: Item) -> None:
    if isinstance(item, Rating):
        _bounds(var, str(item.least), str(item.most), whole=True)
    elif isinstance(item, Number):
        _bounds(var, _written(item.least), _written(item.most), whole=item.integer)
    elif isinstance(item, Date):
        _bounds(var, item.earliest, item.latest, whole=True)


def _bounds(var: Element, least: str, most: str, *, whole: bool) -> None:
    if least or most:
        add(add(var, "valrng"), "range", UNITS="INT" if whole else "REAL", min=least, max=most)


def _written(number: float | None) -> str:
    return "" if number is None else number_text(number)


def _format(var: Element, item: Item, choices: ChoiceList | None) -> None:
    if isinstance(item, Date):
        category = "time" if DATE_FORMATS[item.precision] == "hh:mm" else "date"
        add(var, "varFormat", type="character", category=category, formatname=DATE_FORMATS[item.precision])
        return
    numeric = isinstance(item, Number | Rating | Computed) or (choices is not None and _numeric(choices))
    add(var, "varFormat", type="numeric" if numeric else "character")

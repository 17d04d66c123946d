"""A questionnaire of ours as the tables of a LimeSurvey survey."""

from __future__ import annotations

import re
import zlib

from labqvt_forms.choices import ChoiceList
from labqvt_forms.formats.html_text import as_html
from labqvt_forms.formats.limesurvey.standard_scales import ARRAYS, YES_NO
from labqvt_forms.formats.limesurvey.tables import (
    ByLanguage,
    LimeGroup,
    LimeQuestion,
    LimeQuota,
    LimeSurvey,
    Option,
)
from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    FreeTexts,
    Item,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Precision,
    Question,
    Ranking,
    Rating,
    Required,
    Row,
    Rows,
    SingleChoice,
    YesNo,
)
from labqvt_forms.logic import Dialect, Formula, Names, OutsideSubset, print_expressionscript
from labqvt_forms.questionnaire import Questionnaire, Quota
from labqvt_forms.text import Text

SHORT_CODE = re.compile(r"[A-Za-z0-9]{1,5}")
DATE_FORMATS = {Precision.MONTH: "yyyy-mm", Precision.MINUTE: "yyyy-mm-dd HH:MM", Precision.TIME: "HH:MM"}


class Structure:
    """Builds the tables; formulas are written once every code is known."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.survey = LimeSurvey(languages=list(questionnaire.languages))
        self.by_item: dict[str, LimeQuestion] = {}
        self._codes: set[str] = set()
        self._names: dict[str, str] = {}
        self._boxes: dict[str, tuple[str, str]] = {}

    def build(self) -> LimeSurvey:
        questionnaire = self.questionnaire
        for group in questionnaire.groups:
            questions = [self._question(item) for item in group.items]
            titles, descriptions = self._texts(group.title), self._texts(group.description)
            self.survey.groups.append(
                LimeGroup(titles, descriptions, random_group=group.random_group, questions=questions)
            )
        self._write_conditions()
        self.survey.quotas = [self._quota(quota) for quota in questionnaire.quotas]
        self._write_settings()
        return self.survey

    def _texts(self, text: Text) -> ByLanguage:
        """Every language gets a text, as LimeSurvey wants it, as HTML."""
        known = dict(text)
        return {language: as_html(known.get(language, "")) for language in self.questionnaire.languages}

    def _question(self, item: Item) -> LimeQuestion:
        question = LimeQuestion(
            code=self._code(item.id),
            type=_type(item),
            texts=self._texts(item.label),
            help=self._texts(item.hint),
        )
        self.by_item[item.id] = question
        if question.code != item.id:
            question.ours["id"] = item.id
        if isinstance(item, Question):
            question.mandatory = {Required.YES: "Y", Required.SOFT: "S"}.get(item.required, "N")
        self._add_options(question, item)
        if isinstance(item, Question) and not isinstance(item, Rows | MultipleChoice | Ranking | FileUpload):
            question.default = question.lime_code(item.default)
        for name, value in _attributes(item).items():
            if value:
                question.attributes[name] = {"": value}
        self._add_texts(question, item)
        self._name(question, item)
        return question

    def _code(self, wanted: str) -> str:
        """Return a free question code, as near as can be to the id."""
        stem = re.sub(r"[^A-Za-z0-9]", "", wanted)
        stem = (stem if stem[:1].isalpha() else f"q{stem}")[:20]
        code, number = stem, 2
        while code.lower() in self._codes:
            code, number = f"{stem[:16]}x{number}", number + 1
        self._codes.add(code.lower())
        return code

    def _add_options(self, question: LimeQuestion, item: Item) -> None:
        if isinstance(item, Rows):
            question.subquestions = [
                self._row(question, item, row, rank) for rank, row in enumerate(item.rows, 1)
            ]
        match item:
            case MultipleChoice():
                question.subquestions = self._options(question, item.choices, "SQ")
                question.other = item.other
            case SingleChoice():
                question.answers = self._options(question, item.choices, "A")
                question.other = item.other
            case YesNo() if question.type != "Y":
                question.answers = self._options(question, item.choices, "A")
            case Ranking():
                question.answers = self._options(question, item.choices, "A")
            case Block() if question.type in "FH":
                question.answers = self._options(question, item.choices, "A")
            case DualBlock():
                first = self._options(question, item.first, "A")
                question.answers = first + self._options(question, item.second, "A", scale=1)
            case _:
                pass

    def _row(self, question: LimeQuestion, item: Rows, row: Row, rank: int) -> Option:
        short = row.id.removeprefix(f"{item.id}_")
        taken = {option.code for option in question.subquestions}
        code = short if SHORT_CODE.fullmatch(short) and short not in taken else f"SQ{rank:03d}"
        if row.id != f"{item.id}_{code}":
            question.ours.setdefault("rows", {})[code] = row.id
        return Option(code, texts=self._texts(row.label), relevance="1")

    def _options(
        self, question: LimeQuestion, choices: ChoiceList, stem: str, scale: int = 0
    ) -> list[Option]:
        ids = question.ours.setdefault("lists", [])
        ids += [""] * (scale + 1 - len(ids))
        ids[scale] = choices.id
        keep = all(SHORT_CODE.fullmatch(choice.code) for choice in choices.choices)
        options = []
        for rank, choice in enumerate(choices.choices, start=1):
            code = choice.code if keep else f"{stem}{rank}"
            if code != choice.code:
                question.ours.setdefault("codes", {})[f"{scale}:{code}"] = choice.code
            # Boxes have no assessment value, answers a whole one.
            worth = choice.value if choice.value is not None and stem == "A" else 0.0
            value = worth if worth.is_integer() else 0.0
            options.append(Option(code, scale, self._texts(choice.label), "1" if stem == "SQ" else "", value))
        if stem == "SQ" and (
            alone := [o.code for o, c in zip(options, choices.choices, strict=True) if c.exclusive]
        ):
            question.attributes["exclude_all_others"] = {"": ";".join(alone)}
        return options

    def _add_texts(self, question: LimeQuestion, item: Item) -> None:
        match item:
            case DualBlock():
                question.attributes["dualscale_headerA"] = self._texts(item.first_label)
                question.attributes["dualscale_headerB"] = self._texts(item.second_label)
            case Number() if item.unit:
                question.attributes["suffix"] = self._texts(item.unit)
            case FreeText():
                question.preg = item.pattern
            case _:
                pass

    def _name(self, question: LimeQuestion, item: Item) -> None:
        """Record how expressions call what this question asks."""
        if isinstance(item, MultipleChoice):
            for option, choice in zip(question.subquestions, item.choices.choices, strict=True):
                self._boxes[f"{question.code}_{option.code}"] = (item.id, choice.code)
        elif isinstance(item, Rows):
            for option, row in zip(question.subquestions, item.rows, strict=True):
                stem = f"{question.code}_{option.code}"
                if isinstance(item, DualBlock):
                    self._names |= {f"{stem}_0": f"{row.id}_1", f"{stem}_1": f"{row.id}_2"}
                else:
                    self._names[stem] = row.id
        elif not isinstance(item, Ranking):
            self._names[question.code] = item.id

    def _write_conditions(self) -> None:
        names = Names(self._names, self._boxes)
        for group, written in zip(self.questionnaire.groups, self.survey.groups, strict=True):
            written.relevance = expression(group.relevant, names)
            for item, question in zip(group.items, written.questions, strict=True):
                question.relevance = expression(item.relevant, names) or "1"
                if isinstance(item, Rows):
                    for row, option in zip(item.rows, question.subquestions, strict=True):
                        option.relevance = expression(row.relevant, names) or "1"
                if isinstance(item, Question) and item.validation:
                    question.attributes["em_validation_q"] = {"": expression(item.validation.formula, names)}
                    question.attributes["em_validation_q_tip"] = self._texts(item.validation.message)
                if isinstance(item, Computed):
                    formula = expression(item.formula, names)
                    question.attributes["equation"] = {"": f"{{{formula}}}" if formula else ""}

    def _quota(self, quota: Quota) -> LimeQuota:
        written = LimeQuota(
            quota.id,
            quota.limit,
            names=self._texts(quota.label),
            messages=self._texts(quota.message),
        )
        for id_, code in quota.demands:
            variable = self.questionnaire.variable(id_)
            question = self.by_item[variable.item.id]
            answer = question.lime_code(code, max(variable.side - 1, 0))
            if isinstance(variable.item, Rows) and variable.row is not None:
                place = variable.item.rows.index(variable.row)
                answer = f"{question.subquestions[place].code}-{answer}"
            written.members.append((question.code, answer))
        return written

    def _write_settings(self) -> None:
        questionnaire = self.questionnaire
        number = questionnaire.id if re.fullmatch(r"[1-9]\d{0,8}", questionnaire.id) else ""
        self.survey.settings = {
            "sid": number or str(100_000 + zlib.crc32(questionnaire.id.encode()) % 900_000),
            "anonymized": "Y" if questionnaire.anonymous else "N",
            "language": questionnaire.language,
            "additional_languages": " ".join(questionnaire.languages[1:]),
        }
        self.survey.texts = {
            "surveyls_title": self._texts(questionnaire.title),
            "surveyls_description": self._texts(questionnaire.description),
            "surveyls_welcometext": self._texts(questionnaire.welcome),
            "surveyls_endtext": self._texts(questionnaire.end),
        }


def expression(formula: Formula | None, names: Names) -> str:
    """Write a formula for LimeSurvey; empty when there is none or when LimeSurvey has no word for it."""
    if formula is None:
        return ""
    if formula.dialect is Dialect.EXPRESSIONSCRIPT:
        return formula.text
    try:
        return print_expressionscript(formula.tree, names) if formula.tree is not None else ""
    except OutsideSubset:
        return ""


def _type(item: Item) -> str:
    match item:
        case SingleChoice():
            letter = "O" if item.comment else "!" if item.dropdown else "L"
        case YesNo():
            letter = "Y" if item.choices == YES_NO else "L"
        case MultipleChoice():
            letter = "P" if item.comment else "M"
        case Block():
            built_in = next((letter for letter, choices in ARRAYS.items() if choices == item.choices), "")
            letter = built_in or ("H" if item.by_column else "F")
        case Rating():
            letter = "5" if (item.least, item.most, item.step) == (1, 5, 1) else "N"
        case FreeText():
            letter = "T" if item.long else "S"
        case _:
            letter = _LETTERS[type(item)]
    return letter


_LETTERS: dict[type[Item], str] = {
    DualBlock: "1",
    Number: "N",
    Numbers: "K",
    FreeTexts: "Q",
    Ranking: "R",
    Date: "D",
    Computed: "*",
    Note: "X",
    FileUpload: "|",
    LanguageChoice: "I",
}


def _attributes(item: Item) -> dict[str, str]:
    """Attributes that hold no text; empty ones are left out."""
    found: dict[str, str] = {}
    if getattr(item, "random_order", False):
        found["random_order"] = "1"
    match item:
        case MultipleChoice():
            found |= {"min_answers": _plain(item.least), "max_answers": _plain(item.most)}
        case Ranking():
            found["max_answers"] = _plain(item.most)
        case Number() | Numbers():
            found |= {"min_num_value_n": _plain(item.least), "max_num_value_n": _plain(item.most)}
            found["num_value_int_only"] = "1" if item.integer else ""
        case Rating():
            found |= {
                "min_num_value_n": str(item.least),
                "max_num_value_n": str(item.most),
                "num_value_int_only": "1",
            }
        case FreeText():
            found["maximum_chars"] = _plain(item.longest)
        case Date():
            found["date_format"] = DATE_FORMATS.get(item.precision, "")
            found |= {"date_min": item.earliest, "date_max": item.latest}
        case FileUpload():
            found |= {"allowed_filetypes": ", ".join(item.accept), "max_num_of_files": _plain(item.most)}
        case _:
            pass
    return found


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"

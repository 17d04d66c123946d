"""One LimeSurvey question as an item."""

from __future__ import annotations

import re
from collections.abc import Callable

from labqvt_forms.choices import Choice, ChoiceList
from labqvt_forms.errors import Place, QuestionnaireError
from labqvt_forms.formats.html_text import plain_text, words_of
from labqvt_forms.formats.item_fields import ItemFields, QuestionFields
from labqvt_forms.formats.limesurvey.conditions import WITH_ROWS, Translator
from labqvt_forms.formats.limesurvey.extension import completed, completed_choice
from labqvt_forms.formats.limesurvey.standard_scales import ARRAYS, GENDER, YES_NO
from labqvt_forms.formats.limesurvey.tables import ByLanguage, LimeQuestion, Option
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
    Ranking,
    Rating,
    Required,
    Row,
    SingleChoice,
    Validation,
    YesNo,
)
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.notices import Notices
from labqvt_forms.roles import role_of, settled
from labqvt_forms.text import NO_TEXT, Text

NOT_TAKEN = {
    "array_filter": "filtre de lignes",
    "array_filter_exclude": "exclusion de lignes",
    "em_validation_sq": "validation des lignes",
    "equals_num_value": "total imposé",
    "max_num_value": "total maximal",
    "multiflexible_checkbox": "cases à cocher",
    "numbers_only": "chiffres seulement",
    "min_num_value": "total minimal",
    "exclude_all_others_auto": "exclusion automatique",
    "other_replace_text": "texte de « Autre »",
    "prefix": "préfixe",
    "random_group": "tirage au sort de la question",
    "time_limit": "temps limité",
    "dropdown_prepostfix": "préfixes des listes",
}
"""Attributes that change what is asked and that the model does not say: each is named to the author."""
UNSET = ("", "0")
OF_ROWS = WITH_ROWS | frozenset("1:;")
_ITSELF = re.compile(r"\b(?:self|this)\b")
BOUNDS = (
    *("min_answers", "max_answers", "min_num_value_n", "max_num_value_n"),
    *("date_min", "date_max", "maximum_chars", "multiflexible_min", "multiflexible_max"),
)


class QuestionReader:
    """Builds items from LimeSurvey questions; identical lists of answers are shared."""

    def __init__(self, languages: tuple[str, ...], translator: Translator, notices: Notices) -> None:
        self.languages = languages
        self.notices = notices
        self._formula = translator.formula
        self._lists: dict[tuple[Choice, ...], ChoiceList] = {}
        self._lists_by_id: dict[str, ChoiceList] = {}
        self._by_type: dict[str, Callable[[LimeQuestion], Item]] = {
            **dict.fromkeys("L!O", self._single),
            **dict.fromkeys("5", self._five_points),
            **dict.fromkeys("Y", self._yes_no),
            **dict.fromkeys("G", self._gender),
            **dict.fromkeys("MP", self._multiple),
            **dict.fromkeys("FH", self._block),
            **dict.fromkeys("ABCE", self._standard_block),
            **dict.fromkeys("1", self._dual),
            **dict.fromkeys("N", self._number),
            **dict.fromkeys("K", self._numbers),
            **dict.fromkeys("STU", self._text),
            **dict.fromkeys("Q", self._texts),
            **dict.fromkeys("R", self._ranking),
            **dict.fromkeys("D", self._date),
            **dict.fromkeys("X", self._note),
            **dict.fromkeys("*", self._computed),
            **dict.fromkeys("|", self._file),
            **dict.fromkeys("I", self._language),
            **dict.fromkeys(":;", self._matrix),
        }

    def item(self, question: LimeQuestion) -> Item:
        """Return the item; an unknown type becomes a text, and the author is told."""
        place = Place(key=f"question {question.code}")
        if question.scripts:
            self.notices.add("le script attaché à la question est retiré.", place)
        lost = list(question.lost)
        lost += [
            f"{said} ({question.attribute(name)})"
            for name, said in NOT_TAKEN.items()
            if question.attribute(name) not in UNSET
        ]
        for name in BOUNDS:
            if "{" in question.attribute(name):
                lost.append(f"borne calculée ({question.attribute(name)})")
                del question.attributes[name]
        if "{" in question.default:
            lost.append(f"réponse par défaut calculée ({question.default})")
            question.default = ""
        if question.attribute("hidden") == "1" and question.type != "*":
            lost.append("question cachée")
        if lost:
            self.notices.add(f"non repris : {', '.join(dict.fromkeys(lost))}.", place)
        build = self._by_type.get(question.type)
        if build is None:
            build = self._single if question.answers else self._text
            nearest = "une réponse dans sa liste" if question.answers else "un texte libre"
            self.notices.add(f"type « {question.type} » inconnu : devient {nearest}.", place)
        return completed(build(question), question, self._lists_by_id)

    def text(self, by_language: ByLanguage, about: str) -> Text:
        """Turn HTML into words, in the languages of the survey."""
        written = {language or self.languages[0]: html for language, html in by_language.items()}
        return words_of(written, about, self.notices)

    def common(self, question: LimeQuestion) -> ItemFields:
        about = f"question {question.code}"
        return {
            "id": question.id,
            "label": self.text(question.texts, about),
            "hint": self.text(question.help, about),
            "relevant": self._formula(question.relevance),
        }

    def asked(self, question: LimeQuestion) -> QuestionFields:
        written = question.attribute("em_validation_q")
        rule = self._formula(written)
        if rule is not None and question.type in OF_ROWS and _ITSELF.search(written):
            # There, « self » is all the rows at once, which no formula of ours can say.
            rule = Formula(written.strip(), Dialect.EXPRESSIONSCRIPT)
        tip = self.text(question.attributes.get("em_validation_q_tip", {}), f"question {question.code}")
        required = {"Y": Required.YES, "S": Required.SOFT}.get(question.mandatory, Required.NO)
        if question.preg and question.type not in "ST":
            self.notices.add(
                f"expression de validation « {question.preg} » non reprise.",
                Place(key=f"question {question.code}"),
            )
        return {
            **self.common(question),
            "required": required,
            "validation": Validation(rule, tip) if rule else None,
            "default": question.choice_code(question.default),
        }

    def choice_list(self, question: LimeQuestion, options: list[Option], scale: int = 0) -> ChoiceList:
        if not options:
            raise QuestionnaireError(
                "cette question n’a aucune réponse possible : ajoutez-en.",
                Place(key=f"question {question.code}"),
            )
        valued = any(option.value for option in options)
        exclusive = set(re.split(r"[;,]", question.attribute("exclude_all_others")))
        told = question.ours.get("choices", {})
        read = [self._choice(option, question, valued, exclusive, scale) for option in options]
        declared = {choice.code for choice in read if "role" in told.get(f"{scale}:{choice.code}", {})}
        choices = settled(read, declared=declared)
        return self._shared(choices, question, scale)

    def _shared(self, choices: tuple[Choice, ...], question: LimeQuestion, scale: int) -> ChoiceList:
        """Give equal lists one name: the one our files keep, else the code of the first question using it."""
        id_ = question.list_id(scale)
        if not id_ and choices in self._lists:
            return self._lists[choices]
        id_ = id_ or (f"{question.code}_{scale + 1}" if question.type == "1" else question.code)
        while id_ in self._lists_by_id and self._lists_by_id[id_].choices != choices:
            id_ = f"{id_}_{question.code}"
        found = self._lists_by_id.setdefault(id_, ChoiceList(id_, choices))
        self._lists.setdefault(choices, found)
        return found

    def _choice(
        self, option: Option, question: LimeQuestion, valued: bool, exclusive: set[str], scale: int
    ) -> Choice:
        label = self.text(option.texts, f"question {question.code}")
        choice = Choice(
            question.choice_code(option.code, scale),
            label,
            option.value if valued else None,
            role_of(label),
            exclusive=option.code in exclusive,
        )
        return completed_choice(choice, question, scale)

    def rows(self, question: LimeQuestion) -> tuple[Row, ...]:
        about = f"question {question.code}"
        return tuple(
            Row(
                id=question.row_id(option.code),
                label=self.text(option.texts, about),
                relevant=self._formula(option.relevance),
            )
            for option in question.subquestions
            if option.scale == 0
        )

    def _single(self, question: LimeQuestion) -> Item:
        return SingleChoice(
            **self.asked(question),
            choices=self.choice_list(question, question.answers),
            dropdown=question.type == "!",
            other=question.other,
            comment=question.type == "O",
            random_order=question.attribute("random_order") == "1",
        )

    def _five_points(self, question: LimeQuestion) -> Item:
        return Rating(**self.asked(question), least=1, most=5)

    def _yes_no(self, question: LimeQuestion) -> Item:
        return YesNo(**self.asked(question), choices=YES_NO)

    def _gender(self, question: LimeQuestion) -> Item:
        return SingleChoice(**self.asked(question), choices=GENDER, profile=True)

    def _multiple(self, question: LimeQuestion) -> Item:
        if any(option.relevance not in ("", "1") for option in question.subquestions):
            self.notices.add(
                "les conditions propres à chaque option ne sont pas reprises.",
                Place(key=f"question {question.code}"),
            )
        return MultipleChoice(
            **self.asked(question),
            choices=self.choice_list(question, question.subquestions),
            other=question.other,
            comment=question.type == "P",
            least=whole_number(question.attribute("min_answers")),
            most=whole_number(question.attribute("max_answers")),
            random_order=question.attribute("random_order") == "1",
        )

    def _block(self, question: LimeQuestion) -> Item:
        return Block(
            **self.asked(question),
            rows=self.rows(question),
            choices=self.choice_list(question, question.answers),
            by_column=question.type == "H",
            random_order=question.attribute("random_order") == "1",
        )

    def _standard_block(self, question: LimeQuestion) -> Item:
        return Block(
            **self.asked(question),
            rows=self.rows(question),
            choices=ARRAYS[question.type],
            random_order=question.attribute("random_order") == "1",
        )

    def _dual(self, question: LimeQuestion) -> Item:
        sides = [[option for option in question.answers if option.scale == side] for side in (0, 1)]
        about = f"question {question.code}"
        return DualBlock(
            **self.asked(question),
            rows=self.rows(question),
            first=self.choice_list(question, sides[0]),
            second=self.choice_list(question, sides[1], 1),
            first_label=self.text(question.attributes.get("dualscale_headerA", {}), about),
            second_label=self.text(question.attributes.get("dualscale_headerB", {}), about),
        )

    def _number(self, question: LimeQuestion) -> Item:
        least, most = (
            number(question.attribute("min_num_value_n")),
            number(question.attribute("max_num_value_n")),
        )
        integer = question.attribute("num_value_int_only") == "1"
        if (least, most) == (0, 10):
            enps = re.search(r"e?nps", question.code, re.IGNORECASE) is not None
            return Rating(**self.asked(question), enps=enps)
        unit = self.text(question.attributes.get("suffix", {}), f"question {question.code}")
        return Number(**self.asked(question), integer=integer, least=least, most=most, unit=unit)

    def _numbers(self, question: LimeQuestion) -> Item:
        slider = "slider_{}" if question.attribute("slider_layout") == "1" else ""
        return Numbers(
            **self.asked(question),
            rows=self.rows(question),
            integer=question.attribute("num_value_int_only") == "1",
            least=number(question.attribute("min_num_value_n") or question.attribute(slider.format("min"))),
            most=number(question.attribute("max_num_value_n") or question.attribute(slider.format("max"))),
        )

    def _text(self, question: LimeQuestion) -> Item:
        return FreeText(
            **self.asked(question),
            long=question.type in "TU",
            longest=whole_number(question.attribute("maximum_chars")),
            pattern=question.preg if question.type in "ST" else "",
        )

    def _texts(self, question: LimeQuestion) -> Item:
        return FreeTexts(**self.asked(question), rows=self.rows(question))

    def _ranking(self, question: LimeQuestion) -> Item:
        return Ranking(
            **self.asked(question),
            choices=self.choice_list(question, question.answers or question.subquestions),
            most=whole_number(question.attribute("max_answers")),
        )

    def _date(self, question: LimeQuestion) -> Item:
        shape = question.attribute("date_format").lower()
        precision = Precision.DAY
        if "h" in shape:
            precision = Precision.MINUTE if re.search(r"[dy]", shape) else Precision.TIME
        elif shape and "d" not in shape:
            precision = Precision.MONTH
        return Date(
            **self.asked(question),
            precision=precision,
            earliest=question.attribute("date_min"),
            latest=question.attribute("date_max"),
        )

    def _note(self, question: LimeQuestion) -> Item:
        return Note(**self.common(question))

    def _computed(self, question: LimeQuestion) -> Item:
        written = question.attribute("equation")
        if not written:
            written = next((text for text in question.texts.values() if "{" in text), "")
        return Computed(**self.common(question), formula=self._formula(plain_text(written)[0]))

    def _file(self, question: LimeQuestion) -> Item:
        kinds = re.split(r"[,;\s]+", question.attribute("allowed_filetypes"))
        return FileUpload(
            **self.asked(question),
            accept=tuple(kind.strip(".").lower() for kind in kinds if kind.strip(".")),
            most=whole_number(question.attribute("max_num_of_files")),
        )

    def _language(self, question: LimeQuestion) -> Item:
        return LanguageChoice(**self.asked(question))

    def _matrix(self, question: LimeQuestion) -> Item:
        """Array of numbers or texts: one row per cell of the table."""
        columns = [option for option in question.subquestions if option.scale == 1]
        about = f"question {question.code}"
        self.notices.add("tableau de saisie mis à plat : une ligne par case.", Place(key=about))
        rows = tuple(
            Row(
                id=f"{row.id}_{column.code}",
                label=_joined(row.label, self.text(column.texts, about)),
                relevant=row.relevant,
            )
            for row in self.rows(question)
            for column in columns
        )
        if question.type == ";":
            return FreeTexts(**self.asked(question), rows=rows)
        return Numbers(
            **self.asked(question),
            rows=rows,
            least=number(question.attribute("multiflexible_min")),
            most=number(question.attribute("multiflexible_max")),
        )


def _joined(row: Text, column: Text) -> Text:
    return (
        Text.of({language: f"{words} – {column.pick(language)}" for language, words in row})
        or column
        or NO_TEXT
    )


def number(written: str) -> float | None:
    try:
        return float(written.replace(",", ".")) if written.strip() else None
    except ValueError:
        return None


def whole_number(written: str) -> int | None:
    found = number(written)
    return int(found) if found is not None and found.is_integer() else None

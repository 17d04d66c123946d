"""One row of the ``survey`` sheet as an item."""

from __future__ import annotations

import re
from collections.abc import Callable

from labqvt_forms.choices import Choice, ChoiceList
from labqvt_forms.errors import QuestionnaireError
from labqvt_forms.formats.item_fields import ItemFields, QuestionFields
from labqvt_forms.formats.xlsform.columns import Record, text_of
from labqvt_forms.formats.xlsform.extension import extended
from labqvt_forms.formats.xlsform.types import RowType
from labqvt_forms.items import (
    Computed,
    Date,
    FileUpload,
    FreeText,
    Item,
    MultipleChoice,
    Note,
    Number,
    Precision,
    Ranking,
    Rating,
    Required,
    SingleChoice,
    Validation,
    YesNo,
)
from labqvt_forms.logic import Formula
from labqvt_forms.logic.tree import Itself, Literal, Negative, Node, Operation
from labqvt_forms.logic.xpath import number_text
from labqvt_forms.notices import Notices
from labqvt_forms.text import NO_TEXT, Text

YES = frozenset({"yes", "true", "true()", "1", "oui", "y", "o", "vrai"})
NO = frozenset({"", "no", "false", "false()", "0", "non", "n", "faux"})
FILES = {
    "image": ("jpg", "jpeg", "png", "heic"),
    "audio": ("mp3", "m4a", "wav", "ogg"),
    "video": ("mp4", "mov", "webm"),
    "file": (),
}
_COMPUTED = re.compile(r"\$\{|^[a-z][\w:-]*\(.*\)$", re.DOTALL)
_PARAMETER = re.compile(r"([\w-]+)\s*=\s*([^\s;,]+)")
_YES_NO_LISTS = re.compile(r"(yes|oui)_?(no|non)|yn|on|ouinon|yesno", re.IGNORECASE)


class ShownFields(ItemFields):
    """Arguments of any item of a workbook, which also says how it is shown."""

    appearance: str


class AskedFields(ShownFields, QuestionFields):
    """Arguments of any question of a workbook, which also says whether it is one of profile."""

    profile: bool


class QuestionReader:
    """Builds items from rows, with the choice lists and the main language of the form at hand."""

    def __init__(self, lists: dict[str, ChoiceList], language: str, notices: Notices) -> None:
        self.lists = lists
        self.language = language
        self.notices = notices
        self._by_word: dict[str, Callable[[Record, RowType], Item]] = {
            "one": self._single,
            "many": self._multiple,
            "rank": self._ranking,
            "text": self._text,
            "integer": self._number,
            "decimal": self._number,
            "range": self._range,
            "date": self._date,
            "time": self._date,
            "datetime": self._date,
            "note": self._note,
            "calculate": self._computed,
            "hidden": self._hidden,
            "acknowledge": self._acknowledge,
            "image": self._file,
            "audio": self._file,
            "video": self._file,
            "file": self._file,
        }

    def item(self, record: Record, kind: RowType) -> Item:
        """Return the item of a row; an unsupported type becomes a text, and the author is told."""
        build = self._by_word.get(kind.word)
        if kind.from_file or build is None:
            self.notices.add(
                f"type « {record['type']} » non pris en charge : la question « {record['name']} » "
                "devient un texte libre.",
                record.at("type"),
            )
            build = self._text
        for column in ("image", "audio", "video"):
            if column in record.texts:
                self.notices.add("les médias ne sont pas repris.", record.at(column))
        if record["choice_filter"]:
            self.notices.add(
                f"le filtre « {record['choice_filter']} » n’est pas repris : tous les choix sont proposés.",
                record.at("choice_filter"),
            )
        if record["trigger"]:
            self.notices.add(
                f"le déclencheur « {record['trigger']} » n’est pas repris.", record.at("trigger")
            )
        return extended(build(record, kind), record, self.lists)

    def text(self, record: Record, column: str) -> Text:
        return text_of(record, column, self.language, self.notices)

    def hint(self, record: Record) -> Text:
        hint, guidance = self.text(record, "hint"), self.text(record, "guidance_hint")
        joined = dict(hint)
        for language, text in guidance:
            joined[language] = f"{joined[language]}\n{text}" if language in joined else text
        return Text.of(joined)

    def common(self, record: Record) -> ShownFields:
        return {
            "id": record["name"],
            "label": self.text(record, "label"),
            "hint": self.hint(record),
            "relevant": formula(record["relevant"]),
            "appearance": plain_appearance(record["appearance"]),
        }

    def asked(self, record: Record) -> AskedFields:
        rule = formula(record["constraint"])
        if record["read_only"].lower() in YES:
            self.notices.add("« lecture seule » n’est pas repris.", record.at("read_only"))
        if record["calculation"]:
            self.notices.add(
                f"la valeur calculée « {record['calculation']} » d’une question posée n’est pas reprise.",
                record.at("calculation"),
            )
        if "required_message" in record.texts:
            self.notices.add("le message d’obligation n’est pas repris.", record.at("required_message"))
        return {
            **self.common(record),
            "required": self.required(record),
            "validation": Validation(rule, self.text(record, "constraint_message")) if rule else None,
            "profile": truth(record, "profile"),
            "default": self.default(record),
        }

    def default(self, record: Record) -> str:
        """Return the answer given beforehand; one that has to be computed is not ours to give."""
        if not _COMPUTED.search(record["default"]):
            return record["default"]
        self.notices.add(
            f"la réponse par défaut calculée « {record['default']} » n’est pas reprise.", record.at("default")
        )
        return ""

    def required(self, record: Record) -> Required:
        written = record["required"].strip().lower()
        if written in YES:
            return Required.YES
        if written in NO:
            return Required.NO
        if written not in ("soft", "souple"):
            self.notices.add(
                f"obligation sous condition « {record['required']} » : devient une réponse souhaitée.",
                record.at("required"),
            )
        return Required.SOFT

    def choices(self, record: Record, kind: RowType) -> ChoiceList:
        if not kind.list_name:
            raise QuestionnaireError(
                f"le type « {record['type']} » ne nomme pas sa liste de choix : écrivez par exemple "
                "« select_one oui_non ».",
                record.at("type"),
            )
        if kind.list_name not in self.lists:
            raise QuestionnaireError(
                f"la liste de choix « {kind.list_name} » n’existe pas dans la feuille « choices » : "
                "ajoutez-la ou corrigez son nom.",
                record.at("type"),
            )
        return self.lists[kind.list_name]

    def _single(self, record: Record, kind: RowType) -> Item:
        choices = self.choices(record, kind)
        asked, reverse = self.asked(record), truth(record, "reverse")
        looks = record["appearance"].split()
        if is_yes_no(choices) and not kind.other and "minimal" not in looks:
            return YesNo(**asked, choices=choices, reverse=reverse)
        return SingleChoice(
            **asked,
            choices=choices,
            reverse=reverse,
            dropdown="minimal" in looks,
            other=kind.other,
            random_order=randomised(record),
        )

    def _multiple(self, record: Record, kind: RowType) -> Item:
        choices = self.choices(record, kind)
        return MultipleChoice(
            **self.asked(record), choices=choices, other=kind.other, random_order=randomised(record)
        )

    def _ranking(self, record: Record, kind: RowType) -> Item:
        return Ranking(**self.asked(record), choices=self.choices(record, kind))

    def _text(self, record: Record, kind: RowType) -> Item:
        del kind
        return FreeText(**self.asked(record), long="multiline" in record["appearance"])

    def _number(self, record: Record, kind: RowType) -> Item:
        asked = self.asked(record)
        least = most = None
        rule = asked["validation"]
        if rule is not None and not rule.message and (limits := bounds(rule.formula)) is not None:
            least, most = limits
            asked["validation"] = None
        return Number(**asked, integer=kind.word == "integer", least=least, most=most)

    def _range(self, record: Record, kind: RowType) -> Item:
        del kind
        given = parameters(record["parameters"])
        try:
            start, end, step = (
                float(given.get(name, usual))
                for name, usual in (("start", "1"), ("end", "10"), ("step", "1"))
            )
        except ValueError:
            raise QuestionnaireError(
                f"« {record['parameters']} » : start, end et step doivent être des nombres.",
                record.at("parameters"),
            ) from None
        marks = (start, end, step)
        if all(part.is_integer() for part in marks) and step >= 1 and 0 < (end - start) / step <= 100:
            enps = marks == (0, 10, 1) and re.search(r"e?nps", record["name"], re.IGNORECASE) is not None
            return Rating(
                **self.asked(record),
                least=int(start),
                most=int(end),
                step=int(step),
                enps=enps,
                reverse=truth(record, "reverse"),
            )
        self.notices.add(f"le pas de {number_text(step)} n’est pas repris.", record.at("parameters"))
        return Number(**self.asked(record), least=min(start, end), most=max(start, end))

    def _date(self, record: Record, kind: RowType) -> Item:
        precision = {"time": Precision.TIME, "datetime": Precision.MINUTE}.get(kind.word, Precision.DAY)
        if "month-year" in record["appearance"]:
            precision = Precision.MONTH
        return Date(**self.asked(record), precision=precision)

    def _note(self, record: Record, kind: RowType) -> Item:
        del kind
        return Note(**self.common(record))

    def _computed(self, record: Record, kind: RowType) -> Item:
        del kind
        return Computed(**self.common(record), formula=formula(record["calculation"]))

    def _hidden(self, record: Record, kind: RowType) -> Item:
        del kind
        self.notices.add(f"le champ caché « {record['name']} » devient un calcul.", record.at("type"))
        written = record["calculation"] or (f"'{record['default']}'" if record["default"] else "")
        return Computed(**self.common(record), formula=formula(written))

    def _acknowledge(self, record: Record, kind: RowType) -> Item:
        del kind
        self.notices.add(
            f"l’accord « {record['name']} » devient une question à un seul choix « OK ».", record.at("type")
        )
        return SingleChoice(**self.asked(record), choices=ChoiceList("acknowledge", (Choice("OK", NO_TEXT),)))

    def _file(self, record: Record, kind: RowType) -> Item:
        return FileUpload(**self.asked(record), accept=FILES[kind.word], most=1)


SAID_OTHERWISE = frozenset({"minimal", "multiline", "month-year", "table-list", "field-list"})
"""Appearances the model says by a field of its own."""


def plain_appearance(written: str) -> str:
    return " ".join(word for word in written.split() if word not in SAID_OTHERWISE)


def bounds(rule: Formula | None) -> tuple[float | None, float | None] | None:
    """Read ``. >= 1 and . <= 5`` (or half of it) as bounds; None for any other rule."""
    match rule.tree if rule else None:
        case Operation(">=", Itself(), limit):
            found: tuple[float | None, float | None] = (_signed(limit), None)
        case Operation("<=", Itself(), limit):
            found = (None, _signed(limit))
        case Operation("and", Operation(">=", Itself(), low), Operation("<=", Itself(), high)):
            found = (_signed(low), _signed(high))
            if None in found:
                return None
        case _:
            return None
    return None if found == (None, None) else found


def _signed(node: Node) -> float | None:
    match node:
        case Literal(float(number)):
            return number
        case Negative(Literal(float(number))):
            return -number
        case _:
            return None


def formula(written: str) -> Formula | None:
    written = written.strip()
    return Formula(written) if written and written.lower() not in ("true()", "1") else None


def truth(record: Record, column: str) -> bool:
    """Read a yes / no cell."""
    written = record[column].strip().lower()
    if written not in YES | NO:
        raise QuestionnaireError(f"« {record[column]} » : écrivez « yes » ou « no ».", record.at(column))
    return written in YES


def parameters(written: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _PARAMETER.findall(written)}


def randomised(record: Record) -> bool:
    return parameters(record["parameters"]).get("randomize", "").lower() == "true"


def is_yes_no(choices: ChoiceList) -> bool:
    codes = [code.lower() for code in choices.codes]
    if len(codes) != 2:
        return False
    said = set(codes) in ({"yes", "no"}, {"oui", "non"}, {"y", "n"}, {"o", "n"})
    return said or (set(codes) in ({"1", "0"}, {"1", "2"}) and bool(_YES_NO_LISTS.fullmatch(choices.id)))

"""What one variable is, told from its description, and the item it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

from labqvt_forms.choices import Choice, Role
from labqvt_forms.formats.ddi.description import Description
from labqvt_forms.formats.ddi.tree import language_of, raw, words
from labqvt_forms.formats.extension import Told
from labqvt_forms.items import (
    YES_NO,
    Computed,
    Date,
    FileUpload,
    FreeText,
    Item,
    Kind,
    LanguageChoice,
    Number,
    Precision,
    Rating,
    SingleChoice,
    YesNo,
)
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.text import Text

DATE_FORMATS: Final = {
    Precision.MONTH: "YYYY-MM",
    Precision.DAY: "YYYY-MM-DD",
    Precision.MINUTE: "YYYY-MM-DDThh:mm",
    Precision.TIME: "hh:mm",
}
YES_AND_NO: Final = ({"yes", "no"}, {"oui", "non"}, {"y", "n"}, {"o", "n"})


def settled_kind(told: str, var: Element, choices: Sequence[Choice]) -> Kind:
    """Take the kind our note tells, unless what it needs is no longer there."""
    answers = [choice for choice in choices if choice.role is Role.ANSWER]
    possible = {Kind.SINGLE: bool(choices), Kind.YES_NO: len(answers) == 2}
    if told in ALONE and possible.get(Kind(told), True):
        return Kind(told)
    return kind_of(var, choices)


def kind_of(var: Element, choices: Sequence[Choice]) -> Kind:
    """Tell what a variable is from its description alone."""
    question = var.find("qstn")
    form = var.find("varFormat")
    asked = question.get("otherResponseDomainType") if question is not None else None
    character = form is not None and form.get("type") == "character"
    if var.find("derivation") is not None:
        return Kind.COMPUTED
    if asked in (Kind.FILE, Kind.LANGUAGE):
        return Kind(asked)
    if form is not None and form.get("category") in ("date", "time"):
        return Kind.DATE
    if choices and var.get("intrvl") != "contin":
        codes = {choice.code.casefold() for choice in choices if choice.role is Role.ANSWER}
        if marks_of(var, choices) is not None:
            return Kind.RATING
        return Kind.YES_NO if codes in YES_AND_NO and len(choices) == 2 else Kind.SINGLE
    domain = question.get("responseDomainType") if question is not None else None
    return Kind.TEXT if character or (form is None and domain == "text") else Kind.NUMBER


def marks_of(var: Element, choices: Sequence[Choice]) -> range | None:
    """Return the marks of a scale where only the ends have words, between declared bounds; else None."""
    bounds = var.find("valrng/range")
    if bounds is None or len(choices) < 2 or any(choice.label for choice in choices[1:-1]):
        return None
    try:
        least, most = int(bounds.get("min", "")), int(bounds.get("max", ""))
        codes = [int(choice.code) for choice in choices]
    except ValueError:
        return None
    step = codes[1] - codes[0]
    if step < 1 or len(codes) > 101 or codes[0] != least:
        return None
    marks = range(least, most + 1, step)
    return marks if codes == list(marks) else None


def number_fields(var: Element) -> dict[str, Any]:
    bounds = var.find("valrng/range")
    least, most = (None, None) if bounds is None else (_number(bounds.get("min")), _number(bounds.get("max")))
    if least is not None and most is not None and least > most:
        least = most = None
    return {"integer": var.get("dcml") == "0", "least": least, "most": most}


def _number(written: str | None) -> float | None:
    return float(written) if written and re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", written.strip()) else None


# One variable, one item


def _single(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    choices = reader.choice_list(reader.choices(var), common["id"], told)
    return SingleChoice(**common, **reader.asking(var), choices=choices)


def _yes_no(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    read = reader.choices(var)
    known = {choice.code: choice for choice in YES_NO.choices}
    alike = tuple(
        known[choice.code] if choice.code in known and choice.label == known[choice.code].label else choice
        for choice in read
    )
    choices = reader.choice_list(alike, YES_NO.id if alike == YES_NO.choices else common["id"], told)
    return YesNo(**common, **reader.asking(var), choices=choices)


def _rating(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    choices = reader.choices(var)
    marks = marks_of(var, choices)
    if marks is None:
        return Rating(**common, **reader.asking(var))
    low, high = choices[0].label, choices[-1].label
    common |= reader.asking(var)
    return Rating(**common, least=marks[0], most=marks[-1], step=marks.step, low_label=low, high_label=high)


def _number_item(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    unit = Text.of({language_of(var) or reader.language: (var.get("measUnit") or "").strip()})
    return Number(**common, **reader.asking(var), **number_fields(var), unit=unit)


def _text(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    location = var.find("location")
    width = (location.get("width") or "" if location is not None else "").strip()
    longest = int(width) if re.fullmatch(r"[1-9]\d{0,8}", width) else None
    return FreeText(**common, **reader.asking(var), longest=longest)


def _date(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    form, bounds = var.find("varFormat"), var.find("valrng/range")
    named = {written: precision for precision, written in DATE_FORMATS.items()}
    precision = named.get(form.get("formatname", "") if form is not None else "", Precision.DAY)
    earliest, latest = ("", "") if bounds is None else (bounds.get("min", ""), bounds.get("max", ""))
    return Date(**common, **reader.asking(var), precision=precision, earliest=earliest, latest=latest)


def _computed(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    command, description = var.find("derivation/drvcmd"), words(var.find("derivation/drvdesc"))
    written = raw(command)
    formula = None
    syntax = command.get("syntax", "") if command is not None else ""
    if written and syntax in list(Dialect):
        formula = Formula(written, Dialect(syntax))
    elif written or description:
        shown = (written or description)[:120]
        reader.notices.add(f"le calcul de « {common['id']} » n’est pas repris : « {shown} ».")
    return Computed(**common, formula=formula)


def _file(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    return FileUpload(**common, **reader.asking(var))


def _language(reader: Description, var: Element, told: Told, common: dict[str, Any]) -> Item:
    del told
    return LanguageChoice(**common, **reader.asking(var))


ALONE: Final[dict[str, Callable[[Description, Element, Told, dict[str, Any]], Item]]] = {
    Kind.SINGLE: _single,
    Kind.YES_NO: _yes_no,
    Kind.RATING: _rating,
    Kind.NUMBER: _number_item,
    Kind.TEXT: _text,
    Kind.DATE: _date,
    Kind.COMPUTED: _computed,
    Kind.FILE: _file,
    Kind.LANGUAGE: _language,
}

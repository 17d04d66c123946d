"""Answers as delimited text: our CSV, the one of French Excel, those of LimeSurvey and of ODK."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from labqvt_forms.answers.decoding import label_codes
from labqvt_forms.answers.dictionary import declined_words, dictionary_csv
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.guarding import guarded
from labqvt_forms.answers.layout import Layout, kobo, limesurvey, limesurvey_vv, ours
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import AnswerSheet, laid_out
from labqvt_forms.items import Kind
from labqvt_forms.questionnaire import Questionnaire

_LIMESURVEY_DATE = "1980-01-01 00:00:00"
"""What LimeSurvey itself writes as the submission date of anonymous answers; without any, it takes them as drafts."""
_VV_ESCAPES = (("{", "{lbrace}"), ("}", "{rbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}"))


def write_csv(prepared: Prepared, language: str, _: str) -> Export:
    """Write RFC 4180: UTF-8, commas, decimal points."""
    return _written(laid_out(prepared, ours(prepared.questionnaire), Words(), language), delimiter=",")


def write_french_csv(prepared: Prepared, language: str, _: str) -> Export:
    """Write what the Excel of a French computer opens by a double click."""
    words = Words(decimal=",")
    return _written(laid_out(prepared, ours(prepared.questionnaire), words, language), french=True)


def write_limesurvey_codes(prepared: Prepared, language: str, _: str) -> Export:
    layout = limesurvey(prepared.questionnaire)
    words = Words(ticked="Y", unticked="", not_asked="", codes=theirs(layout))
    return _written(laid_out(prepared, layout, words, language), french=True)


def write_limesurvey_labels(prepared: Prepared, language: str, _: str) -> Export:
    """Write labels for codes wherever labels tell the choices apart; headers are « code. words »."""
    layout = limesurvey(prepared.questionnaire)
    yes, no = ("Yes", "No") if language == "en" else ("Oui", "Non")
    words = Words(
        ticked=yes,
        unticked=no,
        declined=declined_words(language),
        not_asked="N/A",
        codes=theirs(layout) | _labels(prepared.questionnaire, language),
    )
    sheet = laid_out(prepared, layout, words, language)
    headers = [
        f"{field.name}. {' '.join(label.split())}" if (label := field.label(language)) else field.name
        for field in sheet.fields
    ]
    return _written(sheet, french=True, headers=headers)


def write_limesurvey_vv(prepared: Prepared, language: str, _: str) -> Export:
    """Write the file LimeSurvey imports answers from: tabs, a line of words, a line of codes."""
    layout = limesurvey_vv(prepared.questionnaire)
    unseen = "{question_not_shown}"
    words = Words(ticked="Y", unticked="", not_asked=unseen, not_asked_words=unseen, codes=theirs(layout))
    sheet = laid_out(prepared, layout, words, language)
    dated = ["submitdate", "startlanguage"]
    columns = [[_LIMESURVEY_DATE] * prepared.n, [language] * prepared.n]
    columns += [[_escaped(cell) for cell in column] for column in sheet.columns]
    described = [*dated, *(" ".join(field.label(language).split()) or field.name for field in sheet.fields)]
    lines = [described, [*dated, *sheet.names], *zip(*columns, strict=True)]
    return Export(_delimited(lines, delimiter="\t"), {}, sheet, dictionary_csv(sheet.dictionary()))


def write_kobo(prepared: Prepared, language: str, _: str) -> Export:
    """Write ODK paths; a multiple choice has its column of codes and one column of 0 and 1 per option."""
    questionnaire = prepared.questionnaire
    words = Words(not_asked="", other="other")
    return _written(laid_out(prepared, kobo(questionnaire), words, language), delimiter=",")


def theirs(layout: Layout) -> dict[str, dict[str, str]]:
    """Codes of a layout the other way round: ours to theirs."""
    return {id_: {ours_: theirs for theirs, ours_ in codes.items()} for id_, codes in layout.codes.items()}


def _labels(questionnaire: Questionnaire, language: str) -> dict[str, dict[str, str]]:
    """Labels to write for codes, for the variables whose labels name one choice each when read back."""
    found = {}
    for variable in questionnaire.answer_variables:
        if variable.choices is None or variable.kind in (Kind.MULTIPLE, Kind.RANKING):
            continue
        labels = {choice.code: choice.label.pick(language) for choice in variable.choices.choices}
        if all(label_codes(variable.choices, label) == {code} for code, label in labels.items()):
            found[variable.id] = labels
    return found


def _escaped(cell: str) -> str:
    if cell == "{question_not_shown}" or not any(sign in cell for sign in "{}\n\r\t"):
        return cell
    named = dict(_VV_ESCAPES)
    return "".join(named.get(sign, sign) for sign in cell)


def _written(
    sheet: AnswerSheet, *, delimiter: str = ";", french: bool = False, headers: Sequence[str] = ()
) -> Export:
    lines = [list(headers or sheet.names), *zip(*sheet.columns, strict=True)]
    content = _delimited(lines, delimiter=delimiter, marked=french)
    return Export(content, {}, sheet, dictionary_csv(sheet.dictionary(), french=french))


def _delimited(lines: Sequence[Sequence[str]], *, delimiter: str, marked: bool = False) -> bytes:
    inert = {cell: guarded(cell) for line in lines for cell in line}
    page = io.StringIO(newline="")
    # A single column has no delimiter to be recognised by: quotes make any guess right.
    alone = len(lines[0]) == 1
    csv.writer(
        page,
        delimiter=delimiter,
        lineterminator="\r\n",
        quoting=csv.QUOTE_ALL if alone else csv.QUOTE_MINIMAL,
    ).writerows([inert[cell] for cell in line] for line in lines)
    return page.getvalue().encode("utf-8-sig" if marked else "utf-8")

"""The answers of a LimeSurvey archive: one row per person, columns named by survey, group and question."""

from __future__ import annotations

from collections.abc import Iterator

from labqvt_forms.answers.delimited import theirs
from labqvt_forms.answers.dictionary import dictionary_csv
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.layout import limesurvey
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import laid_out
from labqvt_forms.answers.table import DECLINED, AnswerTable, Cell
from labqvt_forms.choices import DECLINED_CODE, ChoiceList
from labqvt_forms.formats.limesurvey.responses_reader import OTHER
from labqvt_forms.formats.limesurvey.structure import Structure
from labqvt_forms.formats.limesurvey.tables import LimeQuestion
from labqvt_forms.formats.limesurvey.writer import write_lsa
from labqvt_forms.formats.limesurvey.xml_writer import Tables, document
from labqvt_forms.formats.written import Written
from labqvt_forms.items import (
    DualBlock,
    Item,
    MultipleChoice,
    Question,
    Ranking,
    Rows,
    SingleChoice,
    choice_lists,
)
from labqvt_forms.questionnaire import Questionnaire

NO_DATE = "1980-01-01 00:00:00"
"""The date LimeSurvey gives to anonymous answers that are complete."""
Columns = Iterator[tuple[str, tuple[str, ...]]]


def write_archive(prepared: Prepared, language: str, _: str) -> Export:
    """Write the archive (.lsa) of a survey with its answers."""
    questionnaire = prepared.questionnaire
    layout = limesurvey(questionnaire)
    words = Words(ticked="Y", unticked="", not_asked="", codes=theirs(layout))
    answers = AnswerTable(prepared.n, prepared.columns)
    written = write_lsa(questionnaire, lambda structure: _responses(questionnaire, structure, answers))
    sheet = laid_out(prepared, layout, words, language)
    return Export(written.content, {}, sheet, dictionary_csv(sheet.dictionary(), french=True))


def _responses(questionnaire: Questionnaire, structure: Structure, answers: AnswerTable) -> Written:
    """Return the .lsr of answers to a questionnaire, whose tables are those of ``structure``."""
    printer = _Printer(structure, answers)
    columns = {"id": tuple(str(number + 1) for number in range(answers.n))}
    columns["submitdate"] = (NO_DATE,) * answers.n
    columns["startlanguage"] = (questionnaire.language,) * answers.n
    for item in questionnaire.items:
        if isinstance(item, Question):
            columns |= dict(printer.columns(item))
    # A name of XML neither starts with a figure nor holds « # »: LimeSurvey writes « _ » and « - ».
    named = {f"_{name}" if name[0].isdecimal() else name: cells for name, cells in columns.items()}
    rows = [dict(zip(named, cells, strict=True)) for cells in zip(*named.values(), strict=True)]
    content = document({"responses": rows}, questionnaire.languages, "Responses")
    return Written(content)


class _Printer:
    def __init__(self, structure: Structure, answers: AnswerTable) -> None:
        self.structure = structure
        self.answers = answers
        tables = Tables(structure.survey)
        self.stems = {
            row["title"]: f"{tables.sid}X{row['gid']}X{row['qid']}" for row in tables.rows["questions"]
        }

    def columns(self, item: Item) -> Columns:
        """Yield the columns of one question."""
        question = self.structure.by_item[item.id]
        stem = self.stems[question.code]
        match item:
            case MultipleChoice():
                yield from self._boxes(item, question, stem)
            case Ranking():
                ranked = [self._codes(cell, question, item.choices) for cell in self._cells(item.id)]
                for rank in range(len(item.choices.choices)):
                    yield f"{stem}{rank + 1}", tuple(row[rank] if rank < len(row) else "" for row in ranked)
            case DualBlock():
                for option, row in zip(question.subquestions, item.rows, strict=True):
                    for side, scale in enumerate((item.first, item.second)):
                        cells = self._plain(f"{row.id}_{side + 1}", question, scale, side)
                        yield f"{stem}{option.code}-{side}", cells
            case Rows():
                shared = next(iter(choice_lists(item)), None)
                for option, row in zip(question.subquestions, item.rows, strict=True):
                    yield f"{stem}{option.code}", self._plain(row.id, question, shared)
            case SingleChoice() if item.other:
                known = {choice.code for choice in item.choices.choices}
                free = tuple(
                    cell if isinstance(cell, str) and cell not in known else ""
                    for cell in self._cells(item.id)
                )
                given = self._plain(item.id, question, item.choices)
                yield stem, tuple(OTHER if words else code for words, code in zip(free, given, strict=True))
                yield f"{stem}other", free
            case _:
                yield stem, self._plain(item.id, question, next(iter(choice_lists(item)), None))

    def _cells(self, id_: str) -> tuple[Cell, ...]:
        return self.answers.columns.get(id_, (None,) * self.answers.n)

    def _boxes(self, item: MultipleChoice, question: LimeQuestion, stem: str) -> Columns:
        cells = [self._codes(cell, question, item.choices) for cell in self._cells(item.id)]
        for option in question.subquestions:
            yield f"{stem}{option.code}", tuple("Y" if option.code in ticked else "" for ticked in cells)

    def _codes(self, cell: Cell, question: LimeQuestion, choices: ChoiceList) -> list[str]:
        return [question.lime_code(code) for code in self._text(cell, choices).split()]

    def _plain(
        self, id_: str, question: LimeQuestion, scale: ChoiceList | None, side: int = 0
    ) -> tuple[str, ...]:
        given = (self._text(cell, scale) for cell in self._cells(id_))
        return tuple(question.lime_code(text, side) if scale else text for text in given)

    def _text(self, cell: Cell, scale: ChoiceList | None) -> str:
        if cell is DECLINED:
            declining = scale.declining if scale else None
            return declining.code if declining else DECLINED_CODE
        return cell if isinstance(cell, str) else ""

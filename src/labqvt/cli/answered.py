"""A file of answers and its questionnaire, as the commands that compute on them read both."""

from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from labqvt_forms import Questionnaire
    from labqvt_forms.answers import AnswerTable
    from labqvt_stats import Answers, Column


def add_answered(parser: ArgumentParser, *, by: str) -> None:
    """The file, its questionnaire, and the columns that divide it; ``by`` is the help of the last."""
    parser.add_argument(
        "responses", metavar="REPONSES", help="réponses : .csv, .xlsx, .sav ou .parquet (codes ou libellés)"
    )
    parser.add_argument(
        "--questionnaire", required=True, metavar="FICHIER", help="XLSForm, LimeSurvey ou JSON"
    )
    parser.add_argument("--by", action="append", nargs="+", default=[], metavar="COL", help=by)


def add_protection(parser: ArgumentParser) -> None:
    """Who is to be protected, and from how many who know."""
    parser.add_argument(
        "--others", type=int, default=5, help="autres personnes au moins dans un groupe montré (5 ou plus)"
    )
    parser.add_argument(
        "--insiders", type=int, default=1, help="personnes qui peuvent parler entre elles (1 ou plus)"
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """The questionnaire, the answers to it, and the language in which values are named."""

    form: "Questionnaire"
    table: "AnswerTable"
    language: str

    @classmethod
    def read(
        cls, responses: str, questionnaire: str, language: str, columns: Iterable[str | None] = ()
    ) -> Self:
        """Read both. ``columns`` may be of the file only; those of the questionnaire come anyway."""
        import labqvt_forms
        from labqvt_forms.answers import read_answers

        form = labqvt_forms.read(questionnaire, language=language).questionnaire
        known = {variable.id for variable in form.answer_variables}
        extra = [name for name in dict.fromkeys(columns) if name is not None and name not in known]
        return cls(form, read_answers(responses, form, extra_columns=extra), language)

    def answers(self) -> "Answers":
        from labqvt.instruments.measuring import answers_of_columns, instrument_of

        return answers_of_columns(instrument_of(self.form, self.language), self.table.columns)

    def values(self, name: str) -> list[str | None]:
        """Values of a column as a reader names them: labels of choices, or what the file says."""
        if name in self.table.extra:
            return [value.strip() or None for value in self.table.extra[name]]
        choices = self.form.variable(name).choices
        labels = (
            {}
            if choices is None
            else {one.code: one.label.pick(self.language) or one.code for one in choices.choices}
        )
        return [
            labels.get(cell, cell) if isinstance(cell, str) else None for cell in self.table.columns[name]
        ]

    def column(self, name: str) -> "Column":
        from labqvt_stats import Column

        values = self.values(name)
        if name in self.table.extra or (choices := self.form.variable(name).choices) is None:
            return Column(name, values)
        order = tuple(one.label.pick(self.language) or one.code for one in choices.choices)
        return Column(name, values, order=order)


def flat(groups: Sequence[Sequence[str]]) -> list[str]:
    """``--by A B --by C`` → A, B, C, each once."""
    return list(dict.fromkeys(name for group in groups for name in group))

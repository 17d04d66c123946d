"""Everything that can go wrong with a questionnaire or its answers.

FormError                  any refusal, one French sentence that names the place
├── FileError              absent, empty, too large, or not what its name says
├── QuestionnaireError     the file opens, its content breaks a rule of questionnaires
│   └── ModelError         a value object was built with impossible values
├── AnswersError           answers that do not fit their questionnaire
└── FormatError            the asked format cannot be written

    try:
        reading = labqvt_forms.read("enquete.xlsx")
    except labqvt_forms.FormError as error:
        print(error)       # enquete.xlsx, feuille « survey », ligne 4 : …
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file: whatever is known, from the widest to the narrowest."""

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    key: str = ""

    def __str__(self) -> str:
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"feuille « {self.sheet} »")
        if self.row is not None:
            parts.append(f"ligne {self.row}")
        if self.column:
            parts.append(f"colonne « {self.column} »")
        if self.key:
            parts.append(f"« {self.key} »")
        return ", ".join(parts)

    def within(self, outer: Place) -> Place:
        """Fill what this place does not say from ``outer``."""
        return replace(
            outer,
            sheet=self.sheet or outer.sheet,
            row=self.row if self.row is not None else outer.row,
            column=self.column or outer.column,
            key=self.key or outer.key,
            file=self.file or outer.file,
        )


NOWHERE = Place()


class FormError(Exception):
    """A refusal: a sentence for the person, and the place it is about."""

    def __init__(self, sentence: str, place: Place = NOWHERE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place = place

    def __str__(self) -> str:
        where = str(self.place)
        return f"{where} : {self.sentence}" if where else self.sentence


class FileError(FormError):
    """The file is absent, empty, too large, or not what its name says."""


class QuestionnaireError(FormError):
    """The file opens, but its content breaks a rule of questionnaires."""


class ModelError(QuestionnaireError):
    """A value object was built with impossible values."""


class AnswersError(FormError):
    """Answers that do not fit their questionnaire."""


class FormatError(FormError):
    """The asked format cannot be written."""


@contextmanager
def placed(place: Place) -> Iterator[None]:
    """Give every refusal raised inside the place where it happened."""
    try:
        yield
    except FormError as error:
        error.place = error.place.within(place)
        raise

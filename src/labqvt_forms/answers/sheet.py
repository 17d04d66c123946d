"""Answers laid out as named columns of texts, which every dialect then writes in its own way."""

from __future__ import annotations

from dataclasses import dataclass

from labqvt_forms.answers.dictionary import dictionary_rows
from labqvt_forms.answers.encoding import Words, encode
from labqvt_forms.answers.layout import Field, Layout
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.errors import AnswersError


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Columns as written; ``columns[i]`` goes with ``fields[i]``."""

    prepared: Prepared
    fields: tuple[Field, ...]
    columns: tuple[list[str], ...]
    words: Words
    language: str

    @property
    def names(self) -> list[str]:
        return [field.name for field in self.fields]

    def dictionary(self) -> list[tuple[str, ...]]:
        return dictionary_rows(self.prepared.questionnaire, self.fields, self.words, self.language)


def laid_out(prepared: Prepared, layout: Layout, words: Words, language: str) -> AnswerSheet:
    """Encode every column the export keeps."""
    fields = tuple(
        field for field in layout.fields(prepared.questionnaire) if prepared.with_texts or not field.free
    )
    if not fields:
        raise AnswersError(
            "il ne reste aucune colonne à écrire : ce questionnaire n’a que des textes libres. "
            "Demandez-les expressément s’il les faut."
        )
    nobody: frozenset[int] = frozenset()
    columns = tuple(
        encode(
            field,
            prepared.columns[field.variable.id],
            prepared.not_asked.get(field.variable.id, nobody),
            words,
        )
        for field in fields
    )
    return AnswerSheet(prepared, fields, columns, words, language)

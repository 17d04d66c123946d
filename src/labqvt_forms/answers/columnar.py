"""Answers as Parquet, typed, with the dictionary inside the file."""

from __future__ import annotations

import io
import json
from typing import Any

from labqvt_forms.answers.dictionary import HEADER, dictionary_csv
from labqvt_forms.answers.encoding import Words
from labqvt_forms.answers.export import Export
from labqvt_forms.answers.layout import Field, Shape, ours
from labqvt_forms.answers.preparing import Prepared
from labqvt_forms.answers.sheet import laid_out
from labqvt_forms.answers.workbook import number_exactly
from labqvt_forms.items import Kind

SCHEMA = "labqvt/answers/1"


def write_parquet(prepared: Prepared, language: str, _: str) -> Export:
    """Write codes and texts as text, numbers and ticks as numbers, blanks as nulls."""
    import polars  # noqa: PLC0415 - heavy, for Parquet files only

    sheet = laid_out(prepared, ours(prepared.questionnaire), Words(), language)
    series = [_series(polars, field, cells) for field, cells in zip(sheet.fields, sheet.columns, strict=True)]
    questionnaire = prepared.questionnaire
    described = {
        "schema": SCHEMA,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "title": questionnaire.title.pick(language),
        "anonymous": questionnaire.anonymous,
        "variables": [dict(zip(HEADER, row, strict=True)) for row in sheet.dictionary()[1:]],
    }
    file = io.BytesIO()
    polars.DataFrame(series).write_parquet(
        file, metadata={"labqvt": json.dumps(described, ensure_ascii=False)}
    )
    return Export(file.getvalue(), {}, sheet, dictionary_csv(sheet.dictionary()))


def _series(polars: Any, field: Field, cells: list[str]) -> Any:
    if field.shape is Shape.OPTION:
        return polars.Series(field.name, [int(cell) if cell else None for cell in cells], polars.Int8)
    if field.variable.kind is Kind.NUMBER:
        numbers = {cell: number_exactly(cell) for cell in set(cells) if cell}
        if None not in numbers.values():
            return polars.Series(field.name, [numbers.get(cell) for cell in cells], polars.Float64)
    return polars.Series(field.name, [cell or None for cell in cells], polars.String)

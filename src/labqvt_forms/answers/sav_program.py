"""What an SPSS file holds, as values JSON has. Imports nothing of the package: see ``apart``.

The C library below stops the whole process on some damaged files: one from outside is read apart, one we have just
written by the same function in the process itself.
"""

from __future__ import annotations

import datetime as dt
from typing import Any


def contents(path: str) -> dict[str, Any]:
    """Return names, cells, labels, formats, declared missing values and multiple-response sets; ValueError if damaged."""
    import pyreadstat  # noqa: PLC0415 - heavy, for SPSS files only

    try:
        data, meta = pyreadstat.read_sav(path, output_format="dict", user_missing=True)
    except (
        pyreadstat.PyreadstatError,
        pyreadstat.ReadstatError,
        ValueError,
        ArithmeticError,
        LookupError,
        TypeError,
        MemoryError,
    ) as error:
        raise ValueError(str(error) or type(error).__name__) from error
    return {
        "names": list(meta.column_names),
        "cells": [[_plain(value) for value in data[name]] for name in meta.column_names],
        "title": meta.file_label or "",
        "formats": dict(meta.original_variable_types),
        "described": [meta.column_names_to_labels.get(name) or "" for name in meta.column_names],
        "labels": {
            name: [[_plain(value), str(label)] for value, label in known.items()]
            for name, known in meta.variable_value_labels.items()
        },
        "missing": {
            name: [
                [bounds["lo"], bounds["hi"]] if isinstance(bounds, dict) else [bounds, bounds]
                for bounds in ranges
            ]
            for name, ranges in meta.missing_ranges.items()
        },
        "sets": [
            [name, str(told.get("label") or ""), told.get("counted_value"), list(told["variable_list"])]
            for name, told in meta.mr_sets.items()
            if told.get("is_dichotomy")
        ],
    }


def _plain(value: object) -> object:
    """Make a value one that JSON has: dates as ISO texts, without their time at midnight."""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return str(value.date())
    return value if isinstance(value, str | float | int) or value is None else str(value)

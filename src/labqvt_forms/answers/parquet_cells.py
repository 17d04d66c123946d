"""The cells of a Parquet file, as values JSON has. Imports nothing of the package: see ``apart``."""

from __future__ import annotations

from typing import Any


def contents(path: str) -> list[tuple[str, list[Any]]]:
    """Return the name and the cells of each column; ValueError if the file is damaged."""
    import polars  # noqa: PLC0415 - heavy, for Parquet files only

    try:
        frame = polars.read_parquet(path)
    except (polars.exceptions.PolarsError, OSError) as error:
        raise ValueError(str(error)) from error
    return [(series.name, [_plain(value) for value in series.to_list()]) for series in frame.get_columns()]


def _plain(value: object) -> object:
    """Make a value one that JSON has; dates as ISO texts, without their time at midnight."""
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str | float | int) or value is None:
        return value
    return str(value).removesuffix(" 00:00:00")

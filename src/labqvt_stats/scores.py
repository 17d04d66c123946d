"""Scores on 0-100 of items and scales, and plain descriptions of them."""

from dataclasses import dataclass

import numpy as np

from labqvt_stats.answers import Answers, Floats
from labqvt_stats.instrument import Scale


@dataclass(frozen=True, slots=True)
class Description:
    """Number of values, mean and n-1 standard deviation (both ``nan`` when undefined)."""

    n: int
    mean: float
    sd: float


def item_values(answers: Answers) -> Floats:
    """Values of the codes answered, as asked (not reversed): shape (n, k), ``nan`` where there is none."""
    tables = [item.values or (np.nan,) * len(item.codes) for item in answers.instrument.items]
    return _looked_up(answers, list(range(len(tables))), tables)


def item_scores(answers: Answers) -> Floats:
    """Scores on 0-100 of every answer, reversed by definition: shape (n, k), ``nan`` where there is none.

    100 (x - low) / (high - low), and low + high - x first for a reversed item (COPSOQ, SF-36 practice).
    """
    return _scores_of(answers, list(range(len(answers.instrument.items))))


def scale_item_scores(answers: Answers, scale: Scale) -> Floats:
    """Scores on 0-100 of the items of one scale, in its order: shape (n, items of the scale)."""
    return _scores_of(answers, [answers.instrument.position(item) for item in scale.items])


def scale_scores(answers: Answers, scale: Scale) -> Floats:
    """Scores on 0-100 of every person on one scale: shape (n,), ``nan`` under the missing rule.

    Mean of the answered items' scores when at least ``scale.answers_needed`` of them are answered.
    """
    scores = scale_item_scores(answers, scale)
    answered = np.isfinite(scores)
    number = answered.sum(axis=1)
    totals = np.where(answered, scores, 0.0).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(number >= scale.answers_needed, totals / number, np.nan)


def describe(values: Floats, weights: Floats | None = None) -> Description:
    """Describe the finite values of a (n,) array, optionally weighted.

    With weights the mean is sum(wx)/sum(w) and the variance sum(w (x-mean)²)/sum(w) · n/(n-1).
    """
    kept = np.isfinite(values)
    x = values[kept]
    n = int(x.size)
    if n == 0:
        return Description(0, float("nan"), float("nan"))
    w = np.ones(n) if weights is None else weights[kept]
    mean = float(w @ x / w.sum())
    if n == 1:
        return Description(1, mean, float("nan"))
    variance = float(w @ (x - mean) ** 2 / w.sum()) * n / (n - 1)
    return Description(n, mean, variance**0.5)


def _scores_of(answers: Answers, columns: list[int]) -> Floats:
    return _looked_up(answers, columns, [answers.instrument.items[column].scores for column in columns])


def _looked_up(answers: Answers, columns: list[int], tables: list[tuple[float, ...]]) -> Floats:
    """Numbers read in one table per column; position -1 reads the last entry, which is nan."""
    read = [
        np.asarray((*table, np.nan))[answers.positions[:, column]]
        for column, table in zip(columns, tables, strict=True)
    ]
    return np.column_stack(read) if read else np.empty((answers.n, 0))

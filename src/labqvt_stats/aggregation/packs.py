"""Several columns in one code: a table of the pack holds the tables of each of its columns.

Counting 60 questions by 8 attributes takes 480 passes over the people one at a time, 60 with three questions and
two or three attributes per code. A pack is as large as its table stays small beside the people and the cache.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

_MOST_BINS = 1 << 18
_FEWEST_BINS = 1 << 12

Pack = tuple[str, ...]


def plan(
    questions: Mapping[str, int], attributes: Mapping[str, int], n: int
) -> tuple[list[Pack], list[Pack]]:
    """Packs of questions and of attributes; sizes include the place of "no code".

    The number of questions per pack is the one that makes fewest passes.
    """
    most = min(_MOST_BINS, max(_FEWEST_BINS, n))
    best: tuple[list[Pack], list[Pack]] | None = None
    for width in range(1, 7):
        asked = list(_in_packs(questions, width))
        largest = max((_product(questions, pack) for pack in asked), default=1)
        grouped = _filled(attributes, max(1, most // largest))
        if best is not None and largest * max(attributes.values(), default=1) > 2 * most:
            break
        if best is None or len(asked) * len(grouped) < len(best[0]) * len(best[1]):
            best = asked, grouped
    assert best is not None
    return best


def _in_packs(sizes: Mapping[str, int], width: int) -> Iterator[Pack]:
    names = sorted(sizes, key=lambda name: -sizes[name])
    for start in range(0, len(names), width):
        yield tuple(names[start : start + width])


def _filled(sizes: Mapping[str, int], most: int) -> list[Pack]:
    """Attributes together while their product stays under ``most``; the largest first, then what still fits."""
    packs: list[list[str]] = []
    for name in sorted(sizes, key=lambda name: -sizes[name]):
        fitting = (pack for pack in packs if _product(sizes, pack) * sizes[name] <= most)
        pack = next(fitting, None)
        if pack is None:
            packs.append([name])
        else:
            pack.append(name)
    return [tuple(pack) for pack in packs]


def _product(sizes: Mapping[str, int], names: Sequence[str]) -> int:
    return int(np.prod([sizes[name] for name in names], dtype=np.int64))


def unpack(
    table: NDArray[np.int64], attributes: Mapping[str, int], questions: Mapping[str, int]
) -> Iterator[tuple[str, str, NDArray[np.int64]]]:
    """Each (attribute, question) table of a pack's table, whose axes are the attributes then the questions."""
    by_attribute = table.reshape(*attributes.values(), -1)
    for place, attribute in enumerate(attributes):
        others = tuple(axis for axis in range(len(attributes)) if axis != place)
        of_questions = by_attribute.sum(axis=others).reshape(attributes[attribute], *questions.values())
        for rank, question in enumerate(questions):
            rest = tuple(axis + 1 for axis in range(len(questions)) if axis != rank)
            yield attribute, question, of_questions.sum(axis=rest)

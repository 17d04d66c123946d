"""Results of each structure of a pooled campaign, next to the pool itself. Pure: sheets in, released contents out.

The pool is a network cell: its numbers are plain. Whoever subtracts from it every structure that has its own
results is left with those that have none. Hence one rule for the whole family: those left are themselves a network
cell (five structures, thirty answers, none above half), whose numbers could have been published plainly; otherwise
no structure has results of its own; and so in each region that is told. Each structure shown passes its own gate,
as in a campaign of its own.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from labqvt.evidence.displays import DIRECTION, Json, Sheet, Terms, content_of, marked_audited
from labqvt.evidence.gate import passed
from labqvt.evidence.verification import Findings
from labqvt_forms import Questionnaire
from labqvt_stats.cells import is_network_cell

Gate = Callable[[Sequence[Sheet], Questionnaire, Terms], Findings | None]


def contents_by_structure(
    sheets: Sequence[Sheet],
    form: Questionnaire,
    terms: Mapping[str, Terms],
    *,
    together: Sequence[Collection[str]] = (),
    gate: Gate = passed,
    said: Callable[[float], None] = lambda _share: None,
) -> dict[str, tuple[Json, Findings]]:
    """The content of each structure that may have its own, and what the verifier found in it.

    ``terms`` are those of a campaign of each structure; ``together``, the groups of structures told plainly, such as
    regions; ``said`` is told the share done, from 0 to 1.
    """
    by_structure = employees_by_structure(sheets)
    threshold = max((one.threshold for one in terms.values()), default=0)
    large = [name for name, own in by_structure.items() if len(own) >= threshold and name in terms]
    # The gate is slow: ask it only when there is room for a remainder at all.
    if not remainder_is_a_cell({n: len(s) for n, s in by_structure.items()}, shown=[]):
        return {}
    safe: dict[str, Findings] = {}
    for rank, name in enumerate(large):
        said(rank / len(large))
        if (found := gate(by_structure[name], form, terms[name])) is not None:
            safe[name] = found
    sizes = {name: len(own) for name, own in by_structure.items()}
    shown = shown_structures(sizes, list(safe), together)
    contents = {name: content_of(by_structure[name], form, terms[name]) for name in shown}
    return {
        name: (marked_audited(content, safe[name]), safe[name])
        for name, content in contents.items()
        if content is not None
    }


def employees_by_structure(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    """Answers of employees, structure by structure; directions are in no result of a pooled campaign."""
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        if sheet.audience != DIRECTION:
            found.setdefault(sheet.structure, []).append(sheet)
    return found


def shown_structures(
    sizes: Mapping[str, int], safe: Sequence[str], together: Sequence[Collection[str]] = ()
) -> list[str]:
    """Of the structures that pass their gate, the most that leave a network cell behind; the smallest give way first.

    In each group of structures told plainly as in all of them.
    """
    groups = [{name: sizes[name] for name in group if name in sizes} for group in (*together, sizes)]
    shown = set(safe)
    while narrow := [
        inside for inside in groups if shown & set(inside) and not _leaves_a_cell(inside, shown)
    ]:
        shown.remove(min(shown & set(narrow[0]), key=lambda name: (sizes[name], name)))
    return sorted(shown)


def _leaves_a_cell(inside: Mapping[str, int], shown: Collection[str]) -> bool:
    return remainder_is_a_cell(inside, [name for name in inside if name in shown])


def remainder_is_a_cell(sizes: Mapping[str, int], shown: Sequence[str]) -> bool:
    """Whether those without results of their own are many enough to be told plainly, all together."""
    hidden = set(shown)
    left = [name for name, size in sizes.items() if name not in hidden for _ in range(size)]
    return bool(left) and is_network_cell(len(left), np.array(left))

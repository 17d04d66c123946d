"""Audit everything displayed of one structure, scale by scale, on one core or several."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final

from labqvt_stats.gate import GateResult, audit_scale
from labqvt_stats.instrument import Instrument
from labqvt_stats.release_cases import ReleasedGroup, cases_of
from labqvt_stats.worlds import ScaleRelease, Unsolved

_POLITELY: Final = 10  # people who open a page come before an audit


def audit_release(
    instrument: Instrument,
    groups: Sequence[ReleasedGroup],
    threshold: int,
    *,
    insiders: bool = True,
    workers: int = 1,
    said: Callable[[float], None] = lambda _share: None,
) -> GateResult:
    """Audit everything displayed of one structure, from displays and memberships alone.

    Parameters
    ----------
    groups : what is displayed of everybody and of each group
    threshold : people that a signed combination must concern at least
    insiders : False audits the outsider alone
    workers : processes to share the scales between; one is enough without comparisons
    said : told the share done, from 0 to 1, as scales end

    Returns
    -------
    GateResult; the first scale that is not safe, or not settled, speaks for all.
    """
    try:
        cases = list(cases_of(instrument, groups, threshold))
    except Unsolved:
        return GateResult(safe=False, reason="unsolved")
    heavy = insiders and any(len(case.sizes) > 1 for _, alternatives in cases for case in alternatives)
    results = _in_turn(cases, insiders=insiders) if workers < 2 or not heavy else _shared(cases, workers)
    for done, (name, result) in enumerate(results, start=1):
        if not result.safe:
            return GateResult(safe=False, reason=f"{name}: {result.reason}")
        said(done / len(cases))
    return GateResult(safe=True)


_Case = tuple[str, list[ScaleRelease]]


def _in_turn(cases: Sequence[_Case], *, insiders: bool) -> Iterator[tuple[str, GateResult]]:
    for name, alternatives in cases:
        yield name, _audited(alternatives, insiders=insiders)


def _shared(cases: Sequence[_Case], workers: int) -> Iterator[tuple[str, GateResult]]:
    """New processes rather than forks: whoever asks may hold threads or a database."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(cases)), context, initializer=os.nice, initargs=(_POLITELY,))
    try:
        yield from zip(
            [name for name, _ in cases], pool.map(_audited, [case for _, case in cases]), strict=True
        )
    finally:
        pool.shutdown(cancel_futures=True)


def _audited(alternatives: Sequence[ScaleRelease], *, insiders: bool = True) -> GateResult:
    """Worlds of any alternative are possible ones: one found safe is enough."""
    result = GateResult(safe=False, reason="no world fits the displays")
    for case in alternatives:
        result = audit_scale(case, insiders=insiders)
        if result.safe:
            break
    return result

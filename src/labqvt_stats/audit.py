"""Audit everything displayed of one structure, scale by scale, on one core or several."""

from collections.abc import Callable, Sequence
from functools import partial

from labqvt_stats.cores import mapped
from labqvt_stats.gate import GateResult, audit_scale
from labqvt_stats.instrument import Instrument
from labqvt_stats.release_cases import ReleasedGroup, cases_of
from labqvt_stats.worlds import ScaleRelease, Unsolved


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
    results = mapped(
        partial(_audited, insiders=insiders), [case for _, case in cases], workers if heavy else 1
    )
    for done, ((name, _), result) in enumerate(zip(cases, results, strict=True), start=1):
        if not result.safe:
            return GateResult(safe=False, reason=f"{name}: {result.reason}")
        said(done / len(cases))
    return GateResult(safe=True)


def _audited(alternatives: Sequence[ScaleRelease], *, insiders: bool) -> GateResult:
    """Worlds of any alternative are possible ones: one found safe is enough."""
    result = GateResult(safe=False, reason="no world fits the displays")
    for case in alternatives:
        result = audit_scale(case, insiders=insiders)
        if result.safe:
            break
    return result

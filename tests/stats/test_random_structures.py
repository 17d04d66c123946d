"""Random structures, planned, displayed and released, then attacked by the independent verifier: it finds nothing.

The same recipe, with the protection off, finds somebody in most structures (``test_attacks``, ``test_support``).
"""

import functools
import json

import numpy as np
import pytest

from labqvt_stats import publication
from labqvt_stats.publication import protect
from labqvt_stats.verifier import verify
from tests.stats.simulated import answers, instrument, responses_of, six_attributes

OUTSIDER_BLOCK, INSIDERS_BLOCK = 25, 10


def released(seed, *, most, variables):
    """One structure: its answers, and its publication as a file would hold it."""
    draw = np.random.default_rng(seed)
    n = int(draw.integers(4, most + 1))
    shape = instrument(int(draw.integers(2, 5)), 1, lone=1)
    given = answers(
        shape, n, draw, missing=float(draw.choice([0, 0.02, 0.1])), mood=float(draw.normal(0, 0.5))
    )
    columns = six_attributes(n, draw)[: int(draw.integers(1, variables + 1))]
    return given, json.loads(json.dumps(protect(given, columns)))


@pytest.fixture
def outsider_only(monkeypatch):
    """The gate asked for the outsider alone: the verifier must not count on what it does for insiders."""
    alone = functools.partial(publication.audit_release, insiders=False)
    monkeypatch.setattr(publication, "audit_release", alone)


def blocks(quick, long):
    """Seeds by block: the first ones when thorough, the others when there is time."""
    return [
        *(pytest.param(block, marks=pytest.mark.thorough) for block in range(quick)),
        *(pytest.param(block, marks=pytest.mark.long) for block in range(quick, long)),
    ]


@pytest.mark.parametrize("block", blocks(300 // OUTSIDER_BLOCK, 10_000 // OUTSIDER_BLOCK))
def test_an_outsider_finds_nothing(outsider_only, block):
    shown = 0
    for seed in range(block * OUTSIDER_BLOCK, (block + 1) * OUTSIDER_BLOCK):
        given, made = released(seed, most=100, variables=6)
        [verdict] = verify(made, responses_of(given), insiders=False)
        assert not verdict.exposed, seed
        assert not verdict.unsettled, seed
        shown += made["structures"][0]["shown"]
    assert shown > OUTSIDER_BLOCK // 2


@pytest.mark.parametrize("block", blocks(2, 300 // INSIDERS_BLOCK))
def test_no_insider_finds_anything(block):
    shown = 0
    for seed in range(block * INSIDERS_BLOCK, (block + 1) * INSIDERS_BLOCK):
        given, made = released(50_000 + seed, most=30, variables=3)
        [verdict] = verify(made, responses_of(given))
        assert not verdict.exposed, seed
        shown += made["structures"][0]["shown"]
    assert shown >= INSIDERS_BLOCK // 3

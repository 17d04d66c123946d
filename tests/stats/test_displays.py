"""What is displayed outside network cells, attacked by brute force."""

from itertools import product

import pytest

from labqvt_stats import Protection, RefusedParameterError, item_display, score_display
from labqvt_stats.instrument import CLASSES

PROTECTION = Protection()


def every_count(n):
    """All ways to spread n people over the four classes."""
    return [(a, b, c, n - a - b - c) for a, b, c in product(range(n + 1), repeat=3) if a + b + c <= n]


def shown(counts):
    displays = item_display(dict(zip(CLASSES, counts, strict=True)), PROTECTION)
    return None if displays is None else tuple(displays[name].interval for name in CLASSES)


def others_as_seen_by(insider_class, worlds):
    """Counts of the others in each possible world, for someone who knows their own class."""
    for world in worlds:
        others = list(world)
        if insider_class is not None:
            others[insider_class] -= 1
        if min(others) >= 0:
            yield others


@pytest.mark.parametrize("n", range(6, 10))
def test_nobody_s_class_can_be_deduced_from_the_item_table_of_a_whole_structure(n):
    worlds_of = {}
    for counts in every_count(n):
        worlds_of.setdefault(shown(counts), []).append(counts)
    for display, worlds in worlds_of.items():
        if display is None:
            continue
        for insider in (None, 0, 1, 2, 3):
            seen = list(others_as_seen_by(insider, worlds))
            total = n if insider is None else n - 1
            for one_class in range(4):
                pinned = bool(seen) and all(others[one_class] == total for others in seen)
                assert not pinned, (
                    f"{display}: the others are all known to be {CLASSES[one_class]} by {insider}"
                )


@pytest.mark.parametrize("n", range(6, 10))
def test_the_interval_shown_holds_the_count(n):
    for counts in every_count(n):
        display = shown(counts)
        if display is not None:
            assert all(lo <= count <= hi for (lo, hi), count in zip(display, counts, strict=True))


@pytest.mark.parametrize("n", range(6))
def test_under_six_answers_nothing_is_shown(n):
    assert all(shown(counts) is None for counts in every_count(n))


def test_an_item_with_fewer_than_six_answers_is_not_shown():
    assert shown((3, 2, 0, 4)) is None
    assert shown((3, 3, 0, 3)) is not None


@pytest.mark.parametrize(
    ("mean", "size", "text", "interval"),
    [
        (62.4, 12, "62", (61.5, 62.5)),
        (61.2, 8, "60", (57.5, 62.5)),
        (10.4, 12, "≤ 10", (0, 10.5)),
        (11.9, 8, "≤ 10", (0, 12.5)),
        (12.6, 8, "15", (12.5, 17.5)),
        (89.5, 12, "≥ 90", (89.5, 100)),
        (88.0, 9, "≥ 90", (87.5, 100)),
        (100.0, 30, "≥ 90", (89.5, 100)),
    ],
)
def test_a_score_is_rounded_then_clipped(mean, size, text, interval):
    display = score_display(mean, size, size, PROTECTION)
    assert (display.text, display.interval) == (text, interval)
    assert display.lo <= mean <= display.hi


@pytest.mark.parametrize(("valid", "size"), [(5, 5), (5, 9), (0, 40)])
def test_a_score_of_fewer_than_six_people_is_not_shown(valid, size):
    assert score_display(50.0, valid, size, PROTECTION) is None


@pytest.mark.parametrize("lowered", [{"others": 4}, {"insiders": 0}, {"band": 1}, {"breakdown_minimum": 19}])
def test_parameters_can_be_raised_and_never_lowered(lowered):
    with pytest.raises(RefusedParameterError, match="ne peut pas descendre"):
        Protection(**lowered)
    assert Protection(others=9, insiders=2, band=3).threshold == 11


def test_two_insiders_need_a_wider_band():
    with pytest.raises(RefusedParameterError, match="band"):
        Protection(insiders=2, band=2)

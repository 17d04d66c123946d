"""Ten attacks: each succeeds on what a threshold alone publishes, and fails on what we publish.

An attack reads displays and memberships (the attacker knows the roster) and says what it learnt; nothing is
learnt when it returns None or an empty result. Nine people or thirty: the sizes of the demonstration.
"""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from labqvt_stats import Column, InvalidAnswersError
from labqvt_stats.publication import protect
from labqvt_stats.waves import may_follow
from tests.stats.simulated import answers, filled, instrument
from tests.stats.unprotected import NAMES, publish

THRESHOLD = 6


def ours(given, columns=(), **options):
    return protect(given, columns, **options)["structures"][0]


def rows_of(structure):
    return {g["id"]: frozenset(g["rows"]) for g in structure["groups"]}


def counts_of(structure, item, name):
    """Group -> (lo, hi) of one class of one item."""
    return {s["group"]: s["classes"][name] for s in structure["items"] if s["item"] == item}


# The attacks


def differences(structures):
    """Sets of fewer than six people left when a group is taken from another, of all publications put together."""
    groups = [rows for structure in structures for rows in rows_of(structure).values()]
    return sorted(
        {tuple(sorted(a - b)) for a, b in product(groups, groups) if b < a and len(a - b) < THRESHOLD}
    )


def class_by_difference(larger, smaller, item):
    """Class counts of the people in one picture and not in the other, where they are certain."""
    found = {}
    for name in NAMES:
        more, less = counts_of(larger, item, name).get("all"), counts_of(smaller, item, name).get("all")
        if more and less and (more[0] - less[1] == more[1] - less[0]):
            found[name] = more[0] - less[0]
    return found


def signed_sums(structures):
    """(people, coefficients) of combinations with signs of groups that leave fewer than six people."""
    groups = {f"{n}/{i}": rows for n, s in enumerate(structures) for i, rows in rows_of(s).items()}
    everybody = sorted(frozenset().union(*groups.values()))
    incidence = np.array([[person in rows for person in everybody] for rows in groups.values()], dtype=int)
    found = []
    for signs in product((-1, 0, 1), repeat=len(groups)):
        if any(signs):
            people = np.flatnonzero(np.array(signs) @ incidence)
            if 0 < len(people) < THRESHOLD:
                found.append((tuple(everybody[p] for p in people), signs))
    return found


def unanimous(structure):
    """(group, item, class) where the whole group is known to have given one class."""
    sizes = {name: len(rows) for name, rows in rows_of(structure).items()}
    return [
        (shown["group"], shown["item"], name)
        for shown in structure["items"]
        for name in NAMES[:3]
        if shown["classes"][name][0] == sizes[shown["group"]]
    ]


def joined_classes(structure):
    """The same when finer classes are told: each may look harmless, their sum is everybody."""
    sizes = {name: len(rows) for name, rows in rows_of(structure).items()}
    found = []
    for shown in structure["items"]:
        codes = shown["detail"]
        if codes and max(codes) < sizes[shown["group"]] - 2:
            found += [shown["item"] for pair in (codes[:2], codes[3:]) if sum(pair) == sizes[shown["group"]]]
    return found


def skippers(structure):
    """item -> people among whom somebody is known to have skipped it, fewer than six of them."""
    found = {}
    rows = rows_of(structure)
    for item in {shown["item"] for shown in structure["items"]}:
        told = counts_of(structure, item, "none")
        places = [rows[group] for group, (lo, _) in told.items() if lo > 0]
        elsewhere = [rows[group] for group, (_, hi) in told.items() if hi == 0]
        if places and told["all"] == [1, 1]:
            suspects = frozenset.intersection(*places) - frozenset().union(*elsewhere)
            if len(suspects) < THRESHOLD:
                found[item] = tuple(sorted(suspects))
    return found


def lone_dissenter(structure):
    """(item, class of all the others): whoever answered alone otherwise knows what everybody else answered."""
    n = len(rows_of(structure)["all"])
    found = []
    for shown in structure["items"]:
        told = {name: shown["classes"][name] for name in NAMES}
        for name in NAMES[:3]:
            others = [told[other] for other in NAMES if other != name]
            if told[name] == [n - 1, n - 1] and sum(hi for _, hi in others) == 1:
                found.append((shown["item"], name))
    return found


def insider(structure, items, sheet):
    """Class that all five others of a six-person structure gave to some item, knowing one's own sheet.

    Two items of five codes; worlds are listed: others' sheets are any of 25, five of them.
    """
    sheets = list(product(range(5), repeat=2))
    classes = np.array([[0 if c < 2 else 1 if c == 2 else 2 for c in s] for s in sheets])
    worth = np.array([np.mean([25 * c for c in s]) for s in sheets])
    worlds = np.array(list(combinations_with_replacement(range(25), 5)))
    fits = np.ones(len(worlds), dtype=bool)
    own = sheets.index(sheet)
    for shown in structure["items"]:
        place = items.index(shown["item"])
        given = classes[worlds, place]
        for number, name in enumerate(NAMES[:3]):
            count = (given == number).sum(axis=1) + (classes[own, place] == number)
            fits &= (count >= shown["classes"][name][0]) & (count <= shown["classes"][name][1])
    for shown in structure["scores"]:
        mean = (worth[worlds].sum(axis=1) + worth[own]) / 6
        fits &= (mean >= shown["interval"][0]) & (mean <= shown["interval"][1])
    if not structure["shown"] or not fits.any():
        return None
    for place, item in enumerate(items):
        for number, name in enumerate(NAMES[:3]):
            if (classes[worlds[fits], place] == number).all():
                return item, name
    return None


# On and off


def thirty(seed=3, **how):
    return answers(instrument(3, 1, lone=1), 30, np.random.default_rng(seed), **how)


def test_differencing():
    """The total minus the women is the four men."""
    given, gender = thirty(), Column("gender", ["f"] * 26 + ["m"] * 4)
    (men,) = differences([publish(given, [gender])])
    assert men == (26, 27, 28, 29)
    assert differences([ours(given, [gender])]) == []
    assert ours(given, [gender])["shown"]


def test_signed_combinations():
    """Two breakdowns, every class of ten or more, that differ by one person each way: nobody subtracts a group."""
    given = thirty()
    team, room = Column("team", ["a"] * 15 + ["b"] * 15), Column("room", ["y", *["x"] * 15, *["y"] * 14])
    naive = publish(given, [team, room])
    assert differences([naive]) == []
    assert (0, 15) in {people for people, _ in signed_sums([naive])}
    assert signed_sums([ours(given, [team, room])]) == []
    assert len(ours(given, [team, room])["groups"]) == 3


def test_unanimity():
    """All nine content: no small cell anywhere, and everybody's class is told."""
    given = filled(instrument(2, 1, lone=1), [[4, 3, 4]] * 6 + [[3, 1, 3], [2, 4, 4], [1, 1, 3]])
    assert unanimous(publish(given)) == [("all", "lone0", "favourable")]
    assert ours(given)["shown"]
    assert unanimous(ours(given)) == []


def test_combinations_of_classes():
    """Three « rather » and seven « quite »: no five-class count is extreme, both together are the ten of them."""
    given = filled(instrument(2, 1, lone=1), [[k % 5, (k * 3) % 5, 3 if k < 3 else 4] for k in range(10)])
    assert joined_classes(publish(given, five_classes=True)) == ["lone0"]
    assert ours(given)["shown"]
    assert joined_classes(ours(given)) == []
    assert unanimous(ours(given)) == []


def test_number_of_answers_per_item():
    """One person skipped a question: n per item and per group says in which team and of which sex."""
    given = thirty()
    given.positions[7, 3] = -1
    team, gender = Column("team", ["a", "b"] * 15), Column("gender", ["f"] * 5 + ["m"] * 5 + ["f"] * 20)
    assert skippers(publish(given, [team, gender]))["lone0"] == (5, 7, 9)
    assert ours(given, [team, gender])["shown"]
    assert skippers(ours(given, [team, gender])) == {}


def test_rounding_of_percentages():
    """89 % of nine people is eight of them: the ninth knows what all the others answered."""
    given = filled(instrument(2, 1, lone=1), [[k % 5, (k + 2) % 5, 4 if k else 0] for k in range(9)])
    assert lone_dissenter(publish(given, percent=True)) == [("lone0", "favourable")]
    assert ours(given)["shown"]
    assert lone_dissenter(ours(given)) == []


def late():
    """Nine people, then a tenth, content among people who are not all."""
    given = filled(instrument(2, 1, lone=1), [[k % 5, (k + 2) % 5, 4 if k % 2 else 2] for k in range(10)])
    return given, given.take(np.arange(9))


def test_two_versions():
    """A late answer enters the second version: the difference is their sheet."""
    after, before = late()
    told = class_by_difference(publish(after), publish(before), "lone0")
    assert told == {"unfavourable": 0, "neutral": 0, "favourable": 1, "none": 0}
    first = protect(before)
    second = ours(after, previous=first)
    assert first["structures"][0]["shown"]
    assert not second["shown"]
    assert class_by_difference(second, first["structures"][0], "lone0") == {}
    assert ours(after)["shown"]  # alone it would have been: the first version is what forbids it


def test_two_audiences():
    """The director sees teams, the region sees rooms; each is safe, they talk."""
    given = thirty()
    team, room = Column("team", ["a"] * 15 + ["b"] * 15), Column("room", ["y", *["x"] * 15, *["y"] * 14])
    director, region = publish(given, [team]), publish(given, [room])
    assert signed_sums([director]) == signed_sums([region]) == []
    assert (0, 15) in {people for people, _ in signed_sums([director, region])}
    first = protect(given, [team])
    second = ours(given, [room], previous=first)
    assert signed_sums([first["structures"][0], second]) == []
    with pytest.raises(InvalidAnswersError, match="autres réponses"):
        protect(given.take(np.arange(12)), previous=first)


def test_an_insider():
    """Six people shown at the top: whoever answered at the bottom knows that the five others did not."""
    shape = instrument(2)
    given = filled(shape, [[0, 0], *[[4, 4]] * 5])
    items = [item.id for item in shape.items]
    assert insider(publish(given), items, (0, 0)) == ("s0i0", "favourable")
    assert insider(ours(given), items, (0, 0)) is None
    given = filled(shape, [[0, 2], [4, 4], [1, 3], [3, 0], [2, 2], [4, 1]])
    assert ours(given)["shown"]
    for sheet in product(range(5), repeat=2):
        assert insider(ours(given), items, sheet) is None


def test_a_wave_with_one_leaver():
    """Six months later one person is gone and the others answer alike: the difference is the leaver's sheet."""
    before, after = late()
    told = class_by_difference(ours(before), ours(after), "lone0")
    assert told["favourable"] == 1  # both pictures are safe by themselves: the rule on waves is what closes
    assert not may_follow(months=6, moved=1)
    assert not may_follow(months=6, moved=None)
    assert may_follow(months=6, moved=0)
    assert may_follow(months=6, moved=THRESHOLD)
    assert not may_follow(months=2, moved=THRESHOLD)
    assert may_follow(months=12, moved=1)

"""Names of others made into ids of ours."""

from __future__ import annotations

from labqvt_forms.ids import LONGEST_ID, Ids, check_id, id_from


def test_a_name_becomes_an_id_every_format_carries() -> None:
    for name in (" Âge [en années] ", "${q}", 'l\'an "dit"', "x" * 200):
        check_id(id_from(name), "d’essai")
    assert id_from("   ", "question") == "question"


def test_a_name_already_taken_is_numbered_and_stays_an_id() -> None:
    ids = Ids()
    ids.add("age_2")
    assert [ids.take("age") for _ in range(3)] == ["age", "age_3", "age_4"]
    long = "x" * LONGEST_ID
    taken = [ids.take(long) for _ in range(1000)]
    assert len(set(taken)) == 1000
    assert max(map(len, taken)) == LONGEST_ID
    assert long in ids

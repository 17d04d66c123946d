"""What stays visible: the recipe is fixed, and nothing appears that the plan did not let through."""

from labqvt.bench import utility


def test_the_recipe_gives_the_same_structures_again():
    first, again = (utility.simulated("20-49", 3) for _ in range(2))
    assert (first[0].positions == again[0].positions).all()
    assert [column.values for column in first[1]] == [column.values for column in again[1]]


def test_shares_fall_with_the_threshold_and_after_the_gate(monkeypatch):
    monkeypatch.setattr(utility, "SIZES", {"5-9": (5, 9), "10-19": (10, 19)})
    monkeypatch.setattr(utility, "STRUCTURES", 12)
    report = utility.measure_utility(lambda _step: None)
    for found in report["classes"].values():
        shares = [found[f"threshold_{threshold}"]["shown"] for threshold in utility.THRESHOLDS]
        assert shares == sorted(shares, reverse=True)
        assert found["after_the_gate"] <= shares[0]
        assert found["threshold_6"]["categories"] == 0  # no comparison under twenty answers

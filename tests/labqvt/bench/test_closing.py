"""The measure of closing: a small structure and a small network, measured whole."""

from labqvt.bench import closing


def test_a_structure_then_a_network_are_measured(monkeypatch):
    monkeypatch.setattr(closing, "PEOPLE", 12)
    monkeypatch.setattr(closing, "NETWORK_QUICK", 3)
    monkeypatch.setattr(closing.os, "cpu_count", lambda: 1)
    told = []
    report = closing.measure_closing(told.append, long=False)
    assert len(told) == 5
    assert report["outsider_safe"]
    assert report["shown"]
    assert report["groups"] == 1  # no comparison under twenty answers
    assert report["verifier_found"] == 0
    assert report["network"]["structures"] == 3
    assert min(report[name]["seconds"] for name in ("outsider", "insiders", "verifier")) > 0

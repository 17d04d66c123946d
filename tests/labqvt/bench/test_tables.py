"""The measure of counting: what it says it counts, and that it says so of every size."""

import pytest

from labqvt.bench import tables


def test_each_size_is_measured_beside_its_references(monkeypatch):
    monkeypatch.setattr(tables, "SIZES", (500, 1_000, 2_000))
    told = []
    report = tables.measure_tables(told.append)
    assert told == ["500 réponses", "1000 réponses", "2000 réponses"]
    for found in report["sizes"].values():
        assert min(found["tables"], found["filtered"], found["products"], found["reading"]) > 0
        assert found["ratio_to_reading"] == pytest.approx(found["tables"] / found["reading"], abs=0.06)
        assert "duckdb" in found
    assert set(report["growth"]) == {"tables", "filtered", "products"}

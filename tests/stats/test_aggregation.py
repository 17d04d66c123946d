"""Counting: the packed reference against counting one by one, and every engine against the reference."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt_stats import InvalidAnswersError
from labqvt_stats.aggregation import Coded, PackedAggregator, Snapshot
from labqvt_stats.aggregation.contract import sums_of
from labqvt_stats.aggregation.packs import plan

SCORES = ((0.0, 25.0, 50.0, 75.0, 100.0), (1.5, np.nan, 7.25), (0.0, 1.0, 3.14159))


def snapshot(n, seed, questions=5, attributes=(7, 3, 2)):
    draw = np.random.default_rng(seed)
    asked = {}
    for q in range(questions):
        values = SCORES[q % 3]
        asked[f"q{q}"] = Coded(draw.integers(-1, len(values), n, dtype=np.int8), len(values), values)
    grouped = {f"b{b}": Coded(draw.integers(-1, c, n).astype(np.int16), c) for b, c in enumerate(attributes)}
    return Snapshot(asked, grouped)


def one_by_one(shot, attribute, question, kept):
    codes = shot.attributes[attribute] if attribute else Coded(np.zeros(shot.n, dtype=np.int8), 1)
    answers = shot.questions[question]
    table = np.zeros((codes.size + 1, answers.size + 1), dtype=np.int64)
    for group, answer, inside in zip(codes.codes, answers.codes, kept, strict=True):
        if inside:
            table[group, answer] += 1  # -1 is the last place
    return table


@given(st.integers(0, 400), st.integers(0, 10_000), st.integers(1, 7), st.booleans())
@settings(max_examples=40)
def test_packed_counts_are_those_of_counting_one_by_one(n, seed, questions, filtered):
    shot = snapshot(n, seed, questions)
    where = {"b1": 1, "b2": 0} if filtered else None
    kept = np.ones(n, dtype=bool)
    if where:
        kept = (shot.attributes["b1"].codes == 1) & (shot.attributes["b2"].codes == 0)
    by = ["", "b0", "b1", "b2"]
    for threads in (1, 2):
        found = PackedAggregator(shot, threads).counts(by, where=where)
        assert list(found) == [(b, q) for b in by for q in shot.questions]
        for (b, q), table in found.items():
            assert np.array_equal(table, one_by_one(shot, b, q, kept))


@given(st.integers(0, 300), st.integers(0, 10_000))
@settings(max_examples=30)
def test_products_are_those_of_the_pairs_that_have_both_scores(n, seed):
    shot = snapshot(n, seed, 4)
    found = PackedAggregator(shot).products()
    covariances = found.covariances()
    scores = [np.append(c.values, np.nan)[c.codes] for c in shot.questions.values()]
    for i, x in enumerate(scores):
        for j, y in enumerate(scores):
            both = np.isfinite(x) & np.isfinite(y)
            assert found.n[i, j] == both.sum()
            assert found.first[i, j] == pytest.approx(x[both].sum())
            assert found.second[i, j] == pytest.approx(y[both].sum())
            assert found.both[i, j] == pytest.approx((x * y)[both].sum())
            if both.sum() > 1:
                assert covariances[i, j] == pytest.approx(np.cov(x[both], y[both])[0, 1], abs=1e-9)


def test_sums_come_from_counts():
    shot = snapshot(200, 4)
    table = PackedAggregator(shot).counts(["b1"])["b1", "q1"]
    number, total, squares = sums_of(table, shot.questions["q1"].values)
    for group in range(3):
        x = np.append(SCORES[1], np.nan)[shot.questions["q1"].codes[shot.attributes["b1"].codes == group]]
        x = x[np.isfinite(x)]
        assert (number[group], total[group], squares[group]) == pytest.approx((len(x), x.sum(), (x**2).sum()))


def test_packs_halve_the_passes_and_stay_small():
    questions, attributes = (
        dict.fromkeys(map(str, range(60)), 6),
        {"s": 2001, "a": 14, "b": 17, "c": 6, "d": 4},
    )
    for n in (10_000, 100_000, 1_000_000):
        asked, grouped = plan(questions, attributes, n)
        assert sorted(name for pack in asked for name in pack) == sorted(questions)
        assert sorted(name for pack in grouped for name in pack) == sorted(attributes)
    assert len(asked) * len(grouped) <= 60


@pytest.mark.parametrize(
    ("questions", "attributes", "words"),
    [
        ({"a": Coded(np.array([0, 2]), 2)}, {}, "entre 0 et 1"),
        ({"a": Coded(np.array([0, -2]), 2)}, {}, "entre 0 et 1"),
        ({"a": Coded(np.array([0]), 2)}, {"b": Coded(np.array([0, 1]), 2)}, "longueur"),
        ({"a": Coded(np.array([0]), 2)}, {"a": Coded(np.array([0]), 2)}, "le nom d’une autre"),
        ({"a": Coded(np.array([0]), 2, (1.0,))}, {}, "une valeur par code"),
    ],
)
def test_columns_that_do_not_fit_are_refused(questions, attributes, words):
    with pytest.raises(InvalidAnswersError, match=words):
        Snapshot(questions, attributes)


def test_an_unknown_column_is_refused_by_name():
    with pytest.raises(InvalidAnswersError, match="« b9 »"):
        PackedAggregator(snapshot(10, 1)).counts(["b9"])


# The same contract elsewhere


def duckdb_engine():
    ibis = pytest.importorskip("ibis", reason="extra « ibis » absent : pip install labqvt[ibis]")
    return ibis.duckdb.connect()


def spark_engine():
    """Spark in local mode: asked for by name, since starting it takes seven seconds and Java."""
    if not os.environ.get("LABQVT_TEST_SPARK"):
        pytest.skip("Spark non demandé : LABQVT_TEST_SPARK=1, avec Java et pyspark")
    pytest.importorskip("pyspark", reason="pyspark absent")
    from pyspark.sql import SparkSession

    ibis = pytest.importorskip("ibis", reason="extra « ibis » absent : pip install labqvt[ibis]")
    session = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    return ibis.pyspark.connect(session)


@pytest.mark.filterwarnings("default")
@pytest.mark.parametrize("engine", [duckdb_engine, spark_engine])
def test_engines_count_as_the_reference_does(engine, tmp_path):
    connection = engine()
    import polars as pl

    from labqvt_stats.aggregation.through_ibis import ColumnInfo, IbisAggregator

    shot = snapshot(3_000, 9, 4, (40, 3, 2))
    columns = {**shot.questions, **shot.attributes}
    data = {name: [None if code < 0 else int(code) for code in c.codes] for name, c in columns.items()}
    pl.DataFrame(data, schema=dict.fromkeys(data, pl.Int32)).write_parquet(tmp_path / "answers.parquet")
    table = connection.read_parquet(str(tmp_path / "answers.parquet"))
    found = IbisAggregator(
        table,
        {name: ColumnInfo(c.size, c.values) for name, c in shot.questions.items()},
        {name: ColumnInfo(c.size) for name, c in shot.attributes.items()},
    )
    reference = PackedAggregator(shot)
    for where in (None, {"b1": 2, "b2": 0}):
        expected, tables = (a.counts(["", "b0", "b1"], where=where) for a in (reference, found))
        assert list(tables) == list(expected)
        assert all(np.array_equal(tables[key], expected[key]) for key in expected)
        products, those = found.products(where), reference.products(where)
        assert np.array_equal(products.n, those.n)
        for part in ("first", "second", "both"):
            assert getattr(products, part) == pytest.approx(getattr(those, part), rel=1e-9)
    with pytest.raises(InvalidAnswersError, match="« b9 »"):
        found.counts(["b9"])

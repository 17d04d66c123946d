"""Counting millions of answers once: one contract, in numpy here, through Ibis for those who outgrow a machine."""

from labqvt_stats.aggregation.contract import Aggregator, Coded, Counts, Products, Snapshot
from labqvt_stats.aggregation.packed import PackedAggregator

__all__ = ["Aggregator", "Coded", "Counts", "PackedAggregator", "Products", "Snapshot"]

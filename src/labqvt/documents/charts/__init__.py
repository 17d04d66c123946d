"""Accessible charts in pure Python: SVG for the screen, the phone and paper, each with its table twin."""

from labqvt.documents.charts.bars import BarRow, count_bars
from labqvt.documents.charts.dots import DotRow, Reference, dots_with_intervals
from labqvt.documents.charts.dumbbell import DumbbellRow, dumbbell
from labqvt.documents.charts.likert import LikertClass, LikertRow, likert_bars
from labqvt.documents.charts.matrix import MatrixAxis, MatrixPoint, Quadrants, priority_matrix
from labqvt.documents.charts.region_map import RegionValue, region_map
from labqvt.documents.charts.trend import TrendPoint, TrendSeries, Wave, trend
from labqvt.documents.charts.values import PERCENT, Chart, Scale, Span

__all__ = [
    "PERCENT",
    "BarRow",
    "Chart",
    "DotRow",
    "DumbbellRow",
    "LikertClass",
    "LikertRow",
    "MatrixAxis",
    "MatrixPoint",
    "Quadrants",
    "Reference",
    "RegionValue",
    "Scale",
    "Span",
    "TrendPoint",
    "TrendSeries",
    "Wave",
    "count_bars",
    "dots_with_intervals",
    "dumbbell",
    "likert_bars",
    "priority_matrix",
    "region_map",
    "trend",
]

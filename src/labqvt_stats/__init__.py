"""What answers say: scales, reliability, estimates in small populations, and what may be shown of them.

No Django, no input or output, no drawing. Start with ``Item``, ``Scale``, ``Instrument``, ``Answers`` and
``diagnose``.
"""

from labqvt_stats.answers import Answers, Column
from labqvt_stats.diagnosis import DiagnosisOptions, diagnose
from labqvt_stats.displays import NOT_ENOUGH, Display, Protection, item_display, score_display
from labqvt_stats.errors import (
    InvalidAnswersError,
    InvalidInstrumentError,
    NotEnoughDataError,
    RefusedParameterError,
    StatsError,
)
from labqvt_stats.instrument import Instrument, Item, Scale

__all__ = [
    "NOT_ENOUGH",
    "Answers",
    "Column",
    "DiagnosisOptions",
    "Display",
    "Instrument",
    "InvalidAnswersError",
    "InvalidInstrumentError",
    "Item",
    "NotEnoughDataError",
    "Protection",
    "RefusedParameterError",
    "Scale",
    "StatsError",
    "diagnose",
    "item_display",
    "score_display",
]

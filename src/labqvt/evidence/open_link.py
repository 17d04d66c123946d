"""What an open link asks more of a pool: structures are what people said, and some did not say."""

from collections import Counter
from collections.abc import Sequence

from labqvt.evidence.displays import Sheet
from labqvt_stats.cells import CELL_LARGEST_SHARE, CELL_STRUCTURES


def is_mixed_enough(sheets: Sequence[Sheet]) -> bool:
    """Five structures named, and none above half of the answers even if all who said nothing worked there."""
    named = Counter(sheet.structure for sheet in sheets if sheet.structure)
    unsaid = len(sheets) - named.total()
    largest = max(named.values(), default=0)
    return len(named) >= CELL_STRUCTURES and largest + unsaid <= CELL_LARGEST_SHARE * len(sheets)

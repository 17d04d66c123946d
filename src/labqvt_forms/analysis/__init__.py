"""Which conditions can hold: a sound check over the possible answers, bounded in time.

What is called impossible never happens, whatever is answered; what it cannot settle it leaves as possible.
"""

from labqvt_forms.analysis.reach import Reach

__all__ = ["Reach"]

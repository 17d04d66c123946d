"""What changed between two versions of a questionnaire, and whether their scores may be compared.

comparison = compare(published, draft)
for difference in comparison.differences:
    print(difference.sentence("fr"))
"""

from labqvt_forms.comparing.differences import Comparison, compare
from labqvt_forms.comparing.words import REASONS, Change, Difference, ScaleComparison, Verdict

__all__ = ["REASONS", "Change", "Comparison", "Difference", "ScaleComparison", "Verdict", "compare"]

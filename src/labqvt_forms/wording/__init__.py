"""Is it well asked? Wording, reading level, burden, choices, privacy: remarks with their place.

for remark in wording.check(questionnaire, language="fr", headcount=14):
    print(remark.spot, remark.severity, remark.sentence, remark.advice)
"""

from labqvt_forms.wording.duration import Duration, expected_minutes
from labqvt_forms.wording.profile import LEAST_IN_A_CELL, profile_cells, profile_findings
from labqvt_forms.wording.reading import reading_ease
from labqvt_forms.wording.review import check, refused_in_nominative

__all__ = [
    "LEAST_IN_A_CELL",
    "Duration",
    "check",
    "expected_minutes",
    "profile_cells",
    "profile_findings",
    "reading_ease",
    "refused_in_nominative",
]

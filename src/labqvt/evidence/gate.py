"""May this release appear? Two programs must agree: the planner’s own gate, then the independent verifier.

Both work from what would be displayed, never from the answers: a refusal tells nothing that the displays would not
have told.
"""

import os
from collections.abc import Callable, Sequence
from typing import Final

from labqvt.evidence.displays import DIRECTION, Sheet, Terms, columns_of
from labqvt.evidence.verification import Findings, attacked, by_theme
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt_forms import Questionnaire
from labqvt_stats import Protection
from labqvt_stats.publication import protect

Said = Callable[[float], None]
_GATE_SHARE: Final = 0.8  # of the time both take


def passed(
    sheets: Sequence[Sheet], form: Questionnaire, terms: Terms, said: Said = lambda _share: None
) -> Findings | None:
    """What the verifier found in a release that may appear; None when it may not.

    None when somebody’s opinion could be told from the displays, by an outsider or by any insider, or when the gate
    could not settle it. What the verifier alone leaves unsettled is written on the certificate. ``said`` is told the
    share done, from 0 to 1.
    """
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    publication = protect(
        answers_of(instrument_of(form), [sheet.answers for sheet in employees]),
        columns_of(employees, terms),
        protection=Protection(others=terms.others, insiders=terms.insiders),
        workers=os.cpu_count() or 1,
        said=lambda share: said(_GATE_SHARE * share),
    )
    if not publication["structures"][0]["shown"]:
        return None
    found = attacked(
        by_theme(publication),
        lambda done, total: said(_GATE_SHARE + (1 - _GATE_SHARE) * done / total),
    )
    return None if found.exposed else found

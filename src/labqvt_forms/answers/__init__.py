"""Files of answers, read against their questionnaire."""

from labqvt_forms.answers.reading import decode_answers, read_answers
from labqvt_forms.answers.table import DECLINED, DECLINED_CODE, AnswerTable, Cell, Declined

__all__ = ["DECLINED", "DECLINED_CODE", "AnswerTable", "Cell", "Declined", "decode_answers", "read_answers"]

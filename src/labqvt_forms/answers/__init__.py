"""Files of answers, read against their questionnaire and written in the dialects of other tools."""

from labqvt_forms.answers.dictionary import FILE_NAME as DICTIONARY_NAME
from labqvt_forms.answers.dictionary import answers_dictionary
from labqvt_forms.answers.export import WrittenAnswers
from labqvt_forms.answers.reading import decode_answers, read_answers
from labqvt_forms.answers.table import DECLINED, NOT_ASKED_CODE, OTHER, AnswerTable, Cell, Declined
from labqvt_forms.answers.writing import DIALECTS, answers_to_bytes, write_answers
from labqvt_forms.choices import DECLINED_CODE

__all__ = [
    "DECLINED",
    "DECLINED_CODE",
    "DIALECTS",
    "DICTIONARY_NAME",
    "NOT_ASKED_CODE",
    "OTHER",
    "AnswerTable",
    "Cell",
    "Declined",
    "WrittenAnswers",
    "answers_dictionary",
    "answers_to_bytes",
    "decode_answers",
    "read_answers",
    "write_answers",
]

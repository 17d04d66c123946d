"""What a questionnaire is: items, scales, logic, exchange formats, answer files. No Django here.

reading = labqvt_forms.read("enquete.xlsx")
answers = labqvt_forms.read_answers("reponses.csv", reading.questionnaire)
labqvt_forms.write_answers(answers, reading.questionnaire, "reponses.sav")
"""

from labqvt_forms import comparing, editing, simple_conditions, wording
from labqvt_forms.answers import (
    DECLINED,
    AnswerTable,
    WrittenAnswers,
    answers_dictionary,
    answers_to_bytes,
    read_answers,
    write_answers,
)
from labqvt_forms.choices import Choice, ChoiceList, Opinion, Role
from labqvt_forms.errors import (
    AnswersError,
    FileError,
    FormatError,
    FormError,
    ModelError,
    Place,
    QuestionnaireError,
)
from labqvt_forms.findings import Finding, Severity
from labqvt_forms.formats.paper.writer import Typeface
from labqvt_forms.items import (
    Block,
    Computed,
    Date,
    DualBlock,
    FileUpload,
    FreeText,
    FreeTexts,
    Item,
    Kind,
    LanguageChoice,
    MultipleChoice,
    Note,
    Number,
    Numbers,
    Precision,
    Question,
    Ranking,
    Rating,
    Required,
    Row,
    Rows,
    SingleChoice,
    Validation,
    YesNo,
)
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.parts import only_group, only_question
from labqvt_forms.questionnaire import Determinant, Group, Nature, Questionnaire, Quota, Scale, Variable
from labqvt_forms.reading import Reading, read, read_bytes
from labqvt_forms.scoring import item_share, scale_score
from labqvt_forms.sentences import condition_sentence
from labqvt_forms.spots import Part, Spot
from labqvt_forms.text import Text
from labqvt_forms.writing import to_bytes, write

__all__ = [
    "DECLINED",
    "AnswerTable",
    "AnswersError",
    "Block",
    "Choice",
    "ChoiceList",
    "Computed",
    "Date",
    "Determinant",
    "Dialect",
    "DualBlock",
    "FileError",
    "FileUpload",
    "Finding",
    "FormError",
    "FormatError",
    "Formula",
    "FreeText",
    "FreeTexts",
    "Group",
    "Item",
    "Kind",
    "LanguageChoice",
    "ModelError",
    "MultipleChoice",
    "Nature",
    "Note",
    "Number",
    "Numbers",
    "Opinion",
    "Part",
    "Place",
    "Precision",
    "Question",
    "Questionnaire",
    "QuestionnaireError",
    "Quota",
    "Ranking",
    "Rating",
    "Reading",
    "Required",
    "Role",
    "Row",
    "Rows",
    "Scale",
    "Severity",
    "SingleChoice",
    "Spot",
    "Text",
    "Typeface",
    "Validation",
    "Variable",
    "WrittenAnswers",
    "YesNo",
    "answers_dictionary",
    "answers_to_bytes",
    "comparing",
    "condition_sentence",
    "editing",
    "item_share",
    "only_group",
    "only_question",
    "read",
    "read_answers",
    "read_bytes",
    "scale_score",
    "simple_conditions",
    "to_bytes",
    "wording",
    "write",
    "write_answers",
]

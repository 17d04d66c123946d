"""Print the tables of a survey as the XML of .lss, in the layout of LimeSurvey 4 and later."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from labqvt_forms.formats.limesurvey.tables import LimeQuestion, LimeQuota, LimeSurvey, Option

FIRST_QUESTION = 10_001
DB_VERSION = 630
"""The layout of LimeSurvey 6; later versions read it."""
DEFAULTS = {
    "gsid": "1",
    "format": "G",
    "savetimings": "N",
    "template": "inherit",
    "datestamp": "N",
    "usecookie": "N",
    "allowregister": "N",
    "allowsave": "N",
    "autoredirect": "N",
    "allowprev": "Y",
    "printanswers": "N",
    "ipaddr": "N",
    "ipanonymize": "N",
    "refurl": "N",
    "publicstatistics": "N",
    "publicgraphs": "N",
    "listpublic": "N",
    "htmlemail": "Y",
    "sendconfirmation": "N",
    "assessments": "N",
    "usecaptcha": "N",
    "showwelcome": "Y",
    "showprogress": "Y",
}
"""Settings of a new survey: nothing that would tell who answers is on."""
NO_SURVEY = "1"
"""Number of the survey in a file that holds only a part of one: the survey that takes it gives its own."""
Row = dict[str, str]


BEYOND_GROUP = frozenset(
    {"surveys", "surveys_languagesettings", "quota", "quota_members", "quota_languagesettings"}
)
BEYOND_QUESTION = BEYOND_GROUP | {"groups", "group_l10ns"}


def print_lss(survey: LimeSurvey) -> bytes:
    return document(Tables(survey).rows, survey.languages, "Survey")


def print_lsg(survey: LimeSurvey) -> bytes:
    """Print the one group of a survey."""
    return _part(survey, "Group", BEYOND_GROUP)


def print_lsq(survey: LimeSurvey) -> bytes:
    """Print the one question of a survey."""
    return _part(survey, "Question", BEYOND_QUESTION)


def _part(survey: LimeSurvey, kind: str, beyond: frozenset[str]) -> bytes:
    rows = {name: rows for name, rows in Tables(survey).rows.items() if name not in beyond}
    return document(rows, survey.languages, kind)


def document(tables: dict[str, list[Row]], languages: Iterable[str], kind: str) -> bytes:
    """Return tables as a document of one of LimeSurvey's kinds."""
    blocks = "".join(_block(name, rows) for name, rows in tables.items() if rows)
    named = "".join(f"  <language>{escape(language, quote=False)}</language>\n" for language in languages)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<document>\n <LimeSurveyDocType>{kind}</LimeSurveyDocType>\n'
        f" <DBVersion>{DB_VERSION}</DBVersion>\n <languages>\n{named} </languages>\n{blocks}</document>\n"
    ).encode()


def _block(name: str, rows: list[Row]) -> str:
    columns = dict.fromkeys(column for row in rows for column in row)
    fields = "".join(f"   <fieldname>{_field(column)}</fieldname>\n" for column in columns)
    lines = "".join(f"   <row>\n{_cells(row, columns)}   </row>\n" for row in rows)
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{lines}  </rows>\n </{name}>\n"


def _field(column: str) -> str:
    """Name of a column of answers in the list of fields, where it need not be a name of XML."""
    return column.removeprefix("_").replace("-", "#")


def _cells(row: Row, columns: Iterable[str]) -> str:
    return "".join(f"    {_cell(column, row.get(column, ''))}\n" for column in columns)


def _cell(column: str, value: str) -> str:
    if not value:
        return f"<{column}/>"
    plain = "".join(sign for sign in value if sign >= " " or sign in "\t\n\r")
    return f"<{column}><![CDATA[{plain.replace(']]>', ']]]]><![CDATA[>')}]]></{column}>"


class Tables:
    """The rows of each table, numbered as LimeSurvey wants them."""

    def __init__(self, survey: LimeSurvey) -> None:
        names = (
            "answers answer_l10ns defaultvalues defaultvalue_l10ns groups group_l10ns questions subquestions "
            "question_l10ns question_attributes quota quota_members quota_languagesettings surveys surveys_languagesettings"
        )
        self.rows: dict[str, list[Row]] = {name: [] for name in names.split()}
        self.sid = survey.settings.get("sid", NO_SURVEY)
        self._last: dict[str, int] = {}
        for number, group in enumerate(survey.groups, start=1):
            gid = str(number)
            self.rows["groups"].append(
                {
                    "gid": gid,
                    "sid": self.sid,
                    "group_order": gid,
                    "randomization_group": group.random_group,
                    "grelevance": group.relevance,
                }
            )
            for language, title in group.titles.items():
                words = {"group_name": title, "description": group.descriptions.get(language, "")}
                self._add("group_l10ns", "id", {"gid": gid, **words, "language": language})
            for order, question in enumerate(group.questions, start=1):
                self._question(question, gid, order)
        self.rows["surveys"].append({**DEFAULTS, **survey.settings})
        for language in survey.languages:
            texts = {name: texts.get(language, "") for name, texts in survey.texts.items()}
            self.rows["surveys_languagesettings"].append(
                {"surveyls_survey_id": self.sid, "surveyls_language": language, **texts}
            )

        for quota in survey.quotas:
            self._quota(quota)

    def _quota(self, quota: LimeQuota) -> None:
        numbers = {row["title"]: row["qid"] for row in self.rows["questions"]}
        row = {"sid": self.sid, "name": quota.name, "qlimit": str(quota.limit), "action": "1", "active": "1"}
        id_ = self._add("quota", "id", {**row, "autoload_url": "0"})
        for code, answer in quota.members:
            self._add(
                "quota_members",
                "id",
                {"sid": self.sid, "qid": numbers[code], "quota_id": id_, "code": answer},
            )
        for language, name in quota.names.items():
            words = {"quotals_name": name, "quotals_message": quota.messages.get(language, "")}
            words |= {"quotals_url": "", "quotals_urldescrip": ""}
            own = {"quotals_quota_id": id_, "quotals_language": language}
            self._add("quota_languagesettings", "quotals_id", {**own, **words})

    def _add(self, table: str, key: str, row: Row) -> str:
        number = str(self._last.get(table, 0) + 1)
        self._last[table] = int(number)
        self.rows[table].append({key: number, **row})
        return number

    def _qid(self) -> str:
        # Numbers of one length: « question 1, row 3 » of an archive is then never taken for question 13.
        self._last["qid"] = self._last.get("qid", FIRST_QUESTION - 1) + 1
        return str(self._last["qid"])

    def _question(self, question: LimeQuestion, gid: str, order: int) -> None:
        qid = self._qid()
        row = {
            "qid": qid,
            "parent_qid": "0",
            "sid": self.sid,
            "gid": gid,
            "type": question.type,
            "title": question.code,
            "preg": question.preg,
            "other": "Y" if question.other else "N",
            "mandatory": question.mandatory,
            "encrypted": "N",
            "question_order": str(order),
            "scale_id": "0",
            "same_default": "0",
            "relevance": question.relevance,
            "same_script": "0",
        }
        self.rows["questions"].append(row)
        for language, text in question.texts.items():
            words = {"question": text, "help": question.help.get(language, "")}
            self._add("question_l10ns", "id", {"qid": qid, **words, "script": "", "language": language})
        for place, option in enumerate(question.subquestions, start=1):
            self._subquestion(row, option, place)
        for place, answer in enumerate(question.answers, start=1):
            self._answer(qid, answer, place)
        if question.default:
            own = {"qid": qid, "scale_id": "0", "sqid": "0", "specialtype": ""}
            dvid = self._add("defaultvalues", "dvid", own)
            for language in question.texts:
                words = {"dvid": dvid, "language": language, "defaultvalue": question.default}
                self._add("defaultvalue_l10ns", "id", words)
        for name, values in question.attributes.items():
            for language, value in values.items():
                self.rows["question_attributes"].append(
                    {"qid": qid, "attribute": name, "value": value, "language": language}
                )

    def _subquestion(self, parent: Row, option: Option, place: int) -> None:
        qid = self._qid()
        own = {"qid": qid, "parent_qid": parent["qid"], "title": option.code, "preg": "", "other": "N"}
        own |= {"mandatory": "N", "question_order": str(place), "scale_id": str(option.scale)}
        self.rows["subquestions"].append({**parent, **own, "relevance": option.relevance})
        for language, text in option.texts.items():
            words = {"question": text, "help": "", "script": "", "language": language}
            self._add("question_l10ns", "id", {"qid": qid, **words})

    def _answer(self, qid: str, answer: Option, place: int) -> None:
        row = {
            "qid": qid,
            "code": answer.code,
            "sortorder": str(place),
            "assessment_value": f"{answer.value:g}",
        }
        aid = self._add("answers", "aid", {**row, "scale_id": str(answer.scale)})
        for language, text in answer.texts.items():
            self._add("answer_l10ns", "id", {"aid": aid, "answer": text, "language": language})

"""The XML of LimeSurvey: one block per table, texts inside (before version 4) or in ``*_l10ns`` blocks."""

from __future__ import annotations

from collections import defaultdict
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from labqvt_forms.errors import FileError, QuestionnaireError
from labqvt_forms.formats.limesurvey.old_conditions import relevance_of
from labqvt_forms.formats.limesurvey.tables import LimeGroup, LimeQuestion, LimeQuota, LimeSurvey, Option
from labqvt_forms.intake import damaged_xml, tidied_xml

Row = dict[str, str]
LEFT_ASIDE = {
    "assessments": "évaluations",
    "survey_url_parameters": "paramètres d’adresse",
}


def parse_lss(content: bytes) -> LimeSurvey:
    """Read the tables of a .lss, .lsg or .lsq document."""
    return _Document(open_document(content)).survey()


def open_document(content: bytes) -> Element:
    """Open the XML of a LimeSurvey structure or table of answers, without entities."""
    try:
        root: Element = fromstring(tidied_xml(content), forbid_dtd=True)
    except DefusedXmlException:
        raise FileError("ce XML déclare des entités ou une DTD : refusé. Exportez-le de nouveau.") from None
    except (ParseError, ValueError, LookupError) as error:
        raise damaged_xml(error) from error
    if root.tag != "document" or root.find("LimeSurveyDocType") is None:
        raise FileError("ce XML n’est pas une structure LimeSurvey ni un codebook DDI.")
    return root


def table_rows(block: Element) -> list[Row]:
    """Rows of one table, by column."""
    return [
        {cell.tag: (cell.text or "").strip() for cell in row if isinstance(cell.tag, str)}
        for row in block.iterfind("rows/row")
    ]


class _Document:
    def __init__(self, root: Element) -> None:
        self.tables = {block.tag: table_rows(block) for block in root if isinstance(block.tag, str)}
        self.languages = [node.text.strip() for node in root.iterfind("languages/language") if node.text]

    def survey(self) -> LimeSurvey:
        survey = LimeSurvey(settings=next(iter(self._table("surveys")), {}), languages=self.languages)
        for row in self._table("surveys_languagesettings"):
            language = row.get("surveyls_language", "")
            for name, value in row.items():
                survey.texts.setdefault(name, {})[language] = value
        survey.beside = {words for table, words in LEFT_ASIDE.items() if self._table(table)}
        questions = self._questions()
        groups = self._groups()
        for gid, question in questions:
            groups.setdefault(gid, LimeGroup()).questions.append(question)
        survey.groups = list(groups.values())
        survey.quotas = self._quotas({question.number: question.code for _, question in questions})
        if any(row.get("active") == "0" for row in self._table("quota")):
            survey.beside.add("quotas inactifs")
        return survey

    def _table(self, name: str) -> list[Row]:
        return self.tables.get(name, [])

    def _groups(self) -> dict[str, LimeGroup]:
        groups: dict[str, LimeGroup] = {}
        texts = self._by_key("group_l10ns", "gid")
        for row in sorted(self._table("groups"), key=lambda row: _number(row.get("group_order"))):
            group = groups.setdefault(
                row.get("gid", ""),
                LimeGroup(
                    relevance=row.get("grelevance", ""), random_group=row.get("randomization_group", "")
                ),
            )
            for text in texts[row.get("gid", "")] or [row]:
                language = text.get("language", "")
                group.titles[language] = text.get("group_name", "")
                group.descriptions[language] = text.get("description", "")
        return groups

    def _questions(self) -> list[tuple[str, LimeQuestion]]:
        """Return the questions in order, each with its group, complete."""
        rows = [row for row in self._table("questions") if row.get("parent_qid", "0") in ("0", "")]
        rows.sort(key=lambda row: _number(row.get("question_order")))
        texts = self._by_key("question_l10ns", "qid")
        questions: dict[str, tuple[str, LimeQuestion]] = {}
        for row in rows:
            qid = row.get("qid", "")
            if not row.get("title"):
                raise QuestionnaireError(f"la question n° {qid} n’a pas de code (« title »).")
            if qid not in questions:
                questions[qid] = (row.get("gid", ""), _question(row))
            _add_texts(questions[qid][1], texts[qid] or [row])
        self._add_subquestions({qid: question for qid, (_, question) in questions.items()}, texts)
        self._add_answers({qid: question for qid, (_, question) in questions.items()})
        self._add_attributes({qid: question for qid, (_, question) in questions.items()})
        self._add_conditions({qid: question for qid, (_, question) in questions.items()})
        return list(questions.values())

    def _add_subquestions(self, questions: dict[str, LimeQuestion], texts: dict[str, list[Row]]) -> None:
        children = [row for row in self._table("questions") if row.get("parent_qid", "0") not in ("0", "")]
        children += self._table("subquestions")
        children.sort(key=lambda row: _number(row.get("question_order")))
        known: dict[str, Option] = {}
        for row in children:
            parent = questions.get(row.get("parent_qid", ""))
            if parent is None:
                continue
            qid = row.get("qid", "")
            if qid not in known:
                known[qid] = Option(
                    row.get("title", ""),
                    _number(row.get("scale_id")),
                    relevance=row.get("relevance", ""),
                    number=qid,
                )
                parent.subquestions.append(known[qid])
            for text in texts[qid] or [row]:
                known[qid].texts[text.get("language", "")] = text.get("question", "")

    def _add_answers(self, questions: dict[str, LimeQuestion]) -> None:
        texts = self._by_key("answer_l10ns", "aid")
        known: dict[tuple[str, int, str], Option] = {}
        for row in sorted(self._table("answers"), key=lambda row: _number(row.get("sortorder"))):
            question = questions.get(row.get("qid", ""))
            if question is None:
                continue
            key = (row.get("qid", ""), _number(row.get("scale_id")), row.get("code", ""))
            if key not in known:
                known[key] = Option(key[2], key[1], value=float(_number(row.get("assessment_value"))))
                question.answers.append(known[key])
            for text in (texts[row["aid"]] if "aid" in row else []) or [row]:
                known[key].texts[text.get("language", "")] = text.get("answer", "")

    def _add_attributes(self, questions: dict[str, LimeQuestion]) -> None:
        for row in self._table("question_attributes"):
            question = questions.get(row.get("qid", ""))
            if question is not None and row.get("value"):
                values = question.attributes.setdefault(row.get("attribute", ""), {})
                values[row.get("language", "")] = row["value"]
        texts = self._by_key("defaultvalue_l10ns", "dvid")
        for row in self._table("defaultvalues"):
            question = questions.get(row.get("qid", ""))
            if question is None:
                continue
            if row.get("sqid", "0") not in ("0", "") or row.get("specialtype"):
                question.lost.append("réponse par défaut d’une ligne ou de « Autre »")
            else:
                written = [text.get("defaultvalue", "") for text in (row, *texts[row.get("dvid", "")])]
                question.default = next((value for value in written if value), "") or question.default

    def _add_conditions(self, questions: dict[str, LimeQuestion]) -> None:
        """Old files say conditions in a table; recent ones repeat there what relevance already says."""
        for qid, rows in self._by_key("conditions", "qid").items():
            question = questions.get(qid)
            if question is None or question.relevance not in ("", "1"):
                continue
            question.relevance = relevance_of(rows, questions)
            if not question.relevance:
                question.lost.append(f"conditions ({' ; '.join(map(_told, rows))})")

    def _quotas(self, codes: dict[str, str]) -> list[LimeQuota]:
        texts = self._by_key("quota_languagesettings", "quotals_quota_id")
        members = self._by_key("quota_members", "quota_id")
        quotas = []
        for row in self._table("quota"):
            if row.get("active") == "0":
                continue
            quota = LimeQuota(row.get("name", ""), _number(row.get("qlimit")))
            for text in texts[row.get("id", "")]:
                language = text.get("quotals_language", "")
                quota.names[language] = text.get("quotals_name", "")
                quota.messages[language] = text.get("quotals_message", "")
            for member in members[row.get("id", "")]:
                quota.members.append((codes.get(member.get("qid", ""), ""), member.get("code", "")))
            quotas.append(quota)
        return quotas

    def _by_key(self, table: str, key: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self._table(table):
            found[row.get(key, "")].append(row)
        return found


def _told(condition: Row) -> str:
    """Quote a row of the table of conditions."""
    told = (condition.get(column, "") for column in ("cfieldname", "method", "value"))
    return " ".join(word for word in told if word)


def _question(row: Row) -> LimeQuestion:
    return LimeQuestion(
        code=row["title"],
        type=row.get("type", ""),
        number=row.get("qid", ""),
        relevance=row.get("relevance", ""),
        mandatory=row.get("mandatory", "N"),
        other=row.get("other") == "Y",
        preg=row.get("preg", ""),
    )


def _add_texts(question: LimeQuestion, texts: list[Row]) -> None:
    for text in texts:
        language = text.get("language", "")
        question.texts[language] = text.get("question", "")
        question.help[language] = text.get("help", "")
        question.scripts = question.scripts or bool(text.get("script"))


def _number(written: str | None) -> int:
    try:
        return int(float(written or 0))
    except (ValueError, OverflowError):
        return 0

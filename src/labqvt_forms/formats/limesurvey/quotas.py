"""Quotas of a LimeSurvey survey as ours."""

from __future__ import annotations

from labqvt_forms.formats.limesurvey.questions import QuestionReader
from labqvt_forms.formats.limesurvey.tables import LimeQuestion, LimeQuota, LimeSurvey
from labqvt_forms.ids import Ids, id_from
from labqvt_forms.items import Item
from labqvt_forms.notices import Notices
from labqvt_forms.questionnaire import Quota, variables_of


def quotas_of(
    survey: LimeSurvey, items: dict[str, Item], reader: QuestionReader, notices: Notices
) -> tuple[Quota, ...]:
    """Return the quotas; one that counts what we do not know is left, and the author told."""
    questions = {question.code: question for group in survey.groups for question in group.questions}
    kept: list[Quota] = []
    ids = Ids()
    for quota in survey.quotas:
        demands = [_demand(questions.get(code), answer, items) for code, answer in quota.members]
        known = tuple(demand for demand in demands if demand is not None)
        if not known or len(known) < len(demands) or quota.limit < 0:
            notices.add(f"non repris : le quota « {quota.name} », qui compte une réponse inconnue.")
            continue
        kept.append(_quota(quota, ids.take(id_from(quota.name, "quota")), known, reader))
    return tuple(kept)


def _quota(quota: LimeQuota, id_: str, demands: tuple[tuple[str, str], ...], reader: QuestionReader) -> Quota:
    label = reader.text(quota.names or {"": quota.name}, "quotas")
    message = reader.text(quota.messages, "quotas")
    return Quota(id=id_, limit=quota.limit, demands=demands, label=label, message=message)


def _demand(question: LimeQuestion | None, answer: str, items: dict[str, Item]) -> tuple[str, str] | None:
    """Return the column and the code one member of a quota asks for, if we have them."""
    if question is None or question.id not in items:
        return None
    row, dash, last = answer.rpartition("-")
    wanted = [(question.id, question.choice_code(answer))]
    if dash:
        id_ = question.row_id(row)
        wanted += [(id_, question.choice_code(last)), (f"{id_}_1", question.choice_code(last))]
    for variable in variables_of(items[question.id]):
        codes = {choice.code for choice in variable.choices.choices} if variable.choices else None
        for id_, code in wanted:
            if variable.id == id_ and code and (codes is None or code in codes):
                return id_, code
    return None

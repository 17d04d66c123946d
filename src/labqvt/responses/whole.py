"""The whole questionnaire in one page, for browsers that run our script: nothing more is asked of the network.

Without the script the page is the introduction, and « Commencer » leads to the pages one by one.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import override

from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.instruments.asking import Question, declining_code, pages_of, questions_of, variables_on
from labqvt.instruments.route import START
from labqvt.responses import promises
from labqvt.responses.asked import edition_of, form_of, has_easy_words
from labqvt.responses.box import DAYS_KEPT, key_of, slot_of
from labqvt.responses.checks import checks_of
from labqvt.responses.recognising import asks_for_words, patterns
from labqvt.responses.respondent import page, page_for_all
from labqvt.responses.scripts import FORMULAS, SHEET
from labqvt.responses.showing import UNPROCESSABLE, demands
from labqvt.responses.state import State
from labqvt_forms import Computed, Formula, LanguageChoice, Note, Number, Numbers, Questionnaire
from labqvt_forms.logic import to_javascript
from labqvt_forms.questionnaire import both, variables_of

# Filled by the script, which knows the pages this person meets.
_BLANKS = {"number": "{n}", "total": "{t}"}


def whole_sheet(
    access: AccessCode,
    state: State,
    *,
    errors: Mapping[str, str] | None = None,
    at: int = START,
) -> HttpResponse:
    """Every page as a section, with the answers already given; or with what is wrong in a sheet sent whole."""
    campaign = access.campaign

    def context() -> dict[str, Any]:
        return _sheet(access, state, errors or {}, at)

    # The token brings the code back, and nothing that was answered.
    bare = State(state.code, state.language, easy=state.easy)
    own = {"slot": slot_of(state.code), "key": key_of(state.code)}
    if errors or state.answers or state.typed or at != START:
        status = UNPROCESSABLE if errors else 200
        return page("responses/sheet.html", context() | own, status=status, state=bare)
    # Its help contacts are those of one structure.
    among = (*edition_of(campaign, access.audience), access.population_id)
    return page_for_all("responses/sheet.html", context, among=among, state=bare, own=own)


def _sheet(access: AccessCode, state: State, errors: Mapping[str, str], at: int) -> dict[str, Any]:
    campaign, language = access.campaign, state.language
    form = form_of(campaign, access.audience, easy=state.easy)
    with override(language):
        themes = list(_themes(form, state, errors))
        context = promises.intro_of(campaign, access.audience) | promises.help_for(
            access.population.organisation
        )
        logic = logic_of(form, language)
    wrong = [
        (number, question) for number, _group, asked in themes for question in asked if question.first_error
    ]
    return context | _BLANKS | {
        "campaign": campaign,
        "demands": demands(form),
        "has_easy": has_easy_words(campaign, access.audience),
        "welcome": form.welcome.pick(language),
        "themes": [
            {
                "page": number,
                "title": group.title.pick(language),
                "sense": group.description.pick(language),
                "questions": asked,
            }
            for number, group, asked in themes
        ],
        "last": len(themes) + 1,
        "errors": [question for _number, question in wrong],
        "at": wrong[0][0] if wrong else at,
        "logic": logic,
        "patterns": patterns() if asks_for_words(form) else [],
        "formulas": FORMULAS if _has_formulas(logic) else "",
        "sheet_script": SHEET,
        "days": _days_kept(campaign),
    }  # fmt: skip


def _themes(
    form: Questionnaire, state: State, errors: Mapping[str, str]
) -> Iterator[tuple[int, Any, list[Question]]]:
    for number, group in enumerate(pages_of(form), start=1):
        every = {variable.id for variable in variables_on(group)}
        asked = questions_of(group, state.language, state.answers, every, errors=errors, typed=state.typed)
        yield number, group, asked


def _days_kept(campaign: Campaign) -> int:
    """How long the browser may keep the sheet at most: never past the campaign."""
    left = (campaign.closes_on - timezone.localdate()).days + 1
    return max(1, min(DAYS_KEPT, left))


def logic_of(form: Questionnaire, language: str) -> dict[str, Any]:
    """Which questions are asked, as data for ``rules.js``: one row a variable, in the order of ``route_of``."""
    numbers = {group.id: number for number, group in enumerate(pages_of(form), start=1)}
    return {
        "today": timezone.localdate().isoformat(),
        "rows": [
            [
                variable.id,
                numbers.get(group.id, START),
                _kind(item),
                _tree(both(group.relevant, variable.relevant)),
                _extra(item, variable),
                checks_of(variable, language) if variable.answered else None,
            ]
            for group in form.groups
            for item in group.items
            for variable in variables_of(item)
        ],
    }


def _has_formulas(logic: dict[str, Any]) -> bool:
    return any(
        when or kind == "computed" or "rule" in (check or {})
        for _id, _page, kind, when, _extra, check in logic["rows"]
    )


def _kind(item: Any) -> str:
    if isinstance(item, Computed):
        return "computed"
    if isinstance(item, Note):
        return "note"
    if isinstance(item, LanguageChoice):
        return "language"
    return "number" if isinstance(item, Number | Numbers) else "answer"


def _extra(item: Any, variable: Any) -> Any:
    if isinstance(item, Computed):
        return _tree(item.formula)
    return declining_code(variable) if variable.answered else None


def _tree(formula: Formula | None) -> Any:
    return json.loads(to_javascript(formula.tree)) if formula and formula.tree else None

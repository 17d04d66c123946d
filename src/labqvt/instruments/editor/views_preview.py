"""A page of the draft as people will meet it on their phone, to be framed beside the form."""

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from labqvt.instruments.asking import pages_of, questions_of
from labqvt.instruments.editor.desk import draft_for
from labqvt.instruments.editor.phrasing import condition_in_words, language_of
from labqvt_forms import Group
from labqvt_forms import Questionnaire as Form
from labqvt_forms.languages import OWN_NAMES
from labqvt_forms.questionnaire import variables_of

# Languages the pages of a respondent speak themselves; the words of the questionnaire come in its own.
SPOKEN = frozenset({"fr", "en"})


@require_safe
@csp_replace({"frame-ancestors": [SELF], "script-src": [NONE], "form-action": [NONE]})
@xframe_options_sameorigin
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    version = draft_for(request.user, public_id)
    form = version.form
    asked = request.GET.get("lang", "")
    language = asked if asked in form.languages else language_of(form)
    pages = pages_of(form)
    group = next((page for page in pages if page.id == request.GET.get("page")), pages[0] if pages else None)
    context = {
        "version": version,
        "form_title": form.title.pick(language, form.language),
        "languages": languages_of(form),
        "language": language,
        "framed": "seul" not in request.GET,
        **_page_of(form, pages, group, language),
    }
    with override(spoken_for(language)):
        context["questions"] = _questions(form, group, language) if group else []
        return HttpResponse(render_to_string("instruments/editor/preview.html", context))


def languages_of(form: Form) -> list[tuple[str, str]]:
    return [(code, OWN_NAMES.get(code, code)) for code in form.languages]


def spoken_for(language: str) -> str:
    return language if language in SPOKEN else (get_language() or "fr")


def _page_of(form: Form, pages: list[Group], group: Group | None, language: str) -> dict[str, object]:
    if group is None:
        return {"group": None, "total": 0}
    rank = pages.index(group)
    return {
        "group": group,
        "title": group.title.pick(language, form.language),
        "sense": group.description.pick(language, form.language),
        "number": rank + 1,
        "total": len(pages),
        "previous": pages[rank - 1].id if rank else "",
        "next": pages[rank + 1].id if rank + 1 < len(pages) else "",
        "condition": condition_in_words(form, group.relevant),
    }


def _questions(form: Form, group: Group, language: str) -> list[tuple[object, str]]:
    """Every question of the page, those under condition included, with what makes them appear."""
    variables = [variable for item in group.items for variable in variables_of(item)]
    shown = {variable.id for variable in variables}
    told = {
        variable.id: condition_in_words(form, variable.relevant)
        for variable in variables
        if variable.relevant is not None
    }
    return [(question, told.get(question.id, "")) for question in questions_of(group, language, {}, shown)]

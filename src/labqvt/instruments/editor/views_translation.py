"""Translation side by side: the main language on the left, the other on the right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.instruments.editor.desk import (
    Gone,
    act,
    back_to,
    form_as_shown,
    is_adapted,
    on_draft,
    own_pages,
    page,
    refused,
    steps_of,
)
from labqvt.instruments.editor.translating import (
    Section,
    progress_by_language,
    progress_of,
    sections_of,
    translated,
)
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import editing
from labqvt_forms.editing.texts import LONGEST_TEXT
from labqvt_forms.languages import OWN_NAMES


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def languages(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """The languages of the draft and how far each is; add one, remove one."""
    form = version.form
    if request.method == "POST" and not is_adapted(version):
        return _changed(request, version)
    others = progress_by_language(form, own_pages(version))
    offered = [(code, name) for code, name in OWN_NAMES.items() if code not in form.languages]
    return page(
        request, "languages", version, main=OWN_NAMES.get(form.language, form.language), others=others,
        offered=offered,
    )  # fmt: skip


def _changed(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    doing, _colon, code = request.POST.get("act", "").partition(":")
    code = code or request.POST.get("language", "").strip()
    name = OWN_NAMES.get(code, code)
    if doing == "remove":
        why_not = act(
            request, version, lambda latest: editing.remove_language(latest, code),
            _("Langue retirée : %(language)s") % {"language": name},
        )  # fmt: skip
    else:
        why_not = act(
            request, version, lambda latest: editing.add_language(latest, code),
            _("Langue ajoutée : %(language)s") % {"language": name},
        )  # fmt: skip
    if why_not:
        refused(request, why_not)
    elif doing != "remove":
        return back_to("edit_translate_to", version, code)
    return back_to("edit_translate", version)


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def translate(request: HttpRequest, version: QuestionnaireVersion, language: str) -> HttpResponse:
    form = version.form
    if language not in form.languages[1:]:
        raise Gone(_("Cette langue n’est plus dans le questionnaire."))
    sections = sections_of(form, language, own_pages(version))
    section = _section(sections, request.GET.get("page", ""))
    if request.method == "POST":
        why_not = _kept(request, version, section, language)
        if "autosave" in request.POST:
            context = {"version": version, "wrong": why_not, **steps_of(version)}
            return render(request, "instruments/editor/saved.html", context)
        if not why_not:
            after = _after(sections, section) if request.POST.get("act") == "next" else section
            return back_to(
                "edit_translate_to", version, language, page=after.id if after else "", here="texte"
            )
        refused(request, why_not)
    done, total = progress_of(sections)
    return page(
        request, "translate", version, language=language, language_name=OWN_NAMES.get(language, language),
        main=form.language, main_name=OWN_NAMES.get(form.language, form.language), sections=sections, section=section,
        done=done, total=total, preview_page=section.id if section else "", preview_language=language,
        following=_after(sections, section),
    )  # fmt: skip


def _section(sections: list[Section], asked: str) -> Section | None:
    """The page asked for, else the first where something is missing."""
    chosen = next((section for section in sections if section.id == asked), None)
    incomplete = (section for section in sections if section.missing)
    return chosen or next(incomplete, sections[0] if sections else None)


def _after(sections: list[Section], section: Section | None) -> Section | None:
    if section is None:
        return None
    rank = sections.index(section)
    return next((later for later in (*sections[rank + 1 :], *sections[:rank]) if later.missing), None)


def _kept(request: HttpRequest, version: QuestionnaireVersion, section: Section | None, language: str) -> str:
    """Write what this person changed, against what they saw."""
    if section is None:
        return ""
    seen = sections_of(form_as_shown(request, version), language, own_pages(version))
    shown = {pair.name: pair.translated for one in seen for pair in one.pairs}
    changed = {
        (pair.spot, pair.field): request.POST[pair.name]
        for pair in section.pairs
        if pair.name in request.POST
        and request.POST[pair.name].strip() != shown.get(pair.name, pair.translated)
    }
    if not changed:
        return ""
    if any(len(words) > LONGEST_TEXT for words in changed.values()):
        return _("Un texte dépasse %(most)s signes : raccourcissez-le.") % {"most": LONGEST_TEXT}
    return act(
        request, version, lambda latest: translated(latest, changed, language),
        _("Traduction, %(language)s : %(page)s") % {"language": OWN_NAMES.get(language, language), "page": section.title},
    )  # fmt: skip

"""Screens of answers, for those whom the first page named: table, files, synthesis, written answers, report."""

from typing import Final

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.documents.pdf import render_pdf
from labqvt.documents.xlsx import MEDIA_TYPE
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.instruments.free_texts import text_keys, words_asked
from labqvt.structure_surveys import exporting, gathering, policy, queries
from labqvt.structure_surveys.models import Quotation, Reply, Survey, Theme
from labqvt.structure_surveys.replying import asked_in
from labqvt.structure_surveys.report import report_of
from labqvt.structure_surveys.synthesis import page_of, sheet_of, theme_pages
from labqvt.structure_surveys.views import PER_PAGE
from labqvt.structure_surveys.views_structures import filters_of, sought_in

PER_WORDS: Final = 12
_MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "csv-fr": "text/csv; charset=utf-8",
    "xlsx": MEDIA_TYPE,
    exporting.DICTIONARY: "text/csv; charset=utf-8",
}


def _read_by(request: HttpRequest, public_id: str) -> Survey:
    survey = policy.survey_for(request.user, public_id)
    require(policy.may_read_answers(request.user, survey))
    return survey


@require_safe
def answers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every answer that was sent, one line a structure."""
    survey = _read_by(request, public_id)
    sought = sought_in(request)
    page = Paginator(queries.replies_sought(survey, sought), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "survey": survey, "page": page, "sought": sought,
        "parts": filters_of(survey, sought, with_standing=False), "total": queries.replies_in(survey).count(),
    }  # fmt: skip
    return render(request, "structure_surveys/answers.html", context)


@require_safe
def export(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The answers one sees, as searched and filtered."""
    survey = _read_by(request, public_id)
    if form not in _MEDIA:
        raise Http404
    replies = list(queries.replies_sought(survey, sought_in(request)))
    if not replies:
        raise Http404
    written = exporting.export(
        survey=survey, replies=replies, form=form, language=get_language() or "fr", by=request.user
    )
    ending = exporting.FORMATS.get(form, ".csv")
    name = f"reponses-{survey.public_id}{ending}" if form != exporting.DICTIONARY else "dictionnaire.csv"
    return HttpResponse(
        written.content, content_type=_MEDIA[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@require_safe
def synthesis(request: HttpRequest, public_id: str) -> HttpResponse:
    """One theme of the questionnaire at a time."""
    survey = _read_by(request, public_id)
    language = get_language() or "fr"
    pages = theme_pages(survey)
    chosen = request.GET.get("theme") or (pages[0][0] if pages else "")
    shown = page_of(sheet_of(survey, language), chosen)
    if shown is None:
        raise Http404
    here = reverse("structure_surveys:synthesis", args=[survey.public_id])
    titles = {group.id: group.title.pick(language) for group in asked_in(survey).told.groups}
    tabs = [
        {"label": titles[id_], "url": f"{here}?theme={id_}", "current": id_ == chosen}
        for id_, _title in pages
    ]
    context = {"survey": survey, "tabs": tabs, "shown": shown, "total": queries.total(survey)}
    return render(request, "structure_surveys/synthesis.html", context)


def _asked_in_words(survey: Survey, question: str, language: str) -> str:
    """What was asked, for a question answered in words, the words of « Autre » or comments."""
    form = asked_in(survey).told
    if question not in text_keys(form):
        raise Http404
    return words_asked(form, question, language)


@require_http_methods(["GET", "HEAD", "POST"])
def written(request: HttpRequest, public_id: str, question: str) -> HttpResponse:
    """The written answers to one question: put them under themes by hand, choose what to quote."""
    survey = _read_by(request, public_id)
    asked = _asked_in_words(survey, question, get_language() or "fr")
    error: tuple[str, str] | None = None
    if request.method == "POST":
        reply = (
            queries.replies_in(survey).filter(structure__public_id=request.POST.get("structure", "")).first()
        )
        if reply is None:
            raise Http404
        try:
            if request.POST.get("act") == "quote":
                words = request.POST.get("words", "")
                entry = gathering.quote(
                    survey=survey, question=question, reply=reply, words=words, by=request.user
                )
                announce(
                    request,
                    _("La citation est gardée.") if words.strip() else _("La citation est retirée."),
                    entry,
                )
            else:
                labels = [*request.POST.getlist("theme"), *request.POST.get("new", "").split(",")]
                entry = gathering.set_themes(
                    survey=survey, question=question, reply=reply, labels=labels, by=request.user
                )
                announce(request, _("La réponse est rangée."), entry)
            page = f"?page={request.POST['page']}" if request.POST.get("page", "").isdecimal() else ""
            here = reverse("structure_surveys:written", args=[survey.public_id, question])
            return redirect(f"{here}{page}#r-{reply.structure.public_id}")
        except ValidationError as refused:
            error = (reply.structure.public_id, " ".join(refused.messages))
    return _written_page(request, survey, question, asked, error)


def _written_page(
    request: HttpRequest, survey: Survey, question: str, asked: str, error: tuple[str, str] | None
) -> HttpResponse:
    # Few lines have words: chosen in Python, since answers are JSON and SQLite and PostgreSQL differ on it.
    with_words = [reply for reply in queries.replies_in(survey) if _words(reply, question)]
    page = Paginator(with_words, PER_WORDS).get_page(request.GET.get("page"))
    themes = list(Theme.objects.filter(survey=survey, question=question).prefetch_related("replies"))
    quoted = {
        one.reply_id: one.words
        for one in Quotation.objects.filter(question=question, reply__in=list(page.object_list))
    }
    under: dict[int, set[str]] = {}
    for theme in themes:
        for reply in theme.replies.all():
            under.setdefault(reply.pk, set()).add(theme.label)
    rows = [
        {
            "reply": reply, "structure": reply.structure, "words": _words(reply, question),
            "themes": [(theme.label, theme.label in under.get(reply.pk, ())) for theme in themes],
            "quoted": quoted.get(reply.pk, ""),
            "may_quote": reply.quoting in {Reply.Quoting.UNNAMED, Reply.Quoting.NAMED},
            "attribution": (
                reply.structure.name
                if reply.quoting == Reply.Quoting.NAMED
                else reply.structure.said_without_name()
            ),
            "error": error[1] if error and error[0] == reply.structure.public_id else "",
        }
        for reply in page.object_list
    ]  # fmt: skip
    context = {
        "survey": survey, "page": page, "rows": rows, "themes": themes, "total": len(with_words),
        "question": asked,
    }  # fmt: skip
    return render(request, "structure_surveys/written.html", context, status=422 if error else 200)


def _words(reply: Reply, question: str) -> str:
    said = reply.answers.get(question, "")
    return said if isinstance(said, str) else ""


@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """The synthesis as a document to hand over."""
    survey = _read_by(request, public_id)
    language = get_language() or "fr"
    content = render_pdf(report_of(survey, language), language)
    name = f'inline; filename="synthese-{survey.public_id}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})

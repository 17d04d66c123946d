"""« Continuer plus tard » and « Reprendre »: the answers leave with the person, and come back by their hand."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.campaigns.codes import normalised
from labqvt.campaigns.models import AccessCode
from labqvt.instruments.asking import Answers
from labqvt.instruments.route import START, route_of
from labqvt.instruments.turning import Turn, take, take_whole
from labqvt.responses import kiosk, resuming, services, spelling
from labqvt.responses.asked import form_of, version_of
from labqvt.responses.gate import wrong_codes
from labqvt.responses.refusals import CodeRefused, Refusal
from labqvt.responses.refusing import explained
from labqvt.responses.respondent import page, respondent_page, scripted, spoken
from labqvt.responses.resuming import ResumeError
from labqvt.responses.showing import UNPROCESSABLE, show
from labqvt.responses.state import LARGEST, State
from labqvt.responses.taking_up import Admitted, taken_up
from labqvt.responses.whole import whole_sheet


@respondent_page
@require_POST
@taken_up
def later(request: HttpRequest, state: State, access: Admitted) -> HttpResponse:
    """The text to keep, the letters to copy, the file to take away; or that file itself."""
    form = form_of(access.campaign, access.audience)
    whole = "whole" in request.POST
    place, _errors = take_whole(form, request.POST) if whole else take(form, state.place, request.POST)
    back_to, state = state.page, state.at(place)
    about = {
        "campaign": access.campaign.public_id,
        "version": version_of(access.campaign, access.audience).public_id,
    }
    answers = route_of(form, state.answers).answers
    text = resuming.written(answers, **about)
    if "file" in request.POST:
        return _file(text, state.language)
    at = request.POST.get("at", "")
    context = {
        "campaign": access.campaign,
        "text": text,
        "letters": spelling.spelled(form, answers, **about),
        "answered": len(answers),
        "not_held": len(spelling.not_held(form, answers)),
        "back_to": back_to,
        "at": at if at.isdecimal() else "",
        "whole": whole,
    }
    # This page asks nothing: coming back must not blank the one before.
    return page("responses/later.html", context, state=state.with_(page=START))


def _file(text: str, language: str) -> HttpResponse:
    with override(language):
        heading = _(
            "Lab’QVT : questionnaire à reprendre. Sur la page « Reprendre », donnez ce fichier et votre code."
        )
        name = _("reprendre-mes-reponses.txt")
    return HttpResponse(
        f"{heading}\r\n\r\n{text}\r\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@respondent_page
@scripted
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """The access code, and the text, the letters or the file of « Continuer plus tard »."""
    language = spoken(request.POST.get("language") or request.GET.get("lang"))
    if kiosk.visit_of(request):  # what is resumed there would stay within reach of the next person
        return redirect("responses:kiosk")
    if request.method != "POST":
        return page("responses/resume.html", {}, language=language)
    if wrong_codes.too_many(request):
        return page("responses/wait.html", {}, status=429, language=language)
    code = request.POST.get("code", "").strip()
    try:
        access = services.admit(code=code)
    except CodeRefused as refused:
        return _refused(request, refused, code, language)
    return _resume_with(request, access, code, language)


def _refused(request: HttpRequest, refused: CodeRefused, code: str, language: str) -> HttpResponse:
    if code and refused.reason in {Refusal.UNKNOWN, Refusal.USED}:
        wrong_codes.note(request)
    if refused.reason is not Refusal.UNKNOWN:
        return explained(refused, language, code=code)
    with override(language):
        wrong = {"code_error": _("Ce code n’est pas reconnu. Vérifiez ses huit signes.")}
    return _again(wrong, code, _kept(request), language)


def _resume_with(request: HttpRequest, access: AccessCode, code: str, language: str) -> HttpResponse:
    kept = _kept(request)
    try:
        with override(language):
            answers = _answers(access, kept)
    except ResumeError as error:
        return _again({"kept_error": str(error)}, code, kept, language)
    return _resumed(request, access, State(normalised(code), language, answers=answers))


def _kept(request: HttpRequest) -> str:
    """What was pasted, or what the file says."""
    file = request.FILES.get("file")
    if file is not None:
        return bytes(file.read(2 * LARGEST)).decode("utf-8", errors="replace")
    return request.POST.get("kept", "").strip()


def _again(wrong: dict[str, str], code: str, kept: str, language: str) -> HttpResponse:
    context: dict[str, Any] = {**wrong, "typed": code[:20], "kept": kept[: 2 * LARGEST]}
    return page("responses/resume.html", context, status=UNPROCESSABLE, language=language)


def _answers(access: AccessCode, kept: str) -> Answers:
    about = {
        "campaign": access.campaign.public_id,
        "version": version_of(access.campaign, access.audience).public_id,
    }
    if not kept:
        raise ResumeError(_("Collez le texte gardé, écrivez ses lettres, ou choisissez le fichier."))
    if resuming.is_resume_text(kept):
        return resuming.read(kept, **about)
    return spelling.heard(form_of(access.campaign, access.audience), kept, **about)


def _resumed(request: HttpRequest, access: AccessCode, state: State) -> HttpResponse:
    """Back on the first page that asks something not answered yet."""
    form = form_of(access.campaign, access.audience)
    route = route_of(form, state.answers)
    unanswered = [number for number, group in route.pages if not route.asked_of(group) <= set(route.answers)]
    at = unanswered[0] if unanswered else route.last
    if request.POST.get("whole"):
        return whole_sheet(access, state, at=at)
    return show(access, state, Turn(replace(state.place, page=at), route))

"""The reader’s table, one text at a time; the second look."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from labqvt.evidence import kept_texts
from labqvt.evidence.models import SealedText, TextReading
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce
from labqvt.verbatims import policy, queries, services, themes
from labqvt.verbatims.extracts import numbered
from labqvt.verbatims.forms import AsideForm, ReviewForm, ThemeForm, TreatForm
from labqvt.verbatims.recognising import in_parts

UNPROCESSABLE = 422
Text = SealedText.State


def _language() -> str:
    return (get_language() or "fr")[:2]


def _reading(request: HttpRequest, public_id: str) -> TextReading:
    """The reading, for its reader, while it lasts."""
    reading = policy.reading_for(request.user, public_id, policy.is_reader)
    require(policy.may_read_texts(request.user, reading.campaign, reading))
    return reading


def _undoable(request: HttpRequest, reading: TextReading, sentence: str) -> None:
    announce(request, sentence, journal.history_of(reading).first())


@require_http_methods(["GET", "HEAD"])
def reading(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _reading(request, public_id)
    piles = queries.piles_of(found, _language())
    context = {
        "reading": found,
        "campaign": found.campaign,
        "plan": found.campaign.parameters["texts"],
        "piles": piles,
        "next": queries.next_to_read(piles),
        "unread": queries.unread_in(piles),
        "begun": any(pile.done for pile in piles),
        "themes": themes.offered(found),
        "theme_form": ThemeForm(),
    }
    return render(request, "verbatims/reading.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One text: mask, say otherwise, code, then propose it, leave it, or set it aside."""
    found = _reading(request, public_id)
    try:
        kept = kept_texts.read(found.campaign, number)
    except kept_texts.NoSuchTextError as error:
        raise Http404 from error
    if request.method != "POST":
        return _show_text(request, found, number, kept)
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    return act(request, found, number, kept)


def _show_text(
    request: HttpRequest,
    found: TextReading,
    number: int,
    kept: kept_texts.KeptText,
    *,
    form: TreatForm | None = None,
    aside: AsideForm | None = None,
) -> HttpResponse:
    piles = queries.piles_of(found, _language())
    [(pile, place)] = [(pile, place) for pile in piles for place in pile.places if place.number == number]
    total = sum(one.total for one in piles)
    context = {
        "reading": found,
        "campaign": found.campaign,
        "pile": pile,
        "rank": pile.places.index(place) + 1,
        "place": place,
        "text": kept,
        "settled": place.state not in queries.TO_DO,
        "changed": kept.received is not None and kept.received != kept.words,
        "parts": in_parts(kept.words),
        "chosen": [theme["label"] for theme in themes.offered(found) if theme["id"] in kept.themes],
        "form": form or TreatForm(reading=found, text=kept),
        "aside": aside or AsideForm(),
        "danger": kept.reason == services.DANGER,
        "previous": number - 1 if number > 1 else None,
        "following": number + 1 if number < total else None,
    }
    status = UNPROCESSABLE if (form and form.errors) or (aside and aside.errors) else 200
    return render(request, "verbatims/text.html", context, status=status)


def _to(found: TextReading, number: int) -> HttpResponse:
    return redirect("verbatims:text", found.campaign.public_id, number)


def _onward(found: TextReading, number: int) -> HttpResponse:
    """To the next text to settle; to the table when there is none."""
    following = queries.next_to_read(queries.piles_of(found, _language()), after=number)
    return _to(found, following) if following else redirect("verbatims:reading", found.campaign.public_id)


def _mask(request: HttpRequest, found: TextReading, number: int, kept: kept_texts.KeptText) -> HttpResponse:
    form = TreatForm(request.POST, reading=found, text=kept)
    if form.is_valid():
        try:
            services.mask(
                reading=found, number=number, words=form.cleaned_data["words"], hidden=form.to_hide(),
                by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _to(found, number)
    return _show_text(request, found, number, kept, form=form)


def _validate(
    request: HttpRequest, found: TextReading, number: int, kept: kept_texts.KeptText
) -> HttpResponse:
    form = TreatForm(request.POST, reading=found, text=kept)
    quoted = request.POST["act"] == "propose"
    if form.is_valid():
        try:
            services.validate(
                reading=found, number=number, words=form.cleaned_data["words"],
                coded=form.cleaned_data.get("themes", []), quoted=quoted, by=request.user,
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = _("L’extrait est proposé. Le texte reçu est détruit.") if quoted else _("C’est lu. Le texte reçu est détruit.")  # fmt: skip
            _undoable(request, found, said)
            return _onward(found, number)
    return _show_text(request, found, number, kept, form=form)


def _set_aside(
    request: HttpRequest, found: TextReading, number: int, kept: kept_texts.KeptText
) -> HttpResponse:
    aside = AsideForm(request.POST)
    if not aside.is_valid():
        return _show_text(request, found, number, kept, aside=aside)
    reason = aside.cleaned_data["reason"]
    services.set_aside(reading=found, number=number, reason=reason, by=request.user)
    _undoable(request, found, _("Le texte est mis de côté : il ne paraîtra pas."))
    # What to do for someone in danger is on the page of the text.
    return _to(found, number) if reason == services.DANGER else _onward(found, number)


def _start_again(
    request: HttpRequest, found: TextReading, number: int, _kept: kept_texts.KeptText
) -> HttpResponse:
    services.start_again(reading=found, number=number, by=request.user)
    return _to(found, number)


def _reopen(
    request: HttpRequest, found: TextReading, number: int, _kept: kept_texts.KeptText
) -> HttpResponse:
    services.reopen(reading=found, number=number, by=request.user)
    return _to(found, number)


_ACTS: Any = {
    "mask": _mask,
    "propose": _validate,
    "leave": _validate,
    "aside": _set_aside,
    "again": _start_again,
    "reopen": _reopen,
}


@require_POST
def add_theme(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _reading(request, public_id)
    form = ThemeForm(request.POST)
    try:
        services.add_theme(reading=found, label=request.POST.get("label", ""), by=request.user)
    except ValidationError as error:
        return _with_error(request, found, form, error)
    _undoable(request, found, _("Le thème est ajouté."))
    return redirect("verbatims:reading", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest, public_id: str, theme_id: str) -> HttpResponse:
    """Rename a theme, or take it out."""
    found = _reading(request, public_id)
    known = next((one for one in themes.offered(found) if one["id"] == theme_id), None)
    if known is None:
        raise Http404
    if "remove" in request.POST:
        services.remove_theme(reading=found, theme=theme_id, by=request.user)
        _undoable(request, found, _("Le thème est retiré."))
        return redirect("verbatims:reading", public_id)
    form = ThemeForm(request.POST if request.method == "POST" else None, initial={"label": known["label"]})
    if form.is_valid():
        try:
            services.rename_theme(
                reading=found, theme=theme_id, label=form.cleaned_data["label"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _undoable(request, found, _("Le thème est renommé."))
            return redirect("verbatims:reading", public_id)
    status = UNPROCESSABLE if form.errors else 200
    context = {"reading": found, "campaign": found.campaign, "theme": known, "form": form}
    return render(request, "verbatims/theme.html", context, status=status)


def _with_error(
    request: HttpRequest, found: TextReading, form: ThemeForm, error: ValidationError
) -> HttpResponse:
    form.is_valid()
    if not form.errors:
        form.add_error(None, error)
    context = {"reading": found, "campaign": found.campaign, "theme": None, "form": form}
    return render(request, "verbatims/theme.html", context, status=UNPROCESSABLE)


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked twice, because nothing undoes it."""
    found = _reading(request, public_id)
    if request.method == "POST":
        services.finish(reading=found, by=request.user)
        announce(request, _("La lecture est terminée. Merci. Ce qui n’était pas proposé est détruit."))
        return redirect("cockpit:home")
    piles = queries.piles_of(found, _language())
    states = [place.state for pile in piles for place in pile.places]
    context = {
        "reading": found,
        "campaign": found.campaign,
        "plan": found.campaign.parameters["texts"],
        "unread": queries.unread_in(piles),
        "proposed": states.count(Text.PROPOSED),
    }
    return render(request, "verbatims/finish.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second look: each extract may appear, or not."""
    found = policy.reading_for(request.user, public_id, policy.looks_second)
    require(policy.may_review(request.user, found.campaign, found))
    entries = numbered(found)
    form = ReviewForm(request.POST if request.method == "POST" else None, entries=entries)
    if form.is_valid():
        after = services.review(reading=found, answers=form.answers(), by=request.user)
        announce(
            request,
            _("C’est fait : les extraits gardés paraissent maintenant, pour tout le monde. Les textes sont détruits.")
            if after.state == TextReading.State.PUBLISHED
            else _("C’est fait : aucun extrait ne paraît. Les textes sont détruits."),
        )  # fmt: skip
        return redirect("diagnostics:diagnosis", public_id)
    variables = found.campaign.version.form
    context = {
        "reading": found,
        "campaign": found.campaign,
        "plan": found.campaign.parameters["texts"],
        "form": form,
        "groups": queries.review_groups(entries, form, variables, _language()),
    }
    return render(request, "verbatims/review.html", context, status=UNPROCESSABLE if form.errors else 200)

"""Screens that belong to no trade: undo, jobs, outbox, files, and the pages that say no."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from labqvt.foundation import files, journal, mail
from labqvt.foundation.models import Job, JournalEntry, StoredFile
from labqvt.foundation.verdict import require

PER_PAGE = 25


def announce(request: HttpRequest, sentence: str, entry: JournalEntry | None = None) -> None:
    """Say what changed; with a journal entry that can be undone, offer to undo it."""
    undoable = entry is not None and bool(entry.undo_act)
    messages.success(request, sentence, extra_tags=f"undo:{entry.public_id}" if entry and undoable else "")


def add_errors(form: forms.Form, error: ValidationError, fields: Mapping[str, str] | None = None) -> None:
    """Put the sentences of a service beside the fields they are about.

    ``fields`` names the field of the form where the service's own word is another (« __all__ » for all of it).
    """
    told = error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}
    for name, sentences in told.items():
        field = (fields or {}).get(name, name)
        form.add_error(field if field in form.fields else None, sentences)


def told_on(form: forms.Form, act: Callable[[], Any], fields: Mapping[str, str] | None = None) -> Any:
    """Run a service; what it refuses is written on the form, and nothing comes back."""
    try:
        return act()
    except ValidationError as error:
        add_errors(form, error, fields)
        return None


def done_or_told(request: HttpRequest, act: Callable[[], Any], said: str) -> None:
    """Do something there is nothing to type for: say that it is done, or why it is not."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        announce(request, said)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    entry = get_object_or_404(JournalEntry, public_id=public_id, by=request.user)
    try:
        journal.undo(entry=entry, by=request.user)
    except PermissionDenied as refusal:
        messages.error(request, _("Ce geste ne s’annule plus. %(why)s") % {"why": refusal})
    else:
        messages.success(request, _("C’est annulé : %(what)s") % {"what": entry})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else "cockpit:home")


def _jobs_of(person: Any) -> Any:
    return Job.objects.all() if person.is_administrator else Job.objects.filter(asked_by=person)


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(_jobs_of(request.user).select_related("asked_by"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "foundation/jobs.html", {"page": page})


@require_safe
def job_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    job = get_object_or_404(_jobs_of(request.user), public_id=public_id)
    template = "foundation/job.html#progress" if request.htmx else "foundation/job.html"
    return render(request, template, {"job": job})


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Outgoing mail that was kept instead of sent: for the administrator, and in the demonstration only."""
    if not request.user.is_administrator:
        raise PermissionDenied(
            _("Les courriels gardés sur place sont lus par l’administration de l’outil seulement.")
        )
    if not mail.outbox_is_used():
        raise Http404
    page = Paginator(mail.outbox(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "foundation/outbox.html", {"page": page})


@login_not_required
@require_safe
def file_download(request: HttpRequest, public_id: str) -> FileResponse:
    stored = get_object_or_404(StoredFile, public_id=public_id)
    if stored.visibility != StoredFile.Visibility.PUBLIC and not request.user.is_authenticated:
        raise Http404
    require(files.may_read(request.user, stored))
    return FileResponse(
        files.path_of(stored).open("rb"),
        as_attachment=True,
        filename=stored.name,
        content_type=stored.media_type,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "foundation/400.html", status=400)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The refusal page shows the sentence of the verdict."""
    return render(request, "foundation/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "foundation/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    return render(request, "foundation/500.html", status=500)

"""Pages of the directory of organisations."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.foundation.journal import history_of
from labqvt.foundation.lists import Rows, UnreadableListError, rows_of, sheets_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce, told_on
from labqvt.people import company_search
from labqvt.people import directory as acts
from labqvt.people.company_search import SearchUnavailableError
from labqvt.people.directory_forms import ListForm, NameForm, OrganisationForm
from labqvt.people.directory_lists import read_list
from labqvt.people.models import Organisation
from labqvt.people.policy import may_keep_directory, organisation_for
from labqvt.people.queries import organisations_of

PER_PAGE = 25
_LARGEST = 2_000_000  # bytes of a list


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    require(may_keep_directory(request.user))
    search, kind = request.GET.get("q", "").strip()[:80], request.GET.get("nature", "")
    found = organisations_of(request.user, search, kind if kind in Organisation.Kind.values else "")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "people/directory.html", {"page": page, "search": search})


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Asked of the State’s service, by name or SIRET; whatever happens, one may go on by hand."""
    require(may_keep_directory(request.user))
    text = request.GET.get("q", "").strip()[:120]
    companies, unavailable = [], ""
    if text:
        try:
            companies = company_search.search(text)
        except SearchUnavailableError as error:
            unavailable = str(error)
    known = dict(
        Organisation.objects.filter(siret__in=[one.siret for one in companies]).values_list("siret", "name")
    )
    rows = [(one, known.get(one.siret, "")) for one in companies]
    context = {
        "search": text,
        "rows": rows,
        "unavailable": unavailable,
        "is_open": company_search.is_available(),
    }
    return render(request, "people/look_up.html", context)


@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """An empty form, or one filled with what the search said: read again, corrected, then entered."""
    require(may_keep_directory(request.user))
    said = {
        name: request.GET[name]
        for name in ("name", "siret", "naf", "idcc", "region")
        if request.GET.get(name)
    }
    kind = Organisation.Kind.STRUCTURE if request.user.is_administrator else Organisation.Kind.OTHER
    form = OrganisationForm(
        request.POST or None, initial={"kind": kind, "naf_revision": 2008 if "naf" in said else None} | said
    )
    if request.method == "POST" and form.is_valid():
        made = told_on(form, lambda: acts.add_organisation(by=request.user, **form.facts()))
        if made:
            announce(request, _("« %(name)s » est dans l’annuaire.") % {"name": made.name})
            return (
                redirect("people:directory")
                if _is_hidden(request.user, made)
                else redirect("people:organisation", made.public_id)
            )
    return render(
        request,
        "people/organisation_form.html",
        {"form": form, "title": _("Ajouter une organisation"), "said": bool(said)},
    )


def _is_hidden(person: Any, organisation: Organisation) -> bool:
    """A structure entered by who steers is its pair's from then on."""
    return organisation.kind == Organisation.Kind.STRUCTURE and not person.is_administrator


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = organisation_for(request.user, public_id)
    return render(request, "people/organisation.html", {
        "organisation": found, "names": found.names.all(), "history": history_of(found)[:20],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def organisation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = organisation_for(request.user, public_id)
    form = OrganisationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = organisation_for(request.user, public_id)  # the form has written on the other one
        entry = told_on(
            form, lambda: acts.change_organisation(organisation=fresh, by=request.user, **form.facts())
        )
        if entry:
            announce(request, _("« %(name)s » est à jour.") % {"name": fresh.name}, entry)
            return (
                redirect("people:directory")
                if _is_hidden(request.user, fresh)
                else redirect("people:organisation", public_id)
            )
    return render(
        request,
        "people/organisation_form.html",
        {"form": form, "title": _("Changer une organisation"), "organisation": found},
    )


@require_http_methods(["GET", "POST"])
def name_new(request: HttpRequest, public_id: str) -> HttpResponse:
    found = organisation_for(request.user, public_id)
    form = NameForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and told_on(form, lambda: acts.note_name(organisation=found, by=request.user, **form.cleaned_data))
    ):
        announce(request, _("L’autre nom est noté : on la trouvera aussi sous celui-là."))
        return redirect("people:organisation", public_id)
    return render(
        request,
        "people/organisation_form.html",
        {"form": form, "title": _("Noter un autre nom"), "organisation": found},
    )


@require_http_methods(["GET", "POST"])
def take_list(request: HttpRequest) -> HttpResponse:
    """All of a list or none of it: what is wrong is told row by row, and what was pasted stays there."""
    require(may_keep_directory(request.user))
    form = ListForm(request.POST or None, request.FILES or None)
    read = None
    if request.method == "POST" and form.is_valid():
        rows = told_on(form, lambda: _rows(form))
        if rows is not None:
            read = read_list(rows)
            if not read.wrong and read.rows:
                count = acts.take_list(read=read, by=request.user)
                announce(request, _("%(count)s organisations sont dans l’annuaire.") % {"count": count})
                return redirect("people:directory")
    return render(request, "people/take_list.html", {"form": form, "read": read})


def _rows(form: ListForm) -> Rows:
    sent = form.cleaned_data["file"]
    try:
        if not sent:
            return Rows(1, rows_of(form.cleaned_data["text"]))
        if sent.size > _LARGEST:
            raise ValidationError(
                {"file": _("Ce fichier est trop gros : deux millions de caractères au plus.")}
            )
        return sheets_of(sent.read(), first_filled=True)[0]
    except UnreadableListError as error:
        raise ValidationError({"file" if sent else "text": str(error)}) from error

"""Pages of a programme and of its experimentations."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.foundation.journal import history_of
from labqvt.foundation.registries import panels_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce, told_on
from labqvt.people.models import Scope
from labqvt.people.policy import may_keep_directory
from labqvt.programmes import amending, moving, policy, queries, services
from labqvt.programmes.forms import (
    ActualForm,
    AmendForm,
    DropForm,
    ExperimentationForm,
    MilestoneForm,
    MoveForm,
    ProgrammeForm,
)
from labqvt.programmes.models import Milestone, Programme
from labqvt.programmes.picture import map_of_regions
from labqvt.programmes.typed_dates import typed

PER_PAGE = 20


def address_of(scope: Scope) -> str:
    """The page of the programme or of the experimentation a scope belongs to."""
    if scope.kind == Scope.Kind.PROGRAMME:
        return reverse("programmes:programme", args=[scope.programme.slug])
    return reverse("programmes:experimentation", args=[scope.experimentation.public_id])


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.programmes_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    may_create = policy.may_create_programme(request.user)
    return render(request, "programmes/programmes.html", {
        "page": page, "may_create": may_create, "may_keep": may_keep_directory(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def programme_new(request: HttpRequest) -> HttpResponse:
    require(policy.may_create_programme(request.user))
    form = ProgrammeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = told_on(form, lambda: services.create_programme(by=request.user, **form.cleaned_data))
        if made:
            announce(request, _("Le programme est ouvert. Nommez maintenant sa coordination nationale."))
            return redirect("programmes:programme", made.slug)
    return render(request, "programmes/programme_form.html", {"form": form})


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = policy.programme_for(request.user, slug)
    experimentations = sorted(
        queries.experimentations_of(request.user, found), key=lambda one: one.region_name
    )
    return render(request, "programmes/programme.html", {
        "programme": found,
        "experimentations": experimentations,
        "chart": map_of_regions(experimentations, get_language() or "fr") if experimentations else None,
        "phases": queries.phases_of(found.scope),
        "timeline": queries.own_timeline(request.user, found.scope),
        "partners": queries.partners_of(found.scope),
        "team": queries.team_of(found.scope),
        "cited": queries.cited(found, queries.titles_of_sources(found)),
        "panels": panels_of("programmes.programme", request.user, found),
        "may_add": policy.may_add_experimentation(request.user, found),
        "may_steer": policy.may_steer(request.user, found.scope),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def experimentation_new(request: HttpRequest, slug: str) -> HttpResponse:
    found = policy.programme_for(request.user, slug)
    require(policy.may_add_experimentation(request.user, found))
    form = ExperimentationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("region", "title", "theme", "purpose")}
        made = told_on(form, lambda: services.add_experimentation(
            programme=found, targets=form.targets(), by=request.user, **values
        ))  # fmt: skip
        if made:
            announce(request, _("L’expérimentation « %(title)s » est ouverte.") % {"title": made.title})
            return redirect("programmes:experimentation", made.public_id)
    return render(request, "programmes/experimentation_form.html", {"form": form, "programme": found})


@require_safe
def experimentation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.experimentation_for(request.user, public_id)
    return render(request, "programmes/experimentation.html", {
        "experimentation": found,
        "targets": found.targets.all(),
        "amendments": found.amendments.order_by("-pk"),
        "timeline": queries.timeline_of(request.user, found.scope),
        "partners": queries.partners_of(found.scope),
        "team": queries.team_of(found.scope),
        "cited": queries.cited(found, queries.titles_of_sources(found.programme)),
        "panels": panels_of("programmes.experimentation", request.user, found),
        "may_steer": policy.may_steer(request.user, found.scope),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.experimentation_for(request.user, public_id)
    require(policy.may_steer(request.user, found.scope))
    form = AmendForm(request.POST or None, initial={"after": found.purpose})
    if request.method == "POST" and form.is_valid():
        made = told_on(
            form, lambda: amending.amend(experimentation=found, by=request.user, **form.cleaned_data)
        )
        if made:
            _amendment, entry = made
            announce(request, _("L’avenant est écrit ; ce qui l’était avant reste lisible."), entry)
            return redirect("programmes:experimentation", found.public_id)
    return render(request, "programmes/amend.html", {"form": form, "experimentation": found})


@require_http_methods(["GET", "POST"])
def milestone_new(request: HttpRequest, public_id: str) -> HttpResponse:
    scope = policy.scope_for(request.user, public_id)
    require(policy.may_steer(request.user, scope))
    form = MilestoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = told_on(
            form, lambda: services.add_milestone(scope=scope, by=request.user, **form.cleaned_data)
        )
        if made:
            milestone, entry = made
            announce(request, _("« %(title)s » est dans la chronologie.") % {"title": milestone.title}, entry)
            return redirect(address_of(scope))
    return render(
        request, "programmes/milestone_form.html", {"form": form, "scope": scope, "back": address_of(scope)}
    )


@require_safe
def milestone(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.milestone_for(request.user, public_id)
    owner = _owner(found)
    return render(request, "programmes/milestone.html", {
        "milestone": found,
        "standing": found.standing(),
        "moves": found.moves.all(),
        "cited": queries.cited(found, queries.titles_of_sources(owner)),
        "scope": found.scope,
        "back": address_of(found.scope),
        "history": history_of(found)[:20],
        "panels": panels_of("programmes.milestone", request.user, found),
        "may_move": policy.may_move(request.user, found),
        "may_record": policy.may_record_actual(request.user, found),
        "may_drop": policy.may_drop(request.user, found),
    })  # fmt: skip


def _owner(found: Milestone) -> Programme:
    scope = found.scope
    return scope.programme if scope.kind == Scope.Kind.PROGRAMME else scope.experimentation.programme


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.milestone_for(request.user, public_id)
    require(policy.may_move(request.user, found))
    form = MoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = told_on(
            form, lambda: moving.move_milestone(milestone=found, by=request.user, **form.cleaned_data)
        )
        if done:
            moved, entry = done
            words = {"title": found.title, "when": moved.new.words()}
            announce(request, _("« %(title)s » est reporté : %(when)s.") % words, entry)
            return redirect("programmes:milestone", found.public_id)
    return render(
        request, "programmes/move.html", {"form": form, "milestone": found, "back": address_of(found.scope)}
    )


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.milestone_for(request.user, public_id)
    require(policy.may_record_actual(request.user, found))
    form = ActualForm(
        request.POST or None, initial={"actual": typed(found.current), "cause": found.slip_cause}
    )
    if request.method == "POST" and form.is_valid():
        entry = told_on(
            form, lambda: moving.record_actual(milestone=found, by=request.user, **form.cleaned_data)
        )
        if entry:
            announce(request, _("« %(title)s » est noté comme fait.") % {"title": found.title}, entry)
            return redirect("programmes:milestone", found.public_id)
    return render(
        request, "programmes/record.html", {"form": form, "milestone": found, "back": address_of(found.scope)}
    )


@require_http_methods(["GET", "POST"])
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    found = policy.milestone_for(request.user, public_id)
    require(policy.may_drop(request.user, found))
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        entry = told_on(
            form, lambda: moving.drop_milestone(milestone=found, by=request.user, **form.cleaned_data)
        )
        if entry:
            announce(request, _("« %(title)s » est abandonné.") % {"title": found.title}, entry)
            return redirect("programmes:milestone", found.public_id)
    return render(
        request, "programmes/drop.html", {"form": form, "milestone": found, "back": address_of(found.scope)}
    )

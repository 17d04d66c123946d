from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from labqvt.action_plans import services
from labqvt.action_plans.forms import ExperimentForm, MoveForm, VerdictForm, suggestion
from labqvt.action_plans.policy import experiment_for, may_judge, may_write_plan, structure_for
from labqvt.action_plans.queries import experiments_of
from labqvt.foundation.verdict import require
from labqvt.foundation.views import announce


@require_safe
def plan(request: HttpRequest, structure_id: str) -> HttpResponse:
    structure = structure_for(request.user, structure_id)
    context = {
        "structure": structure,
        "experiments": experiments_of(structure),
        "may_write": may_write_plan(request.user, structure),
    }
    return render(request, "action_plans/plan.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, structure_id: str) -> HttpResponse:
    structure = structure_for(request.user, structure_id)
    require(may_write_plan(request.user, structure))
    form = ExperimentForm(request.POST or None, initial=suggestion(request.GET.get("determinant", "")))
    if form.is_valid():
        experiment, entry = services.add_experiment(structure=structure, by=request.user, **form.facts)
        announce(request, _("« %(title)s » est au plan.") % {"title": experiment.title}, entry)
        return redirect("action_plans:plan", structure.public_id)
    return render(request, "action_plans/add.html", {"structure": structure, "form": form})


@require_safe
def experiment(request: HttpRequest, public_id: str) -> HttpResponse:
    experiment = experiment_for(request.user, public_id)
    context = {"experiment": experiment, "may_judge": may_judge(request.user, experiment)}
    return render(request, "action_plans/experiment.html", context)


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    experiment = experiment_for(request.user, public_id)
    require(may_judge(request.user, experiment))
    form = MoveForm(request.POST or None)
    if form.is_valid():
        _moved, entry = services.move_experiment(
            experiment=experiment, new=form.period, cause=form.cleaned_data["cause"], by=request.user
        )
        announce(request, _("Les dates de « %(title)s » ont changé.") % {"title": experiment.title}, entry)
        return redirect("action_plans:experiment", public_id)
    return render(request, "action_plans/move.html", {"experiment": experiment, "form": form})


@require_http_methods(["GET", "POST"])
def judge(request: HttpRequest, public_id: str) -> HttpResponse:
    experiment = experiment_for(request.user, public_id)
    require(may_judge(request.user, experiment))
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        _judged, entry = services.judge_experiment(
            experiment=experiment, by=request.user, **form.cleaned_data
        )
        announce(request, _("Le verdict de « %(title)s » est noté.") % {"title": experiment.title}, entry)
        return redirect("action_plans:experiment", public_id)
    return render(request, "action_plans/judge.html", {"experiment": experiment, "form": form})

"""Scores of a draft: which sentences make one, what it speaks of, how many answers it needs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from labqvt.instruments.editor.desk import UNPROCESSABLE, act, back_to, on_draft, page, require_touchable
from labqvt.instruments.editor.outlining import name_of_page
from labqvt.instruments.editor.parts import shortened
from labqvt.instruments.editor.subjects import determinants
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Determinant, ModelError, Scale, Text, editing
from labqvt_forms import Questionnaire as Form
from labqvt_forms.questionnaire import variables_of
from labqvt_forms.spots import Spot


@require_http_methods(["GET", "HEAD", "POST"])
@on_draft
def scales(request: HttpRequest, version: QuestionnaireVersion) -> HttpResponse:
    """One list of scores, one opened at a time with the sentences it may count."""
    require_touchable(version, "")
    form = version.form
    error = ""
    if request.method == "POST":
        error, here = _changed(request, version)
        if not error:
            return back_to("edit_scales", version, here=f"s-{here}" if here else "", score=here)
        form = version.form
    opened = request.POST.get("score", "") or request.GET.get("score", "")
    scale = next((scale for scale in form.scales if scale.id == opened), None)
    return page(
        request, "scales", version, status=UNPROCESSABLE if error else 200, error=error,
        scales=[_told(form, one) for one in form.scales], scale=scale, groups=_countable(form, scale) if scale else [],
        scale_name=scale.label.pick(form.language) if scale else "", typed=request.POST.get("label", "") if error else "",
        determinants=determinants(),
        rule=_rule_of(scale) if scale else "half", least=scale.missing_rule if scale else 1,
    )  # fmt: skip


def _told(form: Form, scale: Scale) -> dict[str, Any]:
    return {
        "id": scale.id,
        "name": scale.label.pick(form.language) or scale.id,
        "determinant": scale.determinant.value if scale.determinant else "",
        "subject": dict(determinants()).get(scale.determinant.value, "") if scale.determinant else "",
        "size": len(scale.items),
        "least": scale.least_answered,
    }


def _rule_of(scale: Scale) -> str:
    return "number" if isinstance(scale.missing_rule, int) else scale.missing_rule


def _countable(form: Form, scale: Scale) -> list[tuple[str, list[dict[str, Any]]]]:
    """Sentences that give a mark, by page; ticked when this score counts them."""
    elsewhere = {id_: other for other in form.scales if other.id != scale.id for id_ in other.items}
    found = []
    for rank, group in enumerate(form.groups):
        lines = [
            {
                "id": variable.id,
                "words": shortened(variable.label.pick(form.language) or variable.id, 140),
                "ticked": variable.id in scale.items,
                "reverse": variable.reverse,
                "elsewhere": elsewhere[variable.id].label.pick(form.language)
                if variable.id in elsewhere
                else "",
            }
            for item in group.items
            for variable in variables_of(item)
            if editing.scorable(variable)
        ]
        if lines:
            found.append((name_of_page(form, group, rank), lines))
    return found


def _changed(request: HttpRequest, version: QuestionnaireVersion) -> tuple[str, str]:
    """Do what was asked; return why not, and the score it was about."""
    doing = request.POST.get("act", "save")
    scale_id, label = request.POST.get("score", ""), " ".join(request.POST.get("label", "").split())[:300]
    if doing == "add":
        if not label:
            return _("Donnez un nom au score."), ""
        before = {scale.id for scale in version.form.scales}
        why_not = act(
            request, version,
            lambda latest: editing.add_scale(latest, Text.of({latest.language: label}), determinant=_determinant(request)),
            _("Score ajouté : %(score)s") % {"score": label},
        )  # fmt: skip
        return why_not, next((scale.id for scale in version.form.scales if scale.id not in before), "")
    if doing == "remove":
        name = next(
            (_told(version.form, s)["name"] for s in version.form.scales if s.id == scale_id), scale_id
        )
        why_not = act(
            request, version, lambda latest: editing.remove_scale(latest, scale_id),
            _("Score retiré : %(score)s") % {"score": name},
        )  # fmt: skip
        return why_not, ""
    if not label:
        return _("Donnez un nom au score."), scale_id
    why_not = act(
        request, version, lambda latest: _written(request, latest, scale_id, label),
        _("Score modifié : %(score)s") % {"score": label},
    )  # fmt: skip
    return why_not, scale_id


def _determinant(request: HttpRequest) -> Determinant | None:
    asked = request.POST.get("determinant", "")
    return Determinant(asked) if asked in list(Determinant) else None


def _written(request: HttpRequest, form: Form, scale_id: str, label: str) -> Form:
    form = editing.set_text(form, Spot.scale(scale_id), "label", label, form.language)
    form = editing.set_determinant(form, scale_id, _determinant(request))
    # One field tells what was on screen: five hundred hidden ones would be refused as too many.
    shown, ticked = set(" ".join(request.POST.getlist("shown")).split()), set(request.POST.getlist("counted"))
    scale = next(scale for scale in form.scales if scale.id == scale_id)
    for variable in form.variables:
        if variable.id not in shown:
            continue
        if variable.id in ticked and variable.id not in scale.items:
            form = editing.put_in_scale(form, scale_id, variable.id)
        elif variable.id not in ticked and variable.id in scale.items:
            form = editing.take_out_of_scale(form, scale_id, variable.id)
    rule, least = request.POST.get("rule", "half"), request.POST.get("least", "")
    if rule == "number":
        if not least.isdecimal() or len(least) > 3:
            raise ModelError(_("Écrivez combien de réponses il faut, en chiffres."))
        return editing.set_missing_rule(form, scale_id, int(least))
    return editing.set_missing_rule(form, scale_id, "all" if rule == "all" else "half")

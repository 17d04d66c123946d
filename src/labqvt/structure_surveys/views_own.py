"""A structure that has a space here opens its own answer from it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from labqvt.people.models import Function
from labqvt.people.policy import holds
from labqvt.structure_surveys.models import Survey, SurveyedStructure


@require_safe
def mine(request: HttpRequest, public_id: str) -> HttpResponse:
    """The director of a structure known by the tool follows the link of that structure."""
    structure = (
        SurveyedStructure.objects.select_related("survey", "organisation__scope")
        .exclude(survey__status=Survey.Status.DRAFT)
        .filter(public_id=public_id, organisation__isnull=False, twin_of=None)
        .first()
    )
    if structure is None or structure.organisation is None:
        raise Http404
    if not holds(request.user, {Function.DIRECTOR}, structure.organisation.scope):
        raise Http404
    return redirect("structure_surveys:own", structure.survey.public_id, structure.key)

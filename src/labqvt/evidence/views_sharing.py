"""What a structure’s pair lets its network read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from labqvt.campaigns.policy import campaign_for
from labqvt.evidence import sharing
from labqvt.evidence.models import StructureRelease


@require_POST
def share(request: HttpRequest, public_id: str, structure_id: str) -> HttpResponse:
    """One side of the pair agrees to show the structure’s results to the network, or takes it back."""
    campaign = campaign_for(request.user, public_id)
    found = get_object_or_404(
        StructureRelease.objects.select_related("release__campaign", "organisation__scope"),
        release__campaign=campaign, organisation__public_id=structure_id,
    )  # fmt: skip
    if "take_back" in request.POST:
        sharing.take_back(found=found, by=request.user)
        messages.success(request, _("Votre accord est retiré : le réseau ne lit plus ces résultats."))
    else:
        sharing.agree(found=found, by=request.user)
        messages.success(
            request,
            _("C’est noté. Les deux côtés sont d’accord : le réseau peut lire ces résultats.")
            if sharing.is_shared(found)
            else _("C’est noté. Il manque l’accord de l’autre côté du binôme : le réseau ne lit rien pour l’instant."),
        )  # fmt: skip
    return redirect("diagnostics:structure_diagnosis", public_id, structure_id)

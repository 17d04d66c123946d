"""A pooled campaign told part by part: cut by cut on the screen, region by region in editions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labqvt.campaigns.models import Campaign
from labqvt.diagnostics import crossing_figures
from labqvt.diagnostics.crossing import Crossing, crossing_of, sentence_of, themes_table
from labqvt.diagnostics.policy import campaign_of, may_read_diagnosis
from labqvt.diagnostics.told import reading_of_region
from labqvt.diagnostics.views import language, paper_answer
from labqvt.evidence.models import RegionalEdition
from labqvt.evidence.queries import regional_edition_of, release_of
from labqvt.foundation.verdict import require


@require_safe
def analysis(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if not campaign.is_pooled or release is None or not release.shown:
        raise Http404
    found = crossing_of(
        release.content, language(), cut=request.GET.get("par", ""), theme=request.GET.get("theme", "")
    )
    context = {"campaign": campaign, "campaign_url": reverse("campaigns:campaign", args=[public_id]),
               "diagnosis_url": reverse("diagnostics:diagnosis", args=[public_id]), "crossing": found}  # fmt: skip
    if found is not None:
        context |= {
            "parts": _parts(found),
            "sentence": sentence_of(found),
            "charts": crossing_figures.charts_of(found),
            "table": themes_table(found),
            "withheld": ", ".join(found.withheld),
        }
    return render(request, "diagnostics/analysis.html", context)


def _parts(found: Crossing) -> list[dict[str, object]]:
    """« Comparer [par région] sur [la charge de travail] »."""
    return [
        {"before": _("Comparer selon"), "name": "par", "label": _("Groupes"), "options": found.cuts, "value": found.cut},
        {"before": _("sur le thème"), "name": "theme", "label": _("Thème"), "options": found.themes, "value": found.theme.id},
    ]  # fmt: skip


@require_safe
def regional_edition(request: HttpRequest, public_id: str, region: str) -> HttpResponse:
    """What the network tells of one region, on the same page as the whole."""
    campaign, edition = _edition_asked(request, public_id, region)
    context = {"campaign": campaign, "release": edition.release, "region": edition,
               "reading": reading_of_region(edition, campaign, language())}  # fmt: skip
    return render(request, "diagnostics/diagnosis.html", context)


@require_safe
def regional_edition_pdf(request: HttpRequest, public_id: str, region: str) -> HttpResponse:
    campaign, edition = _edition_asked(request, public_id, region)
    reading = reading_of_region(edition, campaign, language())
    return paper_answer(reading, campaign, str(edition), edition.release.released_at)


def _edition_asked(request: HttpRequest, public_id: str, region: str) -> tuple[Campaign, RegionalEdition]:
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    edition = regional_edition_of(campaign, region)
    if edition is None:
        raise Http404
    return campaign, edition

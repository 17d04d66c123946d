"""A pooled campaign told part by part: cut by cut on the screen, region by region in editions."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labqvt.campaigns.models import Campaign
from labqvt.diagnostics import crossing_figures
from labqvt.diagnostics.crossing import Crossing, crossing_of, sentence_of, themes_table
from labqvt.diagnostics.policy import campaign_of, leads_network_of, may_read_diagnosis, may_read_shared
from labqvt.diagnostics.shared import shared_table
from labqvt.diagnostics.told import reading_of_region
from labqvt.diagnostics.views import language, paper_answer
from labqvt.evidence.added_cuts import CROSS
from labqvt.evidence.analysing import cuts_to_cross
from labqvt.evidence.models import AddedCut, RegionalEdition
from labqvt.evidence.policy import may_add_cut
from labqvt.evidence.queries import added_cuts_of, analysis_of, regional_edition_of, release_of
from labqvt.evidence.sharing import shared_in
from labqvt.foundation.verdict import require

PER_PAGE = 25


@require_safe
def analysis(request: HttpRequest, public_id: str) -> HttpResponse:
    campaign = campaign_of(public_id)
    require(may_read_diagnosis(request.user, campaign))
    release = release_of(campaign)
    if not campaign.is_pooled:
        raise Http404
    if release is None or not release.shown:
        return redirect("diagnostics:diagnosis", public_id)
    added = added_cuts_of(campaign)
    found = crossing_of(
        release.content, language(), cut=request.GET.get("par", ""), theme=request.GET.get("theme", ""),
        added=[one.breakdown for one in added if one.breakdown],
    )  # fmt: skip
    context = {"campaign": campaign, "campaign_url": reverse("campaigns:campaign", args=[public_id]),
               "diagnosis_url": reverse("diagnostics:diagnosis", args=[public_id]), "crossing": found}  # fmt: skip
    if found is not None:
        context |= {
            "parts": _parts(found),
            "sentence": sentence_of(found),
            # Drawn once: asked for by the page only when it has not been drawn yet.
            "charts": partial(crossing_figures.charts_of, found),
            "table": partial(themes_table, found),
            "release": release,
            "withheld": ", ".join([*found.withheld, *_refused(added, release.content)]),
            "cannot_be_told": _asked_in_vain(request.GET.get("par", ""), added, release.content),
            "to_cross": _to_cross(release.content) if may_add_cut(request.user, campaign) else [],
            "analysis": analysis_of(campaign),
            "leads": leads_network_of(request.user, campaign),
        }
    return render(request, "diagnostics/analysis.html", context)


def _to_cross(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Cuts of structures to choose two of; nothing to choose when there is only one."""
    found = [(by, words.get(language()) or words["fr"]) for by, words in cuts_to_cross(content)]
    return found if len(found) > 1 else []


def _refused(added: Sequence[AddedCut], content: Mapping[str, Any]) -> list[str]:
    """Crossings that could not be told, in words."""
    return [_in_words(one.name, content) for one in added if not one.breakdown]


def _asked_in_vain(name: str, added: Sequence[AddedCut], content: Mapping[str, Any]) -> str:
    """The crossing that the address asks for, when it could not be told."""
    return next((_in_words(name, content) for one in added if one.name == name and not one.breakdown), "")


def _in_words(name: str, content: Mapping[str, Any]) -> str:
    words = {by: labels.get(language()) or labels["fr"] for by, labels in cuts_to_cross(content)}
    return CROSS.join(words.get(part, part) for part in name.split(CROSS))


def _parts(found: Crossing) -> list[dict[str, object]]:
    """« Comparer [par région] sur [la charge de travail] »."""
    return [
        {"before": _("Comparer selon"), "name": "par", "label": _("Groupes"), "options": found.cuts, "value": found.cut},
        {"before": _("sur le thème"), "name": "theme", "label": _("Thème"), "options": found.themes, "value": found.theme.id},
    ]  # fmt: skip


@require_safe
def shared_results(request: HttpRequest, public_id: str) -> HttpResponse:
    """The scores of the structures that show them, as their own page displays them, by name."""
    campaign = campaign_of(public_id)
    require(may_read_shared(request.user, campaign))
    sought = request.GET.get("q", "").strip()
    found = shared_in(campaign).order_by("organisation__name")
    if sought:
        found = found.filter(organisation__name__icontains=sought)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": campaign,
        "campaign_url": reverse("campaigns:campaign", args=[public_id]),
        "page": page,
        "sought": sought,
        "table": shared_table(page.object_list, language()),
    }
    return render(request, "diagnostics/shared_results.html", context)


@require_safe
def regional_edition(request: HttpRequest, public_id: str, region: str) -> HttpResponse:
    """What the network tells of one region, on the same page as the whole."""
    campaign, edition = _edition_asked(request, public_id, region)
    context = {
        "campaign": campaign,
        "release": edition.release,
        "region": edition,
        "part": edition.region,
        "reading": SimpleLazyObject(lambda: reading_of_region(edition, campaign, language())),
    }
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

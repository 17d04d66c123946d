"""The living catalogue: every component in every state, looked at by people, screenshots and axe."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from labqvt.foundation.design import samples
from labqvt.foundation.design.icons import ICONS

# Something given, something missing, something impossible: what was given must still be there.
_WRONG = {
    "b-name": "Les Tilleuls",
    "b-headcount": "-3",
    "b-region": "n",
    "b-agreement": "4",
    "b-wishes": ["codes"],
}


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    wrong = samples.SampleForm(_WRONG, prefix="b")
    return render(
        request,
        "foundation/catalogue.html",
        {
            "colours": samples.COLOURS,
            "determinants": samples.determinants(),
            "sentences": samples.sentences(),
            "tasks": samples.tasks(),
            "figures": samples.figures(),
            "facts": [
                (_("Effectif"), _("12 personnes au 1er mars")),
                (_("Réponses"), _("entre 5 et 9")),
                (_("Clôture"), _("vendredi 27 mars à 18 h")),
            ],
            "items": samples.items(),
            "job": samples.SampleJob(),
            "filters": samples.filters(),
            "rows": samples.rows(),
            "page": Paginator(range(60), 25).get_page(2),
            "tabs": [
                {"label": _("Participation"), "url": "#listes", "current": True},
                {"label": _("Codes et affiche"), "url": "#listes", "current": False},
                {"label": _("Résultats"), "url": "#listes", "current": False},
            ],
            "form": samples.SampleForm(prefix="a"),
            "wrong_form": wrong,
            "icons": sorted(ICONS),
            "surfaces": [
                {"label": _("Page publique"), "url": reverse("design:public_sample")},
                {"label": _("Page du répondant"), "url": reverse("design:respond_sample")},
            ],
        },
    )


@login_not_required
@require_safe
def public_sample(request: HttpRequest) -> HttpResponse:
    return render(request, "foundation/catalogue_public.html", {"figures": samples.figures()})


@login_not_required
@require_safe
def respond_sample(request: HttpRequest) -> HttpResponse:
    context = {"questions": samples.questions(), "privacy_url": "#qui"}
    return render(request, "foundation/catalogue_respond.html", context)

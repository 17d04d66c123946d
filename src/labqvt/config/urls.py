"""Every room hangs its addresses here."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from labqvt.config import health

handler400 = "labqvt.foundation.views.bad_request"
handler403 = "labqvt.foundation.views.refused"
handler404 = "labqvt.foundation.views.not_found"
handler500 = "labqvt.foundation.views.broken"

_ROOMS = [
    (
        "r/",
        "labqvt.responses.urls",
    ),  # first: an answer is a dozen pages, looked for one address after the other
    ("", "labqvt.public_site.urls"),
    ("", "labqvt.people.urls"),
    ("agenda/", "labqvt.cockpit.agenda_urls"),
    ("espace/", "labqvt.cockpit.urls"),
    ("espace/", "labqvt.foundation.urls"),
    ("espace/", "labqvt.programmes.urls"),
    ("espace/", "labqvt.governance.urls"),
    ("espace/", "labqvt.instruments.urls"),
    ("espace/", "labqvt.campaigns.urls"),
    ("", "labqvt.structure_surveys.urls"),  # structures answer outside « espace/ »
    ("espace/", "labqvt.evidence.urls"),
    ("espace/", "labqvt.verbatims.urls"),
    ("", "labqvt.diagnostics.urls"),  # the discussion kit is public; the rest says « espace/ » itself
    ("espace/", "labqvt.action_plans.urls"),
    ("espace/", "labqvt.indicators.urls"),
    ("espace/", "labqvt.responses.office_urls"),
    ("composants/", "labqvt.foundation.design.urls"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Visitors choose their language too: Django's own view does not say that it needs no account.
    path("langue/setlang/", login_not_required(set_language), name="set_language"),
    *[path(prefix, include(room)) for prefix, room in _ROOMS],
]

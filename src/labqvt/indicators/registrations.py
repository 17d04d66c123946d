"""Reversing acts of this room, who reads the proofs it keeps, and what it shows on the pages of programmes."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.foundation import files, registries
from labqvt.indicators import policy, queries, services
from labqvt.people.models import Scope
from labqvt.programmes.models import Experimentation, Programme

_SHOWN_ON_PANEL = 4

registries.acts.register("indicators.take_out_fact", services.take_out_fact)
registries.acts.register("indicators.put_fact_back", services.put_fact_back)
files.readers.register("indicators.fact", policy.may_read_proof)


def _panel(programme: Programme, scope: Scope, url: str) -> registries.Panel:
    figures = queries.figures_at(programme, scope).counted[:_SHOWN_ON_PANEL]
    return registries.Panel(
        _("Les chiffres"), "indicators/panel.html", {"figures": figures, "url": url}, order=20
    )


def _region_panel(_person: Any, subject: Experimentation) -> registries.Panel:
    url = reverse("indicators:region", args=[subject.public_id])
    return _panel(subject.programme, subject.scope, url)


def _programme_panel(_person: Any, subject: Programme) -> registries.Panel:
    return _panel(subject, subject.scope, reverse("indicators:programme", args=[subject.slug]))


registries.panels.register("programmes.experimentation:figures", _region_panel)
registries.panels.register("programmes.programme:figures", _programme_panel)

"""What is said of free texts, before and after launch: who reads them, what becomes of them, until when."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from labqvt.campaigns import rules
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import function_of_reader
from labqvt.people.models import Function

Plan = dict[str, Any]


def plan_of(campaign: Campaign) -> Plan | None:
    """The frozen plan; before launch, the one that would be. None: free texts are destroyed unread."""
    if not campaign.is_draft:
        return campaign.parameters.get("texts")
    return rules.text_plan(campaign, function_of_reader(campaign))


def who_reads(plan: Plan) -> str:
    """The function of the reader, as it is said to those who write."""
    return {
        Function.CONSULTANT: _("la personne qui accompagne la structure"),
        Function.REGIONAL: _("la référence régionale"),
        Function.NATIONAL: _("la coordination nationale"),
    }[Function(plan["reader"])]


def last_day(plan: Plan, opened: date) -> date:
    """When extracts have appeared, or never will: the reading, then the second look, to the end."""
    return opened + timedelta(days=plan["reading_days"] + plan["review_days"])


def line_of(plan: Plan, *, pooled: bool) -> str:
    """The rule of the game about free texts, in one answer."""
    second = _("une deuxième personne du réseau") if pooled else _("la personne salariée du binôme")
    return _(
        "%(who)s, extérieure à la structure, les lit un par un : hors des feuilles, mélangés question par question, "
        "à partir de %(least)s réponses. Elle masque ce qui ferait reconnaître quelqu’un. Puis %(second)s relit chaque "
        "extrait et peut le retirer. Ce qui reste paraît pour tout le monde à la même heure, au plus tard %(days)s jours "
        "après les résultats. Tous les textes sont alors détruits."
    ) % {
        "who": who_reads(plan)[:1].upper() + who_reads(plan)[1:], "least": plan["from"], "second": second,
        "days": plan["reading_days"] + plan["review_days"],
    }  # fmt: skip

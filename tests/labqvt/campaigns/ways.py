"""Campaigns of each way in, launched; and a mail service that replays recorded replies."""

import smtplib
from datetime import timedelta
from typing import Any, ClassVar

from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from labqvt.campaigns import inviting, services
from labqvt.campaigns.models import Campaign
from labqvt.instruments.queries import versions_for_employees
from labqvt.instruments.shipping import publish_six_determinants
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory

ADDRESS = "https://exemple.invalid/r/"


def by_mail(people: int = 16, **kwargs: Any) -> Campaign:
    """Launched, with one address a person of the team, none sent yet."""
    campaign = CampaignFactory(
        way_in=Campaign.WayIn.PERSONAL_CODES, headcount=people + 1, open=kwargs.pop("open", True), **kwargs
    )
    inviting.add_addresses(campaign=campaign, by=director_of(campaign), addresses=addresses(people))
    return campaign


def addresses(people: int) -> list[str]:
    return [f"personne{rank}@equipe.invalid" for rank in range(people)]


def by_link(structures: int = 6, headcount: int = 9, **kwargs: Any) -> Campaign:
    """Pooled over invented structures, launched."""
    publish_six_determinants()
    scope = kwargs.pop("scope", None) or ScopeFactory()
    lead = AccountFactory(regional_of=scope)
    today = timezone.localdate()
    campaign = services.prepare_pooled_campaign(
        scope=scope, title="Une région écoute", version=versions_for_employees().get(), opens_on=today,
        closes_on=today + timedelta(days=20), by=lead, way_in=Campaign.WayIn.OPEN_LINK,
    )  # fmt: skip
    for _ in range(structures):
        services.set_population(
            campaign=campaign, organisation=StructureFactory(), headcount=headcount, by=lead
        )
    return services.open_campaign(campaign=campaign, by=lead) if kwargs.pop("open", True) else campaign


def director_of(campaign: Campaign) -> Any:
    return AccountFactory(director_of=campaign.organisation)


def employee_of(campaign: Campaign) -> Any:
    return AccountFactory(employee_of=campaign.organisation)


class RecordedProvider(BaseEmailBackend):
    """Replays what mail servers answered: ``replies`` by beginning of the address, else the message leaves."""

    replies: ClassVar[dict[str, Any]] = {}
    delivered: ClassVar[list[tuple[str, str, str]]] = []
    down: ClassVar[bool] = False

    def open(self) -> bool:
        if type(self).down:
            raise smtplib.SMTPConnectError(421, b"personne0@equipe.invalid must not be told")
        return True

    def send_messages(self, email_messages: Any) -> int:
        for message in email_messages:
            [address] = message.to
            reply = next((r for start, r in self.replies.items() if address.startswith(start)), None)
            if isinstance(reply, BaseException):
                raise reply
            if isinstance(reply, tuple):
                raise smtplib.SMTPRecipientsRefused({address: reply})
            self.delivered.append((address, message.subject, message.body))
        return len(email_messages)


PROVIDER = f"{__name__}.RecordedProvider"

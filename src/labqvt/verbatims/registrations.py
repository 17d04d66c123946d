"""What this room gives elsewhere: acts to undo, what awaits the reader and the second pair of eyes."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from labqvt.evidence.models import TextReading
from labqvt.foundation.registries import Task, acts, awaiting
from labqvt.verbatims import policy, services

State = TextReading.State


def _own(by: Any, campaign: str) -> TextReading:
    return policy.reading_for(by, campaign, policy.is_reader)


def _reopen(*, by: Any, campaign: str, number: int) -> str:
    services.reopen(reading=_own(by, campaign), number=number, by=by)
    return _("Texte rouvert")


def _remove_theme(*, by: Any, campaign: str, theme: str) -> str:
    services.remove_theme(reading=_own(by, campaign), theme=theme, by=by)
    return _("Thème retiré")


def _put_theme_back(*, by: Any, campaign: str, theme: str) -> str:
    services.remove_theme(reading=_own(by, campaign), theme=theme, by=by, back=True)
    return _("Thème remis")


def _rename_theme_back(*, by: Any, campaign: str, theme: str) -> str:
    services.rename_theme_back(reading=_own(by, campaign), theme=theme, by=by)
    return _("Thème renommé")


acts.register("verbatims.reopen", _reopen)
acts.register("verbatims.remove_theme", _remove_theme)
acts.register("verbatims.put_theme_back", _put_theme_back)
acts.register("verbatims.rename_theme_back", _rename_theme_back)


def tasks_of(person: Any) -> Iterable[Task]:
    """Texts to read, extracts to look at a second time."""
    if not person.is_authenticated:
        return
    going = TextReading.objects.select_related("campaign__scope")
    for reading in going.filter(state=State.READING, campaign__reader=person):
        yield Task(
            _("Les textes libres de « %(title)s » attendent votre lecture.")
            % {"title": reading.campaign.title},
            reverse("verbatims:reading", args=[reading.campaign.public_id]),
            _("Lire les textes"),
            reading.read_until,
        )
    for reading in going.filter(state=State.REVIEW):
        if policy.looks_second(person, reading.campaign):
            yield Task(
                _("Les extraits de « %(title)s » attendent votre relecture.")
                % {"title": reading.campaign.title},
                reverse("verbatims:review", args=[reading.campaign.public_id]),
                _("Relire les extraits"),
                reading.review_until,
            )


awaiting.register("verbatims", tasks_of)

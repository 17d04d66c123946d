"""Jobs of the reading: messages, and what is due to end."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from labqvt.foundation.jobs import Progress, job
from labqvt.verbatims import services


@job("verbatims.call_reader")
def call_reader(_progress: Progress, *, campaign: str) -> dict[str, Any]:
    return {"messages": services.call_reader(campaign=campaign)}


@job("verbatims.call_second_look")
def call_second_look(_progress: Progress, *, campaign: str) -> dict[str, Any]:
    return {"messages": services.call_second_look(campaign=campaign)}


@job("verbatims.announce")
def announce(_progress: Progress, *, campaign: str) -> dict[str, Any]:
    return {"messages": services.announce(campaign=campaign)}


@job(
    "verbatims.end_due", every=timedelta(hours=6), title=_("Fin des lectures de textes arrivées à leur terme")
)
def end_due(_progress: Progress) -> dict[str, Any]:
    return {"ended": services.end_due()}

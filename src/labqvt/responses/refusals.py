"""Why someone is not let in."""

import enum

from labqvt.campaigns.models import Campaign


class Refusal(enum.StrEnum):
    """Why a code does not let in."""

    UNKNOWN = "unknown"
    USED = "used"
    NOT_YET = "not_yet"
    CLOSED = "closed"


class CodeRefused(Exception):  # noqa: N818 - a refusal with its reason, not a fault
    """The code does not open, or no longer opens, a questionnaire."""

    def __init__(self, reason: Refusal, campaign: Campaign | None = None, *, spent: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.campaign = campaign
        self.spent = spent  # a sheet sent with this code is in the envelope

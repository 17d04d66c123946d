"""Rights are sentences: a yes, or a no that tells the person why."""

from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """A yes, or a no with the sentence shown to the person."""

    allowed: bool
    reason: "str | Promise" = ""

    def __bool__(self) -> bool:
        return self.allowed


YES: Final = Verdict(allowed=True)


def no(reason: "str | Promise") -> Verdict:
    """Refuse, with the sentence the person will read."""
    return Verdict(allowed=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Stop a service when the verdict is a no; the sentence reaches the refusal page."""
    if not verdict:
        raise PermissionDenied(str(verdict.reason))

"""What a meeting may decide about the dates of a programme, and that acts at once."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from labqvt.foundation.journal import name_of
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import Decision, Done
from labqvt.people.models import Scope
from labqvt.programmes import moving
from labqvt.programmes.models import Milestone
from labqvt.programmes.policy import may_steer
from labqvt.programmes.queries import milestones_in


def _open_milestones(person: Any, scope: Scope) -> list[tuple[str, str]]:
    """What has neither happened nor been given up in the place a body steers, soonest first."""
    found = [
        one for one in milestones_in(person, [scope]).filter(actual=None, dropped_because="")
        if one.current and may_steer(person, one.scope)
    ]  # fmt: skip
    found.sort(key=lambda one: (one.current.first, one.title))
    return [(one.public_id, f"{one.title} ({one.current.words()}) – {one.scope.label}") for one in found]


def _chosen(by: Any, public_id: str) -> Milestone:
    found = Milestone.objects.select_related("scope").filter(public_id=public_id).first()
    if found is None or not may_steer(by, found.scope):
        raise ValidationError({"choice": _("Choisissez une échéance de la liste.")})
    return found


def _done(milestone: Milestone, sentence: str, **words: str) -> Done:
    return Done(
        name_of(milestone), sentence % {"title": milestone.title, **words},
        reverse("programmes:milestone", args=[milestone.public_id]),
    )  # fmt: skip


def _move(*, by: Any, choice: str, when: Period | None, cause: str, decided_on: date) -> Done:
    milestone = _chosen(by, choice)
    if when is None:
        raise ValidationError({"when": _("Dites à quelle date l’échéance est reportée.")})
    try:
        moving.move_milestone(milestone=milestone, new=when, cause=cause, decided_on=decided_on, by=by)
    except ValidationError as error:
        told = error.message_dict if hasattr(error, "error_dict") else {}
        raise ValidationError({"when": told.get("new", error.messages)}) from error
    return _done(milestone, _("« %(title)s » reporté : %(when)s."), when=when.words())


def _drop(*, by: Any, choice: str, when: Period | None, cause: str, decided_on: date) -> Done:
    milestone = _chosen(by, choice)
    moving.drop_milestone(milestone=milestone, because=cause, by=by)
    return _done(milestone, _("« %(title)s » abandonné."))


MOVE = Decision(gettext_lazy("Reporter une échéance"), _open_milestones, _move, needs_date=True)
DROP = Decision(gettext_lazy("Abandonner une échéance"), _open_milestones, _drop)

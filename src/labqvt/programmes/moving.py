"""Acts on the date of a milestone: move it with a cause, note what happened, give it up; and their reversals."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import jobs, journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.programmes.models import Milestone, MilestoneMove
from labqvt.programmes.policy import may_drop, may_move, may_record_actual, may_steer


def _locked(milestone: Milestone) -> Milestone:
    return Milestone.objects.select_for_update(of=("self",)).select_related("scope").get(pk=milestone.pk)


def _found(public_id: str) -> Milestone:
    return Milestone.objects.select_for_update(of=("self",)).select_related("scope").get(public_id=public_id)


def tell_the_figures(milestone: Milestone, by: Any) -> None:
    """What is held or taken back changes the facts that figures are computed from (by name: figures live above).

    The installation enters many things at once and projects them itself when it has done.
    """
    if by is None:
        return
    jobs.enqueue(
        "indicators.project", title=_("Mise à jour des chiffres"), subject=milestone.scope.public_id,
        scope=milestone.scope.public_id,
    )  # fmt: skip


def _words(period: Period | None) -> str:
    return period.words() if period else ""


@transaction.atomic
def move_milestone(
    *, milestone: Milestone, new: Period, cause: str, by: Any, decided_on: date | None = None
) -> tuple[MilestoneMove, JournalEntry]:
    """Re-plan a dated thing, and keep why. ``decided_on`` is the day it was decided, today by default."""
    milestone = _locked(milestone)
    if by is not None:
        require(may_move(by, milestone))
    decided_on = decided_on or timezone.localdate()
    if decided_on > timezone.localdate():
        raise ValidationError({"decided_on": _("Le jour de la décision ne peut pas être à venir.")})
    if new.last < decided_on:
        raise ValidationError(
            {
                "new": _(
                    "Cette date est déjà passée le jour où le report est décidé. Si la chose a eu lieu, notez-la comme faite."
                )
            }
        )
    previous = milestone.replanned or milestone.planned
    if previous and previous.text == new.text:
        raise ValidationError({"new": _("C’est déjà la date retenue : donnez-en une autre.")})
    move = MilestoneMove(
        milestone=milestone,
        previous=previous,
        new=new,
        cause=cause.strip(),
        decided_on=decided_on,
        recorded_by=by,
    )
    move.full_clean(exclude=["recorded_by"])
    move.save()
    milestone.replanned = new
    milestone.save(update_fields=["replanned"])
    entry = journal.record(
        act="programmes.move_milestone", by=by, on=milestone,
        sentence=gettext_noop("« %(title)s » reporté à %(new)s : %(cause)s"),
        undo=("programmes.take_back_move", {"milestone": milestone.public_id, "move": move.pk}),
        title=milestone.title, new=new.words(), cause=move.cause[:200],
    )  # fmt: skip
    return move, entry


@transaction.atomic
def take_back_move(*, by: Any, milestone: str, move: int) -> str:
    """Undo the last re-planning: the date before it holds again."""
    found = _found(milestone)
    require(may_steer(by, found.scope))
    last = found.moves.last()
    if last is None or last.pk != move:
        raise PermissionDenied(
            _("Cette échéance a été reportée de nouveau depuis : annulez d’abord le dernier report.")
        )
    last.delete()
    before = found.moves.last()
    found.replanned = before.new if before else None
    found.save(update_fields=["replanned"])
    return str(found)


@transaction.atomic
def record_actual(*, milestone: Milestone, actual: Period, by: Any, cause: str = "") -> JournalEntry:
    """Note when a thing really happened; ``cause`` says why it is not the date that was planned."""
    milestone = _locked(milestone)
    if by is not None:
        require(may_record_actual(by, milestone))
    if actual.first > timezone.localdate():
        raise ValidationError(
            {"actual": _("Cette date est à venir : ce qui n’a pas eu lieu se prévoit ou se reporte.")}
        )
    undo = ("programmes.put_actual_back", {
        "milestone": milestone.public_id, "actual": milestone.actual.text if milestone.actual else "",
        "cause": milestone.slip_cause,
    })  # fmt: skip
    milestone.actual, milestone.slip_cause = actual, cause.strip() or milestone.slip_cause
    milestone.full_clean()
    milestone.save(update_fields=["actual", "slip_cause"])
    tell_the_figures(milestone, by)
    return journal.record(
        act="programmes.record_actual", by=by, on=milestone, sentence=gettext_noop("« %(title)s » a eu lieu : %(when)s"),
        undo=undo, title=milestone.title, when=_words(actual),
    )  # fmt: skip


@transaction.atomic
def put_actual_back(*, by: Any, milestone: str, actual: str, cause: str) -> str:
    found = _found(milestone)
    require(may_steer(by, found.scope))
    found.actual, found.slip_cause = (Period.read(actual) if actual else None), cause
    found.save(update_fields=["actual", "slip_cause"])
    tell_the_figures(found, by)
    return str(found)


@transaction.atomic
def drop_milestone(*, milestone: Milestone, because: str, by: Any) -> JournalEntry:
    """Give a thing up, and say why: it stays on the timeline."""
    milestone = _locked(milestone)
    if by is not None:
        require(may_drop(by, milestone))
    if not because.strip():
        raise ValidationError({"because": _("Dites pourquoi cette échéance est abandonnée.")})
    milestone.dropped_because = because.strip()
    milestone.save(update_fields=["dropped_because"])
    return journal.record(
        act="programmes.drop_milestone", by=by, on=milestone, sentence=gettext_noop("« %(title)s » abandonné : %(because)s"),
        undo=("programmes.take_up_again", {"milestone": milestone.public_id}), title=milestone.title, because=because[:200],
    )  # fmt: skip


@transaction.atomic
def take_up_again(*, by: Any, milestone: str) -> str:
    found = _found(milestone)
    require(may_steer(by, found.scope))
    found.dropped_because = ""
    found.save(update_fields=["dropped_because"])
    return str(found)


@transaction.atomic
def remove_milestone(*, by: Any, milestone: str) -> str:
    """Take out a thing just entered by mistake; once moved or held it has a history and stays."""
    found = _found(milestone)
    require(may_steer(by, found.scope))
    if found.moves.exists() or found.dropped_because:
        raise PermissionDenied(_("Cette échéance a déjà une histoire : abandonnez-la en disant pourquoi."))
    found.delete()
    tell_the_figures(found, by)
    return str(found)

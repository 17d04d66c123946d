"""Acts before a meeting: prepare it, convene it, move it, hold it elsewhere, call it off; its agenda."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.governance.models import AgendaItem, Meeting, MeetingMove
from labqvt.governance.policy import may_change_meeting, may_run
from labqvt.governance.seat_models import Body


def locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).select_related("body__scope").get(pk=meeting.pk)


@transaction.atomic
def prepare_meeting(
    *, body: Body, title: str, starts_at: datetime, ends_at: datetime, by: Any, mode: str = Meeting.Mode.ON_SITE,
    place: str = "", link: str = "", fallback: str = "", may_be_past: bool = False,
    is_fictitious: bool = False,
) -> Meeting:  # fmt: skip
    """A meeting to come. ``may_be_past`` enters one that was held before the tool was there."""
    if by is not None:
        require(may_run(by, body))
    if not may_be_past:
        _refuse_the_past(starts_at)
    meeting = Meeting(
        body=body, title=title.strip(), starts_at=starts_at, ends_at=ends_at, mode=mode, place=place.strip(), link=link,
        fallback=fallback.strip(),
        is_fictitious=is_fictitious,
    )  # fmt: skip
    _check(meeting)
    meeting.save()
    journal.record(
        act="governance.prepare_meeting",
        by=by,
        on=meeting,
        sentence=gettext_noop("Réunion préparée : %(title)s"),
        title=meeting.title,
    )
    return meeting


def _refuse_the_past(starts_at: datetime) -> None:
    if starts_at < timezone.now():
        raise ValidationError(
            {
                "starts_at": _(
                    "Cette heure est déjà passée : une réunion à venir se prévoit à partir de maintenant."
                )
            }
        )


def _check(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends_at": _("La fin de la réunion précède son début.")})
    if meeting.mode != Meeting.Mode.REMOTE and not meeting.place:
        raise ValidationError({"place": _("Dites où l’on se retrouve, ou choisissez « à distance ».")})
    if meeting.mode != Meeting.Mode.ON_SITE and not meeting.link:
        raise ValidationError(
            {"link": _("Donnez l’adresse de la visioconférence : sans elle, personne ne pourra venir.")}
        )
    meeting.full_clean()


@transaction.atomic
def convene(*, meeting: Meeting, by: Any) -> JournalEntry:
    """The members are expected: the meeting enters their calendars, its letter may be printed."""
    meeting = locked(meeting)
    if by is not None:
        require(may_change_meeting(by, meeting))
    if not meeting.items.exists():
        raise ValidationError(
            _("Posez au moins un point à l’ordre du jour : on ne convoque pas sans dire pourquoi.")
        )
    if meeting.status == Meeting.Status.CONVENED:
        raise ValidationError(_("Cette réunion est déjà convoquée."))
    meeting.status, meeting.convened_on = Meeting.Status.CONVENED, timezone.localdate()
    meeting.save(update_fields=["status", "convened_on"])
    return journal.record(
        act="governance.convene",
        by=by,
        on=meeting,
        sentence=gettext_noop("Réunion convoquée : %(title)s"),
        title=meeting.title,
    )


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, mode: str, cause: str, by: Any, place: str = "", link: str = ""
) -> MeetingMove:  # fmt: skip
    """Another day, another room, a screen: members' calendars follow, and the cause stays."""
    meeting = locked(meeting)
    if by is not None:
        require(may_change_meeting(by, meeting))
        _refuse_the_past(starts_at)
    if not cause.strip():
        raise ValidationError({"cause": _("Dites pourquoi : ceux qui avaient réservé la date le liront.")})
    before = meeting.announced()
    move = MeetingMove(
        meeting=meeting, previous_start=meeting.starts_at, new_start=starts_at, previous_mode=meeting.mode, new_mode=mode,
        cause=cause.strip(), recorded_by=by,
    )  # fmt: skip
    meeting.starts_at, meeting.ends_at, meeting.mode = starts_at, ends_at, mode
    meeting.place, meeting.link = place.strip(), link
    _check(meeting)
    if meeting.announced() == before:
        raise ValidationError(_("Rien n’a changé : ni la date, ni le lieu."))
    meeting.save(update_fields=["starts_at", "ends_at", "mode", "place", "link"])
    move.full_clean(exclude=["recorded_by"])
    move.save()
    journal.record(
        act="governance.move_meeting", by=by, on=meeting, sentence=gettext_noop("Réunion déplacée : %(title)s, %(cause)s"),
        title=meeting.title, cause=move.cause,
    )  # fmt: skip
    return move


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: Any) -> JournalEntry:
    """Called off: it stays in calendars, crossed out, with its reason here."""
    meeting = locked(meeting)
    if by is not None:
        require(may_change_meeting(by, meeting))
    if not because.strip():
        raise ValidationError({"because": _("Dites pourquoi la réunion n’aura pas lieu.")})
    before = meeting.status
    meeting.status, meeting.cancelled_because = Meeting.Status.CANCELLED, because.strip()
    meeting.save(update_fields=["status", "cancelled_because"])
    return journal.record(
        act="governance.cancel_meeting", by=by, on=meeting, sentence=gettext_noop("Réunion annulée : %(title)s"),
        undo=("governance.restore_meeting", {"meeting": meeting.public_id, "status": before}), title=meeting.title,
    )  # fmt: skip


@transaction.atomic
def restore_meeting(*, by: Any, meeting: str, status: str) -> str:
    """Undo a cancellation."""
    found = (
        Meeting.objects.select_for_update(of=("self",)).select_related("body__scope").get(public_id=meeting)
    )
    require(may_run(by, found.body))
    found.status, found.cancelled_because = status, ""
    found.save(update_fields=["status", "cancelled_because"])
    return str(found)


@transaction.atomic
def add_item(
    *, meeting: Meeting, title: str, intent: str, minutes: int, by: Any, presenter: str = ""
) -> tuple[AgendaItem, JournalEntry]:
    """One more point. Decisions asked come first on the page, whatever the order they were typed in."""
    meeting = locked(meeting)
    if by is not None:
        require(may_change_meeting(by, meeting))
    last = meeting.items.aggregate(last=Max("rank"))["last"] or 0
    item = AgendaItem(
        meeting=meeting,
        rank=last + 1,
        title=title.strip(),
        intent=intent,
        minutes=minutes,
        presenter=presenter.strip(),
    )
    item.full_clean()
    item.save()
    entry = journal.record(
        act="governance.add_item", by=by, on=meeting, sentence=gettext_noop("Ordre du jour : « %(item)s » ajouté"),
        undo=("governance.remove_item", {"item": item.public_id}), item=item.title,
    )  # fmt: skip
    return item, entry


@transaction.atomic
def remove_item(*, by: Any, item: str) -> str:
    found = AgendaItem.objects.select_related("meeting__body__scope").get(public_id=item)
    require(may_change_meeting(by, locked(found.meeting)))
    found.delete()
    return str(found)

"""Acts during and after a meeting: open it, who came, what came out; its minutes, frozen, approved by both sides."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.registries import decisions
from labqvt.foundation.verdict import require
from labqvt.governance.convening import locked
from labqvt.governance.frozen import frozen
from labqvt.governance.models import AgendaItem, Attendance, Intent, Meeting, Minutes, Outcome, Position, Visa
from labqvt.governance.policy import may_approve, may_correct, may_hold, may_record, sides_of


@transaction.atomic
def open_session(*, meeting: Meeting, by: Any) -> JournalEntry:
    """The meeting begins: its agenda stops changing, presence and outcomes may be written."""
    meeting = locked(meeting)
    if by is not None:
        require(may_hold(by, meeting))
        if meeting.day > timezone.localdate():
            raise ValidationError(
                _("Cette réunion est prévue un autre jour : avancez-la d’abord, en disant pourquoi.")
            )
    meeting.status = Meeting.Status.IN_SESSION
    meeting.save(update_fields=["status"])
    return journal.record(
        act="governance.open_session",
        by=by,
        on=meeting,
        sentence=gettext_noop("Séance ouverte : %(title)s"),
        title=meeting.title,
    )


Presence = Mapping[str, tuple[str, str]]  # seat → (state, seat of who represents it, or nothing)


@transaction.atomic
def record_attendance(*, meeting: Meeting, presence: Presence, by: Any) -> JournalEntry:
    """Who came, seat by seat; a seat left out says nothing. Written again as a whole."""
    meeting = locked(meeting)
    if by is not None:
        require(may_record(by, meeting))
    seats = {seat.public_id: seat for seat in meeting.body.seats.all()}
    rows = []
    for key, (state, by_whom) in presence.items():
        if not state:
            continue
        deputy = seats.get(by_whom) if state == Attendance.State.REPRESENTED else None
        rows.append(Attendance(meeting=meeting, seat=seats[key], state=state, represented_by=deputy))
    _check_deputies(rows, {row.seat_id: row.state for row in rows})
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(rows)
    return journal.record(
        act="governance.record_attendance",
        by=by,
        on=meeting,
        sentence=gettext_noop("Présences notées : %(title)s"),
        title=meeting.title,
    )


def _check_deputies(rows: list[Attendance], states: dict[int, str]) -> None:
    there = {Attendance.State.PRESENT, Attendance.State.REMOTE}
    for row in rows:
        if row.state != Attendance.State.REPRESENTED:
            continue
        words = {"seat": row.seat}
        if row.represented_by is None or row.represented_by_id == row.seat_id:
            raise ValidationError(
                {row.seat.public_id: _("« %(seat)s » est représenté : dites par quel siège.") % words}
            )
        if states.get(row.represented_by_id) not in there:
            raise ValidationError(
                {
                    row.seat.public_id: _("« %(seat)s » ne peut être représenté que par un siège présent.")
                    % words
                }
            )


@transaction.atomic
def record_outcome(
    *, meeting: Meeting, intent: str, text: str, by: Any, item: AgendaItem | None = None, responsible: str = "",
    due: Period | None = None, positions: Mapping[str, str] | None = None, act: str = "", choice: str = "",
    when: Period | None = None,
) -> tuple[Outcome, JournalEntry]:  # fmt: skip
    """What came out of a point. A decision may name an act: it is done at once, and found again from its object."""
    meeting = locked(meeting)
    if by is not None:
        require(may_record(by, meeting))
    outcome = Outcome(
        meeting=meeting, item=item, intent=intent, text=text.strip(), responsible=responsible.strip(), due=due
    )
    if intent == Intent.ACTION and not outcome.responsible:
        raise ValidationError(
            {"responsible": _("Une action que personne ne prend ne se fait pas : dites qui s’en charge.")}
        )
    outcome.full_clean()
    if act:
        _act(outcome, act=act, choice=choice, when=when, by=by)
    outcome.save()
    Position.objects.bulk_create(
        [
            Position(outcome=outcome, college=college, stance=stance)
            for college, stance in (positions or {}).items()
            if stance
        ]
    )
    entry = journal.record(
        act="governance.record_outcome", by=by, on=meeting, sentence=gettext_noop("%(intent)s : %(text)s"),
        undo=None if act else ("governance.remove_outcome", {"outcome": outcome.public_id}),
        intent=outcome.get_intent_display(), text=outcome.text[:200],
    )  # fmt: skip
    return outcome, entry


def _act(outcome: Outcome, *, act: str, choice: str, when: Period | None, by: Any) -> None:
    if outcome.intent != Intent.DECISION or act not in decisions:
        raise ValidationError({"act": _("Seule une décision change une date ou un objet.")})
    meeting = outcome.meeting
    cause = _("%(text)s (%(meeting)s, %(day)s)") % {
        "text": outcome.text, "meeting": meeting.title, "day": meeting.day.strftime("%d/%m/%Y"),
    }  # fmt: skip
    done = decisions[act].apply(by=by, choice=choice, when=when, cause=cause, decided_on=meeting.day)
    outcome.act, outcome.target, outcome.done, outcome.target_url = act, done.target, done.sentence, done.url


@transaction.atomic
def remove_outcome(*, by: Any, outcome: str) -> str:
    """Take out what was written by mistake. A decision that acted stays: what it did is changed by its own act."""
    found = Outcome.objects.select_related("meeting").get(public_id=outcome)
    require(may_record(by, locked(found.meeting)))
    if found.act:
        raise PermissionDenied(
            _(
                "Cette décision a déjà changé quelque chose : corrigez-le d’abord sur la page de ce qu’elle a changé, puis notez une nouvelle décision."
            )
        )
    found.delete()
    return found.text[:80]


@transaction.atomic
def propose_minutes(*, meeting: Meeting, by: Any) -> Minutes:
    """Freeze what was said as a version for both sides to approve."""
    meeting = locked(meeting)
    if by is not None:
        require(may_record(by, meeting))
    if not meeting.attendances.exists():
        raise ValidationError(
            _("Notez d’abord qui était là : un compte rendu sans présences ne se vise pas.")
        )
    if not meeting.outcomes.exists():
        raise ValidationError(_("Notez au moins une suite : information, décision, action ou avis."))
    last = meeting.minutes.last()
    minutes = Minutes.objects.create(
        meeting=meeting, number=last.number + 1 if last else 1, content=frozen(meeting), proposed_by=by,
        reason=meeting.correction if last else "",
    )  # fmt: skip
    meeting.status, meeting.correction = Meeting.Status.PROPOSED, ""
    meeting.save(update_fields=["status", "correction"])
    journal.record(
        act="governance.propose_minutes", by=by, on=meeting, sentence=gettext_noop("Compte rendu proposé au visa, version %(number)s"),
        number=minutes.number,
    )  # fmt: skip
    return minutes


@transaction.atomic
def approve(*, minutes: Minutes, side: str, by: Any) -> Visa:
    """One side's visa; with both, the minutes are approved for good."""
    meeting = locked(minutes.meeting)
    minutes = meeting.minutes.get(pk=minutes.pk)  # as it is now that nobody else may give a visa
    minutes.meeting = meeting
    require(may_approve(by, minutes, side))
    if meeting.minutes.latest("number").pk != minutes.pk:
        raise PermissionDenied(_("Une version plus récente de ce compte rendu existe : lisez-la d’abord."))
    visa = Visa.objects.create(minutes=minutes, side=side, account=by)
    if set(minutes.visas.values_list("side", flat=True)) >= set(sides_of(meeting.body)):
        meeting.status = Meeting.Status.APPROVED
        meeting.save(update_fields=["status"])
    journal.record(
        act="governance.approve",
        by=by,
        on=meeting,
        sentence=gettext_noop("Compte rendu visé, version %(number)s"),
        number=minutes.number,
    )
    return visa


@transaction.atomic
def correct_minutes(*, meeting: Meeting, reason: str, by: Any) -> JournalEntry:
    """Open what was frozen again, saying why; the versions before stay readable, with their visas."""
    meeting = locked(meeting)
    require(may_correct(by, meeting))
    if not reason.strip():
        raise ValidationError(
            {"reason": _("Dites ce qui est à corriger : chaque côté le lira avant de viser de nouveau.")}
        )
    meeting.status, meeting.correction = Meeting.Status.IN_SESSION, reason.strip()
    meeting.save(update_fields=["status", "correction"])
    return journal.record(
        act="governance.correct_minutes",
        by=by,
        on=meeting,
        sentence=gettext_noop("Compte rendu rouvert : %(reason)s"),
        reason=meeting.correction,
    )

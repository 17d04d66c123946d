"""Acts on bodies: open one, add a seat, give it to somebody, take it back."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.verdict import require
from labqvt.governance.policy import may_open_body, may_run
from labqvt.governance.seat_models import Body, Mandate, Seat
from labqvt.people.models import Account, Assignment, Function, Organisation, Scope
from labqvt.people.services import create_scope


@transaction.atomic
def open_body(
    *, kind: str, name: str, place: Scope, by: Any, charter: str = "", roadmap: str = "", **sourced: Any
) -> Body:
    """Open a body in a programme, a region or a structure; its scope is what seats give rights on."""
    if by is not None:
        require(may_open_body(by, place))
    if (kind == Body.Kind.STRUCTURE_COMMITTEE) != (place.kind == Scope.Kind.STRUCTURE):
        raise ValidationError(
            {
                "kind": _(
                    "Le comité d’une structure s’ouvre dans cette structure, les autres instances dans un programme ou une région."
                )
            }
        )
    body = Body(kind=kind, name=name.strip(), charter=charter, roadmap=roadmap, **sourced)
    body.full_clean(exclude=["scope"])
    body.scope = create_scope(kind=Scope.Kind.BODY, label=body.name, parent=place)
    body.save()
    journal.record(
        act="governance.open_body",
        by=by,
        on=body,
        sentence=gettext_noop("Instance ouverte : %(name)s"),
        name=body.name,
    )
    return body


@transaction.atomic
def change_body(*, body: Body, name: str, charter: str, roadmap: str, by: Any) -> JournalEntry:
    """Rename it, write its charter or its roadmap again."""
    require(may_run(by, body))
    body.name, body.charter, body.roadmap = name.strip(), charter, roadmap
    body.full_clean(exclude=["scope"])
    body.save(update_fields=["name", "charter", "roadmap"])
    Scope.objects.filter(pk=body.scope_id).update(label=body.name)
    return journal.record(
        act="governance.change_body",
        by=by,
        on=body,
        sentence=gettext_noop("Instance changée : %(name)s"),
        name=body.name,
    )


@transaction.atomic
def add_seat(
    *, body: Body, college: str, by: Any, rank: str = Seat.Rank.FULL, title: str = "",
    organisation: Organisation | None = None, holder: str = "", account: Account | None = None,
) -> tuple[Seat, JournalEntry]:  # fmt: skip
    """One more place at the table, and who holds it from today when somebody does."""
    if by is not None:
        require(may_run(by, body))
    seat = Seat(body=body, college=college, rank=rank, title=title.strip(), organisation=organisation)
    seat.full_clean()
    seat.save()
    entry = journal.record(
        act="governance.add_seat", by=by, on=body, sentence=gettext_noop("%(body)s : un siège de plus, %(seat)s"),
        undo=("governance.remove_seat", {"seat": seat.public_id}), body=body, seat=seat,
    )  # fmt: skip
    if holder or account:
        give_seat(seat=seat, holder=holder or str(account), account=account, by=by)
    return seat, entry


@transaction.atomic
def remove_seat(*, by: Any, seat: str) -> str:
    """Take a place away; who held it leaves that day. What it did before stays written."""
    found = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("body__scope", "organisation")
        .get(public_id=seat)
    )
    require(may_run(by, found.body))
    for mandate in found.mandates.filter(until=None):
        end_mandate(mandate=mandate, until=None, by=by)
    found.removed_on = timezone.localdate()
    found.save(update_fields=["removed_on"])
    return str(found)


@transaction.atomic
def give_seat(
    *, seat: Seat, holder: str, by: Any, account: Account | None = None, since: date | None = None, until: date | None = None
) -> Mandate:  # fmt: skip
    """Somebody holds the seat from a day; two people never hold it on the same day."""
    if by is not None:
        require(may_run(by, seat.body))
    if seat.removed_on:
        raise ValidationError(_("Ce siège a été retiré : posez-en un autre."))
    Seat.objects.select_for_update().get(pk=seat.pk)
    since = since or timezone.localdate()
    if until and until < since:
        raise ValidationError({"until": _("La fin d’un mandat ne peut pas précéder son début.")})
    _refuse_two_holders(seat, since, until)
    mandate = Mandate(seat=seat, holder=holder.strip(), account=account, since=since, until=until)
    if account is not None:
        mandate.assignment = _right_to_read(account, seat.body.scope, since, until)
    mandate.full_clean(exclude=["assignment"])
    mandate.save()
    journal.record(
        act="governance.give_seat", by=by, on=seat.body, sentence=gettext_noop("%(body)s : %(holder)s occupe le siège « %(seat)s »"),
        body=seat.body, holder=mandate.holder, seat=seat,
    )  # fmt: skip
    return mandate


def _refuse_two_holders(seat: Seat, since: date, until: date | None) -> None:
    meets = Q(until=None) | Q(until__gte=since)
    if until is not None:
        meets &= Q(since__lte=until)
    if other := seat.mandates.filter(meets).first():
        raise ValidationError({
            "holder": _("Ce siège est occupé par %(other)s depuis le %(day)s : terminez d’abord ce mandat, ou commencez après.")
            % {"other": other.holder, "day": other.since.strftime("%d/%m/%Y")}
        })  # fmt: skip


def _right_to_read(account: Account, scope: Scope, since: date, until: date | None) -> Assignment:
    """What a seat opens: its body, and what surrounds it. Who runs the body gives it; no other right is needed."""
    assignment = Assignment(account=account, scope=scope, function=Function.PARTNER, since=since, until=until)
    assignment.full_clean()
    assignment.save()
    account.__dict__.pop("current_assignments", None)
    return assignment


@transaction.atomic
def end_mandate(*, mandate: Mandate, until: date | None, by: Any) -> JournalEntry:
    """Somebody leaves a seat. ``until`` is the last day held; by default yesterday: nothing is read from today."""
    if by is not None:
        require(may_run(by, mandate.seat.body))
    today = timezone.localdate()
    until = until or today - timedelta(days=1)
    if mandate.until is not None and mandate.until < today:
        raise PermissionDenied(_("Ce mandat est déjà terminé."))
    if until < mandate.since:
        # Given today by mistake, taken back today: it never was.
        _never_held(mandate)
    else:
        mandate.until = until
        mandate.save(update_fields=["until"])
        Assignment.objects.filter(pk=mandate.assignment_id).update(until=until)
    return journal.record(
        act="governance.end_mandate", by=by, on=mandate.seat.body, sentence=gettext_noop("%(body)s : %(holder)s quitte le siège « %(seat)s »"),
        body=mandate.seat.body, holder=mandate.holder, seat=mandate.seat,
    )  # fmt: skip


def free_seat(*, seat: Seat, by: Any) -> JournalEntry:
    """Who holds it today leaves it."""
    current = next((one for one in seat.mandates.select_related("seat__body__scope") if one.in_force), None)
    if current is None:
        raise ValidationError(_("Ce siège n’est occupé par personne aujourd’hui."))
    return end_mandate(mandate=current, until=None, by=by)


def _never_held(mandate: Mandate) -> None:
    assignment = mandate.assignment_id
    mandate.delete()
    Assignment.objects.filter(pk=assignment).delete()

"""Amendments: an experimentation changes its object, its theme or its title, dated, with its reason, nothing overwritten."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.programmes.models import Amendment, Experimentation
from labqvt.programmes.policy import may_steer


@transaction.atomic
def amend(
    *, experimentation: Experimentation, field: str, after: str, cause: str, by: Any, decided_on: Period | None = None,
    **sourced: Any,
) -> tuple[Amendment, JournalEntry]:  # fmt: skip
    """Change what a region tries, and keep what it tried before. ``decided_on`` may be vague; today by default."""
    found = (
        Experimentation.objects.select_for_update(of=("self",))
        .select_related("scope")
        .get(pk=experimentation.pk)
    )
    if by is not None:
        require(may_steer(by, found.scope))
    decided_on = decided_on or Period.day(timezone.localdate())
    if decided_on.first > timezone.localdate():
        raise ValidationError({"decided_on": _("Le jour de la décision ne peut pas être à venir.")})
    before, after = getattr(found, field), after.strip()
    if before == after:
        raise ValidationError({"after": _("C’est déjà ce qui est écrit : donnez un autre texte.")})
    amendment = Amendment(
        experimentation=found, field=field, before=before, after=after, cause=cause.strip(), decided_on=decided_on,
        recorded_by=by, **sourced,
    )  # fmt: skip
    amendment.full_clean(exclude=["recorded_by"])
    setattr(found, field, after)
    found.full_clean()
    found.save(update_fields=[field])
    amendment.save()
    entry = journal.record(
        act="programmes.amend", by=by, on=found, sentence=gettext_noop("Avenant, %(field)s : %(cause)s"),
        undo=("programmes.take_back_amendment", {"amendment": amendment.pk}),
        field=amendment.get_field_display(), cause=amendment.cause[:200],
    )  # fmt: skip
    return amendment, entry


@transaction.atomic
def take_back_amendment(*, by: Any, amendment: int) -> str:
    """Undo the last amendment of its kind: the text before holds again."""
    found = Amendment.objects.select_related("experimentation__scope").get(pk=amendment)
    experimentation = found.experimentation
    require(may_steer(by, experimentation.scope))
    if experimentation.amendments.filter(field=found.field).last() != found:
        raise PermissionDenied(_("Un autre avenant a changé ce texte depuis : annulez d’abord le dernier."))
    setattr(experimentation, found.field, found.before)
    experimentation.save(update_fields=[found.field])
    found.delete()
    return str(found)

"""Record acts and undo them. No soft-delete flag anywhere: undoing is a reversing act, journalled too."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext, gettext_noop

from labqvt.foundation.models import JournalEntry
from labqvt.foundation.registries import acts


def name_of(thing: models.Model) -> str:
    """« room.model:public id »: how the journal names a thing for ever."""
    return f"{thing._meta.label_lower}:{getattr(thing, 'public_id', thing.pk)}"


def record(
    *,
    act: str,
    by: Any,
    on: models.Model,
    sentence: str,
    undo: tuple[str, dict[str, Any]] | None = None,
    reverses: JournalEntry | None = None,
    **params: Any,
) -> JournalEntry:
    """Write one act. ``sentence`` is a French message id (marked with ``gettext_noop``) filled by ``params``.

    ``undo`` names the reversing act registered in ``registries.acts`` and its JSON parameters.
    """
    return JournalEntry.objects.create(
        act=act,
        by=by,
        target=name_of(on),
        sentence=sentence,
        params={key: str(value) for key, value in params.items()},
        undo_act=undo[0] if undo else "",
        undo_params=undo[1] if undo else {},
        reverses=reverses,
    )


@transaction.atomic
def undo(*, entry: JournalEntry, by: Any) -> JournalEntry:
    """Reverse an act once. Only the person who did it undoes it here; others use the ordinary screens."""
    entry = JournalEntry.objects.select_for_update().get(pk=entry.pk)
    if entry.by_id != by.pk:
        raise PermissionDenied(gettext("Seule la personne qui a fait ce geste peut l’annuler d’ici."))
    if not entry.undo_act or entry.undo_act not in acts:
        raise PermissionDenied(gettext("Ce geste ne s’annule pas."))
    if entry.was_undone:
        raise PermissionDenied(gettext("Ce geste a déjà été annulé."))
    acts[entry.undo_act](by=by, **entry.undo_params)
    return JournalEntry.objects.create(
        act=entry.undo_act,
        by=by,
        target=entry.target,
        sentence=gettext_noop("Annulation : %(what)s"),
        params={"what": str(entry)},
        reverses=entry,
    )


def history_of(thing: models.Model) -> models.QuerySet[JournalEntry]:
    return JournalEntry.objects.filter(target=name_of(thing)).select_related("by")

"""Acts on facts and figures. ``by=None`` is the installation itself; a person's right is always checked."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import files, journal
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.indicators.models import Fact, Indicator
from labqvt.indicators.policy import may_add_fact, may_define, may_remove_fact
from labqvt.people.models import Scope
from labqvt.programmes.models import Programme

# What a removed fact needs to come back as it was.
_KEPT = ("public_id", "kind", "label", "unit", "dimensions", "organisation_id", "proof_id", "source", "source_line",
         "is_fictitious", "recorded_by_id")  # fmt: skip


@transaction.atomic
def define_indicator(*, programme: Programme, code: str, by: Any, **definition: Any) -> Indicator:
    """Define a figure of a programme, or define it anew."""
    if by is not None:
        require(may_define(by, programme))
    indicator = Indicator.objects.filter(programme=programme, code=code).first() or Indicator(
        programme=programme, code=code
    )
    for name, value in definition.items():
        setattr(indicator, name, value)
    indicator.full_clean()
    indicator.save()
    journal.record(
        act="indicators.define_indicator", by=by, on=programme,
        sentence=gettext_noop("Indicateur défini : %(label)s"), label=indicator.label,
    )  # fmt: skip
    return indicator


@transaction.atomic
def add_fact(
    *, kind: str, label: str, when: Period, scope: Scope, by: Any, quantity: Decimal = Decimal(1),
    proof: UploadedFile | None = None, **facts: Any,
) -> tuple[Fact, JournalEntry]:  # fmt: skip
    """Enter a fact with its source or its proof; the figures that count it change at once."""
    if by is not None:
        require(may_add_fact(by, scope))
    if when.first > timezone.localdate():
        raise ValidationError({"when": _("Cette date est à venir : un fait est une chose qui a eu lieu.")})
    fact = Fact(
        kind=kind, label=label, when=when, starts_on=when.first, ends_on=when.last, scope=scope, quantity=quantity,
        recorded_by=by, **facts,
    )  # fmt: skip
    if proof is not None:
        fact.proof = files.accept(proof, kept_by="indicators.fact", by=by)
    fact.full_clean(exclude=["recorded_by"])
    fact.save()
    entry = journal.record(
        act="indicators.add_fact", by=by, on=fact, sentence=gettext_noop("Fait ajouté : %(label)s (%(when)s)"),
        undo=("indicators.take_out_fact", {"fact": fact.public_id}), label=label, when=when.words(),
    )  # fmt: skip
    return fact, entry


@transaction.atomic
def remove_fact(*, fact: Fact, by: Any) -> JournalEntry:
    """Take a fact out of the figures; the journal keeps enough to put it back."""
    fact = Fact.objects.select_for_update(of=("self",)).select_related("scope").get(pk=fact.pk)
    if by is not None:
        require(may_remove_fact(by, fact))
    kept = {name: getattr(fact, name) for name in _KEPT}
    kept |= {"when": fact.when.text, "quantity": str(fact.quantity), "scope": fact.scope.public_id}
    entry = journal.record(
        act="indicators.remove_fact", by=by, on=fact, sentence=gettext_noop("Fait retiré : %(label)s (%(when)s)"),
        undo=("indicators.put_fact_back", kept), label=fact.label, when=fact.when.words(),
    )  # fmt: skip
    fact.delete()
    return entry


@transaction.atomic
def take_out_fact(*, by: Any, fact: str) -> str:
    """Undo the entry of a fact."""
    found = Fact.objects.select_related("scope").filter(public_id=fact).first()
    if found is None:
        return _("Ce fait a déjà été retiré.")
    require(may_remove_fact(by, found))
    found.delete()
    return str(found)


@transaction.atomic
def put_fact_back(*, by: Any, scope: str, when: str, quantity: str, **kept: Any) -> str:
    """Undo the removal of a fact: the same one comes back, under the same identifier."""
    place = Scope.objects.get(public_id=scope)
    require(may_add_fact(by, place))
    period = Period.read(when)
    fact = Fact(
        scope=place,
        when=period,
        starts_on=period.first,
        ends_on=period.last,
        quantity=Decimal(quantity),
        **kept,
    )
    fact.full_clean(exclude=["recorded_by"])
    fact.save()
    return str(fact)

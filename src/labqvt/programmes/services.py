"""Acts on programmes: open one, add a region, a phase, a dated thing, someone who takes part.

``by=None`` is the installation itself (the demonstration, an import); a person's right is always checked.
"""

from collections.abc import Iterable
from typing import Any, Final, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.foundation.periods import Period
from labqvt.foundation.verdict import require
from labqvt.people.models import Organisation, Scope
from labqvt.people.regions import REGIONS, region_code
from labqvt.people.services import create_scope
from labqvt.programmes.models import (
    Experimentation,
    Involvement,
    Milestone,
    Phase,
    Programme,
    SourceDocument,
    TargetPublic,
)
from labqvt.programmes.moving import tell_the_figures
from labqvt.programmes.policy import may_add_experimentation, may_create_programme, may_steer

RESERVED_SLUGS: Final = frozenset({"nouveau"})


class Target(TypedDict, total=False):
    """One alternative of a target public."""

    headcount_min: int | None
    headcount_max: int | None
    sectors: list[str]
    note: str


@transaction.atomic
def create_programme(
    *, slug: str, title: str, by: Any, acronym: str = "", bearer: Organisation | None = None,
    period: Period | None = None, summary: str = "", has_public_calendar: bool = False, **sourced: Any,
) -> Programme:  # fmt: skip
    """Open a programme and the scope its rights hang on."""
    if by is not None:
        require(may_create_programme(by))
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            {"slug": _("Ce nom est déjà celui d’une page de l’outil : choisissez-en un autre.")}
        )
    programme = Programme(
        slug=slug, title=title, acronym=acronym, bearer=bearer, period=period, summary=summary,
        has_public_calendar=has_public_calendar, **sourced,
    )  # fmt: skip
    programme.full_clean(exclude=["scope"])
    programme.scope = create_scope(kind=Scope.Kind.PROGRAMME, label=acronym or title)
    programme.save()
    journal.record(
        act="programmes.create_programme", by=by, on=programme,
        sentence=gettext_noop("Programme ouvert : %(title)s"), title=title,
    )  # fmt: skip
    return programme


@transaction.atomic
def name_source(*, programme: Programme, name: str, title: str, by: Any) -> SourceDocument:
    """Give the document that figures and dates were read in the title people know it by."""
    if by is not None:
        require(may_steer(by, programme.scope))
    document, _created = SourceDocument.objects.update_or_create(
        programme=programme, name=name, defaults={"title": title}
    )
    journal.record(
        act="programmes.name_source", by=by, on=programme,
        sentence=gettext_noop("Document source nommé : %(title)s"), title=title,
    )  # fmt: skip
    return document


def scope_of_place(programme: Programme, place: str) -> Scope:
    """The scope of a place named in a document: the programme, one of its regions, or a territory only cited there.

    A region cited before its experimentation is opened gets its scope now; the experimentation takes it over.
    """
    if place.strip().lower() in {"", "national", "nationale", "france"}:
        return programme.scope
    label = REGIONS.get(region_code(place), place.strip())
    known = Scope.objects.filter(parent=programme.scope, kind=Scope.Kind.EXPERIMENTATION, label=label).first()
    return known or create_scope(kind=Scope.Kind.EXPERIMENTATION, label=label, parent=programme.scope)


@transaction.atomic
def add_experimentation(
    *, programme: Programme, region: str, title: str, purpose: str, theme: str, by: Any,
    targets: Iterable[Target] = (), **sourced: Any,
) -> Experimentation:  # fmt: skip
    """Open an experimentation in a region, with its object and whom it is meant for."""
    if by is not None:
        require(may_add_experimentation(by, programme))
    experimentation = Experimentation(
        programme=programme, region=region, title=title, purpose=purpose, theme=theme, **sourced
    )
    experimentation.full_clean(exclude=["scope"])
    scope = scope_of_place(programme, REGIONS[region])
    if Experimentation.objects.filter(scope=scope).exists():
        # A second experimentation of the same region has its own rights.
        scope = create_scope(kind=Scope.Kind.EXPERIMENTATION, label=title, parent=programme.scope)
    experimentation.scope = scope
    experimentation.save()
    for facts in targets:
        target = TargetPublic(experimentation=experimentation, **facts)
        target.full_clean()
        target.save()
    journal.record(
        act="programmes.add_experimentation", by=by, on=experimentation,
        sentence=gettext_noop("Expérimentation ouverte : %(title)s (%(region)s)"), title=title, region=experimentation,
    )  # fmt: skip
    return experimentation


@transaction.atomic
def add_phase(
    *, scope: Scope, rank: int, title: str, by: Any, planned: Period | None = None, actual: Period | None = None,
    **sourced: Any,
) -> Phase:  # fmt: skip
    """Add a phase to a programme or to an experimentation."""
    if by is not None:
        require(may_steer(by, scope))
    phase = Phase(scope=scope, rank=rank, title=title, planned=planned, actual=actual, **sourced)
    phase.full_clean()
    phase.save()
    journal.record(
        act="programmes.add_phase",
        by=by,
        on=phase,
        sentence=gettext_noop("Phase ajoutée : %(title)s"),
        title=title,
    )
    return phase


@transaction.atomic
def add_milestone(
    *, scope: Scope, kind: str, title: str, by: Any, planned: Period | None = None, actual: Period | None = None,
    place: str = "", slip_cause: str = "", reference: str = "", is_public: bool = True, **sourced: Any,
) -> tuple[Milestone, journal.JournalEntry]:  # fmt: skip
    """Enter a dated thing: planned, or already held."""
    if by is not None:
        require(may_steer(by, scope))
    milestone = Milestone(
        scope=scope, kind=kind, title=title, planned=planned, actual=actual, place=place, slip_cause=slip_cause,
        reference=reference, is_public=is_public, **sourced,
    )  # fmt: skip
    milestone.full_clean()
    milestone.save()
    if actual:
        tell_the_figures(milestone, by)
    entry = journal.record(
        act="programmes.add_milestone", by=by, on=milestone, sentence=gettext_noop("Échéance ajoutée : %(title)s"),
        undo=("programmes.remove_milestone", {"milestone": milestone.public_id}), title=title,
    )  # fmt: skip
    return milestone, entry


@transaction.atomic
def involve(*, organisation: Organisation, scope: Scope, role: str, by: Any, **sourced: Any) -> Involvement:
    """Note that an organisation takes part, and how."""
    if by is not None:
        require(may_steer(by, scope))
    involvement = Involvement(organisation=organisation, scope=scope, role=role, **sourced)
    involvement.full_clean()
    involvement.save()
    journal.record(
        act="programmes.involve", by=by, on=organisation,
        sentence=gettext_noop("%(organisation)s %(role)s : %(scope)s"),
        organisation=organisation, role=involvement.get_role_display(), scope=scope,
    )  # fmt: skip
    return involvement

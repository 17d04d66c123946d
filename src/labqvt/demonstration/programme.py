"""The national programme and its five regions, written only through services, each thing with its source and line."""

import csv
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib.resources import as_file, files
from typing import Any, Final

from django.db import transaction

from labqvt.demonstration import programme_texts as texts
from labqvt.foundation.periods import Period
from labqvt.indicators import projecting
from labqvt.indicators import services as figures
from labqvt.indicators.models import Fact, Indicator
from labqvt.indicators.statements import import_statements
from labqvt.people.directory import note_name
from labqvt.people.models import Organisation
from labqvt.people.services import create_organisation
from labqvt.programmes import amending, moving, services
from labqvt.programmes.models import Amendment, Involvement, Milestone, Phase, Programme
from labqvt.programmes.services import scope_of_place

SLUG: Final = "labqvt"
_DATA: Final = files("labqvt.demonstration") / "data"
_KIND: Final = Milestone.Kind
# The words of the calendar, and the ones of the tool.
_KINDS: Final[dict[str, str]] = {
    "appel_a_projets": _KIND.CALL, "copil": _KIND.COMMITTEE, "copil_audition": _KIND.AUDITION, "instance": _KIND.BODY,
    "enquete": _KIND.SURVEY, "livrable": _KIND.DELIVERABLE, "decision": _KIND.DECISION, "atelier": _KIND.WORKSHOP,
    "formation": _KIND.TRAINING, "webinaire": _KIND.WEBINAR, "webconference": _KIND.WEB_CONFERENCE,
    "evenement": _KIND.EVENT, "restitution": _KIND.RESTITUTION, "site_web": _KIND.WEBSITE,
}  # fmt: skip


def _read(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _period(text: str) -> Period | None:
    return Period.read(text) if text else None


def _line(text: str) -> int | None:
    return int(text) if text else None


def _dimensions(text: str) -> dict[str, Any]:
    """« outcome=engaged » or « outcome=engaged|not_engaged » as a dictionary; nothing for no dimension."""
    if not text:
        return {}
    name, values = text.split("=", 1)
    return {name: values.split("|") if "|" in values else values}


@transaction.atomic
def load_programme(*, by: Any) -> Programme:
    """Make the programme of the demonstration, or complete it: doing it twice adds nothing.

    ``by`` opens the programme; what its coordination and its regions would have entered is entered by the installation.
    """
    organisations = _organisations()
    programme = Programme.objects.filter(slug=SLUG).first() or services.create_programme(
        slug=SLUG, title="Lab’QVT, la qualité de vie au travail dans l’ESS", acronym="Lab’QVT",
        bearer=organisations["UDES"], period=Period.read("2019-10/2021-10"), summary=texts.SUMMARY, by=by,
        has_public_calendar=True,
        source=texts.REPORT, source_line=43,
    )  # fmt: skip
    named = set(programme.documents.values_list("name", flat=True))
    for name, title in texts.SOURCES.items():
        if name not in named:
            services.name_source(programme=programme, name=name, title=title, by=None)
    _regions(programme)
    _calendar(programme)
    _involvements(programme, organisations)
    _indicators(programme)
    _facts(programme)
    projecting.project(programme.scope)
    if not programme.statements.exists():
        with as_file(_DATA / "key-figures.csv") as path:
            import_statements(path=path, programme=programme, by=None)
    return programme


def _organisations() -> dict[str, Organisation]:
    """Real organisations, by their real names; natural persons have none here."""
    known = {organisation.name: organisation for organisation in Organisation.objects.all()}
    for row in _read("involvements.csv"):
        if row["organisation"] not in known:
            known[row["organisation"]] = create_organisation(
                name=row["organisation"], kind=row["kind"], by=None
            )
            _former_name(known[row["organisation"]])
    return known


def _former_name(organisation: Organisation) -> None:
    """The regional labour offices were « Direccte » until the end of March 2021: the documents use both names."""
    if organisation.name.startswith("DREETS "):
        former = organisation.name.replace("DREETS", "Direccte")
        note_name(organisation=organisation, name=former, until=date(2021, 3, 31), by=None)


def _regions(programme: Programme) -> None:
    opened = set(programme.experimentations.values_list("region", flat=True))
    for region in texts.REGIONS:
        if region.code in opened:
            continue
        changed = region.code == "53"
        experimentation = services.add_experimentation(
            programme=programme, region=region.code, title=region.title, theme=region.theme, targets=region.targets,
            purpose=texts.FIRST_PURPOSE if changed else region.purpose, by=None, source=texts.REPORT,
            source_line=region.line,
        )  # fmt: skip
        if changed:
            amending.amend(
                experimentation=experimentation, field=Amendment.Field.PURPOSE, after=region.purpose, cause=texts.CHANGED,
                decided_on=Period.read("2020-06/2021-06"), by=None, source=texts.SECOND_COMMITTEE, source_line=35,
            )  # fmt: skip


def _calendar(programme: Programme) -> None:
    inside = {"scope__path__startswith": programme.scope.path}
    known = set(Milestone.objects.filter(**inside).values_list("reference", flat=True))
    known |= set(Phase.objects.filter(**inside).values_list("reference", flat=True))
    rank = 0
    for row in _read("calendar.csv"):
        rank += row["type"] == "phase"
        if row["id"] in known:
            continue
        if row["type"] == "phase":
            _phase(programme, row, rank)
        else:
            _milestone(programme, row)


def _phase(programme: Programme, row: dict[str, str], rank: int) -> None:
    services.add_phase(
        scope=programme.scope, rank=rank, title=row["title_fr"], planned=_period(row["planned"]),
        actual=_period(row["actual"]), reference=row["id"], source=row["source"], source_line=_line(row["line"]), by=None,
    )  # fmt: skip


def _milestone(programme: Programme, row: dict[str, str]) -> None:
    """Entered, moved, held or given up: the same acts, in the same order, as people would do them."""
    reference, planned, actual = row["id"], _period(row["planned"]), _period(row["actual"])
    milestone, _entry = services.add_milestone(
        scope=scope_of_place(programme, row["region"]), kind=_KINDS[row["type"]], title=row["title_fr"],
        planned=planned, actual=None if planned else actual, place=row["place"], reference=reference,
        source=row["source"], source_line=_line(row["line"]), by=None,
    )  # fmt: skip
    if replanned := _period(row["replanned"]):
        told, cause = texts.MOVES[reference]
        moving.move_milestone(
            milestone=milestone, new=replanned, cause=cause, decided_on=date.fromisoformat(told), by=None
        )
    if planned and actual:
        moving.record_actual(
            milestone=milestone, actual=actual, cause=texts.SLIPS.get(reference, ""), by=None
        )
    if reference in texts.DROPS:
        moving.drop_milestone(milestone=milestone, because=texts.DROPS[reference], by=None)


def _involvements(programme: Programme, organisations: dict[str, Organisation]) -> None:
    inside = Involvement.objects.filter(scope__path__startswith=programme.scope.path)
    known = set(inside.values_list("organisation__name", "scope__label", "role"))
    for row in _read("involvements.csv"):
        scope = scope_of_place(programme, row["place"])
        if (row["organisation"], scope.label, row["role"]) not in known:
            services.involve(
                organisation=organisations[row["organisation"]], scope=scope, role=row["role"], source=row["source"],
                source_line=_line(row["line"]), by=None,
            )  # fmt: skip


def _indicators(programme: Programme) -> None:
    known = {indicator.code: indicator for indicator in Indicator.objects.filter(programme=programme)}
    for rank, row in enumerate(_read("indicators.csv"), start=1):
        if row["code"] in known:
            continue
        known[row["code"]] = figures.define_indicator(
            programme=programme, code=row["code"], by=None, rank=rank, kind=row["kind"], level=row["level"],
            regional_rule=row["rule"], fact_kind=row["fact_kind"], dimensions=_dimensions(row["dimensions"]),
            unit=row["unit"], denominator=known.get(row["denominator"]), label=row["label"], label_en=row["label_en"],
            aliases=[row["aliases"]] if row["aliases"] else [], definition=row["definition"], definition_en=row["definition_en"],
        )  # fmt: skip


def _facts(programme: Programme) -> None:
    inside = Fact.objects.filter(scope__path__startswith=programme.scope.path, origin=Fact.Origin.MANUAL)
    known = set(inside.values_list("scope__label", "label"))
    for row in _read("facts.csv"):
        scope = scope_of_place(programme, row["place"])
        if (scope.label, row["label"]) not in known:
            figures.add_fact(
                kind=row["kind"], label=row["label"], when=Period.read(row["when"]), scope=scope,
                quantity=Decimal(row["quantity"]), unit=row["unit"], dimensions=_dimensions(row["dimensions"]),
                source=row["source"], source_line=_line(row["line"]), is_fictitious=row["fictitious"] == "yes", by=None,
            )  # fmt: skip

"""The national programme of the demonstration: every dated item and every figure, with its source."""

import csv
import re
from datetime import timedelta
from importlib.resources import files

import pytest
from icalendar import Calendar

from labqvt.demonstration import programme_texts as texts
from labqvt.demonstration.programme import load_programme
from labqvt.foundation.models import JournalEntry
from labqvt.foundation.periods import Period
from labqvt.foundation.schedule import Standing
from labqvt.indicators import queries
from labqvt.indicators.models import Fact, Statement
from labqvt.people.models import Organisation
from labqvt.programmes.models import Milestone, Phase
from labqvt.programmes.queries import cause_of

DATA = files("labqvt.demonstration") / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def programme(db):
    return load_programme(by=None)


def test_loading_twice_adds_nothing(programme):
    before = [
        model.objects.count() for model in (Milestone, Phase, Statement, Fact, Organisation, JournalEntry)
    ]
    load_programme(by=None)
    assert [
        model.objects.count() for model in (Milestone, Phase, Statement, Fact, Organisation, JournalEntry)
    ] == before


def test_the_five_regions_have_their_insee_code_and_a_target_public(programme):
    regions = programme.experimentations.prefetch_related("targets")
    assert sorted(region.region for region in regions) == ["27", "28", "44", "53", "93"]
    assert all(region.targets.all() for region in regions)


def test_the_calendar_keeps_every_date_planned_moved_and_held(programme):
    held = {item.reference: item for model in (Milestone, Phase) for item in model.objects.all()}
    written = rows("calendar.csv")
    assert len(written) == len(held) == 34

    def period(text):
        return Period.read(text) if text else None

    for row in written:
        item = held[row["id"]]
        dates = (item.planned, item.replanned, item.actual)
        assert dates == tuple(period(row[name]) for name in ("planned", "replanned", "actual")), row["id"]
        assert (item.source, str(item.source_line)) == (row["source"], row["line"])


def test_dates_that_slipped_say_why_where_the_documents_do(programme):
    told = {item.reference: cause_of(item) for item in Milestone.objects.prefetch_related("moves")}
    assert {reference for reference, cause in told.items() if cause} == {"E13", "E24", "E26", "E27"}
    assert "Crise sanitaire" in told["E13"]
    seminar = Milestone.objects.get(reference="E26")
    assert [(move.previous.text, move.new.text) for move in seminar.moves.all()] == [
        ("2020-06-06", "2020-10-12")
    ]
    assert Milestone.objects.get(reference="E27").standing() == Standing.DROPPED


def test_every_published_figure_is_kept_as_it_was_said(programme):
    assert Statement.objects.count() == len(rows("key-figures.csv")) == 87
    assert not Statement.objects.filter(source="").exists()
    assert Statement.objects.filter(source_line=None).count() == 0


def test_figures_computed_from_facts_stand_beside_the_published_ones(programme):
    by_region = {
        region.region: {
            figure.measure.indicator.code: figure
            for figure in queries.figures_at(programme, region.scope).counted
        }
        for region in programme.experimentations.all()
    }
    assert by_region["93"]["copil_regional"].measure.value == 2
    assert by_region["44"]["webconferences"].measure.value == 3
    assert by_region["28"]["syndicats_erds"].measure.value == 3
    assert all(figures for figures in by_region.values())


def test_what_no_document_says_is_marked(programme):
    typed = Fact.objects.filter(origin=Fact.Origin.MANUAL)
    assert typed.filter(is_fictitious=False, source="").count() == 0
    assert typed.filter(is_fictitious=True).exclude(source="").count() == 0
    assert typed.filter(is_fictitious=True).exists()


def _sentences(text):
    return re.findall(r"\w+", text.lower())


def test_no_sentence_of_the_documents_is_copied(programme, shared):
    """Nine words in a row of ours never stand in a document."""
    ours = [
        texts.SUMMARY,
        *texts.SLIPS.values(),
        *texts.DROPS.values(),
        *(cause for _day, cause in texts.MOVES.values()),
    ]
    ours += [text for region in texts.REGIONS for text in (region.title, region.purpose)]
    ours += [row[name] for row in rows("indicators.csv") for name in ("label", "definition")] + [
        row["label"] for row in rows("facts.csv")
    ]
    theirs = " ".join(
        " ".join(_sentences(path.read_text(encoding="utf-8")))
        for path in sorted((shared / "seeds").glob("*.txt"))
    )
    for text in ours:
        words = _sentences(text)
        copied = [
            " ".join(words[at : at + 9])
            for at in range(len(words) - 8)
            if " ".join(words[at : at + 9]) in theirs
        ]
        assert copied == [], text


def test_the_public_calendar_holds_every_dated_item_and_how_often_it_moved(programme, client):
    answer = client.get("/agenda/labqvt.ics")
    events = {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
    written = rows("calendar.csv")
    assert set(events) == {row["title_fr"] for row in written}
    for row in written:
        event, period = (
            events[row["title_fr"]],
            Period.read(row["actual"] or row["replanned"] or row["planned"]),
        )
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (period.first, period.last + timedelta(days=1)), (
            row["id"]
        )
        assert event["SEQUENCE"] >= (
            row["status"] in {"postponed_then_held", "extended", "dropped_merged"}
        ), row["id"]
        assert (event["STATUS"] == "CANCELLED") == (row["status"] == "dropped_merged"), row["id"]
    assert events["Séminaire numérique puis conférence sociale régionale (4 séances)"]["SEQUENCE"] == 2

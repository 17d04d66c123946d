"""The words and pictures of a diagnosis: from released values alone, careful, never blaming, the same for all."""

import io
import json
import re
from datetime import UTC, date, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt.diagnostics import kit, paper, workbook
from labqvt.diagnostics.determinants import CARDS
from labqvt.diagnostics.reading import reading_of
from labqvt.diagnostics.released import released
from labqvt.diagnostics.sentences import first_to_discuss, smallest_visible_gap
from labqvt.documents.pdf import render_pdf
from labqvt.evidence.displays import Sheet, Terms, content_of
from labqvt.instruments.shipping import PACKS_DIR
from labqvt.verbatims.told import Told
from labqvt_forms import Determinant
from labqvt_forms.formats import json_form

FORM = json_form.loads((PACKS_DIR / "six-determinants-salaries.json").read_text(encoding="utf-8"))
HIGH = {"REL": "5", "CON": "3", "SAN": "3", "COM": "4", "EGA": "4", "MAN": "2"}


def sheet(levels, *, audience="employees", structure="a"):
    said = {v.id: levels[v.id[:3]] for v in FORM.answer_variables}
    turned = {v.id: str(6 - int(said[v.id])) if v.reverse else said[v.id] for v in FORM.answer_variables}
    return Sheet(audience, structure, turned)


def content(n=9, population=12, *, levels=HIGH, direction=0, consent=False):
    sheets = [sheet(levels)] * n + [sheet(dict.fromkeys(levels, "5"), audience="direction")] * direction
    return content_of(sheets, FORM, Terms(population=population, direction_consents=consent))


def everything_said(reading):
    """Every word and drawing of a reading, on a page, on paper and in a workbook."""
    frame = paper.Frame("Structure", "Campagne", datetime(2026, 10, 21, tzinfo=UTC))
    return repr((reading, paper.document_of(reading, frame), workbook.workbook_of(reading)))


def test_the_three_sentences_name_what_holds_and_what_to_discuss():
    holds, discuss, cannot = (said.text for said in reading_of(content()).sentences)
    assert "« Relations et climat social »" in holds
    assert "« Management et projet de la structure »" in discuss
    assert "Si les 12 avaient répondu" in cannot


@pytest.mark.parametrize(
    ("n", "population", "words"),
    [
        (9, 9, "Tout le monde a répondu ; score arrondi à 5 près"),
        (12, 12, "Tout le monde a répondu ; score arrondi à l’unité"),
        (9, 12, "à condition que les absents ressemblent aux présents"),
        (9, 15, "Les bornes, plus larges, tiennent quoi que pensent les absents"),
        (9, 20, "on ne peut pas dire ce que pense l’équipe entière"),
        (9, None, "On ne sait pas combien de personnes étaient invitées"),
    ],
)
def test_what_cannot_be_said_follows_participation(n, population, words):
    assert words in reading_of(content(n, population)).sentences[2].text


def test_equal_themes_are_not_put_in_order():
    levels = dict.fromkeys(HIGH, "4")
    reading = reading_of(content(levels=levels))
    assert "Aucun thème ne se détache" in reading.sentences[1].text
    assert first_to_discuss(released(content(levels=levels), "fr").shown) == ()


def test_the_mirror_exists_only_when_released():
    assert reading_of(content(direction=1)).section("mirror") is None
    shown = reading_of(content(direction=1, consent=True)).section("mirror")
    assert "a accepté" in shown.intro
    assert len(shown.charts) == 1


def test_two_releases_that_display_the_same_read_the_same():
    """Answers that differ under the displays must not change a word, a drawing, nor an order."""
    almost = [sheet(HIGH)] * 12
    moved = [*almost[:11], sheet(HIGH | {"REL": "4"})]
    first, second = (content_of(sheets, FORM, Terms(population=40)) for sheets in (almost, moved))
    assert first == second
    assert everything_said(reading_of(first)) == everything_said(reading_of(second))


def test_nothing_finer_than_the_displays_is_written():
    """Under ten people a score is told to five points: no other score may appear beside a theme."""
    chart = reading_of(content()).section("scores").charts[0]
    told = {row[1] for row in chart.table.rows}
    assert told <= {"≤ 10", "≥ 90", *(str(step) for step in range(15, 90, 5))}


BLAME = re.compile(
    r"mauvais|pire|échec|fautif|coupable|retard sur|classement(?! *[.»])|palmarès|médiocre|insuffisan",
    re.IGNORECASE,
)


@pytest.mark.thorough
@given(
    levels=st.fixed_dictionaries({key: st.sampled_from("12345") for key in HIGH}),
    n=st.integers(6, 14),
    absent=st.integers(0, 14),
)
@settings(max_examples=40, deadline=None)
def test_no_reading_blames_nor_ranks(levels, n, absent):
    reading = reading_of(content(n, n + absent, levels=levels))
    words = " ".join(
        [said.text for said in reading.sentences] + [s.intro for s in reading.sections] + list(reading.method)
    )
    assert not BLAME.search(words)
    assert "nan" not in words
    for said in reading.sentences:
        assert said.text.endswith(".")


def test_a_theme_of_unknown_sense_is_never_called_favourable():
    """« Hostilité » high is not good news: only the six determinants tell good from bad."""
    unknown = content()
    for scale in unknown["scales"]:
        scale["determinant"] = None
    said = everything_said(reading_of(unknown))
    assert "nettement favorables" not in said
    assert "réponses défavorables" not in said
    assert "Score le plus haut" in said


def test_english_is_complete():
    reading = reading_of(content(direction=1, consent=True), "en")
    words = " ".join(
        [said.heading + said.text for said in reading.sentences] + list(reading.method) + [reading.answered]
    )
    assert "9 answers for 12 people invited." in words
    assert not re.search(r"[éèêàçœ]|« ", words)
    assert reading.conversations[0].questions[0].startswith("Which recent decision")


@pytest.mark.parametrize(("n", "population"), [(9, 12), (12, 12), (30, 60)])
@pytest.mark.parametrize("direction", [0, 1])
def test_the_paper_has_four_to_six_tagged_pages(n, population, direction):
    levels = {
        "REL": "5",
        "CON": "2",
        "SAN": "2",
        "COM": "4",
        "EGA": "4",
        "MAN": "2",
    }  # three to discuss at once
    reading = reading_of(content(n, population, levels=levels, direction=direction, consent=True))
    frame = paper.Frame("Structure", "Campagne", datetime(2026, 10, 21, tzinfo=UTC), fictitious=True)
    document = paper.document_of(reading, frame)
    with pikepdf.open(io.BytesIO(render_pdf(document))) as pdf:
        assert 4 <= len(pdf.pages) <= 6
        assert pdf.Root.MarkInfo.Marked
    assert "inventées pour la démonstration" in repr(document)


def test_words_and_groups_stay_within_six_pages_under_their_title():
    """A lot at once: three themes to discuss, the mirror, two questions in words, one question about people."""
    levels = HIGH | {"CON": "2", "SAN": "2"}
    groups = {
        "by": "anciennete",
        "labels": {"fr": "Depuis combien de temps travaillez-vous ici ?"},
        "categories": [
            {
                "value": value,
                "n": 15,
                "scales": {
                    one: {"mean": [59.5, 60.5], "text": "60"}
                    for one in ("relations", "contenu", "sante", "competences", "egalite", "management")
                },
            }
            for value in ("Moins d’un an", "Un an et plus")
        ],
    }
    release = content(30, 36, levels=levels, direction=1, consent=True)
    release["breakdowns"] = [groups]
    questions = tuple(
        {
            "labels": {"fr": label},
            "themes": ["L’entraide"],
            "quotations": [f"Une phrase assez longue pour tenir sa ligne, la n° {n}." for n in range(9)],
        }
        for label in ("Qu’est-ce qui vous aide ?", "Par quoi commencer ?")
    )
    told = Told(questions, published_on=date(2026, 10, 22))
    reading = reading_of(release, told=told)
    frame = paper.Frame("Structure", "Campagne", datetime(2026, 10, 21, tzinfo=UTC))
    with pikepdf.open(io.BytesIO(render_pdf(paper.document_of(reading, frame)))) as pdf:
        assert len(pdf.pages) <= 6


def test_the_workbook_holds_only_released_numbers():
    book = workbook.workbook_of(reading_of(content()))
    assert [sheet.name for sheet in book.sheets] == ["Thèmes", "Questions", "Priorités"]
    themes = book.sheets[0].table
    assert all(row[4] - row[3] == 5 for row in themes.rows if row[3] > 12.5 and row[4] < 87.5)


def test_the_kit_says_the_six_determinants_and_two_hours():
    assert [card.id for card in CARDS] == [str(determinant) for determinant in Determinant]
    assert sum(moment.minutes for moment in kit.moments()) == 120
    for question in (str(words) for card in CARDS for words in card.questions):
        assert "?" in question
    with pikepdf.open(io.BytesIO(render_pdf(kit.document()))) as pdf:
        assert len(pdf.pages) == 8


def test_the_meeting_lasts_an_hour_and_a_half():
    assert sum(step.minutes for step in reading_of(content()).meeting) == 90


def test_a_release_is_plain_json():
    assert json.loads(json.dumps(content())) == content()


def test_no_gap_is_said_visible_when_everybody_answered():
    assert smallest_visible_gap(released(content(12, 12), "fr")) in (None, 5)

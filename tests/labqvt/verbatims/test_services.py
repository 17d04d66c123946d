"""The life of a reading: texts treated one by one, looked at twice, shown at once, destroyed."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from labqvt.evidence import kept_texts
from labqvt.evidence.models import SealedText, TextReading
from labqvt.evidence.queries import release_of
from labqvt.evidence.texts import shuffled
from labqvt.foundation import jobs, journal
from labqvt.foundation.models import Job, JournalEntry
from labqvt.verbatims import queries, services
from labqvt.verbatims.extracts import Entry, numbered, published
from labqvt.verbatims.queries import told_of
from tests.labqvt.evidence.test_texts import FORM
from tests.labqvt.verbatims.factories import CHANGES, HELPS, account, reading_of

pytestmark = pytest.mark.django_db
Text = SealedText.State


@pytest.fixture
def reading():
    return reading_of()


@pytest.fixture
def reader(reading):
    return reading.campaign.reader


def again(reading):
    return TextReading.objects.select_related("campaign").get(pk=reading.pk)


def propose(reading, numbers=None, *, coded=(), quoted=True):
    for place in kept_texts.places(reading.campaign):
        if numbers is None or place.number in numbers:
            words = kept_texts.read(reading.campaign, place.number).words.replace("numéro", "n°")
            services.validate(
                reading=reading, number=place.number, words=words, coded=coded, quoted=quoted,
                by=reading.campaign.reader,
            )  # fmt: skip


def reviewed(reading, keep=lambda entry: True):
    answers = {entry.key: keep(entry) for entry in numbered(again(reading))}
    return services.review(reading=reading, answers=answers, by=account(reading.campaign, "employee"))


def test_validating_destroys_the_text_received(reading, reader):
    before = kept_texts.read(reading.campaign, 1)
    assert before.received == before.words
    services.validate(reading=reading, number=1, words="dit autrement", coded=[], quoted=True, by=reader)
    after = kept_texts.read(reading.campaign, 1)
    assert (after.words, after.received) == ("dit autrement", None)
    everything = kept_texts.every(reading.campaign, list(Text))
    assert before.words not in str([text for _place, text in everything])
    services.reopen(reading=reading, number=1, by=reader)
    with pytest.raises(PermissionDenied, match="texte reçu est détruit"):
        services.start_again(reading=reading, number=1, by=reader)


def test_masking_keeps_the_text_received_until_it_is_validated(reading, reader):
    received = kept_texts.read(reading.campaign, 1).words
    services.mask(reading=reading, number=1, words=f"{received} [[Karim]] et Léa", hidden={"Léa"}, by=reader)
    assert kept_texts.read(reading.campaign, 1).words == f"{received} […] et […]"
    services.start_again(reading=reading, number=1, by=reader)
    assert kept_texts.read(reading.campaign, 1).words == received


def test_what_is_settled_is_undone_from_the_message_that_says_it(reading, reader):
    services.set_aside(reading=reading, number=1, reason=services.DANGER, by=reader)
    entry = journal.history_of(reading).first()
    journal.undo(entry=entry, by=reader)
    [place] = [place for place in kept_texts.places(reading.campaign) if place.number == 1]
    assert place.state == Text.BEGUN
    assert kept_texts.read(reading.campaign, 1).received


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 1001], ids=["nothing", "blank", "too long"])
def test_a_treated_text_that_cannot_be_kept_is_refused(reading, reader, words):
    with pytest.raises(ValidationError):
        services.validate(reading=reading, number=1, words=words, coded=[], quoted=True, by=reader)
    assert kept_texts.places(reading.campaign)[0].state == Text.UNREAD


def test_the_journal_holds_no_word_of_a_text(reading, reader):
    theme = services.add_theme(reading=reading, label="Le bruit rhododendron", by=reader)
    services.rename_theme(reading=reading, theme=theme, label="Encore rhododendron", by=reader)
    services.validate(reading=reading, number=1, words="rhododendron", coded=[theme], quoted=True, by=reader)
    services.set_aside(reading=reading, number=2, reason=services.RECOGNISED, by=reader)
    propose(reading, range(3, 14), coded=[theme])
    services.finish(reading=reading, by=reader)
    jobs.run_due()
    told = str(list(JournalEntry.objects.values())) + str(list(Job.objects.values()))
    told += " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert "rhododendron" not in told
    assert not any(words in told for words in [*HELPS, *CHANGES])


def test_others_cannot_count_texts_in_the_history_of_the_campaign(reading):
    before = journal.history_of(reading.campaign).count()
    propose(reading)
    assert journal.history_of(reading.campaign).count() == before


def test_finishing_destroys_what_is_not_proposed(reading, reader):
    by_question = {question: [p.number for p in kept_texts.places(reading.campaign) if p.question == question] for question in ("AIDE", "CHANGE")}  # fmt: skip
    propose(reading, by_question["AIDE"][:4])
    propose(reading, by_question["AIDE"][4:5], quoted=False)
    propose(reading, by_question["CHANGE"][:2])  # two extracts to a question could never be shown
    reading = services.finish(reading=reading, by=reader)
    assert reading.state == TextReading.State.REVIEW
    assert Counter(p.question for p in kept_texts.places(reading.campaign)) == {"AIDE": 4}


def test_what_is_kept_appears_once_for_everyone(reading, reader, django_capture_on_commit_callbacks):
    propose(reading)
    services.finish(reading=reading, by=reader)
    mail.outbox.clear()
    release = release_of(reading.campaign)
    assert told_of(reading.campaign, release).questions == ()
    with django_capture_on_commit_callbacks(execute=True):
        after = reviewed(reading, keep=lambda entry: not entry.words.endswith("3"))
    assert after.state == TextReading.State.PUBLISHED
    assert kept_texts.places(reading.campaign) == []
    assert not kept_texts.path_of_key(reading.campaign).exists()
    questions = told_of(reading.campaign, release).questions
    expected = {
        "AIDE": {f"Ce qui aide, n° {rank}" for rank in range(8) if rank != 3},
        "CHANGE": {f"À changer, n° {rank}" for rank in range(5) if rank != 3},
    }
    assert {one["id"]: set(one["quotations"]) for one in questions} == expected
    assert set(questions[0]) == {"id", "labels", "themes", "quotations"}  # no number, no date, no group
    jobs.run_due()
    told = [message for message in mail.outbox if "ce que l’équipe a écrit" in message.subject]
    assert [sorted(message.to) for message in told] == [
        sorted([account(reading.campaign, "director").email, account(reading.campaign, "employee").email])
    ]


def test_two_extracts_left_to_a_question_are_not_shown(reading, reader):
    propose(reading)
    services.finish(reading=reading, by=reader)
    kept = {"AIDE": 0, "CHANGE": 0}

    def two_of_each(entry):
        kept[entry.question] += 1
        return kept[entry.question] <= 2

    after = reviewed(reading, keep=two_of_each)
    assert (after.state, after.content) == (TextReading.State.ENDED, {})
    assert kept_texts.places(reading.campaign) == []


def test_every_extract_needs_its_answer(reading, reader):
    propose(reading)
    services.finish(reading=reading, by=reader)
    answers = {entry.key: True for entry in numbered(again(reading))}
    answers.pop(next(iter(answers)))
    with pytest.raises(ValidationError):
        services.review(reading=reading, answers=answers, by=account(reading.campaign, "employee"))
    assert again(reading).state == TextReading.State.REVIEW


def test_not_looked_at_in_time_counts_as_not_safe(reading, reader):
    propose(reading)
    reading = services.finish(reading=reading, by=reader)
    assert services.end_due(reading.review_until) == 0
    assert services.end_due(reading.review_until + timedelta(days=1)) == 1
    assert again(reading).state == TextReading.State.ENDED
    assert kept_texts.places(reading.campaign) == []


def test_a_reading_nobody_finished_ends_by_itself(reading):
    propose(reading, range(1, 5))
    assert services.end_due(reading.read_until) == 0
    assert services.end_due(reading.read_until + timedelta(days=1)) == 1
    after = again(reading)
    assert after.state == TextReading.State.REVIEW
    assert len(kept_texts.places(reading.campaign)) == 4


def test_a_lost_key_ends_the_reading_instead_of_stopping_the_others(reading):
    other = reading_of()
    propose(reading)
    kept_texts.path_of_key(reading.campaign).unlink()
    late = max(reading.read_until, other.read_until) + timedelta(days=1)
    assert services.end_due(late) == 2
    assert again(reading).state == TextReading.State.ENDED


def test_before_the_announced_day_nobody_can_tell_whether_texts_were_kept(reading):
    without = reading_of(texts={"AIDE": HELPS}).campaign
    kept_texts.destroy(without)
    TextReading.objects.filter(campaign=without).delete()
    told = [told_of(campaign, release_of(campaign)) for campaign in (reading.campaign, without)]
    assert told[0] == told[1]
    assert told[0].awaited_until is not None


def test_a_theme_is_named_from_six_texts_of_one_question(reading, reader):
    often = services.add_theme(reading=reading, label="Souvent", by=reader)
    seldom = services.add_theme(reading=reading, label="Rarement", by=reader)
    spread = services.add_theme(reading=reading, label="Partout un peu", by=reader)
    for rank, place in enumerate(kept_texts.places(reading.campaign)):  # eight to AIDE, then five to CHANGE
        coded = [often] * (rank < 6) + [seldom] * (rank < 5) + [spread] * (rank in {0, 1, 2, 8, 9, 10})
        propose(reading, [place.number], coded=coded)
    reading = services.finish(reading=again(reading), by=reader)
    assert reading.named == {"AIDE": ["Souvent"]}
    after = reviewed(reading)
    assert [one["themes"] for one in after.content["questions"]] == [["Souvent"], []]
    assert after.themes == []


def test_a_removed_theme_names_nothing_and_comes_back_whole(reading, reader):
    theme = services.add_theme(reading=reading, label="Le bruit", by=reader)
    propose(reading, coded=[theme])
    services.remove_theme(reading=reading, theme=theme, by=reader)
    entry = journal.history_of(reading).first()
    journal.undo(entry=entry, by=reader)
    assert services.finish(reading=again(reading), by=reader).named == {"AIDE": ["Le bruit"]}


@pytest.mark.parametrize(
    "label", ["", "  ", "le BRUIT", "x" * 61], ids=["empty", "blank", "twice", "endless"]
)
def test_a_theme_needs_a_name_of_its_own(reading, reader, label):
    services.add_theme(reading=reading, label="Le bruit", by=reader)
    with pytest.raises(ValidationError):
        services.add_theme(reading=again(reading), label=label, by=reader)


def test_the_next_text_is_the_one_after_then_those_passed_over(reading):
    propose(reading, [1, 2, 5])
    piles = queries.piles_of(reading, "fr")
    assert queries.next_to_read(piles) == 3
    assert queries.next_to_read(piles, after=4) == 6
    assert queries.next_to_read(piles, after=13) == 3


@given(
    kept=st.lists(
        st.tuples(st.sampled_from(["AIDE", "CHANGE"]), st.booleans(), st.text(min_size=1, max_size=5))
    ),
    least=st.integers(2, 5),
)
def test_never_fewer_than_the_least_extracts_to_a_question(kept, least):
    entries = [
        Entry(str(rank), question, words, is_theme=theme)
        for rank, (question, theme, words) in enumerate(kept)
    ]
    content = published(entries, FORM, least=least, deal=sorted)
    for question in content["questions"]:
        asked = [entry for entry in entries if entry.question == question["id"]]
        quoted = sorted(entry.words for entry in asked if not entry.is_theme)
        assert question["quotations"] == (quoted if len(quoted) >= least else [])
        assert question["themes"] == [entry.words for entry in asked if entry.is_theme]
        assert question["quotations"] or question["themes"]


def test_extracts_appear_in_a_new_order(reading, reader):
    """Shuffled again at publication: not the order of the table, nor that of the second look."""
    entries = [Entry(str(rank), "AIDE", str(rank)) for rank in range(6)]
    seen = {
        tuple(published(entries, FORM, least=3, deal=shuffled)["questions"][0]["quotations"])
        for _ in range(30)
    }
    assert len(seen) > 20

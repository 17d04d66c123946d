"""Texts on their way out of the sheets: no order, no link, no length survives; without a reader, nothing does."""

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import keys
from labqvt.demonstration.written import QUESTIONS
from labqvt.evidence import door, kept_texts
from labqvt.evidence.displays import Sheet
from labqvt.evidence.models import SealedText, TextReading
from labqvt.evidence.queries import release_of
from labqvt.evidence.texts import shuffled, taken_out
from labqvt.foundation import jobs
from labqvt.foundation.models import Job
from labqvt.foundation.sealed import SealedTableError, opened
from labqvt.responses.kept import has_a_time, kept_tables
from labqvt.responses.models import SealedSheet
from labqvt_forms import Questionnaire
from labqvt_forms.answers import DECLINED_CODE
from tests.labqvt.verbatims.factories import CHANGES, HELPS, closed_with_texts, reading_of

FORM = Questionnaire(id="q", languages=("fr",), groups=(QUESTIONS,))
PLAN = {"questions": ["AIDE", "CHANGE"], "from": 10, "shown_from": 3}


def sheets_of(texts, *, people, audience="employees"):
    return [
        Sheet(audience, "s", {q: said[rank] for q, said in texts.items() if rank < len(said)})
        for rank in range(people)
    ]


words = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=4), max_size=14)


@given(helps=words, changes=words, people=st.integers(0, 14), direction=words)
def test_what_is_taken_out_is_what_employees_wrote_or_nothing(helps, changes, people, direction):
    sheets = sheets_of({"AIDE": helps, "CHANGE": changes}, people=people)
    sheets += sheets_of({"AIDE": direction}, people=len(direction), audience="direction")
    out = taken_out(sheets, FORM, PLAN)
    written = {"AIDE": helps[:people], "CHANGE": changes[:people]}
    expected = {q: Counter(said) for q, said in written.items() if people >= 10 and len(said) >= 3}
    assert {question: Counter(said) for question, said in out.items()} == expected


def test_without_a_plan_nothing_is_taken_out():
    assert taken_out(sheets_of({"AIDE": HELPS}, people=12), FORM, None) == {}


def test_a_declined_or_blank_answer_is_no_text():
    declined = [Sheet("employees", "s", {"AIDE": said}) for said in (DECLINED_CODE, "  ", "", None, ["x"])]
    assert taken_out([*declined, *sheets_of({"AIDE": HELPS[:2]}, people=7)], FORM, PLAN) == {}


def test_every_order_is_as_likely_and_two_questions_share_none():
    """Three people who write to two questions: the 36 pairs of orders come equally often (chi-squared)."""
    texts = {"AIDE": ["a1", "a2", "a3"], "CHANGE": ["c1", "c2", "c3"]}
    sheets, draws = sheets_of(texts, people=10), 7200
    seen = Counter()
    for _draw in range(draws):
        out = taken_out(sheets, FORM, PLAN)
        seen[tuple(out["AIDE"]), tuple(out["CHANGE"])] += 1
    assert set(seen) == {(a, c) for a in permutations(texts["AIDE"]) for c in permutations(texts["CHANGE"])}
    expected = draws / 36
    assert sum((n - expected) ** 2 / expected for n in seen.values()) < 85  # 35 degrees: once in 200,000


def test_shuffling_keeps_what_it_is_given():
    given_texts = ["x", "x", "y"]
    assert sorted(shuffled(given_texts)) == given_texts
    assert given_texts == ["x", "x", "y"]


@pytest.mark.django_db
def test_the_order_of_rows_follows_nobody():
    """Whoever sent first is not first on the reader’s table more often than another."""
    reading = reading_of(texts={"AIDE": ["un", "deux", "trois"]})
    campaign = reading.campaign
    firsts = Counter()
    for _round in range(120):
        kept_texts.destroy(campaign)
        kept_texts.keep(campaign, {"AIDE": shuffled(["un", "deux", "trois"])})
        firsts[kept_texts.read(campaign, 1).words] += 1
    assert set(firsts) == {"un", "deux", "trois"}
    assert max(firsts.values()) < 75


@pytest.mark.django_db
def test_texts_leave_their_sheets_one_by_one():
    reading = reading_of()
    campaign = reading.campaign
    kept = kept_texts.every(campaign, list(SealedText.State))
    assert Counter(text.words for _place, text in kept) == Counter([*HELPS, *CHANGES])
    assert Counter(place.question for place, _text in kept) == {"AIDE": 8, "CHANGE": 5}
    with opened("door"):
        assert not SealedSheet.objects.filter(campaign=campaign).exists()
        rows = list(SealedText.objects.filter(campaign=campaign))
    assert {field.name for field in SealedText._meta.concrete_fields} == {
        "id", "campaign", "question", "state", "ciphertext",
    }  # fmt: skip
    assert not has_a_time(SealedText)
    assert len({len(bytes(row.ciphertext)) for row in rows}) == 1
    assert not keys.exist(campaign)  # the key that opened the sheets is gone; theirs is another
    assert kept_texts.path_of_key(campaign).stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_text_changes_neither_the_release_nor_its_length():
    short, long = reading_of(texts={"AIDE": ["a", "b", "c"]}), reading_of(texts={"AIDE": ["é" * 1000] * 3})
    contents = [release_of(reading.campaign).content for reading in (short, long)]
    assert contents[0] == contents[1]
    with opened("door"):
        lengths = {len(bytes(row.ciphertext)) for row in SealedText.objects.all()}
    assert len(lengths) == 1


CAUSES = {
    "no reader": {"with_reader": False},
    "nine answers": {"employees": 9},
    "two texts to each question": {"texts": {"AIDE": HELPS[:2], "CHANGE": CHANGES[:2]}},
    "nobody wrote": {"texts": {}},
    "no result": {"employees": 5},
}


@pytest.mark.django_db
@pytest.mark.parametrize("traits", CAUSES.values(), ids=CAUSES)
def test_texts_that_may_not_be_read_are_destroyed_unread(traits):
    campaign = closed_with_texts(**traits)
    door.open_envelopes(campaign.public_id)
    with opened("door"):
        assert not SealedText.objects.exists()
    assert not TextReading.objects.exists()
    assert not kept_texts.path_of_key(campaign).exists()
    assert not Job.objects.filter(kind="verbatims.call_reader").exists()


@pytest.mark.django_db
def test_the_direction_s_words_are_never_kept():
    reading = reading_of(direction_writes="La direction écrit ceci")
    kept = kept_texts.every(reading.campaign, list(SealedText.State))
    assert len(kept) == 13
    assert "La direction écrit ceci" not in {text.words for _place, text in kept}


@pytest.mark.django_db
def test_a_question_that_few_wrote_to_is_not_read():
    reading = reading_of(texts={"AIDE": HELPS, "CHANGE": CHANGES[:2]})
    assert {place.question for place in kept_texts.places(reading.campaign)} == {"AIDE"}


class Crash(BaseException):
    pass


@pytest.mark.django_db
@pytest.mark.parametrize(
    "step", ["kept_texts.keep", "TextReading.objects.create", "_destroy", "record_release"]
)
def test_a_crash_while_texts_are_put_away_loses_nothing_and_doubles_nothing(monkeypatch, step):
    campaign = closed_with_texts()

    def crash(*_args, **_kwargs):
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(f"labqvt.evidence.door.{step}", crash)
        with pytest.raises(Crash):
            door.open_envelopes(campaign.public_id)
    door.open_envelopes(campaign.public_id)
    assert len(kept_texts.places(campaign)) == 13
    assert kept_texts.read(campaign, 1).words in HELPS


@pytest.mark.django_db
def test_outside_the_reading_texts_cannot_be_touched():
    reading = reading_of()
    for statement in (
        SealedText.objects.count,
        lambda: SealedText.objects.filter(campaign=reading.campaign).delete(),
        lambda: list(SealedText.objects.values_list("ciphertext")),
        lambda: connection.cursor().execute("SELECT * FROM evidence_sealedtext"),
    ):
        with pytest.raises(SealedTableError):
            statement()


@pytest.mark.django_db
def test_the_reading_opens_texts_and_no_sheet():
    reading_of()
    with opened("reading"):
        assert SealedText.objects.count() == 13
        for statement in (
            "SELECT * FROM responses_sealedsheet",
            "SELECT ciphertext FROM evidence_sealedtext UNION SELECT ciphertext FROM responses_sealedsheet",
        ):
            with pytest.raises(SealedTableError):
                connection.cursor().execute(statement)


@pytest.mark.django_db
def test_with_the_key_gone_every_copy_is_noise():
    """A backup of the table, restored after the reading: nothing opens it."""
    reading = reading_of()
    campaign = reading.campaign
    with opened("door"):
        backup = list(SealedText.objects.filter(campaign=campaign))
    kept_texts.destroy(campaign)
    kept_texts.destroy_key(campaign)
    with opened("door"):
        SealedText.objects.bulk_create(backup)
    with pytest.raises(keys.KeyLostError, match="ne peuvent plus être lus"):
        kept_texts.read(campaign, 1)


@pytest.mark.django_db
def test_a_key_left_by_a_crash_is_destroyed_within_the_hour():
    reading = reading_of()
    kept_texts.destroy(reading.campaign)
    TextReading.objects.filter(pk=reading.pk).update(state="ended")
    jobs.enqueue("evidence.release_late", title="reprise")
    jobs.run_due()
    assert not kept_texts.path_of_key(reading.campaign).exists()


@pytest.mark.django_db
def test_the_database_refuses_extracts_that_were_not_published():
    reading = reading_of()
    with pytest.raises(IntegrityError), transaction.atomic():
        TextReading.objects.filter(pk=reading.pk).update(content={"questions": []})


def test_the_page_of_what_the_server_keeps_tells_of_texts():
    [table] = [table for table in kept_tables() if "textes libres" in table.title]
    assert [name for name, _meaning in table.columns] == [
        "Numéro tiré au hasard", "Campagne", "Question", "Où en est la lecture", "Texte chiffré",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="pages d’un fichier SQLite")
def test_no_word_of_a_text_is_anywhere_in_the_file():
    """Database, journal, jobs, mail rows: the file itself is read, write-ahead log included."""
    secret = "Rhododendron confidentiel"
    reading_of(texts={"AIDE": [f"{secret} {rank}" for rank in range(4)]})
    jobs.run_due()
    connection.close()
    name = Path(connection.settings_dict["NAME"])
    for path in name.parent.glob(f"{name.name}*"):
        assert b"Rhododendron" not in path.read_bytes()

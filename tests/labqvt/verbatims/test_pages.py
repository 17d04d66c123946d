"""The reader’s table as it is used, without JavaScript."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from labqvt.evidence import kept_texts
from labqvt.evidence.models import Release, SealedText, TextReading
from labqvt.verbatims import services
from tests.labqvt.verbatims.factories import account, reading_of
from tests.labqvt.verbatims.test_services import again, propose

pytestmark = pytest.mark.django_db
Text = SealedText.State


@pytest.fixture
def reading():
    return reading_of(texts={"AIDE": [f"Depuis que Karim est parti, version {rank}" for rank in range(6)]})


@pytest.fixture
def table(client, reading):
    client.force_login(reading.campaign.reader)
    return client


def url(reading, name, *more):
    return reverse(f"verbatims:{name}", args=[reading.campaign.public_id, *more])


def test_a_name_is_pointed_at_then_masked(table, reading):
    page = table.get(url(reading, "text", 1)).content.decode()
    assert "<mark>Karim</mark>" in page
    assert "un nom" in page
    words = kept_texts.read(reading.campaign, 1).words
    answer = table.post(url(reading, "text", 1), {"act": "mask", "words": words, "hidden": "0"})
    assert answer.status_code == 302
    assert kept_texts.read(reading.campaign, 1).words == words.replace("Karim", "[…]")


def test_proposing_goes_on_to_the_next_text(table, reading):
    answer = table.post(url(reading, "text", 1), {"act": "propose", "words": "Depuis ce départ"}, follow=True)
    assert answer.redirect_chain == [(url(reading, "text", 2), 302)]
    assert "Le texte reçu est détruit" in answer.content.decode()
    assert kept_texts.places(reading.campaign)[0].state == Text.PROPOSED
    settled = table.get(url(reading, "text", 1)).content.decode()
    assert "Depuis ce départ" in settled
    assert "Karim" not in settled


def test_the_last_text_leads_back_to_the_table(table, reading):
    propose(reading, range(1, 6))
    answer = table.post(url(reading, "text", 6), {"act": "leave", "words": "x"})
    assert answer.url == url(reading, "reading")


def test_danger_says_what_to_do_and_nobody_is_written_to(table, reading, mailoutbox):
    answer = table.post(url(reading, "text", 1), {"act": "aside", "reason": "danger"}, follow=True)
    assert "3114" in answer.content.decode()
    assert "Ne cherchez pas qui a écrit" in answer.content.decode()
    assert mailoutbox == []
    assert kept_texts.places(reading.campaign)[0].state == Text.ASIDE


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"act": "propose", "words": " "}, "Il ne reste rien de ce texte"),
        ({"act": "propose", "words": "x" * 1001}, "1000"),
        ({"act": "aside"}, "Dites pourquoi ce texte est mis de côté"),
    ],
    ids=["empty", "too long", "no reason"],
)
def test_a_mistake_is_said_and_nothing_is_lost(table, reading, data, sentence):
    answer = table.post(url(reading, "text", 1), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\u202f", "").replace("&nbsp;", "")
    assert kept_texts.read(reading.campaign, 1).received


@pytest.mark.parametrize("number", [0, 7, 99])
def test_a_text_that_does_not_exist(table, reading, number):
    assert table.get(url(reading, "text", number)).status_code == 404


def test_an_act_that_does_not_exist(table, reading):
    assert table.post(url(reading, "text", 1), {"act": "publish"}).status_code == 404


def test_themes_are_added_renamed_and_removed(table, reading):
    table.post(url(reading, "add_theme"), {"label": "Les départs"})
    [theme] = again(reading).themes
    table.post(url(reading, "theme", theme["id"]), {"label": "Ceux qui partent"})
    assert "Ceux qui partent" in table.get(url(reading, "text", 1)).content.decode()
    assert table.post(url(reading, "theme", theme["id"]), {"label": ""}).status_code == 422
    table.post(url(reading, "theme", theme["id"]), {"remove": "1"})
    assert "Ceux qui partent" not in table.get(url(reading, "reading")).content.decode()
    assert table.get(url(reading, "theme", theme["id"])).status_code == 404


def test_the_table_asks_as_much_for_six_texts_as_for_thirteen(table, reading):
    other = reading_of()
    counts = []
    for one in (reading, other):
        table.force_login(one.campaign.reader)
        table.get(url(one, "reading"))
        with CaptureQueriesContext(connection) as asked:
            table.get(url(one, "reading"))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_from_the_reader_s_end_to_what_everyone_reads(client, table, reading):
    propose(reading)
    asked = table.get(url(reading, "finish")).content.decode()
    assert "6 extraits sont proposés" in asked.replace("\u202f", " ").replace("\xa0", " ")
    assert table.post(url(reading, "finish")).status_code == 302
    employee, director = account(reading.campaign, "employee"), account(reading.campaign, "director")
    client.force_login(employee)
    review = url(reading, "review")
    assert client.post(review, {}).status_code == 422
    fields = list(client.get(review).context["form"].fields)
    answer = client.post(review, dict.fromkeys(fields, "yes"))
    diagnosis = reverse("diagnostics:diagnosis", args=[reading.campaign.public_id])
    assert answer.url == diagnosis
    pages = []
    for person in (employee, director):
        client.force_login(person)
        page = client.get(diagnosis).content.decode()
        pages.append(page[page.index('id="texts"') : page.index('id="discuter"')])
        assert (
            client.get(reverse("diagnostics:diagnosis_pdf", args=[reading.campaign.public_id])).status_code
            == 200
        )
    assert pages[0] == pages[1]
    assert pages[0].count("<blockquote") == 6


def test_when_nothing_appears_the_page_says_so_once_the_announced_day_has_passed(client, reading):
    propose(reading, quoted=False)
    services.finish(reading=reading, by=reading.campaign.reader)
    assert again(reading).state == TextReading.State.ENDED
    client.force_login(account(reading.campaign, "director"))
    diagnosis = reverse("diagnostics:diagnosis", args=[reading.campaign.public_id])
    assert "au plus tard le" in client.get(diagnosis).content.decode()
    Release.objects.update(released_at=timezone.now() - timedelta(days=29))
    assert "Aucun extrait ne paraît" in client.get(diagnosis).content.decode()

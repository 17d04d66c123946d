"""What surrounds the questions: easy words, help, languages, names read aloud, weight, errors."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from labqvt.instruments import queries as instruments
from labqvt.instruments.answerable import asks_the_same
from labqvt.instruments.shipping import publish_shipped_packs
from labqvt.people import services as people
from labqvt.people.helplines import HELPLINES
from labqvt.responses.gate import wrong_codes
from tests.factories import AccountFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.responses.every_kind import POSTED, open_campaign
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import Walker, enter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_wrong_try_yet() -> None:
    wrong_codes.forget()


@pytest.fixture
def campaign():
    return CampaignFactory(open=True)


# Easy words


@pytest.fixture
def campaign_in_easy_words():
    publish_shipped_packs()
    return CampaignFactory(open=True)


def test_a_launched_campaign_remembers_the_easy_words_of_both_questionnaires(campaign_in_easy_words):
    campaign = campaign_in_easy_words
    easy = campaign.parameters["easy"]
    assert set(easy) == {campaign.version.public_id, campaign.mirror.public_id}
    for plain in (campaign.version, campaign.mirror):
        other = instruments.easier_of(plain)
        assert easy[plain.public_id] == other.public_id
        assert asks_the_same(plain.form, other.form)


def test_easy_words_lose_no_answer_on_any_page_and_the_sheet_is_the_same(campaign_in_easy_words):
    campaign = campaign_in_easy_words
    walker = enter(codes_of(campaign)[0])
    walker.press("Facile à lire")
    assert walker.heading == campaign.title
    walker.press("Commencer")
    easy = walker.page.legend.get_text()
    walker.press("Texte courant", **{"a.REL1": "4"})
    assert walker.checked() == {"a.REL1": "4"}
    assert walker.page.select_one(".question legend").get_text() != easy
    walker.press("Facile à lire").press("English")
    assert walker.page.html["lang"] == "en"
    assert walker.checked() == {"a.REL1": "4"}
    walker.press("Français").press("Qui verra mes réponses").press("Texte courant").press("Facile à lire")
    walker.press("Revenir à la page 1")
    assert walker.checked() == {"a.REL1": "4"}
    assert "Texte courant" in walker.text
    while "Avant d’envoyer" not in walker.heading:
        walker.press("Page suivante")
    walker.press("Texte courant").press("Facile à lire").press("Envoyer mes réponses")
    assert [sheet["answers"] for sheet in opened_sheets(campaign)] == [{"REL1": "4"}]


def test_no_easy_words_are_offered_where_there_are_none():
    walker = enter(codes_of(open_campaign())[0])
    assert "Facile à lire" not in walker.text


# Help


def test_help_is_one_tap_away_from_every_page_and_loses_nothing(campaign):
    people.set_help_contacts(
        structure=campaign.organisation,
        contacts={"union": {"who": "Union locale", "phone": "+33 4 00 00 00 00", "about": "le jeudi"}},
        by=AccountFactory(director_of=campaign.organisation),
    )
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    walker.press("Besoin d’aide", **{"a.REL1": "5"})
    assert walker.heading == "Besoin d’aide maintenant ?"
    assert "Union locale" in walker.text
    numbers = [a["href"] for a in walker.page.select("a[href^='tel:']")]
    assert numbers == ["tel:+33400000000", *(f"tel:{line.dialled}" for line in HELPLINES)]
    walker.press("English").press("Back to page 1")
    assert walker.checked() == {"a.REL1": "5"}


def test_help_works_without_anything_set_and_before_any_code(campaign):
    walker = Walker().get("/r/aide/")
    for line in HELPLINES:
        assert line.number in walker.text
        assert line.source.startswith("https://")
    assert "Pour " + campaign.organisation.name not in walker.text
    inside = enter(codes_of(campaign)[0]).press("Besoin d’aide")
    assert inside.status == 200
    assert "Pour " + campaign.organisation.name not in inside.text


def test_every_page_leads_to_help(campaign):
    code = codes_of(campaign)[0]
    walker = Walker().get("/r/")
    seen = [walker.text]
    addresses = ("/r/borne/", "/r/qui-verra/", "/r/ce-que-garde-le-serveur/")
    seen += [Client().get(address).content.decode() for address in addresses]
    walker = enter(code)
    seen.append(walker.text)
    walker.press("Commencer")
    while "Avant d’envoyer" not in walker.heading:
        seen.append(walker.text)
        walker.press("Page suivante")
    seen.append(walker.text)
    walker.press("Envoyer mes réponses")
    seen += [walker.text, enter(code).text, enter("AAAA2222").text]
    assert [text for text in seen if "Besoin d’aide maintenant" not in text] == []


# Names, errors


def test_a_question_is_named_by_its_legend_and_its_error_by_its_description():
    walker = enter(codes_of(open_campaign())[0]).press("Commencer")
    block = walker.page.select_one("fieldset.block")
    assert block.legend.get_text() == "Dans mon équipe"
    assert walker.page.find(id=block["aria-describedby"]).get_text() == "Pensez au dernier mois."
    [first, *_] = block.select("fieldset.question")
    assert (first["role"], first.legend.get_text(strip=True)) == ("radiogroup", "Je peux demander de l’aide.")
    walker.press("Page suivante").press("Page suivante", **{"a.order": ["pay", "pay", ""]})
    assert walker.status == 422
    assert walker.title.startswith("Erreur :")
    for link in walker.page.select(".error-summary a"):
        assert walker.page.find(id=link["href"].removeprefix("#")).name in {"input", "select", "textarea"}
    for element in walker.page.select("[aria-describedby]"):
        for id_ in element["aria-describedby"].split():
            assert walker.page.find(id=id_), id_
    assert walker.page.find(id="q-a.moves")["aria-invalid"] == "true"
    assert [select["aria-invalid"] for select in walker.page.select("select[name='a.order']")] == ["true"] * 3
    placed = [select.select_one("[selected]") for select in walker.page.select("select[name='a.order']")]
    assert [option and option["value"] for option in placed] == ["pay", "pay", None]


def test_nothing_is_chosen_in_advance_in_any_kind_of_question():
    walker = enter(codes_of(open_campaign())[0]).press("Commencer")
    pages = set()
    for sent in POSTED:
        if (
            walker.title not in pages
        ):  # the page that stays because a question was added holds what was answered
            assert walker.page.select("main [checked], main [selected]") == []
            written = walker.page.select("main textarea, main input.control")
            assert [field for field in written if field.text.strip() or field.get("value")] == []
        for question in walker.page.select(".question"):
            assert "Je préfère ne pas répondre" in question.get_text()
        pages.add(walker.title)
        walker.press("Page suivante", **sent)
    assert len(pages) == 4


def test_a_mistake_is_told_again_in_the_other_language():
    walker = enter(codes_of(open_campaign())[0]).press("Commencer").press("Page suivante")
    walker.press("Page suivante", **{"a.moves": "no"})
    walker.press("English", **{"a.km": "mille"})
    assert walker.status == 422
    assert walker.page.select_one("input[name='a.km']")["value"] == "mille"
    assert "Write a number" in walker.text


# Weight


@pytest.mark.parametrize("shared", [False, True])
def test_the_first_pages_weigh_under_25_kilobytes(campaign, shared):
    style = Path(finders.find("foundation/respond.css")).stat().st_size
    walker = Walker().get("/r/")
    pages = {"code": walker.response.content}
    walker.press("Continuer", code=codes_of(campaign)[0])
    pages["intro"] = walker.response.content
    pages["page 1"] = walker.press("Commencer").response.content
    if shared:
        pages = {"borne": Client().get("/r/borne/").content}
    assert {name: len(page) + style for name, page in pages.items() if len(page) + style > 25_000} == {}


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"code=" + b"a" * 3_000_000),
        ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % rank for rank in range(3_000))),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--x\r\ncut"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(content_type, body):
    response = Client().generic("POST", "/r/", body, content_type=content_type)
    assert response.status_code < 500
    assert "<h1>" in response.content.decode()
    assert "default-src" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"

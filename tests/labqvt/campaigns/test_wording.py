"""Texts ready to send: no code where there must be none, one SMS whatever the title, both languages."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import codes, gsm7, papers, wording
from labqvt.campaigns.models import Campaign
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of
from tests.labqvt.campaigns.ways import ADDRESS, by_link, by_mail

ANY_TEXT = st.text(max_size=300)


@given(text=ANY_TEXT)
def test_any_text_is_brought_into_the_alphabet_of_telephones(text):
    assert gsm7.length(gsm7.written(text)) >= 0


@given(text=ANY_TEXT, room=st.integers(0, 60))
def test_a_text_is_cut_at_a_word_and_fits(text, room):
    assert gsm7.length(gsm7.cut(gsm7.written(text), room)) <= room


def test_signs_of_two_places_count_for_two():
    assert gsm7.length("1 €") == 4
    with pytest.raises(ValueError, match="ê"):
        gsm7.length("fête")
    assert gsm7.written("« Fête » à l’école… œuf") == '"Fete" à l\'école... oeuf'


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "make", [lambda: CampaignFactory(open=True), by_link, by_mail], ids=["hat", "link", "mail"]
)
def test_texts_of_each_way_hold_the_address_and_the_promise(language, make):
    campaign = make()
    address = papers.link_to(campaign, ADDRESS)
    with override(language):
        texts = [wording.invitation(campaign, address), wording.reminder(campaign, address)]
        sms = [wording.sms(campaign, address), wording.sms(campaign, address, again=True)]
    for message in texts:
        assert "exemple.invalid/r/" in message.body
        assert {"fr": "avant la clôture", "en": "before"}[language] in message.body
    for text in sms:
        assert gsm7.length(text) <= gsm7.ONE_MESSAGE
        assert address in text
    if campaign.is_by_link:
        assert f"#{campaign.link.word}" in texts[0].body
        assert f"#{campaign.link.word}" in sms[0]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_sms_is_one_whatever_the_title(language):
    campaign = CampaignFactory(open=True)
    address = "https://une-adresse-assez-longue.reseau-exemple.invalid/r/#7KXM3T"
    for title in (
        "",
        "é" * 200,
        "€uro " * 40,
        "Mot" * 60,
        "😀 bonjour",
        "Qualité de vie au travail, novembre 2026",
    ):
        campaign.title = title
        with override(language):
            for again in (False, True):
                text = wording.sms(campaign, address, again=again)
                assert gsm7.length(text) <= gsm7.ONE_MESSAGE, text
                assert address in text


@pytest.mark.django_db
def test_only_the_message_to_one_address_holds_a_code():
    campaign = by_mail()
    code = codes.drawn_at_random()
    body = wording.invitation(campaign, ADDRESS, code).body
    assert codes.grouped(code) in body
    assert codes.spelled(code) in body
    assert "confidentielle" in body
    assert "anonyme" not in body.replace("pas anonyme", "")
    hat = CampaignFactory(open=True)
    printed = {codes.grouped(code) for code in codes_of(hat)}
    for message in (
        wording.invitation(hat, ADDRESS),
        wording.reminder(hat, ADDRESS),
        wording.for_a_relay(hat, ADDRESS),
    ):
        assert not [code for code in printed if code in message.body]


def test_a_code_is_spelled_sign_by_sign():
    assert codes.spelled("7KXM3TQH") == "7 K X M, 3 T Q H"
    assert codes.normalised(codes.spelled("7KXM3TQH")) == "7KXM3TQH"


def test_what_is_drawn_at_random_is_a_code():
    drawn = {codes.drawn_at_random() for _ in range(50)}
    assert len(drawn) == 50
    assert all(codes.normalised(code) == code for code in drawn)


@pytest.mark.django_db
def test_the_word_confidential_or_anonymous_is_said_of_each_way():
    assert Campaign(way_in=Campaign.WayIn.HAT_CODES).is_anonymous
    assert Campaign(way_in=Campaign.WayIn.OPEN_LINK).is_anonymous
    assert not Campaign(way_in=Campaign.WayIn.PERSONAL_CODES).is_anonymous

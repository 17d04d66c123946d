"""The home of a draft: what it shows, every act on a line, back and forth."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from labqvt.instruments import drafts
from labqvt_forms import Kind, editing
from labqvt_forms.spots import Spot
from tests.labqvt.instruments.editor.conftest import add

pytestmark = pytest.mark.django_db


def test_it_shows_what_is_asked_how_and_when(desk):
    page = desk.see("edit")
    for told in (
        "Votre équipe", "Vos idées", "Avez-vous un entretien", "Oui · Non",
        "Afficher si «\u202fAvez-vous un entretien\u202f?\u202f» est «\u202fOui\u202f»", "Rempli", "3 questions",
    ):  # fmt: skip
        assert told in page


def test_a_question_moves_up_down_to_another_page_and_where_it_is_dropped(desk):
    first, second, third = (item.id for item in desk.form.items)
    answer = desk.do("edit_question_move", first, by="1")
    assert answer["Location"].endswith(f"#q-{first}")
    assert [item.id for item in desk.form.items] == [second, first, third]
    desk.do("edit_question_move", first, by="1")
    assert [item.id for item in desk.form.groups[1].items] == [first, third]
    desk.do("edit_question_move", third, page="G1", at="0")
    assert [item.id for item in desk.form.groups[0].items] == [third, second]
    desk.do("edit_question_move", third, page="G1", at="99")
    assert [item.id for item in desk.form.groups[0].items] == [second, third]


def test_at_the_edge_the_reason_is_said(desk):
    answer = desk.client.post(
        desk.url("edit_question_move", desk.form.items[0].id), {"by": "-1"}, follow=True
    )
    assert "extrémité du questionnaire" in answer.content.decode()


def test_what_depends_on_a_question_is_told_before_it_goes_and_undo_brings_all_back(desk):
    asked, following, _rating = (item.id for item in desk.form.items)
    before = desk.form
    answer = desk.do("edit_question_remove", asked)
    assert answer.status_code == 200
    assert "la condition de «\u202fLequel\u202f?\u202f»".lower() in answer.content.decode().lower()
    assert desk.form == before
    desk.do("edit_question_remove", asked, sure="1")
    assert desk.form.items[0].id == following
    assert desk.form.items[0].relevant is None
    page = desk.see("edit")
    assert "Question supprimée : Avez-vous un entretien" in page.replace("\u00a0", " ")
    desk.do("edit_undo")
    assert desk.form == before
    desk.do("edit_redo")
    assert len(desk.form.items) == 2


def test_nothing_left_to_undo_is_said_not_refused(client, author, draft):
    client.force_login(author)
    address = reverse("instruments:edit_undo", args=[draft.public_id])
    assert "plus rien à annuler" in client.post(address, follow=True).content.decode()


def test_undo_goes_back_to_the_page_where_it_was_asked_and_nowhere_else(desk):
    asked = desk.url("edit_settings")
    assert desk.do("edit_undo", next=asked)["Location"] == asked
    assert desk.do("edit_redo", next="https://ailleurs.invalid/")["Location"] == desk.url("edit")


def test_a_question_is_copied_right_after_itself(desk):
    desk.do("edit_question_duplicate", desk.form.items[0].id)
    assert desk.words() == ["Avez-vous un entretien ?"] * 2 + ["Lequel ?", "Quelle note ?"]
    assert len({item.id for item in desk.form.items}) == 4


def test_pages_are_added_named_moved_copied_and_removed(desk):
    desk.do("edit_page_add", title="Pour finir")
    last = desk.form.groups[-1].id
    desk.do("edit_page", last, title="La fin", description="Merci d’avance.", random_order="on")
    group = desk.form.groups[-1]
    assert (group.title.pick("fr"), group.description.pick("fr"), group.random_order) == (
        "La fin",
        "Merci d’avance.",
        True,
    )
    desk.do("edit_page_move", last, by="-1")
    assert [group.id for group in desk.form.groups].index(last) == 1
    desk.do("edit_page_duplicate", "G1")
    assert len(desk.form.groups) == 4
    assert len(desk.form.groups[1].items) == 2
    desk.do("edit_page_remove", last)
    assert last not in [group.id for group in desk.form.groups]
    answer = desk.do("edit_page_remove", "G1")
    assert answer.status_code == 302  # what uses its questions is inside it


@pytest.mark.parametrize(
    ("kind", "sent", "kept"),
    [
        ("yes_no", {}, Kind.YES_NO), ("rating", {}, Kind.RATING), ("number", {}, Kind.NUMBER),
        ("text", {}, Kind.TEXT), ("date", {}, Kind.DATE), ("note", {}, Kind.NOTE),
        ("single", {"answers": "Un\nDeux"}, Kind.SINGLE), ("multiple", {"answers": "Un\nDeux"}, Kind.MULTIPLE),
        ("block", {"rows": "Je dors bien.\nJe ris."}, Kind.BLOCK), ("numbers", {"rows": "Femmes\nHommes"}, Kind.NUMBERS),
        ("texts", {"rows": "Un\nDeux"}, Kind.TEXTS), ("dual", {"rows": "Je ris."}, Kind.DUAL),
    ],
)  # fmt: skip
def test_each_way_of_answering_is_written_in_one_screen(desk, kind, sent, kept):
    answer = desk.do("edit_add", "G1", kind=kind, label="Et vous ?", **sent)
    assert answer.status_code == 302, answer.content.decode()
    item = desk.form.groups[0].items[-1]
    assert (item.kind, item.label.pick("fr")) == (kept, "Et vous ?")
    assert answer["Location"].endswith(f"#q-{item.id}")
    if "rows" in sent:
        assert [row.label.pick("fr") for row in item.rows] == sent["rows"].split("\n")
    if "answers" in sent:
        assert [choice.label.pick("fr") for choice in item.choices.choices] == ["Un", "Deux"]


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ({"label": "Et vous ?"}, "Choisissez comment on y répond."),
        ({"kind": "yes_no"}, "Écrivez votre question."),
        ({"kind": "single", "label": "Lequel ?", "answers": "Un"}, "Écrivez au moins deux réponses"),
        ({"kind": "block", "label": "Et ?"}, "Écrivez au moins une ligne"),
        ({"kind": "file", "label": "Un CV ?"}, "n’en fait pas partie"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(desk, sent, reason):
    answer = desk.do("edit_add", "G1", **sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert reason in page
    assert sent.get("label", "") in page
    assert len(desk.form.items) == 3


def test_one_may_write_several_questions_in_a_row(desk):
    answer = desk.do("edit_add", "G1", kind="yes_no", label="Encore ?", act="again")
    assert answer["Location"].startswith(desk.url("edit_add", "G1"))
    assert "Ajoutée : «\u202fEncore ?\u202f»".replace(" ?", "\u202f?") in desk.client.get(
        answer["Location"]
    ).content.decode().replace("\u00a0", " ")


def test_a_partial_refresh_is_the_desk_of_the_whole_page(desk):
    whole = BeautifulSoup(desk.see("edit"), "html.parser").find(id="desk")
    part = desk.client.get(desk.url("edit"), headers={"HX-Request": "true"}).content.decode()
    partial = BeautifulSoup(part, "html.parser").find(id="desk")
    token = re.compile(r'value="\w{64}"')
    assert token.sub("", str(partial)) == token.sub("", str(whole))
    assert "<html" not in part


def test_a_long_draft_opens_one_page_at_a_time(desk, author):
    form = desk.form
    for n in range(62):
        form = add(form, "G1", Kind.YES_NO, f"Question numéro {n} ?")
    drafts.change(version=desk.version, form=form, sentence="Long", by=author)
    page = desk.see("edit")
    assert "Question numéro 47" in page
    assert "Question numéro 48" not in page
    assert "Quelle note" not in page
    assert "Question numéro 61" in desk.see("edit", page="G1", depuis="50")
    assert "Quelle note" in desk.see("edit", page=form.groups[1].id)


def test_it_costs_the_same_whatever_its_length(desk, author, django_assert_num_queries):
    for words in ("", "Deuxième ?", "Troisième ?"):
        if words:
            form = add(desk.form, "G1", Kind.YES_NO, words)
            drafts.change(version=desk.version, form=form, sentence=words, by=author)
        with django_assert_num_queries(6):
            desk.see("edit")


def test_an_act_costs_the_same_whatever_the_length(desk, author, django_assert_num_queries):
    moved = desk.form.items[0].id
    desk.see("edit")
    for words in ("", "Deuxième ?", "Troisième ?"):
        if words:
            form = add(desk.form, "G1", Kind.YES_NO, words)
            drafts.change(version=desk.version, form=form, sentence=words, by=author)
            desk.see("edit")
        with django_assert_num_queries(10):
            desk.do("edit_question_move", moved, by="1")


def test_the_sentences_follow_the_language_of_the_page(desk, author):
    form = editing.add_language(desk.form, "en")
    form = editing.set_text(form, Spot.item(form.items[0].id), "label", "Do you have one?", "en")
    drafts.change(version=desk.version, form=form, sentence="Traduit", by=author)
    english = desk.client.get(desk.url("edit"), headers={"accept-language": "en"}).content.decode()
    assert "Show if “Do you have one?” is “Yes”" in english

"""What surrounds the questions: preview, trial, translation, scores, settings, bank, review, publication."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from labqvt.foundation.models import JournalEntry
from labqvt.instruments import drafts, services
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt_forms import Computed, Determinant, FileUpload, Formula, Kind, Text, editing
from tests.labqvt.instruments.editor.conftest import Desk, add
from tests.labqvt.instruments.factories import shipped

pytestmark = pytest.mark.django_db


# Preview


def test_the_preview_alone_may_be_framed_and_only_by_us(desk):
    framed = desk.client.get(desk.url("edit_preview"))
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "script-src 'none'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    page = desk.client.get(desk.url("edit"))
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert (
        "frame-src" not in desk.client.get(reverse("instruments:questionnaires"))["Content-Security-Policy"]
    )


def test_the_preview_shows_a_page_as_people_meet_it_with_its_conditions(desk):
    page = desk.see("edit_preview", page="G1")
    assert "Avez-vous un entretien" in page
    assert "Je préfère ne pas répondre" in page
    assert "Afficher si" in page
    assert "Quelle note" not in page
    assert "Quelle note" in desk.see("edit_preview", page=desk.form.groups[1].id)


def test_the_preview_speaks_each_language(desk, author):
    form = editing.add_language(desk.form, "en")
    drafts.change(version=desk.version, form=form, sentence="Anglais", by=author)
    page = desk.see("edit_preview", page="G1", lang="en")
    assert '<html lang="en">' in page
    assert "I prefer not to answer" in page


# Trial


def step(desk, answer, to, **answers):
    state = re.search(r'name="state" value="([^"]+)"', answer.content.decode())[1]
    return desk.do("edit_try", state=state, to=to, **answers)


def test_a_trial_follows_the_conditions_and_shows_what_would_be_kept(desk, author):
    form = desk.form
    yes_no, text, rating = (item.id for item in form.items)
    form = editing.add_scale(form, Text.of(fr="Élan"))
    form = editing.put_in_scale(form, form.scales[0].id, rating)
    total = Computed(id="double", label=Text.of(fr="Le double"), formula=Formula(f"${{{rating}}} * 2"))
    drafts.change(
        version=desk.version, form=editing.add_item(form, form.groups[1].id, total), sentence="x", by=author
    )
    answer = desk.client.get(desk.url("edit_try"))
    answer = step(desk, answer, 1)
    assert "Lequel" not in answer.content.decode()
    assert "1 question de cette page n’est pas posée" in answer.content.decode()
    answer = step(desk, answer, 2, **{f"a.{yes_no}": "yes"})
    assert "Lequel" in answer.content.decode()  # this answer called for another question of this page
    answer = step(desk, answer, 2, **{f"a.{yes_no}": "yes", f"a.{text}": "En mars"})
    answer = step(desk, answer, 3, **{f"a.{rating}": "8"})
    page = answer.content.decode()
    for told in ("Ce qui serait gardé", "En mars", "Oui", "80", "16", f"<code>{text}</code>"):
        assert told in page
    back = step(desk, answer, 1).content.decode()
    assert 'value="yes" checked' in back


def test_a_trial_writes_nothing_and_refuses_what_people_could_not_send(desk):
    answer = step(desk, desk.client.get(desk.url("edit_try")), 1)
    with CaptureQueriesContext(connection) as context:
        wrong = step(desk, answer, 2, **{f"a.{desk.form.items[0].id}": "peut-être"})
    assert wrong.status_code == 422
    assert "Choisissez l’une des réponses proposées" in wrong.content.decode()
    assert [
        q["sql"]
        for q in context.captured_queries
        if not q["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE", "PRAGMA"))
    ] == []


@pytest.mark.parametrize("state", ["", "faux", "a:b:c"])
def test_a_state_that_was_altered_begins_again(desk, state):
    assert "Commencer" in desk.do("edit_try", state=state, to="0").content.decode()


# Translation


def test_translation_side_by_side_counts_what_is_missing(desk):
    answer = desk.do("edit_translate", act="add", language="en")
    assert answer["Location"] == desk.url("edit_translate_to", "en")
    page = desk.see("edit_translate_to", "en", page="G1")
    names = re.findall(r'<(?:input|textarea) class="control[^>]* name="([^"]+)"', page)
    first = desk.form.items[0].id
    assert f"item:{first}|label" in names
    desk.do("edit_translate_to", "en", **{f"item:{first}|label": "Do you have an appraisal?"})
    answer = desk.client.post(
        desk.url("edit_translate_to", "en") + "?page=G1", {f"item:{first}|label": "Do you have an appraisal?"}
    )
    assert answer.status_code == 302
    assert desk.form.items[0].label.get("en") == "Do you have an appraisal?"
    page = desk.see("edit_translate_to", "en", page="G1")
    assert page.index("Do you have an appraisal?") > page.index("Lequel")  # what is missing comes first
    desk.do("edit_translate", act="remove:en")
    assert desk.form.languages == ("fr",)
    assert "Do you have an appraisal?" not in str(desk.form.items[0].label.translations)


@pytest.mark.parametrize(
    ("act", "language", "reason"),
    [
        ("add", "fr", "déjà écrit"),
        ("remove:fr", "", "au moins une langue"),
        ("add", "n’importe", "pas un code de langue"),
    ],
)
def test_a_language_that_cannot_be_is_refused_with_its_reason(desk, act, language, reason):
    answer = desk.client.post(desk.url("edit_translate"), {"act": act, "language": language}, follow=True)
    assert reason in answer.content.decode()


def test_a_language_removed_meanwhile_gives_the_words_back(desk):
    answer = desk.do("edit_translate_to", "en", **{"questionnaire|title": "Our work"})
    assert answer.status_code == 409
    assert "Our work" in answer.content.decode()


# Scores


def test_a_score_is_named_filled_and_removed(desk):
    desk.do("edit_scales", act="add", label="Élan", determinant="contenu")
    scale, rating = desk.form.scales[0], desk.form.items[2].id
    page = desk.see("edit_scales", score=scale.id)
    assert "Quelle note" in page
    desk.do(
        "edit_scales", act="save", score=scale.id, label="Énergie", determinant="sante", rule="number", least="1",
        shown=[desk.form.items[0].id, rating], counted=[rating],
    )  # fmt: skip
    kept = desk.form.scales[0]
    assert (kept.label.pick("fr"), kept.determinant, kept.items, kept.missing_rule) == (
        "Énergie",
        Determinant.SANTE,
        (rating,),
        1,
    )
    answer = desk.do(
        "edit_scales",
        act="save",
        score=scale.id,
        label="Énergie",
        rule="number",
        least="9",
        shown=[rating],
        counted=[rating],
    )
    assert answer.status_code == 422
    desk.do("edit_scales", act="remove", score=scale.id)
    assert desk.form.scales == ()
    assert desk.do("edit_scales", act="add", label=" ").status_code == 422


# Settings


def test_settings_are_written_and_the_least_group_only_rises(desk):
    sent = {"title": "Nouveau titre", "welcome": "Bonjour", "end": "Merci", "description": "Pour voir"}
    assert desk.do("edit_settings", **sent, min_group="9").status_code == 302
    form = desk.form
    assert (form.title.pick("fr"), form.welcome.pick("fr"), form.end.pick("fr"), form.min_group) == (
        "Nouveau titre",
        "Bonjour",
        "Merci",
        9,
    )
    for lower in ("5", "0", "-3"):
        answer = desk.do("edit_settings", **sent, min_group=lower)
        assert answer.status_code == 422
        assert "ne peut que monter" in answer.content.decode()
    assert desk.form.min_group == 9


def test_the_next_version_may_not_lower_what_was_published(desk, author):
    desk.do("edit_settings", title="Titre", min_group="9")
    version = services.publish(version=desk.version, note="", by=author)
    following = Desk(desk.client, services.open_version(questionnaire=version.questionnaire, by=author))
    answer = following.do("edit_settings", title="Titre", min_group="8")
    assert answer.status_code == 422
    assert "La règle est déjà de 9" in answer.content.decode()


# Bank


def test_questions_are_taken_with_their_answers_translations_and_score(desk):
    base = shipped()
    page = desk.see("edit_bank", "G1", q="collegues aide")
    assert "Je peux demander de l’aide à mes collègues." in page
    keys = re.findall(
        r'name="take" value="([^"]+)"',
        desk.see("edit_bank", "G1", version=base.public_id, determinant="relations"),
    )
    desk.do("edit_bank", "G1", take=keys[:2], scored="1")
    taken = desk.form.groups[0].items[-1]
    assert taken.kind is Kind.BLOCK
    assert len(taken.rows) == 2
    assert taken.rows[0].label.get("en")
    source = base.form.variable(keys[0].split("|")[2])
    assert taken.choices.choices == source.choices.choices
    scale = desk.form.scales[0]
    assert scale.determinant is Determinant.RELATIONS
    assert scale.items == tuple(row.id for row in taken.rows)
    desk.do("edit_bank", "G1", take=keys[2:3], scored="1")
    assert len(desk.form.scales) == 1
    assert len(desk.form.scales[0].items) == 3


def test_a_bank_without_choice_is_told(desk):
    shipped()
    answer = desk.do("edit_bank", "G1", take=["faux|faux|"])
    assert answer.status_code == 422
    assert "Cochez au moins une question." in answer.content.decode()
    assert "Aucune question ne répond" in desk.see("edit_bank", "G1", q="xylophone")


def test_the_bank_holds_nothing_of_a_structure_that_is_not_mine(desk, own):
    version, director = own
    form = add(version.form, "propres", Kind.YES_NO, "Le patron est-il un secret ?")
    drafts.change(version=version, form=form, sentence="x", by=director)
    services.publish(version=version, note="", by=director)
    assert "Le patron" not in desk.see("edit_bank", "G1", q="secret")


# Review and publication


def test_remarks_lead_to_what_they_are_about(desk):
    desk.do("edit_add", "G1", kind="yes_no", label="Êtes-vous content de votre salaire et de vos horaires ?")
    asked = desk.form.groups[0].items[-1].id
    page = desk.see("edit_check")
    assert desk.url("edit_question", asked) in page
    outline = desk.see("edit")
    assert re.search(r"\d remarques?", outline)
    for headcount in ("12", "beaucoup", "-3", "9999999"):
        assert "Relire pour ce nombre" in desk.see("edit_check", effectif=headcount)


def test_profile_questions_are_weighed_against_the_headcount(desk, author):
    for words in ("Votre métier ?", "Votre site ?"):
        desk.do("edit_add", "G1", kind="single", label=words, answers="A\nB\nC\nD")
        item = desk.form.groups[0].items[-1].id
        drafts.change(
            version=QuestionnaireVersion.objects.get(pk=desk.version.pk),
            form=editing.set_options(desk.form, item, profile=True),
            sentence="x",
            by=author,
        )
    page = desk.see("edit_check", effectif="20")
    assert "16 cases" in page
    assert "environ 1 personne par case" in page


def test_publishing_says_what_is_missing_what_changes_and_freezes(desk, author):
    desk.do("edit_page_add", title="Vide")
    assert "est vide : supprimez-la" in desk.see("edit_publish").replace("\u00a0:", " :")
    refused = desk.do("edit_publish")
    assert refused.status_code == 422
    desk.do("edit_page_remove", desk.form.groups[-1].id)
    answer = desk.do("edit_publish", note="Première version")
    version = QuestionnaireVersion.objects.get(pk=desk.version.pk)
    assert answer["Location"] == reverse("instruments:questionnaire", args=[version.public_id])
    assert (version.status, version.note, version.steps.count()) == ("published", "Première version", 0)
    following = Desk(desk.client, services.open_version(questionnaire=version.questionnaire, by=author))
    assert "Les deux versions disent la même chose." in following.see("edit_publish")
    following.do("edit_add", "G1", kind="yes_no", label="Et demain ?")
    assert "Et demain" in following.see("edit_publish")


def test_what_is_not_translated_yet_is_told_before_publishing(desk):
    assert "ne sont pas encore traduits" not in desk.see("edit_publish")
    desk.do("edit_translate", act="add", language="en")
    for place in ("edit_check", "edit_publish"):
        page = desk.see(place)
        assert "pas encore traduits (English)" in page
        assert desk.url("edit_translate_to", "en") in page


def test_a_draft_thrown_away_comes_back(desk, author):
    before, questionnaire = desk.form, desk.version.questionnaire
    answer = desk.client.post(reverse("instruments:discard", args=[desk.version.public_id]))
    assert answer["Location"] == reverse("instruments:questionnaires")
    assert not questionnaire.versions.exists()
    desk.client.post(
        reverse("foundation:undo", args=[JournalEntry.objects.filter(by=author).latest("pk").public_id])
    )
    assert questionnaire.versions.get().form == before


# A structure's own questions


def test_a_structure_writes_its_last_page_and_nothing_else(client, own):
    version, director = own
    client.force_login(director)
    desk = Desk(client, version)
    page = desk.see("edit")
    assert "Le questionnaire livré reste le même" in page
    assert page.count("Écrire une question") == 1
    locked = version.form.items[0].id
    for name, args, sent in (
        ("edit_question", (locked,), {"label": "Autre"}), ("edit_question_move", (locked,), {"by": "1"}),
        ("edit_question_remove", (locked,), {"sure": "1"}), ("edit_question_duplicate", (locked,), {}),
        ("edit_page_add", (), {"title": "x"}), ("edit_settings", (), {"title": "x"}), ("edit_scales", (), {"act": "add", "label": "x"}),
        ("edit_add", (version.form.groups[0].id,), {"kind": "yes_no", "label": "x"}),
        ("edit_page", ("propres",), {"title": "x"}), ("edit_question_condition", (locked,), {"act": "clear"}),
    ):  # fmt: skip
        answer = desk.do(name, *args, **sent)
        assert answer.status_code == 403, name
        assert "ne se modifient pas" in answer.content.decode()
    assert 'value="text"' not in desk.see("edit_add", "propres")
    assert desk.do("edit_add", "propres", kind="text", label="Dites tout").status_code == 422
    desk.do("edit_add", "propres", kind="block", rows="Un.\nDeux.")
    answer = desk.do("edit_add", "propres", kind="block", rows="Trois.\nQuatre.")
    assert answer.status_code == 422
    assert "Il vous reste 1 question" in answer.content.decode()
    desk.do("edit_add", "propres", kind="yes_no", label="Trois ?")
    assert "Écrire une question" not in desk.see("edit")
    own_item = desk.form.groups[-1].items[-1].id
    assert "question de profil" not in desk.see("edit_question", own_item)
    assert desk.do("edit_publish").status_code == 302
    assert QuestionnaireVersion.objects.get(pk=version.pk).status == "published"
    assert version.questionnaire.origin == Questionnaire.Origin.ADAPTED


def test_two_people_translate_without_losing_each_other(desk):
    desk.do("edit_translate", act="add", language="en")
    first, second = (f"item:{item.id}|label" for item in desk.form.items[:2])
    seen = QuestionnaireVersion.objects.get(pk=desk.version.pk).step
    address = desk.url("edit_translate_to", "en") + "?page=G1"
    desk.client.post(address, {"seen": seen, first: "An appraisal?", second: ""})
    desk.client.post(address, {"seen": seen, first: "", second: "Which one?"})
    assert [item.label.get("en") for item in desk.form.items[:2]] == ["An appraisal?", "Which one?"]


def test_what_no_page_can_ask_is_said(desk, author):
    desk.do("edit_add", "G1", kind="single", label="Où ?", answers="Ici\nLà")
    form, item = desk.form, desk.form.groups[0].items[-1]
    paper = FileUpload(id="PREUVE", label=Text.of(fr="Un document ?"))
    form = replace(
        form, groups=(replace(form.groups[0], items=(*form.groups[0].items, paper)), *form.groups[1:])
    )
    drafts.change(
        version=QuestionnaireVersion.objects.get(pk=desk.version.pk), form=form, sentence="x", by=author
    )
    said = "ne peut pas être posée à l’écran. Elle demande un fichier"
    assert said in desk.see("edit_question", "PREUVE")
    assert said not in desk.see("edit_question", item.id)


def test_words_beside_a_choice_and_a_ranking_are_offered(desk):
    desk.do("edit_add", "G1", kind="single", label="Où ?", answers="Ici\nLà")
    page = desk.see("edit_question", desk.form.groups[0].items[-1].id)
    assert 'name="other"' in page
    assert 'name="comment"' in page
    desk.do("edit_add", "G1", kind="ranking", label="Quoi d’abord ?", answers="Ici\nLà\nAilleurs")
    [ranking] = [item for item in desk.form.items if item.kind == "ranking"]
    assert [choice.label.get("fr") for choice in ranking.choices.choices] == ["Ici", "Là", "Ailleurs"]


def test_yes_and_no_are_translated_where_they_have_no_words_yet(desk):
    desk.do("edit_translate", act="add", language="en")
    assert "yes_no/yes" not in desk.see("edit_translate_to", "en", page="G1")
    desk.do("edit_translate", act="add", language="es")
    desk.client.post(desk.url("edit_translate_to", "es") + "?page=G1", {"choice:yes_no/yes|label": "Sí"})
    assert desk.form.items[0].choices.choices[0].label.get("es") == "Sí"

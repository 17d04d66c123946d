"""One question edited in place: what each field writes, what is refused, what nobody loses."""

from dataclasses import replace

import pytest

from labqvt.instruments import drafts
from labqvt.instruments.editor.question_form import initial_of
from labqvt_forms import Formula, Kind, Required, Role, Text, editing
from labqvt_forms.logic.formula import Dialect
from labqvt_forms.spots import Spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(desk):
    desk.do("edit_add", "G1", kind="block", rows="Je dors bien.\nJe suis à bout.")
    return desk.form.groups[0].items[-1].id


@pytest.fixture
def single(desk):
    desk.do("edit_add", "G1", kind="single", label="Où ?", answers="Ici\nLà-bas")
    return desk.form.groups[0].items[-1].id


def item(desk, item_id):
    return next(item for item in desk.form.items if item.id == item_id)


def as_shown(desk, item_id, **changed):
    """What the page of the question would send back, with a few fields changed."""
    shown = initial_of(item(desk, item_id), desk.form)
    sent = {
        name: "on" if value is True else value
        for name, value in shown.items()
        if value is not None and value is not False
    }
    return sent | {"seen": type(desk.version).objects.get(pk=desk.version.pk).step} | changed


def write(desk, item_id, **changed):
    return desk.do("edit_question", item_id, **as_shown(desk, item_id, **changed))


def labels(desk, item_id):
    return [choice.label.pick("fr") for choice in item(desk, item_id).choices.choices]


def test_texts_and_settings_are_written(desk):
    rating = desk.form.items[2].id
    answer = write(
        desk, rating, label="Et la note ?", hint="De tête", least="1", most="5", low_label="Non", high_label="Oui",
        required="soft", profile="on", declinable="on", reverse="on",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    kept = item(desk, rating)
    assert (kept.label.pick("fr"), kept.hint.pick("fr"), kept.least, kept.most) == (
        "Et la note ?",
        "De tête",
        1,
        5,
    )
    assert (kept.low_label.pick("fr"), kept.high_label.pick("fr")) == ("Non", "Oui")
    assert (kept.required, kept.profile, kept.declinable, kept.reverse) == (Required.SOFT, True, True, True)
    write(desk, rating, profile="")
    assert not item(desk, rating).profile


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"label": ""}, "Écrivez la question."),
        ({"least": "8", "most": "3"}, "Ce nombre doit être plus grand que le premier."),
        ({"least": ""}, "Une note va d’un nombre à un autre"),
        ({"most": "onze"}, "nombre entier"),
        ({"label": "a" * 2001}, "2000"),
    ],
)
def test_bad_input_is_told_and_loses_nothing(desk, changed, reason):
    before, rating = desk.form, desk.form.items[2].id
    answer = write(desk, rating, **({"hint": "Un mot tapé avec soin"} | changed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert reason in page
    assert "Un mot tapé avec soin" in page
    assert desk.form == before


def test_rows_are_written_added_moved_removed(desk, block):
    first, second = (row.id for row in item(desk, block).rows)
    write(
        desk,
        block,
        **{
            f"row.{second}.reverse": "on",
            f"row.{first}.label": "Je dors assez.",
            "row.new": "Je ris.\nJe chante.",
        },
    )
    rows = item(desk, block).rows
    assert [(row.label.pick("fr"), row.reverse) for row in rows] == [
        ("Je dors assez.", False), ("Je suis à bout.", True), ("Je ris.", False), ("Je chante.", False),
    ]  # fmt: skip
    answer = write(desk, block, act=f"row.up:{second}")
    assert answer["Location"].endswith(f"#l-{second}")
    assert [row.id for row in item(desk, block).rows][:2] == [second, first]
    write(desk, block, act=f"row.remove:{second}")
    assert second not in [row.id for row in item(desk, block).rows]


def test_a_button_keeps_first_what_was_typed(desk, block):
    first = item(desk, block).rows[0].id
    write(desk, block, label="Vrai ou non ?", act=f"row.down:{first}")
    kept = item(desk, block)
    assert kept.label.pick("fr") == "Vrai ou non ?"
    assert kept.rows[1].id == first


def test_answers_are_written_added_moved_removed_with_codes_that_do_not_change(desk, single):
    write(
        desk,
        single,
        **{
            "choice.0.1.label": "Ici même",
            "choice.0.new": "Ailleurs",
            "choice.0.2.role": "aside",
            "choice.0.1.value": "10",
        },
    )
    choices = item(desk, single).choices.choices
    told = [(choice.code, choice.label.pick("fr")) for choice in choices]
    assert told == [("1", "Ici même"), ("3", "Ailleurs"), ("2", "Là-bas")]  # what stands apart comes last
    assert {c.code: c.role for c in choices}["2"] is Role.ASIDE
    assert choices[0].value == 10
    write(desk, single, act="choice.down:0:1")
    assert labels(desk, single)[1] == "Ici même"
    write(desk, single, act="choice.remove:0:2")
    assert "Là-bas" not in labels(desk, single)


def test_an_answer_a_condition_compares_with_is_removed_only_on_second_thoughts(desk, single):
    desk.do("edit_add", "G1", kind="text", label="Pourquoi là ?")
    after = desk.form.groups[0].items[-1].id
    desk.do("edit_question_condition", after, question=single, operator="is", value="1", joined="all")
    answer = write(desk, single, act="choice.remove:0:1")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "sert encore ailleurs (la condition de" in page
    assert "Retirer quand même" in page
    write(desk, single, act="choice.remove:0:1!")
    assert labels(desk, single) == ["Là-bas"]
    assert item(desk, after).relevant is None


def test_answers_shared_with_others_change_here_or_everywhere_as_asked(desk, block):
    desk.do("edit_add", "G1", kind="block", rows="Je ris.")
    other = desk.form.groups[0].items[-1].id
    assert "1 autre question a ces mêmes réponses" in desk.see("edit_question", block)
    write(desk, block, **{"choice.0.1.label": "Jamais"})
    assert labels(desk, block)[0] == "Jamais"
    assert labels(desk, other)[0] == "Pas du tout d’accord"
    desk.do("edit_undo")
    write(desk, block, everywhere="on", **{"choice.0.1.label": "Jamais"})
    assert labels(desk, other)[0] == "Jamais"


def test_yes_and_no_are_reworded_for_one_question_only(desk):
    yes_no = desk.form.items[0].id
    desk.do("edit_add", "G1", kind="yes_no", label="Et là ?")
    write(desk, yes_no, **{"choice.0.yes.label": "Oui, en mars"})
    assert labels(desk, yes_no)[0] == "Oui, en mars"
    assert labels(desk, desk.form.groups[0].items[-1].id)[0] == "Oui"


def test_a_question_counts_in_a_score(desk, block):
    desk.do("edit_scales", act="add", label="Sommeil", determinant="sante")
    scale = desk.form.scales[0]
    write(desk, block, scale=scale.id)
    assert desk.form.scales[0].items == tuple(row.id for row in item(desk, block).rows)
    write(desk, block, scale="")
    assert desk.form.scales[0].items == ()


def test_the_way_of_answering_changes_and_keeps_what_both_say(desk, single):
    desk.do("edit_question_way", single, kind="multiple")
    assert item(desk, single).kind.value == "multiple"
    assert labels(desk, single) == ["Ici", "Là-bas"]
    answer = desk.client.post(desk.url("edit_question_way", single), {"kind": "file"}, follow=True)
    assert "Choisissez une autre façon de répondre." in answer.content.decode()


def test_kept_by_itself_the_page_stays_and_the_status_says_when(desk):
    question = desk.form.items[0].id
    answer = write(desk, question, label="Avez-vous eu un entretien ?", autosave="1")
    assert answer.status_code == 200
    assert "Enregistré à" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert desk.words()[0] == "Avez-vous eu un entretien ?"
    wrong = write(desk, question, label="", autosave="1").content.decode()
    assert "Pas encore enregistré" in wrong
    assert "Écrivez la question." in wrong


def test_two_people_on_one_question_keep_what_each_changed(desk):
    question = desk.form.items[0].id
    seen_by_both = as_shown(desk, question)
    desk.do("edit_question", question, **(seen_by_both | {"label": "Avez-vous eu un entretien ?"}))
    desk.do("edit_question", question, **(seen_by_both | {"hint": "Cette année"}))
    kept = item(desk, question)
    assert (kept.label.pick("fr"), kept.hint.pick("fr")) == ("Avez-vous eu un entretien ?", "Cette année")


def test_words_typed_in_what_vanished_are_given_back(desk, block):
    second = item(desk, block).rows[1].id
    sent = as_shown(desk, block, **{f"row.{second}.label": "Des mots à ne pas perdre"})
    write(desk, block, act=f"row.remove:{second}")
    answer = desk.client.post(desk.url("edit_question", block), sent | {"act": "stay"}, follow=True)
    assert "Des mots à ne pas perdre" in answer.content.decode()
    desk.do("edit_question_remove", block, sure="1")
    gone = desk.client.post(desk.url("edit_question", block), sent)
    assert gone.status_code == 409
    assert "a été supprimée entre-temps" in gone.content.decode()
    assert "Des mots à ne pas perdre" in gone.content.decode()


@pytest.mark.parametrize(
    ("act", "where"),
    [("back", "edit"), ("goto:next", "edit_question"), ("goto:condition", "edit_question_condition"), ("stay", "edit_question")],
)  # fmt: skip
def test_each_button_leads_where_it_says(desk, act, where):
    first, second, _third = (each.id for each in desk.form.items)
    arguments = {
        "edit": (),
        "edit_question": (second if act == "goto:next" else first,),
        "edit_question_condition": (first,),
    }
    answer = write(desk, first, act=act)
    assert answer["Location"].partition("?")[0] == desk.url(where, *arguments[where])


@pytest.mark.parametrize(
    "act",
    ["row.up:nul", "choice.remove:9:1", "choice.up:0:nul", "choice.up:x:1", "goto:row.nul", "n’importe"],
)
def test_an_act_on_nothing_breaks_nothing(desk, block, act):
    assert write(desk, block, act=act).status_code in {302, 409, 422}


def test_a_formula_from_elsewhere_is_shown_as_it_is_and_can_be_replaced(desk):
    question = desk.form.items[1].id
    first = desk.form.items[0].id
    odd = Formula(f"string-length(${{{first}}}) + 1 = 2")
    from labqvt.instruments import drafts

    form = editing.set_condition(desk.form, Spot.item(question), odd)
    drafts.change(version=desk.version, form=form, sentence="x", by=desk.version.steps.first().by)
    page = desk.see("edit_question_condition", question)
    assert "ne se dit pas en une phrase simple" in page
    assert desk.do("edit_question_condition", question, raw="nimporte(quoi").status_code == 422
    desk.do("edit_question_condition", question, raw=f"string-length(${{{first}}}) > 3")
    assert item(desk, question).relevant.text == f"string-length(${{{first}}}) > 3"
    desk.do("edit_question_condition", question, act="clear")
    assert item(desk, question).relevant is None


def test_a_condition_joins_lines_with_any(desk, single):
    yes_no, _text = desk.form.items[0].id, desk.form.items[1].id
    desk.do("edit_add", "G1", kind="text", label="Et alors ?")
    last = desk.form.groups[0].items[-1].id
    desk.do(
        "edit_question_condition",
        last,
        joined="any",
        question=[yes_no, single],
        operator=["is", "is_not"],
        value=["yes", "2"],
    )
    assert item(desk, last).relevant.text == f"${{{yes_no}}} = 'yes' or ${{{single}}} != '2'"
    page = desk.see("edit_question_condition", last)
    assert page.count('name="question"') == 2
    more = desk.do(
        "edit_question_condition",
        last,
        act="more",
        joined="any",
        question=[yes_no],
        operator=["is"],
        value=["yes"],
    )
    assert more.content.decode().count('name="question"') == 2
    less = desk.do(
        "edit_question_condition",
        last,
        act="remove:0",
        question=[yes_no, single],
        operator=["is", "is"],
        value=["yes", "1"],
    )
    assert less.content.decode().count('name="question"') == 1


def test_a_condition_reads_only_what_is_asked_before(desk):
    first, second, last = (each.id for each in desk.form.items)
    assert "Rien n’est demandé avant" in desk.see("edit_question_condition", first)
    page = desk.see("edit_question_condition", last)
    assert f'value="{first}"' in page
    assert f'value="{second}"' in page
    group = desk.form.groups[1].id
    desk.do("edit_page_condition", group, question=first, operator="is", value="no", joined="all")
    assert desk.form.groups[1].relevant.text == f"${{{first}}} = 'no'"


def test_a_row_has_its_own_condition(desk, block):
    row, first = item(desk, block).rows[0].id, desk.form.items[0].id
    desk.do("edit_row_condition", block, row, question=first, operator="is", value="yes", joined="all")
    assert item(desk, block).rows[0].relevant.text == f"${{{first}}} = 'yes'"


def test_dates_and_numbers_of_answers_have_bounds(desk):
    desk.do("edit_add", "G1", kind="date", label="Depuis quand ?")
    day = desk.form.groups[0].items[-1].id
    assert write(desk, day, earliest="01/03/2020", latest="Aujourd'hui").status_code == 302
    assert (item(desk, day).earliest, item(desk, day).latest) == ("2020-03-01", "today")
    page = desk.see("edit_question", day)
    assert 'value="01/03/2020"' in page
    assert 'value="aujourd’hui"' in page
    assert write(desk, day, latest="").status_code == 302
    assert item(desk, day).latest == ""
    desk.do("edit_add", "G1", kind="multiple", label="Quoi ?", answers="Ceci\nCela\nEncore")
    several = desk.form.groups[0].items[-1].id
    assert write(desk, several, least="1", most="2").status_code == 302
    assert (item(desk, several).least, item(desk, several).most) == (1, 2)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"earliest": "le 3"}, "Écrivez une date"),
        ({"earliest": "31/12/2026", "latest": "01/01/2026"}, "Cette date doit suivre la première."),
        ({"rule": ". <= frobnicate(1)"}, "frobnicate"),
        ({"rule": ". <= ${nulle_part}"}, "nulle_part"),
        ({"rule_message": "Un mot tapé avec soin"}, "Cette phrase attend sa règle"),
    ],
)
def test_a_bad_bound_or_rule_is_told_and_loses_nothing(desk, changed, reason):
    desk.do("edit_add", "G1", kind="date", label="Depuis quand ?")
    day = desk.form.groups[0].items[-1].id
    before = desk.form
    answer = write(desk, day, **({"hint": "Une précision tapée avec soin"} | changed))
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert "tapé" in answer.content.decode()
    assert desk.form == before


def test_a_rule_and_its_sentence_are_written_changed_and_taken_away(desk):
    desk.do("edit_add", "G1", kind="number", label="Combien de femmes ?")
    women = desk.form.groups[0].items[-1].id
    assert write(desk, women, rule=". <= 250", rule_message="Au plus  250.").status_code == 302
    rule = item(desk, women).validation
    assert (rule.formula, rule.message.pick("fr")) == (Formula(". <= 250"), "Au plus 250.")
    write(desk, women, rule=". <= 99")
    rule = item(desk, women).validation
    assert (rule.formula, rule.message.pick("fr")) == (Formula(". <= 99"), "Au plus 250.")
    write(desk, women, rule="", rule_message="")
    assert item(desk, women).validation is None


def test_a_rule_of_another_tool_stays_word_for_word_until_it_is_changed(desk):
    rating = desk.form.items[2].id
    odd = Formula("is_numeric(self)", Dialect.EXPRESSIONSCRIPT)
    drafts.change(
        version=desk.version, form=editing.set_validation(desk.form, rating, odd), sentence="", by=desk.version.steps.first().by
    )  # fmt: skip
    assert write(desk, rating, label="Reformulée").status_code == 302
    assert item(desk, rating).validation.formula == odd
    write(desk, rating, rule=". < 9")
    assert item(desk, rating).validation.formula == Formula(". < 9")


def test_a_calculation_is_shown_and_changed(desk):
    total = replace(editing.example_item(Kind.COMPUTED), id="total", label=Text.of(fr="Total"))
    drafts.change(
        version=desk.version, form=editing.add_item(desk.form, "G1", total), sentence="", by=desk.version.steps.first().by
    )  # fmt: skip
    assert write(desk, "total", calculation="1 + 1").status_code == 302
    assert item(desk, "total").formula == Formula("1 + 1")
    refused = write(desk, "total", calculation="1 +")
    assert refused.status_code == 422
    assert item(desk, "total").formula == Formula("1 + 1")

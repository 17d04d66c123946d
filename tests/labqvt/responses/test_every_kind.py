"""Every way of answering, from the page to the sealed sheet, without JavaScript."""

import json

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from labqvt.campaigns.sheet_size import sheet_size
from labqvt.evidence.displays import Sheet, Terms, content_of
from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.answering import answers_from
from labqvt.instruments.asking import pages_of, questions_of, variables_on
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt.instruments.route import route_of
from labqvt.instruments.sheet_parts import keys_of
from labqvt.instruments.turning import Place, turn
from labqvt.responses.state import State
from labqvt_forms import FileUpload, Group, Kind, Questionnaire, Text
from labqvt_forms.formats import json_form
from tests.labqvt.campaigns.factories import codes_of
from tests.labqvt.instruments.every_kind import every_kind
from tests.labqvt.responses.every_kind import KEPT, POSTED, open_campaign
from tests.labqvt.responses.test_intake import opened_sheets
from tests.labqvt.responses.walk import enter

FORM = every_kind()


def posted(**fields: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def page(number: int) -> Group:
    return pages_of(FORM)[number - 1]


def errors_of(number: int, **fields: str | list[str]) -> dict[str, str]:
    return answers_from(posted(**fields), page(number)).errors


def test_the_questionnaire_holds_every_kind_a_phone_can_ask():
    assert {item.kind for item in FORM.items} == set(Kind) - {Kind.FILE, Kind.COMPUTED}
    assert unanswerable(FORM) == []


def test_only_what_no_page_can_ask_is_refused_and_says_why():
    form = Questionnaire(
        id="f", groups=(Group(id="g", items=(FileUpload(id="x", label=Text.of(fr="Un CV ?")),)),)
    )
    [found] = unanswerable(form)
    assert found.item.id == "x"
    assert "fichier" in found.reason


@pytest.mark.django_db
def test_every_kind_is_answered_and_kept_as_it_was_meant():
    campaign = open_campaign()
    walker = enter(codes_of(campaign)[0]).press("Commencer")
    for sent in POSTED:
        assert walker.checked() == {} or walker.title.startswith("Page 2")
        walker.press("Page suivante", **sent)
        assert walker.status == 200, walker.text
    assert walker.heading == "Avant d’envoyer"
    walker.press("Envoyer mes réponses")
    assert walker.heading == "C’est envoyé. Merci."
    assert "nous en parlerons ensemble" in walker.text
    [sheet] = opened_sheets(campaign)
    assert sheet["answers"] == KEPT


@pytest.mark.django_db
def test_what_was_answered_is_found_again_on_coming_back():
    walker = enter(codes_of(open_campaign())[0]).press("Commencer")
    for sent in POSTED:
        walker.press("Page suivante", **sent)
    pages: dict[str, object] = {}
    walker.press("Des mots")
    for _ in range(4):
        pages |= shown_values(walker)
        back = next(b for b in walker.page.find_all("button") if "Revenir" in b.get_text())
        walker.press(" ".join(back.get_text().split()))
    expected = {key: value for key, value in KEPT.items() if key not in {"voice", "far"}}
    assert {key: pages.get(key) for key in expected} == expected


def shown_values(walker) -> dict[str, object]:
    """What the controls of a page say, as a person reads them."""
    values: dict[str, object] = {}
    for control in walker.page.select("#feuille [name^='a.']"):
        id_ = control["name"][2:]
        if control.name == "select":
            chosen = control.select_one("option[selected]")
            if id_ == "order":
                values.setdefault(id_, []).extend([chosen["value"]] if chosen and chosen["value"] else [])
            elif chosen:
                values[id_] = chosen["value"]
        elif control.get("type") == "checkbox" and id_ == "tools":
            values.setdefault(id_, []).extend([control["value"]] if control.has_attr("checked") else [])
        elif control.get("type") in {"radio", "checkbox"}:
            if control.has_attr("checked"):
                values[id_] = control["value"]
        else:
            text = control.text if control.name == "textarea" else control.get("value", "")
            values |= {id_: text.lstrip("\n")} if text.strip() else {}
    return values


@pytest.mark.parametrize(
    ("number", "fields", "key", "sentence"),
    [
        (2, {"a.order": ["pay", "pay", ""]}, "order", "places 1 et 2"),
        (2, {"a.order": ["pay", "", "team"]}, "order", "place 2 est vide"),
        (2, {"a.order": ["pay", "moon", ""]}, "order", "proposées"),
        (2, {"a.tools": ["car", "bike", "bus"]}, "tools", "2 réponses au plus : vous en avez coché 3"),
        (2, {"a.tools": ["car", "bike"], "a.tools[other]": "rollers"}, "tools", "vous en avez coché 3"),
        (2, {"a.tools": ["car", "none"]}, "tools", "exclut les autres"),
        (2, {"a.wish": "pay", "a.wish[other]": "le lac"}, "wish", "cochez « Autre »"),
        (2, {"a.wish[other]": "x" * 201}, "wish[other]", "Raccourcissez"),
        (2, {"a.wish[comment]": "x" * 501}, "wish[comment]", "Raccourcissez"),
        (3, {"a.km": "mille"}, "km", "Écrivez un nombre"),
        (3, {"a.km": "-1"}, "km", "au moins 0"),
        (3, {"a.near": "1,5"}, "near", "nombre entier"),
        (3, {"a.day": "demain"}, "day", "17/03/2026"),
        (3, {"a.day": "31/12/1999"}, "day", "avant le 1 janvier 2000"),
        (3, {"a.day": "2999-01-01"}, "day", "après le"),
        (3, {"a.month": "13/2020"}, "month", "03/2026"),
        (3, {"a.hour": "midi"}, "hour", "14:30"),
        (3, {"a.enps": "11"}, "enps", "proposées"),
        (4, {"a.job": "x" * 31}, "job", "Raccourcissez"),
    ],
)
def test_what_cannot_be_kept_says_what_to_do(number, fields, key, sentence):
    errors = errors_of(number, **fields)
    assert list(errors) == [key]
    assert sentence in errors[key]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"a.order": ["pay", "", ""]}, {"order": ["pay"]}),
        ({"a.order": ["", "", ""]}, {}),
        ({"a.tools": ["none"]}, {"tools": ["none"]}),
        ({"a.wish[other]": "le lac"}, {"wish": "-oth-", "wish[other]": "le lac"}),
        ({"a.wish": "-oth-"}, {"wish": "-oth-"}),
        ({"a.wish": "-98", "a.wish[other]": "le lac", "a.wish[comment]": "non"}, {"wish": "-98"}),
        ({"a.wish[comment]": "rien à dire"}, {"wish[comment]": "rien à dire"}),
        ({"a.order": ["pay", "-98"]}, {"order": "-98"}),
        ({"a.town": ""}, {}),
    ],
)
def test_what_is_kept_of_a_choice(fields, kept):
    assert answers_from(posted(**fields), page(2)) == (kept, {}, {})


# Going on, staying, going back


def test_an_answer_demanded_stops_once_for_all_and_a_refusal_is_enough():
    place = Place(page=2)
    stopped = turn(FORM, place, posted(), 3, "fr")
    assert stopped.place.page == 2
    assert list(stopped.errors) == ["moves"]
    assert turn(FORM, stopped.place, posted(), 3, "fr").errors
    assert turn(FORM, place, posted(**{"a.moves": "-98"}), 3, "fr").place.page == 3
    assert turn(FORM, place, posted(), 1, "fr").place.page == 1


def test_an_answer_wished_for_is_asked_once_then_the_person_goes_on():
    first = turn(FORM, Place(page=4), posted(), 5, "fr")
    assert (first.place.page, first.missing, first.errors) == (4, ("job",), {})
    assert turn(FORM, first.place, posted(), 5, "fr").place.page == 5
    assert turn(FORM, Place(page=4), posted(**{"a.job": "-98"}), 5, "fr").place.page == 5


def test_the_rule_of_the_author_speaks_with_their_words():
    assert turn(FORM, Place(page=3), posted(**{"a.km": "13"}), 4, "fr").errors == {
        "km": "Treize porte malheur."
    }
    assert turn(FORM, Place(page=3), posted(**{"a.km": "13"}), 4, "en").errors == {
        "km": "Thirteen is unlucky."
    }
    assert turn(FORM, Place(page=3), posted(**{"a.km": "14"}), 4, "fr").place.page == 4
    assert turn(FORM, Place(page=3), posted(), 4, "fr").place.page == 4


def test_what_was_typed_and_refused_comes_back_wherever_one_went():
    gone = turn(
        FORM, Place(page=3), posted(**{"a.km": "mille", "a.order": ["pay", "pay", ""]}), 2, "fr"
    ).place
    assert (gone.page, gone.typed) == (2, {"km": ["mille"]})
    back = turn(FORM, gone, posted(**{"a.moves": "no"}), 3, "fr")
    [km] = [
        q
        for q in questions_of(page(3), "fr", back.place.answers, back.route.shown, typed=back.place.typed)
        if q.id == "km"
    ]
    assert km.value == "mille"
    righted = turn(FORM, back.place, posted(**{"a.km": "10"}), 4, "fr").place
    assert (righted.typed, righted.answers["km"]) == ({}, "10")


def test_a_mistake_under_a_question_no_longer_asked_stops_nobody():
    sent = posted(**{"a.moves": "no", "a.tools": ["car", "bike", "bus"]})
    assert turn(FORM, Place(page=2, answers={"moves": "yes"}), sent, 3, "fr").place.page == 3


@pytest.mark.django_db
def test_a_language_chosen_in_the_questionnaire_is_spoken_from_then_on():
    walker = enter(codes_of(open_campaign())[0]).press("Commencer")
    for sent in POSTED[:-1]:
        walker.press("Page suivante", **sent)
    walker.press("Page suivante", **POSTED[-1], **{"a.tongue": "en"})
    assert walker.page.html["lang"] == "en"
    walker.press("Français")
    assert walker.page.html["lang"] == "fr"


# Properties

TEXTS = st.text(max_size=1200)
WORDS = st.sampled_from(
    [
        "",
        "yes",
        "no",
        "-98",
        "-oth-",
        "1",
        "5",
        "car",
        "none",
        "pay",
        "team",
        "t3",
        "12,5",
        "2020-03-17",
        "en",
    ]
)


@st.composite
def pages_sent(draw) -> list[QueryDict]:
    sent = []
    for group in pages_of(FORM):
        keys = [key for variable in variables_on(group) for key in keys_of(variable)]
        fields = draw(
            st.fixed_dictionaries(
                {}, optional={f"a.{key}": st.lists(WORDS | TEXTS, max_size=4) for key in keys}
            )
        )
        sent.append(posted(**fields))
    return sent


@given(sent=pages_sent())
@settings(max_examples=150, deadline=None)
def test_whatever_is_sent_the_sheet_fits_its_envelope_and_the_state_opens_again(sent):
    place = Place()
    for number, data in enumerate(sent, start=1):
        place = Place(number, place.answers, place.typed, place.nudged)
        place = turn(FORM, place, data, number - 1, "fr").place
    sheet = {"audience": "employees", "structure": "x" * 12, "answers": route_of(FORM, place.answers).answers}
    assert len(json.dumps(sheet, ensure_ascii=False, separators=(",", ":")).encode()) <= sheet_size(FORM)
    state = State(code="2345FHJK").at(place)
    assert State.read(state.token()) == state
    assert not set(place.answers) & set(place.typed)


def test_a_sheet_filled_to_the_brim_fits_its_envelope():
    smile, quote = "\U0001f600", '"\\'
    for sign, times in ((smile, 1), (quote, 0.5)):
        full = dict(KEPT)
        for key, longest in {"wish[other]": 200, "tools[other]": 200, "wish[comment]": 500, "job": 30, "say": 1000,
                             "first": 1000, "second": 1000}.items():  # fmt: skip
            full[key] = sign * int(longest * times)
        full |= {
            "order": ["pay", "time", "team"],
            "tools": ["bike", "-oth-"],
            "km": "1" * 32,
            "near": "1" * 32,
            "far": "1" * 32,
        }
        sheet = {"audience": "employees", "structure": "x" * 12, "answers": full}
        assert len(json.dumps(sheet, ensure_ascii=False, separators=(",", ":")).encode()) <= sheet_size(FORM)


def test_a_ranking_of_every_choice_with_long_codes_fits_its_envelope():
    content = {
        "schema": "labqvt/questionnaire/1", "id": "r", "languages": ["fr"], "title": {"fr": "R"},
        "choice_lists": [{"id": "long", "choices": [{"code": "é\"" * 30 + str(n), "label": {"fr": str(n)}} for n in range(40)]}],
        "groups": [{"id": "g", "title": {"fr": "G"}, "items": [{"kind": "ranking", "id": "R", "label": {"fr": "?"}, "choices": "long"}]}],
    }  # fmt: skip
    form = json_form.from_json(content)
    codes = [choice.code for choice in form.variable("R").choices.choices]
    sheet = {"audience": "employees", "structure": "x" * 12, "answers": {"R": codes}}
    assert len(json.dumps(sheet, ensure_ascii=False, separators=(",", ":")).encode()) <= sheet_size(form)


# The door


def test_the_door_reads_every_shape_of_answer():
    """Eight sheets holding all shapes: what is counted is right, and words never come out."""
    sheets = [Sheet("employees", "s", dict(KEPT)) for _ in range(7)]
    sheets.append(
        Sheet("employees", "s", {"help": "5", "order": "-98", "tools": "-98", "wish": "pay", "say": "-98"})
    )
    content = content_of(sheets, FORM, Terms(population=12))
    assert content is not None
    told = json.dumps(content, ensure_ascii=False)
    for words in ("Un vrai bureau", "Depuis longtemps", "trottinette", "Respirer", "réunions"):
        assert words not in told
    items = {item["id"]: item for item in content["items"]}
    assert items["help"]["n"] == 8
    assert "order" not in items
    assert "tools" not in items
    instrument = instrument_of(FORM)
    read = answers_of(instrument, [sheet.answers for sheet in sheets])
    rank = [item.id for item in instrument.items].index("wish")
    assert [instrument.items[rank].codes[place] for place in read.positions[:, rank]] == ["-oth-"] * 7 + [
        "pay"
    ]

"""Every pack delivered with the tool: complete, fair, as short as it says, written by us, for whom it says."""

import re
from itertools import pairwise

import pytest

from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.frameworks import frameworks
from labqvt.instruments.measuring import instrument_of
from labqvt.instruments.route import route_of
from labqvt_forms import Kind, Opinion, Variable, read_bytes, scale_score, to_bytes
from labqvt_forms.checking import check_logic
from labqvt_forms.packs import Pack, Public, read_pack, write_pack
from labqvt_forms.writing import FORMATS
from tests.labqvt.instruments.shipped import (
    EASY,
    IDS,
    STANDARD,
    all_texts,
    minutes,
    pack,
    sentences_of,
    sentences_read,
    words_of,
)

# A page and a question of LimeSurvey: files for a part of a questionnaire.
PARTS = {"lsg", "lsq"}
QUESTIONS = {
    "six-determinants-salaries": 25,
    "six-determinants-direction": 25,
    "structures-besoins": 55,
    "satisfaction-seance": 7,
    "auto-position": 18,
    "suivi-six-mois": 22,
    "egalite-professionnelle": 19,
}
NOT_REVIEWED = {
    "fr": "Cette version facile à lire n’a pas encore été relue par des personnes concernées.",
    "en": "This easy-to-read version has not yet been reviewed by the readers it is meant for.",
}
BY_A_PERSON = re.compile(r"\b(je|j’|me|m’|moi|mon|ma|mes)\b", re.IGNORECASE)
BY_TRICKS = re.compile(r"\w[·•.]\w|\w\(\w{1,3}\)|\w/\w")


@pytest.fixture(params=IDS)
def one(request: pytest.FixtureRequest) -> Pack:
    return pack(request.param)


@pytest.fixture(params=EASY)
def easy(request: pytest.FixtureRequest) -> Pack:
    return pack(request.param)


def test_seven_questionnaires_each_with_an_easy_to_read_variant():
    assert set(STANDARD) == set(QUESTIONS)
    assert {pack(id_).easy_read_of for id_ in EASY} == set(STANDARD)
    assert [f"{pack(id_).easy_read_of}-facile" for id_ in EASY] == list(EASY)


def test_every_text_is_in_french_and_in_english(one):
    assert one.questionnaire.languages == ("fr", "en")
    for text in all_texts(one):
        assert text.languages == ("en", "fr"), str(text)


def test_every_page_and_every_question_has_words(one):
    form = one.questionnaire
    assert all((form.title, form.description, form.welcome, form.end, one.scoring_note))
    assert all(group.title and group.description for group in form.groups)
    assert all(variable.label for variable in form.variables)
    assert all(scale.label for scale in form.scales)
    assert all(choice.label for choices in form.choice_lists for choice in choices.choices)


def test_french_is_written_with_its_typography(one):
    for text in all_texts(one):
        words = text.get("fr") or ""
        assert "'" not in words, words
        assert '"' not in words, words
        assert "“" not in words, words
        assert BY_TRICKS.search(words.replace("CC BY 4.0", "")) is None, words
        assert re.search(r"\S[?!;:»](\s|$)", re.sub(r"\s[?!;:»]", "", words)) is None, words


def test_sentences_are_short(one):
    for language in ("fr", "en"):
        lengths = [
            len(words_of(sentence))
            for text in sentences_read(one.questionnaire)
            for sentence in sentences_of(text.get(language) or "")
        ]
        average, longest = (8, 15) if one.easy_read_of else (10, 20)
        assert sum(lengths) / len(lengths) <= average
        assert max(lengths) <= longest


def test_it_is_as_short_as_it_promises(one):
    standard = one.easy_read_of or one.id
    assert len(one.questionnaire.answer_variables) == QUESTIONS[standard]
    assert one.minutes is not None
    assert minutes(one) <= one.minutes


def test_the_promise_is_the_one_people_read(one):
    told = {
        2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six", 8: "huit", 12: "douze", 15: "quinze",
        20: "vingt",
    }  # fmt: skip
    assert f"{told[one.minutes]} minutes" in one.questionnaire.description.pick("fr").lower()


def test_every_scale_has_a_balanced_answer_list(one):
    form = one.questionnaire
    for scale in form.scales:
        for id_ in scale.items:
            choices = form.variable(id_).choices
            values = list(choices.values().values())
            assert choices.codes == ("1", "2", "3", "4", "5")
            assert {after - before for before, after in pairwise(values)} == {1.0}
            opinions = list(choices.opinions().values())
            assert opinions.count(Opinion.FAVOURABLE) == opinions.count(Opinion.UNFAVOURABLE) == 2
            assert opinions[2] is Opinion.NEUTRAL


def test_a_score_of_two_answers_needs_both(one):
    for scale in one.questionnaire.scales:
        assert scale.least_answered >= 2, scale.id


def test_reversed_sentences_are_never_most_of_a_scale(one):
    form = one.questionnaire
    for scale in form.scales:
        reverse = [id_ for id_ in scale.items if form.variable(id_).reverse]
        assert len(reverse) * 2 < len(scale.items)


def test_only_structures_answer_by_name_and_never_as_a_person(one):
    form = one.questionnaire
    assert form.anonymous is (one.public is not Public.STRUCTURES)
    if form.anonymous:
        assert form.min_group >= 6
        assert all(variable.declinable for variable in form.answer_variables if variable.choices is not None
                   and variable.id != "MOMENT")  # fmt: skip
        return
    for text in all_texts(one)[:-1]:
        assert BY_A_PERSON.search(text.pick("fr")) is None, text.pick("fr")


def test_consent_to_be_contacted_is_a_last_page_stored_apart():
    for id_ in ("structures-besoins", "structures-besoins-facile"):
        last = pack(id_).questionnaire.groups[-1]
        assert last.id == "recontact"
        assert pack(id_).kept_apart == tuple(item.id for item in last.items)
    others = [pack(id_) for id_ in IDS if not id_.startswith("structures-besoins")]
    assert not any(other.kept_apart for other in others)


def test_conditions_are_understood_and_every_page_can_be_answered(one):
    assert check_logic(one.questionnaire) == ()
    assert unanswerable(one.questionnaire) == []


def test_profile_questions_are_two_at_most_for_people(one):
    profile = [variable for variable in one.questionnaire.answer_variables if variable.profile]
    assert one.public is Public.STRUCTURES or len(profile) <= 2


def test_what_goes_with_it(one):
    assert one.licence.id == "CC-BY-4.0"
    assert one.licence.open
    assert one.reference_values == ()
    assert "norme" in one.scoring_note.pick("fr")
    determinants = [scale.determinant for scale in one.questionnaire.scales if scale.determinant]
    assert bool(determinants) is bool(one.framework)
    assert not one.framework or one.framework in frameworks()
    assert not one.mirrors or one.mirrors in IDS


def _skeleton(one: Pack) -> list[tuple[object, ...]]:
    return [_bones(variable) for variable in one.questionnaire.variables]


def _bones(variable: Variable) -> tuple[object, ...]:
    item = variable.item
    codes = () if variable.choices is None else tuple(
        (choice.code, choice.value, choice.role, choice.opinion, choice.exclusive) for choice in variable.choices.choices
    )  # fmt: skip
    relevant = variable.relevant.text if variable.relevant else ""
    return (variable.id, variable.kind, item.id, variable.reverse, relevant, variable.profile, codes)


def test_the_easy_variant_asks_the_same_things(easy):
    original = pack(easy.easy_read_of)
    assert _skeleton(easy) == _skeleton(original)
    assert easy.questionnaire.scales == original.questionnaire.scales
    groups = [[group.id for group in one.questionnaire.groups] for one in (easy, original)]
    assert groups[0] == groups[1]
    assert (easy.public, easy.framework, easy.kept_apart) == (
        original.public,
        original.framework,
        original.kept_apart,
    )
    assert easy.questionnaire.nature is original.questionnaire.nature


def test_the_easy_variant_says_that_no_reader_reviewed_it(easy):
    assert not easy.reviewed_by_readers
    for language, sentence in NOT_REVIEWED.items():
        assert sentence in easy.questionnaire.welcome.pick(language)


def test_the_easy_variant_is_easier(easy):
    def letters(one: Pack) -> float:
        words = [word for text in sentences_read(one.questionnaire) for word in words_of(text.pick("fr"))]
        return sum(map(len, words)) / len(words)

    original = pack(easy.easy_read_of)
    assert letters(easy) < letters(original)
    changed = [
        variable.id
        for variable in original.questionnaire.variables
        if easy.questionnaire.variable(variable.id).label != variable.label
    ]
    assert len(changed) >= 0.8 * len(original.questionnaire.variables)


def test_it_travels_as_one_file_and_in_every_format(one):
    assert read_pack(write_pack(one)) == one
    for format_ in set(FORMATS) - PARTS:
        written = to_bytes(one.questionnaire, format_)
        assert read_bytes(written.content, name=one.id).questionnaire == one.questionnaire


def test_no_text_is_copied_from_the_documents(shared):
    """Nine words in a row of ours never stand in a document."""
    paths = [path for folder in ("seeds", "field") for path in sorted((shared / folder).glob("*.*"))]
    assert len(paths) > 5
    theirs = " ".join(" ".join(_plain(path.read_text(encoding="utf-8"))) for path in paths)
    for id_ in IDS:
        for text in all_texts(pack(id_)):
            words = _plain(text.pick("fr"))
            runs = [" ".join(words[at : at + 9]) for at in range(len(words) - 8)]
            assert not [run for run in runs if run in theirs], text.pick("fr")


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


WAYS = [
    ("suivi-six-mois", {"ESSAI": "no"}, {"EMPECHE", "EFF_REL"}, {"QUOI", "SUITE", "APPRIS"}),
    ("suivi-six-mois", {"ESSAI": "yes", "SUITE": "garde"}, {"QUOI", "JUGE"}, {"EMPECHE", "APPRIS"}),
    ("suivi-six-mois", {"ESSAI": "yes", "SUITE": "arrete"}, {"APPRIS"}, {"EMPECHE"}),
    ("auto-position", {"MOMENT": "entree"}, {"ATTENTE", "AGI1"}, {"AIDE"}),
    ("auto-position", {"MOMENT": "sortie"}, {"AIDE", "AGI1"}, {"ATTENTE"}),
    ("structures-besoins", {}, {"CRISE", "RECONTACT"}, {"CSE", "EFF1", "REC_MAIL", "SECTEUR_AUTRE"}),
    ("structures-besoins", {"EFF_TOTAL": "11"}, {"CSE"}, set()),
    ("structures-besoins", {"EFF_TOTAL": "11", "INSTANCES": ["reunion", "cse"]}, set(), {"CSE"}),
    ("structures-besoins", {"EFF_TOTAL": "10"}, set(), {"CSE"}),
    ("structures-besoins", {"CRISE": "yes", "RECONTACT": "no"}, {"EFF6", "CRISE_GARDE"}, {"REC_NOM"}),
    ("structures-besoins", {"CRISE": "no", "RECONTACT": "yes"}, {"REC_TEL"}, {"CRISE_NATURE"}),
    ("structures-besoins", {"SECTEUR": "autre"}, {"SECTEUR_AUTRE"}, set()),
]


@pytest.mark.parametrize("variant", ["", "-facile"])
@pytest.mark.parametrize(("id_", "answers", "asked", "not_asked"), WAYS)
def test_each_question_comes_when_it_makes_sense(id_, answers, asked, not_asked, variant):
    shown = route_of(pack(id_ + variant).questionnaire, answers).shown
    assert asked <= shown
    assert not not_asked & shown


def test_its_answers_can_be_measured(one):
    form = one.questionnaire
    instrument = instrument_of(form)
    assert {scale.id for scale in instrument.scales} == {scale.id for scale in form.scales}
    for scale in form.scales:
        best = {id_: ("1" if form.variable(id_).reverse else "5") for id_ in scale.items}
        worst = {id_: ("5" if code == "1" else "1") for id_, code in best.items()}
        assert (scale_score(scale, form, best), scale_score(scale, form, worst)) == (100.0, 0.0)


def test_a_session_is_judged_in_under_two_minutes():
    assert minutes(pack("satisfaction-seance")) < 2
    kinds = {variable.kind for variable in pack("satisfaction-seance").questionnaire.answer_variables}
    assert kinds == {Kind.SINGLE, Kind.RATING, Kind.TEXT}

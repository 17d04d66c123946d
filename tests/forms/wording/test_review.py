"""What the checker says of choices, privacy, burden and missing words, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import labqvt_forms
from labqvt_forms import (
    Block,
    Choice,
    ChoiceList,
    Date,
    FileUpload,
    Formula,
    FreeText,
    Group,
    Item,
    MultipleChoice,
    Nature,
    Note,
    Number,
    Questionnaire,
    Rating,
    Role,
    Row,
    Scale,
    SingleChoice,
    Spot,
    Text,
    YesNo,
)
from labqvt_forms.findings import Severity
from labqvt_forms.wording import (
    check,
    english,
    expected_minutes,
    profile_cells,
    profile_findings,
    reading_ease,
    refused_in_nominative,
)
from labqvt_forms.wording.reading import syllables
from tests.forms.shared_files import shared

PACKS = sorted((Path(labqvt_forms.__file__).parents[1] / "labqvt/instruments/packs").glob("*.json"))


def asking(
    *items: Item, nature: Nature = Nature.ANONYMOUS, languages: tuple[str, ...] = ("fr",)
) -> Questionnaire:
    title = Text.of(dict.fromkeys(languages, "Titre"))
    return Questionnaire(
        id="q", title=title, nature=nature, languages=languages, groups=(Group(id="g", items=items),)
    )


def listed(*labels: str, id_: str = "l") -> ChoiceList:
    return ChoiceList(
        id_, tuple(Choice(str(rank), Text.of(fr=label)) for rank, label in enumerate(labels, 1))
    )


def kinds(questionnaire: Questionnaire, *, headcount: int | None = None, language: str = "fr") -> list[str]:
    return [each.kind for each in check(questionnaire, language=language, headcount=headcount)]


def text(label: str, id_: str = "t") -> FreeText:
    return FreeText(id=id_, label=Text.of(fr=label))


def test_a_clean_questionnaire_is_left_alone() -> None:
    five = listed("Pas du tout d’accord", "Plutôt pas d’accord", "Ni d’accord, ni pas d’accord", "Plutôt d’accord",
                  "Tout à fait d’accord")  # fmt: skip
    block = Block(
        id="B",
        label=Text.of(fr="Êtes-vous d’accord ?"),
        choices=five,
        rows=(Row(id="B1", label=Text.of(fr="Je trouve mon travail utile.")),),
    )
    assert kinds(asking(block), headcount=12) == []


@pytest.mark.parametrize(
    "pack", [path for path in PACKS if not path.name.endswith(".pack.json")], ids=lambda path: path.stem
)
def test_our_own_questionnaires_raise_nothing_but_hints(pack: Path) -> None:
    questionnaire = labqvt_forms.read(pack).questionnaire
    # A team of twelve is asked no profile question: that of equality is for larger ones, as its page says.
    headcount = None if any(variable.profile for variable in questionnaire.variables) else 12
    for language in questionnaire.languages:
        found = check(questionnaire, language=language, headcount=headcount)
        assert [each for each in found if each.severity is not Severity.HINT] == []


def test_the_real_survey_has_one_true_mistake() -> None:
    questionnaire = labqvt_forms.read(shared("forms/qvt.lss")).questionnaire
    (found,) = check(questionnaire, language="fr")
    assert found.sentence == "« 1-3 ans » et « 3-10 ans » se chevauchent (3)."
    assert found.spot.part == "list"


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("10-20", "20-30", "30-40"), ["overlapping_choices", "overlapping_choices"]),
        (("Moins de 5 ans", "5 à 10 ans", "Plus de 10 ans"), []),
        (("Moins d’un an", "D’un à cinq ans", "Cinq ans et plus"), ["overlapping_choices"]),
        (("18-24", "25-34", "35 et plus"), []),
        (("≤ 10", "> 10"), []),
        (("Jusqu’à 10", "10 et plus"), ["overlapping_choices"]),
        (("Pas d’accord", "D’accord", "Tout à fait d’accord"), ["unbalanced_scale"]),
        (
            ("Pas du tout d’accord", "Plutôt pas d’accord", "Plutôt d’accord", "Tout à fait d’accord"),
            ["no_middle"],
        ),
        (("Très satisfait", "Satisfait", "Plutôt satisfait", "Insatisfait"), ["unbalanced_scale"]),
        (("Jamais", "Parfois", "Souvent", "Toujours"), []),
        (("Pas du tout", "Un peu", "Beaucoup"), []),
        (("CDI", "CDD", "cdi"), ["duplicate_choice"]),
        (("Accueil", "Cuisine"), []),
        (("Seul",), ["single_choice_alone"]),
    ],
)
def test_lists_of_choices(labels: tuple[str, ...], found: list[str]) -> None:
    assert kinds(asking(SingleChoice(id="x", label=Text.of(fr="Question"), choices=listed(*labels)))) == found


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Votre nom et prénom", "identity"),
        ("Votre adresse e-mail", "identity"),
        ("Quel est votre numéro de téléphone ?", "identity"),
        ("Date de naissance", "identity"),
        ("Nom :", "identity"),
        ("Votre numéro de sécurité sociale", "identity"),
        ("Quel est l’intitulé exact de votre poste ?", "exact_job"),
        ("Quel est votre métier ?", "exact_job"),
        ("Que faudrait-il améliorer ?", ""),
        ("Au nom de quoi agissez-vous ?", ""),
        ("Combien de collègues avez-vous ?", ""),
        ("Quelle action serait la plus utile ?", ""),
    ],
)
def test_who_answers_is_not_asked_in_an_anonymous_questionnaire(label: str, kind: str) -> None:
    found = kinds(asking(text(label)))
    assert found == ([kind] if kind else [])
    assert not {"identity", "exact_job"} & set(kinds(asking(text(label), nature=Nature.NOMINATIVE)))


def test_a_file_and_a_free_text_among_few_are_told() -> None:
    asked = asking(text("Une idée ?"), FileUpload(id="f", label=Text.of(fr="Une photo")))
    assert kinds(asked) == ["file_in_anonymous"]
    assert kinds(asked, headcount=8) == ["free_text_small_group", "file_in_anonymous"]
    assert kinds(asked, headcount=80) == ["file_in_anonymous"]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Comment jugez-vous votre état de santé ?", "health"),
        ("Êtes-vous en situation de handicap ?", "health"),
        ("Avez-vous eu un arrêt de travail cette année ?", "health"),
        ("Je me sens souvent épuisé.", "health"),
        ("Mon responsable m’écoute.", "superior"),
        ("Que pensez-vous de votre direction ?", "superior"),
        ("Êtes-vous satisfait de votre travail ?", "satisfaction"),
        ("Recommanderiez-vous votre structure ?", "satisfaction"),
        ("Avez-vous un plan de prévention en santé au travail ?", ""),
        ("Combien de salariés avez-vous ?", ""),
        ("Quels leviers avez-vous mobilisés ?", ""),
        ("Le document unique est-il à jour ?", ""),
        ("La crise a-t-elle changé vos pratiques ?", ""),
        ("Votre responsable vous écoute-t-il ?", "superior"),
        ("Faites-vous confiance à votre direction ?", "superior"),
        ("Je suis fière de mon travail.", "satisfaction"),
        ("Quel est votre niveau de satisfaction au travail ?", "satisfaction"),
        ("Are you satisfied with your job?", "satisfaction"),
        ("My manager listens to me.", "superior"),
        ("Nous serions heureux de vous rencontrer : acceptez-vous d’être recontacté ?", ""),
        ("Votre direction a-t-elle désigné un référent ?", ""),
        ("Menez-vous une enquête de satisfaction auprès des salariés ?", ""),
        ("Combien de jours d’absence votre structure a-t-elle comptés ?", ""),
        ("Combien d’arrêts de travail votre structure a-t-elle connus ?", ""),
        ("Avez-vous formé vos responsables d’équipe ?", ""),
        ("Quel est le nom de la directrice ou du directeur ?", ""),
    ],
)
def test_what_a_nominative_questionnaire_may_not_ask(label: str, kind: str) -> None:
    nominative = asking(YesNo(id="y", label=Text.of(fr=label)), nature=Nature.NOMINATIVE)
    assert [each.kind for each in refused_in_nominative(nominative)] == ([kind] if kind else [])
    errors = [each.kind for each in check(nominative, language="fr") if each.severity is Severity.ERROR]
    assert errors == ([kind] if kind else [])
    anonymous = replace(nominative, nature=Nature.ANONYMOUS)
    assert not {"health", "superior", "satisfaction"} & set(kinds(anonymous))


def test_missing_words_and_translations_are_told_where_they_miss() -> None:
    asked = asking(
        SingleChoice(
            id="x", label=Text.of(fr="Question"), choices=ChoiceList("l", (Choice("1"), Choice("2")))
        ),
        Note(id="n"),
        FreeText(id="t", label=Text.of(fr="Une idée ?"), hint=Text.of(fr="En quelques mots")),
        languages=("fr", "en"),
    )
    french = {(each.kind, str(each.spot)) for each in check(asked, language="fr")}
    assert french == {
        ("missing_label", "item:n"),
        ("missing_label", "choice:l/1"),
        ("missing_label", "choice:l/2"),
    }
    english_spots = [
        str(each.spot) for each in check(asked, language="en") if each.kind == "missing_translation"
    ]
    assert english_spots == ["item:x", "item:t"]


def test_the_same_question_twice_and_empty_parts_are_told() -> None:
    asked = asking(text("Une idée ?"), text("une idée ?", "u"))
    assert kinds(asked) == ["duplicate_label"]
    empty = Questionnaire(
        id="q",
        groups=(Group(id="g"),),
        scales=(Scale(id="s"),),
    )
    assert kinds(empty) == ["no_question", "missing_title", "empty_group", "empty_scale"]


def test_acronyms_are_told_once_unless_explained() -> None:
    assert kinds(asking(text("Le CSE vous informe-t-il ?"), text("Qui siège au CSE ?", "u"))) == ["acronym"]
    explained = asking(
        Note(id="n", label=Text.of(fr="Le comité social et économique (CSE) vous représente.")),
        text("Le CSE vous informe-t-il ?"),
    )
    assert kinds(explained) == []
    assert kinds(asking(text("Avez-vous un CDI ?"), text("VOTRE TRAVAIL AUJOURD’HUI", "u"))) == []
    (found,) = check(asking(text("Le DUERP est-il à jour ?")), language="fr")
    assert "document unique d’évaluation des risques professionnels" in found.advice


def test_long_and_hard_sentences_are_told() -> None:
    long = "Pensez au dernier mois puis dites combien de fois vous avez dû finir plus tard que prévu pour aider un autre membre."
    assert kinds(asking(text(long))) == ["long_sentence"]
    hard = "L’institutionnalisation participative des organisations conditionne l’opérationnalisation communicationnelle."
    assert "hard_to_read" in kinds(asking(text(hard)))


def test_reading_ease_follows_its_published_formulas() -> None:
    # 9 words, 1 sentence, 11 syllables.
    french = "Le chat dort sur le tapis rouge du salon."
    assert sum(syllables(word) for word in french[:-1].split()) == 11
    assert reading_ease([french], "fr") == pytest.approx(207 - 1.015 * 9 - 73.6 * 11 / 9)
    # 9 words, 1 sentence, 10 syllables.
    plain = "The black cat sat on the mat last Sunday."
    assert reading_ease([plain], "en") == pytest.approx(206.835 - 1.015 * 9 - 84.6 * 10 / 9)
    assert reading_ease(["Trop court."], "fr") is None
    assert reading_ease([french], "es") is None


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("travail", 2),
        ("équipe", 2),
        ("réunion", 3),
        ("créer", 2),
        ("tâches", 1),
        ("chaos", 1),
        ("le", 1),
        ("y", 1),
    ],
)
def test_french_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def profiled(*sizes: int, declined: bool = True) -> Questionnaire:
    items = []
    for number, size in enumerate(sizes):
        labels = tuple(Choice(str(n), Text.of(fr=f"réponse {n}")) for n in range(1, size + 1))
        refusing = (Choice("98", Text.of(fr="Je préfère ne pas répondre"), role=Role.DECLINES),)
        choices = ChoiceList(f"l{number}", labels + (refusing if declined else ()))
        items.append(
            SingleChoice(id=f"p{number}", label=Text.of(fr=f"Profil {number}"), choices=choices, profile=True)
        )
    return asking(*items)


def test_profile_questions_are_counted_against_the_headcount() -> None:
    assert profile_cells(profiled(2, 3, 4)) == 24
    assert profile_findings(profiled(2, 3), 40) == ()
    (crossed,) = profile_findings(profiled(2, 4), 40)
    assert crossed.sentence == (
        "Croisées, les 2 questions de profil font 8 cases pour 40 personnes : moins de 6 par case."
    )
    assert crossed.advice == (
        "Restez sous 6 case(s) : regroupez les réponses de « Profil 1 » ou retirez une question."
    )
    assert [each.kind for each in profile_findings(profiled(8), 20)] == ["too_many_categories"]
    assert kinds(profiled(2, declined=False)) == ["profile_without_refusal"]
    age = Number(id="a", label=Text.of(fr="Votre âge"), profile=True, declinable=True)
    assert [each.kind for each in profile_findings(asking(age), 500)] == ["open_profile"]


def test_minutes_count_words_answers_and_conditions() -> None:
    rating = Rating(id="r", label=Text.of(fr="un deux trois quatre cinq"))
    alone = expected_minutes(asking(rating))
    assert alone.low == pytest.approx(5 / 250 + 4 * 0.75 / 60)
    assert alone.high == pytest.approx(5 / 150 + 4 * 1.5 / 60)
    maybe = replace(rating, relevant=Formula("${x} = 'a'"))
    both = expected_minutes(asking(Rating(id="x"), maybe))
    assert both.low == pytest.approx(4 * 0.75 / 60)
    assert both.high > alone.high
    assert expected_minutes(asking(text("un mot ?"))).low == 0.0
    assert alone.whole == (1, 1)


def test_the_employee_questionnaire_takes_about_five_minutes() -> None:
    path = next(path for path in PACKS if path.stem == "six-determinants-salaries")
    low, high = expected_minutes(labqvt_forms.read(path).questionnaire).whole
    assert low <= 5 <= high


GOOD_ENGLISH = [
    "I can ask my colleagues for help.",
    "Women and men have the same chances here.",
    "My hours leave me time between work and home.",
    "I know who does what.",
    "How long have you worked here?",
    "I find my work useful.",
]
BAD_ENGLISH = [
    ("double_barrelled", "My manager is competent and available."),
    ("double_barrelled", "My pay and my hours suit me."),
    ("double_barrelled", "I have the time and/or the tools."),
    ("leading", "Don’t you think meetings are too long?"),
    ("leading", "Obviously, breaks help."),
    ("absolute", "I am always told in time."),
    ("double_negation", "I am not dissatisfied with my work."),
]


@pytest.mark.parametrize("sentence", GOOD_ENGLISH)
def test_good_english_is_left_alone(sentence: str) -> None:
    judges = (english.double_barrelled, english.leading, english.absolute, english.double_negation)
    assert [judge(sentence) for judge in judges] == ["", "", "", ""]


@pytest.mark.parametrize(("kind", "sentence"), BAD_ENGLISH)
def test_bad_english_is_told(kind: str, sentence: str) -> None:
    assert getattr(english, kind)(sentence)


def test_findings_name_the_row_and_speak_the_language_asked() -> None:
    block = Block(
        id="B",
        choices=listed("Non", "Oui"),
        rows=(
            Row(id="B1", label=Text.of(fr="Je suis toujours informé.", en="I am always informed.")),
            Row(id="B2", label=Text.of(fr="Je sais qui fait quoi.", en="I know who does what.")),
        ),
    )
    asked = asking(block, languages=("fr", "en"))
    found = [each for each in check(asked, language="en") if each.kind == "absolute"]
    assert [(each.spot, each.sentence) for each in found] == [
        (Spot.row("B", "B1"), "“always” leaves no room for answers in between.")
    ]


def test_a_third_language_is_only_checked_for_what_needs_no_grammar() -> None:
    asked = asking(
        MultipleChoice(
            id="m", label=Text.of(es="¿Siempre o nunca y jamás?"), choices=listed("10-20", "20-30")
        ),
        Date(id="d", label=Text.of(fr="Quand ?")),
        languages=("es", "fr"),
    )
    assert set(kinds(asked, language="es")) == {"missing_translation"}

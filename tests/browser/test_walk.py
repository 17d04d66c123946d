"""The whole chain as people live it, on a phone: from « Par quoi commencer ? » to a figure of the region."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration
from tests.browser.papers import Paper, paper_of, read_paper
from tests.browser.respondents import FormsOnly, Keyboard, answer_all, answer_page, write_code

pytestmark = pytest.mark.browser

CODE = re.compile(r"\b([2-9A-HJ-NP-Z]{4})-([2-9A-HJ-NP-Z]{4})\b")
CLOSE = "Clore la campagne et préparer les résultats"
SECRETLY_EXACT = re.compile(r"\b8 (réponses|personnes ont répondu|sur 13)\b")


def main_of(page: Page) -> str:
    """What a page says, spaces evened out."""
    return re.sub(r"\s+", " ", page.locator("main").inner_text()).strip()


def says(page: Page, sentence: str) -> None:
    expect(page.locator("main")).to_contain_text(sentence, use_inner_text=True)


def holds_up(page: Page) -> None:
    """A state that the role table does not reach (a draft, a message, a mistake) is as sound as its pages.

    axe is a script: what this phone shows is read again on one that runs them.
    """
    page.wait_for_load_state()  # an address changes before its page is there
    shown, browser = page.content(), page.context.browser
    assert browser is not None
    twin = browser.new_page(viewport={"width": WIDTHS["phone"], "height": 800})
    twin.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html"))
    twin.goto(page.url)
    assert violations(twin) == []
    assert twin.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]
    twin.close()


def title_of(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def download_by(page: Page, button: Locator) -> Paper:
    with page.expect_download() as download:
        button.click()
    return paper_of(download.value)


def paper_behind(page: Page, link: Locator) -> Paper:
    """Chromium may show it in its own reader: asked for with the same session instead."""
    return read_paper(page.request.get(link.get_attribute("href") or "").body())


def test_a_visitor_of_a_small_team_is_shown_one_route(phone):
    page = phone(javascript=False)
    page.goto("/")
    page.get_by_role("link", name="Par quoi commencer ?").first.click()
    page.get_by_label("Combien de personnes travaillent").fill("9")
    page.get_by_role("button", name="Voir par où commencer").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["Le diagnostic par la discussion"])
    says(page, "Dans une équipe de 9, on se connaît trop")
    holds_up(page)
    for term, answer in (
        ("Temps", "Deux heures et demie"),
        ("Coût", "Gratuit"),
        ("Qui verra quoi", "sans le nom de qui l’a dit"),
    ):
        expect(page.locator("dl > div", has=page.get_by_text(term, exact=True))).to_contain_text(answer)
    page.get_by_role("link", name="Voir et imprimer le kit").click()
    kit = paper_behind(page, page.get_by_role("link", name="Télécharger et imprimer"))
    assert len(kit.pages) == 8
    assert kit.is_tagged
    assert kit.language == "fr-FR"
    assert "Relations et climat social" in kit.text


def test_a_structure_goes_from_a_questionnaire_to_what_it_tries(phone, demo: Demonstration):
    demo.rest()
    director = phone(javascript=False)
    demo.sign_in(director, "direction.reseau")
    campaign = _prepare(director)
    _launch(director, campaign)
    team, direction = _print(director)

    _answer_in_eight_ways(phone, demo, team)
    _a_code_serves_once(phone, team[0])
    _the_direction_answers_and_consents(phone, director, campaign, direction)
    _participation_is_told_by_fives(phone, demo, director, campaign)

    director.goto(campaign)
    director.get_by_role("link", name=CLOSE).click()
    says(director, "Clore ne s’annule pas")
    assert "ne paraîtra pas" not in main_of(director)  # the direction's view: it was consented to
    director.get_by_role("button", name=CLOSE).click()
    says(director, "La campagne est close")
    holds_up(director)
    diagnosis = _wait_for_results(director)

    employee = phone()
    demo.sign_in(employee, "binome.reseau")
    _both_read_the_same(director, employee, diagnosis)
    _two_trials_are_added_and_one_taken_back(employee, director)
    _a_stranger_is_told_why_not(phone, demo, diagnosis)


def _prepare(director: Page) -> str:
    """From the shipped questionnaire and its mirror, for fourteen people, one of whom directs."""
    director.get_by_role("link", name="Association des Tilleuls").click()
    director.get_by_role("link", name="Préparer une campagne").click()
    # The tool knows eight: discussion first.
    expect(title_of(director)).to_have_text("À 8, commencez par en parler")
    holds_up(director)
    director.get_by_role("link", name="Préparer quand même un questionnaire").click()
    director.get_by_text("Nom, questionnaire, voie d’entrée").click()
    director.get_by_label("Nom de la campagne").fill("Le travail aux Tilleuls")
    expect(director.get_by_label("Questionnaire")).to_contain_text("Six déterminants – salariés")
    director.get_by_label("Combien de personnes peuvent répondre").fill("14")
    director.get_by_label("Dont membres de la direction").fill("1")
    assert director.get_by_label("Poser aussi les questions à la direction").is_checked()
    director.get_by_label("Dernier jour pour répondre").fill(
        (timezone.localdate() + timedelta(days=15)).isoformat()
    )
    director.locator("main form button").last.click()
    expect(title_of(director)).to_have_text("Le travail aux Tilleuls")
    holds_up(director)
    return director.url


def _launch(director: Page, campaign: str) -> None:
    director.get_by_role("link", name="Ce que verra la direction").click()
    says(director, "Elle ne verra jamais")
    director.goto(campaign)
    director.get_by_role("button", name="Signer la règle du jeu et lancer la campagne").click()
    says(director, "La campagne est lancée")
    holds_up(director)


def _print(director: Page) -> tuple[list[str], str]:
    """The sheet of codes, cut into slips, and the poster. Gives the team's codes, and the direction's."""
    sheet = download_by(director, director.get_by_role("button", name="Imprimer les codes"))
    codes = [["".join(found) for found in CODE.findall(page)] for page in sheet.pages]
    assert [len(found) for found in codes] == [10, 3, 1]
    assert len({code for found in codes for code in found}) == 14
    assert "Direction" in sheet.pages[2]
    assert "Direction" not in sheet.pages[0] + sheet.pages[1]
    poster = download_by(director, director.get_by_role("link", name="Imprimer l’affiche"))
    assert len(poster.pages) == 1
    for sentence in (
        "Notre travail, parlons-en",
        "tiré dans un chapeau",
        "au moins six réponses",
        "/r/",
    ):
        assert sentence in poster.text
    assert CODE.search(poster.text) is None
    assert sheet.is_tagged
    assert poster.is_tagged
    return codes[0] + codes[1], codes[2][0]


def _answer_in_eight_ways(phone, demo: Demonstration, codes: list[str]) -> None:
    """Two without scripts in a browser (a keyboard, a finger), one by the square of the slip, five by forms alone."""
    keys = phone(javascript=False)
    Keyboard(keys).answer(codes[0], person=0)

    finger = phone(javascript=False)
    write_code(finger, codes[1])
    finger.get_by_role("button", name="Commencer").tap()
    answer_page(finger, 0, person=1)
    finger.get_by_role("button", name="Qui verra mes réponses ?").tap()
    says(finger, "ne liront jamais votre feuille")
    finger.get_by_role("button", name="Revenir à la page 2").tap()
    finger.get_by_role("button", name="Revenir à la page 1").tap()
    expect(finger.locator("input:checked")).to_have_count(4)  # nothing was lost on the way
    finger.get_by_role("button", name="Revenir au début").tap()
    answer_all(finger, person=1)

    scanned = phone()
    scanned.goto(f"/r/#{codes[2]}")
    expect(title_of(scanned)).to_have_text("Le travail aux Tilleuls")
    assert codes[2] not in scanned.url
    answer_all(scanned, person=2)

    for person in range(3, 8):
        FormsOnly(demo.url).answer(codes[person], person)
    for page in (keys, finger, scanned):
        assert page.context.cookies() == []
        assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def _a_code_serves_once(phone, spent: str) -> None:
    page = phone()
    write_code(page, "AAAA-2222")
    says(page, "Ce code n’est pas reconnu")
    expect(page.get_by_label("Votre code")).to_have_value("AAAA-2222")
    write_code(page, spent.lower())
    expect(title_of(page)).to_have_text("Ce code a déjà servi")
    says(page, "Si c’était vous, tout est en ordre")
    assert page.context.cookies() == []


def _the_direction_answers_and_consents(phone, director: Page, campaign: str, code: str) -> None:
    mirror = phone()
    write_code(mirror, code)
    says(mirror, "ce que vous pensez que l’équipe vit")
    answer_all(mirror, person=5)
    assert mirror.context.cookies() == []
    director.goto(campaign)
    says(director, "Accords donnés : 0 sur 1")
    director.get_by_role("button", name="J’accepte que le regard de la direction paraisse").click()
    says(director, "Accords donnés : 1 sur 1")


def _participation_is_told_by_fives(phone, demo: Demonstration, director: Page, campaign: str) -> None:
    """Before the day's reading, nothing; after it, a band; never the number."""
    director.goto(campaign)
    says(director, "Le premier relevé aura lieu dans la journée")
    assert not SECRETLY_EXACT.search(main_of(director))
    demo.ask(
        "from labqvt.foundation import jobs\n"
        "jobs.enqueue('campaigns.refresh_participation', title='Relevé du jour', subject='parcours')"
    )
    employee = phone(javascript=False)
    demo.sign_in(employee, "binome.reseau")
    for page in (director, employee):
        _reload_until(page, campaign, "entre 5 et 9")
        assert not SECRETLY_EXACT.search(main_of(page))


def _reload_until(page: Page, address: str, sentence: str, *, tries: int = 60) -> None:
    for _try in range(tries):
        page.goto(address)
        if sentence in main_of(page):
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"« {sentence} » n’est jamais venu :\n{main_of(page)}")


def _wait_for_results(director: Page) -> str:
    """The worker of the demonstration opens the envelopes; the results then await on the home page."""
    _reload_until(director, "/espace/", "Les résultats de « Le travail aux Tilleuls » sont là")
    director.get_by_role("listitem").filter(has_text="Le travail aux Tilleuls").get_by_role(
        "link", name="Lire"
    ).click()
    expect(title_of(director)).to_have_text("Diagnostic partagé")
    return director.url


def _both_read_the_same(director: Page, employee: Page, diagnosis: str) -> None:
    employee.goto(diagnosis)
    assert main_of(employee) == main_of(director)
    spoken = director.get_by_role("region", name="En trois phrases").get_by_role("heading")
    expect(spoken).to_have_text(["Ce qui tient", "À discuter en premier", "Ce qu’on ne peut pas dire"])
    says(director, "8 réponses pour 13 personnes invitées")
    scores, both_views = director.locator(".chart-svg:visible").all()[:2]
    expect(scores).to_contain_text("intervalle plausible")
    for who in ("direction", "équipe"):  # its only member consented
        expect(both_views).to_contain_text(who)
    director.locator("summary", has_text="Voir les données").first.click()
    rows = director.get_by_role("table", name="Où en est chaque thème").get_by_role("row").all()[1:]
    assert len(rows) == 6
    for row in rows:
        expect(row.get_by_role("cell").nth(1)).to_have_text(re.compile(r"\d+\sà\s\d+"))

    papers = [
        paper_behind(page, page.get_by_role("link", name="Télécharger le diagnostic"))
        for page in (director, employee)
    ]
    assert papers[0].pages == papers[1].pages
    assert papers[0].content == papers[1].content
    assert 4 <= len(papers[0].pages) <= 6
    assert papers[0].is_tagged
    assert papers[0].language == "fr-FR"
    assert "Association des Tilleuls" in papers[0].text


def _two_trials_are_added_and_one_taken_back(employee: Page, director: Page) -> None:
    """One by each of the pair; the second goes back by the message that announced it."""
    _add_trial(director, "Dix minutes de consignes le lundi", "Contenu et organisation du travail")
    _add_trial(employee, "Un tableau des remplacements", "Égalité et équilibre des temps")
    plan = employee.url
    director.goto(plan)
    says(director, "Dix minutes de consignes le lundi")
    says(director, "Un tableau des remplacements")
    employee.get_by_role("status").get_by_role("button", name="Annuler").click()
    says(employee, "C’est annulé")
    holds_up(employee)
    director.goto(plan)
    says(director, "Ce que nous essayons")
    assert "Un tableau des remplacements" not in main_of(director)
    says(director, "Dix minutes de consignes le lundi")


def _add_trial(page: Page, title: str, determinant: str) -> None:
    page.goto("/espace/")
    page.get_by_role("link", name="Association des Tilleuls").click()
    page.get_by_role("link", name="Ajouter une expérimentation").click()
    page.get_by_label("Titre").fill(title)
    page.get_by_label("Déterminant").select_option(label=determinant)
    page.get_by_label("Hypothèse").fill("Si nous essayons, alors nous saurons.")
    page.get_by_label("Périmètre").fill("L’équipe du matin")
    page.get_by_label("Critères").fill("La majorité veut continuer.")
    page.get_by_label("Qui s’en occupe").fill("la cheffe de service")
    page.get_by_role("button", name="Ajouter au plan").click()
    expect(title_of(page)).to_have_text("Ce que nous essayons")


def _a_stranger_is_told_why_not(phone, demo: Demonstration, diagnosis: str) -> None:
    stranger = phone()
    demo.sign_in(stranger, "direction")
    refusal = stranger.goto(diagnosis)
    assert refusal is not None
    assert refusal.status == 403
    expect(title_of(stranger)).to_have_text("Cette page ne vous est pas ouverte")
    says(stranger, "binôme de la structure")
    assert "Tilleuls" not in main_of(stranger)


def test_a_fact_added_in_the_browser_changes_the_figure_and_undo_brings_it_back(phone, demo: Demonstration):
    page = phone(javascript=False)
    demo.sign_in(page, "region")
    page.get_by_role("link", name="Provence-Alpes-Côte d’Azur", exact=True).click()
    name = "Comités de pilotage régionaux"
    page.locator(".key-figure", has_text=name).get_by_role("link").click()
    expect(title_of(page)).to_have_text(name)
    before, told = int(_value(page).inner_text()), main_of(page)
    assert f"{before} faits" in told
    assert "Rapport final du Lab’QVT, UDES, 2021, ligne 222" in told

    page.get_by_role("link", name="Ajouter un fait").click()
    expect(page.get_by_label("Chiffre concerné")).to_have_value("copil_regional")
    page.get_by_label("Ce qui s’est passé").fill("Comité de restitution")
    page.get_by_label("Quand").fill("17/03/2021")
    page.get_by_role("button", name="Ajouter ce fait").click()
    says(page, "Dites d’où vient ce fait")  # no figure without a source
    holds_up(page)
    page.get_by_label("Source").fill("compte rendu du comité")
    page.get_by_role("button", name="Ajouter ce fait").click()
    expect(_value(page)).to_have_text(str(before + 1))
    says(page, f"« {name} » vaut maintenant {before + 1}")
    says(page, "Comité de restitution 17 mars 2021 compte rendu du comité")

    page.get_by_role("status").get_by_role("button", name="Annuler").click()
    expect(_value(page)).to_have_text(str(before))
    assert "compte rendu du comité" not in main_of(page)


def _value(page: Page) -> Locator:
    return page.locator(".key-figure .value").first

"""What the script adds to ``/r/``, on a phone of 360 px: conditions, no network, two tabs, coming back, nothing left."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from labqvt.responses.box import DAYS_KEPT
from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration
from tests.browser.respondents import Keyboard
from tests.browser.scripted import Trial

pytestmark = pytest.mark.browser
SENT = "C’est envoyé. Merci."
WAITS = "Pas encore envoyé"


@pytest.fixture(scope="module")
def trial(demo: Demonstration) -> Iterator[Trial]:
    return Trial(demo)


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).tap()


def enter(page: Page, code: str) -> None:
    page.goto("/r/")
    page.get_by_label("Votre code").fill(code)
    press(page, "Continuer")
    expect(page.locator("#feuille")).to_be_visible()


def kept(page: Page) -> dict[str, str]:
    return dict(page.evaluate("({...localStorage})"))


def until_kept(page: Page) -> None:
    expect(page.locator("#status")).to_contain_text("Gardé sur cet appareil")


def walk_to_the_end(page: Page, word: str = "Rien à ajouter.") -> None:
    """Four pages answered, as someone who travels."""
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    page.get_by_label("Combien de kilomètres ?").fill("12,5")
    press(page, "Page suivante")
    page.get_by_text("Vélo", exact=True).tap()
    press(page, "Page suivante")
    page.get_by_label("Un mot ?").fill(word)
    press(page, "Page suivante")
    expect(heading(page)).to_have_text("Avant d’envoyer")


def answers(word: str = "Rien à ajouter.") -> dict[str, object]:
    return {"moves": "yes", "km": "12.5", "tools": ["bike"], "word": word}


def sound(page: Page) -> None:
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["phone"]


def offline(page: Page, *, cut: bool) -> None:
    context: BrowserContext = page.context
    context.set_offline(cut)


def test_the_start_page_is_two_requests_and_25_kilobytes(phone):
    page, sizes = phone(), []
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto("/r/")
    page.wait_for_load_state("networkidle")
    assert len(sizes) <= 2, sizes
    assert sum(sizes) <= 25_000, sizes
    assert page.context.cookies() == []
    assert kept(page) == {}


def test_conditions_show_and_hide_at_once(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    press(page, "Commencer")
    km = page.get_by_label("Combien de kilomètres ?")
    expect(km).to_be_hidden()
    assert page.title().startswith("Page 1 sur 3 : Déplacements")
    page.get_by_text("Oui", exact=True).tap()
    expect(km).to_be_visible()
    assert page.title().startswith("Page 1 sur 4 : Déplacements")
    km.fill("40")
    page.get_by_text("Non", exact=True).tap()
    expect(km).to_be_hidden()
    press(page, "Page suivante")
    expect(heading(page)).to_have_text("Pour finir")  # a page nobody is asked is not walked
    press(page, "Page suivante")
    expect(page.locator("#answered")).to_contain_text("répondu à 1 question sur 3")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(SENT)
    assert {"moves": "no"} in trial.sheets()  # what was hidden did not leave


def test_a_hidden_question_is_not_reached_by_the_keyboard(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    keys = Keyboard(page)
    keys.reach("Commencer")
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    keys.reach("Oui")
    keys.reach("Page suivante", within=3)  # past the rings: nothing of the hidden question
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.locator("input:checked")).to_have_count(1)
    sound(page)


def test_the_network_is_cut_in_the_middle_and_comes_back(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    offline(page, cut=True)
    walk_to_the_end(page, "Hors réseau")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(WAITS)
    expect(page.locator("#waiting")).to_contain_text("Nouvel essai dès que la connexion revient")
    sound(page)
    [entry] = kept(page).values()
    assert "Hors" not in entry
    assert json.loads(entry)["queued"] == 1
    page.go_back()
    expect(heading(page)).to_have_text(WAITS)  # what is on its way is not changed
    offline(page, cut=False)
    expect(heading(page)).to_have_text(SENT)
    assert kept(page) == {}
    assert trial.sheets().count(answers("Hors réseau")) == 1


def test_closed_while_waiting_the_sheet_leaves_when_the_address_is_opened_again(phone, trial: Trial):
    page, code = phone(), trial.code()
    enter(page, code)
    offline(page, cut=True)
    walk_to_the_end(page, "Fermée avant")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(WAITS)
    page.wait_for_function("Object.values(localStorage).some(entry => JSON.parse(entry).queued)")
    offline(page, cut=False)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/r/")
    # The page may have died just after its sheet had arrived: then the reply says so.
    expect(page.locator("#kept-said")).to_contain_text(re.compile("C’est (envoyé|dans l’enveloppe)"))
    assert kept(page) == {}
    assert trial.sheets().count(answers("Fermée avant")) == 1


def test_a_reply_lost_after_the_server_kept_the_sheet(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Réponse perdue")
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.post_data or "")
        if len(asked) == 1:
            assert route.fetch().status == 200  # the server answered, the phone never hears it
            route.abort()
        else:
            route.continue_()

    page.route("**/r/envoyer/", lose)
    press(page, "Envoyer mes réponses")
    expect(page.locator("#waiting")).to_contain_text("on ne sait pas si l’envoi est passé")
    press(page, "Essayer maintenant")
    expect(heading(page)).to_have_text("C’est dans l’enveloppe. Merci.")
    assert "again=1" not in asked[0]
    assert asked[1] == asked[0] + "&again=1"
    assert kept(page) == {}
    assert trial.sheets().count(answers("Réponse perdue")) == 1


def test_a_network_that_asks_for_a_login_is_not_taken_for_the_server(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Portail")
    page.route("**/r/envoyer/", lambda route: route.fulfill(status=200, body="<h1>Connectez-vous</h1>"))
    press(page, "Envoyer mes réponses")
    expect(page.locator("#waiting")).to_contain_text("on ne sait pas si l’envoi est passé")
    expect(heading(page)).to_have_text(WAITS)
    assert len(kept(page)) == 1
    page.unroute("**/r/envoyer/")
    press(page, "Essayer maintenant")
    expect(heading(page)).to_have_text(SENT)


def test_two_tabs_never_make_two_sheets(phone, trial: Trial):
    one, code = phone(), trial.code()
    two = one.context.new_page()
    for tab in (one, two):
        enter(tab, code)
    walk_to_the_end(one, "Premier onglet")
    walk_to_the_end(two, "Second onglet")
    press(one, "Envoyer mes réponses")
    expect(heading(one)).to_have_text(SENT)
    expect(heading(two)).to_have_text("Cette feuille a été envoyée depuis un autre onglet")
    assert "Second onglet" not in two.content()
    assert two.locator("[name^='a.']").count() == 0
    assert kept(one) == {}
    kept_words = [sheet.get("word") for sheet in trial.sheets()]
    assert kept_words.count("Premier onglet") == 1
    assert "Second onglet" not in kept_words


def test_the_back_button_goes_to_the_previous_page_and_shows_nothing_after_sending(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Retour arrière")
    page.go_back()
    expect(heading(page)).to_have_text("Pour finir")
    page.go_back()
    expect(heading(page)).to_have_text("Moyens")
    expect(page.get_by_label("Vélo")).to_be_checked()
    assert json.dumps(page.evaluate("history.state")) == '{"at": 2}'
    page.go_forward()
    page.go_forward()
    expect(heading(page)).to_have_text("Avant d’envoyer")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(SENT)
    for _step in range(3):
        page.go_back()
        expect(heading(page)).to_have_text(SENT)
    assert "Retour arrière" not in page.content()
    assert page.locator("[name='state']").count() == 0


def test_what_was_kept_comes_back_after_a_reload_and_only_with_the_code(phone, trial: Trial):
    page, code = phone(), trial.code()
    enter(page, code)
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    press(page, "Page suivante")
    page.get_by_text("Voiture", exact=True).tap()
    until_kept(page)
    page.reload()
    expect(page.locator("#kept-said")).to_contain_text("Écrivez votre code pour la reprendre")
    sound(page)
    [(name, entry)] = kept(page).items()
    assert code not in name + entry
    assert "yes" not in entry
    enter(page, trial.code())  # someone else, on the same device
    expect(page.locator("#found")).to_be_hidden()
    enter(page, code)
    expect(page.locator("#found")).to_contain_text("2 réponses sont gardées sur cet appareil")
    sound(page)
    press(page, "Reprendre")
    expect(heading(page)).to_have_text("Moyens")
    expect(page.get_by_label("Voiture")).to_be_checked()


def test_erasing_leaves_nothing_in_the_page_nor_on_the_device(phone, trial: Trial):
    page, code = phone(), trial.code()
    enter(page, code)
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    until_kept(page)
    page.get_by_text("Effacer mes réponses de cet appareil").tap()
    press(page, "Tout effacer")
    expect(page.locator("#status")).to_contain_text("effacées de cet appareil")
    assert kept(page) == {}
    assert page.locator("input:checked").count() == 0
    # And from the first page, without the code.
    press(page, "Commencer")
    page.get_by_text("Non", exact=True).tap()
    until_kept(page)
    page.goto("/r/")
    page.get_by_text("Effacer mes réponses de cet appareil").tap()
    press(page, "Tout effacer")
    expect(page.locator("#kept-said")).to_have_text("Cet appareil ne garde plus rien.")
    assert kept(page) == {}


def test_what_is_out_of_date_is_forgotten(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    until_kept(page)
    [entry] = kept(page).values()
    days = (json.loads(entry)["until"] - page.evaluate("Date.now()")) / 864e5
    assert DAYS_KEPT - 1 < days <= DAYS_KEPT
    page.goto("/r/ce-que-garde-le-serveur/")
    page.evaluate(
        "for (const name of Object.keys(localStorage)) localStorage[name] = JSON.stringify({...JSON.parse(localStorage[name]), until: Date.now() - 1})"
    )
    page.reload()
    assert kept(page) == {}


def test_a_shared_device_keeps_nothing(phone, trial: Trial):
    """There pages come one by one, with the script or without."""
    page = phone()
    page.goto("/r/")
    page.get_by_role("link", name="Plusieurs personnes répondent sur cet appareil").tap()
    page.get_by_label("Votre code").fill(trial.code())
    press(page, "Continuer")
    expect(page.get_by_text("Appareil partagé")).to_be_visible()
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    press(page, "Page suivante")
    expect(page.get_by_label("Combien de kilomètres ?")).to_be_visible()
    assert page.locator("[data-page], [data-key]").count() == 0
    assert kept(page) == {}


def test_without_a_way_to_encrypt_nothing_is_kept_and_it_is_said(phone, trial: Trial):
    page = phone()
    page.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    enter(page, trial.code())
    expect(page.locator("#status")).to_contain_text("ne sait pas chiffrer ici")
    walk_to_the_end(page, "Sans chiffre")
    assert kept(page) == {}
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(SENT)


def test_a_mistake_is_told_before_the_page_turns(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    page.get_by_label("Combien de kilomètres ?").fill("mille")
    press(page, "Page suivante")
    expect(page.locator("[data-page='1'] .error-summary")).to_be_focused()
    expect(page.locator("[data-page='1'] .errors")).to_contain_text("Écrivez un nombre")
    assert page.title().startswith("Erreur :")
    sound(page)
    page.locator("[data-page='1'] .errors a").tap()
    expect(page.get_by_label("Combien de kilomètres ?")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("1000")
    press(page, "Page suivante")
    expect(page.locator("[data-page='1'] .errors")).to_contain_text("au plus 900")
    assert page.locator(".error-summary:visible, .field-error:visible").count() == 2
    page.get_by_label("Combien de kilomètres ?").fill("90")
    press(page, "Page suivante")
    expect(heading(page)).to_have_text("Moyens")
    assert not page.title().startswith("Erreur :")


def test_what_the_script_let_through_comes_back_to_its_page(phone, trial: Trial):
    """The server judges everything again."""
    page = phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Trop loin")
    page.locator(".control[name='a.km']").evaluate("box => { box.value = '1000' }")
    press(page, "Envoyer mes réponses")
    expect(page.locator("[data-page='1'] .error-summary")).to_be_focused()
    assert page.title().startswith("Erreur :")
    sound(page)
    page.get_by_label("Combien de kilomètres ?").fill("90")
    for _page in range(3):
        press(page, "Page suivante")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(SENT)


def test_words_that_tell_someone_are_pointed_at_and_nothing_is_blocked(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    word = "Sophie et <img src=x onerror=alert(1)> la comptable"
    walk_to_the_end(page, word)
    advice = page.locator("#recognised")
    expect(advice.get_by_role("listitem")).to_have_text([re.compile("Sophie"), re.compile("la comptable")])
    sound(page)
    page.go_back()
    expect(page.locator(".advice")).to_contain_text("On pourrait reconnaître quelqu’un")
    sound(page)
    page.get_by_label("Un mot ?").fill("Une personne nous aide")
    expect(page.locator(".advice")).to_be_hidden()
    page.get_by_label("Un mot ?").fill(word)
    page.go_forward()
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text(SENT)
    assert answers(word) in trial.sheets()
    assert page.locator("img[src=x]").count() == 0


def test_continuing_on_another_device(phone, trial: Trial):
    page, code = phone(), trial.code()
    enter(page, code)
    walk_to_the_end(page, "Ailleurs")
    press(page, "Continuer plus tard")
    expect(heading(page)).to_have_text("Continuer plus tard")
    sound(page)
    with page.expect_download() as download:
        press(page, "Prendre le fichier")
    assert download.value.suggested_filename == "reprendre-mes-reponses.txt"
    letters = page.locator(".letters").inner_text()
    press(page, "Revenir où j’en étais")
    expect(heading(page)).to_have_text("Avant d’envoyer")

    other = phone()
    other.goto("/r/reprendre/")
    sound(other)
    other.get_by_label("Votre code").fill(code)
    other.get_by_label("Le texte, ou les lettres").fill(letters[:-1])
    press(other, "Reprendre")
    expect(other.locator(".error-summary")).to_contain_text("un groupe manque ou est en trop")
    sound(other)
    other.get_by_label("Le texte, ou les lettres").fill("")
    other.get_by_label("Ou le fichier").set_input_files(download.value.path())
    press(other, "Reprendre")
    expect(heading(other)).to_have_text("Pour finir")  # the mark is still to give
    expect(other.get_by_label("Un mot ?")).to_have_value("Ailleurs")
    press(other, "Page suivante")
    press(other, "Envoyer mes réponses")
    expect(heading(other)).to_have_text(SENT)
    assert answers("Ailleurs") in trial.sheets()


def test_the_other_language_keeps_place_and_answers(phone, trial: Trial):
    page = phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Langue")
    page.go_back()
    press(page, "English")
    expect(heading(page)).to_have_text("Lastly")
    expect(page.get_by_label("A word?")).to_have_value("Langue")
    assert page.title().startswith("Page 3 of 4")
    sound(page)


def test_a_used_code_says_so_and_the_device_forgets(phone, trial: Trial):
    """Kept on this phone, sent from another: coming back to it, nothing is offered and nothing stays."""
    page, other, code = phone(), phone(), trial.code()
    enter(page, code)
    press(page, "Commencer")
    page.get_by_text("Oui", exact=True).tap()
    until_kept(page)
    enter(other, code)
    walk_to_the_end(other, "L’autre téléphone")
    press(other, "Envoyer mes réponses")
    expect(heading(other)).to_have_text(SENT)
    for _page in range(3):
        press(page, "Page suivante")
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text("Ce code a déjà servi")
    sound(page)
    assert kept(page) == {}


def test_a_survey_closed_meanwhile_is_told_and_nothing_stays(phone, demo: Demonstration):
    trial, page = Trial(demo), phone()
    enter(page, trial.code())
    walk_to_the_end(page, "Trop tard")
    trial.close()
    press(page, "Envoyer mes réponses")
    expect(heading(page)).to_have_text("L’enquête est terminée")
    assert kept(page) == {}
    assert "Trop tard" not in page.content()

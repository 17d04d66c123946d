"""Free texts, from the reader’s phone to the page everyone reads: forms only, at 360 px, and axe on each state."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demonstration import Demonstration
from tests.browser.test_walk import holds_up, main_of, says, title_of

pytestmark = pytest.mark.browser

# A structure of its own: the texts of the demonstration stay for those who open it.
A_READING = """
import json
from tests.labqvt.verbatims.factories import account, reading_of
said = ["Depuis que Karim est parti, on court.", "Je suis fatiguée.", "Moins de bruit.", "Des consignes écrites.", "Plus de pauses."]
reading = reading_of(texts={"CHANGE": said})
campaign = reading.campaign
people = {function: account(campaign, function).email for function in ("consultant", "employee", "director")}
print(json.dumps(people | {"campaign": campaign.public_id}))
"""


def sign_in(page: Page, demo: Demonstration, email: str) -> None:
    page.goto(f"{demo.url}/connexion/")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill("motdepasse-de-test")
    page.get_by_role("button", name="Entrer dans mon espace").click()
    page.wait_for_url("**/espace/")


def test_texts_go_from_their_reader_to_the_wall(phone, demo: Demonstration):
    made = demo.ask(A_READING)
    diagnosis = f"/espace/campagnes/{made['campaign']}/diagnostic/"

    director = phone(javascript=False)
    sign_in(director, demo, made["director"])
    director.goto(diagnosis)
    says(director, "des extraits paraîtront ici pour tout le monde à la même heure")
    holds_up(director)
    director.goto(f"/espace/campagnes/{made['campaign']}/textes/1/")
    says(director, "personne extérieure choisie")

    reader = phone(javascript=False)
    sign_in(reader, demo, made["consultant"])
    reader.get_by_role("link", name="Lire les textes").click()
    says(reader, "0 lus sur 5 textes")
    holds_up(reader)
    reader.get_by_label("Nom du thème").fill("Le rythme")
    reader.get_by_role("button", name="Ajouter ce thème").click()
    reader.get_by_role("link", name="Commencer la lecture").click()
    _read_all(reader)
    expect(title_of(reader)).to_have_text("Lecture des textes")
    says(reader, "5 lus sur 5 textes")
    holds_up(reader)
    reader.get_by_role("link", name="Terminer la lecture").click()
    says(reader, "4 extraits sont proposés")
    holds_up(reader)
    reader.get_by_role("button", name="Terminer la lecture et détruire le reste").click()
    says(reader, "La lecture est terminée")

    director.goto(f"/espace/campagnes/{made['campaign']}/extraits/")
    says(director, "La direction les découvre avec tout le monde")
    employee = phone(javascript=False)
    sign_in(employee, demo, made["employee"])
    employee.get_by_role("link", name="Relire les extraits").click()
    holds_up(employee)
    publish = employee.get_by_role("button", name="Faire paraître ce qui peut l’être")
    publish.click()
    says(employee, "Dites si cet extrait peut paraître")
    holds_up(employee)
    # A fieldset within the form: the summary of errors and the menu of the page are groups too.
    for group in employee.locator("main form fieldset").all():
        answer = "À retirer" if "pauses" in group.inner_text() else "Peut paraître"
        group.get_by_text(answer, exact=True).click()
    publish.click()
    says(employee, "les extraits gardés paraissent maintenant")

    director.goto(diagnosis)
    shown = [director.locator("#texts"), employee.locator("#texts")]
    assert shown[0].inner_text() == shown[1].inner_text()
    quoted = {re.sub(r"\s+", " ", one.inner_text()).strip() for one in shown[0].locator("blockquote").all()}
    assert quoted == {"Depuis que […] est parti, on court.", "Moins de bruit.", "Des consignes écrites."}
    holds_up(director)


def _read_all(reader: Page) -> None:
    """Five texts in the order of chance: a name is masked, a cry is set aside, the others are proposed."""
    for _text in range(5):
        text = main_of(reader)
        holds_up(reader)
        if "fatiguée" in text:
            reader.get_by_role("button", name="Mettre de côté").click()
            says(reader, "Dites pourquoi ce texte est mis de côté")
            holds_up(reader)
            reader.get_by_text("Quelqu’un est peut-être en danger").click()
            reader.get_by_role("button", name="Mettre de côté").click()
            says(reader, "3114")
            holds_up(reader)
            reader.get_by_role("link", name="Lecture des textes").click()
            onward = reader.get_by_role("link", name="Continuer la lecture")
            if onward.count():
                onward.click()
            continue
        if "Karim" in text:
            reader.get_by_text("« Karim » : un nom").click()
            reader.get_by_role("button", name="Masquer ce qui est coché").click()
            says(reader, "Depuis que […] est parti")
        reader.get_by_role("checkbox", name="Le rythme").check()
        reader.get_by_role("button", name="Proposer cet extrait").click()
        says(reader, "L’extrait est proposé")

"""A survey of structures from both sides: a director on a phone without scripts, the regional lead at a desk."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_walk import holds_up, says, title_of

pytestmark = pytest.mark.browser
TITLE = "Besoins des structures, marche d’essai"
PATIENCE = 2300  # the first page does not take back what a robot would send at once


def _prepare(lead: Page) -> str:
    """Prepare, launch, and give the link of the survey."""
    lead.goto("/espace/enquetes/")
    lead.get_by_role("link", name="Provence-Alpes-Côte d’Azur", exact=True).click()
    lead.get_by_label("Nom de l’enquête").fill(TITLE)
    lead.get_by_label("Questionnaire").select_option(
        label="Enquête auprès des structures : besoins et pratiques"
    )
    lead.get_by_label("Qui pose les questions").fill("Une équipe inventée")
    lead.get_by_label("À quoi serviront les réponses").fill("À essayer.")
    lead.get_by_label("À qui poser une question").fill("aide@exemple.invalid")
    lead.get_by_role("button", name="Enregistrer et relire").click()
    holds_up(lead)
    lead.get_by_role("button", name="Lancer l’enquête").click()
    holds_up(lead)
    return lead.locator("dd a.long-link").get_attribute("href") or ""


def _identify(page: Page, link: str, name: str) -> None:
    page.goto(link)
    page.get_by_label("Nom de votre structure").fill(name)
    page.get_by_label("Département").fill("13")
    page.get_by_label("La direction").check()
    page.wait_for_timeout(PATIENCE)
    page.get_by_role("button", name="Commencer").click()


def test_a_director_answers_leaves_resumes_and_corrects_while_the_lead_follows_extends_and_calls_back(
    demo, phone
):
    desk = phone()
    desk.set_viewport_size({"width": 1440, "height": 900})
    demo.sign_in(desk, "region")
    link = _prepare(desk)
    survey = desk.url

    director = phone(javascript=False)
    director.goto(link)
    says(director, "Cette enquête est nominative")
    holds_up(director)
    _identify(director, link, "La Halte des Essais")
    holds_up(director)
    own = director.locator("p.long-link").inner_text()
    director.get_by_role("link", name="Commencer les questions").click()
    director.get_by_label("En tout").fill("douze")
    director.get_by_role("button", name="Page suivante").click()
    says(director, "Un point est à revoir")
    holds_up(director)
    director.get_by_label("En tout").fill("7")
    director.get_by_role("button", name="Garder et finir plus tard").click()
    says(director, "Ce que vous avez écrit est gardé")

    # The lead sees that it began, and extends with the cause.
    desk.goto(f"{survey}structures/")
    says(desk, "commencé")
    desk.goto(f"{survey}prolonger/")
    later = timezone.localdate() + timedelta(days=60)
    desk.get_by_label("Nouveau dernier jour").fill(later.isoformat())
    desk.get_by_label("Pourquoi").fill("Des structures débordées n’ont pas pu répondre.")
    desk.get_by_role("button", name="Prolonger jusqu’à ce jour").click()
    says(desk, "Des structures débordées")

    # On another phone, by the link alone; a page at a time, then sent.
    other = phone(javascript=False)
    other.goto(own)
    other.get_by_role("link", name="Continuer").click()
    while "/verifier/" not in other.url:
        if other.locator("[name='a.RECONTACT']").count() and not other.locator("[name='a.REC_NOM']").count():
            other.locator("[name='a.RECONTACT'][value=yes]").check()
        elif other.locator("[name='a.REC_NOM']").count():
            other.locator("input.control[name='a.REC_NOM']").fill("Le secrétariat")
        other.get_by_role("button", name="Page suivante").click()
    holds_up(other)
    other.get_by_label("Oui, sans le nom de la structure").check()
    other.get_by_role("button", name="Envoyer la réponse de la structure").click()
    expect(title_of(other)).to_have_text("C’est envoyé. Merci.")
    other.get_by_role("link", name="Votre structure").click()
    other.get_by_label("En tout").fill("8")
    other.get_by_role("button", name="Garder et finir plus tard").click()
    holds_up(other)

    # A second person types the same name: told, and nothing shown.
    second = phone(javascript=False)
    _identify(second, link, "la halte des essais")
    expect(title_of(second)).to_contain_text("a déjà commencé à répondre")
    holds_up(second)

    # The lead reads, calls back and takes the answers away.
    desk.goto(f"{survey}reponses/")
    desk.get_by_role("link", name="La Halte des Essais").click()
    says(desk, "En tout")
    desk.goto(f"{survey}rappels/")
    says(desk, "Le secrétariat")
    desk.get_by_label("Où en est le rappel").select_option("done")
    desk.get_by_label("Ce qui est sorti du rappel").fill("Veut les résultats")
    desk.get_by_role("button", name="Noter", exact=True).click()
    says(desk, "Veut les résultats")
    desk.goto(f"{survey}reponses/")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Classeur (XLSX)").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    desk.goto(f"{survey}synthese/")
    says(desk, "1 structure a répondu")
    holds_up(desk)

"""A programme from nothing to approved minutes: opened, its bodies composed, a meeting called, moved, held, approved."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page

from tests.browser.demonstration import Demonstration
from tests.browser.test_walk import holds_up, paper_behind, says, title_of

pytestmark = pytest.mark.browser


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def test_a_newcomer_runs_a_programme_s_steering(phone, demo: Demonstration):
    lead, employer, employee = (phone(javascript=False) for _ in range(3))
    _three_accounts(demo)
    demo.sign_in(lead, "meneuse")
    lead.goto("/espace/programmes/parcours/")
    _two_regions(lead)
    _a_joint_body(lead)
    _a_milestone(lead)
    meeting = _a_meeting(lead)
    address = _own_agenda(employer, demo, "patronat")
    assert _event(employer, address)["SEQUENCE"] == 0
    _moved_online(lead, meeting)
    moved = _event(employer, address)
    assert (moved["SEQUENCE"], str(moved["URL"])) == (1, "https://visio.exemple.invalid/erds")
    _held(lead, meeting)
    _approved(lead, employer, employee, demo, meeting)


def _three_accounts(demo: Demonstration) -> None:
    """As the installation's administrator opens them: one who leads, one on each side."""
    demo.ask(f"""
from labqvt.people.models import Account, Function
from labqvt.people import services
from labqvt.programmes.services import create_programme
programme = create_programme(slug="parcours", title="Programme du parcours", acronym="Parcours", by=None)
made = {{
    box: services.create_account(email=box + "@labqvt.invalid", name=name, password="{demo.password}")
    for box, name in (("meneuse", "Meneuse"), ("patronat", "Côté employeurs"), ("syndicat", "Côté salariés"))
}}
services.assign(account=made["meneuse"], function=Function.NATIONAL, scope=programme.scope, by=None)
""")


def _two_regions(lead: Page) -> None:
    for region, title in (("Bretagne", "Égalité"), ("Normandie", "Numérique")):
        lead.goto("/espace/programmes/parcours/experimentations/nouvelle/")
        lead.get_by_label("Région").select_option(label=region)
        lead.get_by_label("Titre").fill(title)
        lead.get_by_label("Thème").fill(title)
        lead.get_by_label("Objet : ce que l’on tente, et pour quoi").fill("Essayer ensemble.")
        press(lead, "Ouvrir l’expérimentation")
    says(lead, "Normandie")


def _a_joint_body(lead: Page) -> None:
    lead.goto("/espace/programmes/parcours/")
    follow(lead, "Bretagne")
    follow(lead, "Ouvrir une instance")
    holds_up(lead)
    lead.get_by_label("Nature").select_option(label="espace régional de dialogue social")
    lead.get_by_label("Nom").fill("ERDS du parcours")
    press(lead, "Ouvrir l’instance")
    for college, box in (("employeurs", "patronat"), ("salariés", "syndicat")):
        follow(lead, "Poser un siège")
        lead.get_by_label("Collège").select_option(label=college)
        lead.get_by_label("Qualité").fill(f"Pour les {college}")
        lead.get_by_label("Qui l’occupe").fill(f"Membre, {college}")
        lead.get_by_label("Son adresse électronique").fill(f"{box}@labqvt.invalid")
        press(lead, "Poser le siège")
    says(lead, "Pour les salariés")
    holds_up(lead)


def _a_milestone(lead: Page) -> None:
    lead.goto("/espace/programmes/parcours/")
    follow(lead, "Bretagne")
    follow(lead, "Ajouter une échéance")
    lead.get_by_label("Nature").select_option(label="livrable")
    lead.get_by_label("Intitulé").fill("Guide du parcours")
    lead.get_by_label("Date prévue").fill("printemps 2030")
    press(lead, "Ajouter à la chronologie")


def _a_meeting(lead: Page) -> str:
    lead.goto("/espace/instances/")
    follow(lead, "ERDS du parcours")
    follow(lead, "Préparer une réunion")
    lead.get_by_label("Intitulé").fill("Première séance")
    lead.get_by_label("Jour").fill((timezone.localdate() + timedelta(days=8)).isoformat())
    lead.get_by_label("Heure de début").fill("14:00")
    press(lead, "Préparer la réunion")
    says(lead, "Dites où l’on se retrouve")  # nothing typed was lost
    lead.get_by_label("Lieu").fill("Rennes")
    press(lead, "Préparer la réunion")
    for title, intent in (("Où nous en sommes", "information"), ("La date du guide", "décision")):
        follow(lead, "Ajouter un point")
        lead.get_by_label("Point").fill(title)
        lead.get_by_label("Ce qui est attendu").select_option(label=intent)
        press(lead, "Ajouter à l’ordre du jour")
    press(lead, "Convoquer les membres")
    says(lead, "Décisions demandées")
    holds_up(lead)
    letter = paper_behind(lead, lead.get_by_role("link", name="Imprimer la convocation"))
    assert letter.is_tagged
    assert letter.text.index("La date du guide") < letter.text.index("Où nous en sommes")
    return lead.url


def _own_agenda(page: Page, demo: Demonstration, box: str) -> str:
    demo.sign_in(page, box)
    page.goto("/espace/mes-agendas/")
    press(page, "Obtenir mon adresse d’agenda")
    holds_up(page)
    return page.locator("a.address").first.get_attribute("href") or ""


def _event(page: Page, address: str):
    answer = page.request.get(address)
    assert answer.ok
    return next(
        one
        for one in Calendar.from_ical(answer.body()).walk("VEVENT")
        if "Première séance" in str(one["SUMMARY"])
    )


def _moved_online(lead: Page, meeting: str) -> None:
    lead.goto(meeting)
    follow(lead, "Déplacer, ou passer à distance")
    soon = timezone.localtime() + timedelta(minutes=2)  # a meeting opens on its day
    lead.get_by_label("Jour").fill(soon.date().isoformat())
    lead.get_by_label("Heure de début").fill(soon.strftime("%H:%M"))
    lead.get_by_label("Durée en minutes").fill("20")
    lead.get_by_label("Comment").select_option(label="à distance")
    lead.get_by_label("Adresse de la visioconférence").fill("https://visio.exemple.invalid/erds")
    lead.get_by_label("Pourquoi").fill("La salle ferme")
    press(lead, "Déplacer la réunion")
    says(lead, "les agendas des membres suivent")
    says(lead, "La salle ferme")


def _held(lead: Page, meeting: str) -> None:
    press(lead, "Ouvrir la séance")
    follow(lead, "Noter qui est là")
    for select in lead.locator("select:not([name$='-by'])").all():
        select.select_option(label="à distance")
    holds_up(lead)
    press(lead, "Noter les présences")
    follow(lead, "Noter ce qui est décidé")
    lead.get_by_label("Ce qui a été dit, décidé ou demandé").fill("Le guide attend l’été.")
    lead.get_by_label("Ce que la décision change tout de suite").select_option(label="Reporter une échéance")
    lead.get_by_label("Quelle échéance").select_option(index=1)
    lead.get_by_label("Nouvelle date").fill("été 2030")
    lead.get_by_label("Position : employeurs").select_option(label="pour")
    lead.get_by_label("Position : salariés").select_option(label="avec réserve")
    holds_up(lead)
    press(lead, "Noter")
    says(lead, "« Guide du parcours » reporté")
    for intent, text in (
        ("action", "Prévenir les structures."),
        ("information", "Les structures sont huit."),
    ):
        follow(lead, "Noter une suite")
        lead.get_by_label("Nature").select_option(label=intent)
        lead.get_by_label("Ce qui a été dit, décidé ou demandé").fill(text)
        if intent == "action":
            lead.get_by_label("Qui s’en charge").fill("Meneuse")
        press(lead, "Noter")
    holds_up(lead)
    press(lead, "Arrêter le compte rendu et demander les deux visas")
    says(lead, "visa attendu")
    assert lead.get_by_role("button", name="Viser ce compte rendu").count() == 0


def _approved(lead: Page, employer: Page, employee: Page, demo: Demonstration, meeting: str) -> None:
    demo.sign_in(employee, "syndicat")
    for page in (employer, employee):
        page.goto("/espace/")
        says(page, "attend votre visa")
        follow(page, "Lire et viser")
        press(page, "Viser ce compte rendu")
        says(page, "Votre visa est donné")
    lead.goto(meeting)
    says(lead, "compte rendu approuvé")
    holds_up(lead)
    minutes = paper_behind(lead, lead.get_by_role("link", name="Version 1 (PDF)"))
    assert minutes.is_tagged
    for said in ("Le guide attend l’été.", "Côté salariés", "avec réserve", "La date du guide"):
        assert said in minutes.text
    lead.goto("/espace/programmes/parcours/")
    follow(lead, "Bretagne")
    follow(lead, "Guide du parcours")
    says(lead, "Décidé en réunion")
    says(lead, "ERDS du parcours")
    assert title_of(lead).inner_text() == "Guide du parcours"

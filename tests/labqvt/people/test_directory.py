"""The directory of organisations: who keeps it, what it refuses, a list taken whole or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from labqvt.foundation import journal
from labqvt.foundation.lists import Rows
from labqvt.people import company_search, directory
from labqvt.people.company_search import Company, SearchUnavailableError
from labqvt.people.directory_lists import read_list
from labqvt.people.models import Organisation
from labqvt.people.queries import organisations_of
from tests.factories import AccountFactory, ScopeFactory, StructureFactory

pytestmark = pytest.mark.django_db
GOOD = "73282932000074"


@pytest.fixture
def lead():
    return AccountFactory(national_of=ScopeFactory())


def added(by, **facts):
    return directory.add_organisation(
        by=by, **({"name": "Union des essais", "kind": Organisation.Kind.FEDERATION} | facts)
    )


def test_a_wrong_siret_naf_or_idcc_is_told_by_its_name(lead):
    for field, value in (("siret", "73282932000075"), ("siret", "123"), ("naf", "8810A"), ("idcc", "29A")):
        with pytest.raises(ValidationError) as error:
            added(lead, **{field: value})
        assert list(error.value.message_dict) == [field]
    assert not Organisation.objects.exists()


def test_la_poste_s_own_rule_is_known(lead):
    assert added(lead, siret="35600000000048").siret == "35600000000048"
    assert (
        added(lead, name="Un bureau", siret="35600000009075").siret == "35600000009075"
    )  # its digits add up to a multiple of five


def test_the_same_siret_is_not_entered_twice(lead):
    added(lead, siret=GOOD)
    with pytest.raises(ValidationError):
        added(lead, name="Une autre", siret=GOOD)


def test_a_change_is_undone(lead):
    organisation = added(lead)
    entry = directory.change_organisation(
        organisation=organisation, by=lead, name="Union renommée", idcc="2941"
    )
    journal.undo(entry=entry, by=lead)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.idcc) == ("Union des essais", "")


def test_it_is_found_under_its_former_name(lead):
    organisation = added(lead, name="DREETS d’essai")
    directory.note_name(organisation=organisation, name="Direccte d’essai", by=lead)
    assert list(organisations_of(lead, "direccte")) == [organisation]


def test_structures_are_the_administration_s_to_see_and_nobody_else_s(client, lead):
    structure = StructureFactory(name="Petite association")
    administrator = AccountFactory(administrator=True)
    for account, status in ((administrator, 200), (lead, 404), (AccountFactory(director_of=structure), 404)):
        client.force_login(account)
        assert client.get(reverse("people:organisation", args=[structure.public_id])).status_code == status
    client.force_login(lead)
    assert "Petite association" not in client.get(reverse("people:directory")).content.decode()
    client.force_login(administrator)
    assert "Petite association" in client.get(reverse("people:directory")).content.decode()


@pytest.mark.parametrize("function", ["director_of", "employee_of", "consultant_of", "partner_of"])
def test_others_do_not_keep_it(function):
    with pytest.raises(PermissionDenied):
        added(AccountFactory(**{function: ScopeFactory()}))


def test_a_list_of_five_hundred_with_thirty_wrong_rows_adds_nothing_and_tells_each(client, lead):
    rows = [
        [f"Organisation {rank}", "", "autre partenaire", "Bretagne", "formation", "12"] for rank in range(500)
    ]
    wrong = range(7, 457, 15)
    for rank in wrong:
        rows[rank][[0, 1, 2, 3, 5][rank % 5]] = ["", "123", "fusée", "Atlantide", "douze"][rank % 5]
    read = read_list(Rows(1, rows))
    assert [line for line, _why in read.wrong] == [rank + 1 for rank in wrong]
    assert len(read.rows) == 470
    with pytest.raises(ValidationError, match="Rien n’est ajouté"):
        directory.take_list(read=read, by=lead)
    client.force_login(lead)
    text = "\n".join(";".join(cells) for cells in rows)
    page = client.post(reverse("people:take_list"), {"text": text}).content.decode()
    assert page.count("<li>ligne") == 30
    assert "Organisation 499" in page  # what was pasted is still there
    assert not Organisation.objects.exists()


def test_a_list_refuses_what_it_holds_twice_or_what_is_known(lead):
    added(lead, siret=GOOD)
    read = read_list(
        Rows(1, [["nom", "siret"], ["A", GOOD], ["B", "35600000000048"], ["C", "35600000000048"]])
    )
    assert [line for line, _why in read.wrong] == [2, 4]
    assert "ligne 3" in read.wrong[1][1]


def test_a_right_list_is_taken_whole(client, lead):
    client.force_login(lead)
    text = f"nom;siret;nature;région;activité;effectif\nUnion A;{GOOD};union ou fédération;PACA;formation;12\nUnion B"
    answer = client.post(reverse("people:take_list"), {"text": text})
    assert answer.status_code == 302
    one = Organisation.objects.get(siret=GOOD)
    assert (one.name, one.kind, one.region, one.headcount) == ("Union A", "federation", "93", 12)


def test_the_screen_works_with_and_without_the_service(client, lead, monkeypatch, settings):
    settings.COMPANY_SEARCH_URL = "https://recherche.exemple.invalid/search"
    client.force_login(lead)
    found = [Company(siret=GOOD, name="ATELIERS", naf="88.10A", region="93")]
    monkeypatch.setattr(company_search, "search", lambda text: found)
    page = client.get(reverse("people:look_up"), {"q": "ateliers"}).content.decode()
    assert "Reprendre" in page
    filled = client.get(
        reverse("people:organisation_new"), {"name": "ATELIERS", "siret": GOOD, "naf": "88.10A"}
    ).content.decode()
    assert f'value="{GOOD}"' in filled

    def silent(text):
        raise SearchUnavailableError("La recherche d’entreprises ne répond pas.")

    monkeypatch.setattr(company_search, "search", silent)
    page = client.get(reverse("people:look_up"), {"q": "ateliers"}).content.decode()
    assert "ne répond pas" in page
    assert "Remplir à la main" in page
    typed = {"name": "À la main", "kind": "other", "siret": "732 829 320 00074"}
    assert client.post(reverse("people:organisation_new"), typed).status_code == 302
    assert Organisation.objects.get(name="À la main").siret == GOOD


def test_what_is_wrong_on_the_form_is_told_and_nothing_is_lost(client, lead):
    client.force_login(lead)
    page = client.post(
        reverse("people:organisation_new"), {"name": "Nouvelle", "kind": "other", "siret": "1"}
    ).content.decode()
    assert "n’est pas un SIRET" in page
    assert 'value="Nouvelle"' in page


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_directory_costs_the_same_whatever_its_length(client, lead, count, django_assert_max_num_queries):
    for rank in range(count):
        added(lead, name=f"Union {rank:03}")
    client.force_login(lead)
    with django_assert_max_num_queries(7):
        client.get(reverse("people:directory"))


def test_a_quotation_mark_never_closed_swallows_no_line(client, lead):
    client.force_login(lead)
    page = client.post(reverse("people:take_list"), {"text": '"Union A;;\nUnion B;;'}).content.decode()
    assert "un guillemet n’est sans doute pas fermé" in page
    assert not Organisation.objects.exists()


def test_a_cell_too_long_says_which(lead):
    read = read_list(Rows(1, [["A", "", "", "", "x" * 200]]))
    [(_line, why)] = read.wrong
    assert why.startswith("activité : ")

"""Whom the people of a structure may call: written by its pair, undone by who wrote it, seen by nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from labqvt.foundation import journal
from labqvt.people import services
from labqvt.people.models import HelpContact
from tests.factories import AccountFactory, StructureFactory

pytestmark = pytest.mark.django_db
DOCTOR = {"doctor": {"who": "Service de prévention", "phone": "04 00 00 00 00", "about": "le mardi"}}
UNION = {"union": {"who": "Union locale", "phone": "", "about": ""}}


@pytest.fixture
def structure():
    return StructureFactory(name="La Serre")


def test_both_of_the_pair_write_and_nobody_else(structure):
    for by in (AccountFactory(director_of=structure), AccountFactory(employee_of=structure)):
        services.set_help_contacts(structure=structure, contacts=DOCTOR, by=by)
        assert services.help_contacts_of(structure) == DOCTOR
    for stranger in (AccountFactory(), AccountFactory(director_of=StructureFactory())):
        with pytest.raises(PermissionDenied, match="binôme"):
            services.set_help_contacts(structure=structure, contacts=UNION, by=stranger)
    assert services.help_contacts_of(structure) == DOCTOR


def test_what_was_written_before_comes_back(structure):
    by = AccountFactory(director_of=structure)
    services.set_help_contacts(structure=structure, contacts=DOCTOR, by=by)
    entry = services.set_help_contacts(structure=structure, contacts=UNION, by=by)
    journal.undo(entry=entry, by=by)
    assert services.help_contacts_of(structure) == DOCTOR


def test_the_screen_says_what_is_missing_and_keeps_what_was_typed(structure, client):
    client.force_login(AccountFactory(employee_of=structure))
    address = reverse("people:help", args=[structure.public_id])
    page = client.post(
        address, {"doctor_phone": "04 00 00 00 00", "union_who": "Union", "union_phone": "demain"}
    )
    assert page.status_code == 200
    text = page.content.decode()
    assert "Dites qui l’on joint à ce numéro" in text
    assert "Écrivez un numéro de téléphone" in text
    assert 'value="demain"' in text
    assert not HelpContact.objects.exists()
    done = client.post(address, {"union_who": "Union locale"}, follow=True)
    assert "Les contacts d’aide sont enregistrés" in done.content.decode()
    assert services.help_contacts_of(structure) == UNION
    assert "Union locale" in done.content.decode()


@pytest.mark.parametrize("contacts", [0, 4])
def test_the_panel_costs_the_same_whatever_is_written(
    structure, contacts, client, django_assert_max_num_queries
):
    by = AccountFactory(director_of=structure)
    kinds = list(HelpContact.Kind)[:contacts]
    services.set_help_contacts(
        structure=structure, contacts={k: {"who": str(k), "phone": "", "about": ""} for k in kinds}, by=by
    )
    client.force_login(by)
    with django_assert_max_num_queries(40) as seen:
        client.get(reverse("cockpit:structure", args=[structure.public_id]))
    assert sum("people_helpcontact" in query["sql"] for query in seen.captured_queries) == 1


def test_a_stranger_does_not_learn_that_the_structure_exists(structure, client):
    client.force_login(AccountFactory(director_of=StructureFactory()))
    assert client.get(reverse("people:help", args=[structure.public_id])).status_code == 404

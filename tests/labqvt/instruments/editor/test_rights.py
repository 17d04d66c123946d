"""Each address of the editor: who writes, who of the house does not, a stranger for whom the draft does not exist."""

import pytest
from django.urls import reverse

from labqvt.instruments.editor.urls import urlpatterns
from tests.factories import AccountFactory, StructureFactory

pytestmark = pytest.mark.django_db

ARGUMENTS = {"group_id": "G1", "language": "en"}
ADDRESSES = sorted(pattern.name for pattern in urlpatterns)


def address_of(name, version, item):
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    known = ARGUMENTS | {"public_id": version.public_id, "item_id": item.id, "row_id": item.id}
    return reverse(f"instruments:{name}", kwargs={key: known[key] for key in pattern.pattern.converters})


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_learns_nothing(client, filled, name):
    client.force_login(AccountFactory(director_of=StructureFactory()))
    for ask in (client.get, client.post):
        answer = ask(address_of(name, filled, filled.form.items[0]))
        assert answer.status_code in {404, 405}
        assert "entretien" not in answer.content.decode()
    assert fresh(filled).form.items[0].label.pick("fr") == "Avez-vous un entretien ?"


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_employee_of_the_pair_reads_and_does_not_write(client, own, structure, name):
    version, _director = own
    client.force_login(AccountFactory(employee_of=structure))
    before = version.content
    for ask in (client.get, client.post):
        answer = ask(address_of(name, version, version.form.items[0]))
        assert answer.status_code in {403, 405}
        if answer.status_code == 403:
            assert "se modifie par les personnes qui le tiennent" in answer.content.decode()
    assert fresh(version).content == before


def test_once_published_the_words_are_frozen_for_their_author_too(desk):
    assert desk.do("edit_publish", note="Première").status_code == 302
    for name, args in (("edit", ()), ("edit_question", (desk.form.items[0].id,)), ("edit_settings", ())):
        answer = desk.client.get(desk.url(name, *args))
        assert answer.status_code == 403
        assert "Cette version est figée" in answer.content.decode()
    assert desk.do("edit_page_add", title="Trop tard").status_code == 403
    assert len(desk.form.groups) == 2


def fresh(version):
    return type(version).objects.get(pk=version.pk)

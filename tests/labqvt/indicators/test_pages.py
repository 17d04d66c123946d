"""Pages of figures: a fact added in the browser changes the figure, and so does its undoing."""

import csv
import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from labqvt.foundation.models import JournalEntry
from labqvt.indicators.models import Fact, Statement
from tests.labqvt.indicators.factories import FactFactory, IndicatorFactory
from tests.labqvt.programmes.factories import MilestoneFactory

FORM = {
    "indicator": "reunions",
    "label": "Comité de printemps",
    "when": "17/03/2026",
    "quantity": "1",
    "source": "compte-rendu.txt",
}


@pytest.fixture
def region(cast):
    cast.indicator = IndicatorFactory(programme=cast.programme, code="reunions", label="Réunions tenues")
    FactFactory(scope=cast.region.scope, label="Comité d’hiver")
    Statement.objects.create(
        programme=cast.programme, scope=cast.region.scope, reference="K1", indicator_code="reunions", text="Réunions",
        value=Decimal(2), qualifier="exact", source="rapport.txt", source_line=256, file_name="x.csv",
    )  # fmt: skip
    return cast


def address(region, name, *more):
    return reverse(f"indicators:{name}", args=[region.region.public_id, *more])


def read(client, url):
    return client.get(url).content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_fact_added_in_the_browser_changes_the_figure_and_undoing_it_brings_it_back(client, region):
    client.force_login(region.lead)
    measure = address(region, "measure", "reunions")
    assert "Le recensé compte 1 de moins." in read(client, measure)
    answer = client.post(address(region, "add_fact"), FORM)
    assert answer.url == measure
    page = read(client, measure)
    assert "« Réunions tenues » vaut maintenant 2." in page
    assert "Comité de printemps" in page
    assert "Le recensé dit la même chose." in page
    entry = JournalEntry.objects.get(act="indicators.add_fact", by=region.lead)
    client.post(reverse("foundation:undo", args=[entry.public_id]), {"next": measure})
    assert "Le recensé compte 1 de moins." in read(client, measure)


def test_published_figures_stand_beside_with_their_source_and_line(client, region):
    client.force_login(region.partner)
    page = read(client, address(region, "region"))
    assert "Publié : 2 <span" in page
    assert "(rapport.txt, ligne 256)" in page
    assert "Ajouter un fait" not in page


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"when": "demain"}, "pas une date lisible"),
        ({"when": "12/2027"}, "à venir"),
        ({"source": ""}, "d’où vient ce fait"),
        ({"indicator": "inconnu"}, "id_indicator"),
        ({"quantity": "beaucoup"}, "nombre"),
    ],
)
def test_a_refused_fact_keeps_what_was_typed(client, region, wrong, fault):
    client.force_login(region.lead)
    page = client.post(address(region, "add_fact"), {**FORM, **wrong}).content.decode()
    assert fault in page
    assert "Comité de printemps" in page
    assert Fact.objects.count() == 1


def test_a_proof_of_the_wrong_sort_is_refused_beside_its_field(client, region):
    client.force_login(region.lead)
    proof = SimpleUploadedFile("virus.exe", b"MZ")
    page = client.post(address(region, "add_fact"), {**FORM, "proof": proof}).content.decode()
    assert "type accepté" in page
    proof = SimpleUploadedFile("preuve.pdf", b"%PDF-1.7")
    client.post(address(region, "add_fact"), {**FORM, "source": "", "proof": proof})
    assert "preuve.pdf" in read(client, address(region, "measure", "reunions"))


def test_facts_are_found_by_their_words_and_exported_as_seen(client, region):
    for n in range(25):
        FactFactory(scope=region.region.scope, label=f"Atelier {n}")
    FactFactory(scope=region.neighbour.scope, label="Atelier d’ailleurs")
    client.force_login(region.partner)
    assert "Page 1 sur 2" in read(client, address(region, "facts"))
    page = read(client, f"{address(region, 'facts')}?q=comité+hiver")
    assert ("Comité d’hiver" in page, "Atelier 3" in page) == (True, False)
    assert "Aucun fait ne contient" in read(client, f"{address(region, 'facts')}?q=introuvable")
    sheet = client.get(f"{address(region, 'export', 'csv')}?q=atelier")
    rows = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert (len(rows), "attachment" in sheet["Content-Disposition"]) == (26, True)
    assert not any("ailleurs" in cell for row in rows for cell in row)
    book = client.get(f"{address(region, 'export', 'xlsx')}?chiffre=reunions&q=hiver")
    assert ZipFile(io.BytesIO(book.content)).testzip() is None


def test_a_label_that_looks_like_a_formula_stays_text(client, region):
    FactFactory(scope=region.region.scope, label="=1+1")
    client.force_login(region.partner)
    assert "'=1+1" in client.get(address(region, "export", "csv")).content.decode("utf-8-sig")


def test_a_fact_is_taken_out_from_its_list_by_those_who_may(client, region):
    fact = Fact.objects.get()
    url = reverse("indicators:remove_fact", args=[fact.public_id])
    for person, status in ((region.stranger, 404), (region.partner, 403), (region.lead, 302)):
        client.force_login(person)
        assert client.post(url, {"next": "https://ailleurs.invalid/"}).status_code == status
    assert not Fact.objects.exists()


def test_a_region_without_facts_says_what_to_do_first(client, region):
    Fact.objects.all().delete()
    for person, sentence in (
        (region.lead, "Un chiffre naît d’un premier fait"),
        (region.partner, "dès qu’un premier fait"),
    ):
        client.force_login(person)
        page = read(client, address(region, "region"))
        assert sentence in page
        assert "Publié, sans fait recensé à ce jour" in page


def test_a_figure_of_another_level_or_programme_does_not_exist_here(client, region):
    IndicatorFactory(programme=region.programme, code="national", level="programme")
    client.force_login(region.lead)
    assert client.get(address(region, "measure", "national")).status_code == 404
    client.force_login(region.stranger)
    for name in ("region", "facts", "add_fact"):
        assert client.get(address(region, name)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "cost"), [("region", 15), ("measure", 12), ("facts", 8), ("programme", 9)])
def test_pages_cost_the_same_whatever_they_list(client, region, django_assert_num_queries, count, name, cost):
    for n in range(count):
        IndicatorFactory(programme=region.programme, code=f"autre_{n}")
        MilestoneFactory(scope=region.region.scope)
        FactFactory(scope=region.region.scope)
        Statement.objects.create(
            programme=region.programme, scope=region.region.scope, reference=f"X{n}", indicator_code="autre", text="x",
            value=Decimal(n), qualifier="exact", file_name="x.csv",
        )  # fmt: skip
    client.force_login(region.lead)
    url = (
        reverse("indicators:programme", args=["essai"])
        if name == "programme"
        else address(region, name, *(["reunions"] if name == "measure" else []))
    )
    client.get(url)
    with django_assert_num_queries(cost):
        client.get(url)

"""Files that come in and go out: everything lost is said first, a wrong file is a sentence, nothing is kept unasked."""

import random

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from labqvt.instruments import exporting, importing, services
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.shipping import PACKS_DIR
from labqvt_forms import Group, Nature, Text, YesNo, read_bytes
from labqvt_forms.formats import json_form
from labqvt_forms.packs import EXTENSION, read_pack_file, write_pack
from labqvt_forms.writing import FORMATS
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.instruments.factories import shipped, small_form, written

pytestmark = pytest.mark.django_db
IMPORT = "/espace/questionnaires/importer/"
TSV = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\tdefault\tsame_default\n"


@pytest.fixture
def network():
    return ScopeFactory(label="Réseau")


@pytest.fixture
def author(network):
    return AccountFactory(national_of=network)


def brought(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def xlsform_with_loss() -> bytes:
    """A workbook whose repeated part our model asks once only."""
    from io import BytesIO

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in (
        ["type", "name", "label"],
        ["begin repeat", "membre", "Membre"],
        ["text", "nom", "Votre mot"],
        ["end repeat"],
    ):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_warnings_are_shown_before_anything_is_kept(client, author, network):
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("famille.xlsx", xlsform_with_loss())})
    shown = page.content.decode()
    assert "1 chose à savoir avant de le garder" in shown
    assert "n’est posée qu’une fois" in shown
    assert "Votre mot" in shown
    assert not QuestionnaireVersion.objects.exists()
    carried = page.context["form"].initial["understood"]
    sent = {"understood": carried, "kind": "participants", "scope": network.public_id, "licence": "CC0"}
    assert client.post(IMPORT, sent).status_code == 302
    draft = QuestionnaireVersion.objects.get()
    assert (draft.status, draft.questionnaire.origin) == ("draft", "imported")
    assert (draft.questionnaire.kind, draft.questionnaire.licence) == ("participants", "CC0")


def test_a_public_forgotten_is_asked_again_without_losing_the_file(client, author):
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("petit.json", json_form.dumps(small_form()).encode())})
    again = client.post(IMPORT, {"understood": page.context["form"].initial["understood"]})
    shown = again.content.decode()
    assert again.status_code == 200
    assert "Ça va ?" in shown.replace("\u202f", " ")
    assert not QuestionnaireVersion.objects.exists()


def test_the_nature_follows_the_public(client, author, network):
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("petit.json", json_form.dumps(small_form()).encode())})
    carried = page.context["form"].initial["understood"]
    client.post(IMPORT, {"understood": carried, "kind": "structures", "scope": network.public_id})
    assert QuestionnaireVersion.objects.get().form.anonymous is False


def test_a_pack_brings_its_licence_its_attestation_and_its_references(client, author, network):
    pack = read_pack_file(PACKS_DIR / f"six-determinants-salaries{EXTENSION}")
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("six.pack.json", write_pack(pack))})
    assert page.context["form"].errors == {}
    assert page.context["form"].initial["licence"] == "CC BY 4.0"
    carried = page.context["form"].initial["understood"]
    sent = {"understood": carried, "kind": "employees", "scope": network.public_id, "licence": "CC BY 4.0"}
    client.post(IMPORT, sent)
    draft = QuestionnaireVersion.objects.get()
    assert draft.form == pack.questionnaire
    assert draft.questionnaire.licence_text == dict(pack.licence.text)
    assert (draft.minutes, draft.scoring_note) == (pack.minutes, dict(pack.scoring_note))


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.xlsx", b" ", "vide"),
        ("photo.jpg", b"\xff\xd8\xff" + bytes(50), "format non reconnu"),
        ("faux.xlsx", b"PK\x03\x04" + bytes(200), "compress"),
        ("faux.json", b'{"schema": "autre"}', "schema"),
        ("casse.json", b'{"schema": ', "JSON"),
        ("entites.lss", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entites.lss"),
        ("sans.txt", TSV.encode(), "sans.txt"),
        ("six.pack.json", b'{"schema": "labqvt/pack/1"}', "six.pack.json"),
    ],
)
def test_a_wrong_file_is_a_sentence_beside_the_field(client, author, name, content, sentence):
    client.force_login(author)
    response = client.post(IMPORT, {"file": brought(name, content)})
    assert response.status_code == 200
    [error] = response.context["form"].errors["file"]
    assert sentence in error


def test_a_file_too_heavy_is_refused_before_it_is_read(client, author, monkeypatch):
    monkeypatch.setattr("labqvt.instruments.forms.LARGEST_UPLOAD", 10)
    client.force_login(author)
    response = client.post(IMPORT, {"file": brought("gros.xlsx", bytes(11))})
    assert "la limite est de" in response.context["form"].errors["file"][0]


@pytest.mark.thorough
def test_damaged_files_never_break_the_page(client, author):
    client.force_login(author)
    dice = random.Random(20261125)
    form = shipped().form
    for format_ in ("xlsform", "lss", "tsv", "json"):
        whole = FORMATS[format_](form).content
        for _time in range(12):
            damaged = bytearray(whole)
            for _bit in range(dice.randint(1, 40)):
                damaged[dice.randrange(len(damaged))] = dice.randrange(256)
            response = client.post(
                IMPORT, {"file": brought(f"abime.{format_}", bytes(damaged[: dice.randint(1, len(damaged))]))}
            )
            assert response.status_code == 200


def test_a_reading_is_handed_back_by_its_owner_only_and_not_for_ever(client, author, monkeypatch):
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("petit.json", json_form.dumps(small_form()).encode())})
    carried = page.context["form"].initial["understood"]
    other = AccountFactory(national_of=ScopeFactory())
    client.force_login(other)
    assert client.post(IMPORT, {"understood": carried}).status_code == 403
    client.force_login(author)
    assert client.post(IMPORT, {"understood": carried[:-2]}).status_code == 403
    monkeypatch.setattr(importing, "GOOD_FOR", -1)
    assert client.post(IMPORT, {"understood": carried}).status_code == 403
    assert not QuestionnaireVersion.objects.exists()


def test_the_reading_of_a_long_questionnaire_still_travels(author):
    form = shipped().form
    understood = importing.Understood("six.json", form, ("une phrase",))
    carried = importing.sealed(understood, author)
    assert importing.unsealed(carried, author) == understood
    assert len(carried) < importing.LARGEST_SEALED
    with pytest.raises(signing.BadSignature):
        signing.loads(carried, salt="une autre page")


@pytest.mark.parametrize("who", ["director_of", "employee_of"])
def test_a_structure_does_not_bring_a_file(client, who):
    client.force_login(AccountFactory(**{who: StructureFactory()}))
    assert client.get(IMPORT).status_code == 403
    assert client.post(IMPORT, {"file": brought("a.json", b"{}")}).status_code == 403


# Going out


def test_what_a_format_does_not_say_is_said_before_the_download(client):
    version = shipped()
    client.force_login(AccountFactory())
    page = reverse("instruments:export", args=[version.public_id])
    listed = client.get(page).content.decode()
    for one in exporting.formats(version.form):
        assert f"?format={one.id}" in listed
    shown = client.get(page, {"format": "lss"}).content.decode()
    assert "Ce que ce fichier ne dira pas" in shown
    assert "six-determinants-salaries-v1.lss" in shown
    assert "Rien ne se perd" in client.get(page, {"format": "json"}).content.decode()
    assert client.get(page, {"format": "../../etc"}).status_code == 200


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_format_is_downloaded_under_a_good_name(client, format_):
    version = shipped()
    client.force_login(AccountFactory())
    response = client.get(reverse("instruments:download", args=[version.public_id, format_]))
    chosen = exporting.format_named(format_, version.form)
    if chosen is None:  # a file for one page or one question alone
        assert response.status_code == 404
        return
    assert response.status_code == 200
    named = f"six-determinants-salaries-v1{chosen.extension}"
    assert response["Content-Disposition"] == f'attachment; filename="{named}"'
    back = read_bytes(response.content, name="x").questionnaire
    assert [variable.id for variable in back.answer_variables] == [
        variable.id for variable in version.form.answer_variables
    ]


def test_paper_speaks_the_language_one_chose(client):
    version = shipped()
    client.force_login(AccountFactory())
    page = reverse("instruments:export", args=[version.public_id])
    paper = reverse("instruments:download", args=[version.public_id, "pdf"])
    assert f"{paper}?langue=fr" in client.get(page, {"format": "pdf"}).content.decode()
    assert f"{paper}?langue=en" in client.get(page, {"format": "pdf", "langue": "en"}).content.decode()
    printed = client.get(paper, {"langue": "en"})
    assert printed.content.startswith(b"%PDF")
    assert "v1-en.pdf" in printed["Content-Disposition"]
    assert "v1-fr.pdf" in client.get(paper, {"langue": "../../etc"})["Content-Disposition"]


def test_our_own_json_comes_back_the_same(client):
    version = shipped()
    client.force_login(AccountFactory())
    content = client.get(reverse("instruments:download", args=[version.public_id, "json"])).content
    assert read_bytes(content, name="x").questionnaire == version.form


def test_an_unknown_format_does_not_exist(client):
    version = shipped()
    client.force_login(AccountFactory())
    assert client.get(reverse("instruments:download", args=[version.public_id, "exe"])).status_code == 404


def test_a_restricted_questionnaire_leaves_only_where_the_right_was_attested(client, author, network):
    version = written(network, by=author, attestation="J’atteste en avoir le droit.")
    structure = StructureFactory()
    director, stranger = AccountFactory(director_of=structure), AccountFactory(director_of=StructureFactory())
    addresses = [
        reverse("instruments:export", args=[version.public_id]),
        reverse("instruments:download", args=[version.public_id, "json"]),
    ]
    services.attest(questionnaire=version.questionnaire, scope=structure.scope, by=director)
    for person, status in ((director, 200), (stranger, 403), (AccountFactory(), 403), (author, 403)):
        client.force_login(person)
        assert [client.get(address).status_code for address in addresses] == [status, status]


def test_a_draft_of_others_is_not_exported(client, author, network):
    draft = written(network, by=author, published=False)
    client.force_login(AccountFactory(national_of=ScopeFactory()))
    assert client.get(reverse("instruments:download", args=[draft.public_id, "json"])).status_code == 404


def test_a_questionnaire_by_name_does_not_ask_about_health(client, author, network):
    asks = small_form(
        groups=(Group(id="p", items=(YesNo(id="S", label=Text.of(fr="Êtes-vous souvent malade ?")),)),)
    )
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("sante.json", json_form.dumps(asks).encode())})
    sent = {"understood": page.context["form"].initial["understood"], "scope": network.public_id}
    refused = client.post(IMPORT, sent | {"kind": "structures"})
    assert refused.context["form"].errors["kind"]
    assert not QuestionnaireVersion.objects.exists()
    assert client.post(IMPORT, sent | {"kind": "employees"}).status_code == 302


def test_a_file_answered_by_name_says_what_becomes_of_it(client, author):
    by_name = json_form.dumps(small_form(nature=Nature.NOMINATIVE)).encode()
    client.force_login(author)
    page = client.post(IMPORT, {"file": brought("nominatif.json", by_name)})
    assert page.context["form"].initial["kind"] == "structures"
    assert "Pour des personnes, elles deviendraient anonymes" in page.content.decode()

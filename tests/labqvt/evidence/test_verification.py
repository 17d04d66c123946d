"""A release attacked by the independent verifier, from its screen: what it reads, what it says, to whom."""

import copy

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from labqvt.evidence import services
from labqvt.evidence.models import Release
from labqvt.evidence.queries import release_of
from labqvt.evidence.verification import Findings, attacked, attacks_on
from labqvt.foundation import jobs
from labqvt.foundation.models import Job
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.evidence.factories import answer, close, open_campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    campaign = open_campaign(headcount=12)
    answer(campaign, employees="23452345")
    close(campaign)
    jobs.run_due()
    found = release_of(campaign)
    assert found.shown
    return found


def of_pair(release: Release) -> tuple[object, object]:
    structure = release.campaign.organisation
    return AccountFactory(director_of=structure), AccountFactory(employee_of=structure)


def page(client, release: Release) -> str:
    response = client.get(reverse("evidence:verification", args=[release.campaign.public_id]))
    assert response.status_code == 200
    return response.content.decode().replace("\u202f", " ")


def test_an_employee_has_the_release_attacked_and_reads_the_verdict(client, release):
    director, employee = of_pair(release)
    client.force_login(employee)
    address = reverse("evidence:verification", args=[release.campaign.public_id])
    assert release.certificate["verification"]["exposed"] == {}  # before it appeared
    assert "Dernière vérification" in page(client, release)
    asked = client.post(address)
    job = Job.objects.get(kind="evidence.verify")
    assert asked.url == reverse("foundation:job", args=[job.public_id])
    assert "Vérifier de nouveau" not in page(client, release)  # under way: not asked twice
    client.force_login(director)  # who has not asked for it: the work's own page is not theirs
    assert reverse("foundation:job", args=[job.public_id]) not in page(client, release)
    assert "Une vérification est en cours" in page(client, release)
    client.force_login(employee)
    assert client.post(address).url == asked.url
    content = copy.deepcopy(release.content)
    jobs.run_due()
    release.refresh_from_db()
    assert release.content == content  # the results stay what everyone received
    verification = release.certificate["verification"]
    assert verification["exposed"] == {}
    assert release.certificate["audited"] is (verification["unsettled"] == {})
    assert ("Il n’a rien pu déduire" in page(client, release)) is release.certificate["audited"]
    assert Job.objects.get(pk=job.pk).result["url"] == address


def test_what_is_handed_over_is_what_is_shown_and_nothing_else(release):
    attacks = attacks_on(release.content, release.campaign.version.form, release.certificate)
    assert [attack.theme for attack in attacks] == [scale["id"] for scale in release.content["scales"]]
    shown = {item["id"]: item["classes"] for item in release.content["items"]}
    handed = {
        item["item"]: item["classes"]
        for attack in attacks
        for structure in attack.publication["structures"]
        for item in structure["items"]
    }
    assert handed == {id_: classes for id_, classes in shown.items() if classes is not None}
    scores = {
        score["scale"]: score["interval"]
        for attack in attacks
        for structure in attack.publication["structures"]
        for score in structure["scores"]
    }
    assert scores == {scale["id"]: scale["mean"] for scale in release.content["scales"] if scale["mean"]}


def test_each_question_about_people_is_attacked_with_the_whole(release):
    halves = [
        {"value": value, "n": 4, "scales": {"relations": {"mean": [57.5, 62.5], "text": "60"}}}
        for value in "AB"
    ]
    content = release.content | {"breakdowns": [{"by": "site", "categories": halves}]}
    first = attacks_on(content, release.campaign.version.form, release.certificate)[0]
    [structure] = first.publication["structures"]
    assert [(group["id"], group["rows"]) for group in structure["groups"]] == [
        ("all", list(range(8))), ("site:A", [0, 1, 2, 3]), ("site:B", [4, 5, 6, 7]),
    ]  # fmt: skip
    assert "pas de comparaison sous 20 réponses" in " ".join(attacked([first]).exposed["relations"])


def test_a_release_made_finer_is_said_to_expose(client, release):
    _director, employee = of_pair(release)
    item = release.content["items"][0]
    item["classes"] = {"unfavourable": [1, 1], "neutral": [3, 3], "favourable": [4, 4], "none": [0, 0]}
    release.save()
    services.ask_for_verification(release=release, by=employee)
    jobs.run_due()
    client.force_login(employee)
    told = page(client, release)
    assert "Il a pu déduire quelque chose" in told
    assert "effectif trop précis" in told
    release.refresh_from_db()
    assert release.certificate["audited"] is False


def test_what_is_left_to_settle_is_told_by_theme_and_not_by_codes(client, release):
    _director, employee = of_pair(release)
    coded = "« contenu » : non tranché, en connaissant sa feuille (-1, -1, -1, -1, -1)"
    services.record_verification(release=release, found=Findings(unsettled={"contenu": [coded, coded]}))
    client.force_login(employee)
    told = page(client, release)
    assert "Contenu et organisation du travail\u00a0: 2 cas" in told
    assert "2 cas restent à trancher" in told
    assert "(-1" not in told
    release.refresh_from_db()
    assert release.certificate["audited"] is False


def test_nobody_else_asks_and_a_network_has_nothing_to_guess(client, release):
    stranger = AccountFactory(employee_of=StructureFactory())
    with pytest.raises(PermissionDenied):
        services.ask_for_verification(release=release, by=stranger)
    client.force_login(stranger)
    assert client.post(reverse("evidence:verification", args=[release.campaign.public_id])).status_code == 404
    _director, employee = of_pair(release)
    release.content["network_cell"] = True
    release.save()
    with pytest.raises(PermissionDenied, match="aucune structure ni personne"):
        services.ask_for_verification(release=release, by=employee)
    client.force_login(employee)
    assert "Vérifier de nouveau" not in page(client, release)
    assert not Job.objects.filter(kind="evidence.verify").exists()


def test_without_results_there_is_no_page(client):
    campaign = open_campaign(headcount=12)
    answer(campaign, employees="2345")
    close(campaign)
    jobs.run_due()
    client.force_login(AccountFactory(employee_of=campaign.organisation))
    assert client.get(reverse("evidence:verification", args=[campaign.public_id])).status_code == 404

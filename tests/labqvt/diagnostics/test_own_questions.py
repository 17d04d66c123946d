"""A structure's own questions, from the draft to the diagnosis: shown under the same rules, in no score."""

import pytest
from django.urls import reverse

from labqvt.campaigns import services as campaigns
from labqvt.evidence.queries import release_of
from labqvt.foundation import jobs
from labqvt.instruments import services as instruments
from labqvt.responses.services import submit
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.evidence.factories import AFTER, CLOSES, DURING, OPENS, opinion
from tests.labqvt.instruments.factories import completed, shipped

pytestmark = pytest.mark.django_db

OWN_ANSWERS = [("3", "yes", "9"), ("3", "yes", "8"), ("2", "no", "4"), ("1", "yes", "10"), ("3", "no", "7"),
               ("3", "yes", "9"), ("2", "yes", "2"), ("3", "yes", "9")]  # fmt: skip


@pytest.fixture
def cast():
    structure = StructureFactory()
    director = AccountFactory(director_of=structure)
    version = instruments.publish(version=completed(structure, by=director), note="", by=director)
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Enquête d’automne", version=version, mirror=None, opens_on=OPENS,
        closes_on=CLOSES, headcount=12, direction_members=1, by=director,
    )  # fmt: skip
    campaign = campaigns.open_campaign(campaign=campaign, by=director, today=OPENS)
    [(_population, printed)] = campaigns.printed_codes(campaign=campaign, by=director)
    codes = [one.code for one in printed if one.audience == "employees"]
    for code, said, (sentence, holidays, mark) in zip(codes, "23452345", OWN_ANSWERS, strict=False):
        answers = opinion(shipped().form, said) | {"PROPRE1": sentence, "PROPRE2": holidays, "PROPRE3": mark}
        submit(code=code, answers=answers, today=DURING)
    campaigns.close_campaign(campaign=campaign, today=AFTER)
    jobs.run_due()
    return campaign, director


def test_own_questions_are_shown_under_the_same_rules_and_in_no_score(cast):
    content = release_of(cast[0]).content
    own = {item["id"]: item for item in content["items"] if item["id"].startswith("PROPRE")}
    assert set(own) == {"PROPRE1", "PROPRE2", "PROPRE3"}
    assert not set(own) & {item for scale in content["scales"] for item in scale["items"]}
    assert len(content["scales"]) == 6
    for item in own.values():
        assert item["scale"] is None
        assert all(low < high or low > 2 for low, high in item["classes"].values()), item


def test_own_questions_are_read_on_the_page_and_on_paper(client, cast):
    campaign, director = cast
    client.force_login(director)
    page = client.get(reverse("diagnostics:diagnosis", args=[campaign.public_id])).content.decode()
    for words in ("Le nouveau local me convient.", "Avez-vous pu poser vos congés", "la réunion du lundi"):
        assert words in page
    paper = client.get(reverse("diagnostics:diagnosis_pdf", args=[campaign.public_id]))
    assert b"".join(paper.streaming_content if paper.streaming else [paper.content]).startswith(b"%PDF")

"""Profile questions: what is asked is what was chosen, merged before it is asked, frozen, and never more."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from labqvt.campaigns import preparing_profile, profile_checks, services
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.profile import ProfileQuestion, asked_form, fits, offered
from labqvt.foundation import journal
from labqvt.responses.asked import form_of
from labqvt_forms import Block, Choice, ChoiceList, Group, Questionnaire, Row, SingleChoice, Text
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory

SENIORITY = "profil-anciennete"
WORK = "profil-metier"
TEAM = SingleChoice(
    id="equipe",
    label=Text.of(fr="Votre équipe"),
    profile=True,
    other=True,
    choices=ChoiceList("equipes", tuple(Choice(c, Text.of(fr=f"Équipe {c}")) for c in "abc")),
)
FORM = Questionnaire(
    id="essai",
    groups=(
        Group(
            id="un",
            items=(
                TEAM,
                Block(id="B", rows=(Row(id="B1"),), choices=ChoiceList("deux", (Choice("1"), Choice("2")))),
            ),
        ),
    ),
)


def seniority(groups=(("1",), ("2", "3", "4")), headcounts=(12, 9, 4, 4)):
    return {
        "id": SENIORITY, "ordered": True, "groups": [list(g) for g in groups],
        "headcounts": dict(zip("1234", headcounts, strict=True)),
    }  # fmt: skip


def draft(headcount: int = 30, **traits) -> tuple[Campaign, object]:
    structure = StructureFactory(headcount=headcount)
    director = AccountFactory(director_of=structure)
    return CampaignFactory(structure=structure, by=director, headcount=headcount, **traits), director


@given(st.data())
def test_only_what_was_chosen_is_asked_in_the_order_chosen(data):
    items = {item.id: item for item in offered(FORM)}
    ids = data.draw(st.lists(st.sampled_from(sorted(items)), unique=True))
    plan = [
        ProfileQuestion(id_, tuple((choice.code,) for choice in items[id_].choices.choices)) for id_ in ids
    ]
    asked = asked_form(FORM, plan)
    own = [item.id for item in asked.items if item.id in ids and item.id == "equipe"]
    bank = [item.id for item in asked.items if item.id in ids and item.id != "equipe"]
    assert {item.id for item in asked.items} == {"B", *ids}
    assert own == [id_ for id_ in ids if id_ == "equipe"]
    assert bank == [id_ for id_ in ids if id_ != "equipe"]
    assert not any(getattr(item, "other", False) for item in asked.items), "pas de mots libres sur soi"


def test_categories_are_merged_before_they_are_asked():
    form = asked_form(FORM, [ProfileQuestion(SENIORITY, (("1", "2"), ("3", "4")), ordered=True)])
    [item] = [item for item in form.items if item.id == SENIORITY]
    assert [choice.code for choice in item.choices.choices] == ["1", "3"]
    assert item.choices.choices[0].label.pick("fr") == "Moins d’un an ou d’un an à moins de cinq ans"


@pytest.mark.parametrize(
    ("groups", "ordered", "good"),
    [
        ((("1",), ("2", "3", "4")), True, True),
        ((("1", "3"), ("2", "4")), True, False),  # not neighbours
        ((("1", "3"), ("2", "4")), False, True),
        ((("1", "2", "3", "4"),), True, False),  # nothing left to ask
        ((("1",), ("2", "3")), True, False),  # a category is lost
        ((("1",), ("1", "2", "3", "4")), False, False),  # a category is asked twice
    ],
)
def test_groups_that_may_be_asked(groups, ordered, good):
    assert fits(ProfileQuestion(SENIORITY, groups, ordered), FORM) == good


@pytest.mark.django_db
def test_the_plan_is_frozen_at_launch_and_headcounts_forgotten():
    campaign, director = draft()
    preparing_profile.set_profile(
        campaign=campaign, profile={"questions": [seniority()]}, least=7, by=director
    )
    campaign = services.open_campaign(campaign=campaign, by=director)
    campaign.refresh_from_db()
    assert campaign.parameters["profile"] == [
        {"id": SENIORITY, "ordered": True, "groups": [["1"], ["2", "3", "4"]]}
    ]
    assert campaign.parameters["min_group"] == 7
    assert campaign.profile == {}
    assert "headcounts" not in str(campaign.parameters)
    assert SENIORITY in {item.id for item in form_of(campaign, "employees").items}
    assert SENIORITY not in {item.id for item in form_of(campaign, "direction").items}


@pytest.mark.django_db
def test_nothing_is_asked_about_people_who_are_too_few_to_be_compared():
    campaign, director = draft(headcount=19)
    with pytest.raises(PermissionDenied, match="vingt réponses"):
        preparing_profile.set_profile(
            campaign=campaign, profile={"questions": [seniority()]}, least=6, by=director
        )


@pytest.mark.django_db
def test_a_launch_that_would_isolate_someone_is_refused_with_the_way_out():
    campaign, director = draft()
    profile = {"questions": [seniority((("1",), ("2",), ("3",), ("4",)))]}
    campaign = preparing_profile.set_profile(campaign=campaign, profile=profile, least=6, by=director)
    with pytest.raises(PermissionDenied, match="8 personnes dans un groupe de moins de 6"):
        services.open_campaign(campaign=campaign, by=director)
    [finding] = profile_checks.findings_of(campaign)
    [proposal] = finding.proposals
    assert proposal.groups == (("1",), ("2",), ("3", "4"))
    campaign = preparing_profile.merge(
        campaign=campaign, question=SENIORITY, groups=proposal.groups, by=director
    )
    assert services.open_campaign(campaign=campaign, by=director).is_open


@pytest.mark.django_db
def test_what_no_merge_protects_is_refused():
    campaign, director = draft()
    profile = {"questions": [seniority((("1",), ("2", "3", "4")), (27, 1, 1, 0))]}
    campaign = preparing_profile.set_profile(campaign=campaign, profile=profile, least=6, by=director)
    with pytest.raises(PermissionDenied, match="Aucun regroupement ne protège"):
        services.open_campaign(campaign=campaign, by=director)


@pytest.mark.django_db
def test_headcounts_that_no_longer_add_up_stop_the_launch():
    campaign, director = draft()
    campaign = preparing_profile.set_profile(
        campaign=campaign, profile={"questions": [seniority()]}, least=6, by=director
    )
    campaign = services.edit_draft(
        campaign=campaign, by=director, title="T", version=campaign.version, opens_on=campaign.opens_on,
        closes_on=campaign.closes_on, headcount=34, direction_members=1,
    )  # fmt: skip
    with pytest.raises(PermissionDenied, match="Recomptez"):
        services.open_campaign(campaign=campaign, by=director)


@pytest.mark.django_db
def test_choosing_is_undone_and_the_minimum_never_lowered():
    campaign, director = draft()
    with pytest.raises(ValidationError, match="ne s’abaisse pas"):
        preparing_profile.set_profile(campaign=campaign, profile={}, least=5, by=director)
    preparing_profile.set_profile(
        campaign=campaign, profile={"questions": [seniority()]}, least=8, by=director
    )
    journal.undo(entry=journal.history_of(campaign).first(), by=director)
    campaign.refresh_from_db()
    assert (campaign.profile, campaign.least) == ({}, 6)


@pytest.mark.django_db
def test_signatures_are_withdrawn_when_what_is_asked_changes():
    campaign, director = draft()
    services.sign_rules(campaign=campaign, by=AccountFactory(employee_of=campaign.organisation))
    preparing_profile.set_profile(
        campaign=campaign, profile={"questions": [seniority()]}, least=6, by=director
    )
    assert not campaign.signatures.exists()


def typed(**more):
    """The form of the page, for its first question."""
    counts = {f"count_0_{place}": n for place, n in enumerate((12, 9, 4, 4))}
    return {"least": 6, "ask_0": "on", "rank_0": 1, **counts, **more}


@pytest.mark.django_db
def test_the_page_counts_merges_and_goes_back(client):
    campaign, director = draft()
    client.force_login(director)
    url = reverse("campaigns:profile", args=[campaign.public_id])
    assert client.post(url, typed(count_0_0=3)).status_code == 422
    page = client.post(url, typed(), follow=True).content.decode()
    assert "Regrouper ainsi" in page
    client.post(reverse("campaigns:profile_merge", args=[campaign.public_id]), {"question": SENIORITY})
    campaign.refresh_from_db()
    assert campaign.profile["questions"][0]["groups"] == [["1"], ["2"], ["3", "4"]]
    again = client.get(url).content.decode()
    assert "chaque groupe compte au moins 6" in again
    client.post(url, typed(merge_0_1="0", merge_0_3="2"))
    campaign.refresh_from_db()
    assert campaign.profile["questions"][0]["groups"] == [["1", "2"], ["3", "4"]]


@pytest.mark.django_db
def test_two_questions_are_bounded_then_counted(client):
    campaign, director = draft()
    client.force_login(director)
    url = reverse("campaigns:profile", args=[campaign.public_id])
    two = typed(merge_0_3="2", ask_1="on", rank_1=2, count_1_0=15, count_1_1=14)
    page = client.post(url, two, follow=True).content.decode()
    assert "comptez le croisement" in page
    wrong = {"cross_0_1_0_0": 12, "cross_0_1_1_0": 9}
    assert client.post(url, two | wrong).status_code == 422
    cells = ((6, 6), (5, 4), (2, 2), (2, 2))
    right = {f"cross_0_1_{i}_{j}": n for i, row in enumerate(cells) for j, n in enumerate(row)}
    page = client.post(url, two | right, follow=True).content.decode()
    assert "comptez le croisement" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"), [("director", 200), ("employee", 200), ("consultant", 403), ("stranger", 404)]
)
def test_who_counts(client, who, status):
    campaign, director = draft()
    structure = campaign.organisation
    people = {
        "director": director, "employee": AccountFactory(employee_of=structure),
        "consultant": AccountFactory(consultant_of=structure), "stranger": AccountFactory(director_of=StructureFactory()),
    }  # fmt: skip
    client.force_login(people[who])
    assert client.get(reverse("campaigns:profile", args=[campaign.public_id])).status_code == status

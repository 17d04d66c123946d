"""Life of a campaign: who may do what, what is frozen, what is kept where."""

import stat
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from labqvt.campaigns import codes, keys, queries, services
from labqvt.campaigns.models import AccessCode, Campaign, Population
from labqvt.foundation import jobs, journal
from labqvt.foundation.models import Job
from labqvt.foundation.schedule import Standing
from tests.factories import AccountFactory, ScopeFactory, StructureFactory
from tests.labqvt.campaigns.factories import CampaignFactory, codes_of

pytestmark = pytest.mark.django_db


def latest(campaign):
    return journal.history_of(campaign).first()


def test_launching_freezes_the_rules_and_makes_as_many_codes_as_people():
    campaign = CampaignFactory(open=True, headcount=12, direction_members=2)

    assert campaign.status == Campaign.Status.OPEN
    assert campaign.parameters["min_group"] == 6
    assert campaign.parameters["expected"] == 12
    made = AccessCode.objects.filter(campaign=campaign)
    assert made.filter(audience="employees").count() == 10
    assert made.filter(audience="direction").count() == 2
    assert not made.filter(spent=True).exists()


def test_keys_and_secret_are_in_a_private_file_and_nowhere_in_the_database():
    campaign = CampaignFactory(open=True)

    path = keys.path_of(campaign)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = keys.read(campaign)
    stored = [
        str(value) for row in AccessCode.objects.filter(campaign=campaign).values() for value in row.values()
    ]
    stored += [str(value) for value in Campaign.objects.filter(pk=campaign.pk).values().get().values()]
    for code in codes_of(campaign):
        assert not any(code in value for value in stored)
    for secret in (kept.private_key.hex(), kept.secret.hex()):
        assert not any(secret in value for value in stored)


def test_a_failed_launch_leaves_no_key_behind(monkeypatch):
    campaign = CampaignFactory()
    director = AccountFactory(director_of=campaign.organisation)
    monkeypatch.setattr(services, "_make_codes", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        services.open_campaign(campaign=campaign, by=director)

    assert not keys.exist(campaign)


def test_a_launch_cut_short_is_launched_again():
    """A power cut between the key file and the database leaves a draft with a key: no reason to refuse for ever."""
    campaign = CampaignFactory()
    left_over = keys.make(campaign)

    campaign = services.open_campaign(campaign=campaign, by=AccountFactory(director_of=campaign.organisation))

    assert campaign.is_open
    assert campaign.public_key != left_over
    assert len(codes_of(campaign)) == 11


def test_the_same_codes_are_printed_again():
    campaign = CampaignFactory(open=True)
    employee = AccountFactory(employee_of=campaign.organisation)

    first = services.printed_codes(campaign=campaign, by=employee)
    again = services.printed_codes(campaign=campaign, by=employee)

    assert [c.code for c in first[0][1]] == [c.code for c in again[0][1]]
    assert {codes.digest_of(c.code) for c in first[0][1]} == set(
        AccessCode.objects.filter(campaign=campaign).values_list("digest", flat=True)
    )


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda campaign, by: services.open_campaign(campaign=campaign, by=by), "C’est la direction qui ouvre"),
        (lambda campaign, by: services.extend_campaign(
            campaign=campaign, closes_on=campaign.closes_on + timedelta(days=7), cause="vacances", by=by), "est repoussée par"),
        (lambda campaign, by: services.close_campaign(campaign=campaign, by=by), "close par la personne qui l’a ouverte"),
        (lambda campaign, by: services.consent_to_mirror(campaign=campaign, by=by), "membres de la direction"),
    ],
    ids=["open", "extend", "close", "consent"],
)  # fmt: skip
def test_only_the_director_leads_the_campaign(act, sentence):
    drafted = CampaignFactory()
    employee = AccountFactory(employee_of=drafted.organisation)
    stranger = AccountFactory(director_of=StructureFactory())

    for person in (employee, stranger):
        with pytest.raises(PermissionDenied, match=sentence):
            act(drafted, person)


def test_both_of_the_pair_prepare_and_nobody_else():
    structure = StructureFactory()
    for person in (AccountFactory(director_of=structure), AccountFactory(employee_of=structure)):
        assert CampaignFactory(structure=structure, by=person).is_draft
    for person in (AccountFactory(consultant_of=structure), AccountFactory(director_of=StructureFactory())):
        with pytest.raises(PermissionDenied, match="préparée par le binôme"):
            CampaignFactory(structure=structure, by=person)


def test_codes_are_printed_by_the_pair_only():
    campaign = CampaignFactory(open=True)
    for person in (
        AccountFactory(consultant_of=campaign.organisation),
        AccountFactory(director_of=StructureFactory()),
    ):
        with pytest.raises(PermissionDenied, match="imprimés par le binôme"):
            services.printed_codes(campaign=campaign, by=person)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"headcount": 6, "direction_members": 1}, "au moins six réponses"),
        ({"headcount": 4, "direction_members": 0}, "diagnostic par la discussion"),
        ({"way_in": Campaign.WayIn.OPEN_LINK}, "une personne pourrait répondre pour dix"),
        ({"way_in": Campaign.WayIn.PERSONAL_CODES, "headcount": 14}, "au moins quinze"),
    ],
    ids=["five employees", "four people", "open link", "personal codes under fifteen"],
)
def test_what_could_never_be_shown_is_not_asked(values, sentence):
    with pytest.raises(PermissionDenied, match=sentence):
        CampaignFactory(**values)


def test_a_direction_larger_than_the_headcount_is_refused():
    with pytest.raises(ValidationError, match="ne peut pas le dépasser"):
        CampaignFactory(headcount=8, direction_members=9)


def test_extension_keeps_the_former_date_and_its_cause():
    campaign = CampaignFactory(open=True)
    director = AccountFactory(director_of=campaign.organisation)
    before = campaign.closes_on

    services.extend_campaign(
        campaign=campaign, closes_on=before + timedelta(days=7), cause="congés de printemps", by=director
    )

    campaign = Campaign.objects.get(pk=campaign.pk)
    assert campaign.planned.last == before
    assert campaign.replanned.last == before + timedelta(days=7)
    assert campaign.moves.get().cause == "congés de printemps"
    assert campaign.standing() == Standing.MOVED
    with pytest.raises(ValidationError, match="suivre"):
        services.extend_campaign(campaign=campaign, closes_on=before, cause="x", by=director)
    with pytest.raises(ValidationError, match="Dites pourquoi"):
        services.extend_campaign(
            campaign=campaign, closes_on=before + timedelta(days=20), cause=" ", by=director
        )


def test_closing_asks_for_the_results_in_the_same_act():
    campaign = CampaignFactory(closed=True)

    assert campaign.closed_on == timezone.localdate()
    job = Job.objects.get(kind="evidence.release")
    assert job.params == {"campaign": campaign.public_id}
    with pytest.raises(PermissionDenied, match="déjà close"):
        services.close_campaign(campaign=campaign, by=AccountFactory(director_of=campaign.organisation))


def test_a_campaign_closes_by_itself_the_day_after_its_last_day():
    campaign = CampaignFactory(open=True)
    with pytest.raises(PermissionDenied, match="pas arrivée à son terme"):
        services.close_campaign(campaign=campaign)
    Campaign.objects.filter(pk=campaign.pk).update(
        opens_on=timezone.localdate() - timedelta(days=9), closes_on=timezone.localdate() - timedelta(days=1)
    )

    jobs.enqueue("campaigns.close_due", title="t")
    jobs.run_due(limit=1)

    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.CLOSED


def test_participation_is_read_by_fives_once_a_day():
    campaign = CampaignFactory(open=True, headcount=13)
    spent = AccessCode.objects.filter(campaign=campaign, audience="employees").values_list("pk")[:7]
    AccessCode.objects.filter(pk__in=spent).update(spent=True)

    assert services.refresh_participation(campaign=campaign) == 1
    AccessCode.objects.filter(campaign=campaign).update(spent=True)
    assert services.refresh_participation(campaign=campaign) == 0

    [seen] = queries.participation(campaign.populations.select_related("organisation"))
    assert (seen.at_least, seen.at_most, seen.invited) == (5, 9, 12)


@pytest.mark.parametrize("invited", range(1, 31))
def test_no_band_says_that_everybody_answered(invited):
    bands = {services.band(spent, invited) for spent in range(invited + 1)}
    assert all(
        services.band(spent, invited)[0] <= spent <= services.band(spent, invited)[1]
        for spent in range(invited + 1)
    )
    assert all(at_least < at_most for at_least, at_most in bands)
    assert sum(at_most - at_least + 1 for at_least, at_most in bands) == invited + 1


def test_discarding_a_draft_is_undone():
    campaign = CampaignFactory(title="Printemps", headcount=14)
    director = AccountFactory(director_of=campaign.organisation)

    services.discard_draft(campaign=campaign, by=director)
    assert not Campaign.objects.exists()
    journal.undo(entry=journal.JournalEntry.objects.get(act="campaigns.discard_draft"), by=director)

    again = Campaign.objects.get()
    assert (again.title, again.populations.get().headcount) == ("Printemps", 14)


def test_editing_a_draft_is_undone_and_voids_signatures():
    campaign = CampaignFactory(headcount=14)
    director = AccountFactory(director_of=campaign.organisation)
    services.sign_rules(campaign=campaign, by=AccountFactory(employee_of=campaign.organisation))

    services.edit_draft(
        campaign=campaign, by=director, title="Autre", version=campaign.version, opens_on=campaign.opens_on,
        closes_on=campaign.closes_on, headcount=20, direction_members=1,
    )  # fmt: skip
    assert not campaign.signatures.exists()
    journal.undo(entry=latest(campaign), by=director)

    campaign.refresh_from_db()
    assert campaign.title.startswith("Baromètre")
    assert campaign.populations.get().headcount == 14
    assert campaign.mirror is not None


def test_a_launched_campaign_is_not_edited():
    campaign = CampaignFactory(open=True)
    director = AccountFactory(director_of=campaign.organisation)
    with pytest.raises(PermissionDenied, match="règles sont figées"):
        services.discard_draft(campaign=campaign, by=director)
    with pytest.raises(PermissionDenied, match="règles sont figées"):
        services.set_population(
            campaign=campaign, organisation=campaign.organisation, headcount=40, by=director
        )


def test_a_structure_s_own_campaign_asks_nobody_else():
    """Another structure added to it would make a pool of it, without the rules of pools."""
    campaign = CampaignFactory()
    director = AccountFactory(director_of=campaign.organisation)
    for asked in (StructureFactory(), campaign.organisation):
        with pytest.raises(PermissionDenied, match="n’interroge qu’une structure"):
            services.set_population(campaign=campaign, organisation=asked, headcount=40, by=director)
    assert campaign.populations.get().headcount == 12


def test_a_large_direction_is_not_presumed_to_consent():
    campaign = CampaignFactory(open=True, headcount=20, direction_members=6)
    assert not queries.mirror_is_consented(campaign)
    assert not queries.mirror_awaits_consent(campaign)
    assert queries.mirror_awaits_consent(CampaignFactory(open=True))


def test_the_mirror_needs_the_consent_of_every_member():
    campaign = CampaignFactory(open=True, headcount=14, direction_members=2)
    first, second = (
        AccountFactory(director_of=campaign.organisation),
        AccountFactory(director_of=campaign.organisation),
    )

    services.consent_to_mirror(campaign=campaign, by=first)
    assert not queries.mirror_is_consented(campaign)
    services.consent_to_mirror(campaign=campaign, by=second)
    assert queries.mirror_is_consented(campaign)
    services.withdraw_mirror_consent(campaign=campaign, by=second)
    assert not queries.mirror_is_consented(campaign)


def test_a_pooled_campaign_gives_codes_to_each_structure():
    scope = ScopeFactory()
    lead = AccountFactory(regional_of=scope)
    version = CampaignFactory().version
    today = timezone.localdate()
    campaign = services.prepare_pooled_campaign(
        scope=scope,
        title="Réseau",
        version=version,
        opens_on=today,
        closes_on=today + timedelta(days=30),
        by=lead,
    )
    for headcount in (4, 5, 9):
        services.set_population(
            campaign=campaign, organisation=StructureFactory(), headcount=headcount, by=lead
        )

    services.open_campaign(campaign=campaign, by=lead)

    assert sorted(
        AccessCode.objects.filter(population=p).count() for p in Population.objects.filter(campaign=campaign)
    ) == [4, 5, 9]
    for person in (
        AccountFactory(regional_of=ScopeFactory()),
        AccountFactory(director_of=StructureFactory()),
    ):
        with pytest.raises(PermissionDenied, match="référence régionale"):
            services.prepare_pooled_campaign(
                scope=scope, title="Autre", version=version, opens_on=today, closes_on=today, by=person
            )


def test_two_campaigns_of_a_structure_are_never_open_together():
    first = CampaignFactory(open=True)
    director = AccountFactory(director_of=first.organisation)
    second = CampaignFactory(structure=first.organisation, by=director)
    with pytest.raises(PermissionDenied, match="Une autre campagne est ouverte"):
        services.open_campaign(campaign=second, by=director)
    services.close_campaign(campaign=first, by=director)
    assert services.open_campaign(campaign=second, by=director).is_open


def test_a_campaign_whose_last_day_is_over_is_not_extended():
    campaign = CampaignFactory(open=True)
    director = AccountFactory(director_of=campaign.organisation)
    with (
        time_machine.travel(timezone.now() + timedelta(days=15)),
        pytest.raises(PermissionDenied, match="passé son dernier jour"),
    ):
        services.extend_campaign(
            campaign=campaign,
            closes_on=timezone.localdate() + timedelta(days=300),
            cause="Oubli",
            by=director,
        )


def test_a_signature_is_not_taken_back_once_people_may_read_it():
    campaign = CampaignFactory(open=True)
    director = AccountFactory(director_of=campaign.organisation)
    with pytest.raises(PermissionDenied, match="lisent une règle du jeu signée"):
        services.withdraw_signature(campaign=campaign, side="direction", by=director)
    assert campaign.signatures.count() == 1

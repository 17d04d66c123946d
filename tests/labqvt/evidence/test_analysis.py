"""What is kept of a network to compare other groups: encrypted, in no order, for the time announced, and closed."""

import itertools
from datetime import timedelta

import numpy as np
import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from labqvt.campaigns import keys
from labqvt.evidence import analysing, certificate_paper, door, snapshots
from labqvt.evidence.added_cuts import crossed, name_of
from labqvt.evidence.displays import DIRECTION, Sheet, Terms
from labqvt.evidence.models import Analysis, SealedSnapshot
from labqvt.evidence.network_cuts import REGION, SECTOR, StructureCut
from labqvt.evidence.queries import added_cuts_of, analysis_of, destruction_of, release_of
from labqvt.evidence.snapshots import Snapshot
from labqvt.foundation import jobs
from labqvt.foundation.sealed import SealedTableError, opened
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt.responses.kept import kept_tables
from labqvt.responses.promises import promise_to
from tests.factories import AccountFactory, ScopeFactory
from tests.labqvt.evidence.factories import two_regions

pytestmark = pytest.mark.django_db
EACH = 12  # structures of a region: six of each sector


def network(**traits):
    """Two regions, two sectors; every crossing is a cell."""
    sectors = {f"{side}{n}": "aide" if n % 2 else "sport" for side in "OS" for n in range(EACH)}
    return two_regions(each=EACH, sectors=sectors, headcount=6, **traits)


@pytest.fixture
def kept():
    campaign = network(analysis_days=30)
    jobs.run_due()
    return campaign


def leader_of(campaign):
    return campaign.scope.assignments.first().account


def rows():
    with opened("door"):
        return SealedSnapshot.objects.count()


def test_a_network_that_announced_nothing_keeps_nothing():
    campaign = network()
    jobs.run_due()
    assert release_of(campaign).shown
    assert analysis_of(campaign) is None
    assert rows() == 0
    assert not snapshots.path_of_key(campaign).exists()


def test_what_was_announced_is_told_before_answering(kept):
    told = promise_to(kept, "employees").cautions
    assert any("pendant 30 jours" in caution for caution in told)
    assert "Une copie mélangée" in " ".join(told)
    assert "copie chiffrée d’un réseau" in " ".join(table.title.lower() for table in kept_tables())
    assert not any("copie" in caution for caution in promise_to(network(), "employees").cautions)


def test_columns_hold_closed_answers_and_structures_and_open_with_their_own_key(kept):
    found = snapshots.read(kept, kept.version.form)
    content = release_of(kept).content
    assert found.answers.n == content["n_responses"] == 2 * EACH * 5
    counts = found.answers.code_counts(0)
    assert list(counts) == list(content["items"][0]["counts"].values())
    assert set(found.structures) == {p.organisation.public_id for p in kept.populations.all()}
    assert not keys.exist(kept)  # the key of the sheets is gone
    keys.wipe(snapshots.path_of_key(kept))
    with pytest.raises(keys.KeyLostError):
        snapshots.read(kept, kept.version.form)


def test_people_are_in_another_order_than_their_sheets():
    form = network().version.form
    items = [item.id for item in instrument_of(form).items]
    sheets = [Sheet("employees", f"s{n:03}", {items[0]: str(1 + n % 5)}) for n in range(200)]
    sheets.append(Sheet(DIRECTION, "s000", {items[0]: "1"}))
    taken = snapshots.taken_of(sheets, form, Terms(None), {"breakdowns": []})
    assert sorted(taken.structures) == [f"s{n:03}" for n in range(200)]
    # The rank of each person among those taken tells nothing of their sheet’s.
    assert abs(np.corrcoef([int(s[1:]) for s in taken.structures], np.arange(200))[0, 1]) < 0.35
    assert snapshots.taken_of(sheets[:14], form, Terms(None), {"breakdowns": []}) is None


def test_its_table_opens_to_nobody_else(kept):
    with pytest.raises(SealedTableError):
        SealedSnapshot.objects.count()
    with opened("reading"), pytest.raises(SealedTableError):
        SealedSnapshot.objects.count()
    with pytest.raises(SealedTableError), connection.cursor() as cursor:
        cursor.execute("SELECT ciphertext FROM evidence_sealedsnapshot")


def test_a_crossing_is_told_to_everybody(kept, client):
    analysing.ask_for_crossing(campaign=kept, first=SECTOR, second=REGION, by=leader_of(kept))
    jobs.run_due()
    [added] = added_cuts_of(kept)
    groups = {one["labels"]["fr"]: (one["n"], one["structures"]) for one in added.breakdown["categories"]}
    assert groups == {
        f"{region} × {sector}": (30, 6)
        for region, sector in itertools.product(("Bretagne", "Provence-Alpes-Côte d’Azur"), ("aide", "sport"))
    }
    reader = AccountFactory(employee_of=kept.populations.first().organisation)
    client.force_login(reader)
    page = client.get(reverse("diagnostics:analysis", args=[kept.public_id]), {"par": added.name})
    assert "Bretagne × aide" in page.content.decode()
    assert analysing.ask_for_crossing(campaign=kept, first=REGION, second=SECTOR, by=leader_of(kept)) is None


def test_a_crossing_that_would_narrow_what_is_told_is_refused_with_a_sentence(client):
    """Four structures of one sector in one region: the crossing would read them."""
    sectors = {f"{side}{n}": "aide" if (side, n) < ("O", 4) or (side == "S" and n < 8) else "sport"
               for side in "OS" for n in range(EACH)}  # fmt: skip
    campaign = two_regions(each=EACH, sectors=sectors, headcount=6, analysis_days=30)
    jobs.run_due()
    assert {one["by"] for one in release_of(campaign).content["breakdowns"]} == {REGION, SECTOR}
    analysing.ask_for_crossing(campaign=campaign, first=SECTOR, second=REGION, by=leader_of(campaign))
    jobs.run_due()
    [added] = added_cuts_of(campaign)
    told = added.breakdown.get("categories", [])
    assert all(one["structures"] >= 5 and one["n"] >= 30 for one in told)
    assert not any(one["labels"]["fr"] == "Bretagne × aide" for one in told)


def test_what_one_crossing_told_closes_the_next():
    """Two crossings, each closed alone: even structures of « a » minus even structures of « c » are four."""
    form = network().version.form
    instrument = instrument_of(form)
    structures = [f"s{n:02}" for n in range(24)]
    people = [name for name in structures for _ in range(6)]
    answers = answers_of(instrument, [{item.id: "3" for item in instrument.items} for _ in people])
    moved = {0, 1, 2, 12, 13, 14}
    halves = {
        "a": lambda n: n < 12,
        "b": lambda n: n % 2 == 0,
        "c": lambda n: (n < 12) != (n in moved),
    }
    cuts = [
        StructureCut(name, {"fr": name}, {s: str(int(pick(n))) for n, s in enumerate(structures)}, {}, {})
        for name, pick in halves.items()
    ]
    values = [{"value": value, "labels": {"fr": value}} for value in ("0", "1")]
    told = [{"by": name, "labels": {"fr": name}, "categories": values} for name in halves]
    snapshot = Snapshot(answers, tuple(people))
    first = crossed(snapshot, cuts, told, [], pair=("a", "b"), apart=frozenset())
    alone = crossed(snapshot, cuts, told, [], pair=("b", "c"), apart=frozenset())
    assert [len(one["categories"]) for one in (first, alone)] == [4, 4]
    after = crossed(snapshot, cuts, told, [first], pair=("b", "c"), apart=frozenset())
    assert after is None or len(after["categories"]) < 4


@pytest.mark.parametrize("how", ["asked", "day"])
def test_the_snapshot_ends_when_asked_or_on_its_day(kept, how):
    if how == "asked":
        analysing.end_analysis(campaign=kept, by=leader_of(kept))
        jobs.run_due()
    else:
        Analysis.objects.update(keep_until=timezone.localdate() - timedelta(days=1))
        assert analysing.end_what_is_over() == 1
    assert rows() == 0
    assert not snapshots.path_of_key(kept).exists()
    assert analysis_of(kept).ended_at is not None
    with pytest.raises(Exception, match="plus gardée"):
        analysing.ask_for_crossing(campaign=kept, first=SECTOR, second=REGION, by=leader_of(kept))
    assert analysing.end_what_is_over() == 0


def test_the_certificate_of_destruction_says_what_is_kept_and_until_when(kept):
    copy = "La copie chiffrée des réponses du réseau"
    assert copy not in [what for what, _when, _rule in certificate_paper.lines(kept, destruction_of(kept))]
    assert "Reste aussi, jusqu’au" in certificate_paper.kept(kept)
    analysing.end_analysis(campaign=kept, by=leader_of(kept))
    jobs.run_due()
    assert copy in [what for what, _when, _rule in certificate_paper.lines(kept, destruction_of(kept))]
    assert "Reste aussi" not in certificate_paper.kept(kept)


def test_an_opening_killed_half_way_keeps_one_copy_that_opens(monkeypatch):
    """The key of a copy is written before the rows are sure: started again, it is drawn again, and opens what is there."""
    campaign = network(analysis_days=30)
    with monkeypatch.context() as broken:
        broken.setattr(door, "record_release", lambda **_: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError), transaction.atomic():
            door.open_envelopes(campaign.public_id)
    assert rows() == 0
    assert release_of(campaign) is None
    left = snapshots.path_of_key(campaign).read_text(encoding="ascii")
    jobs.run_due()
    assert rows() == 1
    assert snapshots.path_of_key(campaign).read_text(encoding="ascii") != left
    assert snapshots.read(campaign, campaign.version.form).answers.n == 2 * EACH * 5


def test_only_who_leads_the_network_asks(kept, client):
    url = reverse("evidence:cross", args=[kept.public_id])
    asked = {"first": REGION, "second": SECTOR}
    pair = AccountFactory(director_of=kept.populations.first().organisation)
    for person, status in (
        (pair, 403),
        (AccountFactory(regional_of=ScopeFactory()), 404),
        (leader_of(kept), 302),
    ):
        client.force_login(person)
        assert client.post(url, asked).status_code == status
        assert (
            client.post(
                reverse("evidence:end_analysis", args=[kept.public_id]) if status != 302 else url, asked
            ).status_code
            == status
        )
    client.force_login(leader_of(kept))
    answer = client.post(url, {"first": REGION, "second": REGION}, follow=True)
    assert "Choisissez deux variables différentes" in answer.content.decode()


def test_a_crossing_asked_of_what_is_gone_tells_nothing(kept):
    analysing.end_analysis(campaign=kept, by=leader_of(kept))
    jobs.run_due()
    assert analysing.cross(kept.public_id, REGION, SECTOR) is None
    assert name_of(SECTOR, REGION) == name_of(REGION, SECTOR)

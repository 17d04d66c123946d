"""Pages: what they show, what they refuse, what they keep of what was typed, what they cost."""

import pytest
from django.urls import reverse

from labqvt.foundation.periods import Period
from labqvt.foundation.registries import awaiting_of, navigation_of
from labqvt.people.services import create_organisation
from labqvt.programmes import moving, services
from labqvt.programmes.models import Experimentation, Milestone, Programme
from tests.labqvt.programmes.factories import ExperimentationFactory, MilestoneFactory, ProgrammeFactory


@pytest.fixture
def as_(client, cast):
    def sign_in(who):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def test_a_newcomer_opens_a_programme_two_regions_and_a_first_date(as_, cast):
    cast.administrator.__dict__.pop("current_assignments", None)
    made = as_("administrator").post(
        reverse("programmes:new"),
        {"slug": "neuf", "title": "Neuf", "acronym": "", "summary": "", "period": "2026 – 2027"},
    )
    programme = Programme.objects.get(slug="neuf")
    assert made.url == reverse("programmes:programme", args=["neuf"])
    assert programme.period.text == "2026/2027"
    client = as_("national")
    for region in ("44", "93"):
        client.post(
            reverse("programmes:experimentation_new", args=["essai"]),
            {"region": region, "title": "Un essai", "theme": "Accueil", "purpose": "Accueillir", "headcount_max": "49",
             "sectors": "aide à domicile, insertion"},
        )  # fmt: skip
    opened = Experimentation.objects.get(programme=cast.programme, region="93")
    assert [target.sectors for target in opened.targets.all()] == [["aide à domicile", "insertion"]]
    page = client.post(
        reverse("programmes:milestone_new", args=[opened.scope.public_id]),
        {"kind": "committee", "title": "Premier comité", "planned": "automne 2026", "place": "Marseille"}, follow=True,
    ).content.decode()  # fmt: skip
    assert "Premier comité" in page
    assert "automne 2026" in page
    assert "Annuler" in page


def test_moving_a_date_by_its_form_shows_the_cause_and_offers_to_undo(as_, cast):
    milestone = MilestoneFactory(scope=cast.region.scope, title="Comité")
    client = as_("lead")
    page = client.post(
        reverse("programmes:move", args=[milestone.public_id]),
        {"new": "12/11/2026", "cause": "Salle prise", "decided_on": "2026-09-14"}, follow=True,
    )  # fmt: skip
    shown = page.content.decode()
    assert "Salle prise" in shown
    assert "12 novembre 2026" in shown
    assert reverse("foundation:undo", args=["x"])[:-2] in shown
    region = client.get(reverse("programmes:experimentation", args=[cast.region.public_id])).content.decode()
    assert "Salle prise" in region


@pytest.mark.parametrize(
    ("address", "typed", "fault"),
    [
        ("programmes:move", {"new": "bientôt", "cause": "Une cause gardée"}, "pas une date lisible"),
        ("programmes:move", {"new": "01/09/2026", "cause": "Une cause gardée"}, "déjà passée"),
        ("programmes:record", {"actual": "12/11/2026", "cause": "Une cause gardée"}, "à venir"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(as_, cast, address, typed, fault):
    milestone = MilestoneFactory(scope=cast.region.scope)
    page = as_("lead").post(reverse(address, args=[milestone.public_id]), typed).content.decode()
    assert fault in page
    assert "Une cause gardée" in page
    assert Milestone.objects.get().replanned is None


def test_a_form_one_may_not_use_says_who_can(as_, cast):
    milestone = MilestoneFactory(scope=cast.region.scope)
    for address in ("programmes:move", "programmes:record", "programmes:drop"):
        answer = as_("partner").get(reverse(address, args=[milestone.public_id]))
        assert (answer.status_code, "coordination nationale" in answer.content.decode()) == (403, True)
        assert as_("stranger").get(reverse(address, args=[milestone.public_id])).status_code == 404


def test_empty_pages_say_what_to_do_first(as_, cast):
    assert "Aucune date n’est encore posée" in as_("lead").get(
        reverse("programmes:experimentation", args=[cast.region.public_id])
    ).content.decode().replace("\u202f", " ")
    client = as_("administrator")
    Experimentation.objects.all().delete()
    empty = client.get(reverse("programmes:programme", args=["essai"])).content.decode()
    assert "Aucune région n’a commencé" in empty


def test_a_date_gone_by_awaits_those_who_steer_and_nobody_else(cast):
    late = MilestoneFactory(scope=cast.region.scope, title="Atelier", planned=Period.read("2026-09-01"))
    MilestoneFactory(scope=cast.region.scope, title="À venir")
    assert [task.sentence for task in awaiting_of(cast.lead)] == [
        task.sentence for task in awaiting_of(cast.national)
    ]
    assert "« Atelier » devait avoir lieu" in awaiting_of(cast.lead)[0].sentence
    assert awaiting_of(cast.partner) == awaiting_of(cast.other_lead) == []
    moving.record_actual(milestone=late, actual=Period.read("2026-09-02"), by=cast.lead)
    assert awaiting_of(cast.lead) == []


def test_the_navigation_offers_programmes_to_those_who_have_one(cast):
    assert "Programmes" in [entry.label for entry in navigation_of(cast.partner)]


def _fill(cast, count):
    for n in range(count):
        ExperimentationFactory(programme=cast.programme, region=["44", "93", "27"][n])
        for scope in (cast.programme.scope, cast.region.scope):
            milestone = MilestoneFactory(scope=scope)
            moving.move_milestone(milestone=milestone, new=Period.read("2026-12"), cause="Essai", by=None)
            services.involve(
                organisation=create_organisation(name=f"Partenaire {scope.pk} {n}", kind="other"),
                scope=scope,
                role="relay",
                by=None,
            )
        services.add_phase(
            scope=cast.programme.scope, rank=n, title=f"Phase {n}", planned=Period.read("2026"), by=None
        )


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("address", "key", "queries"),
    [
        ("programmes:programme", "slug", 18),
        ("programmes:experimentation", "region", 19),
        ("programmes:list", None, 6),
    ],
)
def test_pages_cost_the_same_whatever_they_list(
    as_, cast, django_assert_num_queries, count, address, key, queries
):
    _fill(cast, count)
    for _n in range(count - 1):
        ProgrammeFactory(bearer=create_organisation(name=f"Porteur {_n}", kind="other"))
    arguments = {"slug": ["essai"], "region": [cast.region.public_id], None: []}[key]
    client = as_("administrator")
    client.get(reverse(address, args=arguments))
    with django_assert_num_queries(queries):
        client.get(reverse(address, args=arguments))

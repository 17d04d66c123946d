import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from labqvt.foundation.periods import Period
from labqvt.people.models import Organisation, Scope
from labqvt.people.regions import REGIONS, region_code
from labqvt.people.services import create_organisation
from labqvt.programmes import queries, services
from labqvt.programmes.models import Experimentation, Involvement, Programme
from tests.labqvt.programmes.factories import ExperimentationFactory

EXPERIMENTATION = {"region": "44", "title": "Un guide", "purpose": "Apprendre", "theme": "Dialogue"}


@pytest.mark.parametrize("who", ["national", "lead", "stranger"])
def test_a_programme_is_opened_by_the_administration(cast, who):
    with pytest.raises(PermissionDenied, match="administration de l’outil"):
        services.create_programme(slug="autre", title="Autre", by=getattr(cast, who))
    made = services.create_programme(slug="autre", title="Autre", by=cast.administrator)
    assert (made.scope.kind, made.scope.parent) == (Scope.Kind.PROGRAMME, None)


def test_a_slug_that_is_a_page_of_the_tool_is_refused(cast):
    with pytest.raises(ValidationError, match="choisissez-en un autre"):
        services.create_programme(slug="nouveau", title="Autre", by=cast.administrator)
    assert Programme.objects.filter(slug="nouveau").count() == 0


@pytest.mark.parametrize("who", ["lead", "partner", "stranger", "administrator"])
def test_a_region_is_opened_by_the_national_coordination(cast, who):
    with pytest.raises(PermissionDenied, match="coordination nationale"):
        services.add_experimentation(programme=cast.programme, by=getattr(cast, who), **EXPERIMENTATION)
    made = services.add_experimentation(programme=cast.programme, by=cast.national, **EXPERIMENTATION)
    assert made.scope.lies_in(cast.programme.scope)


def test_a_target_public_is_read_as_a_sentence(cast):
    made = services.add_experimentation(
        programme=cast.programme, by=cast.national, **EXPERIMENTATION,
        targets=[
            {"headcount_max": 49, "sectors": ["aide à domicile"]},
            {"headcount_min": 50, "headcount_max": 100, "sectors": ["insertion"]},
            {"headcount_min": 10},
            {},
        ],
    )  # fmt: skip
    assert [str(target) for target in made.targets.all()] == [
        "aide à domicile : moins de 50 personnes",
        "insertion : de 50 à 100 personnes",
        "toutes activités de l’ESS : au moins 10 personnes",
        "toutes activités de l’ESS : toutes tailles",
    ]


def test_a_target_public_upside_down_leaves_nothing_behind(cast):
    with pytest.raises(ValidationError, match="au plus ne peut pas"):
        services.add_experimentation(
            programme=cast.programme,
            by=cast.national,
            targets=[{"headcount_min": 50, "headcount_max": 10}],
            **EXPERIMENTATION,
        )
    assert not Experimentation.objects.filter(region="44").exists()


def test_a_region_cited_before_it_opens_keeps_one_scope(cast):
    cited = services.scope_of_place(cast.programme, "PACA")
    assert cited.label == REGIONS["93"]
    opened = ExperimentationFactory(programme=cast.programme, region="93")
    assert opened.scope == cited == services.scope_of_place(cast.programme, "Provence-Alpes-Côte d'Azur")
    assert services.scope_of_place(cast.programme, "National") == cast.programme.scope
    assert ExperimentationFactory(programme=cast.programme, region="93").scope != cited


@pytest.mark.parametrize(
    ("name", "code"), [("grand est", "44"), ("Region Sud", "93"), ("ILE DE FRANCE", "11"), ("Atlantide", "")]
)
def test_regions_are_recognised_however_they_are_typed(name, code):
    assert region_code(name) == code


def test_partners_are_told_by_role_once_each(cast):
    union = create_organisation(name="Union", kind=Organisation.Kind.FEDERATION)
    for role in (Involvement.Role.SPEAKER, Involvement.Role.BEARER):
        services.involve(organisation=union, scope=cast.region.scope, role=role, by=cast.lead)
    with pytest.raises(ValidationError, match="déjà ce rôle"):
        services.involve(
            organisation=union, scope=cast.region.scope, role=Involvement.Role.BEARER, by=cast.lead
        )
    with pytest.raises(PermissionDenied, match="coordination nationale"):
        services.involve(
            organisation=union, scope=cast.region.scope, role=Involvement.Role.RELAY, by=cast.partner
        )
    assert [role for role, _rows in queries.partners_of(cast.region.scope)] == ["porte", "intervient"]


def test_phases_belong_to_those_who_steer_and_have_one_rank_each(cast):
    facts = {"scope": cast.programme.scope, "rank": 1, "title": "Lancement", "planned": Period.read("2026")}
    services.add_phase(by=cast.national, **facts)
    with pytest.raises(ValidationError, match="ce rang"):
        services.add_phase(by=cast.national, **facts)
    with pytest.raises(PermissionDenied, match="coordination nationale"):
        services.add_phase(by=cast.lead, **facts)


def test_the_team_names_those_who_run_the_region_and_no_one_of_its_structures(cast):
    assert queries.team_of(cast.region.scope) == [
        ("référence régionale", [cast.lead.name]), ("partenaire, membre de comité", [cast.partner.name])
    ]  # fmt: skip

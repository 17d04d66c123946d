"""The order in which the demonstration is made."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from labqvt.demonstration import Loaded
from labqvt.demonstration.bodies import add_bodies
from labqvt.demonstration.logins import Login, Seat, new_password, open_accounts, pair_of
from labqvt.demonstration.network import add_network, barometer
from labqvt.demonstration.open_link import campaign_by_link
from labqvt.demonstration.programme import load_programme
from labqvt.demonstration.questionnaires import draft_of_the_region
from labqvt.demonstration.structures import (
    add_structures,
    bakery_campaign,
    finished_campaign,
    open_campaign,
)
from labqvt.demonstration.surveys import add_structure_surveys, survey_to_try
from labqvt.demonstration.two_versions import corrected_by_the_network
from labqvt.demonstration.written import (
    begin_in_the_bakery,
    treat_in_the_workshop,
    with_two_questions,
)
from labqvt.foundation import jobs
from labqvt.indicators import projecting
from labqvt.instruments.shipping import publish_shipped_packs
from labqvt.people.models import Function, Scope
from labqvt.people.services import create_scope

REGION = "93"


def load_everything(say: Callable[[str], None], *, network_size: int) -> Loaded:
    """All or nothing: an interrupted start leaves an empty instance, not half a demonstration."""
    with translation.override("fr"):
        with transaction.atomic():
            loaded, treat_texts = _load(say, network_size)
        say("Ouverture des enveloppes des Ateliers du Canal et du Fournil des Deux Rives")
        jobs.run_due(limit=2)  # those of the network are left to the worker, where their progress is seen
        say("Lecture des textes, un par un")
        treat_texts()
    return loaded


def _load(say: Callable[[str], None], network_size: int) -> tuple[Loaded, Callable[[], None]]:
    today = timezone.localdate()
    password = new_password()
    shipped = publish_shipped_packs()
    employees, direction = shipped["six-determinants-salaries"], shipped["six-determinants-direction"]

    say("Programme, régions, calendrier, chiffres publiés")
    tool = create_scope(kind=Scope.Kind.TOOL, label="Outil")
    [_admin], accounts = open_accounts(
        [Seat("Administration de l’outil", "admin", Function.ADMINISTRATOR, tool)], password
    )
    programme = load_programme(by=accounts["admin"])
    region = programme.experimentations.get(region=REGION)

    workshop, home_help, bakery = add_structures(by=accounts["admin"])
    network = add_network(by=accounts["admin"], size=network_size)
    # The largest has results of its own, which its pair may show to the network.
    largest = max(network, key=lambda structure: structure.headcount or 0)
    others = [structure for structure in network if structure != largest]
    seats = [
        Seat("Coordination nationale", "national", Function.NATIONAL, programme.scope),
        Seat("Référence régionale", "region", Function.REGIONAL, region.scope),
        Seat("Partenaire, membre du comité de pilotage", "partenaire", Function.PARTNER, region.scope),
        *pair_of(workshop),
        *(
            Seat(
                "Consultante auprès des trois structures", "consultante", Function.CONSULTANT, structure.scope
            )
            for structure in (workshop, home_help, bakery)
        ),
        *pair_of(home_help, "passerelle"),
        *pair_of(bakery, "fournil"),
        *pair_of(largest, "grande"),
        *(seat for small in others[:1] for seat in pair_of(small, "reseau")),
    ]
    logins, opened = open_accounts(seats, password)
    accounts |= opened

    say("Les instances et leurs réunions")
    add_bodies(programme, region=REGION, lead=accounts["region"], member=accounts["partenaire"])

    say("Un questionnaire que la région est en train d’écrire, un autre que le réseau a corrigé")
    draft_of_the_region(scope=region.scope, by=accounts["region"])
    corrected_by_the_network(scope=programme.scope, by=accounts["national"])

    with_words = with_two_questions(employees, scope=programme.scope, by=accounts["national"])

    say("Trois structures inventées, leurs réponses simulées")
    finished = finished_campaign(
        workshop, director=accounts["direction"], employee=accounts["binome"], reader=accounts["consultante"],
        version=with_words, mirror=direction, today=today,
    )  # fmt: skip
    baked = bakery_campaign(
        bakery, director=accounts["direction.fournil"], employee=accounts["binome.fournil"],
        reader=accounts["consultante"], version=shipped["egalite-professionnelle"], today=today,
    )  # fmt: skip
    _campaign, code = open_campaign(
        home_help, director=accounts["direction.passerelle"], employee=accounts["binome.passerelle"],
        version=employees, mirror=direction, today=today,
    )  # fmt: skip
    say(f"Un réseau de {network_size} structures simulées")
    barometer(network, scope=programme.scope, national=accounts["national"], version=employees, today=today)
    say("Une campagne par lien ouvert et ses relais")
    campaign_by_link(
        [structure for structure in network if structure.region == REGION],
        scope=region.scope, lead=accounts["region"], version=employees, today=today,
    )  # fmt: skip
    say("Les deux enquêtes de 2020 auprès des structures : dates et nombres publiés, réponses simulées")
    add_structure_surveys(
        programme, version=shipped["structures-besoins"], lead=accounts["region"], national=accounts["national"],
        guest=accounts["partenaire"], known=workshop, today=today,
    )  # fmt: skip
    survey_to_try(
        programme, version=shipped["structures-besoins"], lead=accounts["region"], guest=accounts["partenaire"], today=today
    )  # fmt: skip
    projecting.project(programme.scope)
    admin = Login("Administration de l’outil", accounts["admin"].email, password)

    def treat_texts() -> None:
        treat_in_the_workshop(finished, reader=accounts["consultante"], employee=accounts["binome"])
        begin_in_the_bakery(baked, reader=accounts["consultante"])

    return Loaded(logins=[*logins, admin], respondent_code=code), treat_texts

"""The order in which the demonstration is made."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone, translation

from labqvt.demonstration import Loaded
from labqvt.demonstration.logins import Login, Seat, new_password, open_accounts, pair_of
from labqvt.demonstration.network import add_network, pooled_campaign
from labqvt.demonstration.open_link import campaign_by_link
from labqvt.demonstration.programme import load_programme
from labqvt.demonstration.questionnaires import draft_of_the_region
from labqvt.demonstration.structures import add_structures, finished_campaign, open_campaign
from labqvt.demonstration.two_versions import corrected_by_the_network
from labqvt.foundation import jobs
from labqvt.instruments.shipping import publish_shipped_packs
from labqvt.people.models import Function, Scope
from labqvt.people.services import create_scope

REGION = "93"


def load_everything(say: Callable[[str], None], *, network_size: int) -> Loaded:
    """All or nothing: an interrupted start leaves an empty instance, not half a demonstration."""
    with translation.override("fr"):
        with transaction.atomic():
            loaded = _load(say, network_size)
        say("Ouverture de l’enveloppe des Ateliers du Canal")
        jobs.run_due(limit=1)  # that of the network is left to the worker, where its progress is seen
    return loaded


def _load(say: Callable[[str], None], network_size: int) -> Loaded:
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

    workshop, home_help = add_structures(by=accounts["admin"])
    network = add_network(by=accounts["admin"], size=network_size)
    seats = [
        Seat("Coordination nationale", "national", Function.NATIONAL, programme.scope),
        Seat("Référence régionale", "region", Function.REGIONAL, region.scope),
        Seat("Partenaire, membre du comité de pilotage", "partenaire", Function.PARTNER, region.scope),
        *pair_of(workshop),
        Seat("Consultante auprès des deux structures", "consultante", Function.CONSULTANT, workshop.scope),
        Seat("Consultante auprès des deux structures", "consultante", Function.CONSULTANT, home_help.scope),
        *pair_of(home_help, "passerelle"),
        *pair_of(network[0], "reseau"),
    ]
    logins, opened = open_accounts(seats, password)
    accounts |= opened

    say("Un questionnaire que la région est en train d’écrire, un autre que le réseau a corrigé")
    draft_of_the_region(scope=region.scope, by=accounts["region"])
    corrected_by_the_network(scope=programme.scope, by=accounts["national"])

    say("Deux structures inventées, leurs réponses simulées")
    finished_campaign(
        workshop,
        director=accounts["direction"],
        employee=accounts["binome"],
        version=employees,
        mirror=direction,
        today=today,
    )
    _campaign, code = open_campaign(
        home_help, director=accounts["direction.passerelle"], employee=accounts["binome.passerelle"],
        version=employees, mirror=direction, today=today,
    )  # fmt: skip
    say(f"Un réseau de {network_size} structures simulées")
    pooled_campaign(
        network, scope=programme.scope, national=accounts["national"], version=employees, today=today
    )
    say("Une campagne par lien ouvert et ses relais")
    campaign_by_link(
        [structure for structure in network if structure.region == REGION],
        scope=region.scope, lead=accounts["region"], version=employees, today=today,
    )  # fmt: skip
    admin = Login("Administration de l’outil", accounts["admin"].email, password)
    return Loaded(logins=[*logins, admin], respondent_code=code)

"""Two invented structures: one whose campaign is finished and discussed, one whose campaign is open."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from labqvt.action_plans.services import add_experiment
from labqvt.campaigns import services as campaigns
from labqvt.campaigns.hat import count_hat
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.preparing_profile import set_profile
from labqvt.campaigns.reminding import remind
from labqvt.campaigns.ways_models import Reminder
from labqvt.demonstration.answers import simulate
from labqvt.demonstration.written import BAKERY_TEXTS, WORKSHOP_TEXTS
from labqvt.foundation.periods import Period
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people.models import Account, Organisation
from labqvt.people.services import create_organisation
from labqvt.responses.services import submit
from labqvt_forms import Questionnaire as Form

PACA: Final = "93"


def add_structures(by: Account | None) -> tuple[Organisation, Organisation, Organisation]:
    """An insertion workshop of thirty, a home-help service of fourteen, a bakery of twenty-four; all fictitious."""
    workshop = create_organisation(
        name="Les Ateliers du Canal", sector="insertion par l’activité économique", headcount=30, region=PACA,
        is_fictitious=True, by=by,
    )  # fmt: skip
    home_help = create_organisation(
        name="La Passerelle", sector="aide à domicile", headcount=14, region=PACA, is_fictitious=True, by=by
    )
    bakery = create_organisation(
        name="Le Fournil des Deux Rives", sector="boulangerie coopérative", headcount=24, region=PACA,
        is_fictitious=True, by=by,
    )  # fmt: skip
    return workshop, home_help, bakery


def answer(
    campaign: Campaign, *, by: Account, employees: dict[Organisation, int], direction: int = 0, seed: str,
    texts: Mapping[str, Sequence[str]] | None = None,
) -> dict[Organisation, list[str]]:  # fmt: skip
    """Let simulated people answer with their codes, and write invented texts; return the codes nobody used, by structure."""
    unused = {}
    for population, printed in campaigns.printed_codes(campaign=campaign, by=by):
        structure = population.organisation
        codes = {
            audience: [code.code for code in printed if code.audience == audience]
            for audience in AccessCode.Audience
        }
        unused[structure] = _submit(
            campaign.form_for(AccessCode.Audience.EMPLOYEES),
            codes[AccessCode.Audience.EMPLOYEES],
            employees[structure],
            f"{seed}|{structure.name}",
            day=campaign.opens_on,
            texts=texts,
        )
        if campaign.mirror and direction:
            _submit(
                campaign.form_for(AccessCode.Audience.DIRECTION),
                codes[AccessCode.Audience.DIRECTION],
                direction,
                f"{seed}|direction",
                day=campaign.opens_on,
                lean=0.5,
            )
    return unused


def _submit(
    form: Form, codes: list[str], people: int, seed: str, *, day: date, lean: float = 0.0,
    texts: Mapping[str, Sequence[str]] | None = None,
) -> list[str]:  # fmt: skip
    sheets = simulate(form, people=people, seed=seed, lean=lean)
    for rank, (code, sheet) in enumerate(zip(codes, sheets, strict=False)):
        written = {id_: said[rank] for id_, said in (texts or {}).items() if rank < len(said)}
        submit(code=code, answers=sheet | written, today=day)
    return codes[people:]


def finished_campaign(
    structure: Organisation, *, director: Account, employee: Account,
    version: QuestionnaireVersion, mirror: QuestionnaireVersion, reader: Account, today: date,
) -> Campaign:  # fmt: skip
    """Prepared, signed, answered by most, closed; two experiments follow. A job opens the envelope."""
    opens = today - timedelta(days=24)
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Et si on parlait du travail ?", version=version, mirror=mirror, headcount=30,
        direction_members=1, opens_on=opens, closes_on=today - timedelta(days=3), by=director,
    )  # fmt: skip
    ask_seniority(campaign, by=director)
    campaign = campaigns.choose_reader(campaign=campaign, reader=reader, by=employee)
    campaigns.sign_rules(campaign=campaign, by=employee)
    campaign = campaigns.open_campaign(campaign=campaign, by=director, today=opens)
    answer(
        campaign, by=director, employees={structure: 23}, direction=1, seed="ateliers-du-canal",
        texts=WORKSHOP_TEXTS,
    )  # fmt: skip
    campaigns.consent_to_mirror(campaign=campaign, by=director)
    campaign = campaigns.close_campaign(campaign=campaign, by=director, today=today - timedelta(days=2))
    _first_experiments(campaign, structure, director=director, employee=employee, today=today)
    return campaign


def ask_seniority(campaign: Campaign, *, by: Account) -> None:
    """One profile question, its categories merged where thirty people would be recognised."""
    question = {
        "id": "profil-anciennete", "ordered": True, "groups": [["1"], ["2", "3", "4"]],
        "headcounts": {"1": 12, "2": 9, "3": 4, "4": 4},
    }  # fmt: skip
    set_profile(campaign=campaign, profile={"questions": [question], "crossings": []}, least=6, by=by)


def _first_experiments(
    campaign: Campaign, structure: Organisation, *, director: Account, employee: Account, today: date
) -> None:
    add_experiment(
        structure=structure, by=employee, campaign=campaign, title="Un passage de relais de dix minutes le lundi",
        determinant="contenu",
        hypothesis="Si chaque équipe se passe les consignes dix minutes le lundi, alors on reprend moins de travail en cours de semaine.",
        perimeter="L’atelier bois, huit personnes",
        criteria="Deux reprises de moins par semaine ; la majorité de l’équipe veut continuer.",
        lead="l’encadrante technique",
        planned=Period.days(today + timedelta(days=7), today + timedelta(days=77)),
    )  # fmt: skip
    add_experiment(
        structure=structure, by=director, campaign=campaign, title="Un entretien de parcours par trimestre",
        determinant="competences",
        hypothesis="Si chacun a une demi-heure par trimestre pour parler de la suite, alors les demandes de formation arrivent à temps.",
        perimeter="Les douze personnes en contrat d’insertion",
        criteria="Chaque personne peut dire sa prochaine étape.",
        lead="la chargée d’accompagnement",
        planned=Period.days(today + timedelta(days=14), today + timedelta(days=104)),
    )  # fmt: skip


def bakery_campaign(
    structure: Organisation, *, director: Account, employee: Account, reader: Account,
    version: QuestionnaireVersion, today: date,
) -> Campaign:  # fmt: skip
    """Closed two days ago: its texts await their reader."""
    opens = today - timedelta(days=20)
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Femmes et hommes au fournil", version=version, headcount=24,
        direction_members=1, opens_on=opens, closes_on=today - timedelta(days=3), by=employee,
    )  # fmt: skip
    campaign = campaigns.choose_reader(campaign=campaign, reader=reader, by=employee)
    campaigns.sign_rules(campaign=campaign, by=employee)
    campaign = campaigns.open_campaign(campaign=campaign, by=director, today=opens)
    answer(campaign, by=director, employees={structure: 19}, seed="fournil", texts=BAKERY_TEXTS)
    return campaigns.close_campaign(campaign=campaign, by=director, today=today - timedelta(days=2))


def open_campaign(
    structure: Organisation, *, director: Account, employee: Account,
    version: QuestionnaireVersion, mirror: QuestionnaireVersion, today: date,
) -> tuple[Campaign, str]:  # fmt: skip
    """Open since five days, half answered; give one unused code, for who wants to answer."""
    campaign = campaigns.prepare_campaign(
        structure=structure, title="Notre travail, nos mots", version=version, mirror=mirror, headcount=14,
        direction_members=1, opens_on=today - timedelta(days=5), closes_on=today + timedelta(days=16), by=employee,
        keyed_by=Campaign.KeyedBy.EMPLOYEE,
    )  # fmt: skip
    campaigns.sign_rules(campaign=campaign, by=employee)
    campaign = campaigns.open_campaign(campaign=campaign, by=director, today=today - timedelta(days=5))
    unused = answer(campaign, by=director, employees={structure: 7}, seed="la-passerelle")
    campaigns.refresh_participation(campaign=campaign, today=today)
    remind(campaign=campaign, way=Reminder.By.POSTER, by=employee, today=today - timedelta(days=2))
    count_hat(campaign=campaign, population=campaign.populations.get(), left=5, by=employee)
    return campaign, unused[structure][0]

"""The two surveys of structures of 2020: their dates and how many answered are published, the rest is invented.

No document names the structures nor gives their answers: names are invented, and said to be on every screen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from labqvt.demonstration import programme_texts as texts
from labqvt.instruments.asking import Answer
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.route import route_of
from labqvt.people.models import Account, Function, Organisation, Scope
from labqvt.people.policy import holds
from labqvt.programmes.models import Milestone, Programme
from labqvt.structure_surveys import calling_back, gathering, inviting, replying, services
from labqvt.structure_surveys.asked import Asked
from labqvt.structure_surveys.importing import band_of
from labqvt.structure_surveys.models import ContactConsent, Grant, Relay, Reply, Survey, SurveyedStructure
from labqvt_forms import MultipleChoice, Numbers, Variable
from labqvt_forms.questionnaire import variables_of

_SECTORS: Final = (
    ("domicile", "Aide et soins à domicile"), ("medicosocial", "Social et médico-social"), ("enfance", "Petite enfance"),
    ("animation", "Animation et éducation populaire"), ("insertion", "Insertion par l’activité économique"),
    ("culture", "Culture"), ("sport", "Sport"), ("formation", "Formation"), ("tourisme", "Tourisme social"),
)  # fmt: skip
_KINDS: Final = (
    "L’Atelier", "La Maison", "Le Relais", "Le Comptoir", "La Ruche", "Le Chantier", "Le Foyer", "La Halte",
)  # fmt: skip
_PLACES: Final = (
    "des Amandiers", "du Lavoir", "des Restanques", "de la Source", "du Pont-Levis", "des Sorbiers", "du Grand-Pré",
    "de la Tuilerie", "des Deux-Rives", "du Beffroi", "des Alouettes", "du Vallon", "de la Treille", "des Saules",
    "du Faubourg", "de la Verrerie", "des Cigales", "du Plateau",
)  # fmt: skip
# Written answers, invented: what small structures could say, in our own words.
_WORDS: Final = {
    "BES_AUTRE": (
        ("Remplacer quelqu’un au pied levé : nous n’avons pas de vivier.", "Remplacements"),
        ("Une personne extérieure pour ouvrir la discussion avec le bureau.", "Gouvernance"),
        ("Des modèles de documents prêts à l’emploi, pas encore un guide.", "Outils"),
        ("Savoir à qui s’adresser quand une situation se tend.", "Orientation"),
    ),
    "PRA_FIERTE": (
        ("Chaque lundi, dix minutes debout : qui a besoin d’un coup de main ?", "Temps d’équipe"),
        ("Les plannings sont affichés un mois avant, et l’on échange entre nous.", "Plannings"),
        ("Un parrain pour chaque arrivée, pendant six semaines.", "Accueil"),
        ("Le document des risques se remplit en marchant dans les locaux, ensemble.", "Prévention"),
    ),
    "CRISE_GARDE": (
        ("La réunion par téléphone du matin, plus courte que celle d’avant.", "Organisation"),
        ("Un groupe de messages pour s’entraider sur les tournées.", "Entraide"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """One survey as the documents tell it, and how it is filled."""

    region: str
    milestone: str
    title: str
    purpose: str
    line: int
    opens: date
    first_close: date
    closes: date
    answers: int
    others: int
    departments: tuple[str, ...]
    cause: str = ""
    told_on: date | None = None


_PLANS: Final = (
    _Plan(
        region="93", milestone="E19", title="Enquête préliminaire auprès des structures",
        purpose="Recenser les bonnes pratiques, les leviers et les freins, puis écrire le cahier des charges de la formation.",
        line=220, opens=date(2020, 2, 11), first_close=date(2020, 3, 13), closes=date(2020, 3, 13), answers=93, others=24,
        departments=("04", "05", "06", "13", "83", "84"),
    ),
    _Plan(
        region="27", milestone="E24", title="Pratiques et besoins des petites structures",
        purpose="Connaître les pratiques et les besoins au sortir du premier confinement, pour écrire un guide et un kit.",
        line=304, opens=date(2020, 6, 10), first_close=date(2020, 7, 3), closes=date(2020, 10, 23), answers=29, others=37,
        departments=("21", "25", "39", "58", "70", "71", "89", "90"),
        cause="Beaucoup de petites structures, débordées à la sortie du confinement, n’avaient pas pu répondre.",
        told_on=date(2020, 7, 2),
    ),
)  # fmt: skip


def add_structure_surveys(
    programme: Programme, *, version: QuestionnaireVersion, lead: Account, national: Account, guest: Account,
    known: Organisation, today: date,
) -> list[Survey]:  # fmt: skip
    """Prepare, launch, relay, answer, relaunch, extend, call back and close, in the order people did it.

    ``guest``: a partner let in to follow; ``known``: an invented structure that has a space here.
    """
    surveys = []
    for plan in _PLANS:
        region = programme.experimentations.get(region=plan.region)
        by = lead if holds(lead, {Function.REGIONAL}, region.scope) else national
        surveys.append(
            _survey(plan, region.scope, version, by, today=today, known=known if by == lead else None)
        )
    services.grant(survey=surveys[0], account=guest, right=Grant.Right.FOLLOW, by=national)
    return surveys


def _survey(
    plan: _Plan,
    scope: Scope,
    version: QuestionnaireVersion,
    by: Account,
    *,
    today: date,
    known: Organisation | None,
) -> Survey:
    survey = services.prepare_survey(
        scope=scope, by=by, version=version, title=plan.title, purpose=plan.purpose, asked_by="UDES",
        readers="La référence régionale et la coordination nationale du programme.",
        help_line="L’équipe du programme : enquete@labqvt.invalid", opens_on=plan.opens, closes_on=plan.first_close,
        contacts_until=today + timedelta(days=180), answers_until=today + timedelta(days=3 * 365),
        milestone=Milestone.objects.filter(reference=plan.milestone, scope=scope).first(),
        source=texts.REPORT, source_line=plan.line, answers_are_simulated=True,
    )  # fmt: skip
    random = Random(plan.title)  # noqa: S311 - reproducible on purpose
    relays = _relays(survey, plan, by)
    survey = services.open_survey(survey=survey, by=by, today=plan.opens)
    structures = _invite(survey, plan, relays, by, random, known=known)
    answering, silent = structures[: plan.answers], structures[plan.answers :]
    before = sum(random.random() < 0.55 for _one in answering) if plan.cause else len(answering)
    _answer_all(survey, answering[:before], plan.opens, plan.first_close, random)
    _relaunch(survey, [*answering[before:], *silent], plan, by)
    if plan.cause:
        survey = services.extend_survey(
            survey=survey, closes_on=plan.closes, cause=plan.cause, by=by, today=plan.told_on
        )
        _answer_all(survey, answering[before:], plan.first_close + timedelta(days=3), plan.closes, random)
    _half_answers(survey, silent[:3], plan.closes, random)
    inviting.note_outcome(structure=silent[3], outcome=SurveyedStructure.Outcome.REFUSED, by=by)
    inviting.note_outcome(structure=silent[4], outcome=SurveyedStructure.Outcome.UNREACHABLE, by=by)
    survey = services.close_survey(survey=survey, by=by, today=plan.closes)
    _read(survey, by)
    _call_back(survey, by, plan.closes)
    return survey


def survey_to_try(
    programme: Programme, *, version: QuestionnaireVersion, lead: Account, guest: Account, today: date
) -> Survey:
    """An invented survey, open today, half answered: the one to try from both sides."""
    opens, random = today - timedelta(days=20), Random("essai")  # noqa: S311 - reproducible on purpose
    survey = services.prepare_survey(
        scope=programme.experimentations.get(region="93").scope, by=lead, version=version, is_fictitious=True,
        title="Besoins des structures, enquête d’essai", asked_by="L’équipe du programme (enquête inventée)",
        purpose="Essayer l’outil : rien de ce qui est écrit ici n’est envoyé à personne.",
        readers="La référence régionale et la coordination nationale du programme.",
        help_line="L’équipe du programme : enquete@labqvt.invalid", opens_on=opens, closes_on=today + timedelta(days=12),
        contacts_until=today + timedelta(days=180), answers_until=today + timedelta(days=3 * 365),
        answers_are_simulated=True,
    )  # fmt: skip
    plan = replace(_PLANS[0], opens=opens, first_close=today - timedelta(days=2), answers=8, others=6)
    relays = _relays(survey, plan, lead, real=False)
    survey = services.open_survey(survey=survey, by=lead, today=opens)
    structures = _invite(survey, plan, relays, lead, random, known=None)
    _answer_all(survey, structures[:8], opens, plan.first_close, random)
    _half_answers(survey, structures[8:9], plan.first_close, random)
    inviting.note_approach(
        structures=structures[9:12], survey=survey, by=lead, how="phone", on=plan.first_close, note="Message laissé",
        next_step="Rappeler", next_on=today,
    )  # fmt: skip
    services.grant(survey=survey, account=guest, right=Grant.Right.FOLLOW, by=lead)
    return survey


def _relays(survey: Survey, plan: _Plan, by: Account, *, real: bool = True) -> list[Relay]:
    """The members of the federation were asked: published. The other relays are invented."""
    if real:
        organisation = Organisation.objects.filter(name="UDES").first()
        first = inviting.add_relay(
            survey=survey, name="Adhérents de l’UDES", by=by, organisation=organisation
        )
    else:
        first = inviting.add_relay(
            survey=survey, name="Fédération régionale (inventée)", by=by, is_fictitious=True
        )
    others = [
        inviting.add_relay(survey=survey, name=name, by=by, is_fictitious=True)
        for name in ("Réseau de quartier (inventé)", "Groupement d’employeurs (inventé)")
    ]
    for relay, reached in zip(others, (40, 18), strict=True):
        inviting.note_sending(
            relay=relay, on=plan.opens, how="mail", what="Première invitation", reached=reached, by=by
        )
    return [first, *others]


def _invite(
    survey: Survey,
    plan: _Plan,
    relays: list[Relay],
    by: Account,
    random: Random,
    *,
    known: Organisation | None,
) -> list[SurveyedStructure]:
    names = [f"{kind} {place}" for place in _PLACES for kind in _KINDS]
    random.shuffle(names)
    rows: list[dict[str, Any]] = []
    for name in names[: plan.answers + plan.others]:
        headcount = min(49, 2 + int(random.expovariate(1 / 11)))
        rows.append(
            {
                "name": name, "department": random.choice(plan.departments), "band": band_of(str(headcount)) or "",
                "sector": random.choice(_SECTORS)[1], "relay": random.choices(relays, (6, 2, 1))[0],
                "is_fictitious": True,
            }
        )  # fmt: skip
    if known is not None:
        rows[0] |= {"name": known.name, "organisation": known}
    return inviting.invite_many(survey=survey, by=by, rows=rows)[0]


def _answer_all(
    survey: Survey, structures: list[SurveyedStructure], first: date, last: date, random: Random
) -> None:
    asked = replying.asked_in(survey)
    for structure in structures:
        structure.survey = survey
        day = first + timedelta(days=random.randrange((last - first).days + 1))
        now = datetime.combine(day, time(10 + random.randrange(8)), tzinfo=UTC)
        function = random.choice(("direction", "direction", "bureau", "gestion"))
        reply = replying.begin_by_link(structure=structure, function=function, now=now)
        reply.structure = structure
        answers = dict(_answers(asked, structure, random))
        given = route_of(asked.form, answers).answers
        every = {variable.id for variable in asked.form.variables}
        replying.keep_page(reply=reply, page=len(asked.form.groups), given=given, here=every, now=now)
        quoting = random.choices(Reply.Quoting.values, (3, 5, 2))[0]
        replying.send(reply=reply, quoting=quoting, now=now)


def _half_answers(survey: Survey, structures: list[SurveyedStructure], last: date, random: Random) -> None:
    """Begun, never sent: the first page only."""
    asked = replying.asked_in(survey)
    now = datetime.combine(last, time(9), tzinfo=UTC)
    here = {variable.id for item in asked.form.groups[0].items for variable in variables_of(item)}
    for structure in structures:
        structure.survey = survey
        reply = replying.begin_by_link(structure=structure, function="direction", now=now)
        reply.structure = structure
        given = {id_: a for id_, a in _answers(asked, structure, random) if id_ in here}
        replying.keep_page(reply=reply, page=1, given=given, here=here, now=now)


def _answers(asked: Asked, structure: SurveyedStructure, random: Random) -> Iterator[tuple[str, Answer]]:
    """Plausible answers to everything; those a condition keeps away are left out by whoever takes them."""
    for variable in asked.form.variables:
        if not variable.answered:
            continue
        if variable.id == "SECTEUR":
            yield variable.id, next((code for code, label in _SECTORS if label == structure.sector), "autre")
        elif variable.id in _WORDS:
            if random.random() < 0.4:
                yield variable.id, random.choice(_WORDS[variable.id])[0]
        elif (answer := _answer(variable, structure, asked, random)) is not None:
            yield variable.id, answer


def _answer(variable: Variable, structure: SurveyedStructure, asked: Asked, random: Random) -> Answer | None:
    if variable.id in asked.apart:
        return _contact(variable, structure, random)
    if isinstance(variable.item, Numbers):
        total = {"none": 0, "1_9": 6, "10_19": 14, "20_49": 31}.get(structure.band, 60)
        return str(total if variable.id == "EFF_TOTAL" else random.randrange(total + 1))
    if variable.choices is None or random.random() < 0.04:
        return None
    codes = [choice.code for choice in variable.choices.choices if not choice.exclusive]
    if isinstance(variable.item, MultipleChoice):
        most = variable.item.most or 3
        return sorted(random.sample(codes, min(len(codes), 1 + random.randrange(most))), key=codes.index)
    # Lists of opinions lean to their upper half: what a structure that answers such a survey tends to say.
    ordered = any(choice.value is not None for choice in variable.choices.choices) and len(codes) > 2
    return random.choices(codes, range(1, len(codes) + 1))[0] if ordered else random.choice(codes)


def _contact(variable: Variable, structure: SurveyedStructure, random: Random) -> Answer | None:
    if variable.id == "RECONTACT":
        return "yes" if random.random() < 0.3 else "no"
    said: dict[str, Answer] = {
        "REC_POUR": ["resultats", "entretien"], "REC_NOM": "Le secrétariat (inventé)",
        "REC_MAIL": f"accueil-{structure.pk}@exemple.invalid", "REC_TEL": "00 00 00 00 00",
    }  # fmt: skip
    return said.get(variable.id)


def _relaunch(survey: Survey, structures: list[SurveyedStructure], plan: _Plan, by: Account) -> None:
    """One relaunch in the middle of the collection, another by telephone for some of those still silent."""
    middle = plan.opens + (plan.first_close - plan.opens) / 2
    inviting.note_approach(
        structures=structures, survey=survey, by=by, how="mail", on=middle, note="Rappel collectif"
    )
    inviting.note_approach(
        structures=structures[-12:-4], survey=survey, by=by, how="phone", on=plan.first_close - timedelta(days=2),
        note="Message laissé", next_step="Rappeler en fin de journée",
    )  # fmt: skip


def _read(survey: Survey, by: Account) -> None:
    """Written answers put under their themes, a few of them quoted by consent."""
    under = {words: theme for pairs in _WORDS.values() for words, theme in pairs}
    quoted: set[str] = set()
    for reply in Reply.objects.filter(structure__survey=survey, sent_at__isnull=False).select_related(
        "structure"
    ):
        for question in _WORDS:
            words = reply.answers.get(question)
            if not isinstance(words, str):
                continue
            gathering.set_themes(survey=survey, question=question, reply=reply, labels=[under[words]], by=by)
            if words not in quoted and reply.quoting != Reply.Quoting.NO:
                gathering.quote(survey=survey, question=question, reply=reply, words=words, by=by)
                quoted |= {words}


def _call_back(survey: Survey, by: Account, closed: date) -> None:
    """Six structures were interviewed by telephone in the South (published); what they said is invented."""
    agreed = ContactConsent.objects.filter(structure__survey=survey, agreed=True).select_related(
        "structure__survey"
    )
    for contact in agreed.order_by("structure__name")[:6]:
        on = closed + timedelta(days=20)
        calling_back.add_interview(
            structure=contact.structure, on=on, by=by,
            notes="Entretien inventé pour la démonstration. La structure raconte comment elle a tenu pendant la crise, "
                  "ce qu’elle a gardé depuis, et le temps qui lui manque pour s’y mettre.",
        )  # fmt: skip
        calling_back.note_call(
            contact=contact, call=ContactConsent.Call.DONE, note="Appel inventé : veut recevoir les résultats.", by=by, on=on
        )  # fmt: skip

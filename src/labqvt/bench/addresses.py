"""For each address of the site, an example from the demonstration to put in it."""

from collections.abc import Callable
from typing import Any

from django.urls import get_resolver

from labqvt.action_plans.models import Experiment
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways_models import Relay
from labqvt.evidence.models import TextReading
from labqvt.foundation.models import Job, JournalEntry
from labqvt.governance.models import Meeting
from labqvt.governance.seat_models import Body
from labqvt.indicators.models import Fact, Indicator
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.queries import USUAL
from labqvt.people.models import Organisation
from labqvt.programmes.models import Experimentation, Milestone, Programme
from labqvt.structure_surveys.models import ContactConsent, Survey, SurveyedStructure

STRUCTURE = "Les Ateliers du Canal"
OPEN_STRUCTURE = "La Passerelle"
READ_STRUCTURE = "Le Fournil des Deux Rives"
UNKNOWN = "zzzzzzzzzzzz"


def _structure() -> str:
    return Organisation.objects.get(name=STRUCTURE).public_id


def _partner() -> str:
    return Organisation.objects.exclude(kind=Organisation.Kind.STRUCTURE).earliest("pk").public_id


def _first_campaign(structure: str) -> Campaign:
    """The one the demonstration came with: whoever tries it makes others."""
    return Campaign.objects.filter(organisation__name=structure).earliest("pk")


def _region() -> Experimentation:
    return Experimentation.objects.get(region="93")


def _committee() -> Body:
    return Body.objects.get(scope__parent=_region().scope)


def _survey() -> Survey:
    return Survey.objects.filter(status=Survey.Status.OPEN).earliest("pk")


def _surveyed() -> SurveyedStructure:
    """A structure that answered the survey one may try."""
    return SurveyedStructure.objects.filter(survey=_survey(), reply__sent_at__isnull=False).earliest("pk")


def _pooled() -> Campaign:
    """The pooled campaign that gives structures results of their own: not the one by open link."""
    return Campaign.objects.filter(organisation=None).exclude(way_in=Campaign.WayIn.OPEN_LINK).latest("pk")


def _own_results() -> str:
    """The structure of the pool whose pair signs in: the largest."""
    largest = _pooled().populations.order_by("-headcount", "organisation__pk")
    return largest.values_list("organisation__public_id", flat=True)[0]


def _draft() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.filter(status="draft").earliest("pk")


# The editor's addresses are about a draft, the others about what is published.
_EDITED: dict[str, Callable[[], Any]] = {
    "public_id": lambda: _draft().public_id,
    "group_id": lambda: _draft().form.groups[0].id,
    "item_id": lambda: _draft().form.items[0].id,
    "row_id": lambda: _draft().form.variables[0].id,
    "language": lambda: _draft().form.languages[1],
}
# « address:argument » first, then the argument's name in a room, then its name anywhere.
EXAMPLES: dict[str, Callable[[], Any]] = {
    "foundation:undo/public_id": lambda: JournalEntry.objects.filter(by=None).earliest("pk").public_id,
    "foundation:job/public_id": lambda: Job.objects.earliest("pk").public_id,
    "foundation:file/public_id": lambda: UNKNOWN,
    "cockpit/public_id": _structure,
    "people/public_id": _structure,
    **{f"people:{name}/public_id": _partner for name in ("organisation", "organisation_change", "name_new")},
    "action_plans/public_id": lambda: Experiment.objects.earliest("pk").public_id,
    "structure_id": _structure,
    "campaigns/public_id": lambda: _first_campaign(OPEN_STRUCTURE).public_id,
    "campaigns:prepare/public_id": lambda: Organisation.objects.get(name=OPEN_STRUCTURE).public_id,
    "keying/public_id": lambda: _first_campaign(OPEN_STRUCTURE).public_id,
    "campaigns:relay/public_id": lambda: Relay.objects.earliest("pk").public_id,
    "campaigns:remove_relay/public_id": lambda: Relay.objects.earliest("pk").public_id,
    "campaigns:address/number": lambda: 1,
    "campaigns:pool/public_id": lambda: _region().scope.public_id,
    "evidence:share/public_id": lambda: _pooled().public_id,
    "evidence:share/structure_id": _own_results,
    "evidence/public_id": lambda: _first_campaign(STRUCTURE).public_id,
    "diagnostics:structure_diagnosis/public_id": lambda: _pooled().public_id,
    "diagnostics:structure_diagnosis_pdf/public_id": lambda: _pooled().public_id,
    "diagnostics:shared_results/public_id": lambda: _pooled().public_id,
    "diagnostics:analysis/public_id": lambda: _pooled().public_id,
    "diagnostics:regional_edition/public_id": lambda: _pooled().public_id,
    "diagnostics:regional_edition_pdf/public_id": lambda: _pooled().public_id,
    "diagnostics/region": lambda: "93",
    "diagnostics/structure_id": _own_results,
    "diagnostics/public_id": lambda: _first_campaign(STRUCTURE).public_id,
    "verbatims/public_id": lambda: _first_campaign(READ_STRUCTURE).public_id,
    "verbatims/number": lambda: 1,
    "verbatims/theme_id": lambda: TextReading.objects.filter(state="reading").earliest("pk").themes[0]["id"],
    "instruments/public_id": lambda: (
        QuestionnaireVersion.objects.filter(questionnaire__slug=USUAL).earliest("pk").public_id
    ),
    "instruments:changes/public_id": lambda: (
        QuestionnaireVersion.objects.filter(number=2).earliest("pk").public_id
    ),
    "instruments/form": lambda: "xlsform",
    "indicators/public_id": lambda: _region().public_id,
    "indicators:remove_fact/public_id": lambda: (
        Fact.objects.filter(scope=_region().scope).earliest("pk").public_id
    ),
    "indicators/code": lambda: Indicator.objects.earliest("pk").code,
    "indicators/form": lambda: "csv",
    "programmes:experimentation/public_id": lambda: _region().public_id,
    "programmes:amend/public_id": lambda: _region().public_id,
    "programmes:milestone_new/public_id": lambda: _region().scope.public_id,
    "programmes/public_id": lambda: Milestone.objects.filter(scope=_region().scope).earliest("pk").public_id,
    "agenda/key": lambda: UNKNOWN,  # nobody's: an account opens its own
    "agenda/scope": lambda: UNKNOWN,
    "agenda/region": lambda: "93",
    "governance:body_new/public_id": lambda: _region().scope.public_id,
    "governance:seat/public_id": lambda: _committee().seats.earliest("pk").public_id,
    "governance:seat_free/public_id": lambda: _committee().seats.latest("pk").public_id,
    "governance:seat_remove/public_id": lambda: _committee().seats.latest("pk").public_id,
    **{
        f"governance:{name}/public_id": lambda: (
            _committee().meetings.get(status=Meeting.Status.CONVENED).public_id
        )
        for name in (
            "meeting",
            "item_new",
            "convene",
            "move",
            "cancel",
            "open_session",
            "attendance",
            "outcome_new",
            "propose",
            "letter",
            "sheet",
        )
    },
    **{
        f"governance:{name}/public_id": lambda: (
            _committee().meetings.get(status=Meeting.Status.APPROVED).public_id
        )
        for name in ("approve", "correct", "minutes")
    },
    "governance/public_id": lambda: _committee().public_id,
    "responses/number": lambda: 1,
    "structure_surveys/public_id": lambda: _survey().public_id,
    "structure_surveys:prepare/public_id": lambda: _region().scope.public_id,
    "structure_surveys:mine/public_id": lambda: (
        SurveyedStructure.objects.filter(organisation__name=STRUCTURE).earliest("pk").public_id
    ),
    "structure_surveys/structure_id": lambda: _surveyed().public_id,
    "structure_surveys/contact_id": lambda: (
        ContactConsent.objects.filter(structure__survey=_survey(), agreed=True).earliest("pk").public_id
    ),
    "structure_surveys/question": lambda: "BES_AUTRE",
    "structure_surveys/form": lambda: "xlsx",
    "structure_surveys/relay": lambda: _survey().relays.earliest("pk").public_id,
    "structure_surveys/key": lambda: _surveyed().key,
    "structure_surveys/number": lambda: 1,
    "slug": lambda: Programme.objects.earliest("pk").slug,
}


def arguments_of(name: str) -> dict[str, Any]:
    """The arguments an address takes, each with an example."""
    room = name.partition(":")[0]
    if name.startswith("instruments:edit"):
        return {argument: _EDITED[argument]() for argument in _argument_names(name)}
    return {
        argument: next(
            EXAMPLES[key]()
            for key in (f"{name}/{argument}", f"{room}/{argument}", argument)
            if key in EXAMPLES
        )
        for argument in _argument_names(name)
    }


def _argument_names(name: str) -> list[str]:
    *namespaces, url_name = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        _prefix, resolver = resolver.namespace_dict[namespace]
    [(_text, arguments)] = resolver.reverse_dict.getlist(url_name)[0][0]
    return list(arguments)

"""A campaign whose questionnaire has everything the script meets: conditions, a number, choices, words."""

import json

from tests.browser.demonstration import Demonstration

_MAKE = """
import json
import secrets
from datetime import timedelta
from django.utils import timezone
from labqvt.campaigns import services
from labqvt.campaigns.sheet_size import sheet_size
from labqvt.instruments import queries as instruments
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from tests.factories import AccountFactory, StructureFactory
from tests.labqvt.campaigns.factories import codes_of
document = json.loads('''{document}''')
mark = secrets.token_hex(6)
structure = StructureFactory(name=f"Association d’essai {mark}", headcount=40)
by, today = AccountFactory(director_of=structure, email=f"{mark}@exemple.invalid"), timezone.localdate()
campaign = services.open_campaign(by=by, campaign=services.prepare_campaign(
    structure=structure, by=by, title="Essai du script", headcount=40, direction_members=0, mirror=None,
    version=instruments.versions_for_employees().first(), opens_on=today, closes_on=today + timedelta(days=14),
))
# A questionnaire of its own: one more version of a shipped one would have the shipped one published again.
own = Questionnaire.objects.create(
    slug=f"essai-du-script-{mark}", title="Essai du script", licence="CC BY 4.0", scope=structure.scope
)
version = QuestionnaireVersion.objects.create(questionnaire=own, number=1, content=document, status="retired")
campaign.version = version
campaign.parameters["sheet_size"] = sheet_size(version.form)
campaign.save()
print(json.dumps([campaign.public_id, codes_of(campaign)]))
"""
_SHEETS = """
import json
from labqvt.campaigns.models import Campaign
from tests.labqvt.responses.test_intake import opened_sheets
print(json.dumps([sheet["answers"] for sheet in opened_sheets(Campaign.objects.get(public_id="{campaign}"))]))
"""
_CLOSE = """
from labqvt.campaigns.models import Campaign
Campaign.objects.filter(public_id="{campaign}").update(status="closed")
print("null")
"""
DOCUMENT = {
    "schema": "labqvt/questionnaire/1", "id": "essai", "title": {"fr": "Essai", "en": "Trial"}, "languages": ["fr", "en"],
    "choice_lists": [
        {"id": "tools", "choices": [
            {"code": "car", "label": {"fr": "Voiture", "en": "Car"}},
            {"code": "bike", "label": {"fr": "Vélo", "en": "Bicycle"}},
            {"code": "none", "label": {"fr": "Aucun", "en": "None"}, "exclusive": True}]},
    ],
    "groups": [
        {"id": "one", "title": {"fr": "Déplacements", "en": "Travel"}, "items": [
            {"kind": "yes_no", "id": "moves", "label": {"fr": "Vous déplacez-vous ?", "en": "Do you travel?"}},
            {"kind": "number", "id": "km", "label": {"fr": "Combien de kilomètres ?", "en": "How many kilometres?"},
             "least": 0, "most": 900, "relevant": "${moves} = 'yes'"},
        ]},
        {"id": "two", "title": {"fr": "Moyens", "en": "Means"}, "relevant": "${moves} = 'yes'", "items": [
            {"kind": "multiple", "id": "tools", "label": {"fr": "Avec quoi ?", "en": "With what?"}, "choices": "tools"},
        ]},
        {"id": "three", "title": {"fr": "Pour finir", "en": "Lastly"}, "items": [
            {"kind": "text", "id": "word", "label": {"fr": "Un mot ?", "en": "A word?"}, "long": True},
            {"kind": "rating", "id": "mark", "label": {"fr": "Une note ?", "en": "A mark?"}},
        ]},
    ],
}  # fmt: skip


class Trial:
    """One such campaign in a demonstration, its codes, and what its envelope holds."""

    def __init__(self, demo: Demonstration) -> None:
        self._demo = demo
        text = json.dumps(DOCUMENT, ensure_ascii=False).replace("'", "\\'")
        self.campaign, self.codes = demo.ask(_MAKE.replace("{document}", text))

    def code(self) -> str:
        """One nobody drew yet."""
        return str(self.codes.pop())

    def sheets(self) -> list[dict[str, object]]:
        return list(self._demo.ask(_SHEETS.replace("{campaign}", self.campaign)))

    def close(self) -> None:
        self._demo.ask(_CLOSE.replace("{campaign}", self.campaign))

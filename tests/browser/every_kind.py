"""In the demonstration, one more structure, whose campaign asks in every way a phone can ask."""

import fcntl
import json

from tests.browser.demonstration import Demonstration
from tests.labqvt.instruments.every_kind import CONTENT

_LAUNCH = """
import json
from datetime import timedelta
from django.utils import timezone
from labqvt.campaigns import services as campaigns
from labqvt.campaigns.models import Campaign
from labqvt.instruments import services as instruments
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.people import services as people
from labqvt.people.models import Account, Function, Organisation
from labqvt.programmes.models import Programme
from labqvt_forms.formats import json_form

NAME = "Toutes les façons"
structure = Organisation.objects.filter(name=NAME).first()
if structure is None:
    national = Account.objects.get(email="national@labqvt.invalid")
    version = instruments.keep_imported(
        form=json_form.from_json(json.loads(CONTENT)), kind="employees", scope=Programme.objects.get().scope, by=national)
    version = instruments.publish(version=version, note="", by=national)
    structure = people.create_organisation(name=NAME, headcount=HEADCOUNT, is_fictitious=True)
    director = people.create_account(email="direction.facons@labqvt.invalid", name="Direction – Toutes les façons")
    people.assign(account=director, function=Function.DIRECTOR, scope=structure.scope, by=None)
    people.set_help_contacts(structure=structure, by=director, contacts={
        "doctor": {"who": "Service de prévention (fictif)", "phone": "04 00 00 00 00", "about": "Sur rendez-vous, le mardi"}})
    today = timezone.localdate()
    campaign = campaigns.prepare_campaign(
        structure=structure, by=director, title="Toutes les façons de répondre", version=version, mirror=None, headcount=HEADCOUNT,
        direction_members=1, opens_on=today, closes_on=today + timedelta(days=14))
    campaigns.open_campaign(campaign=campaign, by=director)
campaign = Campaign.objects.get(organisation=structure)
director = Account.objects.get(email="direction.facons@labqvt.invalid")
[(_structure, printed)] = campaigns.printed_codes(campaign=campaign, by=director)
print(json.dumps([code.code for code in printed if code.audience == "employees"]))
"""
HEADCOUNT = 90


def codes_of_every_kind(demo: Demonstration) -> list[str]:
    """Launch it, once whatever the number of workers, and give its codes."""
    with (demo.var / "every-kind.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return demo.ask(f"CONTENT = {json.dumps(CONTENT)!r}\nHEADCOUNT = {HEADCOUNT}\n{_LAUNCH}")

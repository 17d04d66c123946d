"""A network told part by part, in a real browser: cuts, regional editions, on every width and in both themes."""

import time

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import violations
from tests.browser.conftest import WIDTHS
from tests.browser.demonstration import Demonstration

pytestmark = pytest.mark.browser

# The first wave of the barometer: of so small structures none has results of its own, so that it is opened in seconds.
FIRST_WAVE = """
import json
from labqvt.campaigns.models import Campaign
from labqvt.evidence.models import RegionalEdition
from labqvt.evidence.queries import release_of
campaign = Campaign.objects.filter(organisation=None, next_waves__isnull=False).earliest("pk")
regions = list(RegionalEdition.objects.filter(release__campaign=campaign).values_list("region", flat=True))
print(json.dumps([campaign.public_id, regions] if release_of(campaign) else None))
"""


def first_wave(demo: Demonstration) -> tuple[str, list[str]]:
    """Opened by the worker, as everything is; asked for again until it is."""
    for _ in range(60):
        if found := demo.ask(FIRST_WAVE):
            return found
        time.sleep(2)
    raise AssertionError("La première vague du baromètre n’a pas été ouverte.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cuts_and_editions_are_readable_by_everyone(browser: Browser, demo: Demonstration, theme: str):
    campaign, regions = first_wave(demo)
    context = browser.new_context(color_scheme=theme, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    demo.sign_in(page, "national")
    page.goto(f"{demo.url}/espace/campagnes/{campaign}/diagnostic/")
    page.get_by_role("link", name="Comparer des groupes de structures").click()
    page.get_by_label("Thème", exact=True).select_option(index=2)
    page.get_by_role("button", name="Afficher").click()
    assert "theme=" in page.url
    chosen = page.url
    context.close()
    found = []
    context = browser.new_context(color_scheme=theme, locale="fr-FR")
    page = context.new_page()
    demo.sign_in(page, "national")
    addresses = [chosen, f"{demo.url}/espace/campagnes/{campaign}/structures-montrees/"]
    addresses += [f"{demo.url}/espace/campagnes/{campaign}/regions/{region}/" for region in regions[:1]]
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200
        for width in WIDTHS.values():
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{address} {width} {violation}" for violation in violations(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} déborde à {width}")
    context.close()
    assert found == []

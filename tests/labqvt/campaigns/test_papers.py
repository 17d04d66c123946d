"""What goes on the wall holds on one sheet, whatever the way in, the language and the length of a name."""

import pypdfium2
import pytest
from django.utils import translation

from labqvt.campaigns import papers
from labqvt.documents.pdf import render_pdf
from tests.labqvt.campaigns.factories import CampaignFactory

pytestmark = pytest.mark.django_db
LONG = "Association intercommunale d’aide et de soins à domicile des deux vallées"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("way_in", ["hat_codes", "personal_codes", "open_link"])
@pytest.mark.parametrize("paper", [papers.poster, papers.reminder_notice])
def test_one_sheet_for_the_wall(way_in, language, paper):
    campaign = CampaignFactory(open=True)
    campaign.way_in, campaign.title = way_in, "Qualité de vie et conditions de travail, novembre 2026"
    campaign.organisation.name = LONG
    with translation.override(language):
        pdf = pypdfium2.PdfDocument(
            render_pdf(paper(campaign, "https://labqvt.federation-exemple.fr/r/"), language)
        )
    pages = len(pdf)
    pdf.close()
    assert pages == 1

"""Who may have a release attacked, and which releases there is something to guess in."""

from typing import Any

from django.utils.translation import gettext as _

from labqvt.campaigns.policy import may_read
from labqvt.evidence.models import Release
from labqvt.foundation.verdict import YES, Verdict, no


def may_verify(person: Any, release: Release) -> Verdict:
    """Whoever reads the results may have them attacked: the employees' side first of all."""
    if not (verdict := may_read(person, release.campaign)):
        return verdict
    if release.content["network_cell"]:
        return no(
            _(
                "Ces résultats réunissent au moins cinq structures et trente personnes : ils paraissent en clair, "
                "aucune structure ni personne ne s’y lit."
            )
        )
    return YES

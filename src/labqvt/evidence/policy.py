"""Who may have a release attacked, and who may have a network told by other groups."""

from typing import Any

from django.utils.translation import gettext as _

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.policy import NETWORK, may_read
from labqvt.evidence import snapshots
from labqvt.evidence.models import Release
from labqvt.evidence.queries import analysis_of
from labqvt.foundation.verdict import YES, Verdict, no
from labqvt.people.policy import holds


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


def may_add_cut(person: Any, campaign: Campaign) -> Verdict:
    """Who leads the network, as long as its snapshot is kept."""
    if not (campaign.is_pooled and holds(person, NETWORK, campaign.scope)):
        return no(
            _("Un croisement est demandé par la référence régionale ou la coordination nationale du réseau.")
        )
    analysis = analysis_of(campaign)
    if analysis is None:
        return no(_("Rien n’a été gardé des réponses : aucun autre groupe ne peut être montré."))
    if analysis.is_over or not snapshots.is_readable(campaign):
        return no(
            _("La copie chiffrée des réponses n’est plus gardée : aucun autre groupe ne peut être montré.")
        )
    return YES

"""Acts on what a draft asks about people. Headcounts only, forgotten at launch."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import policy, rules
from labqvt.campaigns.models import Campaign, RulesSignature
from labqvt.campaigns.profile import Groups, ProfileQuestion, fits
from labqvt.campaigns.profile_checks import merged_with
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account


@transaction.atomic
def set_profile(*, campaign: Campaign, profile: dict[str, Any], least: int, by: Account) -> Campaign:
    """Choose what is asked about people, in which groups, and from how many answers results appear."""
    campaign = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("version", "scope")
        .get(pk=campaign.pk)
    )
    require(policy.may_edit(by, campaign))
    before = {"profile": campaign.profile, "least": campaign.least}
    if least < rules.LEAST:
        raise ValidationError({"least": _("Un résultat réunit au moins six réponses : ce minimum se relève, il ne s’abaisse pas.")})  # fmt: skip
    questions = [ProfileQuestion.read(kept) for kept in profile.get("questions", [])]
    if not all(fits(question, campaign.version.form) for question in questions):
        raise ValidationError(_("Ces regroupements ne sont pas ceux de ce questionnaire : seules des catégories voisines se regroupent."))  # fmt: skip
    if questions and not (askable := policy.may_ask_profile(campaign)):
        raise PermissionDenied(str(askable.reason))
    campaign.profile, campaign.least = profile, least
    campaign.full_clean()
    campaign.save(update_fields=["profile", "least"])
    # The rules changed: what was signed is no longer what is proposed.
    RulesSignature.objects.filter(campaign=campaign).delete()
    journal.record(
        act="campaigns.set_profile", by=by, on=campaign, sentence=gettext_noop("Questions de profil choisies : %(n)s"),
        n=len(questions), undo=("campaigns.set_profile", {"campaign": campaign.public_id, **before}),
    )  # fmt: skip
    return campaign


def merge(*, campaign: Campaign, question: str, groups: Groups, by: Account) -> Campaign:
    """Apply a merge the check proposed."""
    return set_profile(
        campaign=campaign, profile=merged_with(campaign, question, groups), least=campaign.least, by=by
    )

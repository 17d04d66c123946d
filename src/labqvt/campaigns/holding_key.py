"""Acts on the key that a trusted person holds. Nothing here ever sees its words: they pass, they are not kept."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns import policy, trusted_key
from labqvt.campaigns.models import Campaign, RulesSignature, TrustedKey
from labqvt.foundation import journal
from labqvt.foundation.verdict import require
from labqvt.people.models import Account


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("scope").get(pk=campaign.pk)


@transaction.atomic
def entrust(*, campaign: Campaign, side: str, held_by: str, by: Account) -> TrustedKey:
    """Decide that a person holds the key; who holds it is told in the rules of the game."""
    campaign = _locked(campaign)
    require(policy.may_entrust(by, campaign))
    TrustedKey.objects.filter(campaign=campaign).delete()
    key = TrustedKey(campaign=campaign, side=side, held_by=held_by.strip())
    key.full_clean()
    key.save()
    _changed(campaign)
    journal.record(
        act="campaigns.entrust", by=by, on=campaign, held_by=key.held_by,
        sentence=gettext_noop("Clé confiée : %(held_by)s"), undo=("campaigns.keep_key_here", {"campaign": campaign.public_id}),
    )  # fmt: skip
    return key


@transaction.atomic
def keep_here(*, campaign: Campaign, by: Account) -> None:
    """Come back to a key the server keeps in its file."""
    campaign = _locked(campaign)
    require(policy.may_entrust(by, campaign))
    key = TrustedKey.objects.filter(campaign=campaign).first()
    if key is None:
        return
    undo = ("campaigns.entrust", {"campaign": campaign.public_id, "side": key.side, "held_by": key.held_by})
    key.delete()
    _changed(campaign)
    journal.record(
        act="campaigns.keep_key_here", by=by, on=campaign,
        sentence=gettext_noop("Clé gardée par le serveur, dans son fichier"), undo=undo,
    )  # fmt: skip


@transaction.atomic
def take_public_key(*, campaign: Campaign, public_key: str, by: Account) -> TrustedKey:
    """Keep the public half of a key just made. Made again, the former words open nothing any more."""
    campaign = _locked(campaign)
    require(policy.may_make_key(by, campaign))
    if not trusted_key.is_public_key(public_key):
        raise ValidationError(_("Cette clé n’est pas valable : faites-la de nouveau."))
    key = TrustedKey.objects.select_for_update().get(campaign=campaign)
    key.public_key, key.made_by, key.made_on, key.tried_on = public_key, by, timezone.localdate(), None
    key.full_clean()
    key.save()
    journal.record(
        act="campaigns.make_key", by=by, on=campaign, held_by=key.held_by,
        sentence=gettext_noop("Clé faite ; reste à l’essayer : %(held_by)s"),
    )  # fmt: skip
    return key


@transaction.atomic
def record_trial(*, campaign: Campaign, by: Account) -> TrustedKey:
    """The words opened a test envelope: the campaign may be launched."""
    campaign = _locked(campaign)
    require(policy.may_make_key(by, campaign))
    key = TrustedKey.objects.select_for_update().get(campaign=campaign)
    key.tried_on = timezone.localdate()
    key.save(update_fields=["tried_on"])
    journal.record(
        act="campaigns.try_key", by=by, on=campaign, held_by=key.held_by,
        sentence=gettext_noop("Clé essayée, elle ouvre : %(held_by)s"),
    )  # fmt: skip
    return key


@transaction.atomic
def record_use(*, campaign: Campaign, by: Account) -> None:
    """The key was brought, once. Said by the room that opens the sheets."""
    key = TrustedKey.objects.select_for_update().get(campaign=campaign)
    key.used_on = timezone.localdate()
    key.save(update_fields=["used_on"])
    journal.record(
        act="campaigns.use_key", by=by, on=campaign, held_by=key.held_by,
        sentence=gettext_noop("Clé apportée, enveloppes confiées au calcul : %(held_by)s"),
    )  # fmt: skip


def _changed(campaign: Campaign) -> None:
    """The rules changed: what was signed is no longer what is proposed."""
    RulesSignature.objects.filter(campaign=campaign).delete()

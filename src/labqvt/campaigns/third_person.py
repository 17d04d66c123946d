"""Sheets keyed by another person, from paper or over a telephone: who, said beforehand to whom it concerns."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways_models import KeyedCount
from labqvt.foundation import journal
from labqvt.people.models import Account


def told(campaign: Campaign) -> str:
    """What the respondent must know before giving a sheet to someone."""
    if not is_planned(campaign):
        return _(
            "Chaque personne répond elle-même, sur un téléphone ou un ordinateur. Personne ne saisit pour une autre."
        )
    if campaign.keyed_by == Campaign.KeyedBy.EMPLOYEE:
        return _("Une feuille de papier ou un appel est saisi par la personne salariée du binôme : elle lit vos réponses, "
                 "une fois, et les ferme dans l’enveloppe. Sur un écran, personne ne les lit.")  # fmt: skip
    return _("Une feuille de papier ou un appel est saisi par une personne extérieure à la structure : elle lit vos réponses, "
             "une fois, et les ferme dans l’enveloppe. Sur un écran, personne ne les lit.")  # fmt: skip


def is_planned(campaign: Campaign) -> bool:
    return campaign.keyed_by != Campaign.KeyedBy.NOBODY and not campaign.is_by_link


def count_keyed(campaign: Campaign, by: Account) -> None:
    """One more sheet keyed by this person. The journal says that they key, once, never how often nor when."""
    row, new = KeyedCount.objects.get_or_create(campaign=campaign, by=by)
    KeyedCount.objects.filter(pk=row.pk).update(sheets=F("sheets") + 1)
    if new:
        journal.record(
            act="campaigns.key_sheets", by=by, on=campaign, sentence=gettext_noop("Saisie de feuilles pour d’autres personnes commencée"),
        )  # fmt: skip

"""The rules of the game as sentences: from the frozen parameters once launched, from the draft before."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt.campaigns import profile, rules, third_person
from labqvt.campaigns.models import AccessCode, Campaign
from labqvt.campaigns.text_rules import line_of, plan_of
from labqvt.campaigns.ways import told_to_respondents

_AFTER_WHO_READS: Final = 7


@dataclass(frozen=True, slots=True)
class RulesSheet:
    """Pairs (question, answer), in the order one asks them."""

    frozen: bool
    lines: tuple[tuple[str, str], ...]


def rules_sheet(campaign: Campaign) -> RulesSheet:
    least = int(campaign.parameters.get("min_group") or rules.min_group(campaign))
    populations = list(campaign.populations.all())
    invited = sum(population.headcount for population in populations)
    direction = sum(population.direction_members for population in populations)
    asks = campaign.organisation.name if campaign.organisation else campaign.scope.label
    form = campaign.form_for(AccessCode.Audience.EMPLOYEES)
    lines = [
        (_("Qui demande ?"), asks),
        (_("À qui ?"), _asked_of(campaign, invited, direction)),
        (_("Quoi ?"), _("%(title)s : %(count)s questions, environ %(minutes)s minutes. Aucune n’est obligatoire.") % {
            "title": campaign.version.title, "count": len(form.answer_variables), "minutes": rules.minutes(campaign)}),
        (_("Que demande-t-on sur moi ?"), _profile(campaign)),
        (_("Quand ?"), _("Du %(first)s au %(last)s au soir.") % {
            "first": date_format(campaign.opens_on, "j F Y"), "last": date_format(campaign.closes_on, "j F Y")}),
        (_("Comment entre-t-on ?"), told_to_respondents(campaign)),
        (_("Et sans écran ?"), third_person.told(campaign)),
        (_("Qui lit les réponses ?"), _("Personne. Elles sont scellées à l’envoi, ouvertes une seule fois par le calcul, après la clôture.")),
        (_("À partir de combien de réponses ?"), _("%(least)s. En dessous, rien ne paraît, et la même phrase est dite à tous.") % {"least": least}),
        (_("Qui reçoit les résultats ?"), _("Tout le monde, les mêmes, à la même heure.")),
        (_("Et la direction ?"), _("Ses réponses sont comptées à part. Son regard ne paraît qu’avec l’accord de chacun de ses membres.")),
        (_("Qui garde la clé ?"), _key(campaign)),
        (_("Et après ?"), _("Les feuilles, les codes et la clé sont détruits quand les résultats paraissent, et au plus tard le %(day)s. Un certificat le dit.") % {
            "day": date_format(_kept_until(campaign), "j F Y")}),
        *_analysis(campaign),
    ]  # fmt: skip
    if rules.asks_for_texts(campaign):
        lines.insert(_AFTER_WHO_READS, (_("Et les textes libres ?"), _texts(campaign)))
    return RulesSheet(frozen=not campaign.is_draft, lines=tuple(lines))


def _texts(campaign: Campaign) -> str:
    plan = plan_of(campaign)
    if plan is None:
        return _("Personne ne les lit : ils sont détruits à l’ouverture des enveloppes.")
    return line_of(plan, pooled=campaign.is_pooled)


def _analysis(campaign: Campaign) -> list[tuple[str, str]]:
    """What a network keeps for a while after the opening; nothing when everything is destroyed at once."""
    days = rules.analysis_days_of(campaign)
    return [(_("Que garde le réseau ?"), after_opening(days))] if days else []


def after_opening(days: int) -> str:
    return _(
        "Une copie mélangée et chiffrée des réponses, sans code, sans texte et sans ordre, pendant %(days)s jours : elle sert à "
        "comparer d’autres groupes de structures, d’au moins cinq structures et trente personnes. Puis elle est détruite."
    ) % {"days": days}


def _profile(campaign: Campaign) -> str:
    """What is asked about people, in which groups, and what will be done with it."""
    told = profile.told(campaign.version.form, campaign.profile_plan, (get_language() or "fr")[:2])
    if not told:
        return _("Rien : ni métier, ni âge, ni ancienneté.")
    asked = " ; ".join(f"{label} ({', '.join(groups)})" for label, groups in told)
    return asked + ". " + _("Facultatif. Ces groupes peuvent encore être réunis à la clôture, jamais séparés, et ne sont jamais croisés.")  # fmt: skip


def _key(campaign: Campaign) -> str:
    held = rules.trusted_key_of(campaign)
    if held is None:
        return _(
            "Le serveur, dans un fichier à part, hors des sauvegardes. Elle sert une fois, à la clôture."
        )
    return _("%(who)s, %(side)s. Sans cette personne, personne n’ouvre, pas même le serveur. Une clé perdue perd toutes les réponses.") % {
        "who": held.held_by, "side": held.get_side_display()}  # fmt: skip


def _kept_until(campaign: Campaign) -> date:
    return rules.keep_until(campaign.closed_on or campaign.closes_on)


def _asked_of(campaign: Campaign, invited: int, direction: int) -> str:
    if campaign.is_by_link:
        return _("Les personnes qui travaillent dans les structures invitées. Une réponse par personne ; nous ne pouvons pas le vérifier.")  # fmt: skip
    return _(
        "%(invited)s personnes, dont %(direction)s de direction. Un code par personne, pas un de plus."
    ) % {
        "invited": invited,
        "direction": direction,
    }

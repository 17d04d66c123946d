"""The rules of the game as sentences: from the frozen parameters once launched, from the draft before."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from labqvt.campaigns import rules, third_person
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.ways import told_to_respondents


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
    lines = (
        (_("Qui demande ?"), asks),
        (_("À qui ?"), _asked_of(campaign, invited, direction)),
        (_("Quoi ?"), _("%(title)s : %(count)s questions, environ %(minutes)s minutes. Aucune n’est obligatoire.") % {
            "title": campaign.version.title, "count": len(campaign.version.form.answer_variables), "minutes": rules.minutes(campaign)}),
        (_("Quand ?"), _("Du %(first)s au %(last)s au soir.") % {
            "first": date_format(campaign.opens_on, "j F Y"), "last": date_format(campaign.closes_on, "j F Y")}),
        (_("Comment entre-t-on ?"), told_to_respondents(campaign)),
        (_("Et sans écran ?"), third_person.told(campaign)),
        (_("Qui lit les réponses ?"), _("Personne. Elles sont scellées à l’envoi, ouvertes une seule fois par le calcul, après la clôture.")),
        (_("À partir de combien de réponses ?"), _("%(least)s. En dessous, rien ne paraît, et la même phrase est dite à tous.") % {"least": least}),
        (_("Qui reçoit les résultats ?"), _("Tout le monde, les mêmes, à la même heure.")),
        (_("Et la direction ?"), _("Ses réponses sont comptées à part. Son regard ne paraît qu’avec l’accord de chacun de ses membres.")),
        (_("Et après ?"), _("Les feuilles, les codes et la clé sont détruits quand les résultats paraissent.")),
    )  # fmt: skip
    return RulesSheet(frozen=not campaign.is_draft, lines=lines)


def _asked_of(campaign: Campaign, invited: int, direction: int) -> str:
    if campaign.is_by_link:
        return _("Les personnes qui travaillent dans les structures invitées. Une réponse par personne ; nous ne pouvons pas le vérifier.")  # fmt: skip
    return _(
        "%(invited)s personnes, dont %(direction)s de direction. Un code par personne, pas un de plus."
    ) % {
        "invited": invited,
        "direction": direction,
    }

"""The identifiability check of a campaign: from its draft to counts, sentences and a verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from labqvt.campaigns import rules
from labqvt.campaigns.identifiability import (
    Asked,
    Between,
    Check,
    CrossingCheck,
    Grouping,
    QuestionCheck,
    Table,
    check,
)
from labqvt.campaigns.models import Campaign
from labqvt.campaigns.profile import Groups, ProfileQuestion, categories, offered
from labqvt.foundation.verdict import YES, Verdict, no


@dataclass(frozen=True, slots=True)
class Proposal:
    """A merge to apply in one press: which question, which groups, said in words."""

    question: str
    groups: Groups
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the check says. ``level``: fine, watch or refused."""

    level: str
    sentence: str
    proposals: tuple[Proposal, ...] = ()


def employees_of(campaign: Campaign) -> int:
    return sum(population.employees for population in campaign.populations.all())


def profile_is_askable(campaign: Campaign) -> Verdict:
    """Nothing is asked that can never be shown."""
    if campaign.is_pooled:
        return no(_("Une campagne mise en commun ne pose pas de question de profil : chaque structure y reçoit ses propres résultats, "
                    "et des groupes de personnes à côté permettraient des soustractions."))  # fmt: skip
    people = employees_of(campaign)
    if people < rules.BREAKDOWNS_FROM:
        return no(_("Avec %(n)s personnes invitées, aucune comparaison entre groupes ne paraîtra : il faudrait vingt réponses. "
                    "On ne demande rien qui ne puisse être montré.") % {"n": people})  # fmt: skip
    return YES


def profile_suits(campaign: Campaign) -> Verdict:
    """Whether what is asked about people may be asked, as the draft stands."""
    if not campaign.profile_plan:
        return YES
    if not (askable := profile_is_askable(campaign)):
        return no(f"{askable.reason} " + _("Retirez les questions de profil."))
    refused = [finding for finding in findings_of(campaign) if finding.level == "refused"]
    return no(refused[0].sentence) if refused else YES


def asked_in(campaign: Campaign) -> list[Asked]:
    """Questions of the draft with their headcounts, categories by rank."""
    items = {item.id: item for item in offered(campaign.version.form)}
    found = []
    for kept in campaign.profile.get("questions", []):
        question = ProfileQuestion.read(kept)
        codes = [choice.code for choice in categories(items[question.id])]
        rank = {code: place for place, code in enumerate(codes)}
        counts = tuple(int(kept.get("headcounts", {}).get(code, 0)) for code in codes)
        groups = tuple(tuple(rank[code] for code in group) for group in question.groups)
        found.append(Asked(question.id, counts, groups, question.ordered))
    return found


def crossings_in(campaign: Campaign, asked: Sequence[Asked]) -> dict[tuple[str, str], Table]:
    """Crossings that were counted, by groups as they stand."""
    known = {question.id: question for question in asked}
    found = {}
    for crossing in campaign.profile.get("crossings", []):
        first, second = crossing["of"]
        if first in known and second in known:
            found[first, second] = tuple(
                tuple(
                    sum(crossing["cells"][i][j] for i in rows for j in columns)
                    for columns in known[second].groups
                )
                for rows in known[first].groups
            )
    return found


def check_of(campaign: Campaign) -> Check:
    asked = asked_in(campaign)
    return check(
        asked, crossings_in(campaign, asked), people=employees_of(campaign), least=rules.min_group(campaign)
    )


def findings_of(campaign: Campaign, language: str = "fr") -> list[Finding]:
    """Everything the check has to say, the most serious last lines never hidden: one line a question, one a pair."""
    asked = asked_in(campaign)
    if not asked:
        return []
    found, people = check_of(campaign), employees_of(campaign)
    words = _Words(campaign, language)
    findings = []
    for question, checked in zip(asked, found.questions, strict=True):
        if question.total != people:
            findings.append(Finding("refused", _(
                "« %(label)s » : vos effectifs comptent %(total)s personnes, la campagne en invite %(people)s hors direction. Recomptez.")
                % {"label": words.label(question.id), "total": question.total, "people": people}))  # fmt: skip
        else:
            findings.append(_of_question(question, checked, found, words))
    if all(question.total == people for question in asked):
        findings += [_of_crossing(crossing, found, words) for crossing in found.crossings]
    return findings


class _Words:
    """How questions and groups of a campaign are said."""

    def __init__(self, campaign: Campaign, language: str) -> None:
        self.items = {item.id: item for item in offered(campaign.version.form)}
        self.language = language

    def label(self, id_: str) -> str:
        return self.items[id_].label.pick(self.language)

    def codes(self, id_: str, groups: Grouping) -> Groups:
        codes = [choice.code for choice in categories(self.items[id_])]
        return tuple(tuple(codes[place] for place in group) for group in groups)

    def proposal(self, id_: str, groups: Grouping) -> Proposal:
        labels = [choice.label.pick(self.language) for choice in categories(self.items[id_])]
        said = " / ".join(" + ".join(labels[place] for place in group) for group in groups)
        return Proposal(id_, self.codes(id_, groups), said)


def _of_question(question: Asked, checked: QuestionCheck, found: Check, words: _Words) -> Finding:
    label = words.label(question.id)
    if checked.is_fine:
        return Finding("fine", _("« %(label)s » : chaque groupe compte au moins %(least)s personnes.") % {"label": label, "least": found.least})  # fmt: skip
    isolated = _isolates(Between(checked.isolated.alone, checked.isolated.alone), Between(checked.isolated.under, checked.isolated.under), found.least)  # fmt: skip
    said = _("Avec %(people)s personnes, « %(label)s » %(isolates)s") % {"people": found.people, "label": label, "isolates": isolated}  # fmt: skip
    if checked.proposal is None:
        return Finding(
            "refused", said + " " + _("Aucun regroupement ne protège cette question : ne la posez pas.")
        )
    return Finding("refused", said + " " + _("Regroupez."), (words.proposal(question.id, checked.proposal),))


def _of_crossing(crossing: CrossingCheck, found: Check, words: _Words) -> Finding:
    both = {
        "first": words.label(crossing.first),
        "second": words.label(crossing.second),
        "people": found.people,
    }
    isolates = _isolates(crossing.alone, crossing.under, found.least)
    said = _("Avec %(people)s personnes, « %(first)s » × « %(second)s » %(isolates)s") % (
        both | {"isolates": isolates}
    )
    if crossing.refused:
        return Finding("refused", said + " " + _(
            "Rien ne permettrait de montrer les deux : en soustrayant un groupe d’un autre, on lirait la réponse de moins de %(least)s personnes. Gardez une seule de ces deux questions.")
            % {"least": found.least})  # fmt: skip
    if crossing.merges:
        return Finding("refused", said + " " + _("Pour montrer les deux, regroupez."),
                       tuple(words.proposal(id_, groups) for id_, groups in crossing.merges))  # fmt: skip
    if crossing.under.at_most == 0:
        return Finding("fine", _("« %(first)s » × « %(second)s » n’isole personne.") % both)
    if not crossing.known:
        return Finding("watch", said + " " + _(
            "C’est ce que permettent vos deux comptes ; comptez le croisement pour le savoir. Les deux questions ne sont jamais croisées dans les résultats ; la seconde ne paraîtra que si elle n’expose personne."))  # fmt: skip
    return Finding("watch", said + " " + _("Les deux questions ne sont jamais croisées dans les résultats ; une seule des deux suffit peut-être."))  # fmt: skip


def _isolates(alone: Between, under: Between, least: int) -> str:
    """« isole 2 personnes, seules dans leur case, et en laisse 7 à moins de 6 »."""
    if under.is_exact and alone.is_exact:
        told = ngettext("met %(n)s personne dans un groupe de moins de %(least)s", "met %(n)s personnes dans un groupe de moins de %(least)s", under.at_most) % {"n": under.at_most, "least": least}  # fmt: skip
        if alone.at_most:
            told += ngettext(", dont %(n)s seule", ", dont %(n)s seules", alone.at_most) % {
                "n": alone.at_most
            }
        return told + "."
    return _("met entre %(low)s et %(high)s personnes dans un groupe de moins de %(least)s, jusqu’à %(alone)s seules.") % {
        "low": under.at_least, "high": under.at_most, "least": least, "alone": alone.at_most}  # fmt: skip


def merged_with(campaign: Campaign, question: str, groups: Groups) -> dict[str, Any]:
    """The draft with other groups for one question: crossings are kept by category, so that nothing is recounted."""
    questions = [
        kept | {"groups": [list(group) for group in groups]} if kept["id"] == question else kept
        for kept in campaign.profile.get("questions", [])
    ]
    return campaign.profile | {"questions": questions}

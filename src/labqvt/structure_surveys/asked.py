"""What a survey asks: its questionnaire without what the first page already knows, and what is kept apart.

The first page asks the name of the structure and the function of the person: questions ``NOM`` and ``QUI`` (their
names in the shipped questionnaires) are answered from it and not asked a second time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from labqvt.instruments.asking import Answers
from labqvt.instruments.models import QuestionnaireVersion
from labqvt.instruments.sheet_parts import keys_of
from labqvt.instruments.shipping import PACKS_DIR
from labqvt.structure_surveys.models import SizeBand, SurveyedStructure
from labqvt_forms import FreeText, Group, Item, Kind, Questionnaire, SingleChoice
from labqvt_forms.packs import EXTENSION, read_pack_file

NAME: Final = "NOM"
FUNCTION: Final = "QUI"
SECTOR: Final = "SECTEUR"
HEADCOUNT: Final = "EFF_TOTAL"
SHIPPED: Final = "structures-besoins"
# The codes of the question QUI of the shipped questionnaires.
FUNCTIONS: Final = (
    ("direction", _("La direction")),
    ("bureau", _("La présidence, le bureau ou le conseil d’administration")),
    ("gestion", _("Une personne chargée de l’administration ou des ressources humaines")),
    ("ensemble", _("Plusieurs personnes ensemble")),
    ("autre", _("Une autre personne")),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A questionnaire as it is asked here: ``form`` with every page, ``told`` without what is kept apart."""

    form: Questionnaire
    told: Questionnaire
    apart: frozenset[str]
    consent: str
    """Yes or no: may we contact you again? Among the questions kept apart; empty when none asks."""

    def split(self, answers: Mapping[str, object]) -> tuple[Answers, Answers]:
        """Separate what goes with the answers from what is kept apart from them."""
        here = {id_: answer for id_, answer in answers.items() if id_ not in self.apart}
        there = {id_: answer for id_, answer in answers.items() if id_ in self.apart}
        return here, there  # type: ignore[return-value]  # answers in, answers out

    def agrees(self, apart: Mapping[str, object]) -> bool:
        """Without a question of consent, giving something is agreeing."""
        return apart.get(self.consent) == "yes" if self.consent else bool(apart)


@lru_cache(maxsize=32)
def asked_by_version(public_id: str) -> Asked:
    """A published wording never changes: worked out once a process."""
    version = QuestionnaireVersion.objects.get(public_id=public_id)
    return asked_of(version.form, frozenset(version.kept_apart))


def asked_of(form: Questionnaire, apart: frozenset[str]) -> Asked:
    groups = [group for group in map(_without_identity, form.groups) if group.items]
    if not apart:
        group = _contact_group()
        taken = {item.id for item in form.items} | {one.id for one in form.groups}
        if not taken & {group.id, *(item.id for item in group.items)}:
            groups.append(group)
            apart = frozenset(item.id for item in group.items)
    whole = replace(form, groups=tuple(groups), scales=())
    told = [replace(g, items=tuple(i for i in g.items if i.id not in apart)) for g in groups]
    consent = next((item.id for item in whole.items if item.id in apart and item.kind is Kind.YES_NO), "")
    names = frozenset(key for v in whole.variables if v.item.id in apart for key in keys_of(v))
    return Asked(whole, replace(whole, groups=tuple(g for g in told if g.items)), names, consent)


def _without_identity(group: Group) -> Group:
    return replace(group, items=tuple(item for item in group.items if not _is_identity(item)))


def _is_identity(item: Item) -> bool:
    return (item.id == NAME and isinstance(item, FreeText)) or (
        item.id == FUNCTION and isinstance(item, SingleChoice)
    )


@lru_cache(maxsize=1)
def _contact_group() -> Group:
    """The page « Pour vous recontacter » of the shipped questionnaire, for those that have none."""
    pack = read_pack_file(PACKS_DIR / f"{SHIPPED}{EXTENSION}")
    return next(group for group in pack.questionnaire.groups if group.items[0].id in pack.kept_apart)


def learn(structure: SurveyedStructure, answers: Mapping[str, object], form: Questionnaire) -> bool:
    """Take size and activity from the answers where nobody noted them; say whether anything was learnt."""
    before = structure.band, structure.sector
    headcount = answers.get(HEADCOUNT)
    if isinstance(headcount, str) and headcount.isdecimal():
        structure.band = SizeBand.of(int(headcount))
    sector = answers.get(SECTOR)
    if isinstance(sector, str) and not structure.sector:
        choices = next((v.choices for v in form.variables if v.id == SECTOR), None)
        choice = choices.get(sector) if choices else None
        structure.sector = choice.label.pick("fr")[:120] if choice else ""
    return (structure.band, structure.sector) != before

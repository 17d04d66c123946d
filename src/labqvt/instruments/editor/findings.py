"""What the checker says of a draft, part by part, in the language of the page."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from labqvt.instruments.adapting import OWN_GROUP
from labqvt.instruments.answerable import unanswerable
from labqvt.instruments.models import QuestionnaireVersion
from labqvt_forms import Group, Item, Questionnaire
from labqvt_forms.findings import Finding, Severity
from labqvt_forms.items import choice_lists
from labqvt_forms.spots import Part, Spot
from labqvt_forms.wording import check

_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.HINT: 2}
_KEPT: Final = 32
LONG: Final = 60
# A page just added is empty: its author knows, and the page of publication says it again.
_NOT_YET: Final = frozenset({"empty_group", "no_question", "empty_scale"})
# What is missing in a translation is counted on its page; « je préfère ne pas répondre » is always offered on /r/.
_ELSEWHERE: Final = frozenset({"missing_translation", "profile_without_refusal"})
_found: "OrderedDict[tuple[object, ...], Findings]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Told:
    """One remark, and the question or the page it leads to."""

    finding: Finding
    item: str = ""
    group: str = ""
    where: str = ""

    @property
    def sentence(self) -> str:
        return self.finding.sentence

    @property
    def advice(self) -> str:
        return self.finding.advice

    @property
    def grave(self) -> bool:
        return self.finding.severity is Severity.ERROR

    @property
    def warns(self) -> bool:
        return self.finding.severity is Severity.WARNING


@dataclass(frozen=True, slots=True)
class Findings:
    """Every remark on a draft, the gravest first."""

    found: tuple[Told, ...] = ()

    def about(self, item_id: str) -> tuple[Told, ...]:
        return tuple(told for told in self.found if told.item == item_id)

    def by_severity(self, severity: Severity) -> tuple[Told, ...]:
        return tuple(told for told in self.found if told.finding.severity is severity)

    def about_page(self, group_id: str) -> tuple[Told, ...]:
        return tuple(told for told in self.found if not told.item and told.group == group_id)

    @property
    def grave(self) -> int:
        return sum(told.grave for told in self.found)

    def __len__(self) -> int:
        return len(self.found)


def is_long(form: Questionnaire) -> bool:
    """Checked whole on its own page only: each act stays instant."""
    return len(form.items) > LONG


def findings_of(version: QuestionnaireVersion, headcount: int | None = None) -> Findings:
    """Everything the checker says, worked out once per state of the draft."""
    language = (get_language() or "fr")[:2]
    key = (version.public_id, version.step, version.changed_at, language, headcount)
    with _lock:
        known = _found.get(key)
    if known is None:
        known = _checked(version.form, language, headcount)
        if version.questionnaire.adapts_id is not None:
            # A structure mends its own page; what was shipped is not in its hands.
            known = Findings(tuple(told for told in known.found if told.group == OWN_GROUP))
        with _lock:
            _found[key] = known
            while len(_found) > _KEPT:
                _found.popitem(last=False)
    return known


def findings_at_hand(version: QuestionnaireVersion) -> Findings:
    """The same beside the questions, unless the draft is long."""
    if is_long(version.form):
        return Findings()
    found = findings_of(version).found
    return Findings(tuple(told for told in found if told.finding.kind not in _NOT_YET))


def findings_about(version: QuestionnaireVersion, item: Item) -> tuple[Told, ...]:
    """What is said of one question; in a long draft, of the question taken alone."""
    form = version.form
    if not is_long(form):
        return findings_of(version).about(item.id)
    alone = Group(id="seule", items=(replace(item, relevant=None),))
    return _checked(replace(form, groups=(alone,), scales=()), (get_language() or "fr")[:2], None).about(
        item.id
    )


def _checked(form: Questionnaire, language: str, headcount: int | None) -> Findings:
    """Texts are read in the main language; remarks are told in that of the page when it is one of the two."""
    places = _places(form)
    spoken = form.language if form.language == language or language not in form.languages else language
    found = [one for one in check(form, language=spoken, headcount=headcount) if one.kind not in _ELSEWHERE]
    told = [_told(finding, places) for finding in (*found, *_unanswerable(form))]
    return Findings(tuple(sorted(told, key=lambda one: _ORDER[one.finding.severity])))


def _unanswerable(form: Questionnaire) -> list[Finding]:
    """What no page of /r/ can ask; a condition that cannot be read is already told."""
    return [
        Finding(
            "unanswerable", Spot.item(found.item.id), Severity.WARNING,
            _("Cette question ne peut pas être posée à l’écran. %(reason)s") % {"reason": found.reason},
            _("Changez la façon d’y répondre, ou gardez-la pour le papier."),
        )
        for found in unanswerable(form)
        if not found.is_condition
    ]  # fmt: skip


def _told(finding: Finding, places: dict[Spot, tuple[str, str, str]]) -> Told:
    spot = finding.spot
    if spot.part is Part.ROW:
        spot = Spot.item(spot.owner)
    elif spot.part is Part.CHOICE:
        spot = Spot.list(spot.owner)
    item, group, where = places.get(spot, ("", "", ""))
    return Told(finding, item, group, where)


def _places(form: Questionnaire) -> dict[Spot, tuple[str, str, str]]:
    """For each part, the question and the page to open, and their words; a list leads to its first question."""
    places: dict[Spot, tuple[str, str, str]] = {}
    for group in form.groups:
        places[Spot.group(group.id)] = ("", group.id, group.title.pick(form.language))
        for item in group.items:
            here = (item.id, group.id, item.label.pick(form.language))
            places[Spot.item(item.id)] = here
            for choices in choice_lists(item):
                places.setdefault(Spot.list(choices.id), here)
    return places

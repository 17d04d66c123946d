"""From opened sheets to what may be printed on a wall. Pure: rows in, released content out, nothing kept.

The arithmetic and the displays are those of ``labqvt_stats``; this module decides who speaks (the direction is
taken out first), what one release holds, and when there is none.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import normalize

import numpy as np

from labqvt.campaigns.profile import ProfileQuestion, group_labels, offered
from labqvt.evidence.network_cuts import StructureCut
from labqvt.evidence.verification import Findings
from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt.instruments.wording import with_words
from labqvt_forms import Questionnaire
from labqvt_stats import Column, DiagnosisOptions, NotEnoughDataError, diagnose
from labqvt_stats.answers import NOT_STATED
from labqvt_stats.finite_population import pooled_spread
from labqvt_stats.planner import MERGED, OTHERS_LABEL
from labqvt_stats.scores import scale_scores

Json = dict[str, Any]
DIRECTION: Final = "direction"
HONEST_CLAIM: Final = (
    "Fermé à la soustraction par construction ; passé au crible pour une personne du dehors et pour chaque personne "
    "qui a répondu ; attaqué avant de paraître par un vérificateur indépendant."
)
NETWORK_CLAIM: Final = (
    "Réunit au moins cinq structures et trente personnes, comme toute combinaison de ses groupes : ses nombres paraissent "
    "en clair."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One opened sheet: who speaks (employees or direction), of which structure, and the answers."""

    audience: str
    structure: str
    answers: dict[str, object]


@dataclass(frozen=True, slots=True)
class Terms:
    """What was settled at launch and bears on the release.

    ``population`` is the number of employees asked (None when it is not known, as with an open link);
    ``direction_consents`` whether every member of a direction under six agreed to the mirror.
    """

    population: int | None
    pooled: bool = False
    direction_consents: bool = False
    # Spread inside structures that a network of the same questionnaire measured, per scale (points).
    spreads: Mapping[str, float] = field(default_factory=dict)
    others: int = 5
    insiders: int = 1
    # Questions about people, most important first, as frozen at launch.
    profile: tuple[ProfileQuestion, ...] = ()
    # In a pool: what tells its structures apart, and those that have results of their own.
    cuts: tuple[StructureCut, ...] = ()
    told: frozenset[str] = frozenset()

    @property
    def threshold(self) -> int:
        return self.others + self.insiders


def content_of(sheets: Sequence[Sheet], form: Questionnaire, terms: Terms) -> Json | None:
    """The released content (``labqvt/diagnosis/1``, displayed values only), or None when there is no release.

    None never says why: too few answers, or a pooled campaign that is not a network cell, read the same.
    """
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    if len(employees) < terms.threshold:
        return None
    computed = diagnose(
        answers_of(instrument_of(form), [sheet.answers for sheet in sheets]),
        DiagnosisOptions(
            # Even alone, a structure is named: a file without structures would count as a network cell.
            structure=Column("structure", [sheet.structure for sheet in sheets]),
            direction=[sheet.audience == DIRECTION for sheet in sheets],
            told=terms.told,
            by=[*structure_columns_of(sheets, terms), *columns_of(sheets, terms)],
            population_by={cut.id: _asked_of(cut, employees, terms) for cut in terms.cuts},
            direction_consents=terms.direction_consents,
            population=_credible(terms.population, len(employees)),
            spreads=terms.spreads,
            others=terms.others,
            insiders=terms.insiders,
            languages=form.languages,
        ),
    )
    if computed["network_cell"] != terms.pooled:
        # A pooled campaign is released as a network cell or not at all; a structure is never a cell.
        return None
    content = _one_release(computed, form, terms) | {
        "spread_source": "network" if terms.spreads or terms.pooled else "reference"
    }
    if terms.pooled:
        content["spreads"] = spreads_inside(employees, form)
    return with_words(content, form)


def certificate_of(content: Json, terms: Terms, found: Findings) -> Json:
    """What this release claims, and no more; ``found`` is what the independent verifier said of it beforehand."""
    certificate = {
        "others": terms.others,
        "insiders": terms.insiders,
        "band": content["protection"]["band"],
        "groups": 1 + sum(len(breakdown["categories"]) for breakdown in content["breakdowns"]),
        "min_support": content["n_responses"],
        "network_cell": content["network_cell"],
        "mirror": content["mirror"] is not None,
        # A network cell holds plain numbers: the gate and the verifier are for structures.
        "gate": not content["network_cell"],
        "audited": not content["network_cell"] and found.clean,
        "claim": content["protection"]["method"],
    }
    if not content["network_cell"]:
        certificate["verification"] = found.as_json()
    return certificate


def marked_audited(content: Json, found: Findings) -> Json:
    """The same content, which says whether the independent verifier settled everything before it appeared."""
    return content | {"protection": content["protection"] | {"audited": found.clean}}


def spreads_inside(employees: Sequence[Sheet], form: Questionnaire) -> dict[str, float]:
    """How much people of one structure differ, all structures of a network cell together, per scale.

    Small structures borrow it for their intervals: their own spread would be unsteady, and would tell on them.
    """
    instrument = instrument_of(form)
    answers = answers_of(instrument, [sheet.answers for sheet in employees])
    structures = np.array([sheet.structure for sheet in employees])
    found = {}
    for scale in instrument.scales:
        try:
            found[scale.id] = pooled_spread(scale_scores(answers, scale), structures)[0]
        except NotEnoughDataError:
            continue
    return found


def _credible(population: int | None, n: int) -> int | None:
    """A headcount smaller than the answers is a mistake of ours to ignore, not a reason to lose the answers."""
    return population if population is not None and population >= n else None


def _asked_of(cut: StructureCut, employees: Sequence[Sheet], terms: Terms) -> dict[str, int]:
    """People asked in each group of a cut, where the whole knows them too, and where they are not fewer than answered."""
    if terms.population is None:
        return {}
    answered = Counter(cut.of.get(sheet.structure) for sheet in employees)
    return {value: asked for value, asked in cut.asked.items() if asked >= answered[value]}


def columns_of(sheets: Sequence[Sheet], terms: Terms) -> list[Column]:
    """What people said about themselves; groups are those asked, which the planner may merge further."""
    return [
        Column(
            question.id,
            [_group_said(sheet.answers.get(question.id), question) for sheet in sheets],
            tuple(group[0] for group in question.groups) if question.ordered else None,
        )
        for question in terms.profile
    ]


def structure_columns_of(sheets: Sequence[Sheet], terms: Terms) -> list[Column]:
    """What is known of each person's structure."""
    return [
        Column(cut.id, [cut.of.get(sheet.structure) for sheet in sheets], cut.order) for cut in terms.cuts
    ]


def _group_said(answer: object, question: ProfileQuestion) -> str | None:
    """The code of a group, or nothing: declined, blank, or a question not asked."""
    return answer if isinstance(answer, str) and answer in {group[0] for group in question.groups} else None


def _with_labels(breakdowns: Sequence[Json], form: Questionnaire, terms: Terms) -> list[Json]:
    """Breakdowns with the words of their variable and of each group, in every language of the questionnaire."""
    words = _words(form, terms)
    found = []
    for breakdown in breakdowns:
        variable = words[breakdown["by"]]
        categories = [
            category
            | {
                "labels": {
                    language: variable.said(category["value"], language) for language in form.languages
                }
            }
            for category in breakdown["categories"]
        ]
        if variable.by_name:
            categories.sort(
                key=lambda one: (
                    one["value"] in {OTHERS_LABEL, NOT_STATED},
                    normalize("NFKD", one["labels"]["fr"]),
                )
            )
        found.append(breakdown | {"labels": variable.labels, "categories": categories})
    return found


def _words(form: Questionnaire, terms: Terms) -> dict[str, "_Words"]:
    """The words of each variable this release may be told by."""
    items = {item.id: item for item in offered(form)}
    return {cut.id: _Words(cut.labels, cut.words, by_name=cut.order is None) for cut in terms.cuts} | {
        question.id: _words_of_question(items[question.id], question, form) for question in terms.profile
    }


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a variable, and of its values, by language; ``by_name``: its groups are listed as in a directory."""

    labels: Mapping[str, str]
    of: Mapping[str, Mapping[str, str]]
    by_name: bool = False

    def said(self, value: str, language: str) -> str:
        """« Moins d’un an + Sans réponse »: what the planner put together, in words."""
        known = {code: words[language] for code, words in self.of.items()}
        known[NOT_STATED] = _NOT_STATED_WORDS.get(language, _NOT_STATED_WORDS["fr"])
        known[OTHERS_LABEL] = OTHERS_WORDS.get(language, OTHERS_WORDS["fr"])
        return MERGED.join(known.get(part, part) for part in value.split(MERGED))


def _words_of_question(item: Any, question: ProfileQuestion, form: Questionnaire) -> _Words:
    of: dict[str, dict[str, str]] = {group[0]: {} for group in question.groups}
    for language in form.languages:
        for group, words in zip(question.groups, group_labels(item, question, language), strict=True):
            of[group[0]][language] = words
    return _Words(dict(item.label), of)


_NOT_STATED_WORDS: Final = {"fr": "Sans réponse", "en": "No answer"}
OTHERS_WORDS: Final = {"fr": "Autres", "en": "Others"}


def _one_release(computed: Json, form: Questionnaire, terms: Terms) -> Json:
    """Keep what this release audits: the whole and its groups. Structures side by side are each told their own."""
    mirror = computed["mirror"]
    told = mirror is not None and any(row["direction"] is not None for row in mirror)
    told_by = _words(form, terms)
    hidden = sum(item["counts"] is None for item in computed["items"])
    hidden += sum(scale["mean"] is None for scale in computed["scales"])
    return computed | {
        "breakdowns": _with_labels(
            [one for one in computed["breakdowns"] if one["by"] in told_by], form, terms
        ),
        "withheld": [
            {"by": name, "labels": dict(told_by[name].labels)}
            for name in computed["withheld"]
            if name in told_by
        ],
        "units": None,
        "mirror": mirror if told else None,
        # How many members of the direction answered is theirs to tell, with the mirror.
        "n_direction": computed["n_direction"] if told else None,
        "protection": computed["protection"]
        | {"hidden": hidden, "method": NETWORK_CLAIM if computed["network_cell"] else HONEST_CLAIM},
    }

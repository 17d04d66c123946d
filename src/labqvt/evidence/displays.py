"""From opened sheets to what may be printed on a wall. Pure: rows in, released content out, nothing kept.

The arithmetic and the displays are those of ``labqvt_stats``; this module decides who speaks (the direction is
taken out first), what one release holds, and when there is none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from labqvt.instruments.measuring import answers_of, instrument_of
from labqvt.instruments.wording import with_words
from labqvt_forms import Questionnaire
from labqvt_stats import Column, DiagnosisOptions, NotEnoughDataError, Protection, diagnose
from labqvt_stats.finite_population import pooled_spread
from labqvt_stats.publication import protect
from labqvt_stats.scores import scale_scores

Json = dict[str, Any]
DIRECTION: Final = "direction"
HONEST_CLAIM: Final = (
    "Fermé à la soustraction par construction ; passé au crible pour une personne du dehors et pour chaque personne "
    "qui a répondu. La relecture par le vérificateur indépendant n’a pas encore été faite."
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
    content = _one_release(computed) | {
        "spread_source": "network" if terms.spreads or terms.pooled else "reference"
    }
    if terms.pooled:
        content["spreads"] = _spreads_inside(employees, form)
    return with_words(content, form)


def passes_the_gate(sheets: Sequence[Sheet], form: Questionnaire, terms: Terms) -> bool:
    """Whether nobody's opinion can be told from the displays, by an outsider or by any insider; unsettled is no.

    A pooled campaign is not concerned: it is released as a network cell, by structures, or not at all.
    """
    if terms.pooled:
        return True
    employees = [sheet for sheet in sheets if sheet.audience != DIRECTION]
    answers = answers_of(instrument_of(form), [sheet.answers for sheet in employees])
    publication = protect(answers, protection=Protection(others=terms.others, insiders=terms.insiders))
    [whole] = publication["structures"]
    return bool(whole["shown"])


def certificate_of(content: Json, terms: Terms) -> Json:
    """What this release claims, and no more."""
    return {
        "others": terms.others,
        "insiders": terms.insiders,
        "band": content["protection"]["band"],
        "groups": 1,
        "min_support": content["n_responses"],
        "network_cell": content["network_cell"],
        "mirror": content["mirror"] is not None,
        # A network cell holds plain numbers: the gate is for structures.
        "gate": not content["network_cell"],
        "audited": False,
        "claim": HONEST_CLAIM,
    }


def _spreads_inside(employees: Sequence[Sheet], form: Questionnaire) -> dict[str, float]:
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


def _one_release(computed: Json) -> Json:
    """Keep the whole only: breakdowns and structures side by side come with their audit."""
    mirror = computed["mirror"]
    told = mirror is not None and any(row["direction"] is not None for row in mirror)
    hidden = sum(item["counts"] is None for item in computed["items"])
    hidden += sum(scale["mean"] is None for scale in computed["scales"])
    return computed | {
        "breakdowns": [],
        "units": None,
        "mirror": mirror if told else None,
        # How many members of the direction answered is theirs to tell, with the mirror.
        "n_direction": computed["n_direction"] if told else None,
        "protection": computed["protection"] | {"hidden": hidden, "method": HONEST_CLAIM},
    }

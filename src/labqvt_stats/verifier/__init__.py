"""Check a publication file again, knowing nothing of how it was made.

This package shares no code with the planner, the displays or the gate: it reads ``labqvt/publication/1`` and attacks
it. Two attacks: subtraction (signed combinations of groups that concern too few people) and deduction (could all
possible worlds agree on the class of someone's answer, for an outsider or for an insider who knows their own sheet?).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from labqvt_stats.verifier.deduction import Deduction
from labqvt_stats.verifier.displays import badly_displayed
from labqvt_stats.verifier.scales import scales_of
from labqvt_stats.verifier.subtraction import badly_grouped, smallest_combination

__all__ = ["Verdict", "smallest_combination", "verify"]

FLOORS: Final = {"others": 5, "insiders": 1, "band": 2}
Json = Mapping[str, Any]


@dataclass
class Verdict:
    """What the verifier found in one structure: sentences, empty when nobody is exposed."""

    id: str
    exposed: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)


def verify(
    publication: Json, responses: Mapping[str, Sequence[str | None]] | None = None, *, insiders: bool = True
) -> list[Verdict]:
    """Attack every structure of a publication.

    Parameters
    ----------
    publication : dict of schema ``labqvt/publication/1``
    responses : mapping item id -> codes of the n rows of the input, None for no answer; with them insiders know
        their true sheets and the displays are checked to be true. Without them insiders are tried with
        extreme sheets.
    insiders : False attacks as an outsider alone

    Returns
    -------
    One verdict per structure. A structure is in order when both lists are empty.

    Raises
    ------
    KeyError, TypeError, ValueError
        The file is not a publication.
    """
    parameters = publication["parameters"]
    found = []
    for structure in publication["structures"]:
        verdict = Verdict(str(structure["id"]))
        found.append(verdict)
        for name, floor in FLOORS.items():
            if parameters[name] < floor:
                verdict.exposed.append(f"paramètre « {name} » sous son plancher ({floor})")
        if structure["shown"]:
            _verify_structure(
                publication["instrument"], parameters, structure, responses, verdict, insiders=insiders
            )
    return found


def _verify_structure(
    instrument: Json,
    parameters: Json,
    structure: Json,
    responses: Mapping[str, Sequence[str | None]] | None,
    verdict: Verdict,
    *,
    insiders: bool,
) -> None:
    threshold = parameters["others"] + parameters["insiders"]
    groups = {group["id"]: np.asarray(group["rows"], dtype=int) for group in structure["groups"]}
    if undescribed := {shown["group"] for shown in (*structure["items"], *structure["scores"])} - set(groups):
        verdict.exposed.append(f"affichages d’un groupe non décrit : {', '.join(sorted(undescribed))}")
        return
    people = np.unique(np.concatenate(list(groups.values())))
    membership = np.array([np.isin(people, rows) for rows in groups.values()])
    verdict.exposed += badly_grouped(structure, groups, people, threshold)
    if small := smallest_combination(membership, threshold):
        verdict.exposed.append(f"une combinaison de groupes ne concerne que {small} personnes")
    verdict.exposed += badly_displayed(structure, groups, parameters["band"], threshold)
    if verdict.exposed:
        return
    for scale in scales_of(instrument):
        attack = Deduction(scale, structure, groups, membership, threshold)
        if responses is not None:
            verdict.exposed += attack.know(responses)
        for proven, sentence in attack.run(insiders=insiders):
            (verdict.exposed if proven else verdict.unsettled).append(sentence)

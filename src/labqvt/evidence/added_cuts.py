"""Two cuts of a network crossed after the opening, from its snapshot, closed together with everything told before."""

from collections.abc import Mapping, Sequence

from labqvt.evidence.displays import OTHERS_WORDS, Json
from labqvt.evidence.network_cuts import StructureCut, group_told
from labqvt.evidence.snapshots import Snapshot
from labqvt_stats import Column, DiagnosisOptions, diagnose

CROSS = " × "


def name_of(first: str, second: str) -> str:
    """The name of a crossing, whichever is asked first."""
    return CROSS.join(sorted((first, second)))


def crossed(
    snapshot: Snapshot,
    cuts: Sequence[StructureCut],
    told: Sequence[Json],
    added: Sequence[Json],
    *,
    pair: tuple[str, str],
    apart: frozenset[str],
) -> Json | None:
    """The breakdown by two cuts at once; None when it cannot be told whole with all that is told already.

    Parameters
    ----------
    told, added : breakdowns of the release and those added since, in the order they were told
    pair : ids of two cuts of the release
    apart : structures that have results of their own
    """
    released = {one["by"]: one for one in told}
    by_name = {cut.id: cut for cut in cuts}
    columns = [_column(snapshot, one, by_name) for one in told]
    columns += [_crossing(snapshot, [released[by] for by in one["crossed"]], by_name) for one in added]
    columns.append(_crossing(snapshot, [released[by] for by in sorted(pair)], by_name))
    found = diagnose(
        snapshot.answers,
        DiagnosisOptions(structure=Column("structure", list(snapshot.structures)), by=columns, told=apart),
    )
    new = [one for one in found["breakdowns"] if one["by"] == name_of(*pair)]
    return _with_words(new[0], [released[by] for by in sorted(pair)]) if new else None


def _column(snapshot: Snapshot, breakdown: Json, by_name: Mapping[str, StructureCut]) -> Column:
    """The groups that were told, as they were told."""
    name = breakdown["by"]
    if name in snapshot.groups:
        return Column(name, list(snapshot.groups[name]))
    return Column(name, [group_told(breakdown, by_name[name].of.get(one)) for one in snapshot.structures])


def _crossing(snapshot: Snapshot, breakdowns: Sequence[Json], by_name: Mapping[str, StructureCut]) -> Column:
    columns = [_column(snapshot, one, by_name).values for one in breakdowns]
    values = [CROSS.join(str(value) for value in pair) for pair in zip(*columns, strict=True)]
    return Column(name_of(*(one["by"] for one in breakdowns)), values)


def _with_words(breakdown: Json, breakdowns: Sequence[Json]) -> Json:
    """« Bretagne × Moins de 10 personnes », in every language of the release."""
    languages = list(breakdowns[0]["labels"])
    words = [{one["value"]: one["labels"] for one in parent["categories"]} for parent in breakdowns]

    def said(value: str, language: str) -> str:
        parts = value.split(CROSS)
        if len(parts) != len(words):
            return OTHERS_WORDS.get(language, OTHERS_WORDS["fr"])
        return CROSS.join(
            known[part][language] if part in known else part for known, part in zip(words, parts, strict=True)
        )

    return breakdown | {
        "crossed": [one["by"] for one in breakdowns],
        "labels": {language: CROSS.join(one["labels"][language] for one in breakdowns) for language in languages},
        "categories": [
            category | {"labels": {language: said(category["value"], language) for language in languages}}
            for category in breakdown["categories"]
        ],
    }  # fmt: skip

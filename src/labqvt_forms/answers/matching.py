"""Which column of the file answers which variable of the questionnaire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from labqvt_forms.answers.guarding import unguarded
from labqvt_forms.answers.layout import LAYOUTS, Field, Layout, Shape
from labqvt_forms.items import Kind, SingleChoice
from labqvt_forms.questionnaire import Questionnaire, Variable

if TYPE_CHECKING:
    from labqvt_forms.answers.raw import RawTable, TickedSet

LONGEST_PATH = 300
"""Longer headers are texts, not paths: their every end need not be looked at."""
_SPACES = re.compile(r"\s+")
_AFTER_CODE = re.compile(r"(\S+?)(?:\.|[ \u00a0]?:|[ \u00a0][–—-]|(?=[ \u00a0][\[(]))[ \u00a0].+", re.DOTALL)
"""« Q1[SQ001]. Words », « Q1 : words », « Q1 – words », « Q1 [words] »."""


@dataclass(frozen=True, slots=True)
class Match:
    """Columns (by position) of one variable: one of its own, or one per option or rank.

    ``places`` are columns of the rank each option was given; ``other`` holds the words beside « Autre »;
    ``codes`` are the file's codes of choices, to ours; ``ticked`` is the text of a ticked option, if declared.
    """

    variable: Variable
    whole: int | None = None
    parts: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    other: int | None = None
    codes: dict[str, str] = field(default_factory=dict)
    ticked: str = ""

    @property
    def found(self) -> bool:
        return self.whole is not None or bool(self.parts) or bool(self.places)

    @property
    def positions(self) -> set[int]:
        """Every column it uses."""
        single = {position for position in (self.whole, self.other) if position is not None}
        return single | set(self.parts.values()) | set(self.places.values())


def fold(words: str) -> str:
    """Make two writings of one text equal: case, spaces, apostrophes, HTML spaces."""
    plain = words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("‘", "'")
    return _SPACES.sub(" ", plain).strip().casefold()


class _Columns:
    """Positions of the headers of a file, each given to one variable only."""

    def __init__(self, *lines: Iterable[str], kept: Collection[int] = ()) -> None:
        self._at: defaultdict[str, list[int]] = defaultdict(list)
        for line in lines:
            for position, header in enumerate(line):
                if header:
                    self._at[fold(header)].append(position)
        for line in lines:
            for position, header in enumerate(line):
                for step in _path_ends(fold(header)):
                    self._at[step].append(position)
        self._taken: set[int] = set(kept)

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._at

    def take(self, names: Iterable[str]) -> int | None:
        """Return the first free column that bears one of these names, and keep it."""
        for name in names:
            for position in self._at.get(fold(name), ()):
                if position not in self._taken:
                    self._taken.add(position)
                    return position
        return None


def match_columns(table: RawTable, questionnaire: Questionnaire) -> dict[str, Match]:
    """Match the names of the layout we know that fits best; then names, labels, codes before words."""
    matches: dict[str, Match] = {}
    most = 0
    for known in LAYOUTS:
        layout = known(questionnaire)
        columns = layout.fields(questionnaire)
        fitting = _exact(table.headers, questionnaire, layout, columns)
        found = sum(len(match.positions) for match in fitting.values())
        if found > most:
            matches, most = fitting, found
        if found == len(columns):
            break
    return _guessed(table, questionnaire, matches)


def _exact(
    headers: list[str], questionnaire: Questionnaire, layout: Layout, columns: Iterable[Field]
) -> dict[str, Match]:
    """Match every column of a layout by its very name; nothing unless all that may not be absent are there."""
    positions: dict[str, int] = {}
    for position, header in enumerate(headers):
        positions.setdefault(unguarded(header), position)
    for position, header in enumerate(headers):
        if code := _leading_code(header):
            positions.setdefault(code, position)
    matches = {
        variable.id: Match(variable, codes=layout.codes.get(variable.id, {}))
        for variable in questionnaire.answer_variables
    }
    for column in columns:
        if (place := positions.get(column.name)) is not None:
            matches[column.variable.id] = _with(matches[column.variable.id], column.shape, column.part, place)
        elif not column.may_be_absent:
            return {}
    return matches


def _with(match: Match, shape: Shape, part: str, position: int) -> Match:
    match shape:
        case Shape.OPTION | Shape.RANK:
            match.parts[part] = position
        case Shape.PLACE:
            match.places[part] = position
        case Shape.OTHER:
            return replace(match, other=position)
        case _:
            return replace(match, whole=position)
    return match


def _leading_code(header: str) -> str:
    """Return the code a header starts with, when words follow it; else an empty string.

    >>> _leading_code("Q1[SQ001]. Travail [Écoute]"), _leading_code("Âge"), _leading_code("Q2 [Âge]")
    ('Q1[SQ001]', '', 'Q2')
    """
    written = _AFTER_CODE.fullmatch(unguarded(header)) if len(header) < 10_000 else None
    return written[1] if written else ""


def _guessed(table: RawTable, questionnaire: Questionnaire, known: dict[str, Match]) -> dict[str, Match]:
    """Complete the matches with the columns nothing uses yet."""
    used: set[int] = set().union(*(match.positions for match in known.values()))
    by_name = _Columns(table.headers, table.second_headers, kept=used)
    by_label = _Columns(table.headers, table.second_headers, kept=used)
    ids = {fold(variable.id) for variable in questionnaire.answer_variables}
    matches = {}
    for variable in questionnaire.answer_variables:
        match = known.get(variable.id, Match(variable))
        if not match.found:
            match = _match(variable, by_name, _names(variable, by_name), _part_names, both=True)
        if not match.found:
            match = _match(variable, by_label, _labels(variable), _part_labels)
        matches[variable.id] = _with_other(match, by_name, ids)
    missing = [match.variable for match in matches.values() if not match.found]
    if missing:
        used = set().union(*(match.positions for match in matches.values()))
        by_code = _Columns([_leading_code(header) for header in table.headers], kept=used)
        for variable in missing:
            found = _match(variable, by_code, _names(variable, by_code), _part_names)
            matches[variable.id] = found if found.found else _by_set(variable, table)
    return matches


PartNames = Callable[[Variable, str], Iterable[str]]


def _match(
    variable: Variable,
    columns: _Columns,
    names: Iterable[str],
    part_names: PartNames,
    *,
    both: bool = False,
) -> Match:
    """Look for a column per part, then for one of its own: instead, or as well where ODK writes both."""
    parts = {}
    for part in _parts(variable):
        position = columns.take(part_names(variable, part))
        if position is not None:
            parts[part] = position
    own = not parts or (both and variable.kind is Kind.MULTIPLE)
    return Match(variable, columns.take(names) if own else None, parts)


def _with_other(match: Match, columns: _Columns, ids: set[str]) -> Match:
    """Look for the words beside « Autre »."""
    variable = match.variable
    if (
        not match.found
        or match.other is not None
        or not (isinstance(variable.item, SingleChoice) and variable.item.other)
    ):
        return match
    names = [
        name
        for name in (f"{variable.id}{end}" for end in ("[other]", "_other", "/other"))
        if fold(name) not in ids
    ]
    names += [f"{label} [{word}]" for _, label in variable.label for word in ("Autre", "Other")]
    return replace(match, other=columns.take(names))


def _by_set(variable: Variable, table: RawTable) -> Match:
    """Look for a multiple-response set of SPSS that bears the name or the label of a multiple choice."""
    if variable.kind is not Kind.MULTIPLE or variable.choices is None:
        return Match(variable)
    words = {fold(variable.id), *(fold(label) for _, label in variable.label)}
    for known in table.sets:
        if fold(known.name) in words or (known.label and fold(known.label) in words):
            return Match(variable, parts=_set_parts(variable, known, table), ticked=known.ticked)
    return Match(variable)


def _set_parts(variable: Variable, known: TickedSet, table: RawTable) -> dict[str, int]:
    """Give each column of a set to the choice its label or the end of its name says; else in order."""
    assert variable.choices is not None
    described = dict(zip(table.headers, table.second_headers, strict=False))
    at = {header: position for position, header in enumerate(table.headers)}
    parts: dict[str, int] = {}
    for choice in variable.choices.choices:
        labels = {fold(label) for _, label in choice.label}
        for name in known.columns:
            ends = fold(name).endswith(f"_{fold(choice.code)}")
            if name in at and (fold(described.get(name, "")) in labels or ends):
                parts.setdefault(choice.code, at[name])
    if not parts and len(known.columns) == len(variable.choices.choices):
        pairs = zip(variable.choices.choices, known.columns, strict=True)
        parts = {choice.code: at[name] for choice, name in pairs if name in at}
    return parts


def _parts(variable: Variable) -> list[str]:
    """Options of a multiple choice, ranks of a ranking: what may have a column each."""
    if variable.choices is None:
        return []
    if variable.kind is Kind.MULTIPLE:
        return [choice.code for choice in variable.choices.choices]
    if variable.kind is Kind.RANKING:
        return [str(rank) for rank in range(1, len(variable.choices.choices) + 1)]
    return []


def _names(variable: Variable, columns: _Columns) -> Iterator[str]:
    item, row = variable.item, variable.row
    if row is None:
        yield variable.id
        return
    short = row.id.removeprefix(f"{item.id}_")
    stems = [row.id, f"{item.id}[{short}]", f"{item.id}_{short}", f"{item.id}/{short}"]
    for stem in stems:
        if not variable.side:
            yield stem
        else:
            yield f"{stem}[{variable.side}]"
            # LimeSurvey's expressions number the two sides 0 and 1; we number them 1 and 2.
            yield f"{stem}_{variable.side - 1 if f'{stem}_0' in columns else variable.side}"


def _part_names(variable: Variable, part: str) -> Iterator[str]:
    for mark in ("[{}]", "_{}", "/{}", ".{}"):
        yield variable.id + mark.format(part)


def _labels(variable: Variable) -> Iterator[str]:
    for language, label in variable.label:
        if variable.row is None:
            yield label
            continue
        whole = variable.item.label.get(language) or ""
        yield from (f"{whole} [{label}]", f"{whole} ({label})", f"[{label}] {whole}", label)


def _part_labels(variable: Variable, part: str) -> Iterator[str]:
    assert variable.choices is not None
    words = dict.fromkeys(variable.label.languages, f"{part}")
    if variable.kind is Kind.MULTIPLE:
        choice = variable.choices.get(part)
        assert choice is not None
        words = {language: choice.label.get(language) or part for language in words}
    for language, label in variable.label:
        option = words[language]
        yield from (f"{label} [{option}]", f"{label} ({option})", f"[{option}] {label}", f"{label}/{option}")


def _path_ends(header: str) -> Iterator[str]:
    """Yield what follows each separator of a Kobo or ODK path: ``group/sub/name``, ``group-name``."""
    if " " in header or len(header) > LONGEST_PATH:
        return
    for mark in "/-":
        rest = header
        while mark in rest:
            rest = rest.split(mark, 1)[1]
            if rest:
                yield rest

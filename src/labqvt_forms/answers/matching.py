"""Which column of the file answers which variable of the questionnaire."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from labqvt_forms.answers.sources import RawTable
from labqvt_forms.items import Kind
from labqvt_forms.questionnaire import Questionnaire, Variable

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """Columns (by position) of one variable: one of its own, or one per option or rank."""

    variable: Variable
    whole: int | None = None
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        return self.whole is not None or bool(self.parts)


def fold(words: str) -> str:
    """Make two writings of one text equal: case, spaces, apostrophes, HTML spaces."""
    plain = words.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").replace("‘", "'")
    return _SPACES.sub(" ", plain).strip().casefold()


class _Columns:
    """Positions of the headers of a file, each given to one variable only."""

    def __init__(self, *lines: Iterable[str]) -> None:
        self._at: defaultdict[str, list[int]] = defaultdict(list)
        for line in lines:
            for position, header in enumerate(line):
                if header:
                    self._at[fold(header)].append(position)
        for line in lines:
            for position, header in enumerate(line):
                for step in _path_ends(fold(header)):
                    self._at[step].append(position)
        self._taken: set[int] = set()

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
    """Match by names first (ids, LimeSurvey codes, Kobo paths), then by full labels."""
    by_name = _Columns(table.headers, table.second_headers)
    by_label = _Columns(table.headers, table.second_headers)
    matches = {}
    for variable in questionnaire.answer_variables:
        match = _match(variable, by_name, _names(variable, by_name), _part_names)
        if not match.found:
            match = _match(variable, by_label, _labels(variable), _part_labels)
        matches[variable.id] = match
    return matches


PartNames = Callable[[Variable, str], Iterable[str]]


def _match(variable: Variable, columns: _Columns, names: Iterable[str], part_names: PartNames) -> Match:
    parts = {}
    for part in _parts(variable):
        position = columns.take(part_names(variable, part))
        if position is not None:
            parts[part] = position
    return Match(variable, columns.take(names) if not parts else None, parts)


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
        choice = next(choice for choice in variable.choices.choices if choice.code == part)
        words = {language: choice.label.get(language) or part for language in words}
    for language, label in variable.label:
        option = words[language]
        yield from (f"{label} [{option}]", f"{label} ({option})", f"[{option}] {label}", f"{label}/{option}")


def _path_ends(header: str) -> Iterator[str]:
    """Yield what follows each separator of a Kobo or ODK path: ``group/sub/name``, ``group-name``."""
    if " " in header:
        return
    for mark in "/-":
        rest = header
        while mark in rest:
            rest = rest.split(mark, 1)[1]
            if rest:
                yield rest

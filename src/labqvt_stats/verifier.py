"""Check a publication file again, knowing nothing of how it was made.

This module shares no code with the planner, the displays or the gate: it reads ``labqvt/publication/1`` and attacks it.
Two attacks: subtraction (signed combinations of groups that concern too few people, found as dependent sets of
a null-space basis) and deduction (whole sheets counted per kind of people; could all possible worlds agree on
the class of someone's answer, for an outsider or for an insider who knows their own sheet?).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

CLASS_NAMES = ("unfavourable", "neutral", "favourable", "none")
FLOORS = {"others": 5, "insiders": 1, "band": 2}
BREAKDOWN_FLOOR = 20

_MOST_SHEETS = 1500
_NODES = 5000
_EPS = 1e-6
_ZERO = 1e-9
Json = Mapping[str, Any]
Sheet = tuple[int, ...]
"""Code place per item of a scale, -1 for none."""


@dataclass
class Verdict:
    """What the verifier found in one structure: sentences, empty when nobody is exposed."""

    id: str
    exposed: list[str] = field(default_factory=list)
    unsettled: list[str] = field(default_factory=list)


def verify(publication: Json, responses: Mapping[str, Sequence[str | None]] | None = None) -> list[Verdict]:
    """Attack every structure of a publication.

    Parameters
    ----------
    publication : dict of schema ``labqvt/publication/1``
    responses : mapping item id -> codes of the n rows of the input, None for no answer; with them insiders know
        their true sheets and the displays are checked to be true. Without them insiders are tried with
        extreme sheets.

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
            _verify_structure(publication["instrument"], parameters, structure, responses, verdict)
    return found


def _verify_structure(
    instrument: Json,
    parameters: Json,
    structure: Json,
    responses: Mapping[str, Sequence[str | None]] | None,
    verdict: Verdict,
) -> None:
    threshold = parameters["others"] + parameters["insiders"]
    groups = {group["id"]: np.asarray(group["rows"], dtype=int) for group in structure["groups"]}
    if undescribed := {shown["group"] for shown in (*structure["items"], *structure["scores"])} - set(groups):
        verdict.exposed.append(f"affichages d’un groupe non décrit : {', '.join(sorted(undescribed))}")
        return
    people = np.unique(np.concatenate(list(groups.values())))
    membership = np.array([np.isin(people, rows) for rows in groups.values()])
    verdict.exposed += _badly_grouped(structure, groups, people, threshold)
    if small := smallest_combination(membership, threshold):
        verdict.exposed.append(f"une combinaison de groupes ne concerne que {small} personnes")
    verdict.exposed += _badly_displayed(structure, groups, parameters["band"], threshold)
    if verdict.exposed:
        return
    for scale in _scales(instrument):
        attack = _Attack(scale, structure, groups, membership, threshold)
        if responses is not None:
            verdict.exposed += attack.untrue(responses)
        attack.run(None if responses is None else attack.true_sheets(responses), verdict)


# Groups


def _badly_grouped(
    structure: Json, groups: Mapping[str, NDArray[np.int_]], people: NDArray[np.int_], threshold: int
) -> Iterator[str]:
    by: dict[str, list[NDArray[np.int_]]] = {}
    for group in structure["groups"]:
        if len(groups[group["id"]]) < threshold:
            yield f"groupe « {group['id']} » de moins de {threshold} personnes"
        if group["by"] is not None:
            by.setdefault(group["by"], []).append(groups[group["id"]])
    for name, parts in by.items():
        if len(people) < BREAKDOWN_FLOOR:
            yield f"« {name} » : pas de comparaison sous {BREAKDOWN_FLOOR} réponses"
        if sorted(np.concatenate(parts).tolist()) != people.tolist():
            yield f"« {name} » : les groupes ne réunissent pas tout le monde une fois"


def smallest_combination(membership: NDArray[np.bool_], threshold: int) -> int:
    """Fewest people under ``threshold`` that a signed combination of groups concerns; 0 when there is none.

    Parameters
    ----------
    membership : (G, n) booleans

    Notes
    -----
    A combination is known by its values on a *base*: as many people as the rank of the incidence, from whose values
    all others follow. Where m bases without anybody in common are found, a combination that concerns fewer than
    ``threshold`` people concerns at most (threshold - 1) / m of one of them: none, one or two people, whose
    combinations are written down and counted. With a single base (small structures), sets of people are tried: one
    carries a combination if and only if its rows in a null-space basis are dependent (Gram determinants).
    """
    incidence, sizes = np.unique(membership, axis=1, return_counts=True)
    bases = list(_bases_apart(incidence.astype(float), sizes, threshold))
    reach = (threshold - 1) // len(bases)
    if reach > 2:
        return _smallest_dependent_set(incidence, sizes, threshold)
    found = [threshold]
    for base, rows in bases if reach else []:
        spans = np.abs(rows) > _ZERO
        found.append(int((spans @ sizes).min()))
        if reach == 2:
            found += [_lightest_pair(rows[i], rows[j], sizes) for i, j in combinations(range(len(base)), 2)]
    return min(found) if min(found) < threshold else 0


def _bases_apart(
    incidence: NDArray[np.float64], sizes: NDArray[np.int_], most: int
) -> Iterator[tuple[NDArray[np.int_], NDArray[np.float64]]]:
    """Bases that take different people, with the combinations worth 1 on one of the base and 0 on its others.

    A kind of people may serve as often as it has people; the most numerous serve first.
    """
    _, singular, right = np.linalg.svd(incidence, full_matrices=False)
    space = right[: int((singular > _ZERO).sum())]
    left = sizes.copy()
    for _ in range(most):
        base: list[int] = []
        ahead = space.copy()
        for kind in np.argsort(-left, kind="stable"):
            if left[kind] and np.linalg.norm(ahead[:, kind]) > 1e-6:
                base.append(int(kind))
                direction = ahead[:, kind] / np.linalg.norm(ahead[:, kind])
                ahead -= np.outer(direction, direction @ ahead)
            if len(base) == len(space):
                break
        if len(base) < len(space):
            return
        left[base] -= 1
        yield np.array(base), np.linalg.solve(space[:, base], space)


def _lightest_pair(first: NDArray[np.float64], second: NDArray[np.float64], sizes: NDArray[np.int_]) -> int:
    """Fewest people of first + x · second, over all x but zero."""
    both = (np.abs(first) > _ZERO) & (np.abs(second) > _ZERO)
    touched = int(sizes[(np.abs(first) > _ZERO) | (np.abs(second) > _ZERO)].sum())
    if not both.any():
        return touched
    ratios = np.round(first[both] / second[both], 6)
    values, place = np.unique(ratios, return_inverse=True)
    return touched - int(np.bincount(place.ravel(), sizes[both], minlength=len(values)).max())


def _smallest_dependent_set(incidence: NDArray[np.bool_], sizes: NDArray[np.int_], threshold: int) -> int:
    _, singular, right = np.linalg.svd(incidence.astype(float))
    rank = int((singular > _ZERO).sum())
    null_rows = right[rank:].T
    small = np.flatnonzero(sizes < threshold)
    least = 0
    for number in range(1, threshold):
        if number > len(small):
            break
        for chunk in _chunks(combinations(small.tolist(), number), 20_000):
            sets = chunk[sizes[chunk].sum(axis=1) < (least or threshold)]
            if not len(sets):
                continue
            vectors = null_rows[sets]
            gram = vectors @ vectors.transpose(0, 2, 1)
            dependent = np.linalg.eigvalsh(gram)[:, 0] < _ZERO
            if dependent.any():
                least = int(min(sizes[sets[dependent]].sum(axis=1).min(), least or threshold))
    return least


def _chunks(sets: Iterator[tuple[int, ...]], size: int) -> Iterator[NDArray[np.int_]]:
    while part := list(islice(sets, size)):
        yield np.array(part)


# Displays


def _badly_displayed(
    structure: Json, groups: Mapping[str, NDArray[np.int_]], band: int, threshold: int
) -> Iterator[str]:
    whole = [group["id"] for group in structure["groups"] if group["by"] is None]
    for shown in structure["items"]:
        n = len(groups[shown["group"]])
        if shown["group"] not in whole:
            yield f"« {shown['item']} » : tableau donné pour une partie de la structure"
        if shown.get("detail") is not None:
            yield f"« {shown['item']} » : détail plus fin que trois classes"
        for name in CLASS_NAMES:
            lo, hi = shown["classes"][name]
            most = min(band, n - threshold) if name == "none" else band
            if not ((lo, hi) in ((0, most), (n - band, n)) or (lo == hi and band < lo < n - band)):
                yield f"« {shown['item']} » : effectif trop précis ({name} : {lo} à {hi} sur {n})"
    for shown in structure["scores"]:
        lo, hi = shown["interval"]
        step = 1 if len(groups[shown["group"]]) >= 10 else 5
        clipped = (lo, hi) in ((0, 10 + step / 2), (90 - step / 2, 100))
        rounded = (
            math.isclose(hi - lo, step) and 10 < (lo + hi) / 2 < 90 and math.isclose((lo + hi) / 2 % step, 0)
        )
        if not (clipped or rounded):
            yield f"« {shown['scale']} » : score trop précis ({lo} à {hi})"


# Deduction


@dataclass(frozen=True)
class _Scale:
    id: str
    items: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    classes: tuple[tuple[int, ...], ...]
    scores: tuple[tuple[float, ...], ...]
    needed: int


def _scales(instrument: Json) -> Iterator[_Scale]:
    items = {item["id"]: item for item in instrument["items"]}
    listed = [(s["id"], s["items"], s["missing_rule"]) for s in instrument["scales"]]
    inside = {item for _, members, _ in listed for item in members}
    listed += [
        (name, [name], 1)
        for name, item in items.items()
        if name not in inside and set(item["classes"].values()) != {"none"}  # nothing can be displayed of it
    ]
    for scale_id, members, rule in listed:
        needed = {"half": math.ceil(len(members) / 2), "all": len(members)}.get(str(rule)) or int(rule)
        yield _Scale(
            scale_id,
            tuple(members),
            tuple(tuple(items[m]["codes"]) for m in members),
            tuple(
                tuple(CLASS_NAMES.index(items[m]["classes"][c]) for c in items[m]["codes"]) for m in members
            ),
            tuple(tuple(math.nan if s is None else s for s in items[m]["scores"]) for m in members),
            needed,
        )


class _Attack:
    """Worlds of one scale: how many people of each kind filled each possible sheet."""

    def __init__(
        self,
        scale: _Scale,
        structure: Json,
        groups: Mapping[str, NDArray[np.int_]],
        membership: NDArray[np.bool_],
        threshold: int,
    ) -> None:
        self.scale, self.groups = scale, groups
        self.people = np.unique(np.concatenate(list(groups.values())))
        kinds, self.kind_of, self.sizes = np.unique(
            membership, axis=1, return_inverse=True, return_counts=True
        )
        self.kind_of = self.kind_of.reshape(-1)
        self.kinds = dict(zip(groups, kinds, strict=True))
        self.tables = [s for s in structure["items"] if s["item"] in scale.items]
        self.scores = [s for s in structure["scores"] if s["scale"] == scale.id]
        self.threshold = threshold

    def untrue(self, responses: Mapping[str, Sequence[str | None]]) -> Iterator[str]:
        """Displays that the answers contradict."""
        sheets = self._sheets_of_rows(responses)
        for shown in self.tables:
            item = self.scale.items.index(shown["item"])
            given = [self._class(sheets[row], item) for row in self.groups[shown["group"]]]
            for number, name in enumerate(CLASS_NAMES):
                lo, hi = shown["classes"][name]
                if not lo <= given.count(number) <= hi:
                    yield f"« {shown['item']} » : l’affichage ne correspond pas aux réponses"
        for shown in self.scores:
            worth = np.array([self._worth(sheets[row]) for row in self.groups[shown["group"]]])
            mean = float(np.nanmean(worth)) if np.isfinite(worth).any() else math.nan
            lo, hi = shown["interval"]
            if not lo - _EPS <= mean <= hi + _EPS:
                yield f"« {shown['scale']} » : le score affiché ne correspond pas aux réponses"

    def true_sheets(self, responses: Mapping[str, Sequence[str | None]]) -> list[tuple[int, Sheet]]:
        """(kind, sheet) of every insider, each once."""
        sheets = self._sheets_of_rows(responses)
        return sorted({(int(kind), sheets[row]) for row, kind in zip(self.people, self.kind_of, strict=True)})

    def _sheets_of_rows(self, responses: Mapping[str, Sequence[str | None]]) -> dict[int, Sheet]:
        found = {}
        for row in self.people:
            answers = [responses[item][int(row)] for item in self.scale.items]
            found[int(row)] = tuple(
                codes.index(answer) if answer else -1
                for codes, answer in zip(self.scale.codes, answers, strict=True)
            )
        return found

    def run(self, insiders: list[tuple[int, Sheet]] | None, verdict: Verdict) -> None:
        """Add to ``verdict`` what an outsider, then each insider, can tell."""
        if insiders is None:
            insiders = [(kind, sheet) for kind in range(len(self.sizes)) for sheet in self._extreme_sheets()]
        self.sheets = self._possible_sheets([sheet for _, sheet in insiders])
        self.complete = len(self.sheets) == math.prod(len(codes) + 1 for codes in self.scale.codes)
        self._build()
        self.known: dict[tuple[int, int], NDArray[np.int_]] = {}
        place = {sheet: number for number, sheet in enumerate(self.sheets)}
        outcomes: list[tuple[tuple[int, int] | None, str]] = [(None, "de l’extérieur")]
        outcomes += [((kind, place[sheet]), f"en connaissant sa feuille {sheet}") for kind, sheet in insiders]
        for insider, how in outcomes:
            told = self._told(insider)
            if told is None:
                verdict.unsettled.append(f"« {self.scale.id} » : non tranché, {how}")
            elif told:
                listed = verdict.exposed if self.complete else verdict.unsettled
                listed.append(f"« {self.scale.id} » : on peut déduire {told}, {how}")

    def _extreme_sheets(self) -> Iterator[Sheet]:
        sizes = [len(codes) for codes in self.scale.codes]
        for share in (0.0, 0.5, 1.0):
            yield tuple(round(share * (size - 1)) for size in sizes)
        yield tuple(-1 for _ in sizes)
        if len(sizes) > 1:
            yield tuple(0 if number % 2 else size - 1 for number, size in enumerate(sizes))

    def _possible_sheets(self, needed: Sequence[Sheet]) -> list[Sheet]:
        """All sheets when they are few; else those needed, constant ones, and drawn ones (fixed seed)."""
        choices = [range(-1, len(codes)) for codes in self.scale.codes]
        most = max(_MOST_SHEETS // max(1, len(self.sizes) // 3), 300)
        if math.prod(len(c) for c in choices) <= most:
            return list(product(*choices))
        draw = np.random.default_rng(6)
        found = set(needed) | {
            tuple(min(k, len(c) - 2) for c in choices) for k in range(-1, max(map(len, choices)) - 1)
        }
        while len(found) < most:
            found.add(tuple(int(draw.integers(-1, len(c) - 1)) for c in choices))
        return sorted(found)

    def _class(self, sheet: Sheet, item: int) -> int:
        return 3 if sheet[item] < 0 else self.scale.classes[item][sheet[item]]

    def _worth(self, sheet: Sheet) -> float:
        given = [self.scale.scores[i][c] for i, c in enumerate(sheet) if c >= 0]
        given = [score for score in given if not math.isnan(score)]
        return sum(given) / len(given) if len(given) >= self.scale.needed else math.nan

    def _build(self) -> None:
        """Rows over counts ``z[kind, sheet]``, kind after kind."""
        kinds, sheets = len(self.sizes), len(self.sheets)
        self.classes = np.array(
            [[self._class(s, i) for s in self.sheets] for i in range(len(self.scale.items))]
        )
        worth = np.array([self._worth(sheet) for sheet in self.sheets])
        rows, lo, hi = [], [], []
        for kind in range(kinds):
            rows.append(np.kron(np.eye(kinds)[kind], np.ones(sheets)))
            lo.append(self.sizes[kind])
            hi.append(self.sizes[kind])
        shown_items = set()
        for shown in self.tables:
            item = self.scale.items.index(shown["item"])
            shown_items.add(shown["item"])
            for number, name in enumerate(CLASS_NAMES):
                rows.append(np.kron(self.kinds[shown["group"]], self.classes[item] == number).astype(float))
                lo.append(shown["classes"][name][0])
                hi.append(shown["classes"][name][1])
        for number, item_id in enumerate(self.scale.items):
            if item_id not in shown_items:  # not shown: fewer than six answers
                rows.append(np.kron(np.ones(kinds), self.classes[number] != 3).astype(float))
                lo.append(0)
                hi.append(self.threshold - 1)
        for shown in self.scores:
            low, high = shown["interval"]
            group = self.kinds[shown["group"]].astype(float)
            rows.append(np.kron(group, np.where(np.isnan(worth), 0, worth - low)))
            lo.append(0)
            hi.append(np.inf)
            rows.append(np.kron(group, np.where(np.isnan(worth), 0, worth - high)))
            lo.append(-np.inf)
            hi.append(0 if high >= 100 else -1e-4)
        self.rows = sparse.csr_matrix(np.array(rows))
        self.lo, self.hi = np.array(lo, dtype=float), np.array(hi, dtype=float)

    def _world(
        self, floor: NDArray[np.float64], row: NDArray[np.float64] | None, least: float
    ) -> NDArray[np.int_] | str:
        rows, lo, hi = self.rows, self.lo, self.hi
        if row is not None:
            rows = sparse.vstack([rows, sparse.csr_matrix(row)], format="csr")
            lo, hi = np.append(lo, least), np.append(hi, np.inf)
        found = optimize.milp(
            np.zeros(rows.shape[1]),
            integrality=np.ones(rows.shape[1]),
            bounds=optimize.Bounds(floor, np.inf),
            constraints=optimize.LinearConstraint(rows, lo, hi),
            options={"node_limit": _NODES},
        )
        if found.status == 2:
            return "impossible"
        if found.x is None:
            return "unsettled"
        world: NDArray[np.int_] = np.round(found.x).astype(int).reshape(len(self.sizes), -1)
        self._learn(world)
        return world

    def _learn(self, world: NDArray[np.int_]) -> None:
        """A world speaks for every insider it holds."""
        for kind, sheet in zip(*np.nonzero(world), strict=True):
            left = world.copy()
            left[kind, sheet] -= 1
            key = (int(kind), int(sheet))
            seen = self.known.setdefault(key, np.zeros((len(self.scale.items), len(self.sizes)), dtype=int))
            seen |= self._present(left)
        seen = self.known.setdefault((-1, -1), np.zeros((len(self.scale.items), len(self.sizes)), dtype=int))
        seen |= self._present(world)

    def _present(self, world: NDArray[np.int_]) -> NDArray[np.int_]:
        masks = np.zeros((len(self.scale.items), len(self.sizes)), dtype=int)
        for item in range(len(self.scale.items)):
            bits = (1 << self.classes[item])[None, :] * (world > 0)
            masks[item] = np.bitwise_or.reduce(bits, axis=1)
        return masks

    def _told(self, insider: tuple[int, int] | None) -> str | None:
        """What is told to them, "" when nothing, None when it could not be settled."""
        key = (-1, -1) if insider is None else insider
        floor = np.zeros(self.rows.shape[1])
        others = self.sizes.copy()
        if insider is not None:
            floor[insider[0] * len(self.sheets) + insider[1]] = 1
            others[insider[0]] -= 1
        if key not in self.known and isinstance(outcome := self._world(floor, None, 0), str):
            return "" if outcome == "impossible" and self.complete else None
        for item in range(len(self.scale.items)):
            for kind in np.flatnonzero(others > 0):
                while int(mask := self.known[key][item, kind]).bit_count() < 2:
                    outside = (int(mask) >> self.classes[item] & 1) == 0
                    row = np.kron(np.eye(len(self.sizes))[kind], outside).astype(float)
                    own = insider is not None and insider[0] == kind and bool(outside[insider[1]])
                    outcome = self._world(floor, row, 1 + own)
                    if isinstance(outcome, str):
                        if outcome == "unsettled":
                            return None
                        return f"une réponse à « {self.scale.items[item]} »"
        return ""

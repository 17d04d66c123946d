"""The gate: may these displays be released? Decided from the displays alone, for an outsider and every insider.

For each scale, and each item outside scales: could an outsider, or one person knowing their own sheet (any sheet
that the displays allow), tell the class of anybody's answer to any item? Answers are never looked at, so a
refusal tells nothing that the displays would not have told.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from labqvt_stats.answers import Floats
from labqvt_stats.one_atom import NotContiguous, insider_told
from labqvt_stats.profiles import OwnSheet, Profile, present_classes, skip_slack
from labqvt_stats.worlds import Ints, Rows, ScaleRelease, Unsolved, Worlds, generous, solve

SHEETS_LIMIT = 150
# What a central world is chosen for, in costs per point of a sum.
_EVENLY, _ROOM, _ROOM_TO_SKIP = 0.25, 4.0, 80.0
_BITS = [mask.bit_count() for mask in range(16)]


@dataclass(frozen=True, slots=True)
class GateResult:
    """``safe`` only when every case was settled; ``reason`` is for logs and tests, never for readers."""

    safe: bool
    reason: str = ""


@dataclass(eq=False)
class _Box:
    """Sheets of one atom's insider that are cleared: a set of codes (True) per item; -1 stands for a skip."""

    codes: list[np.ndarray]
    skips: list[bool] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        return all(codes.all() for codes in self.codes) and all(self.skips)


def audit_scale(release: ScaleRelease, *, insiders: bool = True) -> GateResult:
    """Audit what is displayed of one scale.

    Parameters
    ----------
    release : ScaleRelease
    insiders : bool
        False audits the outsider alone.

    Returns
    -------
    GateResult; a case left unsolved at the node limit counts as not safe.
    """
    try:
        return _Audit(release).run(insiders=insiders)
    except Unsolved:
        return GateResult(safe=False, reason="unsolved")


class _Audit:
    def __init__(self, release: ScaleRelease) -> None:
        self.release = release
        self.worlds = Worlds(release)
        self.rows = self.worlds.all_rows()
        self.ceiling = self.worlds.all_ceilings()
        self.real = [np.flatnonzero(~skip | release.free_skips) for skip in self.worlds.skip]

    def run(self, *, insiders: bool) -> GateResult:
        nothing = np.zeros(self.worlds.width)
        base = (
            self._central_world(self.rows, nothing, self.ceiling)
            if insiders
            else solve(self.rows, nothing, nothing, self.ceiling)
        )
        if base is None:
            return GateResult(safe=False, reason="no world fits the displays")
        if not self._outsider_cleared(base):
            return GateResult(safe=False, reason="outsider")
        if insiders and self.worlds.atoms == 1 and not self.release.free_skips:
            try:
                told = insider_told(self.release)
            except NotContiguous:
                pass
            else:
                return GateResult(safe=not told, reason=told)
        if insiders:
            main = Profile(self.worlds, base)
            for atom in range(self.worlds.atoms):
                if reason := self._insider(atom, main):
                    return GateResult(safe=False, reason=f"insider of atom {atom}: {reason}")
        return GateResult(safe=True)

    def _central_world(self, rows: Rows, floor: Floats, ceiling: Floats) -> Floats | None:
        """A world whose sums lie away from the ends of their displays, and whose items share them evenly.

        What is left on both sides is what single items, and an insider who skips, may use (see ``Profile``). Room for
        who skips is dear, more room than that is cheap: small groups, whose displays are narrow, get theirs first.
        """
        release, m = self.release, self.release.n_items
        shares = [(shown, item) for shown in release.scores for item in range(m)]
        if release.free_skips or not shares:
            return solve(rows, np.zeros(len(floor)), floor, ceiling)
        groups = len(release.scores)
        columns, width = len(shares) + 2 * groups, len(floor)
        padding = np.zeros(width - self.worlds.width + columns)
        extra = []
        for place, (shown, item) in enumerate(shares):
            row = np.append(self.worlds.on_all(self.worlds.item_sum(shown.group, item), item), padding)
            extra += _distance(row, width + place, sum(self.worlds.sum_bounds(shown)) / 2 / m)
        reserve, step = skip_slack(self.worlds), self.worlds.largest_step()
        most = np.full(columns, np.inf)
        for place, shown in enumerate(release.scores):
            total = sum(self.worlds.on_all(self.worlds.item_sum(shown.group, i), i) for i in range(m))
            lo, hi = self.worlds.sum_bounds(shown)
            room = min((hi - lo) / 2, reserve + m * step / 2)
            lacking = len(shares) + 2 * place
            most[lacking] = max(0.0, room - reserve)
            above, below = np.append(total, padding), np.append(total, padding)
            above[width + lacking : width + lacking + 2] = 1
            below[width + lacking : width + lacking + 2] = -1
            extra += [(above, lo + room, np.inf), (below, -np.inf, hi - room)]
        cost = np.concatenate(
            [np.zeros(width), np.full(len(shares), _EVENLY), np.tile([_ROOM, _ROOM_TO_SKIP], groups)]
        )
        return solve(
            rows.widened(columns).and_also(extra),
            cost,
            np.append(floor, np.zeros(columns)),
            np.append(ceiling, most),
            relaxed=np.arange(width + columns) >= width,
        )

    def _outsider_cleared(self, base: Floats) -> bool:
        seen = self._masks(base)
        for item in range(self.release.n_items):
            for atom in range(self.worlds.atoms):
                while _BITS[seen[item][atom]] < 2:
                    world = self._contrast(item, atom, seen)
                    if world is None:
                        return False
                    for place, masks in enumerate(self._masks(world)):
                        seen[place] |= masks
        return True

    def _masks(self, x: Floats) -> list[np.ndarray]:
        return [
            present_classes(self.worlds.table_of(x, item), self.worlds.group[item])
            for item in range(self.release.n_items)
        ]

    def _contrast(self, item: int, atom: int, seen: Sequence[np.ndarray]) -> Floats | None:
        """A world where somebody of ``atom`` answers ``item`` outside the classes seen.

        One that also shows others outside what was seen of them is preferred: fewer worlds are asked for.
        """
        fresh = [(masks[:, None] >> self.worlds.group[place] & 1) == 0 for place, masks in enumerate(seen)]
        unsure = [np.array([_BITS[mask] < 2 for mask in masks])[:, None] for masks in seen]
        cost = np.concatenate(
            [-1.0 * (new & open_).ravel() for new, open_ in zip(fresh, unsure, strict=True)]
        )
        elsewhere = np.zeros(fresh[item].shape)
        elsewhere[atom] = fresh[item][atom]
        row = self.worlds.on_all(elsewhere.ravel(), item)
        return solve(
            self.rows.and_also([(row, 1.0, np.inf)]), cost, np.zeros(self.worlds.width), self.ceiling
        )

    # Insiders

    def _insider(self, atom: int, main: Profile) -> str:
        """Why an insider of ``atom`` may learn something; empty when none can, whatever their sheet."""
        if self.release.free_skips:
            return self._insider_of_one_item(atom, main)
        boxes = [self._box(atom, main)]
        # Whoever answers too little to have a score leaves the same sums to the others, however little that is.
        silent_boxes: list[_Box] = []
        skips = range(self.release.n_items + 1) if self._may_skip() else range(1)
        for skipped in skips:
            silent = skipped > self.release.n_items - self.release.answers_needed
            if not silent and boxes[0].whole:
                continue
            if reason := self._sheets_with(atom, skipped, silent_boxes if silent else boxes, silent=silent):
                return reason
        return ""

    def _insider_of_one_item(self, atom: int, main: Profile) -> str:
        for code in self.real[0]:
            if main.clear(0, atom, int(code)):
                continue
            reachable = np.zeros(self.worlds.width)
            reachable[self.worlds.place(0, atom, int(code))] = 1
            if solve(self.rows, np.zeros(self.worlds.width), reachable, self.ceiling) is not None:
                return f"code {code}"
        return ""

    def _may_skip(self) -> bool:
        return any(skip.any() for skip in self.worlds.skip)

    def _box(self, atom: int, profile: Profile, sheet: list[int] | None = None) -> _Box:
        """What a profile clears; for the very items that ``sheet`` skips when it is given."""
        box = _Box([])
        silent = profile.own is not None and profile.own.weight == 0
        groups = [p for p, shown in enumerate(self.release.scores) if self.release.groups[shown.group, atom]]
        fits = profile.own is not None or bool(profile.skips_fit[groups].all())
        for item, codes in enumerate(self.real):
            skipped = sheet is not None and sheet[item] < 0
            answered = silent or not skipped
            box.codes.append(np.array([answered and profile.clear(item, atom, int(code)) for code in codes]))
            skips = np.flatnonzero(self.worlds.skip[item])[: None if profile.own is None else 1]
            may_skip = profile.own is None or silent or skipped
            box.skips.append(
                fits and may_skip and all(profile.clear(item, atom, int(code)) for code in skips)
            )
        return box

    def _sheets_with(self, atom: int, skipped: int, boxes: list[_Box], *, silent: bool) -> str:
        """Walk through the sheets with ``skipped`` skips that no box clears yet."""
        sheets = _Sheets(self.worlds, self.rows, self.real, atom, skipped, silent=silent)
        for _ in range(SHEETS_LIMIT):
            sheet = sheets.uncovered(boxes)
            if sheet is None:
                return ""
            if not silent and self._covered_by_a_new_profile(sheets, sheet, boxes):
                continue
            rows, floor, ceiling = sheets.fixed(sheet)
            world = self._central_world(rows, floor, ceiling)
            if world is None:
                raise Unsolved
            if skipped:
                own = OwnSheet(atom, tuple(sheets.code(sheet, i) for i in range(len(sheet))), sheets.weight)
                profile = Profile(self.worlds, world[: self.worlds.width], own)
                boxes.append(self._box(atom, profile, sheet))
                if sheets.covers(boxes[-1], sheet):
                    continue
            if reason := self._sheet_exposes(sheets, sheet, world[: self.worlds.width]):
                return reason
            boxes.append(sheets.only(sheet))
        return "too many sheets left"

    def _covered_by_a_new_profile(self, sheets: "_Sheets", sheet: list[int], boxes: list[_Box]) -> bool:
        """Try worlds around this sheet, its skips filled by the step nearest to the mean of its answers."""
        floor, ceiling = np.zeros(self.worlds.width), self.ceiling.copy()
        for place in sheets.places(sheet):
            floor[place] = 1
            ceiling[place] = max(ceiling[place], 1)
        world = self._central_world(self.rows, floor, ceiling)
        if world is None:
            return False
        boxes.append(self._box(sheets.atom, Profile(self.worlds, world)))
        return sheets.covers(boxes[-1], sheet)

    def _sheet_exposes(self, sheets: "_Sheets", sheet: list[int], world: Floats) -> str:
        """Why somebody with this very sheet learns a class; worlds are asked one by one."""
        rows, floor, ceiling = sheets.fixed(sheet)
        seen = sheets.left(world, sheet)
        for item in range(self.release.n_items):
            for other in range(self.worlds.atoms):
                if self.release.sizes[other] - (other == sheets.atom) < 1:
                    continue
                while _BITS[seen[item][other]] < 2:
                    mask = int(seen[item][other])
                    elsewhere = np.zeros((self.worlds.atoms, len(self.worlds.group[item])))
                    elsewhere[other] = (mask >> self.worlds.group[item] & 1) == 0
                    own = elsewhere[other, sheets.code(sheet, item)] if other == sheets.atom else 0.0
                    row = np.append(self.worlds.on_all(elsewhere.ravel(), item), np.zeros(sheets.columns))
                    found = solve(
                        rows.and_also([(row, 1.0 + own, np.inf)]), np.zeros(len(floor)), floor, ceiling
                    )
                    if found is None:
                        return f"sheet {sheet} tells item {item} in atom {other}"
                    for place, masks in enumerate(sheets.left(found[: self.worlds.width], sheet)):
                        seen[place] |= masks
        return ""


class _Sheets:
    """Sheets of an insider of one atom with a given number of skips, as choices added to the worlds.

    A sheet lists, per item, the place of the code among the real ones, or -1 for a skip.
    """

    def __init__(
        self, worlds: Worlds, rows: Rows, real: Sequence[Ints], atom: int, skipped: int, *, silent: bool
    ) -> None:
        self.worlds, self.real, self.atom, self.skipped = worlds, real, atom, skipped
        self.starts = np.cumsum([0, *(len(codes) + 1 for codes in real)])
        self.columns = int(self.starts[-1])
        self.skip_codes = [
            int(np.flatnonzero(skip & (score == 0))[0]) if skip.any() else -1
            for skip, score in zip(worlds.skip, worlds.score, strict=True)
        ]
        m = worlds.release.n_items
        self.weight = 0.0 if silent else m / (m - skipped)
        self.rows = self._own_scores(worlds, rows, silent=silent).and_also(list(self._links(alone=True)))
        ceiling = worlds.all_ceilings()
        for item, code in enumerate(self.skip_codes):
            if code >= 0:
                ceiling[worlds.place(item, atom, code)] = 1
        self.ceiling = np.append(ceiling, np.ones(self.columns))
        self._allow_generously(silent=silent)

    def _allow_generously(self, *, silent: bool) -> None:
        """Whether a sheet is possible at all is asked in wider worlds: others skip, a skip brings any score."""
        wide = Worlds(generous(self.worlds.release))
        rows = self._own_scores(wide, wide.all_rows(), silent=silent)
        self.wide_rows = rows.and_also(list(self._links(alone=False)))
        sizes = [np.repeat(wide.release.sizes.astype(float), len(codes)) for codes in wide.release.codes]
        self.wide_ceiling = np.append(np.concatenate(sizes), np.ones(self.columns))
        skips = [np.tile(skip, wide.atoms) for skip in wide.skip]
        self.relaxed = np.append(np.concatenate(skips), np.zeros(self.columns, dtype=bool))

    def _own_scores(self, worlds: Worlds, rows: Rows, *, silent: bool) -> Rows:
        """The insider's own mean over what they answered, in place of one share per item."""
        release, weight = worlds.release, self.weight
        rows = rows.widened(self.columns)
        matrix, lo, hi = rows.matrix.copy(), rows.lo.copy(), rows.hi.copy()
        first = len(lo) - len(release.scores)
        for place, shown in enumerate(release.scores):
            if not release.groups[shown.group, self.atom]:
                continue
            for item, codes in enumerate(self.real):
                for choice, code in enumerate(codes):
                    column = self.worlds.width + self.starts[item] + choice
                    matrix[first + place, column] = (weight - 1) * self.worlds.score[item][code]
            if silent:
                lo[first + place], hi[first + place] = worlds.sum_bounds(shown, 1)
            if worlds is not self.worlds:  # the skip held for the insider brings what its score there says
                for item, code in enumerate(self.skip_codes):
                    if code >= 0:
                        column = self.worlds.width + self.starts[item] + len(self.real[item])
                        matrix[first + place, column] = -worlds.score[item][code]
        return Rows(matrix, lo, hi)

    def _links(self, *, alone: bool) -> Iterator[tuple[Floats, float, float]]:
        """One choice per item, held by somebody of the atom; as many skips as said."""
        width = self.worlds.width
        skips = np.zeros(width + self.columns)
        for item, codes in enumerate(self.real):
            one = np.zeros(width + self.columns)
            one[width + self.starts[item] : width + self.starts[item + 1]] = 1
            yield one, 1.0, 1.0
            places = [
                *((int(code), choice) for choice, code in enumerate(codes)),
                (self.skip_codes[item], len(codes)),
            ]
            for code, choice in places:
                held = np.zeros(width + self.columns)
                held[width + self.starts[item] + choice] = -1
                if code >= 0:
                    held[self.worlds.place(item, self.atom, code)] = 1
                exact = alone and choice == len(codes)  # nobody else skips
                yield held, 0.0, 0.0 if exact else np.inf
            skips[width + self.starts[item] + len(codes)] = 1
        yield skips, float(self.skipped), float(self.skipped)

    def uncovered(self, boxes: Sequence[_Box]) -> list[int] | None:
        """A feasible sheet outside all boxes, extreme ones first."""
        width = self.worlds.width
        rows = []
        for box in boxes:
            outside = np.zeros(width + self.columns)
            for item, (codes, skip) in enumerate(zip(box.codes, box.skips, strict=True)):
                outside[width + self.starts[item] : width + self.starts[item + 1]] = np.append(
                    ~codes, not skip
                )
            rows.append((outside, 1.0, np.inf))
        cost = np.zeros(width + self.columns)
        direction = 1 if len(boxes) % 2 else -1
        for item, codes in enumerate(self.real):
            for choice, code in enumerate(codes):
                cost[width + self.starts[item] + choice] = direction * self.worlds.score[item][code]
        x = solve(self.wide_rows.and_also(rows), cost, np.zeros(len(cost)), self.wide_ceiling, self.relaxed)
        if x is None:
            return None
        chosen = [
            int(np.argmax(x[width + self.starts[i] : width + self.starts[i + 1]]))
            for i in range(len(self.real))
        ]
        return [choice if choice < len(self.real[i]) else -1 for i, choice in enumerate(chosen)]

    def covers(self, box: _Box, sheet: list[int]) -> bool:
        """Whether a box clears a sheet."""
        return all(
            box.skips[i] if choice < 0 else bool(box.codes[i][choice]) for i, choice in enumerate(sheet)
        )

    def only(self, sheet: list[int]) -> _Box:
        """The box of one sheet."""
        codes = [np.arange(len(real)) == choice for real, choice in zip(self.real, sheet, strict=True)]
        return _Box(codes, [choice < 0 for choice in sheet])

    def code(self, sheet: list[int], item: int) -> int:
        """Code of a sheet on an item (the zero skip for a skip)."""
        return self.skip_codes[item] if sheet[item] < 0 else int(self.real[item][sheet[item]])

    def places(self, sheet: list[int]) -> list[int]:
        """Variables of a sheet, its skips filled by the step nearest to the mean of its answers."""
        given = [self.worlds.score[i][self.real[i][c]] for i, c in enumerate(sheet) if c >= 0]
        mean = float(np.mean(given)) if given else 0.0
        found = []
        for item, choice in enumerate(sheet):
            code = self.code(sheet, item)
            if choice < 0:
                skips = np.flatnonzero(self.worlds.skip[item])
                code = int(skips[np.argmin(np.abs(self.worlds.score[item][skips] - mean))])
            found.append(self.worlds.place(item, self.atom, code))
        return found

    def fixed(self, sheet: list[int]) -> tuple[Rows, Floats, Floats]:
        """The system when the insider's sheet is this one."""
        floor, ceiling = np.zeros(len(self.ceiling)), self.ceiling.copy()
        ceiling[self.worlds.width :] = 0
        for item, choice in enumerate(sheet):
            place = self.worlds.width + self.starts[item] + (choice if choice >= 0 else len(self.real[item]))
            floor[place] = ceiling[place] = 1
        return self.rows, floor, ceiling

    def left(self, world: Floats, sheet: list[int]) -> list[np.ndarray]:
        """Classes that a world leaves to the people of each atom, the insider taken out."""
        masks = []
        for item in range(self.worlds.release.n_items):
            table = self.worlds.table_of(world, item).copy()
            table[self.atom, self.code(sheet, item)] -= 1
            masks.append(present_classes(table, self.worlds.group[item]))
        return masks


def _distance(row: Floats, column: int, centre: float) -> list[tuple[Floats, float, float]]:
    """Two rows making ``column`` at least the distance of ``row`` to ``centre``."""
    above, below = row.copy(), row.copy()
    above[column] -= 1
    below[column] += 1
    return [(above, -np.inf, centre), (below, centre, np.inf)]

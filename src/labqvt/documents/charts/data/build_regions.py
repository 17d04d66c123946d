"""Write ``regions.json``: the regions of metropolitan France, light enough to be drawn in every page.

Run by hand when boundaries change::

    python -m labqvt.documents.charts.data.build_regions REGIONS.geojson

Source of the committed file: gregoiredavid/france-geojson, « regions-version-simplifiee », made from IGN
and INSEE data of 2018, Licence Ouverte / Open Licence. The script projects to a conformal conic (parallels
44° and 49°, meridian 3° E: the shape French readers know), cuts rings into arcs where the neighbour changes
so that shared borders stay shared, and drops the points of each arc that move the line least
(Visvalingam-Whyatt).
"""

import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

Point = tuple[float, float]
HEIGHT: Final = 1000  # height of the drawing, in units
SMALLEST_TRIANGLE: Final = 22.0  # square units: points that matter less are dropped
SMALLEST_ISLAND: Final = 60.0  # square units
OUTPUT: Final = Path(__file__).parent / "regions.json"


def project(longitude: float, latitude: float) -> Point:
    """Conformal conic on a sphere; y grows downwards."""
    first, second = math.radians(44), math.radians(49)

    def isometric(angle: float) -> float:
        return math.tan(math.pi / 4 + angle / 2)

    n = math.log(math.cos(first) / math.cos(second)) / math.log(isometric(second) / isometric(first))
    scale = math.cos(first) * isometric(first) ** n / n
    rho, theta = scale / isometric(math.radians(latitude)) ** n, n * math.radians(longitude - 3)
    return rho * math.sin(theta), rho * math.cos(theta)


def area(ring: list[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) / 2


def simplify(arc: list[Point], tolerance: float) -> list[Point]:
    """Drop, least first, inner points whose triangle with their neighbours is smaller than ``tolerance``."""
    kept = list(arc)
    while len(kept) > 2:
        areas = [area(kept[i - 1 : i + 2]) for i in range(1, len(kept) - 1)]
        least = min(range(len(areas)), key=areas.__getitem__)
        if areas[least] >= tolerance:
            break
        del kept[least + 1]
    return kept


def arcs_of(ring: list[Point], owners: dict[Point, frozenset[str]]) -> list[list[Point]]:
    """Cut a closed ring (no repeated end) where the set of owners of the points changes."""
    cuts = [i for i, point in enumerate(ring) if owners[point] != owners[ring[i - 1]]]
    cuts = sorted(
        {
            j
            for i in cuts
            for j in ((i - 1) % len(ring) if len(owners[ring[i - 1]]) > len(owners[ring[i]]) else i,)
        }
    )
    if len(cuts) < 2:
        start = min(range(len(ring)), key=lambda i: ring[i])
        opposite = max(range(len(ring)), key=lambda i: math.dist(ring[i], ring[start]))
        cuts = sorted({start, opposite})
    return [
        [ring[i % len(ring)] for i in range(first, (last if last > first else last + len(ring)) + 1)]
        for first, last in zip(cuts, cuts[1:] + cuts[:1], strict=True)
    ]


def simplify_ring(ring: list[Point], owners: dict[Point, frozenset[str]]) -> list[Point]:
    result: list[Point] = []
    for arc in arcs_of(ring, owners):
        backwards = arc[-1] < arc[0]  # both neighbours must simplify the same way round
        simplified = simplify(arc[::-1] if backwards else arc, SMALLEST_TRIANGLE)
        result += (simplified[::-1] if backwards else simplified)[:-1]
    return result


def heart(ring: list[Point], height_first: float = 0.6) -> tuple[int, int]:
    """The inner point farthest from the border, wide rather than tall: where a label fits best."""
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    best, best_room = (0.0, 0.0), -1.0
    flat = [(a * height_first, b) for a, b in ring]
    for i in range(1, 24):
        for j in range(1, 24):
            x = min(xs) + (max(xs) - min(xs)) * i / 24
            y = min(ys) + (max(ys) - min(ys)) * j / 24
            if not _inside((x, y), ring):
                continue
            room = min(
                _distance((x * height_first, y), a, b) for a, b in zip(flat, flat[1:] + flat[:1], strict=True)
            )
            if room > best_room:
                best, best_room = (x, y), room
    return round(best[0]), round(best[1])


def _distance(point: Point, a: Point, b: Point) -> float:
    """From a point to a segment."""
    length = math.dist(a, b) ** 2
    if not length:
        return math.dist(point, a)
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
    along = min(1.0, max(0.0, along))
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def _inside(point: Point, ring: list[Point]) -> bool:
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def path(ring: list[Point]) -> str:
    """Relative path: half the size of an absolute one."""
    start, steps, before = ring[0], [], ring[0]
    for point in ring[1:]:
        steps.append(f"{point[0] - before[0]:.0f} {point[1] - before[1]:.0f}".replace(" -", "-"))
        before = point
    return f"M{start[0]:.0f} {start[1]:.0f}l{' '.join(steps)}z"


def build(source: Path, output: Path = OUTPUT) -> None:
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    rings: dict[str, list[list[Point]]] = {}
    for feature in features:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings[feature["properties"]["code"]] = [
            [project(*p) for p in polygon[0][:-1]] for polygon in polygons
        ]
    flat = [point for parts in rings.values() for ring in parts for point in ring]
    left, top = min(x for x, _y in flat), min(y for _x, y in flat)
    unit = HEIGHT / (max(y for _x, y in flat) - top)
    for parts in rings.values():
        parts[:] = [
            [(round((x - left) * unit, 3), round((y - top) * unit, 3)) for x, y in ring] for ring in parts
        ]

    found: dict[Point, set[str]] = defaultdict(set)
    for code, parts in rings.items():
        for ring in parts:
            for point in ring:
                found[point].add(code)
    owners = {point: frozenset(codes) for point, codes in found.items()}
    regions = {}
    for feature in features:
        code, name = feature["properties"]["code"], feature["properties"]["nom"].replace("'", "’")
        shapes = []
        for ring in sorted(rings[code], key=area, reverse=True):
            if area(ring) < SMALLEST_ISLAND:
                continue
            shapes.append([(float(round(x)), float(round(y))) for x, y in simplify_ring(ring, owners)])
        regions[code] = {
            "name": name,
            "heart": heart(shapes[0]),
            "path": "".join(path(shape) for shape in shapes),
        }
    width = round(max(x for parts in rings.values() for ring in parts for x, _y in ring))
    document = {
        "source": "IGN, INSEE 2018 (gregoiredavid/france-geojson), Licence Ouverte ; simplifié",
        "width": width, "height": HEIGHT, "regions": dict(sorted(regions.items())),
    }  # fmt: skip
    output.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))

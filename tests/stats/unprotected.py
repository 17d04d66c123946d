"""What most products publish: a threshold of five per group, exact counts, plain means. For attacks to succeed on.

The same schema as ``labqvt/publication/1``, so that an attack is one function run on both.
"""

import numpy as np

from labqvt_stats.scores import scale_scores

NAMES = ("unfavourable", "neutral", "favourable", "none")
THRESHOLD = 5


def publish(given, columns=(), *, rows=None, percent=False, five_classes=False):
    """One structure: everybody, and every category of every column that holds five people."""
    rows = np.arange(given.n) if rows is None else np.asarray(rows)
    groups = [("all", None, rows)]
    for column in columns:
        for value in sorted({column.values[row] for row in rows}):
            part = rows[[column.values[row] == value for row in rows]]
            groups.append((f"{column.name}:{value}", column.name, part))
    groups = [g for g in groups if len(g[2]) >= THRESHOLD]
    return {
        "shown": True,
        "groups": [{"id": i, "by": by, "label": i, "rows": [int(r) for r in part]} for i, by, part in groups],
        "items": [
            {
                "group": name,
                "item": item.id,
                "classes": {c: as_told(v, len(part), percent=percent) for c, v in counts.items()},
                "detail": [int(v) for v in given.take(part).code_counts(column)] if five_classes else None,
            }
            for name, _, part in groups
            for column, item in enumerate(given.instrument.items)
            for counts in [given.take(part).class_counts(column)]
        ],
        "scores": [
            {"group": name, "scale": scale.id, "interval": [mean - 1e-9, mean + 1e-9]}
            for name, _, part in groups
            for scale in given.instrument.scales
            for mean in [float(np.nanmean(scale_scores(given.take(part), scale)))]
        ],
    }


def as_told(count, n, *, percent):
    """A count exactly, or as a whole percentage of n: what a reader deduces of it."""
    if not percent:
        return [count, count]
    told = round(100 * count / n)
    fits = [c for c in range(n + 1) if round(100 * c / n) == told]
    return [fits[0], fits[-1]]

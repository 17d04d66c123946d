"""Displays finer than the rule allows, whatever the answers are."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLASS_NAMES = ("unfavourable", "neutral", "favourable", "none")
Json = Mapping[str, Any]


def badly_displayed(
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

"""Write answers.csv: 400 simulated people, 25 structures, five scales of 3 to 6 items, 4 % missing.

Run once; the file is committed so that R and Python read the same numbers.
"""

from pathlib import Path

import numpy as np

SCALES = {"a": 3, "b": 4, "c": 5, "d": 6, "e": 4}
LOADINGS = (0.9, 0.7, 0.55, 0.8, 0.35, 0.6)


def main() -> None:
    draw = np.random.default_rng(20261123)
    units = np.sort(draw.integers(1, 26, 400))
    climate = draw.normal(0, 0.4, 26)
    header = ["unit", "sex", "sector"]
    columns = [
        units,
        draw.choice(["f", "m"], 400, p=[0.68, 0.32]),
        draw.choice(["x", "y", "z"], 400, p=[0.5, 0.3, 0.2]),
    ]
    general = draw.normal(0, 1, 400)
    for scale, size in SCALES.items():
        factor = 0.5 * general + draw.normal(0, 0.8, 400) + climate[units]
        for item in range(size):
            latent = LOADINGS[item] * factor + draw.normal(0, 0.7, 400)
            codes = 1 + np.digitize(latent, [-1.1, -0.4, 0.3, 1.1])
            missing = draw.random(400) < 0.04
            header.append(f"{scale}{item + 1}")
            columns.append(np.where(missing, "NA", codes.astype(str)))
    rows = [",".join(header), *(",".join(map(str, row)) for row in zip(*columns, strict=True))]
    Path(__file__).with_name("answers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

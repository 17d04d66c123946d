"""Named paints and textures: a colour of the page on screen, a concrete one on paper.

A *paint* is the name of a design token. On screen it becomes a class that ``charts.css`` binds to a custom
property; on paper it becomes the light colour itself. A *texture* is drawn over a paint so that no meaning
hangs on colour alone.
"""

from dataclasses import asdict, dataclass
from typing import Final

from labqvt.foundation.design.tokens import DETERMINANTS, LIGHT

HUE_TEXTURES: Final = {hue.id: hue.pattern for hue in DETERMINANTS}


def hue_paint(hue: str) -> str:
    """Paint of a hue of the design tokens (``relations`` → ``det-relations``)."""
    if hue not in HUE_TEXTURES:
        raise ValueError(f"Teinte inconnue : « {hue} ». Teintes possibles : {', '.join(HUE_TEXTURES)}.")
    return f"det-{hue}"


PRINTED: Final = {name.replace("_", "-"): colour for name, colour in asdict(LIGHT).items()} | {
    f"det-{hue.id}": hue.light for hue in DETERMINANTS
}
# On paper the ground is the sheet itself: no ink is spent on a background.
PRINTED["paper"] = PRINTED["surface"] = LIGHT.surface


@dataclass(frozen=True, slots=True)
class Texture:
    """A square tile: marks over a ground.

    The paint is the ground, marked by the surface, unless ``ground`` is named: then the paint marks.
    """

    side: float
    marks: str
    filled: bool = False
    ground: str = ""


_DIAGONAL: Final = "M-1.5 1.5L1.5 -1.5M0 6L6 0M4.5 7.5L7.5 4.5"
TEXTURES: Final = {
    "dots": Texture(6, "M3 1.6a1.4 1.4 0 1 0 .01 0z", filled=True),
    "diagonal": Texture(6, _DIAGONAL),
    "horizontal": Texture(6, "M0 3H6"),
    "vertical": Texture(6, "M3 0V6"),
    "cross": Texture(7, "M0 3.5H7M3.5 0V7"),
    "chevron": Texture(8, "M0 6L4 2L8 6"),
    "unsaid": Texture(7, "M-1.75 5.25L1.75 8.75M0 0L7 7M5.25 -1.75L8.75 1.75", ground="surface"),
    "sparse": Texture(9, "M4.5 3a1.5 1.5 0 1 0 .01 0z", filled=True, ground="primary-soft"),
    "dense": Texture(6, _DIAGONAL, ground="primary-soft"),
}

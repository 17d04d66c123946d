"""Simulated answers: seeded, reproducible, plausible, and said to be simulated on every screen that shows them.

Each structure has its own level on each scale, each person leans away from it, each item adds its noise; the
opinion is then cut into the codes of the item. A few people prefer not to answer, a few leave a blank.
"""

from collections.abc import Iterator
from random import Random
from typing import Final

from labqvt_forms import Questionnaire, Variable

_REFUSAL: Final = 0.02
_BLANK: Final = 0.015
# Where opinions change code, for five codes; what a small structure of the social economy tends to say.
_CUTS: Final = (-1.4, -0.6, 0.15, 1.1)
_LEVELS: Final = {
    "relations": 0.75, "contenu": 0.45, "sante": 0.05, "competences": -0.1, "egalite": 0.5, "management": 0.25,
}  # fmt: skip


def simulate(form: Questionnaire, *, people: int, seed: str, lean: float = 0.0) -> Iterator[dict[str, str]]:
    """Give one sheet (item id to code) per person; ``lean`` shifts everybody: a direction sees things rosier."""
    random = Random(seed)  # noqa: S311 - simulated data must be reproducible, not secret
    levels = {s.id: _LEVELS.get(s.determinant or "", 0.2) + random.gauss(0, 0.45) + lean for s in form.scales}
    for _ in range(people):
        mood = random.gauss(0, 0.5)
        yield dict(_sheet(form, random, levels, mood))


def _sheet(
    form: Questionnaire, random: Random, levels: dict[str, float], mood: float
) -> Iterator[tuple[str, str]]:
    for variable in form.answer_variables:
        if variable.profile and variable.choices is not None:
            yield variable.id, random.choice(variable.choices.codes)
            continue
        scale = form.scale_of(variable.id)
        if scale is None or variable.choices is None:
            continue
        draw = random.random()
        if draw >= _BLANK + _REFUSAL or variable.choices.declining is None:
            yield variable.id, _code(variable, levels[scale.id] + mood + random.gauss(0, 0.7))
        elif draw >= _BLANK:
            yield variable.id, variable.choices.declining.code


def _code(variable: Variable, opinion: float) -> str:
    """The code of an opinion; an item turned the other way gets the mirrored one."""
    assert variable.choices is not None
    codes = variable.choices.codes
    rank = sum(opinion > cut for cut in _CUTS) * (len(codes) - 1) // len(_CUTS)
    return codes[-1 - rank] if variable.reverse else codes[rank]

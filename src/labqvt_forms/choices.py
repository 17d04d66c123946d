"""Answer choices: codes, labels, the value each brings to a score, the opinion it expresses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from labqvt_forms.errors import ModelError
from labqvt_forms.text import NO_TEXT, Text


class Role(StrEnum):
    """What ticking a choice means."""

    ANSWER = "answer"
    DECLINES = "declines"
    """« Je préfère ne pas répondre »: an act of the person, neither blank nor an answer."""
    ASIDE = "aside"
    """« Ne sait pas », « Sans objet »: an answer outside the scale, never in a score."""


class Opinion(StrEnum):
    """The three classes shown to readers."""

    UNFAVOURABLE = "unfavourable"
    NEUTRAL = "neutral"
    FAVOURABLE = "favourable"

    @property
    def reversed(self) -> Opinion:
        turned = {Opinion.UNFAVOURABLE: Opinion.FAVOURABLE, Opinion.FAVOURABLE: Opinion.UNFAVOURABLE}
        return turned.get(self, self)


DECLINED_CODE: Final = "-98"
"""How files and sheets of ours write a refusal where the list of choices has no code of its own for it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be ticked.

    ``value`` is what it brings to a score when the code does not say it; ``opinion`` the class declared by
    the author, before reversal; ``exclusive`` unticks the others of a multiple choice (« Aucun »).
    """

    code: str
    label: Text = NO_TEXT
    value: float | None = None
    role: Role = Role.ANSWER
    opinion: Opinion | None = None
    exclusive: bool = False

    def __post_init__(self) -> None:
        if not self.code or self.code != self.code.strip():
            raise ModelError(f"Le code de choix « {self.code} » est vide ou entouré d’espaces.")


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """Choices that one or several items share, in the order shown."""

    id: str
    choices: tuple[Choice, ...]

    def __post_init__(self) -> None:
        if not self.id:
            raise ModelError("Une liste de choix a besoin d’un identifiant.")
        if not self.choices:
            raise ModelError(f"La liste de choix « {self.id} » est vide : donnez au moins un choix.")
        seen: set[str] = set()
        for choice in self.choices:
            if choice.code in seen:
                raise ModelError(
                    f"La liste de choix « {self.id} » porte deux fois le code « {choice.code} »."
                )
            seen.add(choice.code)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the answers on the scale, in the order shown."""
        return tuple(choice.code for choice in self.choices if choice.role is Role.ANSWER)

    @property
    def declining(self) -> Choice | None:
        """The choice that says « je préfère ne pas répondre », if the list has one."""
        return next((choice for choice in self.choices if choice.role is Role.DECLINES), None)

    def get(self, code: str) -> Choice | None:
        """Return the choice of this code, if the list has it."""
        return next((choice for choice in self.choices if choice.code == code), None)

    def values(self) -> dict[str, float]:
        """What each code on the scale is worth: its declared value, else its number, else its rank from 1.

        Yes and no, in that order or the other, are worth 1 and 0.
        """
        return dict(_values(self))

    def opinions(self, *, reverse: bool = False) -> dict[str, Opinion]:
        """Class of each code on the scale, after reversal.

        As declared when every choice declares one; otherwise, by increasing value: the lowest two, the middle
        and the highest two of five codes, and thirds (by rank) of any other number of codes.
        """
        return dict(_opinions(self, reverse))


@lru_cache(maxsize=4096)
def _values(choices: ChoiceList) -> tuple[tuple[str, float], ...]:
    answers = [choice for choice in choices.choices if choice.role is Role.ANSWER]
    if all(choice.value is not None for choice in answers):
        return tuple((choice.code, float(choice.value or 0.0)) for choice in answers)
    try:
        return tuple((choice.code, _plain_number(choice.code)) for choice in answers)
    except ValueError:
        ranks = {choice.code: float(rank) for rank, choice in enumerate(answers, start=1)}
    said = {code: _YES_OR_NO.get(code.casefold()) for code in ranks}
    if sorted(map(str, said.values())) == ["0.0", "1.0"]:
        return tuple((code, value) for code, value in said.items() if value is not None)
    return tuple(ranks.items())


_YES_OR_NO = {"yes": 1.0, "oui": 1.0, "y": 1.0, "o": 1.0, "no": 0.0, "non": 0.0, "n": 0.0}


def _plain_number(code: str) -> float:
    """Read ``-2``, ``03`` or ``1.5``; refuse what float() would also take (``nan``, ``1e9``, ``1_0``)."""
    if not code.lstrip("-").replace(".", "", 1).isdecimal():
        raise ValueError(code)
    return float(code)


@lru_cache(maxsize=4096)
def _opinions(choices: ChoiceList, reverse: bool) -> tuple[tuple[str, Opinion], ...]:
    answers = [choice for choice in choices.choices if choice.role is Role.ANSWER]
    if answers and all(choice.opinion is not None for choice in answers):
        declared = [(choice.code, choice.opinion) for choice in answers if choice.opinion is not None]
        return tuple((code, opinion.reversed if reverse else opinion) for code, opinion in declared)
    values = dict(_values(choices))
    by_value = sorted(values, key=lambda code: -values[code] if reverse else values[code])
    return tuple((code, _third(rank, len(by_value))) for rank, code in enumerate(by_value))


def _third(rank: int, size: int) -> Opinion:
    """Class of the ``rank``-th (from 0) of ``size`` ordered codes."""
    if size == 5:
        return _FIVE[rank]
    # Compare the middle of the code's share with the thirds, in whole numbers: (rank + 1/2) / size.
    if 3 * (2 * rank + 1) < 2 * size:
        return Opinion.UNFAVOURABLE
    if 3 * (2 * rank + 1) > 4 * size:
        return Opinion.FAVOURABLE
    return Opinion.NEUTRAL


_FIVE = (
    Opinion.UNFAVOURABLE,
    Opinion.UNFAVOURABLE,
    Opinion.NEUTRAL,
    Opinion.FAVOURABLE,
    Opinion.FAVOURABLE,
)

"""The choice lists LimeSurvey builds into some types, with the codes its exports use."""

from __future__ import annotations

from labqvt_forms.choices import Choice, ChoiceList, Opinion
from labqvt_forms.text import Text

YES_NO = ChoiceList(
    "lime_yes_no",
    (
        Choice("Y", Text.of(fr="Oui", en="Yes"), 1.0, opinion=Opinion.FAVOURABLE),
        Choice("N", Text.of(fr="Non", en="No"), 0.0, opinion=Opinion.UNFAVOURABLE),
    ),
)
GENDER = ChoiceList(
    "lime_gender",
    (Choice("F", Text.of(fr="Féminin", en="Female")), Choice("M", Text.of(fr="Masculin", en="Male"))),
)


def points(number: int) -> ChoiceList:
    """Marks from 1 to ``number`` (types A and B)."""
    return ChoiceList(
        f"lime_points_{number}",
        tuple(Choice(str(mark), Text.of(fr=str(mark), en=str(mark))) for mark in range(1, number + 1)),
    )


ARRAYS = {
    "A": points(5),
    "B": points(10),
    "C": ChoiceList(
        "lime_yes_uncertain_no",
        (
            Choice("Y", Text.of(fr="Oui", en="Yes"), 3.0),
            Choice("U", Text.of(fr="Incertain", en="Uncertain"), 2.0),
            Choice("N", Text.of(fr="Non", en="No"), 1.0),
        ),
    ),
    "E": ChoiceList(
        "lime_increase",
        (
            Choice("I", Text.of(fr="Augmentation", en="Increase"), 3.0),
            Choice("S", Text.of(fr="Sans changement", en="Same"), 2.0),
            Choice("D", Text.of(fr="Diminution", en="Decrease"), 1.0),
        ),
    ),
}

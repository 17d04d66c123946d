"""Choices that are no answer on the scale, recognised by their words and their place."""

from __future__ import annotations

import pytest

from labqvt_forms import Choice, Role, Text
from labqvt_forms.roles import role_of, settled


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Je préfère ne pas répondre", Role.DECLINES),
        ("Ne souhaite pas répondre.", Role.DECLINES),
        ("Refus de répondre", Role.DECLINES),
        ("Prefer not to say", Role.DECLINES),
        ("I’d rather not answer", Role.DECLINES),
        ("Ne sait pas", Role.ASIDE),
        ("NSP", Role.ASIDE),
        ("Non concernée", Role.ASIDE),
        ("N/A", Role.ASIDE),
        ("Don’t know", Role.ASIDE),
        ("Plutôt d’accord", Role.ANSWER),
        ("DK", Role.ANSWER),
        ("Je ne sais pas gérer mon temps", Role.ANSWER),
        ("", Role.ANSWER),
    ],
)
def test_roles_are_read_from_the_words(label: str, role: Role) -> None:
    assert role_of(Text.of(fr=label)) is role


def test_no_opinion_in_the_middle_of_a_scale_is_on_the_scale() -> None:
    roles = (Role.ASIDE, Role.ANSWER, Role.ASIDE, Role.ANSWER, Role.ASIDE, Role.DECLINES)
    choices = [Choice(str(rank), role=role) for rank, role in enumerate(roles)]
    kept = (Role.ASIDE, Role.ANSWER, Role.ANSWER, Role.ANSWER, Role.ASIDE, Role.DECLINES)
    assert tuple(choice.role for choice in settled(choices)) == kept
    assert settled(choices, declared={"2"}) == tuple(choices)

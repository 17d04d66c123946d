"""A questionnaire as something to read: its pages, its sentences, its answers, in one language."""

from dataclasses import dataclass

from labqvt_forms import Questionnaire, Variable


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing asked: the words, and whether agreeing is unfavourable."""

    id: str
    words: str
    reverse: bool
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One theme of the questionnaire."""

    id: str
    title: str
    description: str
    sentences: tuple[Sentence, ...]


def pages_of(form: Questionnaire, language: str) -> list[Page]:
    """The themes of a questionnaire with what each asks."""
    sentences: dict[str, list[Sentence]] = {group.id: [] for group in form.groups}
    for variable in form.answer_variables:
        sentences[form.group_of(variable.item).id].append(_sentence(variable, language))
    return [
        Page(
            id=group.id, title=group.title.pick(language), description=group.description.pick(language),
            sentences=tuple(sentences[group.id]),
        )
        for group in form.groups
    ]  # fmt: skip


def _sentence(variable: Variable, language: str) -> Sentence:
    choices = variable.choices.choices if variable.choices else ()
    return Sentence(
        id=variable.id,
        words=variable.label.pick(language),
        reverse=variable.reverse,
        answers=tuple(choice.label.pick(language) or choice.code for choice in choices),
    )

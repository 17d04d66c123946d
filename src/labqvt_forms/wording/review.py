"""Everything the checker says about a questionnaire in one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Final

from labqvt_forms.checking import logic_findings
from labqvt_forms.findings import Finding, Remark, finding
from labqvt_forms.items import (
    FileUpload,
    Item,
    Kind,
    LanguageChoice,
    MultipleChoice,
    Question,
    Ranking,
    Rows,
    SingleChoice,
)
from labqvt_forms.languages import base_of
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.spots import WHOLE, Spot
from labqvt_forms.text import Text
from labqvt_forms.wording import english, french
from labqvt_forms.wording.lists import balance_of, overlapping, repeated
from labqvt_forms.wording.privacy import exact_job, identity, personal_opinion
from labqvt_forms.wording.profile import profile_findings, spot_of
from labqvt_forms.wording.reading import HARD_QUESTION, HARD_WHOLE, reading_ease
from labqvt_forms.wording.remarks import CHOICES, COMPLETENESS, PRIVACY, SENTENCES
from labqvt_forms.wording.terms import ACRONYMS, acronyms_of, explained_in, jargon_of
from labqvt_forms.wording.texts import asked, plain, sentences_of, told, words_of

MOST_WORDS: Final = 20
LONGEST_JUDGED: Final = 1000
"""Signs beyond which a label is no longer a question: the patterns stop there."""
SMALL_GROUP: Final = 30
"""People among whom a free text is easily recognised."""
SMALL_STRUCTURE: Final = 50
_JUDGES: Final[dict[str, ModuleType]] = {"fr": french, "en": english}
_KINDS: Final = ("double_barrelled", "leading", "absolute", "double_negation")
_WRITTEN: Final = (Kind.TEXT, Kind.TEXTS, Kind.DATE, Kind.NUMBER, Kind.NUMBERS)


def check(
    questionnaire: Questionnaire, *, language: str = "", headcount: int | None = None
) -> tuple[Finding, ...]:
    """Return all remarks about the texts in a language, the logic, the choices and what may be asked.

    Parameters
    ----------
    language
        The texts read and the language of the remarks: French for French, English for any other. The wording
        of sentences is judged in French and English only. The main language when empty.
    headcount
        How many people will be asked: without it, nothing is said that depends on their number.
    """
    review = _Review(questionnaire, language or questionnaire.language, headcount)
    return tuple(dict.fromkeys(review.findings()))


def refused_in_nominative(questionnaire: Questionnaire, language: str = "") -> tuple[Finding, ...]:
    """Return what a nominative questionnaire may not ask, whatever the declared nature of this one.

    Health of a person, opinion about a superior, satisfaction at work: errors, in all its languages.
    """
    speak = language or questionnaire.language
    found: list[Finding] = []
    for one in asked(questionnaire):
        # The words above the rows say what the rows are about.
        above = one.item.label if one.row is not None else Text()
        told_in = dict.fromkeys((*questionnaire.languages, *one.text.languages))
        texts = [f"{above.get(code) or ''} {one.text.get(code) or ''}" for code in told_in]
        for text in dict.fromkeys((*texts, *_answers_of(one.item, told_in))):
            if opinion := personal_opinion(text[:LONGEST_JUDGED]):
                found.append(finding(PRIVACY, opinion[0], one.spot, speak, words=opinion[1]))
                break
    return tuple(found)


def _answers_of(item: Item, languages: Iterable[str]) -> Iterator[str]:
    """What may be ticked: « Je suis souvent épuisé » is an opinion too, whatever the question says."""
    choices = getattr(item, "choices", None)
    for choice in choices.choices if choices is not None else ():
        yield from filter(None, (choice.label.get(code) for code in languages))


class _Review:
    def __init__(self, questionnaire: Questionnaire, language: str, headcount: int | None) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.headcount = headcount
        self.judge = _JUDGES.get(base_of(language))

    def said(self, remarks: dict[str, Remark], kind: str, spot: Spot, **holes: object) -> Finding:
        return finding(remarks, kind, spot, self.language, **holes)

    def findings(self) -> Iterator[Finding]:
        yield from logic_findings(self.questionnaire, self.language)
        yield from self.structure()
        yield from self.labels()
        yield from self.sentences()
        yield from self.terms()
        yield from self.choices()
        yield from self.privacy()
        if self.headcount is not None:
            yield from profile_findings(self.questionnaire, self.headcount, self.language)

    # What is missing

    def structure(self) -> Iterator[Finding]:
        if not self.questionnaire.items:
            yield self.said(COMPLETENESS, "no_question", WHOLE)
        if not self.questionnaire.title.get(self.language):
            yield self.missing(self.questionnaire.title, WHOLE, "missing_title")
        for group in self.questionnaire.groups:
            if not group.items:
                yield self.said(COMPLETENESS, "empty_group", Spot.group(group.id))
        for scale in self.questionnaire.scales:
            if not scale.items:
                yield self.said(COMPLETENESS, "empty_scale", Spot.scale(scale.id))

    def labels(self) -> Iterator[Finding]:
        seen: dict[tuple[str, object], str] = {}
        for spot, text, choices in self.labelled():
            words = text.get(self.language)
            if not words:
                yield self.missing(text, spot, "missing_label")
                continue
            known = seen.setdefault((plain(words), choices), spot.id)
            if choices is not None and known != spot.id:
                yield self.said(COMPLETENESS, "duplicate_label", spot, other=words)
        for spot, text in told(self.questionnaire):
            if text and not text.get(self.language) and spot is not WHOLE:
                yield self.said(COMPLETENESS, "missing_translation", spot, language=self.language)

    def missing(self, text: Text, spot: Spot, kind: str) -> Finding:
        if text:
            return self.said(COMPLETENESS, "missing_translation", spot, language=self.language)
        return self.said(COMPLETENESS, kind, spot)

    def labelled(self) -> Iterator[tuple[Spot, Text, object]]:
        """Yield the texts that must be there; the third part says what would make two of them the same question."""
        for item in self.questionnaire.items:
            if not isinstance(item, Question) or isinstance(item, LanguageChoice):
                if item.kind is Kind.NOTE:
                    yield Spot.item(item.id), item.label, None
                continue
            if not isinstance(item, Rows):
                yield (
                    Spot.item(item.id),
                    item.label,
                    (item.kind, getattr(item, "choices", None) and "choices"),
                )
                continue
            # A block may do without words above its rows.
            if item.label:
                yield Spot.item(item.id), item.label, None
            for row in item.rows:
                yield (
                    Spot.row(item.id, row.id),
                    row.label,
                    (item.kind, plain(item.label.get(self.language) or "")),
                )
        for choices in self.questionnaire.choice_lists:
            for choice in choices.choices:
                yield Spot.choice(choices.id, choice.code), choice.label, None

    # How it is said

    def sentences(self) -> Iterator[Finding]:
        everything: list[str] = []
        for one in asked(self.questionnaire):
            text = one.text.get(self.language) or ""
            everything.append(text)
            yield from self.judged(one.spot, text)
            yield from self.long(one.spot, text)
            score = reading_ease([text], self.language)
            if score is not None and score < HARD_QUESTION:
                yield self.said(SENTENCES, "hard_to_read", one.spot, score=max(0, round(score)))
        for spot, text_told in told(self.questionnaire):
            text = text_told.get(self.language) or ""
            everything.append(text)
            yield from self.long(spot, text)
        score = reading_ease(everything, self.language)
        if score is not None and score < HARD_WHOLE:
            yield self.said(SENTENCES, "whole_hard_to_read", WHOLE, score=max(0, round(score)))

    def judged(self, spot: Spot, text: str) -> Iterator[Finding]:
        if self.judge is None:
            return
        for sentence in sentences_of(text[:LONGEST_JUDGED]):
            for kind in _KINDS:
                if words := getattr(self.judge, kind)(sentence):
                    yield self.said(SENTENCES, kind, spot, words=words)

    def long(self, spot: Spot, text: str) -> Iterator[Finding]:
        for sentence in sentences_of(text):
            size = len(words_of(sentence))
            if size > MOST_WORDS:
                yield self.said(SENTENCES, "long_sentence", spot, words=size, most=MOST_WORDS)

    def terms(self) -> Iterator[Finding]:
        """Each unknown acronym once, at its first place; explained anywhere, it is known."""
        texts = [*told(self.questionnaire), *((one.spot, one.text) for one in asked(self.questionnaire))]
        known = {name for _, text in texts for name in explained_in(text.get(self.language) or "")}
        for spot, text in texts:
            words = text.get(self.language) or ""
            for acronym in acronyms_of(words):
                if acronym not in known:
                    known.add(acronym)
                    meaning = (
                        f" : {ACRONYMS[acronym]}" if acronym in ACRONYMS and self.judge is french else ""
                    )
                    yield self.said(SENTENCES, "acronym", spot, words=acronym, meaning=meaning)
            if word := jargon_of(words, self.language):
                yield self.said(SENTENCES, "jargon", spot, words=word)

    # What can be answered

    def choices(self) -> Iterator[Finding]:
        for choices in self.questionnaire.choice_lists:
            spot = Spot.list(choices.id)
            balance = balance_of(choices, self.language)
            if balance is not None and balance.against != balance.in_favour:
                sides = {"against": balance.against, "favour": balance.in_favour}
                yield self.said(CHOICES, "unbalanced_scale", spot, **sides)
            elif balance is not None and not balance.middle:
                yield self.said(CHOICES, "no_middle", spot, size=len(choices.codes))
            for one, other, number in overlapping(choices, self.language):
                labels = {"one": one.label.pick(self.language), "other": other.label.pick(self.language)}
                yield self.said(CHOICES, "overlapping_choices", spot, **labels, number=f"{number:g}")
            for choice, words in repeated(choices, self.language):
                place = Spot.choice(choices.id, choice.code)
                yield self.said(CHOICES, "duplicate_choice", place, words=words)
        for item in self.questionnaire.items:
            if isinstance(item, SingleChoice | MultipleChoice | Ranking) and _alone(item):
                yield self.said(CHOICES, "single_choice_alone", Spot.item(item.id))

    # What may be asked

    def privacy(self) -> Iterator[Finding]:
        if not self.questionnaire.anonymous:
            yield from refused_in_nominative(self.questionnaire, self.language)
            return
        for variable in self.questionnaire.answer_variables:
            if variable.profile and not variable.declinable:
                yield self.said(PRIVACY, "profile_without_refusal", spot_of(variable))
        for one in asked(self.questionnaire):
            text = one.text.get(self.language) or ""
            if one.item.kind in _WRITTEN:
                yield from self.identifying(one.spot, text)
            if isinstance(one.item, FileUpload):
                yield self.said(PRIVACY, "file_in_anonymous", one.spot)
            small = self.headcount is not None and self.headcount < SMALL_GROUP
            if small and one.item.kind in (Kind.TEXT, Kind.TEXTS):
                yield self.said(PRIVACY, "free_text_small_group", one.spot, headcount=self.headcount)

    def identifying(self, spot: Spot, text: str) -> Iterator[Finding]:
        text = text[:LONGEST_JUDGED]
        if words := identity(text):
            yield self.said(PRIVACY, "identity", spot, words=words)
        elif (words := exact_job(text)) and (self.headcount is None or self.headcount < SMALL_STRUCTURE):
            yield self.said(PRIVACY, "exact_job", spot, words=words)


def _alone(item: Item) -> bool:
    choices = getattr(item, "choices", None)
    return choices is not None and len(choices.choices) == 1 and not getattr(item, "other", False)

"""One SurveyJS question as an item."""

from __future__ import annotations

import re
from collections.abc import Callable

from labqvt_forms.formats.surveyjs.asking import TEXT_INPUTS, Asker, first_of, free_text, is_whole
from labqvt_forms.formats.surveyjs.document import Source, scalar
from labqvt_forms.formats.surveyjs.extension import completed
from labqvt_forms.formats.surveyjs.rules import Rules, rules_of, translated
from labqvt_forms.formats.surveyjs.tables import block, dual, several
from labqvt_forms.items import (
    Computed,
    Date,
    FileUpload,
    Item,
    MultipleChoice,
    Note,
    Number,
    Precision,
    Ranking,
    Rating,
    SingleChoice,
    YesNo,
)
from labqvt_forms.text import Text

PRECISIONS = {
    "date": Precision.DAY,
    "datetime": Precision.MINUTE,
    "datetime-local": Precision.MINUTE,
    "month": Precision.MONTH,
    "time": Precision.TIME,
}
INPUT_TYPES = {
    Precision.DAY: "date",
    Precision.MINUTE: "datetime-local",
    Precision.MONTH: "month",
    Precision.TIME: "time",
}
NUMERIC = frozenset({"number", "range"})


def items_of(ask: Asker, question: Source) -> tuple[Item, ...]:
    """Return the item of a question, or those of the columns of a table; the author is told of the unknown."""
    kind = question.word("type")
    rules = rules_of(question, ask.texts)
    build = BY_TYPE.get(kind)
    if build is None:
        listed = bool(question.parts("choices"))
        nearest = "une réponse dans sa liste" if listed else "un texte libre"
        ask.notice(question, f"type « {kind} » inconnu : devient {nearest}.")
        build = _single if listed else _comment
    found = build(ask, question, rules)
    items = found if isinstance(found, tuple) else (found,)
    ask.tell_lost(question, rules)
    return tuple(completed(item, question, ask.lists.by_id) for item in items)


def _single(ask: Asker, question: Source, rules: Rules) -> Item:
    choices = ask.lists.listed(question, ask.named(question).id)
    if choices is None:
        return _without_choices(ask, question, rules)
    rules.lose_patterns()
    return SingleChoice(
        **ask.asked(question, rules),
        choices=choices,
        dropdown=question.word("type") == "dropdown",
        other=question.flag("showOtherItem", "hasOther"),
        comment=question.flag("showCommentArea", "hasComment"),
        random_order=question.word("choicesOrder") == "random",
    )


def _multiple(ask: Asker, question: Source, rules: Rules) -> Item:
    named = ask.named(question)
    choices = ask.lists.listed(question, named.id, codes=named.codes)
    for written, code in named.codes.items():
        ask.notice(question, f"le code « {written} » contient une espace : devient « {code} ».")
    if choices is None:
        return _without_choices(ask, question, rules)
    rules.lose_patterns()
    least, most = question.whole("minSelectedChoices"), question.whole("maxSelectedChoices")
    return MultipleChoice(
        **ask.asked(question, rules),
        choices=choices,
        other=question.flag("showOtherItem", "hasOther"),
        comment=question.flag("showCommentArea", "hasComment"),
        least=least or rules.fewest,
        most=most or rules.many,
        random_order=question.word("choicesOrder") == "random",
    )


def _pictures(ask: Asker, question: Source, rules: Rules) -> Item:
    ask.notice(question, "les images des choix ne sont pas reprises.")
    return _multiple(ask, question, rules) if question.flag("multiSelect") else _single(ask, question, rules)


def _without_choices(ask: Asker, question: Source, rules: Rules) -> Item:
    ask.notice(question, "cette question n’a aucun choix connu : devient un texte libre.")
    return _comment(ask, question, rules)


def _yes_no(ask: Asker, question: Source, rules: Rules) -> Item:
    sides = []
    for value, label, code, usual in (
        ("valueTrue", "labelTrue", "true", Text.of(fr="Oui", en="Yes")),
        ("valueFalse", "labelFalse", "false", Text.of(fr="Non", en="No")),
    ):
        spoken = Text.of({language: words for language, words in usual if language in ask.texts.languages})
        words = ask.text(question, label) if label in question.raw else spoken or usual
        sides.append(Source({"value": question.word(value) or code, "text": dict(words.translations)}))
    choices = ask.lists.scale(question, sides, ask.named(question).id)
    rules.lose_patterns()
    if choices is None or len(choices.codes) != 2:
        return _without_choices(ask, question, rules)
    return YesNo(**ask.asked(question, rules), choices=choices)


def _text(ask: Asker, question: Source, rules: Rules) -> Item:
    kind = question.word("inputType")
    if kind in NUMERIC or (rules.numeric and kind in ("", "text")):
        rules.lose_patterns()
        for expression in ("minValueExpression", "maxValueExpression"):
            if question.word(expression):
                ask.notice(question, f"non repris : borne calculée ({question.word(expression)}).")
        return Number(
            **ask.asked(question, rules),
            integer=is_whole(question),
            least=first_of(question.number("min"), rules.least),
            most=first_of(question.number("max"), rules.most),
        )
    if kind in PRECISIONS:
        rules.lose_patterns()
        return Date(
            **ask.asked(question, rules),
            precision=PRECISIONS[kind],
            earliest=_bound(ask, question, "min", "minValueExpression"),
            latest=_bound(ask, question, "max", "maxValueExpression"),
        )
    if kind not in TEXT_INPUTS:
        ask.notice(question, f"saisie « {kind} » : devient un texte libre.")
    return free_text(ask, question, rules, long=False)


def _bound(ask: Asker, question: Source, name: str, expression: str) -> str:
    written = question.word(expression)
    if not written:
        return question.word(name)
    if written.replace(" ", "") in ("today()", "currentDate()"):
        return "today"
    ask.notice(question, f"non repris : borne calculée ({written}).")
    return question.word(name)


def _comment(ask: Asker, question: Source, rules: Rules) -> Item:
    return free_text(ask, question, rules, long=True)


def _rating(ask: Asker, question: Source, rules: Rules) -> Item:
    """A mark from a number to another; other marks are a choice among a list."""
    rules.lose_patterns()
    values = question.parts("rateValues")
    least, step = _or(question.whole("rateMin"), 1), _or(question.whole("rateStep"), 1)
    most = question.whole("rateMax")
    if most is None:
        most = least + (_or(question.whole("rateCount"), 5) - 1) * step
    marks = [scalar(mark.value("value")) for mark in values]
    if (
        marks
        and all(re.fullmatch(r"-?\d{1,6}", mark) for mark in marks)
        and not any(mark.value("text") for mark in values)
    ):
        least, most = int(marks[0]), int(marks[-1])
        step = max((most - least) // max(len(marks) - 1, 1), 1)
        marks = [] if marks == [str(mark) for mark in range(least, most + 1, step)] else marks
    if marks or step < 1 or most <= least or (most - least) // step > 100:
        choices = ask.lists.scale(question, values, ask.named(question).id)
        if choices is None:
            return _without_choices(ask, question, rules)
        return SingleChoice(**ask.asked(question, rules), choices=choices)
    return Rating(
        **ask.asked(question, rules),
        least=least,
        most=most,
        step=step,
        low_label=ask.text(question, "minRateDescription", "mininumRateDescription"),
        high_label=ask.text(question, "maxRateDescription", "maximumRateDescription"),
    )


def _or(number: int | None, usual: int) -> int:
    return usual if number is None else number


def _slider(ask: Asker, question: Source, rules: Rules) -> Item:
    rules.lose_patterns()
    least, most = question.number("min"), question.number("max")
    return Number(
        **ask.asked(question, rules),
        integer=is_whole(question),
        least=0.0 if least is None else least,
        most=100.0 if most is None else most,
    )


def _ranking(ask: Asker, question: Source, rules: Rules) -> Item:
    named = ask.named(question)
    rules.lose_patterns()
    choices = ask.lists.listed(question, named.id, codes=named.codes)
    if choices is None:
        return _without_choices(ask, question, rules)
    most = question.whole("maxSelectedChoices")
    return Ranking(**ask.asked(question, rules), choices=choices, most=most or rules.many)


def _computed(ask: Asker, question: Source, rules: Rules) -> Item:
    rules.lose_patterns()
    written = question.word("expression")
    formula = translated(written, ask.catalogue.names()) if written else None
    return Computed(**ask.common(question), formula=formula)


def _note(ask: Asker, question: Source, rules: Rules) -> Item:
    rules.lose_patterns()
    return Note(**ask.common(question, "html"))


def _image(ask: Asker, question: Source, rules: Rules) -> Item:
    ask.notice(question, "cette image n’est pas reprise : seul son texte l’est.")
    rules.lose_patterns()
    return Note(**ask.common(question, "altText", "title"))


def _file(ask: Asker, question: Source, rules: Rules) -> Item:
    rules.lose_patterns()
    kinds = re.split(r"[,;\s]+", question.word("acceptedTypes"))
    several = question.flag("allowMultiple")
    return FileUpload(
        **ask.asked(question, rules),
        accept=tuple(kind.strip(".").lower() for kind in kinds if kind.strip(".")),
        most=(question.whole("maxFiles") or None) if several else 1,
    )


def _signature(ask: Asker, question: Source, rules: Rules) -> Item:
    ask.notice(question, "une signature dessinée : devient un fichier à joindre.")
    return _file(ask, question, rules)


Built = Item | tuple[Item, ...]
BY_TYPE: dict[str, Callable[[Asker, Source, Rules], Built]] = {
    **dict.fromkeys(("radiogroup", "dropdown", "buttongroup"), _single),
    **dict.fromkeys(("checkbox", "tagbox"), _multiple),
    "imagepicker": _pictures,
    "boolean": _yes_no,
    "matrix": block,
    "matrixdropdown": dual,
    "multipletext": several,
    "text": _text,
    "comment": _comment,
    "rating": _rating,
    "slider": _slider,
    "ranking": _ranking,
    "expression": _computed,
    "html": _note,
    "image": _image,
    "file": _file,
    "signaturepad": _signature,
}

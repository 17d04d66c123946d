"""SurveyJS questions made of rows."""

from __future__ import annotations

from labqvt_forms.choices import ChoiceList
from labqvt_forms.formats.surveyjs.asking import TEXT_INPUTS, Asker, first_of, free_text, is_whole
from labqvt_forms.formats.surveyjs.catalogue import CHOSEN, column_names, is_dual
from labqvt_forms.formats.surveyjs.document import Source, scalar
from labqvt_forms.formats.surveyjs.extension import completed_row
from labqvt_forms.formats.surveyjs.pages import conditions_of
from labqvt_forms.formats.surveyjs.rules import Rules, joined, rules_of
from labqvt_forms.ids import id_from
from labqvt_forms.items import Block, DualBlock, FreeTexts, Item, Numbers, Row
from labqvt_forms.text import Text


def several(ask: Asker, question: Source, rules: Rules) -> Item:
    """Several short answers: numbers when all are."""
    parts = {part.word("name"): part for part in question.parts("items")}
    rows = _rows(ask, question, parts)
    if not rows:
        return _without_rows(ask, question, rules)
    rules.lose_patterns()
    ruled = [rules_of(part, ask.texts) for part in parts.values()]
    if any(part.patterns or part.expressions or part.ours for part in ruled):
        rules.lost.append("validation des lignes")
    if any(part.flag("isRequired") for part in parts.values()):
        rules.lost.append("ligne obligatoire")
    kinds = {
        "number" if told.numeric else part.word("inputType")
        for part, told in zip(parts.values(), ruled, strict=True)
    }
    if kinds != {"number"}:
        if kinds - TEXT_INPUTS:
            ask.notice(question, "des saisies de plusieurs genres : deviennent des textes libres.")
        return FreeTexts(**ask.asked(question, rules), rows=rows)
    bounds = {
        (first_of(part.number("min"), told.least), first_of(part.number("max"), told.most))
        for part, told in zip(parts.values(), ruled, strict=True)
    }
    least, most = bounds.pop() if len(bounds) == 1 else (None, None)
    if bounds:
        rules.lost.append("bornes propres à chaque ligne")
    integer = all(map(is_whole, parts.values()))
    return Numbers(**ask.asked(question, rules), rows=rows, integer=integer, least=least, most=most)


def block(ask: Asker, question: Source, rules: Rules) -> Item:
    """One scale for all lines."""
    rows = _rows(ask, question, _lines(question))
    choices = ask.lists.scale(question, question.parts("columns"), ask.named(question).id)
    if not rows or choices is None:
        return _without_rows(ask, question, rules)
    rules.lose_patterns()
    if question.word("cellType") == "checkbox":
        ask.notice(question, "plusieurs réponses par ligne : une seule est reprise.")
    return Block(**ask.asked(question, rules), rows=rows, choices=choices, random_order=_shuffled(question))


def dual(ask: Asker, question: Source, rules: Rules) -> Item | tuple[Item, ...]:
    """Two scales side by side; another table becomes one item per column."""
    rows = _rows(ask, question, _lines(question))
    columns = question.parts("columns")
    if not rows or not columns:
        return _without_rows(ask, question, rules)
    rules.lose_patterns()
    if not is_dual(question):
        return _apart(ask, question, rules, rows)
    first, second = (_scale_of(ask, question, column, number) for number, column in enumerate(columns))
    if first is None or second is None:
        return _apart(ask, question, rules, rows)
    first_label, second_label = (_words(ask, question, column, column.word("name")) for column in columns)
    return DualBlock(
        **ask.asked(question, rules),
        rows=rows,
        first=first,
        second=second,
        first_label=first_label,
        second_label=second_label,
        random_order=_shuffled(question),
    )


def _apart(ask: Asker, question: Source, rules: Rules, rows: tuple[Row, ...]) -> tuple[Item, ...]:
    """Give each column of a table its own item."""
    ask.notice(question, "tableau à colonnes de plusieurs genres : un item par colonne.")
    asked, named = ask.asked(question, rules), ask.named(question)
    items: list[Item] = []
    for number, (name, column) in enumerate(
        zip(column_names(question), question.parts("columns"), strict=True)
    ):
        kind = column.word("cellType") or question.word("cellType") or "dropdown"
        if kind == "expression":
            rules.lost.append(f"colonne calculée « {name} »")
            continue
        asked["id"] = ask.catalogue.free(id_from(f"{named.id}_{name}"))
        words = _words(ask, question, column, name)
        own = [
            Row(id=named.cells[value, name], label=_joined(row.label, words), relevant=row.relevant)
            for value, row in zip(named.rows, rows, strict=True)
        ]
        choices = _scale_of(ask, question, column, number)
        if choices is not None and kind in CHOSEN | {"default", "checkbox", "tagbox", "ranking"}:
            if kind in ("checkbox", "tagbox", "ranking"):
                ask.notice(question, f"plusieurs réponses dans « {name} » : une seule est reprise.")
            items.append(Block(**asked, rows=tuple(own), choices=choices))
        elif column.word("inputType") == "number":
            least, most = column.number("min"), column.number("max")
            items.append(Numbers(**asked, rows=tuple(own), integer=is_whole(column), least=least, most=most))
        else:
            items.append(FreeTexts(**asked, rows=tuple(own)))
    return tuple(items)


def _without_rows(ask: Asker, question: Source, rules: Rules) -> Item:
    ask.notice(question, "ce tableau n’a aucune ligne fixe : devient un texte libre.")
    return free_text(ask, question, rules, long=True)


def _lines(question: Source) -> dict[str, Source]:
    return {scalar(row.value("value")): row for row in question.parts("rows")}


def _rows(ask: Asker, question: Source, sources: dict[str, Source]) -> tuple[Row, ...]:
    """Return the lines of a table, each with its own condition and that of all lines."""
    named = ask.named(question)
    rows = []
    for value, source in sources.items():
        names = ask.catalogue.names(fixed={"item": value, "row": value, "rowValue": value})
        conditions = (question.word("rowsVisibleIf"), *conditions_of(source))
        row = Row(
            id=named.rows[value],
            label=_words(ask, question, source, value),
            relevant=joined(conditions, names),
        )
        rows.append(completed_row(row, question, value))
    return tuple(rows)


def _words(ask: Asker, question: Source, source: Source, usual: str) -> Text:
    """Text of a line or column: its name when it says none, as SurveyJS shows it."""
    said = source.raw.keys() & {"text", "title"}
    return ask.texts.text(
        source.value("text", "title") if said else usual, f"question {ask.named(question).id}"
    )


def _joined(row: Text, column: Text) -> Text:
    return Text.of({language: f"{words} – {column.pick(language)}" for language, words in row}) or column


def _scale_of(ask: Asker, question: Source, column: Source, number: int) -> ChoiceList | None:
    sources = column.parts("choices") or question.parts("choices")
    return ask.lists.scale(question, sources, f"{ask.named(question).id}_{number + 1}", number)


def _shuffled(question: Source) -> bool:
    return question.word("rowOrder", "rowsOrder") == "random"

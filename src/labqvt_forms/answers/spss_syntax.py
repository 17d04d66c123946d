"""The SPSS syntax beside a .sav: labels, missing values, levels, multiple-response sets, scores of scales."""

from __future__ import annotations

from collections.abc import Iterator

from labqvt_forms.answers.dictionary import measure
from labqvt_forms.answers.layout import Field, Shape
from labqvt_forms.answers.sheet import AnswerSheet
from labqvt_forms.answers.spss_codes import LONGEST_LABEL, LONGEST_VALUE_LABEL, SpssWords, cut, is_numeric
from labqvt_forms.items import Number, Numbers
from labqvt_forms.questionnaire import Scale
from labqvt_forms.scoring import item_share

_LEVELS = {"nominal": "NOMINAL", "ordinal": "ORDINAL", "scale": "SCALE", "": "NOMINAL"}


def syntax(sheet: AnswerSheet, words: SpssWords, file: str) -> str:
    """Return commands that SPSS and PSPP run as they are."""
    lines = [
        "* Écrit par Lab’QVT. À lancer depuis le dossier du fichier .sav.",
        f"GET FILE={_quoted(file)}.",
        "",
        *_variable_labels(sheet),
        *_value_labels(sheet, words),
        *_missing(sheet, words),
        *_levels(sheet),
        *_sets(sheet),
        *_scores(sheet, words),
        "EXECUTE.",
    ]
    return "\r\n".join(lines) + "\r\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _variable_labels(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        if label := cut(field.label(sheet.language), LONGEST_LABEL):
            yield f"VARIABLE LABELS {field.name} {_quoted(label)}."


def _value_labels(sheet: AnswerSheet, words: SpssWords) -> Iterator[str]:
    for field in sheet.fields:
        if is_numeric(field) and (labels := words.coded[field.variable.id].labels):
            yield f"VALUE LABELS {field.name}"
            shown = [
                f"  {number} {_quoted(cut(label, LONGEST_VALUE_LABEL))}" for number, label in labels.items()
            ]
            yield from shown[:-1]
            yield f"{shown[-1]}."


def _missing(sheet: AnswerSheet, words: SpssWords) -> Iterator[str]:
    for field in sheet.fields:
        if is_numeric(field) and (missing := words.coded[field.variable.id].missing):
            yield f"MISSING VALUES {field.name} ({', '.join(missing)})."


def _levels(sheet: AnswerSheet) -> Iterator[str]:
    for field in sheet.fields:
        yield f"VARIABLE LEVEL {field.name} ({_LEVELS[measure(field)]})."


def _sets(sheet: AnswerSheet) -> Iterator[str]:
    """One multiple-response set per multiple choice: the writer of .sav files has no word for them."""
    by_variable: dict[str, list[Field]] = {}
    for field in sheet.fields:
        if field.shape is Shape.OPTION:
            by_variable.setdefault(field.variable.id, []).append(field)
    for options in by_variable.values():
        if len(options) > 1:
            first = options[0]
            label = cut(first.variable.item.label.pick(sheet.language) or first.variable.id, LONGEST_LABEL)
            name = first.name.removesuffix(f"_{first.part}")[:60]
            yield f"MRSETS /MDGROUP NAME=${name} LABEL={_quoted(label)}"
            yield f"  CATEGORYLABELS=VARLABELS VARIABLES={' '.join(field.name for field in options)} VALUE=1."


def _scores(sheet: AnswerSheet, words: SpssWords) -> Iterator[str]:
    """Score each scale as Lab’QVT does: every item as a share of its range, reversed where asked, then the mean."""
    taken = {field.name.casefold() for field in sheet.fields}
    columns = {field.variable.id: field for field in sheet.fields if field.shape is Shape.WHOLE}
    for number, scale in enumerate(sheet.prepared.questionnaire.scales, start=1):
        shares = []
        commands = []
        for rank, id_ in enumerate(scale.items, start=1):
            field = columns.get(id_)
            if field is not None and (command := _share(field, f"#part{number}_{rank}", words)):
                shares.append(f"#part{number}_{rank}")
                commands.append(command)
        if not shares:
            continue
        name = f"score_{number}"
        while name in taken:
            name += "_"
        yield f"* Score « {scale.id} » : {_rule(scale)}"
        yield from commands
        low, high = scale.range
        least = max(scale.least_answered, 1)
        if least <= len(shares):
            yield f"COMPUTE {name} = {low:g} + {high - low:g} * MEAN.{least}({', '.join(shares)})."
            label = cut(f"Score {scale.label.pick(sheet.language) or scale.id}", LONGEST_LABEL)
            yield f"VARIABLE LABELS {name} {_quoted(label)}."
            yield f"VARIABLE LEVEL {name} (SCALE)."


def _rule(scale: Scale) -> str:
    return f"au moins {scale.least_answered} réponses sur {len(scale.items)}, de {scale.range[0]:g} à {scale.range[1]:g}."


def _share(field: Field, name: str, words: SpssWords) -> str:
    """Command that brings an item to 0-1; empty when the item has no range."""
    variable = field.variable
    if variable.choices is not None:
        codes = words.coded[variable.id].codes
        known = {code: item_share(variable, code) for code in codes}
        pairs = "".join(
            f" ({codes[code]}={share:.15g})" for code, share in known.items() if share is not None
        )
        return f"RECODE {field.name}{pairs} (ELSE=SYSMIS) INTO {name}." if pairs else ""
    item = variable.item
    if not isinstance(item, Number | Numbers) or item.least is None or item.most is None:
        return ""
    if item.least >= item.most:
        return ""
    return (
        f"DO IF RANGE({field.name}, {item.least:g}, {item.most:g}).\r\n"
        f"COMPUTE {name} = ({field.name} - ({item.least:g})) / ({item.most - item.least:g}).\r\n"
        f"ELSE.\r\nCOMPUTE {name} = $SYSMIS.\r\nEND IF."
    )

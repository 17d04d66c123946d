"""Our own JSON, schema ``labqvt/questionnaire/1``: everything the model says, nothing lost.

The document mirrors the model: the fields of each class by name, left out when they hold their default;
``kind`` names the class of an item; a text is an object by language; a choice list is written once under
``choice_lists`` and cited by its id; a formula is a string in the XPath subset, or ``{"text", "dialect"}``.
The published JSON Schema is ``labqvt_forms/schema/questionnaire-1.schema.json``.
"""

from __future__ import annotations

import json
import math
import types
from dataclasses import MISSING, Field, fields, replace
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import Place, QuestionnaireError, placed
from labqvt_forms.items import ITEM_CLASSES, Item
from labqvt_forms.logic import Dialect, Formula
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.text import Text

Value = TypeVar("Value")
SCHEMA = "labqvt/questionnaire/1"
JSON_TYPES: dict[type, tuple[type | tuple[type, ...], str]] = {
    str: (str, "un texte entre guillemets"),
    bool: (bool, "true ou false"),
    int: (int, "un nombre entier"),
    float: ((int, float), "un nombre"),
}


def to_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the document as plain dicts and lists, ready for json.dumps."""
    lists = [_encode_object(choices) for choices in questionnaire.choice_lists]
    return {"schema": SCHEMA, **_encode_object(questionnaire), **({"choice_lists": lists} if lists else {})}


def dumps(questionnaire: Questionnaire) -> str:
    return json.dumps(to_json(questionnaire), ensure_ascii=False, indent=1) + "\n"


def loads(text: str, *, file: str = "") -> Questionnaire:
    """Read a document; a refusal names the key that is wrong (``groups[2].items[0].choices``)."""
    with placed(Place(file=file)):
        return from_json(parsed(text))


def parsed(text: str) -> object:
    """Return the content of a JSON text, or say that it is not one."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise QuestionnaireError(f"ce n’est pas du JSON lisible ({error}).") from error


def from_json(document: object, *, key: str = "") -> Questionnaire:
    """Read a document already parsed; ``key`` is where it stands in a larger one."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        place = Place(key=_join(key, "schema"))
        raise QuestionnaireError(f"la clé « schema » doit valoir « {SCHEMA} ».", place)
    lists_key = _join(key, "choice_lists")
    lists = _decode(document.get("choice_lists", []), tuple[ChoiceList, ...], lists_key, {})
    by_id: dict[str, ChoiceList] = {}
    for choices in lists:
        if choices.id in by_id:
            raise QuestionnaireError(
                f"la liste de choix « {choices.id} » est décrite deux fois.", Place(key=lists_key)
            )
        by_id[choices.id] = choices
    body = {name: value for name, value in document.items() if name not in ("schema", "choice_lists")}
    questionnaire = _decode_object(body, Questionnaire, key, by_id)
    assert isinstance(questionnaire, Questionnaire)
    return questionnaire


# Writing


def _encode(value: Any) -> Any:
    match value:
        case Text():
            encoded: Any = dict(value.translations)
        case Formula(text=text, dialect=Dialect.XPATH):
            encoded = text
        case ChoiceList(id=id_):
            encoded = id_
        case Questionnaire():
            encoded = to_json(value)
        case Enum():
            encoded = value.value
        case tuple():
            encoded = [_encode(part) for part in value]
        case None | str() | int() | float():
            encoded = value
        case _:
            encoded = _encode_object(value)
    return encoded


def _encode_object(value: Any) -> dict[str, Any]:
    written = {"kind": value.kind.value} if isinstance(value, Item) else {}
    for field in written_fields(value.__class__):
        part = getattr(value, field.name)
        if field.default is MISSING or part != field.default:
            written[field.name] = _encode(part)
    return written


@cache
def written_fields(cls: Any) -> tuple[Field[Any], ...]:
    return tuple(field for field in fields(cls) if field.init)


@cache
def field_types(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


# Reading: the type of each field says how its JSON is read.


def _decode(value: Any, wanted: Any, key: str, lists: dict[str, ChoiceList]) -> Any:
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        return _decode_union(value, get_args(wanted), key, lists)
    if origin is tuple:
        return _decode_tuple(value, get_args(wanted), key, lists)
    if wanted in JSON_TYPES:
        return _decode_plain(value, wanted, key)
    if origin is Literal or issubclass(wanted, Enum):
        return _decode_word(value, wanted, key)
    return _decode_value_object(value, wanted, key, lists)


def _decode_word(value: Any, wanted: Any, key: str) -> Any:
    literal = get_origin(wanted) is Literal
    words = get_args(wanted) if literal else [member.value for member in wanted]
    if value not in words:
        raise _wrong(key, value, "l’un de " + ", ".join(words))
    return value if literal else wanted(value)


def _decode_value_object(value: Any, wanted: type, key: str, lists: dict[str, ChoiceList]) -> Any:
    if wanted is ChoiceList and isinstance(value, str):
        if value in lists:
            return lists[value]
        raise QuestionnaireError(
            f"la liste de choix « {value} » n’est pas dans « choice_lists ».", Place(key=key)
        )
    if wanted is Questionnaire:
        return from_json(value, key=key)
    if wanted is Formula and isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise _wrong(key, value, "un objet entre accolades")
    if wanted is Text:
        words = {language: _decode_plain(text, str, f"{key}.{language}") for language, text in value.items()}
        return Text.of(words)
    if wanted is Item:
        value = dict(value)
        kind = value.pop("kind", None)
        wanted = next((cls for cls in ITEM_CLASSES if cls.kind == kind), Item)
        if wanted is Item:
            raise _wrong(f"{key}.kind", kind, "l’un de " + ", ".join(cls.kind for cls in ITEM_CLASSES))
    return _decode_object(value, wanted, key, lists)


def _decode_object(value: dict[str, Any], cls: type, key: str, lists: dict[str, ChoiceList]) -> Any:
    hints = field_types(cls)
    known = {field.name: field for field in written_fields(cls)}
    for name in value:
        if name not in known:
            raise QuestionnaireError("clé inconnue : corrigez-la ou retirez-la.", Place(key=_join(key, name)))
    arguments = {name: _decode(part, hints[name], _join(key, name), lists) for name, part in value.items()}
    for name, field in known.items():
        if field.default is MISSING and name not in arguments:
            raise QuestionnaireError("clé absente : ajoutez-la.", Place(key=_join(key, name)))
    with placed(Place(key=key)):
        return cls(**arguments)


def _decode_union(value: Any, options: tuple[Any, ...], key: str, lists: dict[str, ChoiceList]) -> Any:
    if value is None and type(None) in options:
        return None
    refused: QuestionnaireError | None = None
    for option in options:
        if option is type(None):
            continue
        try:
            return _decode(value, option, key, lists)
        except QuestionnaireError as error:
            refused = error
    assert refused is not None
    raise refused


def _decode_tuple(value: Any, options: tuple[Any, ...], key: str, lists: dict[str, ChoiceList]) -> Any:
    if not isinstance(value, list):
        raise _wrong(key, value, "une liste entre crochets")
    if options[-1] is not Ellipsis and len(value) != len(options):
        raise _wrong(key, value, f"une liste de {len(options)} valeurs")
    return tuple(_decode(part, options[0], f"{key}[{rank}]", lists) for rank, part in enumerate(value))


def _decode_plain(value: Any, wanted: Any, key: str) -> Any:
    accepted, words = JSON_TYPES[wanted]
    readable: Any = value
    if not isinstance(value, accepted) or (isinstance(value, bool) and wanted is not bool):
        raise _wrong(key, value, words)
    if wanted is not float:
        return value
    number = float(readable)
    if not math.isfinite(number):
        raise _wrong(key, value, words)
    return number


def _wrong(key: str, value: Any, expected: str) -> QuestionnaireError:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return QuestionnaireError(f"trouvé {shown}, attendu {expected}.", Place(key=key))


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


# Parts of a document, for formats that carry beside their own columns what they cannot say.


def differing_fields(ours: Any, theirs: Any) -> dict[str, Any]:
    """Return, encoded, the fields of ``ours`` that ``theirs``, of the same class, does not have."""
    return {
        field.name: _encode(value)
        for field in written_fields(ours.__class__)
        if (value := getattr(ours, field.name)) != getattr(theirs, field.name)
    }


def encode_object(value: Any) -> dict[str, Any]:
    """Return a value class as the JSON of this module writes it."""
    return _encode_object(value)


def decode_object(document: dict[str, Any], cls: type[Value]) -> Value:
    """Read a value class outside the questionnaire (a pack); refusals name the key."""
    value = _decode_object(document, cls, "", {})
    assert isinstance(value, cls)
    return value


def encode_item(item: Item) -> dict[str, Any]:
    return _encode_object(item)


def decode_item(document: dict[str, Any], lists: dict[str, ChoiceList]) -> Item:
    item = _decode(document, Item, "", lists)
    assert isinstance(item, Item)
    return item


def with_fields(value: Value, written: dict[str, Any], lists: dict[str, ChoiceList]) -> Value:
    """Return ``value`` with the fields that ``differing_fields`` told."""
    cls: Any = type(value)
    hints = field_types(cls)
    known = {field.name for field in written_fields(cls)}
    if unknown := set(written) - known:
        raise QuestionnaireError("clé inconnue : retirez-la.", Place(key=min(unknown)))
    fields = {name: _decode(part, hints[name], name, lists) for name, part in written.items()}
    return replace(value, **fields)  # type: ignore[type-var]  # every class of the model is a dataclass

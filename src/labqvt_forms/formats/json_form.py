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
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, replace
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from labqvt_forms.choices import ChoiceList
from labqvt_forms.errors import Place, QuestionnaireError, placed
from labqvt_forms.intake import json_content
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


def dumps(questionnaire: Questionnaire, *, compact: bool = False) -> str:
    """Write the document to be read by people, or on one line where speed counts."""
    if compact:
        return json.dumps(to_json(questionnaire), ensure_ascii=False, separators=(",", ":"))
    return json.dumps(to_json(questionnaire), ensure_ascii=False, indent=1) + "\n"


def loads(text: str, *, file: str = "") -> Questionnaire:
    """Read a document; a refusal names the key that is wrong (``groups[2].items[0].choices``)."""
    with placed(Place(file=file)):
        return from_json(parsed(text))


def parsed(text: str) -> object:
    """Return the content of a JSON text, or say that it is not one."""
    return json_content(text)


def from_json(document: object) -> Questionnaire:
    """Read the document already parsed; QuestionnaireError names the key that is wrong."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise QuestionnaireError(f"la clé « schema » doit valoir « {SCHEMA} ».", Place(key="schema"))
    lists = _decode(document.get("choice_lists", []), tuple[ChoiceList, ...], "choice_lists", {})
    by_id: dict[str, ChoiceList] = {}
    for choices in lists:
        if choices.id in by_id:
            raise QuestionnaireError(
                f"la liste de choix « {choices.id} » est décrite deux fois.", Place(key="choice_lists")
            )
        by_id[choices.id] = choices
    body = {key: value for key, value in document.items() if key not in ("schema", "choice_lists")}
    questionnaire = _decode_object(body, Questionnaire, by_id)
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
        case Enum():
            encoded = value.value
        case Questionnaire():
            encoded = to_json(value)
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


# Reading: the type of each field says how its JSON is read. Refusals are raised where they are seen, and each
# level adds its key on the way out: a document that is right never has its keys spelled.

Lists = dict[str, ChoiceList]
Decoder = Callable[[Any, Lists], Any]


def _decode(value: Any, wanted: Any, key: str, lists: Lists) -> Any:
    try:
        return _decoder(wanted)(value, lists)
    except QuestionnaireError as error:
        raise _under(key, error) from None


def _decode_object(value: dict[str, Any], cls: Any, lists: Lists) -> Any:
    known, required = _field_decoders(cls)
    arguments = {}
    for name, part in value.items():
        if name not in known:
            raise QuestionnaireError("clé inconnue : corrigez-la ou retirez-la.", Place(key=name))
        try:
            arguments[name] = known[name](part, lists)
        except QuestionnaireError as error:
            raise _under(name, error) from None
    for name in required:
        if name not in arguments:
            raise QuestionnaireError("clé absente : ajoutez-la.", Place(key=name))
    return cls(**arguments)


@cache
def _field_decoders(cls: Any) -> tuple[dict[str, Decoder], tuple[str, ...]]:
    hints = field_types(cls)
    decoders = {field.name: _decoder(hints[field.name]) for field in written_fields(cls)}
    return decoders, tuple(field.name for field in written_fields(cls) if field.default is MISSING)


@cache
def _decoder(wanted: Any) -> Decoder:
    """Return how a value of this type is read."""
    origin, options = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _union_decoder(options)
    if origin is tuple:
        return _tuple_decoder(options)
    if wanted in JSON_TYPES:
        return _plain_decoder(wanted)
    if origin is Literal or issubclass(wanted, Enum):
        return _word_decoder(wanted, literal=origin is Literal)
    decoders: dict[Any, Decoder] = {
        Text: _decode_text,
        Item: _decode_item,
        Formula: _decode_formula,
        ChoiceList: _decode_list,
        Questionnaire: lambda value, _: from_json(value),
    }
    return decoders.get(wanted) or _object_decoder(wanted)


def _object_decoder(cls: Any) -> Decoder:
    return lambda value, lists: _decode_object(_braces(value), cls, lists)


def _braces(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, "un objet entre accolades")
    return value


def _decode_text(value: Any, lists: Lists) -> Text:
    written = sorted(_braces(value).items())
    for language, words in written:
        if not isinstance(words, str):
            raise _under(language, _wrong(words, JSON_TYPES[str][1]))
    return Text(tuple([pair for pair in written if pair[1]]))


def _decode_formula(value: Any, lists: Lists) -> Any:
    return Formula(value) if isinstance(value, str) else _decode_object(_braces(value), Formula, lists)


def _decode_list(value: Any, lists: Lists) -> Any:
    if not isinstance(value, str):
        return _decode_object(_braces(value), ChoiceList, lists)
    if value not in lists:
        raise QuestionnaireError(f"la liste de choix « {value} » n’est pas dans « choice_lists ».")
    return lists[value]


def _decode_item(value: Any, lists: Lists) -> Any:
    body = dict(_braces(value))
    kind = body.pop("kind", None)
    cls = _BY_KIND.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise _under("kind", _wrong(kind, "l’un de " + ", ".join(_BY_KIND)))
    return _decode_object(body, cls, lists)


_BY_KIND: dict[str, Any] = {cls.kind.value: cls for cls in ITEM_CLASSES}


def _word_decoder(wanted: Any, *, literal: bool) -> Decoder:
    words = get_args(wanted) if literal else [member.value for member in wanted]

    def decode(value: Any, lists: Lists) -> Any:
        if value not in words:
            raise _wrong(value, "l’un de " + ", ".join(words))
        return value if literal else wanted(value)

    return decode


def _union_decoder(options: tuple[Any, ...]) -> Decoder:
    decoders = [_decoder(option) for option in options if option is not type(None)]
    nothing = type(None) in options

    def decode(value: Any, lists: Lists) -> Any:
        if value is None and nothing:
            return None
        for decoder in decoders[:-1]:
            try:
                return decoder(value, lists)
            except QuestionnaireError:
                continue
        return decoders[-1](value, lists)

    return decode


def _tuple_decoder(options: tuple[Any, ...]) -> Decoder:
    decoder, size = _decoder(options[0]), None if options[-1] is Ellipsis else len(options)

    def decode(value: Any, lists: Lists) -> Any:
        if not isinstance(value, list):
            raise _wrong(value, "une liste entre crochets")
        if size is not None and len(value) != size:
            raise _wrong(value, f"une liste de {size} valeurs")
        decoded = []
        for part in value:
            try:
                decoded.append(decoder(part, lists))
            except QuestionnaireError as error:
                raise _under(f"[{len(decoded)}]", error) from None
        return tuple(decoded)

    return decode


def _plain_decoder(wanted: Any) -> Decoder:
    accepted, words = JSON_TYPES[wanted]

    def decode(value: Any, lists: Lists) -> Any:
        readable: Any = value
        if not isinstance(value, accepted) or (isinstance(value, bool) and wanted is not bool):
            raise _wrong(value, words)
        if wanted is not float:
            return value
        if not math.isfinite(number := float(readable)):
            raise _wrong(value, words)
        return number

    return decode


def _wrong(value: Any, expected: str) -> QuestionnaireError:
    shown = json.dumps(value, ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    return QuestionnaireError(f"trouvé {shown}, attendu {expected}.")


def _under(key: str, error: QuestionnaireError) -> QuestionnaireError:
    """Put the key of what holds it before the place of a refusal: ``groups`` + ``[2].id``."""
    inner = error.place.key
    joint = "." if key and inner and not inner.startswith("[") else ""
    error.place = replace(error.place, key=f"{key}{joint}{inner}")
    return error


# Parts of a document, for formats that carry beside their own columns what they cannot say.


def differing_fields(ours: Any, theirs: Any) -> dict[str, Any]:
    """Return, encoded, the fields of ``ours`` that ``theirs``, of the same class, does not have."""
    return {
        field.name: _encode(value)
        for field in written_fields(ours.__class__)
        if (value := getattr(ours, field.name)) != getattr(theirs, field.name)
    }


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


def encode_object(value: Any) -> dict[str, Any]:
    """Return a value class as the JSON of this module writes it."""
    return _encode_object(value)


def decode_object(document: dict[str, Any], cls: type[Value]) -> Value:
    """Read a value class outside the questionnaire (a pack); refusals name the key."""
    value = _decode_object(document, cls, {})
    assert isinstance(value, cls)
    return value

"""The published JSON Schema of our JSON, drawn from the value classes so that it cannot drift."""

from __future__ import annotations

import types
from dataclasses import MISSING
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from labqvt_forms.choices import ChoiceList
from labqvt_forms.formats.json_form import SCHEMA, field_types, written_fields
from labqvt_forms.items import ITEM_CLASSES, Item
from labqvt_forms.logic import Formula
from labqvt_forms.questionnaire import Questionnaire

TEXT = {
    "description": "Texte par code de langue.",
    "type": "object",
    "additionalProperties": {"type": "string"},
}
PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``labqvt/questionnaire/1``."""
    definitions: dict[str, Any] = {"Text": TEXT}
    lists = {"type": "array", "items": _reference(ChoiceList, definitions)}
    return document_schema(Questionnaire, SCHEMA, {"choice_lists": lists}, definitions)


def document_schema(
    cls: type, name: str, beside: dict[str, Any], definitions: dict[str, Any]
) -> dict[str, Any]:
    """Draw the schema of a whole document: the fields of ``cls``, its name, and properties ``beside``."""
    document = _object(cls, definitions)
    document["properties"] = {"schema": {"const": name}, **beside, **document["properties"]}
    document["required"] = ["schema", *document["required"]]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _urn(name),
        "title": cls.__name__,
        **document,
        "$defs": dict(sorted(definitions.items())),
    }


def _urn(name: str) -> str:
    return f"urn:{name.replace('/', ':')}"


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = field_types(cls)
    fields = written_fields(cls)
    properties = {field.name: _property(hints[field.name], definitions) for field in fields}
    required = [field.name for field in fields if field.default is MISSING]
    if issubclass(cls, Item):
        properties = {"kind": {"const": cls.kind.value}, **properties}
        required = ["kind", *required]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _property(wanted: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        schema: dict[str, Any] = {"anyOf": [_property(option, definitions) for option in arguments]}
    elif origin is Literal:
        schema = {"enum": list(arguments)}
    elif origin is tuple:
        schema = {"type": "array", "items": _property(arguments[0], definitions)}
        if arguments[-1] is not Ellipsis:
            schema |= {"minItems": len(arguments), "maxItems": len(arguments)}
    elif wanted in PLAIN:
        schema = {"type": PLAIN[wanted]}
    elif wanted is type(None):
        schema = {"type": "null"}
    elif issubclass(wanted, Enum):
        schema = {"enum": [member.value for member in wanted]}
    elif wanted is ChoiceList:
        schema = {"description": "Identifiant d’une liste de « choice_lists ».", "type": "string"}
    else:
        schema = _reference(wanted, definitions)
    return schema


def _reference(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if cls is Item:
        return {"oneOf": [_reference(kind, definitions) for kind in ITEM_CLASSES]}
    if cls is Questionnaire:
        return {"$ref": _urn(SCHEMA)}
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}  # holds the place while its own fields are drawn
        definitions[cls.__name__] = _object(cls, definitions)
    reference: dict[str, Any] = {"$ref": f"#/$defs/{cls.__name__}"}
    if cls is Formula:
        return {
            "anyOf": [{"type": "string", "description": "Formule dans le sous-ensemble XPath."}, reference]
        }
    return reference

"""The ``type`` column of XLSForm: what each word means."""

from __future__ import annotations

import re
from dataclasses import dataclass

METADATA = frozenset(
    [
        "start",
        "end",
        "today",
        "deviceid",
        "device_id",
        "imei",
        "subscriberid",
        "subscriber_id",
        "simserial",
        "sim_serial",
        "phonenumber",
        "phone_number",
        "username",
        "user_name",
        "email",
        "audit",
        "start-geopoint",
        "background-audio",
        "background-geopoint",
        "end-geopoint",
        *("start time", "get start time", "end time", "get end time", "get today"),
        *("device id", "get device id", "sim id", "get sim id", "subscriber id", "get subscriber id"),
        *("phone number", "get phone number"),
        # SurveyCTO
        *("simid", "devicephonenum", "caseid", "comments", "text audit", "audio audit", "device info"),
        *("speed violations count", "speed violations list", "speed violations audit"),
        *("sensor_statistic", "sensor_stream"),
    ]
)
"""What a device says of itself and of the person who holds it, under its old and new names."""
SIMPLE = {
    "text": "text",
    "string": "text",
    "add_text_prompt": "text",
    "integer": "integer",
    "int": "integer",
    "add_integer_prompt": "integer",
    "decimal": "decimal",
    "add_decimal_prompt": "decimal",
    "range": "range",
    "date": "date",
    "add_date_prompt": "date",
    "time": "time",
    "datetime": "datetime",
    "datetime_prompt": "datetime",
    "add_date_time_prompt": "datetime",
    "note": "note",
    "add_note_prompt": "note",
    "calculate": "calculate",
    "calculation": "calculate",
    "add_calculate_prompt": "calculate",
    "hidden": "hidden",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "add_acknowledge_prompt": "acknowledge",
    "image": "image",
    "photo": "image",
    "picture": "image",
    "add_photo_prompt": "image",
    "add_image_prompt": "image",
    "audio": "audio",
    "add_audio_prompt": "audio",
    "video": "video",
    "add_video_prompt": "video",
    "file": "file",
    "add_file_prompt": "file",
    "barcode": "barcode",
    "add_barcode_prompt": "barcode",
    "geopoint": "geopoint",
    "location": "geopoint",
    "gps": "geopoint",
    "add_location_prompt": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "csv-external": "attachment",
    "xml-external": "attachment",
}
_ALSO_METADATA = ("sensor_statistic ", "sensor_stream ")
_SELECT = re.compile(
    r"(?P<one>select[ _]?one|select1|add select one prompt)"
    r"|(?P<many>select[ _]?multiple|select all that apply|select[ _]all|add select multiple prompt)"
    r"|(?P<rank>odk:rank|rank)",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?P<file>_?from_file|_external|\s+from\s+file\b)?\s*(?:(?:from|using)\s+)?", re.IGNORECASE
)
_OTHER = re.compile(r"\s+or[ _](specify[ _])?other$", re.IGNORECASE)
_SECTION = re.compile(r"(begin|end)[ _]?(group|lgroup|repeat|loop|looped group)( .*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowType:
    """``word`` is a value of SIMPLE, or one, many, rank, begin, end, metadata, or nothing."""

    word: str
    list_name: str = ""
    other: bool = False
    repeat: bool = False
    from_file: bool = False


def row_type(written: str) -> RowType:
    """Read a cell of the type column; an unknown type has an empty word.

    >>> row_type("select one from sexes")
    RowType(word='one', list_name='sexes', other=False, repeat=False, from_file=False)
    >>> row_type("begin  repeat").repeat
    True
    """
    words = " ".join(written.split())
    if section := _SECTION.fullmatch(words):
        repeat = section[2].lower() != "group"
        return RowType(section[1].lower(), repeat=repeat)
    lower = words.lower()
    if lower in METADATA or lower.startswith("uri:"):
        return RowType("metadata")
    if lower.startswith(_ALSO_METADATA):
        return RowType("metadata")
    simple = lower.removeprefix("q ").replace(" ", "_")
    if simple in SIMPLE:
        return RowType(SIMPLE[simple])
    return _select(re.sub("^q ", "", words, flags=re.IGNORECASE))


def _select(words: str) -> RowType:
    match = _SELECT.match(words)
    if match is None or match.lastgroup is None:
        return RowType("")
    rest = words[match.end() :]
    other = _OTHER.search(rest) is not None
    rest = _OTHER.sub("", rest)
    source = _FROM.match(rest)
    from_file = source is not None and source["file"] is not None
    name = rest[source.end() :].strip() if source else rest.strip()
    from_answers = name.startswith("${")  # choices taken from the answers to a repeated part
    return RowType(match.lastgroup, list_name=name, other=other, from_file=from_file or from_answers)

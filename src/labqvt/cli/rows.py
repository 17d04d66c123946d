"""Rows of the whole database in and out, whatever the engine: what a backup holds of each table."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, Final

from labqvt.cli.archive import LEFT_OUT

if TYPE_CHECKING:
    from django.db.models import Model

_AT_A_TIME: Final = 500


def tables() -> dict[str, "type[Model]"]:
    """Every table that is backed up, those of Django included, by its name."""
    from django.apps import apps

    models = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {name: models[name] for name in sorted(models.keys() - LEFT_OUT)}


def columns_of(model: "type[Model]") -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


@contextmanager
def one_instant() -> Iterator[None]:
    """Read everything as it was at one instant, without keeping anyone from answering meanwhile."""
    from django.db import connection

    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def read(model: "type[Model]") -> Iterator[list[Any]]:
    """The rows of a table, in the order of their keys, as JSON holds them."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=_AT_A_TIME):
        yield [_as_json(field, row) for field in fields]


def _as_json(field: Any, row: Any) -> Any:
    from django.db import models

    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str) or isinstance(field, models.JSONField):
        return value
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return field.value_to_string(row)


def _from_json(field: Any, value: Any) -> Any:
    from django.db import models

    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)


def write(model: "type[Model]", lines: IO[bytes]) -> int:
    """Put the rows of a table back exactly as they were: no default, no « now », no signal."""
    from django.db import connection

    fields = [_target(field) for field in model._meta.concrete_fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns_of(model))
    marks = ", ".join(["%s"] * len(fields))
    text = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own tables
    written = 0
    with connection.cursor() as cursor:
        while some := list(islice(lines, _AT_A_TIME)):
            rows = [
                [
                    field.get_db_prep_save(_from_json(field, value), connection)
                    for field, value in zip(fields, json.loads(line), strict=True)
                ]
                for line in some
            ]
            cursor.executemany(text, rows)
            written += len(rows)
    return written


def _target(field: Any) -> Any:
    """A key to another table is written as what it points to is."""
    while field.remote_field is not None:
        field = field.target_field
    return field


def restart_sequences() -> None:
    """After rows came with their own numbers, the next one must not be a number already taken."""
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for text in connection.ops.sequence_reset_sql(no_style(), list(tables().values())):
            cursor.execute(text)


def is_empty() -> bool:
    """Nobody and nothing in this instance yet. A database that was never migrated is empty too."""
    from django.db import connection

    present = set(connection.introspection.table_names())
    ours = {name: model for name, model in tables().items() if not name.startswith(("django_", "auth_"))}
    return not any(model._base_manager.exists() for name, model in ours.items() if name in present)


def applied_migrations() -> list[str]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())

"""How a command ends: its exit code, the one sentence of a refusal, the kept trace of an internal error."""

import os
import sys
import traceback as traceback_module
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from labqvt.cli import instance

DONE: Final = 0
FINDINGS: Final = 1
REFUSED: Final = 2
INTERNAL: Final = 3
INTERRUPTED: Final = 130

# Errors whose message is a sentence for the person. Named, not imported: a command that never loaded
# these modules cannot have raised them.
_REFUSALS: Final = (
    ("labqvt_forms", "FormError"),
    ("labqvt_stats", "StatsError"),
    ("labqvt.config.errors", "ConfigurationError"),
    ("django.core.exceptions", "PermissionDenied"),
)


class Refused(Exception):  # noqa: N818 - said as the exit code is: refused input
    """The input of a command is refused; the message is the sentence printed on stderr."""


@dataclass
class Result:
    """What a command will exit with."""

    code: int = DONE


@contextmanager
def reported(*, command: str, traceback: bool) -> Iterator[Result]:
    """Turn any exception of the block into a sentence on stderr and an exit code."""
    result = Result()
    try:
        yield result
    except refusals() as error:
        print(f"{command} : {one_line(error)}", file=sys.stderr)
        result.code = REFUSED
    except KeyboardInterrupt:
        result.code = INTERRUPTED
    except BrokenPipeError:
        # The reader of our output went away (| head): not an error, and nothing more to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the last resort: a person never sees a traceback
        result.code = INTERNAL
        _explain_internal(command, error, shown=traceback)


def refusals() -> tuple[type[Exception], ...]:
    """Return the exceptions whose message may be shown as it is."""
    loaded = (getattr(sys.modules.get(module), name, None) for module, name in _REFUSALS)
    return (Refused, *(kind for kind in loaded if isinstance(kind, type)))


def one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _explain_internal(command: str, error: Exception, *, shown: bool) -> None:
    details = "".join(traceback_module.format_exception(error))
    if shown:
        print(details, file=sys.stderr)
    kept = _keep(f"{command}\n{' '.join(sys.argv)}\n\n{details}")
    where = (
        f" Le détail est dans {kept} ; joignez-le à votre signalement."
        if kept
        else " Relancez avec --traceback."
    )
    print(f"{command} : erreur interne ({type(error).__name__}).{where}", file=sys.stderr)


def _keep(text: str) -> Path | None:
    """Write the trace where only its owner reads it: it may quote data. None when the disk refuses."""
    folder = instance.var_dir() / "errors"
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
    except OSError:
        return None
    return path

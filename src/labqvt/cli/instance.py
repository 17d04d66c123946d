"""Where this instance lives, and how a command wakes Django up for it."""

import os
from pathlib import Path
from typing import Final

SETTINGS: Final = "labqvt.config.settings"
_SOURCE: Final = Path(__file__).resolve().parents[2]


def checkout() -> Path | None:
    """Return the root of the repository the command runs from; None when installed from the package."""
    root = _SOURCE.parent
    return root if _SOURCE.name == "src" and (root / "pyproject.toml").is_file() else None


def package() -> Path:
    """Return the folder of the application's own files."""
    return _SOURCE / "labqvt"


def var_dir() -> Path:
    """Return the folder the instance writes to: ``var/`` of the checkout, or of the current folder."""
    given = os.environ.get("LABQVT_VAR_DIR")
    return Path(given) if given else (checkout() or Path.cwd()) / "var"


def configure() -> None:
    """Say which settings, and one same ``var/`` for this process and its children."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["LABQVT_VAR_DIR"] = str(var_dir().absolute())


def keep_files_private() -> None:
    """Whatever this process writes under ``var/`` (database, log of the database, files) is for its account only."""
    os.umask(0o077)


def wake_django() -> None:
    """Load settings and applications; a wrong setting is refused with its sentence."""
    configure()
    import django

    django.setup()


def bare_environment(var: Path) -> dict[str, str]:
    """Return the environment of a child that must depend on the code only: empty instance, throw-away key."""
    ours = {"LABQVT_SECRET_KEY": "only-for-tests", "LABQVT_VAR_DIR": str(var)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LABQVT_")}
    return kept | ours

"""Loaded before Django reads its settings (``-p tests.environment``)."""

import os
from pathlib import Path

os.environ.setdefault("LABQVT_SECRET_KEY", "tests-only")
os.environ.setdefault("LABQVT_VAR_DIR", str(Path(__file__).resolve().parent.parent / "var" / "test"))
# Playwright's event loop lives in the same thread as Django's live server fixtures.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
# Static files are served from their sources; the folder of collected ones only has to exist.
(Path(os.environ["LABQVT_VAR_DIR"]) / "static").mkdir(parents=True, exist_ok=True)

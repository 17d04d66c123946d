"""A wrong setting stops the start with a sentence that says which and how to set it."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


def start(**variables):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LABQVT_")}
    environment |= {"LABQVT_VAR_DIR": "/nonexistent", "PYTHONPATH": str(ROOT / "src")} | variables
    return subprocess.run(
        [sys.executable, "-m", "labqvt.cli", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({}, "LABQVT_SECRET_KEY manque"),
        ({"LABQVT_SECRET_KEY": "x", "LABQVT_DEBUG": "oui"}, "LABQVT_DEBUG vaut « oui »"),
        (
            {"LABQVT_SECRET_KEY": "x", "LABQVT_DATABASE_URL": "mysql://a/b"},
            "LABQVT_DATABASE_URL commence par « mysql »",
        ),
        ({"LABQVT_SECRET_KEY": "x", "LABQVT_MIN_GROUP": "4"}, "le seuil peut être relevé, jamais abaissé"),
        ({"LABQVT_SECRET_KEY": "x", "LABQVT_EMAIL_URL": "pigeon://x"}, "LABQVT_EMAIL_URL est illisible"),
    ],
    ids=["secret key", "flag", "database", "threshold", "mail"],
)
def test_a_missing_or_wrong_setting_is_said_in_one_sentence(variables, said):
    done = start(**variables)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr

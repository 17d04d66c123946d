"""The launcher, run for real on a project without any requirement: nothing is downloaded."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SYSTEM_PATH = "/usr/bin:/bin"


@pytest.fixture
def project(tmp_path):
    """A clone that requires nothing and whose command prints its arguments."""
    root = tmp_path / "un projet"
    package = root / "src" / "labqvt" / "cli"
    package.mkdir(parents=True)
    shutil.copy(ROOT / "labqvt", root / "labqvt")
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-pg.txt"):
        (root / name).write_text("")
    (root / "src" / "labqvt" / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text("import sys; print(sys.argv[1:], sys.prefix); sys.exit(5)")
    return root


def launch(project, *words, path=None, **variables):
    """Launch with the Python that runs the tests, under its plain name."""
    tools = project / "tools"
    tools.mkdir(exist_ok=True)
    base = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    if not (tools / "python3").exists():
        (tools / "python3").symlink_to(base)
    environment = {"PATH": path or f"{tools}:{SYSTEM_PATH}", "HOME": str(project), **variables}
    return subprocess.run(
        [str(project / "labqvt"), *words], env=environment, capture_output=True, text=True, check=False
    )


def fake_uv(project, install="exit 0"):
    """A uv that makes environments, records how it is called, and installs as told."""
    tools = project / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "uv").write_text(
        f'#!/bin/sh\necho "$*" >> "{project}/uv-calls"\n'
        f'if [ "$1" = venv ]; then exec "$4" -m venv --without-pip "$5"; fi\n{install}\n'
    )
    (tools / "uv").chmod(0o755)


def fake_environment(project):
    """An environment that exists, whose Python only records what it is asked: pip costs nothing there."""
    python = project / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (project / "site" / "pip").mkdir(parents=True)
    python.write_text(
        f'#!/bin/sh\ncase "$*" in\n  *purelib*) echo "{project}/site" ;;\n'
        f'  "-m pip"*) echo "$*" >> "{project}/pip-calls" ;;\n  "-m labqvt.cli"*) exit 5 ;;\nesac\n'
    )
    python.chmod(0o755)


def test_the_first_start_prepares_with_pip_and_passes_the_arguments_on(project):
    done = launch(project, "demo", "--port", "1 2", PIP_INDEX_URL="https://miroir.invalid/simple")
    assert done.stdout == f"['demo', '--port', '1 2'] {project}/.venv\n"
    assert done.returncode == 5
    assert "étape 1/3" in done.stderr
    assert "étape 3/3 : prêt en" in done.stderr
    ours = [path for path in project.rglob("*") if path.is_file() and "site-packages" not in path.parts]
    assert not [path for path in ours if b"miroir.invalid" in path.read_bytes()], "the index was written down"


def test_a_failed_installation_is_said_and_tried_again(project):
    (project / "requirements.txt").write_text("nothing==1.0 --hash=sha256:" + "0" * 64 + "\n")
    first = launch(project, "demo", PIP_NO_INDEX="1")
    assert first.returncode == 2
    assert "n’a pas abouti" in first.stderr
    assert "No matching distribution" in first.stderr
    (project / "requirements.txt").write_text("")
    assert launch(project, "demo").returncode == 5


def test_uv_is_used_when_it_is_there(project):
    fake_uv(project)
    assert launch(project, "demo").returncode == 5
    assert "--require-hashes --only-binary :all:" in (project / "uv-calls").read_text()
    assert not list((project / ".venv" / "lib").glob("python3.*/site-packages/pip"))


def test_a_uv_that_fails_gives_way_to_pip(project):
    fake_uv(project, install="exit 1")
    fake_environment(project)
    done = launch(project, "demo")
    assert done.returncode == 5
    assert "on continue avec pip" in done.stderr
    assert (project / "pip-calls").exists()


@pytest.mark.parametrize(
    ("variables", "uv_is_called"),
    [
        ({"PIP_INDEX_URL": "https://miroir.invalid/simple"}, False),
        ({"PIP_CONFIG_FILE": "pip.conf"}, False),
        ({"PIP_INDEX_URL": "https://miroir.invalid/simple", "UV_DEFAULT_INDEX": "https://x.invalid"}, True),
    ],
    ids=["index in the environment", "index in a file", "index given to uv too"],
)
def test_uv_stays_aside_when_only_pip_knows_the_index(project, variables, uv_is_called):
    fake_uv(project)
    fake_environment(project)
    (project / "pip.conf").write_text("[global]\nextra-index-url = https://miroir.invalid/simple\n")
    variables = {k: str(project / v) if v == "pip.conf" else v for k, v in variables.items()}
    launch(project, "demo", **variables)
    assert (project / "uv-calls").exists() == uv_is_called
    assert (project / "pip-calls").exists() != uv_is_called


def test_the_second_start_installs_nothing_and_is_immediate(project):
    fake_environment(project)
    launch(project, "demo")
    (project / "pip-calls").unlink()
    started = time.monotonic()
    done = launch(project, "demo")
    assert time.monotonic() - started < 1
    assert (done.returncode, done.stderr) == (5, "")
    assert not (project / "pip-calls").exists()


def test_a_changed_requirement_file_is_installed_again(project):
    fake_environment(project)
    launch(project, "demo")
    (project / "requirements.txt").write_text("# something else\n")
    assert "étape 2/3" in launch(project, "demo").stderr
    assert launch(project, "demo").stderr == ""


def test_only_tests_bring_the_tools_of_tests(project):
    fake_environment(project)
    (project / "requirements-dev.txt").write_text("# dev\n")
    assert "de requirements.txt" in launch(project, "demo").stderr
    assert "de requirements-dev.txt" in launch(project, "test").stderr
    assert launch(project, "lint").stderr == ""
    assert launch(project, "demo").stderr == ""


def test_an_environment_whose_python_went_away_is_made_again(project):
    fake_uv(project)
    launch(project, "demo")
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    done = launch(project, "demo")
    assert done.returncode == 5
    assert "étape 1/3" in done.stderr


def test_without_a_recent_python_one_sentence_says_what_to_type(project, tmp_path):
    tools = tmp_path / "old"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "cmp", "date"):
        (tools / name).symlink_to(shutil.which(name))
    (tools / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tools / "python3").chmod(0o755)
    done = launch(project, "demo", path=str(tools))
    assert done.returncode == 2
    assert (
        done.stderr
        == "labqvt : il faut Python 3.11 ou plus récent. Sous Debian 12 : apt-get install python3\n"
    )


def test_the_launcher_is_plain_posix_shell():
    for shell in {shutil.which("dash"), shutil.which("sh")} - {None}:
        subprocess.run([shell, "-n", str(ROOT / "labqvt")], check=True)
    assert os.access(ROOT / "labqvt", os.X_OK)

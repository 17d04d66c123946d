"""``labqvt diagnose`` on files as they come: what it writes, and the one sentence of each refusal."""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from python_calamine import CalamineWorkbook

from labqvt.cli import main
from labqvt.instruments.shipping import PACKS_DIR
from labqvt_forms.formats import json_form

FORM = PACKS_DIR / "six-determinants-salaries.json"
SHARED = Path(__file__).resolve().parents[4] / "shared"


def answers(n: int, seed: int = 1) -> list[dict[str, str]]:
    """Simulated answers, with columns the questionnaire does not know."""
    draw = random.Random(seed)
    form = json_form.loads(FORM.read_text(encoding="utf-8"))
    return [
        {variable.id: draw.choice("12345") for variable in form.answer_variables}
        | {
            "site": draw.choice(["Nord", "Sud"]),
            "role": "direction" if row == 0 else "équipe",
            "poids": "1,5",
        }
        for row in range(n)
    ]


def write(path: Path, rows: list[dict[str, str]], *, delimiter: str = ",", encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as out:
        writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def diagnose(tmp_path, capsys):
    """Run the command; give its exit code, what it said, and the JSON when there is one."""

    def run(responses, *options, form=FORM, out="out"):
        code = main(
            ["diagnose", str(responses), "--questionnaire", str(form), *options, "--out", str(tmp_path / out)]
        )
        said = capsys.readouterr()
        written = tmp_path / out / "diagnosis.json"
        content = json.loads(written.read_text(encoding="utf-8")) if code == 0 else None
        return SimpleNamespace(code=code, said=said.err.strip(), content=content, folder=tmp_path / out)

    return run


def test_three_files_are_written(tmp_path, diagnose):
    result = diagnose(write(tmp_path / "r.csv", answers(60)), "--by", "site")
    assert result.code == 0
    assert result.content["schema"] == "labqvt/diagnosis/1"
    assert (result.content["n_responses"], result.content["network_cell"]) == (60, True)
    assert [breakdown["by"] for breakdown in result.content["breakdowns"]] == ["site"]
    assert result.content["protection"]["audited"] is False
    assert (result.folder / "diagnosis.pdf").read_bytes().startswith(b"%PDF")
    assert "Groupes" in CalamineWorkbook.from_path(str(result.folder / "diagnosis.xlsx")).sheet_names


def test_what_french_excel_writes_is_read_the_same(tmp_path, diagnose):
    rows = answers(60)
    plain = diagnose(write(tmp_path / "utf8.csv", rows), "--role", "role=direction", "--weight", "poids")
    excel = write(tmp_path / "excel.csv", rows, delimiter=";", encoding="cp1252")
    assert diagnose(excel, "--role", "role=direction", "--weight", "poids").content == plain.content


def test_direction_is_taken_out_and_not_shown_without_consent(tmp_path, diagnose):
    content = diagnose(write(tmp_path / "r.csv", answers(60)), "--role", "role=direction").content
    assert content["n_responses"] == 59
    assert {row["direction"] for row in content["mirror"]} == {None}


def test_a_small_file_is_told_as_a_release_displays_it(tmp_path, diagnose):
    population = tmp_path / "population.csv"
    population.write_text("effectif\n12\n", encoding="utf-8")
    content = diagnose(write(tmp_path / "r.csv", answers(9)), "--population", str(population)).content
    assert (content["n_population"], content["network_cell"]) == (12, False)
    for scale in content["scales"]:
        assert scale["mean"][1] - scale["mean"][0] >= 5


def test_under_six_answers_nothing_is_shown_and_nothing_breaks(tmp_path, diagnose):
    content = diagnose(write(tmp_path / "r.csv", answers(5))).content
    assert {scale["mean"] for scale in content["scales"]} == {None}
    assert {item["counts"] for item in content["items"]} == {None}


def test_structures_of_a_file_are_told_as_their_own_releases(tmp_path, diagnose):
    rows = [row | {"asso": f"A{number % 6}"} for number, row in enumerate(answers(60))]
    result = diagnose(write(tmp_path / "r.csv", rows), "--structure", "asso")
    assert [unit["n"] for unit in result.content["units"]] == [10] * 6
    assert all(
        isinstance(scale["mean"], list) for unit in result.content["units"] for scale in unit["scales"]
    )


def test_it_speaks_english(tmp_path, diagnose):
    content = diagnose(write(tmp_path / "r.csv", answers(60)), "--lang", "en").content
    assert content["scales"][0]["label"] == "Relations and social climate"


def without(column: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [{key: value for key, value in row.items() if key != column} for row in rows]


def write_header(folder: Path) -> Path:
    path = write(folder / "r.csv", answers(1))
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    return path


def renamed(folder: Path) -> Path:
    (folder / "r.xlsx").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    return folder / "r.xlsx"


BROKEN = {
    "missing column": (lambda p: write(p / "r.csv", without("REL1", answers(9))), ["r.csv", "« REL1 »"]),
    "unknown code": (
        lambda p: write(p / "r.csv", [*answers(8), answers(1)[0] | {"REL1": "7"}]),
        ["r.csv", "ligne 10", "« REL1 »", "« 7 »"],
    ),
    "empty file": (lambda p: (p / "r.csv").write_bytes(b"") or p / "r.csv", ["r.csv", "vide"]),
    "headers only": (write_header, ["r.csv", "aucune réponse"]),
    "a PDF renamed": (renamed, ["r.xlsx", "PDF"]),
    "not there": (lambda p: p / "absent.csv", ["absent.csv", "n’existe pas"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_wrong_answers_get_one_sentence(tmp_path, diagnose, case):
    make, words = BROKEN[case]
    refused = diagnose(make(tmp_path))
    assert refused.code == 2
    assert "\n" not in refused.said
    for word in words:
        assert word in refused.said
    assert not list(refused.folder.glob("*"))


def test_a_questionnaire_without_items_is_refused(tmp_path, diagnose):
    form = tmp_path / "vide.json"
    form.write_text('{"schema": "labqvt/questionnaire/1", "id": "vide"}', encoding="utf-8")
    refused = diagnose(write(tmp_path / "r.csv", answers(9)), form=form)
    assert (refused.code, "aucune question" in refused.said) == (2, True)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--by", "inconnue"], "« inconnue »"),
        (["--role", "role"], "--role role=direction".partition("=")[0]),
        (["--role", "role=patron"], "« équipe »"),
        (["--weight", "site"], "n’est pas un nombre"),
        (["--others", "4"], "descendre sous 5"),
        (["--insiders", "0"], "descendre sous 1"),
        (["--lang", "de"], "fr ou en"),
        (["--population", "absent.csv"], "absent.csv"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_options_get_one_sentence(tmp_path, diagnose, options, words):
    refused = diagnose(write(tmp_path / "r.csv", answers(60)), *options)
    assert refused.code == 2
    assert words in refused.said
    assert "\n" not in refused.said


def test_a_population_names_a_column_that_was_asked_for(tmp_path, diagnose):
    population = tmp_path / "population.csv"
    population.write_text("usine;effectif\nNord;30\n", encoding="utf-8")
    refused = diagnose(
        write(tmp_path / "r.csv", answers(60)), "--by", "site", "--population", str(population)
    )
    assert (refused.code, "« usine »" in refused.said) == (2, True)


def test_an_out_that_is_a_file_is_refused(tmp_path, diagnose):
    responses = write(tmp_path / "r.csv", answers(60))
    assert diagnose(responses, out="r.csv").code == 2


def test_it_runs_alone_without_settings_nor_database(tmp_path):
    """As a program: no Django settings, no database, no folder but the one asked for."""
    responses = write(tmp_path / "r.csv", answers(40))
    command = [sys.executable, "-m", "labqvt.cli", "diagnose", str(responses), "--questionnaire", str(FORM)]
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[3] / "src"),
    }
    done = subprocess.run(
        [*command, "--out", "out"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "diagnosis.json",
        "diagnosis.pdf",
        "diagnosis.xlsx",
    ]


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared absent : le vrai fichier lq2002 n’a pas été diagnostiqué"
)
def test_the_real_survey_of_2042_people(diagnose):
    real = SHARED / "data" / "real"
    content = diagnose(real / "lq2002.csv", "--by", "COMPID", form=real / "lq2002.xlsx").content
    assert content["n_responses"] == 2042
    lead = content["scales"][0]
    assert lead["alpha"] == pytest.approx(0.9022, abs=1e-4)
    assert len(content["breakdowns"][0]["categories"]) == 49


@pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared absent : le questionnaire LimeSurvey n’a pas été diagnostiqué"
)
def test_a_limesurvey_questionnaire_has_its_pages_as_themes(diagnose):
    forms = SHARED / "data" / "forms"
    content = diagnose(forms / "qvt200_csv.csv", form=forms / "qvt.lss").content
    assert (content["n_responses"], len(content["scales"]), content["assumed_scales"]) == (200, 6, True)

"""``labqvt protect`` then ``labqvt verify``: one prepares, the other attacks; every refusal is a sentence."""

import json
from types import SimpleNamespace

import pytest

from labqvt.cli import main
from labqvt_stats import publication
from tests.labqvt.cli.test_diagnose import FORM, answers, write


@pytest.fixture
def run(capsys):
    def run(*words: object) -> SimpleNamespace:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out.strip(), err=said.err.strip())

    return run


@pytest.fixture
def protected(tmp_path, run):
    """Protect answers; give the publication, the path it is in, and the answers’ path."""

    def protected(rows, *options) -> SimpleNamespace:
        responses, out = write(tmp_path / "reponses.csv", rows), tmp_path / "publication.json"
        done = run("protect", responses, "--questionnaire", FORM, *options, "--json", out)
        content = json.loads(out.read_text(encoding="utf-8")) if done.code == 0 else None
        return SimpleNamespace(done=done, content=content, path=out, responses=responses)

    return protected


@pytest.mark.parametrize(
    "options",
    [pytest.param([], id="whole"), pytest.param(["--by", "site"], id="by", marks=pytest.mark.thorough)],
)
def test_what_is_prepared_is_found_safe_with_and_without_the_answers(protected, run, options):
    made = protected(answers(30), *options)
    assert made.done.code == 0
    assert made.content["schema"] == "labqvt/publication/1"
    [whole] = made.content["structures"]
    assert whole["shown"]
    assert {group["by"] for group in whole["groups"]} <= {None, "site"}
    assert all(item["detail"] is None for item in whole["items"])
    for more in ([], ["--responses", made.responses]):
        verified = run("verify", made.path, *more)
        assert (verified.code, verified.err) == (0, "")
        assert "0 exposée(s)" in verified.out


def test_each_structure_is_told_and_a_small_one_shows_nothing(protected, run):
    rows = [row | {"structure": "grande" if rank < 24 else "petite"} for rank, row in enumerate(answers(29))]
    made = protected(rows, "--structure", "structure")
    shown = {entry["id"]: entry["shown"] for entry in made.content["structures"]}
    assert shown == {"grande": True, "petite": False}
    small = next(entry for entry in made.content["structures"] if entry["id"] == "petite")
    assert (small["groups"], small["items"], small["scores"], small["certificate"]) == ([], [], [], None)
    verified = run("verify", made.path, "--responses", made.responses)
    assert verified.code == 0
    assert "petite : rien n’est publié." in verified.out


def test_a_display_made_finer_is_exposed(protected, run):
    made = protected(answers(30))
    item = made.content["structures"][0]["items"][0]
    item["classes"]["neutral"] = [1, 1]
    made.path.write_text(json.dumps(made.content), encoding="utf-8")
    verified = run("verify", made.path)
    assert verified.code == 1
    assert "EXPOSÉ" in verified.out
    assert "effectif trop précis" in verified.out


def test_a_display_that_is_not_true_is_told_with_the_answers(protected, run):
    made = protected(answers(30))
    score = made.content["structures"][0]["scores"][0]
    score["interval"] = [30.5, 31.5] if score["interval"][0] > 40 else [60.5, 61.5]
    made.path.write_text(json.dumps(made.content), encoding="utf-8")
    verified = run("verify", made.path, "--responses", made.responses)
    assert verified.code == 1
    assert "ne correspond pas aux réponses" in verified.out


def test_a_second_publication_is_checked_with_the_first(protected, run, tmp_path):
    rows = answers(30)
    first = protected(rows, "--by", "site")
    kept = tmp_path / "premiere.json"
    kept.write_text(first.path.read_text(encoding="utf-8"), encoding="utf-8")
    second = protected(rows, "--by", "site", "--previous", kept)
    assert second.done.code == 0
    fewer = protected(rows[:20], "--previous", kept)
    assert fewer.done.code == 2
    assert "autres réponses" in fewer.done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--others", "3"], "ne peut pas descendre sous 5"),
        (["--insiders", "0"], "ne peut pas descendre sous 1"),
        (["--insiders", "2"], "pas davantage"),
        (["--by", "absente"], "absente"),
        (["--previous", "nulle-part.json"], "ne se lit pas"),
        (["--previous", str(FORM)], "n’est pas une publication"),
    ],
)
def test_protect_refuses_with_a_sentence(protected, options, said):
    refused = protected(answers(30), *options).done
    assert refused.code == 2
    assert said in refused.err
    assert "\n" not in refused.err


def test_verify_refuses_the_answers_of_another_file(protected, run, tmp_path):
    made = protected(answers(9))
    others = write(tmp_path / "autres.csv", answers(4))
    refused = run("verify", made.path, "--responses", others)
    assert refused.code == 2
    assert "elle compte au moins 9 réponses, ce fichier 4" in refused.err
    assert refused.out == ""


def test_verify_refuses_what_is_not_a_publication(run, tmp_path):
    for content, said in [
        ("{", "n’est pas un fichier JSON"),
        ("[]", "n’est pas une publication"),
        ('{"schema": "labqvt/publication/1"}', "est incomplet : il y manque parameters"),
    ]:
        path = tmp_path / "p.json"
        path.write_text(content, encoding="utf-8")
        refused = run("verify", path)
        assert refused.code == 2
        assert said in refused.err


class CutError(Exception):
    """The machine stops here."""


@pytest.fixture
def stopping(monkeypatch):
    """Stop the work at the n-th structure, and say which ones were begun."""
    begun = []
    true = publication._structure

    def stopping(at: int | None) -> list[str]:
        def one(*args, name, **options):
            begun.append(name)
            if len(begun) == at:
                raise CutError
            return true(*args, name=name, **options)

        begun.clear()
        monkeypatch.setattr(publication, "_structure", one)
        return begun

    return stopping


def three_structures():
    return [row | {"structure": f"s{rank % 3}"} for rank, row in enumerate(answers(24))]


def test_a_work_cut_short_starts_again_where_it_stopped(protected, run, stopping, tmp_path):
    whole = protected(three_structures(), "--structure", "structure").content
    begun = stopping(3)
    assert protected(three_structures(), "--structure", "structure").done.code
    assert begun == ["s0", "s1", "s2"]
    part = tmp_path / "publication.json.part"
    part.write_text(part.read_text(encoding="utf-8") + '{"id": "s2", "n":', encoding="utf-8")  # cut in a line
    begun = stopping(None)
    again = protected(three_structures(), "--structure", "structure")
    assert begun == ["s2"]
    assert "Reprise : 2 structure(s)" in again.done.err
    assert "heure(s) de processeur" in again.done.out
    assert not part.exists()
    seconds = [
        entry["certificate"].pop("seconds")
        for made in (whole, again.content)
        for entry in made["structures"]
        if entry["certificate"]
    ]
    assert seconds
    assert again.content == whole


def test_another_question_starts_afresh(protected, stopping):
    stopping(3)
    assert protected(three_structures(), "--structure", "structure").done.code
    begun = stopping(None)
    protected(three_structures(), "--structure", "structure", "--others", "6")
    assert begun == ["s0", "s1", "s2"]


def test_a_folder_that_is_not_there_is_said_before_the_work(run, tmp_path, stopping):
    begun = stopping(None)
    responses = write(tmp_path / "reponses.csv", three_structures())
    done = run(
        "protect", responses, "--questionnaire", FORM, "--json", tmp_path / "nulle-part" / "publication.json"
    )
    assert done.code
    assert "nulle-part" in done.err
    assert begun == []


@pytest.mark.parametrize("part", ["structures", "instrument", "parameters"])
def test_half_a_publication_is_said_to_be_one(run, tmp_path, protected, part):
    made = protected(answers(8))
    half = tmp_path / "moitie.json"
    half.write_text(
        json.dumps({key: value for key, value in made.content.items() if key != part}), encoding="utf-8"
    )
    done = run("verify", half)
    assert done.code
    assert f"il y manque {part}" in done.err

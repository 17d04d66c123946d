"""Files of answers against their questionnaire."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import polars
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labqvt_forms import (
    DECLINED,
    AnswerTable,
    Block,
    Choice,
    ChoiceList,
    Date,
    FormError,
    FreeText,
    Group,
    MultipleChoice,
    Number,
    Questionnaire,
    Ranking,
    Rating,
    Role,
    Row,
    SingleChoice,
    Text,
    read,
    read_answers,
)
from labqvt_forms.answers.decoding import plain_number
from labqvt_forms.answers.sources import from_csv
from tests.forms.shared_files import shared
from tests.forms.workbooks import workbook

AGREE = ChoiceList(
    "accord",
    (
        Choice("1", Text.of(fr="Pas d’accord", en="Disagree")),
        Choice("2", Text.of(fr="Plutôt d’accord", en="Rather agree")),
        Choice("3", Text.of(fr="D’accord", en="Agree")),
        Choice("9", Text.of(fr="Je préfère ne pas répondre"), role=Role.DECLINES),
    ),
)
CONTRACT = ChoiceList("contrat", (Choice("cdi", Text.of(fr="CDI")), Choice("cdd", Text.of(fr="CDD, court"))))
QUESTIONNAIRE = Questionnaire(
    id="q",
    groups=(
        Group(
            id="g",
            items=(
                Block(
                    id="Q1",
                    label=Text.of(fr="Travail"),
                    choices=AGREE,
                    rows=(
                        Row(id="Q1_S1", label=Text.of(fr="Je suis écouté")),
                        Row(id="Q1_S2", label=Text.of(fr="On m’aide")),
                    ),
                ),
                MultipleChoice(id="statut", label=Text.of(fr="Statut"), choices=CONTRACT),
                Number(id="age", label=Text.of(fr="Âge"), integer=True),
                FreeText(id="avis", label=Text.of(fr="Avis")),
            ),
        ),
    ),
)
EXPECTED = {
    "Q1_S1": ("1", "3", None, DECLINED),
    "Q1_S2": ("2", "2", "1", None),
    "statut": ("cdi", "cdi cdd", None, "cdd"),
    "age": ("31", None, "45", "28"),
    "avis": ("Été ; « bien »", None, "ligne 1\nligne 2", None),
}


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def only(*items: object) -> Questionnaire:
    return Questionnaire(id="q", groups=(Group(id="g", items=items),))  # type: ignore[arg-type]  # items of any kind


CODES = """Q1[S1];Q1[S2];statut[cdi];statut[cdd];age;avis;site
1;2;Y;;31;"Été ; « bien »";A
3;2;Y;Y;;;B
;1;;;45;"ligne 1
ligne 2";A
9;;;Y;28;;C
"""
LABELS = """Travail [Je suis écouté],Travail [On m’aide],Statut [CDI],"Statut [CDD, court]",Âge,Avis,site
Pas d'accord,Plutôt d’accord,Oui,Non,31,Été ; « bien »,A
D’accord,Rather agree,Oui,Oui,,,B
,PAS D’ACCORD,Non,Non,45,"ligne 1
ligne 2",A
Je préfère ne pas répondre,,Non,Oui,28,,C
"""
WINDOWS = CODES.replace("\n", "\r\n").replace("1\r\nligne", "1\nligne")
KOBO = (
    "g/Q1/Q1_S1\tg/Q1/Q1_S2\tg/statut\tg/statut/cdi\tg/age\tg/avis\tsite\n"
    '1\t2.0\tcdi\t1\t31.0\t"Été ; « bien »"\tA\n'
    "3\t2\tcdi cdd\t1\t\t\tB\n"
    'NA\t1\t\t0\t45\t"ligne 1\nligne 2"\tA\n'
    "9\tNA\tcdd\t0\t28\t\tC\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("text", [CODES, LABELS, "sep=;\n" + CODES, WINDOWS])
def test_one_set_of_answers_from_every_dialect(tmp_path: Path, text: str, encoding: str) -> None:
    table = read_answers(write(tmp_path / "r.csv", text, encoding), QUESTIONNAIRE, extra_columns=["site"])
    assert dict(table.columns) == EXPECTED
    assert (table.n, table.extra, table.warnings) == (4, {"site": ("A", "B", "A", "C")}, ())


def test_kobo_headers_and_one_column_of_ticked_codes(tmp_path: Path) -> None:
    without_parts = KOBO.replace("g/statut/cdi", "autre")
    table = read_answers(write(tmp_path / "r.tsv", without_parts), QUESTIONNAIRE)
    assert dict(table.columns) == EXPECTED


def test_from_excel_spss_and_parquet(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(CODES), delimiter=";"))
    columns = {name: [row[at] or None for row in rows[1:]] for at, name in enumerate(rows[0])}
    names = [name.replace("[", "_").replace("]", "") for name in columns]
    frame = polars.DataFrame(dict(zip(names, columns.values(), strict=True)))
    frame = frame.with_columns(
        polars.col("age").cast(polars.Float64), polars.col("Q1_S1").cast(polars.Float64)
    )
    frame.write_parquet(tmp_path / "r.parquet")
    pyreadstat.write_sav(frame, str(tmp_path / "r.sav"))
    workbook(tmp_path / "r.xlsx", reponses=[[cell or None for cell in row] for row in rows])
    for name in ("r.parquet", "r.sav", "r.xlsx"):
        assert dict(read_answers(tmp_path / name, QUESTIONNAIRE).columns) == EXPECTED, name


def test_labels_of_spss_that_were_cut_still_name_their_choice(tmp_path: Path) -> None:
    frame = polars.DataFrame({"q": [1.0, 2.0]})
    pyreadstat.write_sav(
        frame, str(tmp_path / "r.sav"), variable_value_labels={"q": {1.0: "CDI", 2.0: "CDD, co"}}
    )
    table = read_answers(tmp_path / "r.sav", only(SingleChoice(id="q", choices=CONTRACT)))
    assert table.columns["q"] == ("cdi", "cdd")


def test_a_column_of_labels_that_look_like_codes_is_read_as_labels(tmp_path: Path) -> None:
    upside_down = ChoiceList(
        "l", (Choice("1", Text.of(fr="3")), Choice("2", Text.of(fr="2")), Choice("3", Text.of(fr="un")))
    )
    questionnaire = only(SingleChoice(id="q", choices=upside_down))
    assert read_answers(write(tmp_path / "a.csv", "q\n3\n1\n"), questionnaire).columns["q"] == ("3", "1")
    assert read_answers(write(tmp_path / "b.csv", "q\n3\nun\n"), questionnaire).columns["q"] == ("1", "3")


def test_ranks_marks_and_dates(tmp_path: Path) -> None:
    questionnaire = only(Ranking(id="r", choices=CONTRACT), Rating(id="m", enps=True), Date(id="d"))
    text = "r[1],r[2],m,d\ncdd,cdi,10,2026-01-31\ncdi,,0.0,\n"
    columns = read_answers(write(tmp_path / "r.csv", text), questionnaire).columns
    assert dict(columns) == {"r": ("cdd cdi", "cdi"), "m": ("10", "0"), "d": ("2026-01-31", None)}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (CODES.replace("3;2;Y;Y", "7;2;Y;Y"), "ligne 3, colonne « Q1[S1] » : « 7 » n’est pas une réponse "
         "possible à « Q1_S1 » : codes attendus 1, 2, 3, 9 (ou leurs libellés)."),
        (CODES.replace(";45;", ";beaucoup;"), "ligne 4, colonne « age » : « beaucoup » n’est pas un nombre"),
        (CODES.replace(";45;", ";4,5;"), "ligne 4, colonne « age » : « 4,5 » n’est pas un nombre entier"),
        (CODES.replace("Y;Y", "Y;peut-être"), "ligne 3, colonne « statut[cdd] » : « peut-être » : écrivez 1"),
        (CODES.replace("Q1[S2]", "autre"), "il manque la colonne de « Q1_S2 »"),
        ("a,b\n1,2\n", "aucune question du questionnaire n’y a sa colonne (colonnes trouvées : a, b…"),
        (CODES.split("\n", 1)[0] + "\n", "ce fichier ne contient aucune réponse"),
        (CODES + "1;2;Y;;31;x;A;B;C\n", "ligne 6 : cette ligne a 9 cellules pour 7 colonnes"),
        ("", "ce fichier est vide."),
        ("\n\n", "ce fichier est vide."),
        ("%PDF-1.7\n", "c’est un PDF"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_place(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(FormError) as refusal:
        read_answers(write(tmp_path / "r.csv", text), QUESTIONNAIRE)
    assert str(refusal.value).removeprefix("r.csv, ").removeprefix("r.csv : ").startswith(sentence)


def test_an_absent_text_is_said_and_not_refused(tmp_path: Path) -> None:
    text = CODES.replace("avis", "commentaire")
    table = read_answers(write(tmp_path / "r.csv", text), QUESTIONNAIRE)
    assert table.columns["avis"] == (None,) * 4
    assert table.warnings == ("la question « avis » n’a pas de colonne : elle est lue comme sans réponse.",)


def test_an_absent_extra_column_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        FormError, match=r"la colonne « pole » n’existe pas\. Colonnes du fichier : Q1\[S1\], "
    ):
        read_answers(write(tmp_path / "r.csv", CODES), QUESTIONNAIRE, extra_columns=["pole"])


def test_files_that_are_not_what_they_say(tmp_path: Path) -> None:
    cases = {
        "a.xlsx": (b"%PDF-1.4 ...", "c’est un PDF"),
        "b.xlsx": (b"id;q\n1;2\n", "n’est pas un vrai fichier .xlsx"),
        "c.sav": (b"\x00\x01", "n’est pas un vrai fichier .sav"),
        "d.csv": (b"a\x00b\x00", "n’est pas du texte"),
        "e.sav": (b"$FL2 rien", "ce fichier SPSS ne se lit pas"),
        "f.parquet": (b"PAR1 rien", "Parquet est abîmé"),
        "g.xlsx": (b"PK\x03\x04 rien", "abîmé"),
        "h.json": (b'{"a": 1}', "ne contient pas de liste de réponses"),
    }
    for name, (content, words) in cases.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(FormError) as refusal:
            read_answers(tmp_path / name, QUESTIONNAIRE)
        assert words in str(refusal.value), name
    with pytest.raises(FormError, match=r"absent\.csv : ce fichier n’existe pas"):
        read_answers(tmp_path / "absent.csv", QUESTIONNAIRE)
    with pytest.raises(FormError, match="c’est un dossier"):
        read_answers(tmp_path, QUESTIONNAIRE)


def test_bombs_are_refused_early(tmp_path: Path) -> None:
    bomb = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 * 2**20))
    vast = tmp_path / "vaste.xlsx"
    with zipfile.ZipFile(vast, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<row r="1"><c r="A1"/></row><c r="XFD1048576" t="s"/>')
    huge = tmp_path / "lourd.csv"
    with huge.open("wb") as file:
        file.truncate(201 * 2**20)
    for path, words in (
        (bomb, "se déplie en 64 Mo"),
        (vast, "1048576 lignes et 16384 colonnes"),
        (huge, "201 Mo"),
    ):
        start = time.perf_counter()
        with pytest.raises(FormError, match=words):
            read_answers(path, QUESTIONNAIRE)
        assert time.perf_counter() - start < 8


def test_the_real_answers_are_identical_from_every_format() -> None:
    questionnaire = read(shared("forms/qvt.lss")).questionnaire
    tables = {
        name: read_answers(shared(f"forms/{name}"), questionnaire)
        for name in (
            "qvt200_csv.csv",
            "qvt200_csv_full_long.csv",
            "qvt_vv.csv",
            "qvt200.xlsx",
            "qvt200.sav",
            "qvt200_json.json",
        )
    }
    first, *others = tables.values()
    assert first.n == 200
    assert first.row(0)["Q1_SQ001"] == "A4"
    assert first.row(0)["contrat"] == "SQ002 SQ004"
    assert [dict(other.columns) == dict(first.columns) for other in others] == [True] * 5
    archive = read_answers(shared("forms/qvt.lsa"), questionnaire)
    assert dict(archive.columns) == dict(first.columns)
    assert archive.warnings == (
        "l’enquête est anonyme : colonnes qui disent qui a répondu, d’où ou quand, écartées "
        "(« id », « submitdate », « seed »).",
    )
    assert {len(table.warnings) for table in tables.values()} == {1}


def test_the_real_survey_is_read_fast() -> None:
    questionnaire = read(shared("real/lq2002.xlsx")).questionnaire
    path = shared("real/lq2002.csv")
    seconds = []
    for _ in range(3):
        start = time.process_time()
        table = read_answers(path, questionnaire, extra_columns=["COMPID"])
        seconds.append(time.process_time() - start)
    assert min(seconds) < 0.05
    assert table.n == 2042
    assert len(set(table.extra["COMPID"])) == 49
    assert table.row(0)["HOSTIL05"] == "0"


@given(
    number=st.decimals(-(10**9), 10**9, places=3),
    comma=st.booleans(),
)
def test_numbers_are_written_one_way(number: object, comma: bool) -> None:
    written = str(number).replace(".", "," if comma else ".")
    plain = plain_number(written)
    assert float(plain) == float(str(number))
    assert plain_number(plain) == plain


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=12
)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6),
    delimiter=st.sampled_from(";,\t|"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_every_dialect_gives_the_cells_back(
    rows: list[list[str]], delimiter: str, quoting: int, newline: str
) -> None:
    rows = [["x", *row[1:]] for row in rows]  # a row of blanks at the end is no answer
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=newline).writerows(
        [["a", "b", "c"], *rows]
    )  # type: ignore[arg-type]  # csv constants are plain ints
    table = from_csv(buffer.getvalue())
    assert table.headers == ["a", "b", "c"]
    assert [list(row) for row in zip(*table.columns, strict=True)] == rows


def read_mutated(path: Path, content: bytes) -> AnswerTable | str:
    path.write_bytes(content)
    try:
        return read_answers(path, QUESTIONNAIRE)
    except FormError as refusal:
        return str(refusal)


@pytest.mark.thorough
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mutated_file_gives_answers_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([CODES, LABELS, KOBO])).encode())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        if data.draw(st.booleans()):
            content[at] = data.draw(st.integers(0, 255))
        else:
            del content[at : at + data.draw(st.integers(1, 40))]
        if not content:
            break
    assert read_mutated(tmp_path / "r.csv", bytes(content))

"""Write answers in the dialects of data files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from labqvt_forms.answers.archive_writing import write_archive
from labqvt_forms.answers.columnar import write_parquet
from labqvt_forms.answers.delimited import (
    write_csv,
    write_french_csv,
    write_kobo,
    write_limesurvey_codes,
    write_limesurvey_labels,
    write_limesurvey_vv,
)
from labqvt_forms.answers.dictionary import FILE_NAME
from labqvt_forms.answers.export import Export, WrittenAnswers
from labqvt_forms.answers.losses import lost
from labqvt_forms.answers.preparing import Prepared, prepare
from labqvt_forms.answers.r_script import DATA, write_r
from labqvt_forms.answers.reading import decode_answers
from labqvt_forms.answers.sources import load
from labqvt_forms.answers.spss import write_sav
from labqvt_forms.answers.table import AnswerTable
from labqvt_forms.answers.workbook import write_xlsx
from labqvt_forms.errors import FormatError, FormError, Place, placed
from labqvt_forms.questionnaire import Questionnaire
from labqvt_forms.writing import put_in_place

Writer = Callable[[Prepared, str, str], Export]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write answers; ``data`` ends the name of the file that holds them, when it is one beside."""

    name: str
    title: str
    extension: str
    write: Writer
    data: str = ""

    def data_file(self, path: Path) -> Path:
        """File that holds the answers when ``path`` was written."""
        return path.with_name(f"{path.stem}{self.data}") if self.data else path


DIALECTS: Final = {
    dialect.name: dialect
    for dialect in (
        Dialect("csv", "CSV", ".csv", write_csv),
        Dialect("csv-fr", "CSV pour Excel en français", ".csv", write_french_csv),
        Dialect("limesurvey", "CSV de LimeSurvey (codes)", ".csv", write_limesurvey_codes),
        Dialect("limesurvey-labels", "CSV de LimeSurvey (libellés)", ".csv", write_limesurvey_labels),
        Dialect("limesurvey-vv", "VV de LimeSurvey", ".csv", write_limesurvey_vv),
        Dialect("limesurvey-archive", "Archive de LimeSurvey", ".lsa", write_archive),
        Dialect("kobo", "CSV de Kobo et ODK", ".csv", write_kobo),
        Dialect("xlsx", "XLSX", ".xlsx", write_xlsx),
        Dialect("sav", "SPSS", ".sav", write_sav),
        Dialect("parquet", "Parquet", ".parquet", write_parquet),
        Dialect("r", "R", ".r", write_r, data=DATA),
    )
}
EXTENSIONS: Final = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".sav": "sav",
    ".parquet": "parquet",
    ".r": "r",
    ".lsa": "limesurvey-archive",
}


def answers_to_bytes(
    table: AnswerTable,
    questionnaire: Questionnaire,
    dialect: str,
    *,
    with_texts: bool | None = None,
    language: str = "",
    stem: str = "reponses",
) -> WrittenAnswers:
    """Return a file of answers in one of DIALECTS, those that go beside it, and what it does not hold.

    Rows are written in the order of the table, which holds no identity: the caller shuffles them when their
    order says when or by whom they were given.

    Parameters
    ----------
    with_texts
        Whether to write free texts; by default, only when the questionnaire is nominative. The dates of an
        anonymous questionnaire are reduced to their month in any case.
    language
        Language of labels; the main one of the questionnaire by default.
    stem
        Name, without ending, of the file: those beside bear it too.

    Raises
    ------
    FormError
        Unknown dialect, answers that are not those of the questionnaire, nothing left to write.
    """
    if dialect not in DIALECTS:
        raise FormatError(f"dialecte « {dialect} » inconnu. Dialectes écrits : {', '.join(DIALECTS)}.")
    chosen = DIALECTS[dialect]
    texts = not questionnaire.anonymous if with_texts is None else with_texts
    prepared = prepare(table, questionnaire, with_texts=texts)
    export = chosen.write(prepared, language or questionnaire.language, stem)
    beside = {**export.beside, FILE_NAME: export.dictionary}
    told = lost(chosen.name, chosen.title, export.sheet)
    warnings = (*prepared.warnings, *told, *_differences(chosen, export, stem))
    return WrittenAnswers(export.content, beside, warnings)


def write_answers(
    table: AnswerTable,
    questionnaire: Questionnaire,
    path: str | Path,
    *,
    dialect: str = "",
    with_texts: bool | None = None,
    language: str = "",
) -> tuple[str, ...]:
    """Write a file of answers, in the dialect of its extension unless told, and return the warnings.

    The dictionary (``dictionnaire.csv``), the syntax of a .sav and the data of an R script are written in the
    same folder. Every file appears whole or not at all. See ``answers_to_bytes``.
    """
    path = Path(path)
    with placed(Place(file=path.name)):
        chosen = dialect or EXTENSIONS.get(path.suffix.lower(), "")
        if not chosen:
            known = ", ".join(EXTENSIONS)
            raise FormatError(f"extension « {path.suffix} » inconnue. Extensions écrites : {known}.")
        written = answers_to_bytes(
            table, questionnaire, chosen, with_texts=with_texts, language=language, stem=path.stem
        )
        if path.name in written.beside:
            raise FormatError("ce nom est celui d’un fichier écrit à côté : donnez-en un autre.")
        for name, content in written.beside.items():
            put_in_place(content, path.parent / name)
        put_in_place(written.content, path)
    return written.warnings


def _differences(dialect: Dialect, export: Export, stem: str) -> Iterator[str]:
    """Read the file back, as any reader of ours will, and say what does not come back as it went."""
    prepared = export.sheet.prepared
    if prepared.n == 0:
        return
    try:
        back = _read_back(dialect, export, stem)
    except FormError as refusal:
        yield f"{dialect.title} : ce fichier ne se relit pas ({refusal})."
        return
    if back.n != prepared.n:
        return
    for id_, cells in prepared.columns.items():
        differing = sum(ours != theirs for ours, theirs in zip(cells, back.columns[id_], strict=True))
        if differing:
            touched = f"{differing} réponse{'s' if differing > 1 else ''}"
            yield f"{dialect.title} : « {id_} » ne se relit pas à l’identique ({touched})."


def _read_back(dialect: Dialect, export: Export, stem: str) -> AnswerTable:
    content = export.beside[f"{stem}{dialect.data}"] if dialect.data else export.content
    with tempfile.TemporaryDirectory(prefix="labqvt-relecture-") as folder:
        path = Path(folder) / f"reponses{dialect.data or dialect.extension}"
        path.write_bytes(content)
        return decode_answers(load(path, ours=True), export.sheet.prepared.questionnaire)

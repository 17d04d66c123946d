"""``labqvt answers``: write a file of answers in another dialect, or the dictionary of its columns."""

from __future__ import annotations

import sys
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from labqvt.cli.outcome import Refused

if TYPE_CHECKING:
    from labqvt_forms import AnswerTable, Questionnaire

SUMMARY = "convertit des réponses d’un format à un autre, ou écrit le dictionnaire de leurs colonnes"
PIPE = "-"
_AS = "csv, csv-fr, limesurvey, limesurvey-labels, limesurvey-vv, limesurvey-archive, kobo, xlsx, sav, parquet ou r"


def add_arguments(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="action", required=True)
    convert = acts.add_parser(
        "convert", help="écrit les réponses dans un autre format, avec leur dictionnaire"
    )
    convert.add_argument(
        "responses",
        metavar="RESPONSES",
        help="CSV, XLSX, SAV, Parquet, LimeSurvey (.csv, .lsa, .json), ou - (entrée)",
    )
    convert.add_argument("out", metavar="OUT", help=".csv, .xlsx, .sav, .parquet, .R, ou - (sortie)")
    _add_questionnaire(convert)
    convert.add_argument("--as", default="", dest="dialect", help=f"{_AS}, au lieu de l’extension")
    convert.add_argument(
        "--with-texts", action="store_true", help="écrit aussi les textes libres d’une enquête anonyme"
    )
    dictionary = acts.add_parser("dictionary", help="écrit le dictionnaire des colonnes d’un questionnaire")
    dictionary.add_argument("out", metavar="OUT", help=".csv, ou - (sortie)")
    _add_questionnaire(dictionary)


def _add_questionnaire(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--questionnaire", required=True, metavar="FORM", help="le questionnaire : XLSForm, LimeSurvey, JSON…"
    )
    parser.add_argument("--lang", default="", help="langue des libellés (par défaut, la principale)")


def run(args: Namespace) -> int:
    from labqvt_forms import read

    reading = read(args.questionnaire)
    _warn(reading.warnings)
    if args.act == "dictionary":
        _dictionary(reading.questionnaire, args)
    else:
        _convert(reading.questionnaire, args)
    return 0


def _dictionary(questionnaire: Questionnaire, args: Namespace) -> None:
    from labqvt_forms import answers_dictionary
    from labqvt_forms.writing import put_in_place

    content = answers_dictionary(questionnaire, language=args.lang)
    if args.out == PIPE:
        sys.stdout.buffer.write(content)
    else:
        put_in_place(content, Path(args.out))


def _convert(questionnaire: Questionnaire, args: Namespace) -> None:
    from labqvt_forms import answers_to_bytes, write_answers

    table = _read(args.responses, questionnaire)
    # Asked for, texts are written; else the nature of the questionnaire decides.
    options = {"with_texts": args.with_texts or None, "language": args.lang}
    if args.out == PIPE:
        if not args.dialect:
            raise Refused(f"vers la sortie, dites le format : --as {_AS}.")
        written = answers_to_bytes(table, questionnaire, args.dialect, **options)
        sys.stdout.buffer.write(written.content)
        names = ", ".join(written.beside)
        warnings = (*written.warnings, f"vers la sortie, rien ne s’écrit à côté ({names}).")
    else:
        _refuse_writing_over(args)
        warnings = write_answers(table, questionnaire, Path(args.out), dialect=args.dialect, **options)
    if table.unread:
        names = ", ".join(f"« {name} »" for name in table.unread)
        warnings = (f"colonnes que le questionnaire ne connaît pas, non reprises : {names}.", *warnings)
    _warn((*table.warnings, *warnings))


def _refuse_writing_over(args: Namespace) -> None:
    """Keep the files given: what stands beside OUT (dictionary, syntax, data of a script) counts too."""
    from labqvt_forms.answers import DIALECTS, DICTIONARY_NAME

    out = Path(args.out)
    beside = [out, out.with_name(DICTIONARY_NAME), out.with_suffix(".sps")]
    beside += [dialect.data_file(out) for dialect in DIALECTS.values()]
    for given in (args.responses, args.questionnaire):
        if Path(given).resolve() in {path.resolve() for path in beside}:
            raise Refused(
                f"« {given} » serait écrit par-dessus : donnez à OUT un autre nom ou un autre dossier."
            )


def _read(file: str, questionnaire: Questionnaire) -> AnswerTable:
    from labqvt_forms import read_answers

    if file != PIPE:
        return read_answers(file, questionnaire)
    with tempfile.TemporaryDirectory(prefix="labqvt-reponses-") as folder:
        path = Path(folder) / "entrée"
        path.write_bytes(sys.stdin.buffer.read())
        return read_answers(path, questionnaire)


def _warn(sentences: Iterable[str]) -> None:
    for sentence in sentences:
        print(f"Attention : {sentence}", file=sys.stderr)

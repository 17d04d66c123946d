"""``labqvt questionnaire``: show a questionnaire of any format, or write it in another."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labqvt.cli.outcome import Refused

if TYPE_CHECKING:
    from labqvt_forms import Reading

SUMMARY = "montre un questionnaire, ou le convertit d’un format à un autre"
PIPE = "-"
FORMATS = ("xlsform", "lss", "lsa", "lsg", "lsq", "tsv", "surveyjs", "ddi", "json", "pdf")
"""Names of the formats written, known here without loading the library."""


def add_arguments(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="action", required=True)
    show = acts.add_parser("show", help="montre ce que contient un questionnaire")
    show.add_argument(
        "file",
        metavar="IN",
        help="XLSForm, LimeSurvey (.lss, .lsa, .lsg, .lsq, .txt), SurveyJS, DDI (.xml), JSON, ou - (entrée)",
    )
    show.add_argument("--json", action="store_true", dest="as_json", help="pour un autre programme")
    show.add_argument("--lang", default="", help="langue des textes montrés (par défaut, la principale)")
    convert = acts.add_parser("convert", help="écrit le questionnaire dans un autre format")
    convert.add_argument("file", metavar="IN", help="le questionnaire, ou - (entrée)")
    convert.add_argument(
        "out",
        metavar="OUT",
        help=".xlsx, .lss, .lsa, .lsg, .lsq, .txt, .tsv, .xml, .json, .pdf, ou - (sortie)",
    )
    convert.add_argument("--as", default="", dest="format_", help=f"{_formats()}, au lieu de l’extension")
    part = convert.add_mutually_exclusive_group()
    part.add_argument("--group", default="", metavar="ID", help="ce groupe seulement (.lsg n’en porte qu’un)")
    part.add_argument(
        "--question", default="", metavar="ID", help="cette question seulement (.lsq n’en porte qu’une)"
    )
    convert.add_argument(
        "--lang",
        default="",
        help="langue de la feuille imprimée (.pdf), et des textes qui ne nomment pas la leur",
    )


def _formats() -> str:
    *first, last = FORMATS
    return f"{', '.join(first)} ou {last}"


def run(args: Namespace) -> int:
    reading = _read(args.file, args.lang)
    if args.act == "show":
        _show(reading, args)
    else:
        _convert(reading, args)
    return 0


def _read(file: str, language: str) -> Reading:
    from labqvt_forms import read, read_bytes

    if file == PIPE:
        return read_bytes(sys.stdin.buffer.read(), name="questionnaire", language=language)
    return read(file, language=language)


def _show(reading: Reading, args: Namespace) -> None:
    from labqvt_forms.description import describe

    told = describe(reading, language=args.lang)
    page = json.dumps(told, ensure_ascii=False, indent=1) if args.as_json else "\n".join(_page(told))
    sys.stdout.write(page + "\n")


def _convert(reading: Reading, args: Namespace) -> None:
    from labqvt.documents.fonts import FONT_FOLDER
    from labqvt.foundation.design.tokens import FONT_FAMILY
    from labqvt_forms import Typeface, only_group, only_question, to_bytes, write

    questionnaire = reading.questionnaire
    if args.group:
        questionnaire = only_group(questionnaire, args.group)
    elif args.question:
        questionnaire = only_question(questionnaire, args.question)
    told: dict[str, Any] = {"language": args.lang, "typeface": Typeface(FONT_FAMILY, (FONT_FOLDER,))}
    if args.out == PIPE:
        if not args.format_:
            raise Refused(f"vers la sortie, dites le format : --as {_formats()}.")
        written = to_bytes(questionnaire, args.format_, **told)
        sys.stdout.buffer.write(written.content)
        warnings = written.warnings
    else:
        warnings = write(questionnaire, Path(args.out), format_=args.format_, **told)
    for warning in (*reading.warnings, *warnings):
        print(f"Attention : {warning}", file=sys.stderr)


def _page(told: dict[str, Any]) -> list[str]:
    """Lay the description out for a person."""
    kind = "anonyme" if told["anonymous"] else "nominatif"
    lines = [f"{told['title']} ({', '.join(told['languages'])}, {kind})", ""]
    for item in told["items"]:
        condition = f"  [si {item['relevant']}]" if item["relevant"] else ""
        lines.append(f"{item['id']:<16} {item['type']:<9} {item['label']}{condition}")
        if item["choices"]:
            told_choices = " · ".join(f"{choice['code']} {choice['label']}" for choice in item["choices"])
            lines.append(f"{'':27}{told_choices}")
    lines.append("")
    lines += [
        f"Échelle {scale['id']} : {scale['label']} ({', '.join(scale['items'])})" for scale in told["scales"]
    ]
    return lines + [f"Attention : {warning}" for warning in told["warnings"]]

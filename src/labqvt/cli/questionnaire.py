"""``labqvt questionnaire``: show a questionnaire of any format."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

SUMMARY = "montre un questionnaire, quel que soit son format"


def add_arguments(parser: ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", metavar="action", required=True)
    show = acts.add_parser("show", help="montre ce que contient un questionnaire")
    show.add_argument("file", metavar="IN", type=Path, help="XLSForm, LimeSurvey (.lss, .txt) ou JSON")
    show.add_argument("--json", action="store_true", dest="as_json", help="pour un autre programme")
    show.add_argument("--lang", default="", help="langue des textes montrés (par défaut, la principale)")


def run(args: Namespace) -> int:
    from labqvt_forms import read
    from labqvt_forms.description import describe

    told = describe(read(args.file, language=args.lang), language=args.lang)
    if args.as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_page(told)) + "\n")
    return 0


def _page(told: dict[str, Any]) -> list[str]:
    """Lay the description out for a person."""
    kind = "anonyme" if told["anonymous"] else "nominatif"
    lines = [f"{told['title']} ({', '.join(told['languages'])}, {kind})", ""]
    for item in told["items"]:
        condition = f"  [si {item['relevant']}]" if item["relevant"] else ""
        lines.append(f"{item['id']:<16} {item['type']:<9} {item['label']}{condition}")
        if item["choices"]:
            lines.append(
                " " * 27 + " · ".join(f"{choice['code']} {choice['label']}" for choice in item["choices"])
            )
    lines += [
        "",
        *(
            f"Échelle {scale['id']} : {scale['label']} ({', '.join(scale['items'])})"
            for scale in told["scales"]
        ),
    ]
    lines += [f"Attention : {warning}" for warning in told["warnings"]]
    return lines

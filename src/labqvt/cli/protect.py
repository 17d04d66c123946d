"""``labqvt protect``: plan, display and audit what may be published of each structure of a file."""

import json
import os
import resource
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from labqvt.cli.answered import Answered, add_answered, add_protection, flat
from labqvt.cli.json_file import write_json
from labqvt.cli.outcome import DONE, Refused
from labqvt.cli.unfinished import Unfinished, mark_of

_PARTS = {"parameters": dict, "instrument": dict, "structures": list}
SUMMARY = "prépare et contrôle ce qui peut être publié de chaque structure d’un fichier"


def add_arguments(parser: ArgumentParser) -> None:
    add_answered(parser, by="colonnes selon lesquelles répartir, les plus utiles d’abord")
    parser.add_argument(
        "--structure",
        metavar="COL",
        help="colonne de la structure de chaque personne ; sans elle, le fichier est une structure",
    )
    add_protection(parser)
    parser.add_argument(
        "--previous",
        metavar="PUBLICATION",
        help="ce qui a déjà été publié des mêmes réponses : les deux sont contrôlés ensemble",
    )
    parser.add_argument("--json", required=True, metavar="FICHIER", help="où écrire la publication")


def run(args: Namespace) -> int:
    from labqvt_stats import Protection
    from labqvt_stats.publication import protect

    protection = Protection(others=args.others, insiders=args.insiders, band=max(2, args.insiders + 1))
    previous = read_publication(args.previous) if args.previous else None
    columns = flat(args.by)
    file = Answered.read(args.responses, args.questionnaire, "fr", [*columns, args.structure])
    asked = {"by": columns, "structure": args.structure, "others": args.others, "insiders": args.insiders,
             "previous": previous}  # fmt: skip
    unfinished = Unfinished(args.json, mark_of([args.responses, args.questionnaire], asked))
    if unfinished.done:
        print(
            f"Reprise : {len(unfinished.done)} structure(s) déjà contrôlée(s) par un essai interrompu.",
            file=sys.stderr,
        )
    publication = protect(
        file.answers(),
        [file.column(name) for name in columns],
        structure=file.column(args.structure) if args.structure else None,
        protection=protection,
        previous=previous,
        workers=os.cpu_count() or 1,
        said=_say,
        done=unfinished.done,
        keep=unfinished.keep,
    )
    write_json(Path(args.json), publication)
    unfinished.finished()
    shown = sum(entry["shown"] for entry in publication["structures"])
    print(f"{file.answers().n} réponses, {len(publication['structures'])} structure(s) : {shown} publiable(s). "
          f"Écrit : {args.json}, en {_processor_hours()}. À faire relire par « labqvt verify ».")  # fmt: skip
    return DONE


def _processor_hours() -> str:
    """What this run took of the processors, the processes it shared the work with included."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    hours = sum(one.ru_utime + one.ru_stime for one in used) / 3600
    return f"{hours:.3f} heure(s) de processeur".replace(".", ",")


def _say(share: float) -> None:
    if sys.stderr.isatty():
        print(f"\r… {100 * share:.0f} %", end="\n" if share == 1 else "", file=sys.stderr)


def read_publication(path: str) -> dict[str, Any]:
    """A publication file; ``Refused`` says what is wrong with it."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"{path} ne se lit pas ({error.strerror}).") from error
    except ValueError as error:
        raise Refused(f"{path} n’est pas un fichier JSON.") from error
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema != "labqvt/publication/1":
        raise Refused(
            f"{path} n’est pas une publication : son schéma est « {schema or 'absent'} », « labqvt/publication/1 » attendu."
        )
    if missing := [part for part in _PARTS if not isinstance(content.get(part), _PARTS[part])]:
        raise Refused(
            f"{path} est incomplet : il y manque {', '.join(missing)}. Refaites-le avec « labqvt protect »."
        )
    return dict(content)

"""``labqvt verify``: attack a publication file, knowing nothing of how it was made."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from labqvt.cli.outcome import DONE, FINDINGS, Refused
from labqvt.cli.protect import read_publication

if TYPE_CHECKING:
    from labqvt_forms import Questionnaire
    from labqvt_stats.verifier import Verdict

SUMMARY = "attaque une publication, sans rien savoir de la façon dont elle fut faite"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("publication", metavar="PUBLICATION", help="fichier écrit par « labqvt protect »")
    parser.add_argument(
        "--responses",
        metavar="REPONSES",
        help="les réponses, en codes, dans le même ordre : vérifie aussi que l’affichage est vrai",
    )


def run(args: Namespace) -> int:
    publication = read_publication(args.publication)
    responses = _responses(args.responses, publication) if args.responses else None
    try:
        if responses is not None:
            _require_its_own(responses, publication, args.responses)
        verdicts = [
            _attacked(publication, place, responses) for place in range(len(publication["structures"]))
        ]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise Refused(
            f"{args.publication} ne se laisse pas lire comme une publication ({type(error).__name__} : {error})."
        ) from error
    exposed = sum(bool(verdict.exposed) for verdict in verdicts)
    unsettled = sum(bool(verdict.unsettled) for verdict in verdicts)
    print(f"{len(verdicts)} structure(s) : {exposed} exposée(s), {unsettled} non tranchée(s).")
    return FINDINGS if exposed else DONE


def _attacked(
    publication: dict[str, Any], place: int, responses: dict[str, list[str | None]] | None
) -> "Verdict":
    """One structure, told as soon as it is settled: a large one takes a minute."""
    from labqvt_stats.verifier import verify

    [verdict] = verify(publication | {"structures": [publication["structures"][place]]}, responses)
    for sentence in verdict.exposed:
        print(f"{verdict.id} : EXPOSÉ. {sentence}", flush=True)
    for sentence in verdict.unsettled:
        print(f"{verdict.id} : non tranché. {sentence}", flush=True)
    if not verdict.exposed and not verdict.unsettled:
        shown = publication["structures"][place]["shown"]
        print(f"{verdict.id} : {'rien ne se déduit.' if shown else 'rien n’est publié.'}", flush=True)
    return verdict


def _responses(path: str, publication: dict[str, Any]) -> dict[str, list[str | None]]:
    """The answers of the file, by item, as codes; read as any file of answers is."""
    from labqvt_forms.answers import read_answers

    form = _form_of(publication["instrument"])
    columns = read_answers(path, form).columns
    return {
        item["id"]: [
            cell if isinstance(cell, str) and cell in item["codes"] else None for cell in columns[item["id"]]
        ]
        for item in publication["instrument"]["items"]
    }


def _require_its_own(responses: dict[str, list[str | None]], publication: dict[str, Any], path: str) -> None:
    """A file of fewer answers than the publication names is another file."""
    here = min((len(column) for column in responses.values()), default=0)
    groups = (group for structure in publication["structures"] for group in structure["groups"])
    told = 1 + max((int(row) for group in groups for row in group["rows"]), default=-1)
    if here < told:
        raise Refused(
            f"{path} n’est pas le fichier de cette publication : elle compte au moins {told} réponses, ce fichier {here}."
        )


def _form_of(instrument: dict[str, Any]) -> "Questionnaire":
    """The questions of the publication, with nothing but their codes."""
    from labqvt_forms import Choice, ChoiceList, Group, Questionnaire, SingleChoice, Text

    def text(words: str) -> Text:
        return Text.of({"fr": words})

    items = tuple(
        SingleChoice(
            id=item["id"],
            label=text(item["id"]),
            choices=ChoiceList(
                id=f"codes-{item['id']}",
                choices=tuple(Choice(code=code, label=text(code)) for code in item["codes"]),
            ),
        )
        for item in instrument["items"]
    )
    return Questionnaire(
        id="publication",
        title=text("Publication"),
        languages=("fr",),
        groups=(Group(id="g", title=text("Publication"), items=items),),
    )

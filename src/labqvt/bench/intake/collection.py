"""A collection to answer, in an instance of its own: ``python -m labqvt.bench.intake.collection`` prints it as JSON.

44 fields, on eight pages or on one: the size of the published comparisons.
"""

import argparse
import json
import os
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from labqvt_forms import Block, Choice, ChoiceList, FreeText, Group, Questionnaire, Row, Text

FIELDS: Final = 44
_ROWS: Final = 40
_TEXTS: Final = FIELDS - _ROWS
_DEGREES: Final = ("Pas du tout", "Plutôt pas", "Entre les deux", "Plutôt", "Tout à fait")


@dataclass(frozen=True, slots=True)
class Collection:
    """What a person, or a thief with the key, needs to know of an open campaign."""

    campaign: str
    pages: int
    codes: list[str]
    key_file: str
    sheet_size: int


def questionnaire_of(pages: int) -> Questionnaire:
    """Forty sentences to agree with and four short texts, dealt over this many pages."""
    agreement = ChoiceList(
        id="accord",
        choices=tuple(
            Choice(code=str(rank), label=Text.of({"fr": label})) for rank, label in enumerate(_DEGREES, 1)
        ),
    )
    groups = [
        Group(
            id=f"P{page}",
            title=Text.of({"fr": f"Thème {page}"}),
            items=(
                Block(
                    id=f"B{page}",
                    label=Text.of({"fr": "Êtes-vous d’accord ?"}),
                    choices=agreement,
                    rows=tuple(
                        Row(id=f"Q{rank}", label=Text.of({"fr": f"Une phrase sur le travail, la {rank}e."}))
                        for rank in range(1 + (page - 1) * _ROWS // pages, 1 + page * _ROWS // pages)
                    ),
                ),
                *(
                    FreeText(id=f"T{rank}", label=Text.of({"fr": f"En quelques mots, {rank} ?"}), longest=200)
                    for rank in range(1 + (page - 1) * _TEXTS // pages, 1 + page * _TEXTS // pages)
                ),
            ),
        )
        for page in range(1, pages + 1)
    ]
    return Questionnaire(
        id=f"mesure-{pages}",
        title=Text.of({"fr": f"Mesure sur {pages} pages"}),
        languages=("fr",),
        groups=tuple(groups),
    )


def prepare(*, codes: int, pages: int) -> Collection:
    """Open a campaign of this many codes. Migrates first; to call in a process of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "labqvt.config.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from labqvt.campaigns import keys, services
    from labqvt.campaigns.codes import codes_of
    from labqvt.campaigns.models import Campaign
    from labqvt.instruments.models import Questionnaire as Kept
    from labqvt.instruments.models import QuestionnaireVersion
    from labqvt.people import services as people
    from labqvt.people.models import Function, Organisation
    from labqvt_forms.formats import json_form

    call_command("migrate", interactive=False, verbosity=0)
    if not (Path(os.environ["LABQVT_VAR_DIR"]) / "static" / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    # A structure each time: two campaigns at once in one are refused.
    rank = Organisation.objects.count() + 1
    structure = people.create_organisation(name=f"Structure mesurée {rank}", headcount=codes)
    director = people.create_account(email=f"mesure{rank}@exemple.invalid", name="Direction")
    people.assign(account=director, function=Function.DIRECTOR, scope=structure.scope, by=None)
    form = questionnaire_of(pages)
    questionnaire, _new = Kept.objects.get_or_create(
        slug=form.id, defaults={"title": form.title.pick("fr"), "origin": Kept.Origin.SHIPPED}
    )
    version, _new = QuestionnaireVersion.objects.get_or_create(
        questionnaire=questionnaire,
        number=1,
        defaults={
            "content": json_form.to_json(form),
            "status": QuestionnaireVersion.Status.PUBLISHED,
            "published_on": timezone.localdate(),
        },
    )
    today = timezone.localdate()
    draft = services.prepare_campaign(
        structure=structure, by=director, title=f"Mesure {pages} pages, {codes} codes", version=version,
        opens_on=today, closes_on=today + timedelta(days=1), headcount=codes, direction_members=0,
    )  # fmt: skip
    campaign: Campaign = services.open_campaign(campaign=draft, by=director)
    printed = [
        p.code for population in campaign.populations.all() for p in codes_of(population, keys.read(campaign))
    ]
    return Collection(
        campaign=campaign.public_id, pages=pages, codes=printed, key_file=str(keys.path_of(campaign)),
        sheet_size=int(campaign.parameters["sheet_size"]),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--codes", type=int, required=True)
    parser.add_argument("--pages", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    os.umask(0o077)  # what this instance writes is for its account only
    collection: dict[str, Any] = asdict(prepare(codes=args.codes, pages=args.pages))
    args.out.write_text(json.dumps(collection), encoding="utf-8")


if __name__ == "__main__":
    main()

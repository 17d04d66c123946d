"""Publish the questionnaires delivered with the tool."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt.instruments.taking_packs import facts_of_questionnaire, facts_of_version
from labqvt_forms.formats import json_form
from labqvt_forms.packs import EXTENSION, Pack, read_pack_file

PACKS_DIR: Final = Path(__file__).parent / "packs"
# What most structures begin with.
SIX_DETERMINANTS: Final = ("six-determinants-salaries", "six-determinants-direction")
Status = QuestionnaireVersion.Status


def publish_shipped_packs() -> dict[str, QuestionnaireVersion]:
    """Publish the questionnaires delivered with the tool, by id. Run again, it publishes only what was reworded."""
    return _publish_all(path.name.removesuffix(EXTENSION) for path in PACKS_DIR.glob(f"*{EXTENSION}"))


def publish_six_determinants() -> tuple[QuestionnaireVersion, QuestionnaireVersion]:
    """The six determinants alone: for employees, and seen from direction."""
    published = _publish_all(SIX_DETERMINANTS)
    return published[SIX_DETERMINANTS[0]], published[SIX_DETERMINANTS[1]]


@transaction.atomic
def _publish_all(names: Iterable[str]) -> dict[str, QuestionnaireVersion]:
    packs = [read_pack_file(PACKS_DIR / f"{name}{EXTENSION}") for name in names]
    # What is mirrored or put in easier words comes before what cites it.
    packs.sort(key=lambda pack: (bool(pack.easy_read_of), bool(pack.mirrors), pack.id))
    published: dict[str, QuestionnaireVersion] = {}
    for pack in packs:
        published[pack.id] = _publish(
            pack, mirrors=published.get(pack.mirrors), easy_read_of=published.get(pack.easy_read_of)
        )
    return published


def _publish(
    pack: Pack, *, mirrors: QuestionnaireVersion | None, easy_read_of: QuestionnaireVersion | None
) -> QuestionnaireVersion:
    """Return the published version of exactly this content; a new wording is a new number."""
    questionnaire, _new = Questionnaire.objects.update_or_create(
        slug=pack.id,
        defaults={
            "title": pack.questionnaire.title.pick("fr")[:200],
            "origin": Questionnaire.Origin.SHIPPED,
            "easy_read_of": easy_read_of.questionnaire if easy_read_of else None,
            **facts_of_questionnaire(pack),
        },
    )
    said: dict[str, Any] = {
        "content": json_form.to_json(pack.questionnaire), "mirrors": mirrors, **facts_of_version(pack),
    }  # fmt: skip
    latest = questionnaire.versions.order_by("-number").first()
    if latest is not None and all(getattr(latest, name) == value for name, value in said.items()):
        return latest
    questionnaire.versions.filter(status=Status.PUBLISHED).update(status=Status.RETIRED)
    version = QuestionnaireVersion(
        questionnaire=questionnaire, number=latest.number + 1 if latest else 1, status=Status.PUBLISHED,
        published_on=date.fromisoformat(pack.date), **said,
    )  # fmt: skip
    version.full_clean()
    version.save()
    journal.record(
        act="instruments.publish", by=None, on=version, title=str(version),
        sentence=gettext_noop("Questionnaire publié : %(title)s"),
    )  # fmt: skip
    return version

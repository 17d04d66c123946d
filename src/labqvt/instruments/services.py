"""Acts on questionnaires."""

from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt_forms.formats import json_form
from labqvt_forms.packs import EXTENSION, read_pack_file

PACKS_DIR: Final = Path(__file__).parent / "packs"
PUBLISHED: Final = ("six-determinants-salaries", "six-determinants-direction")


@transaction.atomic
def publish_shipped_packs() -> list[QuestionnaireVersion]:
    """Publish the questionnaires delivered with the tool. Run again, it publishes only what was reworded."""
    published: dict[str, QuestionnaireVersion] = {}
    for name in PUBLISHED:
        pack = read_pack_file(PACKS_DIR / f"{name}{EXTENSION}")
        published[pack.id] = _publish(
            json_form.to_json(pack.questionnaire),
            kind=pack.public,
            licence=pack.licence.id,
            mirrors=published.get(pack.mirrors),
        )
    return list(published.values())


def _publish(
    content: dict[str, Any], *, kind: str, licence: str, mirrors: QuestionnaireVersion | None
) -> QuestionnaireVersion:
    """Return the published version of exactly this content; a new wording is a new number."""
    questionnaire, _new = Questionnaire.objects.get_or_create(
        slug=content["id"], defaults={"title": content["title"]["fr"], "kind": kind, "licence": licence}
    )
    latest = questionnaire.versions.order_by("-number").first()
    if latest is not None and latest.content == content and latest.mirrors == mirrors:
        return latest
    questionnaire.versions.filter(status=QuestionnaireVersion.Status.PUBLISHED).update(
        status=QuestionnaireVersion.Status.RETIRED
    )
    version = QuestionnaireVersion(
        questionnaire=questionnaire,
        number=latest.number + 1 if latest else 1,
        content=content,
        mirrors=mirrors,
        status=QuestionnaireVersion.Status.PUBLISHED,
    )
    version.full_clean()
    version.save()
    journal.record(
        act="instruments.publish",
        by=None,
        on=version,
        sentence=gettext_noop("Questionnaire publié : %(title)s"),
        title=str(version),
    )
    return version

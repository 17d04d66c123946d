"""Publish the questionnaires delivered with the tool."""

from datetime import date
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop

from labqvt.foundation import journal
from labqvt.instruments.models import Questionnaire, QuestionnaireVersion
from labqvt_forms.formats import json_form
from labqvt_forms.formats.json_form import encode_object
from labqvt_forms.packs import EXTENSION, Pack, read_pack_file

PACKS_DIR: Final = Path(__file__).parent / "packs"


@transaction.atomic
def publish_shipped_packs() -> dict[str, QuestionnaireVersion]:
    """Publish the questionnaires delivered with the tool, by id. Run again, it publishes only what was reworded."""
    packs = [read_pack_file(path) for path in PACKS_DIR.glob(f"*{EXTENSION}")]
    # What is mirrored or put in easier words comes before what cites it.
    packs.sort(key=lambda pack: (bool(pack.easy_read_of), bool(pack.mirrors), pack.id))
    published: dict[str, QuestionnaireVersion] = {}
    for pack in packs:
        published[pack.id] = _publish(pack, published)
    return published


def _publish(pack: Pack, published: dict[str, QuestionnaireVersion]) -> QuestionnaireVersion:
    """Return the published version of exactly this content; a new wording is a new number."""
    questionnaire = _described(pack, published)
    mirrors = published[pack.mirrors] if pack.mirrors else None
    content = json_form.to_json(pack.questionnaire)
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
        references=[encode_object(value) for value in pack.reference_values],
        kept_apart=list(pack.kept_apart),
        status=QuestionnaireVersion.Status.PUBLISHED,
        published_on=date.fromisoformat(pack.date),
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


def _described(pack: Pack, published: dict[str, QuestionnaireVersion]) -> Questionnaire:
    """The questionnaire as its pack describes it today."""
    easier = published[pack.easy_read_of].questionnaire if pack.easy_read_of else None
    attestation = pack.licence.attestation
    facts = {
        "title": pack.questionnaire.title.pick("fr"),
        "kind": pack.public.value,
        "origin": Questionnaire.Origin.SHIPPED,
        "licence": pack.licence.id,
        "licence_text": pack.licence.text.pick("fr"),
        "licence_url": pack.licence.url,
        "attestation": attestation.pick("fr") if attestation else "",
        "easy_read_of": easier,
        "reviewed_by_readers": pack.reviewed_by_readers,
    }
    questionnaire, _new = Questionnaire.objects.update_or_create(slug=pack.id, defaults=facts)
    return questionnaire

"""What a pack says beside its questions, as our models keep it. No Django here."""

from typing import Any

from labqvt_forms.formats.json_form import encode_object
from labqvt_forms.packs import Licence, Pack


def facts_of_questionnaire(pack: Pack) -> dict[str, Any]:
    """Public and right to use: the same for every version."""
    licence = pack.licence
    return {
        "kind": pack.public.value,
        "licence": licence_name(licence),
        "licence_text": dict(licence.text),
        "licence_url": licence.url,
        "attestation": licence.attestation.pick("fr") if licence.attestation else "",
        "reviewed_by_readers": pack.reviewed_by_readers,
    }


def facts_of_version(pack: Pack) -> dict[str, Any]:
    """What goes with these words and not with others."""
    return {
        "references": [encode_object(reference) for reference in pack.reference_values],
        "kept_apart": list(pack.kept_apart),
        "scoring_note": dict(pack.scoring_note),
        "minutes": pack.minutes,
    }


def licence_name(licence: Licence) -> str:
    """« CC BY 4.0 » as people write it; any other identifier as it is."""
    name = licence.id
    return name.replace("-", " ") if name.startswith("CC-BY") else name

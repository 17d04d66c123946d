"""Give a computed diagnosis the words of its questionnaire, in every language it has. No Django here."""

from typing import Any

from labqvt.instruments.measuring import with_themes
from labqvt_forms import Questionnaire

Json = dict[str, Any]


def with_words(content: Json, form: Questionnaire) -> Json:
    """Extend ``labqvt/diagnosis/1``: titles and labels by language, sense of items, determinant of scales."""
    assumed = not form.scales
    form = with_themes(form)
    items = {variable.id: variable for variable in form.variables}
    scales = {scale.id: scale for scale in form.scales}
    return content | {
        "title": dict(form.title),
        "languages": list(form.languages),
        "assumed_scales": assumed,
        "items": [
            item
            | {
                "labels": dict(items[item["id"]].label),
                "reverse": items[item["id"]].reverse,
                "scale": scale.id if (scale := form.scale_of(item["id"])) else None,
            }
            for item in content["items"]
        ],
        "scales": [
            scale
            | {
                "labels": dict(scales[scale["id"]].label),
                "determinant": getattr(scales[scale["id"]].determinant, "value", None),
            }
            for scale in content["scales"]
        ],
    }

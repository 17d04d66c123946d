"""How forms look: label above, hint before the field, optional said in words, errors beside and summed up.

``{{ form }}`` and ``{{ form.field.as_field_group }}`` give all of it; see docs/composants.md.
"""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """The project's ``FORM_RENDERER``."""

    form_template_name = "foundation/forms/form.html"
    formset_template_name = "foundation/forms/formset.html"
    field_template_name = "foundation/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if widget := context.get("widget"):
            dress(widget)
        return super().render(template_name, context, request)


def dress(widget: dict[str, Any]) -> None:
    """Give text fields, lists and file fields the class of the house, beside the form's own classes."""
    if widget.get("type") in {"radio", "checkbox", "hidden"}:
        return
    attrs = widget["attrs"]
    classes = attrs.get("class", "").split()
    if "control" not in classes:
        attrs["class"] = " ".join(["control", *classes])


class ScaleSelect(forms.RadioSelect):
    """An ordered scale of answers: stacked on a phone, in columns on a desk; nothing is ticked in advance."""

    is_scale = True

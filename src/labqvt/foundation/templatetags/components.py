"""Tags that put a component in a page: ``show`` (alone), ``wrap`` (around content), ``icon``, ``place``.

A component is a template of ``foundation/components/``; its parameters are documented at its top. It sees
its parameters and the request, nothing else of the page, so that a page's ``title`` never leaks into it.
"""

import re
from typing import Any, Final

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from labqvt.foundation.design.icons import ICONS
from labqvt.foundation.design.tokens import DETERMINANTS, Determinant
from labqvt.foundation.design.track import Track, draw_track
from labqvt.foundation.typography import typo

register = template.Library()

_AMBIENT: Final = ("request", "csrf_token", "user", "LANGUAGE_CODE", "LANGUAGES")
_DETERMINANTS: Final = {determinant.id: determinant for determinant in DETERMINANTS}


def _render(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    engine = context.template.engine if context.template else template.Engine.get_default()
    ambient = {key: context[key] for key in _AMBIENT if key in context}
    found = engine.get_template(f"foundation/components/{name}.html")
    return found.render(context.new(ambient | values))


@register.simple_tag(takes_context=True)
def show(context: Context, component: str, **values: Any) -> SafeString:
    """Put a component: ``{% show "key_figure" value=… name=… source=… %}``."""
    return _render(context, component, values)


class WrapNode(template.Node):
    """A component around content, which it receives as ``body``."""

    def __init__(
        self, name: FilterExpression, values: dict[str, FilterExpression], nodelist: NodeList
    ) -> None:
        self.name = name
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        values = {key: value.resolve(context) for key, value in self.values.items()}
        return _render(context, self.name.resolve(context), values | {"body": self.nodelist.render(context)})


@register.tag
def wrap(parser: Parser, token: Token) -> WrapNode:
    """Put a component around content: ``{% wrap "notice" tone="info" %}…{% endwrap %}``."""
    tag, *bits = token.split_contents()
    if not bits:
        raise template.TemplateSyntaxError(f"« {tag} » attend le nom d’un composant.")
    name = parser.compile_filter(bits.pop(0))
    values = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(
            f"« {tag} » n’attend que des paramètres nommés ; en trop : {bits}."
        )
    nodelist = parser.parse(("endwrap",))
    parser.delete_first_token()
    return WrapNode(name, values, nodelist)


class TypesetNode(template.Node):
    """Running text set by the rules of the page's language; what people typed stays as it is."""

    _KEPT = re.compile(r"(<(textarea|pre|code|svg|script|style)\b.*?</\2>)", re.DOTALL)

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        language = get_language() or "fr"
        parts = self._KEPT.split(self.nodelist.render(context))
        # split() gives text, kept element, its tag name, text, …
        typeset = [
            typo(part, language) if rank % 3 == 0 else part
            for rank, part in enumerate(parts)
            if rank % 3 != 2
        ]
        return mark_safe("".join(typeset))  # noqa: S308 - spaces and apostrophes of HTML already rendered


@register.tag
def typeset(parser: Parser, _token: Token) -> TypesetNode:
    """Set the spaces and apostrophes of what a page says (in the base layouts, around everything)."""
    nodelist = parser.parse(("endtypeset",))
    parser.delete_first_token()
    return TypesetNode(nodelist)


@register.simple_tag
def icon(name: str, said: str = "") -> SafeString:
    """An icon of the house; decorative unless ``said`` gives what it says aloud."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 - the set of this module, never user input
    if said:
        return format_html(
            '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', said, drawing
        )
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.inclusion_tag("foundation/components/place.html")
def place(*steps: Any) -> dict[str, Any]:
    """Where we are, in words: ``{% place _("Votre espace") url _("Campagne") url2 _("Participation") %}``.

    Labels and addresses alternate; the last label, alone, is the page itself.
    """
    *above, here = steps
    return {"above": list(zip(above[::2], above[1::2], strict=True)), "here": here}


@register.simple_tag
def track(items: Any, today: Any = None) -> Track:
    """Positions of dated items on one axis: ``{% track items as drawn %}``."""
    return draw_track(items, today)


@register.filter
def undo_address(extra_tags: str) -> str:
    """Where to undo what a message announces (see ``foundation.views.announce``); empty when it cannot be."""
    kind, _colon, entry = (extra_tags or "").partition(":")
    return reverse("foundation:undo", args=[entry]) if kind == "undo" and entry else ""


@register.filter
def ranks(total: int) -> range:
    """1, 2, … ``total``."""
    return range(1, total + 1)


@register.filter
def chosen_in(value: Any, chosen: Any) -> bool:
    """Whether this value was given: ``chosen`` is one value, several, or nothing."""
    if chosen is None or chosen == "":
        return False
    given = chosen if isinstance(chosen, list | tuple | set | frozenset) else [chosen]
    return str(value) in {str(one) for one in given}


@register.filter
def as_determinant(determinant_id: str) -> Determinant | None:
    """The determinant of this id, with its icon and pattern."""
    return _DETERMINANTS.get(determinant_id)


@register.filter
def field_kind(field: BoundField) -> str:
    """How to draw a form field: ``choices``, ``scale``, ``check``, ``group`` or ``control``."""
    widget = field.field.widget
    if getattr(widget, "is_scale", False):
        return "scale"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if widget.use_fieldset else "control"


@register.filter
def error_target(field: BoundField) -> str:
    """The id an error summary leads to: the control, or the first choice of a group."""
    if field_kind(field) in {"choices", "scale"}:
        return f"{field.auto_id}_0"
    if field_kind(field) == "group":
        return field.field.widget.id_for_label(field.auto_id) or field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def field_named(form: forms.BaseForm, name: str) -> BoundField | None:
    """The field an error of ``form.errors`` belongs to; none for the errors of the whole form."""
    return form[name] if name in form.fields else None

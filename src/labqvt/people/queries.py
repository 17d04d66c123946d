"""Reading the directory of organisations."""

from typing import Any

from django.db.models import Q, QuerySet

from labqvt.people.models import Organisation


def organisations_of(person: Any, search: str = "", kind: str = "") -> QuerySet[Organisation]:
    """All of them for the administration; for who steers, those that are not a structure: its life is its own."""
    found = Organisation.objects.all()
    if not person.is_administrator:
        found = found.exclude(kind=Organisation.Kind.STRUCTURE)
    if kind:
        found = found.filter(kind=kind)
    if search:
        digits = search.replace(" ", "")
        found = found.filter(
            Q(name__icontains=search) | Q(names__name__icontains=search) | Q(siret__startswith=digits)
        ).distinct()
    return found.order_by("name", "pk")

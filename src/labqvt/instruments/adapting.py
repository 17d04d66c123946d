"""A shipped questionnaire completed by a structure: the shipped part is locked, so that results stay comparable."""

from dataclasses import replace
from typing import Final

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from labqvt_forms import Block, Group, Item, Questionnaire, Rating, Row, Text, YesNo

OWN_GROUP: Final = "propres"
AT_MOST: Final = 3
# Closed questions only: at this size a free text or a profile question would tell who speaks.
OWN_KINDS: Final = (Block, Rating, YesNo)


def completed(base: Questionnaire) -> Questionnaire:
    """The shipped questionnaire with an empty last page for the structure's own questions."""
    page = Group(
        id=OWN_GROUP,
        title=Text.of(fr="Les questions de votre structure", en="Your organisation’s own questions"),
        description=Text.of(
            fr="Ces questions ont été ajoutées par votre structure ; elles ne comptent dans aucun score.",
            en="These questions were added by your organisation; they count in no score.",
        ),
    )
    return replace(base, groups=(*base.groups, page))


def own_group(form: Questionnaire) -> Group:
    """The page a structure writes."""
    return next(group for group in form.groups if group.id == OWN_GROUP)


def own_questions(form: Questionnaire) -> tuple[Item | Row, ...]:
    """Own questions as people read them: a row of a block is one question."""
    return tuple(
        question
        for item in own_group(form).items
        for question in (item.rows if isinstance(item, Block) else (item,))
    )


def refuse_other_changes(base: Questionnaire, form: Questionnaire) -> None:
    """Stop anything but up to three closed questions on the structure's own page."""
    groups = tuple(group for group in form.groups if group.id != OWN_GROUP)
    pages = len(form.groups) - len(groups)
    if pages != 1 or form.groups[-1].id != OWN_GROUP or replace(form, groups=groups) != base:
        raise PermissionDenied(
            _(
                "Les questions livrées ne se modifient pas : c’est ce qui permet de comparer les résultats. Seule la page de vos propres questions est à vous."
            )
        )
    own = own_group(form)
    if len(own_questions(form)) > AT_MOST:
        raise PermissionDenied(
            _("Une structure ajoute au plus %(most)s questions : au-delà, les personnes répondent moins.")
            % {"most": AT_MOST}
        )
    if any(not isinstance(item, OWN_KINDS) or item.profile for item in own.items):
        raise PermissionDenied(
            _(
                "Vos questions se répondent par un accord, un oui ou un non, ou une note : une question ouverte ou sur la personne dirait qui parle."
            )
        )

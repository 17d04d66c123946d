"""Acts on a draft: change it, go back, go forward. Every act is kept as a step, so that nothing is ever lost."""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from labqvt.foundation.verdict import require
from labqvt.instruments.adapting import refuse_other_changes
from labqvt.instruments.models import DraftStep, QuestionnaireVersion
from labqvt.instruments.parsed import form_of_step, remember, remember_step
from labqvt.instruments.policy import may_edit
from labqvt_forms import Questionnaire as Form
from labqvt_forms.formats import json_form

STEPS_KEPT: Final = 200


def locked(version: QuestionnaireVersion) -> QuestionnaireVersion:
    """The same version, kept from others until the end of the transaction."""
    fresh = QuestionnaireVersion.objects.select_for_update(of=("self",))
    return fresh.select_related("questionnaire__scope", "questionnaire__adapts").get(pk=version.pk)


def change(*, version: QuestionnaireVersion, form: Form, sentence: str, by: Any) -> QuestionnaireVersion:
    """Give a draft its new wording. What had been undone and not done again is forgotten."""
    return edit(version=version, act=lambda _form: form, sentence=sentence, by=by)


@transaction.atomic
def edit(
    *, version: QuestionnaireVersion, act: Callable[[Form], Form], sentence: str, by: Any
) -> QuestionnaireVersion:
    """Do an act on a draft as it is now, whatever its author or another person did since it was shown."""
    version = locked(version)
    require(may_edit(by, version))
    before = version.form
    form = act(before)
    if form == before:
        return version
    if version.questionnaire.adapts is not None:
        refuse_other_changes(version.questionnaire.adapts.form, form)
    content = json_form.to_json(form)
    if version.step == 0 and not version.steps.exists():
        first = DraftStep.objects.create(
            version=version, number=0, sentence="", packed=DraftStep.pack(version.content), by=by
        )
        remember_step(version, first, before)
    version.steps.filter(number__gt=version.step).delete()
    version.step += 1
    done = DraftStep.objects.create(
        version=version, number=version.step, sentence=sentence[:300], packed=DraftStep.pack(content), by=by
    )
    remember_step(version, done, form)
    version.steps.filter(number__lt=version.step - STEPS_KEPT).delete()
    _put(version, content, form)
    return version


@transaction.atomic
def step_back(*, version: QuestionnaireVersion, by: Any) -> str:
    """Undo the last act on a draft; return its sentence."""
    version = locked(version)
    require(may_edit(by, version))
    undone = version.steps.filter(number=version.step).first()
    before = version.steps.filter(number=version.step - 1).first() if version.step else None
    if undone is None or before is None:
        raise PermissionDenied(_("Il n’y a plus rien à annuler."))
    version.step -= 1
    _put(version, before.content, form_of_step(version, before))
    return undone.sentence


@transaction.atomic
def step_forward(*, version: QuestionnaireVersion, by: Any) -> str:
    """Do again the last act undone; return its sentence."""
    version = locked(version)
    require(may_edit(by, version))
    again = version.steps.filter(number=version.step + 1).first()
    if again is None:
        raise PermissionDenied(_("Il n’y a rien à refaire."))
    version.step += 1
    _put(version, again.content, form_of_step(version, again))
    return again.sentence


def _put(version: QuestionnaireVersion, content: dict[str, Any], form: Form) -> None:
    version.content = content
    version.changed_at = timezone.now()
    remember(version, form)
    version.save(update_fields=["content", "step", "changed_at"])
